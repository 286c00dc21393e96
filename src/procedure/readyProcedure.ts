import { describeReceived, fail, movePaths, requireFields, type Issue } from "../foundation/index.js";
import { ALGORITHMS, definitionOf } from "./definitions.js";
import { mergedArms } from "./mergedArms.js";
import { reducedRatio } from "./permutedBlock.js";
import type { ProcedureKind, ProcedureSpec } from "./spec.js";
import type { Urn } from "./urn.js";

/** A procedure made ready for a list of a stated length. */
export interface ReadyProcedure {
  readonly urn: Urn<unknown>;
  /** Whether the list goes on to the end of the open block. */
  readonly wholeLastBlock: boolean;
}

/** Holds a procedure as a plan states it to a kind that is known. @throws AllocellError `procedure.kind_unknown` */
export function requireSpec(spec: ProcedureSpec): void {
  requireFields(spec, "a procedure as a plan states it", { kind: "text" });
  if (Object.hasOwn(ALGORITHMS, spec.kind)) return;
  fail("procedure.kind_unknown", "procedure.kind", "There is no list procedure of this kind.", {
    expected: Object.keys(ALGORITHMS).join(", "),
    received: describeReceived(spec.kind),
  });
}

/**
 * The urn of a stated procedure, for arms in a ratio and a number of rows.
 *
 * @throws AllocellError as the urns do, with `procedure.` before each path; `procedure.length_not_covered` if no policy
 *   is stated and no whole blocks add up to `rows`; `procedure.length_not_divisible` if a procedure with fixed totals
 *   cannot share `rows` in the ratio
 */
export function readyProcedure(spec: ProcedureSpec, ratio: readonly number[], rows: number): ReadyProcedure {
  requireSpec(spec);
  if (!Number.isSafeInteger(rows) || rows < 0) {
    fail("procedure.rows_invalid", "length", "A list has a whole number of rows.", {
      expected: "a whole number",
      received: describeReceived(rows),
    });
  }
  // A plan has no field `fill`: it says so by its policy.
  const inPlan = (path: string): string => `procedure.${path === "fill" ? "lastBlock" : path}`;
  return movePaths(inPlan, () => {
    const { mergedArms: isMerged, ...own } = spec;
    const urn = isMerged
      ? mergedArms({ ratio, procedure: (equal) => definitionOf(own).urn(own, equal, rows) })
      : definitionOf(own).urn(own, ratio, rows);
    return { urn, wholeLastBlock: staysWhole(spec) };
  });
}

/**
 * Whether the procedure keeps the ratio at every row, before anything is known. At equal ratio symmetry sees to it; at
 * an unequal one only these do.
 *
 * @throws AllocellError `procedure.kind_unknown`, `procedure.ratio_invalid`
 */
export function keepsRatio(spec: ProcedureSpec, ratio: readonly number[]): boolean {
  requireSpec(spec);
  if (hasOtherTotals(spec, ratio)) return false;
  if (spec.mergedArms === true || reducedRatio(ratio).every((w) => w === 1)) return true;
  return definitionOf(spec).keepsUnequalRatio;
}

/** Whether stated totals give the rows other shares than the ratio does. */
function hasOtherTotals(spec: ProcedureSpec, ratio: readonly number[]): boolean {
  if (spec.kind !== "random-allocation-rule" || spec.totals === undefined) return false;
  const [first = 1] = spec.totals;
  return spec.totals.some((total, k) => total * (ratio[0] ?? 1) !== first * (ratio[k] ?? 1));
}

/**
 * The sizes in rows of the blocks that a procedure declares, empty for one without blocks.
 *
 * @throws AllocellError `procedure.kind_unknown`
 * @example
 * blockSizes({ kind: "permuted-block", sizes: [4, 6] }); // [4, 6]
 */
export function blockSizes(spec: ProcedureSpec): readonly number[] {
  requireSpec(spec);
  if ("sizes" in spec) requireFields(spec, "permuted blocks", { sizes: "a list" });
  return definitionOf(spec).blockSizes?.(spec) ?? [];
}

/**
 * How the stated sizes of blocks follow each other; undefined for a procedure without a list of sizes.
 *
 * @throws AllocellError `procedure.kind_unknown`
 */
export function blockOrder(spec: ProcedureSpec): "drawn" | "in order" | undefined {
  requireSpec(spec);
  return definitionOf(spec).sizesAre;
}

/**
 * The names of the parameters that a plan may state of a kind of procedure.
 *
 * @throws AllocellError `procedure.kind_unknown`
 */
export function parameterNames(kind: ProcedureKind): readonly string[] {
  const spec = { kind } as ProcedureSpec;
  requireSpec(spec);
  return Object.keys(definitionOf(spec).parameters());
}

/**
 * The rows of the largest block, 0 for procedures without blocks.
 *
 * @throws AllocellError `procedure.kind_unknown`
 */
export function largestBlock(spec: ProcedureSpec): number {
  return blockSizes(spec).reduce((largest, size) => Math.max(largest, size), 0);
}

/**
 * Whether a whole block holds each arm as often as the ratio says.
 *
 * @throws AllocellError `procedure.kind_unknown`
 */
export function isBlockInRatio(spec: ProcedureSpec): boolean {
  requireSpec(spec);
  return definitionOf(spec).isBlockInRatio ?? true;
}

/**
 * Whether the rows are drawn for the length of the list, which then cannot be extended: fixed totals, a tolerance that
 * ends at zero, or a last block that is filled.
 *
 * @throws AllocellError `procedure.kind_unknown`
 */
export function isDrawnForLength(spec: ProcedureSpec): boolean {
  requireSpec(spec);
  return definitionOf(spec).isDrawnForLength?.(spec) ?? false;
}

function staysWhole(spec: ProcedureSpec): boolean {
  return largestBlock(spec) > 0 && (!("lastBlock" in spec) || spec.lastBlock === "whole");
}

/**
 * The warning for a procedure that strays from its ratio.
 *
 * @throws AllocellError `procedure.kind_unknown`, `procedure.ratio_invalid`
 */
export function ratioWarning(spec: ProcedureSpec, ratio: readonly number[]): readonly Issue[] {
  requireSpec(spec);
  if (keepsRatio(spec, ratio)) return [];
  const totals = "totals" in spec ? spec.totals.join(":") : undefined;
  return [
    {
      code: "procedure.ratio_not_kept",
      path: totals === undefined ? "procedure.kind" : "procedure.totals",
      message:
        totals === undefined
          ? `"${spec.kind}" does not keep the ratio ${ratio.join(":")} at every row, so that a row tells something about ` +
            "its arm and a re-randomization test is biased; mergedArms keeps it."
          : `Each row has the shares of the totals ${totals} and not those of the ratio ${ratio.join(":")}; a re-randomization test draws from these totals.`,
      parameters: { procedure: spec.kind, ratio: ratio.join(":") },
    },
  ];
}
