import { fail } from "../../../foundation/index.js";
import { rbinom1, rIndex, type WordSource } from "../../../random/index.js";
import type { Draws } from "./blocks.js";

/** The next arm, 0 or 1, where arm 1 has `second` of the `made` participants before. */
type Next = (made: number, second: number) => number;

/** N arms, each from the numbers before it. */
export function oneByOne(N: number, next: Next): number[] {
  const arms: number[] = [];
  let second = 0;
  while (arms.length < N) {
    const arm = next(arms.length, second);
    arms.push(arm);
    second += arm;
  }
  return arms;
}

/**
 * A coin with probability p for the arm that is behind, a fair one at balance, and no coin at the largest difference
 * `mti`. Efron's coin has no such limit; big stick is p = 1/2; Chen's design has both.
 */
export function biasedCoin({ source }: Draws, p: number, mti: number): Next {
  return (made, second) => {
    const ahead = 2 * second - made;
    if (ahead === 0) return rbinom1(source, 0.5);
    if (ahead >= mti) return 0;
    if (ahead <= -mti) return 1;
    return rbinom1(source, ahead > 0 ? 1 - p : p);
  };
}

/** Wei's urn: `ini` balls an arm, and `add` of the other arm after each draw. The first arm is a `sample()`. */
export function urnDesign({ source, kind }: Draws, ini: number, add: number): Next {
  return (made, second) =>
    made === 0 ? rIndex(source, 2, kind) : rbinom1(source, (ini + add * (made - second)) / (2 * ini + add * made));
}

/** Smith's coin: an arm is as likely as the other arm's number to the power rho. */
export function generalizedCoin({ source }: Draws, rho: number): Next {
  return (made, second) => {
    const first = made - second;
    return first === second ? rbinom1(source, 0.5) : coinOfPowers(source, second ** rho, first ** rho);
  };
}

/** The adjustable coin: the arm behind by d has d^a to 1. */
export function adjustableCoin({ source }: Draws, a: number): Next {
  return (made, second) => {
    const ahead = made - 2 * second;
    if (ahead === 0) return rbinom1(source, 0.5);
    const weight = Math.abs(ahead) ** a;
    return ahead > 0 ? coinOfPowers(source, 1, weight) : coinOfPowers(source, weight, 1);
  };
}

/** The Bayesian coin: weights (1 + other / (made x own))^(1/a); the second participant gets the arm that the first has not. */
export function bayesianCoin({ source }: Draws, a: number): Next {
  return (made, second) => {
    const first = made - second;
    if (made === 1) return 1 - second;
    if (first === second) return rbinom1(source, 0.5);
    const weight = (own: number, other: number): number => (1 + other / (made * own)) ** (1 / a);
    return coinOfPowers(source, weight(first, second), weight(second, first));
  };
}

/** How near a draw may come to its limit while the last digits of a power, which differ by library, cannot turn it. */
const SAFE = 1e-12;

/**
 * `rbinom(1, 1, 1 - f)` with f = first / (first + second), where the weights are powers: these are not the same to the
 * last digit in every library of mathematics.
 *
 * @throws AllocellError `madeWith.unsupported` where a last digit would decide, or R has no number
 */
export function coinOfPowers(source: WordSource, first: number, second: number): 0 | 1 {
  const p = 1 - first / (first + second);
  if (first === second || first === 0 || second === 0) return rbinom1(source, Number.isNaN(p) ? refuse() : p);
  const less = Math.min(first, second) / Math.max(first, second);
  // Around 2^-53 a last digit decides whether p is 0 or 1, which draws nothing.
  if (Number.isNaN(p) || (less > 4e-17 && less < 2.3e-16)) return refuse();
  if (p === 0 || p === 1) return p;
  const word = source.nextWord();
  const at = (near: number): 0 | 1 => rbinom1({ nextWord: () => word }, Math.min(1, Math.max(0, near)));
  const arm = at(p);
  return at(p - SAFE) === arm && at(p + SAFE) === arm ? arm : refuse();
}

function refuse(): never {
  return fail(
    "madeWith.unsupported",
    "procedure",
    "A draw lies so near its limit that the last digit of a power decides, and that differs from machine to machine.",
  );
}
