import { AllocellError, describeReceived, fail, requireFields, type Issue } from "../foundation/index.js";
import { adjustableBiasedCoin } from "./adjustableBiasedCoin.js";
import { bayesianBiasedCoin } from "./bayesianBiasedCoin.js";
import { bigStick } from "./bigStick.js";
import { blockUrn } from "./blockUrn.js";
import { brickTunnel } from "./brickTunnel.js";
import { chen } from "./chen.js";
import { complete } from "./complete.js";
import { doublyAdaptive } from "./doublyAdaptive.js";
import { dropTheLoser } from "./dropTheLoser.js";
import { efron } from "./efron.js";
import { ehrenfest } from "./ehrenfest.js";
import { generalizedBiasedCoin } from "./generalizedBiasedCoin.js";
import { hadamard } from "./hadamard.js";
import { checkCovered } from "./lastBlock.js";
import { massWeightedUrn } from "./massWeightedUrn.js";
import { maximal } from "./maximal.js";
import { maximumEntropy } from "./maximumEntropy.js";
import { mergedArms } from "./mergedArms.js";
import { minimumQuadraticDistance } from "./minimumQuadraticDistance.js";
import { checkOrderedCovered, orderedBlocks } from "./orderedBlocks.js";
import { permutedBlock, reducedRatio } from "./permutedBlock.js";
import { randomAllocationRule } from "./randomAllocationRule.js";
import { ALGORITHMS, type PermutedBlockSpec, type ProcedureSpec, type RandomAllocationRuleSpec } from "./spec.js";
import { truncatedBinomial } from "./truncatedBinomial.js";
import type { Urn } from "./urn.js";
import { wei } from "./wei.js";

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
  try {
    const { mergedArms: isMerged, ...own } = spec;
    const urn = isMerged
      ? mergedArms({ ratio, procedure: (equal) => makeUrn(own, equal, rows) })
      : makeUrn(own, ratio, rows);
    return { urn, wholeLastBlock: staysWhole(spec) };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    // A plan has no field `fill`: it says so by its policy.
    const inPlan = (path: string): string => `procedure.${path === "fill" ? "lastBlock" : path}`;
    const [first, ...others] = error.issues.map((issue) => ({ ...issue, path: inPlan(issue.path) }));
    throw first === undefined ? error : new AllocellError([first, ...others]);
  }
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
  return [
    "complete",
    "random-allocation-rule",
    "permuted-block",
    "ordered-blocks",
    "drop-the-loser",
    "brick-tunnel",
  ].includes(spec.kind);
}

/** Whether stated totals give the rows other shares than the ratio does. */
function hasOtherTotals(spec: ProcedureSpec, ratio: readonly number[]): boolean {
  if (spec.kind !== "random-allocation-rule" || spec.totals === undefined) return false;
  const [first = 1] = spec.totals;
  return spec.totals.some((total, k) => total * (ratio[0] ?? 1) !== first * (ratio[k] ?? 1));
}

/**
 * The rows of the largest block, 0 for procedures without blocks.
 *
 * @throws AllocellError `procedure.kind_unknown`
 */
export function largestBlock(spec: ProcedureSpec): number {
  requireSpec(spec);
  if (spec.kind === "permuted-block" || spec.kind === "ordered-blocks") {
    requireFields(spec, "permuted blocks", { sizes: "a list" });
    return spec.sizes.reduce((largest, size) => Math.max(largest, size), 0);
  }
  if (spec.kind === "truncated-binomial") return spec.size ?? 0;
  return spec.kind === "hadamard" ? 12 : 0;
}

function staysWhole(spec: ProcedureSpec): boolean {
  return largestBlock(spec) > 0 && (!("lastBlock" in spec) || spec.lastBlock === "whole");
}

function makeUrn(spec: ProcedureSpec, ratio: readonly number[], rows: number): Urn<unknown> {
  switch (spec.kind) {
    case "complete":
      return complete({ ratio });
    case "random-allocation-rule":
      return randomAllocationRule({ totals: statedTotals(spec, ratio, rows) ?? totalsOf(ratio, rows) });
    case "permuted-block":
      return permutedBlocks(spec, ratio, rows);
    case "ordered-blocks": {
      const urn = orderedBlocks({ ratio, sizes: spec.sizes });
      if (spec.lastBlock === undefined) checkOrderedCovered(spec.sizes, rows);
      return urn;
    }
    case "truncated-binomial":
      if (spec.size === undefined) {
        if (spec.lastBlock !== undefined) conflict("lastBlock", "a whole list without blocks has no last block");
        return truncatedBinomial({ ratio, totals: totalsOf(ratio, rows) });
      }
      if (spec.lastBlock === undefined) checkCovered([spec.size], rows);
      return truncatedBinomial({ ratio, size: spec.size });
    case "hadamard":
      if (spec.lastBlock === undefined) checkCovered([12], rows);
      return hadamard({ ratio });
    case "maximal":
      return maximal({ ratio, rows, tolerance: spec.tolerance });
    case "big-stick":
      return bigStick({ ratio, tolerance: spec.tolerance });
    case "efron":
      return efron({ ratio, probability: spec.probability });
    case "chen":
      return chen({ ratio, probability: spec.probability, tolerance: spec.tolerance });
    case "ehrenfest":
      return ehrenfest({ ratio, tolerance: spec.tolerance });
    case "adjustable-biased-coin":
      return adjustableBiasedCoin({ ratio, steepness: spec.steepness });
    case "generalized-biased-coin":
      return generalizedBiasedCoin({ ratio, exponent: spec.exponent });
    case "wei":
      return wei({ ratio, initial: spec.initial, added: spec.added });
    case "bayesian-biased-coin":
      return bayesianBiasedCoin({ ratio, gamma: spec.gamma });
    case "block-urn":
      return blockUrn({ ratio, lambda: spec.lambda });
    case "mass-weighted-urn":
      return massWeightedUrn({ ratio, alpha: spec.alpha });
    case "drop-the-loser":
      return dropTheLoser({ ratio, immigration: spec.immigration });
    case "doubly-adaptive":
      return doublyAdaptive({ ratio, gamma: spec.gamma });
    case "maximum-entropy":
      return maximumEntropy({ ratio, eta: spec.eta });
    case "minimum-quadratic-distance":
      return minimumQuadraticDistance({ ratio, eta: spec.eta });
    case "brick-tunnel":
      return brickTunnel({ ratio });
  }
}

function permutedBlocks(spec: PermutedBlockSpec, ratio: readonly number[], rows: number): Urn<unknown> {
  const { sizes, weights, lastBlock } = spec;
  const balls = weights === "pascal" ? pascalRow(sizes.length) : weights;
  const options = { ratio, sizes, ...(balls === undefined ? {} : { weights: balls }) };
  const urn = permutedBlock(lastBlock === "fill" ? { ...options, fill: rows } : options);
  if (lastBlock === undefined) checkCovered(sizes, rows);
  return urn;
}

/** C(n - 1, 0), C(n - 1, 1), ..., C(n - 1, n - 1). */
function pascalRow(n: number): readonly number[] {
  let row = [1];
  for (let i = 1; i < n; i += 1) row = [1, ...row.slice(1).map((value, j) => value + (row[j] as number)), 1];
  return row;
}

/** Totals as a plan states them, held to the arms and the rows; undefined where it states none. */
function statedTotals(
  { totals }: RandomAllocationRuleSpec,
  ratio: readonly number[],
  rows: number,
): readonly number[] | undefined {
  if (totals === undefined) return undefined;
  const sum = totals.reduce((all, total) => all + total, 0);
  if (totals.length === ratio.length && sum === rows) return totals;
  return fail("procedure.totals_invalid", "totals", `Totals ${totals.join(", ")} do not fit the list.`, {
    expected: `${ratio.length} totals, one an arm, that add up to ${rows} rows`,
    received: `${totals.length} totals that add up to ${sum}`,
  });
}

/** Participants by arm of a list with fixed totals. */
function totalsOf(ratio: readonly number[], rows: number): readonly number[] {
  const reduced = reducedRatio(ratio);
  const sum = reduced.reduce((total, w) => total + w, 0);
  if (rows % sum !== 0) {
    const below = rows - (rows % sum);
    return fail("procedure.length_not_divisible", "length", `${rows} rows cannot be shared ${reduced.join(":")}.`, {
      expected: `a multiple of ${sum}, the nearest: ${[below, below + sum].filter((n) => n > 0).join(" or ")}`,
      received: String(rows),
      parameters: { ratio: reduced.join(":") },
    });
  }
  return reduced.map((w) => (w * rows) / sum);
}

function conflict(path: string, why: string): never {
  return fail("procedure.option_conflict", path, `"${path}" cannot be given here: ${why}.`);
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
