import * as z from "zod";
import { AllocellError, fail } from "../foundation/index.js";
import { permutedBlock } from "./permutedBlock.js";
import type { Urn } from "./urn.js";

/**
 * What happens at the end of a list whose length the blocks do not meet by themselves:
 *
 * - `whole`: the last block is kept whole, so the list may be a little longer
 * - `cut`: the list stops at its length, inside the last block, and its balance there is left to chance
 * - `fill`: the sizes are drawn given that they add up to the length exactly
 */
export type LastBlockPolicy = "whole" | "cut" | "fill";

/** Permuted blocks, as a plan states them. */
export interface PermutedBlockSpec {
  readonly kind: "permuted-block";
  readonly sizes: readonly number[];
  /** Integer weights of the sizes; absent: all equally likely. */
  readonly weights?: readonly number[];
  /** Absent: whole blocks, and the length must be one that they can meet. */
  readonly lastBlock?: LastBlockPolicy;
}

/** A randomization procedure with its parameters, as a plan states it. */
export type ProcedureSpec = PermutedBlockSpec;

const size = z.number({ error: "must be a whole number" });

/** Strict schema of a plan's `procedure`. */
export const procedureSchema: z.ZodType<ProcedureSpec> = z.strictObject({
  kind: z.literal("permuted-block", { error: 'must be "permuted-block"' }),
  sizes: z.array(size).min(1, "needs at least one block size"),
  weights: z.array(size).exactOptional(),
  lastBlock: z.enum(["whole", "cut", "fill"], { error: 'must be "whole", "cut" or "fill"' }).exactOptional(),
});

/** A procedure made ready for a list of a stated length. */
export interface ReadyProcedure {
  readonly urn: Urn<unknown>;
  readonly algorithm: string;
  readonly wholeLastBlock: boolean;
}

/** Frozen names of what is drawn and how: what an id produced once, it produces for ever. */
export const ALGORITHMS: Readonly<Record<ProcedureSpec["kind"], string>> = Object.freeze({
  "permuted-block": "allocell-pb-1",
});

/**
 * The urn of a stated procedure, for arms in a ratio and a number of rows.
 *
 * @throws AllocellError as the urns do, with `procedure.` before each path; `procedure.length_not_covered` if no policy
 *   is stated and no whole blocks add up to `rows`
 */
export function readyProcedure(spec: ProcedureSpec, ratio: readonly number[], rows: number): ReadyProcedure {
  try {
    const { sizes, weights, lastBlock } = spec;
    const options = { ratio, sizes, ...(weights === undefined ? {} : { weights }) };
    const urn = permutedBlock(lastBlock === "fill" ? { ...options, fill: rows } : options) as Urn<unknown>;
    if (lastBlock === undefined) checkCovered(sizes, rows);
    return { urn, algorithm: ALGORITHMS[spec.kind], wholeLastBlock: lastBlock !== "cut" };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    const [first, ...others] = error.issues.map((issue) => ({ ...issue, path: `procedure.${issue.path}` }));
    throw first === undefined ? error : new AllocellError(first, ...others);
  }
}

/** Whether whole blocks can add up to the rows at all; which ones do is left to the draw. */
function checkCovered(sizes: readonly number[], rows: number): void {
  const step = sizes.reduce((a, b) => {
    while (b !== 0) [a, b] = [b, a % b];
    return a;
  });
  // Sums of sizes in units of their common divisor; beyond the product of two sizes every multiple is a sum.
  const units = sizes.map((size) => size / step);
  const target = rows / step;
  const horizon = Math.max(...units) ** 2;
  const reachable = (n: number): boolean => {
    if (!Number.isInteger(n)) return false;
    if (n > horizon) return true;
    const known = [true];
    for (let i = 1; i <= n; i += 1) known.push(units.some((unit) => known[i - unit] === true));
    return known[n] === true;
  };
  if (reachable(target)) return;
  let below = Math.ceil(target) - 1;
  let above = Math.floor(target) + 1;
  while (below > 0 && !reachable(below)) below -= 1;
  while (!reachable(above)) above += 1;
  const nearest = [below, above].filter((n) => n > 0).map((n) => n * step);
  fail("procedure.length_not_covered", "lastBlock", `Whole blocks of ${sizes.join(", ")} never make ${rows} rows.`, {
    expected: `a length that whole blocks meet (nearest: ${nearest.join(" or ")}), or a stated lastBlock: whole, cut or fill`,
    received: `${rows} rows and no lastBlock`,
  });
}
