import { deepFreeze, fail } from "../foundation/index.js";
import { compare, type Fraction } from "../quantity/index.js";
import { enumerateDesign } from "./enumerate.js";
import { doubles, fractionsOf, type Arithmetic } from "./arithmetic.js";
import type { Measure } from "./measure.js";
import type { EscalationDesign, Reason } from "./model.js";
import { readShare } from "./share.js";
import { readRates, type Rates } from "./truth.js";
import type { Ending, OutcomeWalk } from "./walk.js";

/** What is asked beside the usual. */
export interface CharacteristicsOptions {
  /** A true rate above this one is an overdose. Absent: above the design's target, and nothing without a target. */
  readonly overdoseAbove?: string;
  /** P(more than so many are treated) is computed. */
  readonly moreThan?: number;
  /** Exact fractions beside the numbers, which are otherwise doubles; for at most 53 participants. */
  readonly fractions?: boolean;
}

/** How a design behaves if the true rates of DLTs are these. */
export interface Characteristics {
  readonly truth: readonly string[];
  readonly method: "exact" | "simulated";
  /** Simulated parts; absent where exact. */
  readonly runs?: number;
  /** Situations and pathways of the design, whatever the rates; absent where simulated. */
  readonly states?: number;
  /** Pathways that were walked. */
  readonly pathways?: number;
  /** No level is recommended. */
  readonly none: Measure;
  /** Each level is recommended, level 1 first. */
  readonly recommended: readonly Measure[];
  readonly expectedTreated: Measure;
  readonly expectedTreatedByLevel: readonly Measure[];
  readonly expectedDlt: Measure;
  readonly expectedDltByLevel: readonly Measure[];
  readonly total: readonly { readonly participants: number; readonly probability: Measure }[];
  readonly endsBecause: readonly { readonly reason: Reason; readonly probability: Measure }[];
  readonly moreThan?: { readonly participants: number; readonly probability: Measure };
  /** Of levels whose true rate is above `rate`: somebody is treated there; how many; one of them is recommended. */
  readonly overdose?: {
    readonly rate: string;
    readonly someTreated: Measure;
    readonly expectedTreated: Measure;
    readonly recommended: Measure;
  };
}

/**
 * The operating characteristics of a design for true rates, exactly: every sequence of cohort outcomes is walked, in
 * doubles or, with `fractions`, without any rounding. Cohorts are taken to be whole, and outcomes independent.
 *
 * @param truth - the true rate of DLTs of each level, as text: `["0.08", "0.16", "8/25"]`
 * @throws AllocellError `escalation.rates_invalid`, `escalation.share_invalid`, `escalation.too_many_states`,
 *   `escalation.fractions_too_long`
 * @see definitions, sources and worked values: docs/escalation.md and docs/escalation-worked.md
 * @example
 * characteristics(design, ["0.08", "0.16", "0.32"]).none.value; // 0.063 for 3 + 3 without de-escalation
 */
export function characteristics(
  design: EscalationDesign,
  truth: readonly string[],
  options: CharacteristicsOptions = {},
): Characteristics {
  return characteristicsOf(design, enumerateDesign(design), truth, options);
}

/**
 * The same for many true rates: the design is walked once.
 *
 * @throws AllocellError `escalation.rates_invalid`, `escalation.share_invalid`, `escalation.too_many_states`
 */
export function characteristicsGrid(
  design: EscalationDesign,
  truths: readonly (readonly string[])[],
  options: CharacteristicsOptions = {},
): readonly Characteristics[] {
  const walked = enumerateDesign(design);
  return truths.map((truth) => characteristicsOf(design, walked, truth, options));
}

/** Sums of probabilities, in the numbers of one arithmetic. */
interface Sums<T> {
  readonly byRecommended: T[];
  readonly byTotal: Map<number, T>;
  readonly byReason: Map<Reason, T>;
  readonly treated: T[];
  readonly dlt: T[];
  overdosed: T;
  all: T;
}

function characteristicsOf(
  design: EscalationDesign,
  { endings, states, pathways }: OutcomeWalk,
  truth: readonly string[],
  options: CharacteristicsOptions,
): Characteristics {
  const rates = readRates(truth, design.levels.length);
  const overdose = overdoseOf(design, options, rates);
  const most = endings.reduce((largest, { n }) => Math.max(largest, sumOf(n)), 0);
  const isAbove = overdose?.isAbove ?? [];
  const known = { truth: [...truth], method: "exact", states, pathways } as const;
  if (options.fractions !== true) {
    const number = doubles(rates, most);
    return toCharacteristics(known, number, addUp(endings, number, isAbove), options, overdose);
  }
  if (most > LONGEST_FRACTIONS) {
    return fail("escalation.fractions_too_long", "fractions", "Fractions are computed for small parts only.", {
      expected: `at most ${LONGEST_FRACTIONS} participants; doubles have no such limit`,
      received: `${most} participants`,
    });
  }
  const number = fractionsOf(rates, most);
  return toCharacteristics(known, number, addUp(endings, number, isAbove), options, overdose);
}

/** Weights of endings are exact so far. */
const LONGEST_FRACTIONS = 53;

function toCharacteristics<T>(
  known: Pick<Characteristics, "truth" | "method" | "states" | "pathways">,
  { plus, zero, toMeasure }: Arithmetic<T>,
  sums: Sums<T>,
  { moreThan }: CharacteristicsOptions,
  overdose: Overdose | undefined,
): Characteristics {
  const total = (numbers: readonly T[]): Measure => toMeasure(numbers.reduce(plus, zero));
  const above = (numbers: readonly T[]): Measure => total(numbers.filter((_, j) => overdose?.isAbove[j] === true));
  const [none = zero, ...recommended] = sums.byRecommended;
  const totals = [...sums.byTotal].sort(([a], [b]) => a - b);
  requireSound(toMeasure(sums.all));
  return deepFreeze({
    ...known,
    none: toMeasure(none),
    recommended: recommended.map(toMeasure),
    expectedTreated: total(sums.treated),
    expectedTreatedByLevel: sums.treated.map(toMeasure),
    expectedDlt: total(sums.dlt),
    expectedDltByLevel: sums.dlt.map(toMeasure),
    total: totals.map(([participants, mass]) => ({ participants, probability: toMeasure(mass) })),
    endsBecause: [...sums.byReason].map(([reason, mass]) => ({ reason, probability: toMeasure(mass) })),
    ...(moreThan === undefined
      ? {}
      : {
          moreThan: {
            participants: moreThan,
            probability: total(totals.filter(([count]) => count > moreThan).map(([, mass]) => mass)),
          },
        }),
    ...(overdose === undefined
      ? {}
      : {
          overdose: {
            rate: overdose.rate,
            someTreated: toMeasure(sums.overdosed),
            expectedTreated: above(sums.treated),
            recommended: above(recommended),
          },
        }),
  });
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

interface Overdose {
  readonly rate: string;
  readonly isAbove: readonly boolean[];
}

/** Which levels have a true rate above the limit; undefined where no limit is stated and the rule has no target. */
export function overdoseOf(
  { rule }: EscalationDesign,
  { overdoseAbove }: CharacteristicsOptions,
  { numerators, denominator }: Rates,
): Overdose | undefined {
  const rate = overdoseAbove ?? ("target" in rule ? rule.target : undefined);
  if (rate === undefined) return undefined;
  const limit: Fraction = readShare(rate, "overdoseAbove");
  return { rate, isAbove: numerators.map((numerator) => compare({ numerator, denominator }, limit) > 0) };
}

/** The probability of each ending, put where it belongs. */
function addUp<T>(endings: readonly Ending[], number: Arithmetic<T>, isAbove: readonly boolean[]): Sums<T> {
  const { zero, plus, massOf, isZero, times } = number;
  const levels = endings[0]?.n.length ?? 0;
  const zeros = (count: number): T[] => Array.from({ length: count }, () => zero);
  const sums: Sums<T> = {
    ...{ byRecommended: zeros(levels + 1), byTotal: new Map(), byReason: new Map() },
    ...{ treated: zeros(levels), dlt: zeros(levels), overdosed: zero, all: zero },
  };
  for (const ending of endings) {
    const { n, dlt, recommended, reason } = ending;
    const treated = sumOf(n);
    const mass = massOf(ending, treated);
    if (isZero(mass)) continue;
    sums.all = plus(sums.all, mass);
    sums.byRecommended[recommended ?? 0] = plus(sums.byRecommended[recommended ?? 0] ?? zero, mass);
    sums.byTotal.set(treated, plus(sums.byTotal.get(treated) ?? zero, mass));
    sums.byReason.set(reason, plus(sums.byReason.get(reason) ?? zero, mass));
    let isOverdosed = false;
    for (let j = 0; j < levels; j += 1) {
      const count = n[j] ?? 0;
      if (count === 0) continue;
      isOverdosed ||= isAbove[j] === true;
      sums.treated[j] = plus(sums.treated[j] ?? zero, times(mass, count));
      const toxic = dlt[j] ?? 0;
      if (toxic > 0) sums.dlt[j] = plus(sums.dlt[j] ?? zero, times(mass, toxic));
    }
    if (isOverdosed) sums.overdosed = plus(sums.overdosed, mass);
  }
  return sums;
}

/** All probabilities add up to 1. */
function requireSound({ value }: Measure): void {
  if (Math.abs(value - 1) < 1e-9) return;
  fail("escalation.check_failed", "", "The probabilities do not add up to 1: this is a fault of allocell itself.");
}
