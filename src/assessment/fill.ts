import { deepFreeze, fail, requireEach, requireFields } from "../foundation/index.js";
import { BANDS, type Enrolment, type FillMeasures, type Measures } from "./model.js";
import { simulateComing, sitesOf } from "./simulatedComing.js";

/** A stratum as its fill is computed. */
export interface FilledStratum {
  readonly text: string;
  /** Rows of its list, at least 1. */
  readonly length: number;
  /** The site it belongs to, if the plan has such a factor. */
  readonly site?: string;
  readonly measures: Measures;
}

/** Most participants whose coming is computed. */
const MOST_PARTICIPANTS = 100_000;

/**
 * How lists are used up when participants come independently, each to a stratum with its share: numbers by stratum are
 * multinomial, the number in one stratum is binomial.
 *
 * Joint probabilities use independent Poisson numbers given their sum, which is the same law: the weights of the
 * strata are convolved and divided by P(sum = participants).
 *
 * With centres that open late, a limit to each centre, or drop-outs, who comes is simulated, and `simulated` has the
 * standard errors.
 *
 * @param runOutLimit - run-out probability that each stratum's `sufficientLength` keeps to, in (0, 1)
 * @param stream - text that names the stream of that simulation
 * @throws AllocellError `assessment.enrolment_invalid`, `assessment.option_invalid`
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function fillMeasures(
  strata: readonly FilledStratum[],
  enrolment: Enrolment,
  runOutLimit: number,
  stream = "allocell enrolment",
): FillMeasures {
  requireEach(strata, "a stratum with its length", { text: "text", length: "a number" });
  requireFields(enrolment, "how participants enrol", {});
  const shares = normalisedShares(enrolment, strata.length);
  const { participants } = enrolment;
  if (!(runOutLimit > 0 && runOutLimit < 1)) {
    fail("assessment.option_invalid", "runOutLimit", "The run-out limit is a probability.", {
      expected: "above 0 and below 1",
      received: String(runOutLimit),
    });
  }
  const simulated = isPlain(enrolment) ? undefined : simulateComing(strata, shares, enrolment, stream);
  const numbers = simulated?.numbers ?? shares.map((share) => binomial(participants, share));
  const ofStrata = (chosen: (i: number) => boolean): number => {
    const rest = shares.reduce((sum, share, i) => (chosen(i) ? sum : sum + share), 0);
    const limits = strata.flatMap(({ length }, i) => (chosen(i) ? [{ share: shares[i] as number, length }] : []));
    return 1 - jointlyWithin(limits, rest, participants);
  };
  return deepFreeze({
    participants,
    sharesAssumed: enrolment.shares === undefined && strata.length > 1,
    byStratum: strata.map(({ text, length }, i) => {
      const own = numbers[i] as readonly number[];
      return {
        stratum: text,
        share: shares[i] as number,
        length,
        expectedParticipants:
          simulated === undefined
            ? participants * (shares[i] as number)
            : own.reduce((sum, probability, k) => sum + k * probability, 0),
        runOutProbability: above(own, length),
        sufficientLength: quantile(own, 1 - runOutLimit),
        participantBands: BANDS.map((share) => quantile(own, share)),
      };
    }),
    bySite: sitesOf(strata).map((site) => ({
      site,
      runOutProbability: simulated?.ranOutBySite.get(site) ?? ofStrata((i) => strata[i]?.site === site),
    })),
    anyRunOutProbability: simulated?.anyRanOut ?? ofStrata(() => true),
    runOutLimit,
    ...(simulated === undefined
      ? {}
      : { simulated: { trials: simulated.trials, standardErrors: simulated.standardErrors } }),
    kits: kitsOf(strata, numbers),
  });
}

/** Whether every participant comes to an open centre and is randomized. */
export const isPlain = ({ opensAfter, mostPerCentre, dropout }: Enrolment): boolean =>
  opensAfter === undefined && mostPerCentre === undefined && dropout === undefined;

/** What is packed for all rows, and what of it is expected to be used. */
function kitsOf(strata: readonly FilledStratum[], numbers: readonly (readonly number[])[]): FillMeasures["kits"] {
  const arms = strata[0]?.measures.ratio.length ?? 0;
  const overageByArm = new Array<number>(arms).fill(0);
  let [packed, used] = [0, 0];
  strata.forEach(({ length, measures }, i) => {
    packed += length;
    // P(row stays unused) = P(fewer participants than its place).
    let below = 0;
    for (let row = 1; row <= length; row += 1) {
      below += numbers[i]?.[row - 1] ?? 0;
      used += Math.max(0, 1 - below);
      for (let k = 0; k < arms; k += 1) {
        const share = measures.byRow.armProbability[k]?.[row - 1] ?? 0;
        overageByArm[k] = (overageByArm[k] as number) + Math.min(1, below) * share;
      }
    }
  });
  return {
    packed,
    expectedUsed: used,
    expectedOverage: packed - used,
    overageShare: (packed - used) / packed,
    expectedOverageByArm: overageByArm,
  };
}

/** Shares that add up to 1. */
export function normalisedShares({ participants, shares }: Enrolment, strata: number): readonly number[] {
  if (!Number.isInteger(participants) || participants < 1 || participants > MOST_PARTICIPANTS) {
    fail("assessment.enrolment_invalid", "enrolment.participants", "The participants of a trial are a whole number.", {
      expected: `from 1 to ${MOST_PARTICIPANTS}`,
      received: String(participants),
    });
  }
  if (shares === undefined) return Array.from({ length: strata }, () => 1 / strata);
  const wrong = shares.findIndex((share) => !Number.isFinite(share) || share <= 0);
  if (shares.length !== strata || wrong >= 0) {
    fail(
      "assessment.enrolment_invalid",
      wrong < 0 ? "enrolment.shares" : `enrolment.shares.${wrong}`,
      "Shares are wrong.",
      {
        expected: `${strata} finite numbers above 0, one a stratum in the order of the list`,
        received: wrong < 0 ? `${shares.length} shares` : String(shares[wrong]),
      },
    );
  }
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** Probabilities of a Poisson number from 0 to `most`. */
export function poissonTo(mean: number, most: number): number[] {
  let log = -mean;
  return Array.from({ length: most + 1 }, (_, k) => {
    if (k > 0) log += Math.log(mean) - Math.log(k);
    return mean === 0 ? (k === 0 ? 1 : 0) : Math.exp(log);
  });
}

/** P(k) of a binomial number, for k from 0 to n. */
export function binomial(n: number, p: number): readonly number[] {
  if (p >= 1) return Array.from({ length: n + 1 }, (_, k) => (k === n ? 1 : 0));
  let log = n * Math.log1p(-p);
  const odds = Math.log(p) - Math.log1p(-p);
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) log += odds + Math.log(n - k + 1) - Math.log(k);
    return Math.exp(log);
  });
}

function jointlyWithin(
  limits: readonly { readonly share: number; readonly length: number }[],
  rest: number,
  participants: number,
): number {
  let sums = poissonTo(participants * rest, participants);
  for (const { share, length } of limits) {
    const own = poissonTo(participants * share, Math.min(length, participants));
    const next = new Array<number>(participants + 1).fill(0);
    own.forEach((weight, r) => {
      if (weight < 1e-18) return;
      for (let n = 0; n + r <= participants; n += 1) {
        next[n + r] = (next[n + r] as number) + weight * (sums[n] as number);
      }
    });
    sums = next;
  }
  const all = poissonTo(participants, participants)[participants] as number;
  return Math.min(1, (sums[participants] as number) / all);
}

function above(probabilities: readonly number[], length: number): number {
  let sum = 0;
  for (let k = length + 1; k < probabilities.length; k += 1) sum += probabilities[k] as number;
  return sum;
}

/** The least number whose cumulative probability reaches the share. */
function quantile(probabilities: readonly number[], share: number): number {
  let sum = 0;
  const at = probabilities.findIndex((p) => {
    sum += p;
    return sum >= share - 1e-12;
  });
  return at < 0 ? probabilities.length - 1 : at;
}
