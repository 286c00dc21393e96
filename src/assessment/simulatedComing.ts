import { Coming, type CentreAccrual } from "./accrual.js";
import { Words, Xoshiro128 } from "./xoshiro.js";

/** Trials that are simulated: the standard error of a probability is then at most 0.0036. */
export const TRIALS = 20_000;

/** The list of a stratum that participants come to. */
export interface StratumList {
  readonly length: number;
  /** The site it belongs to, if the plan has such a factor. */
  readonly site?: string;
}

/** How many came to each stratum in trials that were simulated. */
export interface SimulatedComing {
  readonly trials: number;
  /** By stratum: the share of the trials in which k came, for k from 0 to the participants. */
  readonly numbers: readonly (readonly number[])[];
  /** By site: the share of the trials in which a list of it ran out. */
  readonly ranOutBySite: ReadonlyMap<string, number>;
  readonly anyRanOut: number;
  /** Largest standard error of a probability, of an expected number of a stratum, and of the kits used. */
  readonly standardErrors: { readonly probability: number; readonly participants: number; readonly kits: number };
}

/** One trial after the other is counted. */
class Counted {
  readonly tallies: Uint32Array[];
  readonly sites: readonly string[];
  readonly ranOut: number[];
  any = 0;
  used = 0;
  usedSquares = 0;
  readonly #strata: readonly StratumList[];
  readonly #siteOf: readonly number[];

  constructor(strata: readonly StratumList[], participants: number) {
    this.#strata = strata;
    this.sites = sitesOf(strata);
    this.#siteOf = strata.map(({ site }) => (site === undefined ? -1 : this.sites.indexOf(site)));
    this.tallies = strata.map(() => new Uint32Array(participants + 1));
    this.ranOut = this.sites.map(() => 0);
  }

  add(counts: Uint32Array): void {
    const sites = new Set<number>();
    let [used, isOut] = [0, false];
    this.#strata.forEach(({ length }, i) => {
      const count = counts[i] as number;
      const tally = this.tallies[i] as Uint32Array;
      tally[count] = (tally[count] as number) + 1;
      used += Math.min(count, length);
      if (count <= length) return;
      isOut = true;
      sites.add(this.#siteOf[i] as number);
    });
    this.used += used;
    this.usedSquares += used * used;
    if (isOut) this.any += 1;
    for (const site of sites) if (site >= 0) this.ranOut[site] = (this.ranOut[site] as number) + 1;
  }
}

export const sitesOf = (strata: readonly StratumList[]): readonly string[] => [
  ...new Set(strata.flatMap(({ site }) => (site === undefined ? [] : [site]))),
];

/** Who comes: to lists with their shares, which add up to 1, in so many trials of a stream. */
export interface ComingRun {
  readonly strata: readonly StratumList[];
  readonly shares: readonly number[];
  readonly accrual: CentreAccrual;
  /** Text that names the stream; the same text gives the same numbers. */
  readonly stream: string;
  readonly trials: number;
}

/**
 * Draws one trial after the other: each participant comes to a stratum with its share among those whose centre is open
 * and not full.
 *
 * @param each - is given the numbers by stratum of a trial; they are written over by the next one
 * @throws AllocellError `assessment.enrolment_invalid`
 */
export function drawComing(run: ComingRun, each: (counts: Uint32Array) => void): void {
  const { strata, shares, accrual, stream, trials } = run;
  const sites = sitesOf(strata);
  const places = strata.map(({ site }, i) => ({
    share: shares[i] as number,
    centre: site === undefined ? -1 : sites.indexOf(site),
  }));
  const coming = new Coming(accrual, sites, places);
  const words = new Words(Xoshiro128.fromText(stream));
  const counts = new Uint32Array(strata.length);
  for (let trial = 0; trial < trials; trial += 1) {
    coming.begin();
    counts.fill(0);
    while (coming.arrive(words)) {
      const stratum = coming.choose(words);
      if (stratum < 0) break;
      counts[stratum] = (counts[stratum] as number) + 1;
    }
    each(counts);
  }
}

/**
 * Simulates who comes to the lists of a plan.
 *
 * @param shares - of the strata, adding up to 1
 * @param stream - text that names the stream; the same text gives the same numbers
 * @throws AllocellError `assessment.enrolment_invalid`
 */
export function simulateComing(
  strata: readonly StratumList[],
  shares: readonly number[],
  accrual: CentreAccrual,
  stream: string,
): SimulatedComing {
  const counted = new Counted(strata, accrual.participants);
  drawComing({ strata, shares, accrual, stream, trials: TRIALS }, (counts) => {
    counted.add(counts);
  });
  return summary(counted);
}

function summary({ tallies, sites, ranOut, any, used, usedSquares }: Counted): SimulatedComing {
  const numbers = tallies.map((tally) => Array.from(tally, (count) => count / TRIALS));
  const moment = (own: readonly number[], power: number): number =>
    own.reduce((sum, share, k) => sum + share * k ** power, 0);
  const error = (mean: number, square: number): number => Math.sqrt(Math.max(0, square - mean * mean) / TRIALS);
  return {
    trials: TRIALS,
    numbers,
    ranOutBySite: new Map(sites.map((site, i) => [site, (ranOut[i] as number) / TRIALS])),
    anyRanOut: any / TRIALS,
    standardErrors: {
      probability: Math.sqrt(0.25 / TRIALS),
      participants: Math.max(...numbers.map((own) => error(moment(own, 1), moment(own, 2)))),
      kits: error(used / TRIALS, usedSquares / TRIALS),
    },
  };
}
