/*
 * A whole trial of docs/assessment-trial.md, simulated a second time from that page alone, with every measure of its
 * table.
 */
import { rejects } from "./secondTests.js";
import type { Person, Rule, Tally } from "./secondRules.js";

export interface SecondFrame {
  readonly ratio: readonly number[];
  /** Levels of each factor, the centre first. */
  readonly levels: readonly number[];
  readonly participants: number;
  /** By factor and level; they add up to 1. Absent: equal. */
  readonly shares?: readonly (readonly number[])[];
  readonly opensAfter?: readonly number[];
  readonly mostPerCentre?: number;
  readonly dropout?: number;
  /** Difference between the last and the first level of each factor, and the linear trend over the trial. */
  readonly factorEffect: number;
  readonly trend?: number;
  readonly effect?: number;
  /** Whether whoever guesses by his own centre makes the best guess, as with lists by centre. */
  readonly bestInCentre?: boolean;
  readonly critical: (df1: number, df2: number) => number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The index that a uniform number falls on, by weights. */
function pick(weights: readonly number[], random: () => number): number {
  let x = random() * sumOf(weights);
  const found = weights.findIndex((weight) => (x -= weight) < 0);
  return found < 0 ? weights.length - 1 : found;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

class Counts implements Tally {
  readonly all: number[];
  readonly byLevel: number[][][];
  readonly byCombination = new Map<string, number[]>();
  readonly #arms: number;

  constructor({ ratio, levels }: SecondFrame) {
    this.#arms = ratio.length;
    this.all = ratio.map(() => 0);
    this.byLevel = levels.map((count) => Array.from({ length: count }, () => ratio.map(() => 0)));
  }

  add(person: Person, arm: number): void {
    const own = this.byCombination.get(person.join()) ?? Array<number>(this.#arms).fill(0);
    this.byCombination.set(person.join(), own);
    for (const counts of [this.all, own, ...person.map((level, factor) => this.byLevel[factor]![level]!)]) {
      counts[arm]! += 1;
    }
  }
}

/** By name, what is measured in one trial. */
export type Found = Readonly<Record<string, number>>;

const away = (counts: readonly number[], ratio: readonly number[]): readonly number[] =>
  counts.map((count, k) => count - (sumOf(counts) * ratio[k]!) / sumOf(ratio));

export function imbalanceOf(counts: readonly number[], ratio: readonly number[]): number {
  if (ratio.length === 2 && ratio[0] === ratio[1]) return Math.abs(counts[0]! - counts[1]!);
  return Math.max(...away(counts, ratio).map(Math.abs));
}

export function lossOf(counts: readonly number[], ratio: readonly number[]): number {
  const n = sumOf(counts);
  if (n === 0) return 0;
  return sumOf(away(counts, ratio).map((x, k) => (x * x * sumOf(ratio)) / (n * ratio[k]!)));
}

/** The convergence strategy: the mean probability of the arms that are behind. */
export function ofThoseBehind(chances: readonly number[], counts: readonly number[], ratio: readonly number[]): number {
  const filled = counts.map((count, k) => count / ratio[k]!);
  const guesses = chances.filter((_, k) => filled[k]! - Math.min(...filled) < 1e-9);
  return sumOf(guesses) / guesses.length;
}

const square = (values: readonly number[]): number => sumOf(values.map((x) => x * x));

function ends(frame: SecondFrame, counts: Counts, strataLargest: ReadonlyMap<string, number>): Found {
  const { ratio } = frame;
  const strata = [...counts.byCombination.values()];
  const found: Record<string, number> = {
    "overall.final": imbalanceOf(counts.all, ratio),
    "overall.loss": lossOf(counts.all, ratio),
    "overall.deviation²": away(counts.all, ratio)[0]! ** 2,
    "overall.spread²": square(away(counts.all, ratio)) / ratio.length,
    "strata.final": sumOf(strata.map((own) => imbalanceOf(own, ratio))) / strata.length,
    "strata.largest": sumOf([...strataLargest.values()]) / strata.length,
    "strata.loss": sumOf(strata.map((own) => lossOf(own, ratio))),
  };
  counts.byLevel.forEach((levels, factor) => {
    const sizes = levels.map((own) => imbalanceOf(own, ratio));
    found[`factor ${factor}: mean`] = sumOf(sizes) / sizes.length;
    found[`factor ${factor}: largest`] = Math.max(...sizes);
    found[`factor ${factor}: spread²`] =
      sumOf(levels.map((own) => square(away(own, ratio)) / ratio.length)) / sizes.length;
    sizes.forEach((own, level) => {
      found[`factor ${factor}, level ${level}: final`] = own;
    });
  });
  return found;
}

/** One trial. */
export function trialOnce(frame: SecondFrame, rule: Rule, random: () => number): Found {
  const { ratio, levels, participants, opensAfter = [], mostPerCentre = Infinity, dropout = 0 } = frame;
  const shares = frame.shares ?? levels.map((count) => Array<number>(count).fill(1));
  const counts = new Counts(frame);
  const people: { readonly person: Person; readonly arm: number }[] = [];
  const strataLargest = new Map<string, number>();
  const guesses = { everything: 0, ownCentre: 0, deterministic: 0 };
  let largest = 0;
  for (let i = 0; i < participants; i += 1) {
    if (random() < dropout) continue;
    const centres = shares[0]!.map((share, centre) =>
      i >= (opensAfter[centre] ?? 0) && sumOf(counts.byLevel[0]![centre]!) < mostPerCentre ? share : 0,
    );
    if (sumOf(centres) === 0) break;
    const person = shares.map((own, factor) => pick(factor === 0 ? centres : own, random));
    const chances = rule(counts, person);
    const best = Math.max(...chances);
    guesses.everything += best;
    if (best > 1 - 1e-12) guesses.deterministic += 1;
    guesses.ownCentre +=
      frame.bestInCentre === true ? best : ofThoseBehind(chances, counts.byLevel[0]![person[0]!]!, ratio);
    const arm = pick(chances, random);
    counts.add(person, arm);
    people.push({ person, arm });
    largest = Math.max(largest, imbalanceOf(counts.all, ratio));
    const own = imbalanceOf(counts.byCombination.get(person.join())!, ratio);
    strataLargest.set(person.join(), Math.max(strataLargest.get(person.join()) ?? 0, own));
  }
  const randomized = people.length;
  const { trend = 0, effect = 0, factorEffect, critical } = frame;
  const responses = people.map(({ person, arm }, i) => {
    const byFactors = person.map((level, factor) => (factorEffect * level) / (levels[factor]! - 1));
    return normal(random) + sumOf(byFactors) + (trend * i) / (randomized - 1) + (arm === 0 ? effect : 0);
  });
  const arms = people.map(({ arm }) => arm);
  const factors = levels.map((count, factor) => ({ levels: people.map(({ person }) => person[factor]!), count }));
  return {
    ...ends(frame, counts, strataLargest),
    randomized,
    "overall.largest": largest,
    everything: guesses.everything / randomized,
    ownCentre: guesses.ownCentre / randomized,
    deterministic: guesses.deterministic / randomized,
    unadjusted: rejects(responses, arms, ratio.length, [], critical) ? 1 : 0,
    adjusted: rejects(responses, arms, ratio.length, factors, critical) ? 1 : 0,
  };
}

/** Mean and standard error over trials, by name. */
export function overTrials(trials: number, one: () => Found): ReadonlyMap<string, readonly [number, number]> {
  const all = Array.from({ length: trials }, one);
  return new Map(
    Object.keys(all[0]!).map((name) => {
      const mean = sumOf(all.map((own) => own[name]!)) / trials;
      const variance = sumOf(all.map((own) => (own[name]! - mean) ** 2)) / (trials - 1);
      return [name, [mean, Math.sqrt(variance / trials)]];
    }),
  );
}
