/*
 * The measures of a list that was drawn, of docs/assessment-trial.md, programmed a second time from that page, from
 * docs/procedures.md and from docs/algorithm.md alone: by all sequences, and for long lists in blocks by simulation.
 */
import { chanceOf, type SecondUrn } from "../list/secondUrns.js";

/** P(a list begins with this sequence). */
export type ChanceOfBeginning = (sequence: readonly number[]) => number;

export function beginningsOf(urn: SecondUrn): ChanceOfBeginning {
  return (sequence) => {
    const { over, under } = chanceOf(urn, sequence);
    return Number(over) / Number(under);
  };
}

/** P(a block of so many ratio sets begins with these arms): as from an urn without replacement. */
function chanceInBlock(arms: readonly number[], ratio: readonly number[], sets: number): number {
  const left = ratio.map((weight) => weight * sets);
  return arms.reduce((chance, arm) => {
    const all = left.reduce((sum, balls) => sum + balls, 0);
    const own = left[arm]!;
    left[arm] = own - 1;
    return (chance * own) / all;
  }, 1);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Blocks whose sizes are drawn with equal chances, each independently of the others. */
export function beginningsOfBlocks(ratio: readonly number[], sizes: readonly number[]): ChanceOfBeginning {
  return (sequence) => {
    // ended[i]: P(the first i arms, and a block ends there).
    const ended = [1, ...sequence.map(() => 0)];
    let chance = 0;
    for (let start = 0; start <= sequence.length; start += 1) {
      for (const size of sizes) {
        const arms = sequence.slice(start, start + size);
        const own = (ended[start]! / sizes.length) * chanceInBlock(arms, ratio, size / sumOf(ratio));
        if (arms.length === size) ended[start + size]! += own;
        else chance += own;
      }
    }
    return chance;
  };
}

/** Blocks whose sizes add up to `rows`: every order of sizes that does is equally likely. */
export function beginningsOfFilled(
  ratio: readonly number[],
  sizes: readonly number[],
  rows: number,
): ChanceOfBeginning {
  const orders = (left: number): readonly (readonly number[])[] =>
    left === 0
      ? [[]]
      : sizes.filter((size) => size <= left).flatMap((size) => orders(left - size).map((own) => [size, ...own]));
  const all = orders(rows);
  return (sequence) =>
    sumOf(
      all.map((order) => {
        let start = 0;
        let chance = 1 / all.length;
        for (const size of order) {
          chance *= chanceInBlock(sequence.slice(start, start + size), ratio, size / sumOf(ratio));
          start += size;
        }
        return chance;
      }),
    );
}

export interface SecondDrawn {
  readonly imbalance: readonly number[];
  readonly finalImbalance: number;
  readonly maximalImbalance: number;
  readonly deterministic: number;
  readonly convergence: number;
  readonly divergence: number;
  readonly maximumProbability: number;
}

/** Indexes of the values that are the greatest. */
function greatestOf(values: readonly number[]): readonly number[] {
  const most = Math.max(...values);
  return values.flatMap((value, place) => (most - value < 1e-9 ? [place] : []));
}

/** All measures of one sequence. */
export function measuresOf(
  sequence: readonly number[],
  ratio: readonly number[],
  beginning: ChanceOfBeginning,
): SecondDrawn {
  const counts = ratio.map(() => 0);
  const right = { deterministic: 0, convergence: 0, divergence: 0, maximumProbability: 0 };
  const imbalance: number[] = [];
  sequence.forEach((arm, row) => {
    const past = sequence.slice(0, row);
    const chances = ratio.map((_, next) => beginning([...past, next]) / beginning(past));
    const filled = counts.map((count, k) => count / ratio[k]!);
    const credit = (guesses: readonly number[]): number => (guesses.includes(arm) ? 1 / guesses.length : 0);
    right.convergence += credit(greatestOf(filled.map((value) => -value)));
    right.divergence += credit(greatestOf(filled));
    right.maximumProbability += credit(greatestOf(chances));
    if (Math.max(...chances) > 1 - 1e-9) right.deterministic += 1;
    counts[arm]! += 1;
    const away = counts.map((count, k) => count - ((row + 1) * ratio[k]!) / sumOf(ratio));
    const isEven = ratio.length === 2 && ratio[0] === ratio[1];
    imbalance.push(isEven ? counts[0]! - counts[1]! : Math.max(...away.map(Math.abs)));
  });
  const sizes = imbalance.map(Math.abs);
  return { ...right, imbalance, finalImbalance: sizes.at(-1)!, maximalImbalance: Math.max(...sizes) };
}

export interface Weighed {
  readonly arms: readonly number[];
  readonly chance: number;
  readonly measures: SecondDrawn;
}

/** Every sequence of so many rows that a list can begin with, its probability, and its measures. */
export function allDrawn(ratio: readonly number[], rows: number, beginning: ChanceOfBeginning): readonly Weighed[] {
  const known = new Map<string, number>();
  const remembered: ChanceOfBeginning = (sequence) => {
    const chance = known.get(sequence.join()) ?? beginning(sequence);
    known.set(sequence.join(), chance);
    return chance;
  };
  const from = (arms: readonly number[]): readonly (readonly number[])[] => {
    if (remembered(arms) === 0) return [];
    return arms.length === rows ? [arms] : ratio.flatMap((_, arm) => from([...arms, arm]));
  };
  return from([]).map((arms) => ({ arms, chance: remembered(arms), measures: measuresOf(arms, ratio, remembered) }));
}

/** One list in blocks of drawn sizes, cut at so many rows. */
export function drawBlocks(
  ratio: readonly number[],
  sizes: readonly number[],
  rows: number,
  random: () => number,
): readonly number[] {
  const arms: number[] = [];
  while (arms.length < rows) {
    const size = sizes[Math.floor(random() * sizes.length)]!;
    const block = ratio.flatMap((weight, arm) => Array<number>((weight * size) / sumOf(ratio)).fill(arm));
    while (block.length > 0) arms.push(...block.splice(Math.floor(random() * block.length), 1));
  }
  return arms.slice(0, rows);
}
