/* What the comparisons of urns share: an urn of the package underway, and random parameters. */
import * as fc from "fast-check";
import type { Urn } from "../../../src/procedure/index.js";
import { complete } from "./secondUrns.js";
import { fraction, total, type Fraction } from "./wholeNumbers.js";

/** An urn of the package underway; its states stay inside. */
export interface Walk {
  readonly balls: (profile: readonly number[]) => bigint[];
  readonly take: (arm: number, profile: readonly number[]) => void;
}

export function walkOf<State, Participant>(
  urn: Urn<State, Participant>,
  participantOf: (profile: readonly number[]) => Participant,
): Walk {
  let state = urn.start;
  return {
    balls: (profile) => urn.balls(state, participantOf(profile)).map(BigInt),
    take: (arm, profile) => {
      state = urn.after(state, arm, participantOf(profile));
    },
  };
}

export const text = ({ over, under }: Fraction): string => (under === 1n ? over.toString() : `${over}/${under}`);
export const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
export const ratios = (most = 5): fc.Arbitrary<number[]> => fc.array(whole(1, 6), { minLength: 2, maxLength: most });
export const equalRatios = whole(2, 5).map((arms) => Array<number>(arms).fill(1));
export const fractions = (low: Fraction, high: Fraction, finest = 30): fc.Arbitrary<Fraction> =>
  fc.tuple(fc.nat(), whole(1, finest)).map(([over, under]) => {
    const first = Math.ceil((Number(low.over) * under) / Number(low.under));
    const last = Math.floor((Number(high.over) * under) / Number(high.under));
    return last < first ? low : fraction(BigInt(first + (over % (last - first + 1))), BigInt(under));
  });
export const ZERO = fraction(0n);
export const HALF = fraction(1n, 2n);
export const ONE = fraction(1n);
/** Fine fractions, coarse ones so large that a power may be less than 2^-64, and whole numbers. */
export const exponents = fc.oneof(
  fractions(ZERO, fraction(6n), 12),
  fractions(ZERO, fraction(100n), 3),
  whole(0, 100).map((value) => fraction(BigInt(value))),
);
export const coins = fractions(HALF, ONE);
export const ratioSum = (ratio: readonly number[]): number => Number(total(complete(ratio)([])));
export const TWO = [1, 1];
