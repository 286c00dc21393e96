import { parseParameter, reducedRatio, type ProcedureSpec, type ParameterInput } from "../../../procedure/index.js";

const ONE_WORD = 2n ** 32n;
/** Longest text that a double holds, digit for digit. */
const SAFE_DIGITS = 15;

/**
 * Whether a count of balls, or a number on the way to it, may pass what plain numbers do exactly in one word. Bounds are
 * generous: a program with big numbers gives the same list, only more slowly.
 */
export function needsBigNumbers(spec: ProcedureSpec, ratio: readonly number[], rows: number): boolean {
  const reduced = reducedRatio(ratio);
  const shares = BigInt(reduced.reduce((sum, w) => sum + w, 0));
  const arms = spec.mergedArms === true ? shares : BigInt(ratio.length);
  switch (spec.kind) {
    case "permuted-block":
      return spec.lastBlock === "fill" || BigInt(spec.sizes.length) * 1_000_000n > ONE_WORD;
    case "efron":
    case "chen":
      return hasManyDigits(spec.probability) || parseParameter(spec.probability, "probability").denominator > ONE_WORD;
    case "wei":
      return arms * (BigInt(spec.initial) + BigInt(spec.added) * BigInt(rows)) > ONE_WORD;
    case "block-urn":
      return shares * BigInt(spec.lambda) > ONE_WORD;
    case "drop-the-loser":
      // Every immigration adds as much again, and makes the next one rarer.
      return shares * BigInt(spec.immigration) * 4096n > ONE_WORD;
    case "mass-weighted-urn": {
      const { numerator, denominator } = parseParameter(spec.alpha, "alpha");
      return hasManyDigits(spec.alpha) || (numerator + arms * denominator) * shares > ONE_WORD;
    }
    case "minimum-quadratic-distance": {
      const { denominator } = parseParameter(spec.eta, "eta");
      return hasManyDigits(spec.eta) || 4n * denominator * arms ** 4n * shares ** 3n > ONE_WORD;
    }
    case "maximal":
    case "adjustable-biased-coin":
    case "generalized-biased-coin":
    case "bayesian-biased-coin":
    case "doubly-adaptive":
    case "maximum-entropy":
      return true;
    case "complete":
    case "random-allocation-rule":
    case "ordered-blocks":
    case "truncated-binomial":
    case "big-stick":
    case "ehrenfest":
    case "hadamard":
    case "brick-tunnel":
      return false;
  }
}

function hasManyDigits(input: ParameterInput): boolean {
  return String(input)
    .split("/")
    .some((part) => part.replace(".", "").replace(/^0+/, "").length > SAFE_DIGITS);
}
