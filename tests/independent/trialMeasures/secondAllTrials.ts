/*
 * Every trial of a few participants under a dynamic rule, by two factors: exact means of the measures of
 * docs/assessment-trial.md. Trials whose combinations have the same numbers by arm go on alike, so that they are added
 * up; what else a measure has to remember is carried along.
 */
import type { Rule, Tally } from "./secondRules.js";
import { imbalanceOf, lossOf, ofThoseBehind } from "./secondWholeTrial.js";

export interface AllTrials {
  readonly ratio: readonly number[];
  readonly levels: readonly [number, number];
  /** By factor and level; they add up to 1. */
  readonly shares: readonly [readonly number[], readonly number[]];
  readonly participants: number;
}

interface State {
  /** By combination, the second factor fastest: numbers by arm. */
  readonly cells: readonly (readonly number[])[];
  /** The largest imbalance so far, of what is followed. */
  readonly largest: readonly number[];
  readonly mass: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const added = (parts: readonly (readonly number[])[]): readonly number[] =>
  parts.reduce((sum, own) => sum.map((x, arm) => x + own[arm]!));

function tallyOf({ cells }: State, [first, second]: readonly [number, number]): Tally {
  const cell = (i: number, j: number): readonly number[] => cells[i * second + j]!;
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
  return {
    all: added(cells),
    byLevel: [
      range(first).map((i) => added(range(second).map((j) => cell(i, j)))),
      range(second).map((j) => added(range(first).map((i) => cell(i, j)))),
    ],
    byCombination: new Map(cells.map((own, place) => [`${Math.floor(place / second)},${place % second}`, own])),
  };
}

/** What is followed besides the numbers: nothing, the imbalance of all, or that of each combination. */
export type Followed = "nothing" | "overall" | "combinations";

export interface AllMeans {
  readonly ends: ReadonlyMap<string, number>;
  /** After each participant. */
  readonly overTime: Readonly<Record<"absoluteImbalance" | "everything" | "ownCentre" | "deterministic", number[]>>;
}

export function everyTrial(frame: AllTrials, rule: Rule, followed: Followed): AllMeans {
  const { ratio, levels, shares, participants } = frame;
  const overTime: AllMeans["overTime"] = { absoluteImbalance: [], everything: [], ownCentre: [], deterministic: [] };
  const none = ratio.map(() => 0);
  const cells = Array.from({ length: levels[0] * levels[1] }, () => none);
  let states: readonly State[] = [{ cells, largest: followed === "overall" ? [0] : cells.map(() => 0), mass: 1 }];
  for (let i = 0; i < participants; i += 1) {
    const next = new Map<string, { -readonly [Key in keyof State]: State[Key] }>();
    const here = { absoluteImbalance: 0, everything: 0, ownCentre: 0, deterministic: 0 };
    for (const state of states) {
      const tally = tallyOf(state, levels);
      cells.forEach((_, place) => {
        const person = [Math.floor(place / levels[1]), place % levels[1]] as const;
        const chances = rule(tally, person);
        const mass = state.mass * shares[0][person[0]]! * shares[1][person[1]]!;
        const best = Math.max(...chances);
        here.everything += mass * best;
        here.ownCentre += mass * ofThoseBehind(chances, tally.byLevel[0]![person[0]]!, ratio);
        if (best > 1 - 1e-12) here.deterministic += mass;
        chances.forEach((chance, arm) => {
          if (chance === 0) return;
          const put = state.cells.map((own, k) => (k === place ? own.map((x, a) => (a === arm ? x + 1 : x)) : own));
          const all = added(put);
          here.absoluteImbalance += mass * chance * imbalanceOf(all, ratio);
          const largest = state.largest.map((own, k) => {
            if (followed === "overall") return Math.max(own, imbalanceOf(all, ratio));
            return followed === "combinations" && k === place ? Math.max(own, imbalanceOf(put[k]!, ratio)) : own;
          });
          const key = `${put.join()};${largest.join()}`;
          const found = next.get(key);
          if (found === undefined) next.set(key, { cells: put, largest, mass: mass * chance });
          else found.mass += mass * chance;
        });
      });
    }
    for (const name of Object.keys(here) as (keyof typeof here)[]) overTime[name].push(here[name]);
    states = [...next.values()];
  }
  return { ends: endsOf(states, frame, followed), overTime };
}

function endsOf(
  states: readonly State[],
  { ratio, levels }: AllTrials,
  followed: Followed,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const state of states) {
    const { all, byLevel } = tallyOf(state, levels);
    const own = state.cells.filter((cell) => sumOf(cell) > 0);
    const mean = (values: readonly number[]): number => sumOf(values) / values.length;
    const found: Record<string, number> =
      followed === "overall"
        ? { "overall.largest": state.largest[0]! }
        : followed === "combinations"
          ? { "strata.largest": sumOf(state.largest) / own.length }
          : {
              "overall.final": imbalanceOf(all, ratio),
              "overall.loss": lossOf(all, ratio),
              "overall.deviation²": (all[0]! - (sumOf(all) * ratio[0]!) / sumOf(ratio)) ** 2,
              "strata.final": mean(own.map((cell) => imbalanceOf(cell, ratio))),
              "strata.loss": sumOf(own.map((cell) => lossOf(cell, ratio))),
              "factor 0: mean": mean(byLevel[0]!.map((level) => imbalanceOf(level, ratio))),
              "factor 1: mean": mean(byLevel[1]!.map((level) => imbalanceOf(level, ratio))),
              "factor 0: largest": Math.max(...byLevel[0]!.map((level) => imbalanceOf(level, ratio))),
              "factor 1: largest": Math.max(...byLevel[1]!.map((level) => imbalanceOf(level, ratio))),
              "factor 1, level 0: final": imbalanceOf(byLevel[1]![0]!, ratio),
            };
    for (const [name, value] of Object.entries(found)) sums.set(name, (sums.get(name) ?? 0) + state.mass * value);
  }
  return sums;
}
