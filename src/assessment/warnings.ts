import type { Issue } from "../foundation/index.js";
import { largestBlock, ratioWarning, reducedRatio, type ProcedureSpec } from "../procedure/index.js";
import type { Measures } from "./model.js";

/** What the warnings of a design rest on. */
export interface WarningFacts {
  readonly procedure: ProcedureSpec;
  readonly ratio: readonly number[];
  readonly strata: number;
  readonly participants: number;
  readonly measures: readonly Measures[];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Share of rows that are certain, of 1, above which a list is called predictable; the limit of `suggest` where none is stated. */
export const FORCED_SHARE_LIMIT = 0.25;

/** A block with fewer arrangements leaves little to chance: a block of 6 at 1:1 has 20. */
const FEW_ARRANGEMENTS = 20;

/** How many sequences a block with the ratio once has. */
function arrangementsOf(ratio: readonly number[]): number {
  let [count, rows] = [1, 0];
  for (const w of ratio) for (let i = 1; i <= w; i += 1) count = (count * (rows += 1)) / i;
  return Math.round(count);
}

/**
 * The warnings of a design: a share of forced rows above 25 %, one fixed block size, a smallest block of one ratio set
 * with few arrangements, in several strata a largest block x strata above half of the participants, a ratio that is not
 * kept.
 */
export function designWarnings({ procedure, ratio, strata, participants, measures }: WarningFacts): readonly Issue[] {
  const warnings: Issue[] = [];
  const forced = Math.max(...measures.map((own) => own.forcedShare?.value ?? 0));
  if (forced > FORCED_SHARE_LIMIT) {
    warnings.push({
      code: "assessment.forced_share_high",
      path: "procedure",
      message: `${percent(forced)} of the rows are certain to somebody who knows the design and the rows before.`,
      expected: "at most 25 %: larger blocks, or a procedure without blocks",
      received: percent(forced),
    });
  }
  const block = largestBlock(procedure);
  const sizes = "sizes" in procedure ? [...new Set(procedure.sizes)] : block > 0 ? [block] : [];
  const path = "sizes" in procedure ? "procedure.sizes" : "procedure";
  if (sizes.length === 1) {
    const message = `All blocks have ${block} rows: who guesses this size knows where each block ends.`;
    const expected = "two or more sizes";
    warnings.push({ code: "assessment.one_block_size", path, message, expected, parameters: { rows: block } });
  }
  const ratioSum = reducedRatio(ratio).reduce((sum, w) => sum + w, 0);
  const smallest = Math.min(...sizes);
  const arrangements = arrangementsOf(reducedRatio(ratio));
  if (smallest === ratioSum && arrangements < FEW_ARRANGEMENTS) {
    warnings.push({
      code: "assessment.block_of_one_ratio_set",
      path,
      message: `The smallest block, ${smallest} rows, contains a single replicate of the ratio: it has ${arrangements} arrangements.`,
      expected: `blocks of at least ${2 * ratioSum} rows`,
      parameters: { rows: smallest, arrangements },
    });
  }
  if (block > 0 && strata > 1 && strata * block > participants / 2) {
    warnings.push({
      code: "assessment.strata_too_many",
      path: "strata",
      message:
        `${strata} strata x blocks of up to ${block} rows exceed half of the ${participants} participants: ` +
        "many blocks may stay open, which adds to the imbalance of the trial.",
      expected: "fewer strata, smaller blocks, or minimization",
      parameters: { strata, rows: block, participants },
    });
  }
  return [...warnings, ...ratioWarning(procedure, ratio)];
}
