import { deepFreeze } from "../foundation/index.js";
import { Coming, type CentreAccrual } from "./accrual.js";
import { Tally } from "./distribution.js";
import type { PooledImbalance } from "./model.js";
import type { PooledList } from "./pooled.js";
import { sitesOf, TRIALS, type StratumList } from "./simulatedComing.js";
import { Words, Xoshiro128 } from "./xoshiro.js";

/** Participants times strata that are looked at, in all trials: a second or so. */
const MOST_WORK = 200_000_000;
const LEAST_TRIALS = 500;

/** Strata that are pooled, by their place. */
export interface PooledSubset {
  readonly of: string;
  readonly in: readonly number[];
}

/** What pooled imbalance is simulated for. */
export interface PooledTrial {
  readonly strata: readonly StratumList[];
  /** Of the strata, in the same order, with their shares, which add up to 1. */
  readonly lists: readonly PooledList[];
  readonly ratio: readonly number[];
  readonly accrual: CentreAccrual;
}

/** A distribution to be drawn from: values with what they and all before them add up to. */
interface Drawn {
  readonly values: readonly number[];
  readonly upTo: readonly number[];
}

/**
 * The imbalance of several lists together, simulated: who comes to which list, and then what each list has come to after
 * so many rows, drawn from its exact distribution. Who comes after a list has run out is not allocated.
 *
 * Up to 20,000 trials; fewer, and at least 500, for many participants and strata.
 *
 * @param stream - text that names the stream; the same text gives the same numbers
 * @throws AllocellError `assessment.enrolment_invalid`
 */
export function simulatePooled(
  subsets: readonly PooledSubset[],
  { strata, lists, ratio, accrual }: PooledTrial,
  stream: string,
): readonly PooledImbalance[] {
  const sites = sitesOf(strata);
  const places = strata.map(({ site }, i) => ({
    share: (lists[i] as PooledList).share,
    centre: site === undefined ? -1 : sites.indexOf(site),
  }));
  const coming = new Coming(accrual, sites, places);
  const words = new Words(Xoshiro128.fromText(`${stream}, pooled`));
  const work = accrual.participants * strata.length;
  const trials = Math.min(TRIALS, Math.max(LEAST_TRIALS, Math.floor(MOST_WORK / work)));
  // Two arms mirror each other, so one says it all.
  const arms = ratio.length === 2 ? 1 : ratio.length;
  const tallies = subsets.map(() => Array.from({ length: arms }, () => new Tally()));
  const draw = drawer(lists, words);
  const counts = new Uint32Array(strata.length);
  for (let trial = 0; trial < trials; trial += 1) {
    count(coming, counts, words);
    for (let arm = 0; arm < arms; arm += 1) {
      const deviations = Array.from(counts, (rows, i) => draw(i, arm, rows));
      subsets.forEach((subset, s) => {
        const sum = subset.in.reduce((all, i) => all + (deviations[i] as number), 0);
        tallies[s]?.[arm]?.add(sum, 1 / trials);
      });
    }
  }
  return deepFreeze(subsets.map(({ of }, s) => pooledOf(of, tallies[s] as Tally[], ratio, trials)));
}

/** Counts who comes to each stratum in one trial. */
function count(coming: Coming, counts: Uint32Array, words: Words): void {
  coming.begin();
  counts.fill(0);
  while (coming.arrive(words)) {
    const stratum = coming.choose(words);
    if (stratum < 0) return;
    counts[stratum] = (counts[stratum] as number) + 1;
  }
}

/** Draws W N_k - n w_k of a list after so many participants; lists that are the same share their tables. */
function drawer(lists: readonly PooledList[], words: Words): (list: number, arm: number, rows: number) => number {
  const tables = new Map<PooledList["deviations"], Drawn[][]>();
  return (list, arm, rows) => {
    const { deviations } = lists[list] as PooledList;
    const row = Math.min(rows, deviations.length - 1);
    const ofList = tables.get(deviations) ?? [];
    tables.set(deviations, ofList);
    const ofRow = (ofList[row] ??= (deviations[row] ?? []).map(tableOf));
    const { values, upTo } = ofRow[arm] as Drawn;
    const u = words.nextUniform();
    const place = upTo.findIndex((sum) => u < sum);
    return values[place < 0 ? values.length - 1 : place] as number;
  };
}

function tableOf(masses: ReadonlyMap<number, number>): Drawn {
  const entries = [...masses].filter(([, mass]) => mass > 0).sort(([a], [b]) => a - b);
  let sum = 0;
  return { values: entries.map(([value]) => value), upTo: entries.map(([, mass]) => (sum += mass)) };
}

function pooledOf(of: string, tallies: readonly Tally[], ratio: readonly number[], trials: number): PooledImbalance {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const byArm = tallies.map((tally) => {
    const distribution = tally.toDistribution(ratioSum);
    const moment = (power: number): number =>
      distribution.values.reduce((sum, x, i) => sum + Math.abs(x) ** power * (distribution.probabilities[i] ?? 0), 0);
    const mean = distribution.values.reduce((sum, x, i) => sum + x * (distribution.probabilities[i] ?? 0), 0);
    const [absolute, square, fourth] = [moment(1), moment(2), moment(4)];
    const standardDeviation = Math.sqrt(Math.max(0, square - mean ** 2));
    return {
      standardDeviation,
      expectedAbsolute: absolute,
      distribution,
      standardErrors: {
        // Of a root half the relative error of its square; the mean is 0, or so small that it does not count.
        standardDeviation:
          square === 0 ? 0 : Math.sqrt(Math.max(0, fourth - square ** 2) / trials) / (2 * Math.sqrt(square)),
        expectedAbsolute: Math.sqrt(Math.max(0, square - absolute ** 2) / trials),
      },
    };
  });
  const [first] = byArm;
  const simulated = { trials, standardErrors: { probability: Math.sqrt(0.25 / trials) } };
  if (ratio.length !== 2 || first === undefined) return { of, byArm, simulated };
  const { values, probabilities } = first.distribution;
  const mirrored = {
    values: values.map((v) => (v === 0 ? 0 : -v)).reverse(),
    probabilities: [...probabilities].reverse(),
  };
  return {
    of,
    byArm: [first, { ...first, distribution: mirrored }],
    ...(ratioSum === 2 ? { difference: { values: values.map((v) => 2 * v), probabilities } } : {}),
    simulated,
  };
}
