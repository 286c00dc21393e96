import type { Issue, PlainCode, ReasonOf } from "../foundation/index.js";
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

/** Share of rows that are certain, above which a list is called predictable. */
export const FORCED_SHARE_LIMIT = 0.25;

/**
 * The warnings of a design: a share of forced rows above 25 %, one fixed block size, a smallest block of one ratio set,
 * strata x largest block above half of the participants, a ratio that is not kept.
 */
export function designWarnings({ procedure, ratio, strata, participants, measures }: WarningFacts): readonly Issue[] {
  const warnings: Issue[] = [];
  const warn = (reason: ReasonOf<"assessment", PlainCode>, path: string, message: string, expected: string): void => {
    warnings.push({ code: `assessment.${reason}`, path, message, expected });
  };
  const forced = Math.max(...measures.map((own) => own.forcedShare?.value ?? 0));
  if (forced > FORCED_SHARE_LIMIT) {
    const message = `${percent(forced)} of the rows are certain to somebody who knows the design and the rows before.`;
    warn("forced_share_high", "procedure", message, "at most 25 %: larger blocks, or a procedure without blocks");
  }
  const block = largestBlock(procedure);
  const sizes = procedure.kind === "permuted-block" ? procedure.sizes : block > 0 ? [block] : [];
  const sizesPath = procedure.kind === "permuted-block" ? "procedure.sizes" : "procedure";
  if (sizes.length === 1) {
    warn(
      "one_block_size",
      sizesPath,
      `All blocks have ${block} rows: who guesses that knows each block's end.`,
      "two or more sizes",
    );
  }
  const ratioSum = reducedRatio(ratio).reduce((sum, w) => sum + w, 0);
  const smallest = Math.min(...sizes);
  if (smallest === ratioSum) {
    const message = `The smallest block, ${smallest} rows, holds the ratio once: it leaves little to chance.`;
    warn("block_of_one_ratio_set", sizesPath, message, `blocks of at least ${2 * ratioSum} rows`);
  }
  if (block > 0 && strata * block > participants / 2) {
    const message =
      `${strata} ${strata === 1 ? "stratum" : "strata"} x blocks of up to ${block} rows exceed half of the ${participants} participants: ` +
      "many blocks may stay open, and balance is then left to chance.";
    warn("strata_too_many", "strata", message, "fewer strata, smaller blocks, or minimization");
  }
  return [...warnings, ...ratioWarning(procedure, ratio)];
}
