import {
  compare,
  divided,
  halfUpTo,
  ceiling,
  isAbove,
  isBelow,
  minus,
  read,
  show,
  size,
  sumOf,
  times,
  whole,
  write,
} from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { strangeOfRecord } from "./plausible.js";

export interface GivenRecord {
  readonly number: number;
  readonly administeredOn: string;
  readonly administeredBy: string;
  readonly subject?: string;
  readonly kit?: string;
  readonly plannedFor?: { readonly subject?: string; readonly kit?: string };
  readonly unitKind: "viable-cells" | "cd3-cells";
  readonly planned: string;
  readonly preparedAtInfusion: string;
  readonly preparedMl: string;
  readonly infusedMl: string;
  readonly weightKg?: string;
  readonly range?: { readonly minimum?: string; readonly maximum?: string };
  readonly deviation?: {
    readonly minorPercent: string;
    readonly majorPercent: string;
    readonly comparison: ">" | ">=";
  };
  readonly window?: { readonly from: string; readonly to: string };
  readonly preparedOn?: string;
  readonly expiresAt?: string;
  readonly startedAt?: string;
  readonly startBy?: string;
  readonly startFrom?: string;
  readonly endedAt?: string;
}

export const actualOf = (given: GivenRecord): Fraction =>
  times(divided(read(given.infusedMl), read(given.preparedMl)), read(given.preparedAtInfusion));

/** By the latest time that the record states; by the day alone without one, and where the times contradict. */
const isAfterExpiry = ({ administeredOn, expiresAt }: GivenRecord, time: string | undefined): boolean => {
  if (expiresAt === undefined) return false;
  return time === undefined ? administeredOn > expiresAt.slice(0, 10) : time > expiresAt;
};

/** "What was given" of docs/preparation-checks.md. */
export const judgeGiven = (given: GivenRecord): Record<string, unknown> => {
  const [actual, planned] = [actualOf(given), read(given.planned)];
  const warnings: string[] = [];
  /** What is the wrong way round is warned of, each by itself, and not tested. */
  const contradiction = (isOne: boolean): boolean => {
    if (isOne) warnings.push("dose.record_contradictory");
    return isOne;
  };
  const { deviation, startedAt, endedAt, preparedOn } = given;
  const isReversed = contradiction(
    deviation !== undefined && isAbove(read(deviation.minorPercent), read(deviation.majorPercent)),
  );
  let percent: Fraction | undefined;
  let deviationClass = "none";
  if (planned.top !== 0n) {
    percent = divided(times(whole(100), minus(actual, planned)), planned);
    if (isReversed) deviationClass = "unclassified";
    else if (deviation === undefined) {
      deviationClass = "unclassified";
      if (percent.top !== 0n) warnings.push("dose.deviation_unclassified");
    } else {
      const least = deviation.comparison === ">" ? 1 : 0;
      const reaches = (limit: string): boolean => compare(size(percent ?? whole(0)), read(limit)) >= least;
      deviationClass = reaches(deviation.majorPercent) ? "major" : reaches(deviation.minorPercent) ? "minor" : "none";
      if (deviationClass !== "none") warnings.push(`dose.deviation_${deviationClass}`);
    }
  } else if (actual.top > 0n) {
    deviationClass = "major";
    warnings.push("dose.given_without_plan");
  }
  if (isAbove(read(given.infusedMl), read(given.preparedMl))) warnings.push("dose.infused_more_than_prepared");
  const { minimum, maximum } = given.range ?? {};
  const isRangeReversed = contradiction(
    minimum !== undefined && maximum !== undefined && isAbove(read(minimum), read(maximum)),
  );
  const isUnder = minimum !== undefined && isBelow(actual, read(minimum));
  const isOver = maximum !== undefined && isAbove(actual, read(maximum));
  if (!isRangeReversed && (isUnder || isOver)) warnings.push("dose.administered_outside_range");
  const { from, to } = given.window ?? { from: given.administeredOn, to: given.administeredOn };
  if (!contradiction(from > to) && (given.administeredOn < from || given.administeredOn > to))
    warnings.push("calendar.outside_window");
  if (preparedOn !== undefined && given.administeredOn < preparedOn) warnings.push("dose.given_before_preparation");
  const areTimesReversed = contradiction(startedAt !== undefined && endedAt !== undefined && startedAt > endedAt);
  const time = areTimesReversed ? undefined : (endedAt ?? startedAt);
  if (isAfterExpiry(given, time)) warnings.push("dose.given_after_expiry");
  if (startedAt !== undefined && !areTimesReversed) {
    if (given.startBy !== undefined && startedAt > given.startBy) warnings.push("dose.started_out_of_time");
    if (given.startFrom !== undefined && startedAt < given.startFrom) warnings.push("dose.started_out_of_time");
  }
  for (const what of ["subject", "kit"] as const) {
    const [own, meant] = [given[what], given.plannedFor?.[what]];
    if (own !== undefined && meant !== undefined && own !== meant) warnings.push("dose.given_to_another");
  }
  for (const strange of strangeOfRecord(given, actual)) warnings.push(strange);
  return {
    actual: write(actual),
    actualPerKg: given.weightKg && show(divided(actual, read(given.weightKg))),
    deviationPercent: percent && show(percent),
    deviationClass,
    warnings: warnings.sort(),
  };
};

/** Σ actual, and Σ actual / own dosing weight, the quotients added exactly; or the codes of the refusals that apply. */
export const addUp = (all: readonly GivenRecord[], mostPerKg: string | undefined): unknown => {
  const refusals: string[] = [];
  if (new Set(all.map(({ unitKind }) => unitKind)).size > 1) refusals.push("dose.cumulative_kinds_differ");
  const subjects = all.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
  if (new Set(subjects).size > 1) refusals.push("dose.cumulative_subjects_differ");
  const weighed = all.every(({ weightKg }) => weightKg !== undefined);
  if (!weighed && mostPerKg !== undefined) refusals.push("dose.weight_missing");
  if (refusals.length > 0) return refusals;
  // The docs speak of two records of one number: each further one is counted here.
  const twice = all.length - new Set(all.map(({ number }) => number)).size;
  const perKg = sumOf(all.map((given) => divided(actualOf(given), read(given.weightKg ?? "1"))));
  return {
    actual: write(sumOf(all.map(actualOf))),
    planned: write(sumOf(all.map(({ planned }) => read(planned)))),
    actualPerKg: weighed ? show(perKg) : undefined,
    plannedPerKg: weighed
      ? show(sumOf(all.map((given) => divided(read(given.planned), read(given.weightKg ?? "1")))))
      : undefined,
    warnings: [
      ...Array.from({ length: twice }, () => "dose.administration_twice"),
      ...(weighed && mostPerKg !== undefined && isAbove(perKg, read(mostPerKg)) ? ["dose.cumulative_above_cap"] : []),
    ],
  };
};

export type VolumeRule =
  | {
      readonly kind: "band-upper-limit";
      readonly bandUpperKg: readonly string[];
      readonly mlPerKg: string;
      readonly stepMl: string;
    }
  | { readonly kind: "rounded-weight"; readonly stepKg: string; readonly mlPerKg: string; readonly flatFromKg: string };

/** Products dosed by volume and band: mL and vials, or the code of the refusal. */
export const volumeByBand = (weightKg: string, rule: VolumeRule, vialMl: string): unknown => {
  const kg = read(weightKg);
  let volume: Fraction;
  if (rule.kind === "band-upper-limit") {
    const reaching = rule.bandUpperKg.map(read).filter((upper) => !isAbove(kg, upper));
    const [lowest] = reaching.sort(compare);
    if (lowest === undefined) return "dose.weight_band";
    volume = halfUpTo(times(lowest, read(rule.mlPerKg)), read(rule.stepMl));
  } else {
    const rounded = halfUpTo(kg, read(rule.stepKg));
    const flatFrom = read(rule.flatFromKg);
    volume = times(isBelow(rounded, flatFrom) ? rounded : flatFrom, read(rule.mlPerKg));
  }
  return { volumeMl: write(volume), vials: String(ceiling(divided(volume, read(vialMl)))) };
};
