import {
  parseParameter,
  reducedRatio,
  type ParameterInput,
  type ProcedureKind,
  type ProcedureSpec,
} from "../../../procedure/index.js";

const ONE_WORD = 2n ** 32n;
/** Longest text that a double holds, digit for digit. */
const SAFE_DIGITS = 15;

/** What the counts of balls of a list grow with: arms, counted as equal ones where they are merged, shares of the ratio in lowest terms, rows. */
interface Sizes {
  readonly arms: bigint;
  readonly shares: bigint;
  readonly rows: bigint;
}

function hasManyDigits(input: ParameterInput): boolean {
  return String(input)
    .split("/")
    .some((part) => part.replace(".", "").replace(/^0+/, "").length > SAFE_DIGITS);
}

const isFineCoin = ({ probability }: { readonly probability: ParameterInput }): boolean =>
  hasManyDigits(probability) || parseParameter(probability, "probability").denominator > ONE_WORD;

/**
 * Whether a count of balls of a kind, or a number on the way to it, may pass what plain numbers do exactly in one word.
 * Bounds are generous. A kind that is not here is given big numbers: the same list, only more slowly.
 */
const PASSES_A_WORD: {
  readonly [Kind in ProcedureKind]?: (spec: Extract<ProcedureSpec, { readonly kind: Kind }>, sizes: Sizes) => boolean;
} = {
  complete: () => false,
  "random-allocation-rule": () => false,
  "permuted-block": ({ sizes, lastBlock }) => lastBlock === "fill" || BigInt(sizes.length) * 1_000_000n > ONE_WORD,
  "ordered-blocks": () => false,
  "truncated-binomial": () => false,
  "big-stick": () => false,
  efron: isFineCoin,
  chen: isFineCoin,
  ehrenfest: () => false,
  wei: ({ initial, added }, { arms, rows }) => arms * (BigInt(initial) + BigInt(added) * rows) > ONE_WORD,
  hadamard: () => false,
  "block-urn": ({ lambda }, { shares }) => shares * BigInt(lambda) > ONE_WORD,
  "mass-weighted-urn": ({ alpha }, { arms, shares }) => {
    const { numerator, denominator } = parseParameter(alpha, "alpha");
    return hasManyDigits(alpha) || (numerator + arms * denominator) * shares > ONE_WORD;
  },
  // Every immigration adds as much again, and makes the next one rarer.
  "drop-the-loser": ({ immigration }, { shares }) => shares * BigInt(immigration) * 4096n > ONE_WORD,
  "minimum-quadratic-distance": ({ eta }, { arms, shares }) => {
    const { denominator } = parseParameter(eta, "eta");
    return hasManyDigits(eta) || 4n * denominator * arms ** 4n * shares ** 3n > ONE_WORD;
  },
  "brick-tunnel": () => false,
};

/** Whether a program for a procedure on a list of so many rows needs big numbers. */
export function needsBigNumbers(spec: ProcedureSpec, ratio: readonly number[], rows: number): boolean {
  const shares = BigInt(reducedRatio(ratio).reduce((sum, w) => sum + w, 0));
  const arms = spec.mergedArms === true ? shares : BigInt(ratio.length);
  // The entry is that of the procedure's own kind, which the compiler cannot see through the union.
  const passes = PASSES_A_WORD[spec.kind] as ((own: ProcedureSpec, sizes: Sizes) => boolean) | undefined;
  return passes?.(spec, { arms, shares, rows: BigInt(rows) }) ?? true;
}
