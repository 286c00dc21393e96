import { AllocellError, deepFreeze, describeReceived, fail, requireFields } from "../foundation/index.js";
import { parsePlan, strataByProcedure, strataOf, stratumText, type Plan, type Stratum } from "../list/index.js";
import { readyProcedure } from "../procedure/index.js";
import type { Trial } from "../trial/index.js";
import { compile, type Chain } from "./chain.js";
import { exactMeasures } from "./exactMeasures.js";
import { binomial, fillMeasures, isPlain, normalisedShares, type FilledStratum } from "./fill.js";
import { deviationsByRow } from "./carryRows.js";
import { exactFractions, withFractions } from "./fractions.js";
import type {
  Assessment,
  BiasModel,
  Enrolment,
  Knowledge,
  Measures,
  PooledImbalance,
  TestMeasure,
  UndefinedMeasure,
} from "./model.js";
import { pooledComplete, pooledImbalance, type PooledList } from "./pooled.js";
import { simulate, type SimulationOptions } from "./simulate.js";
import { simulatePooled, type PooledSubset } from "./simulatedPooled.js";
import { siteGuess } from "./siteGuess.js";
import { testMeasure } from "./testMeasures.js";
import { designWarnings } from "./warnings.js";

/** What {@link assess} is asked for beyond the plan; everything has a default, which each field says. */
export interface AssessOptions {
  /** Absent: `set-known`. */
  readonly knowledge?: Knowledge;
  /** Absent: exact. With it, lists are simulated. */
  readonly simulation?: SimulationOptions;
  /** Whether to give fractions beside doubles: exact results of lists of at most 200 rows. */
  readonly fractions?: boolean;
  readonly distributionByRow?: boolean;
  /** Absent: the size of the trial's part if a trial is given and states it, else all rows; equal shares. */
  readonly enrolment?: Enrolment;
  /** Run-out probability that the sufficient length of each stratum keeps to, in (0, 1); absent: 0.05. */
  readonly runOutLimit?: number;
  /** Models of bias and effect for which the t test is assessed; for a list without strata. */
  readonly tests?: readonly BiasModel[];
  /** Share of one site in a list that sites share, in (0, 1]: for guesses from that site alone. */
  readonly siteShare?: number;
  /** Bound on the states of an exact result. */
  readonly mostStates?: number;
  /** Told how far each computation over the rows of a list has come: several follow each other. */
  readonly onRow?: (done: number, rows: number) => unknown;
}

const OPTIONS: readonly (keyof AssessOptions)[] = [
  "knowledge",
  "simulation",
  "fractions",
  "distributionByRow",
  "enrolment",
  "runOutLimit",
  "tests",
  "siteShare",
  "mostStates",
  "onRow",
];

/**
 * Assesses a plan: how balanced and how predictable its lists are, how the strata fill, and what should be noticed.
 *
 * Measures concern the rows that are asked for in each stratum; strata of one length share one computation.
 *
 * @param plan - a plan as a plan file holds it, or one that was read before
 * @param trial - for the number of participants of the plan's part
 * @throws AllocellError `list.plan_invalid`, `procedure.*` as when a list is made; `assessment.trial_differs`,
 *   `assessment.option_invalid`, `assessment.too_many_states`, `assessment.measure_undefined`,
 *   `assessment.enrolment_invalid`, and those of the simulation and of the tests
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function assess(plan: unknown, trial?: Trial, options: AssessOptions = {}): Assessment {
  checkOptions(options);
  const read = parsePlan(plan);
  const ratio = read.arms.map((arm) => arm.ratio);
  const strata = strataOf(read).map((stratum) => ({ ...stratum, text: stratumText(stratum.levels) }));
  const totalRows = strata.reduce((sum, { length }) => sum + length, 0);

  const designs = new Map(strata.map((stratum) => [designOf(stratum), stratum]));
  const assessed = new Map([...designs].map(([key, stratum]) => [key, assessList(stratum, ratio, options)]));
  const measuresOf = (key: string): Measures => (assessed.get(key) as AssessedList).measures;

  const enrolment = options.enrolment ?? { participants: partSize(read, trial) ?? totalRows };
  const shares = normalisedShares(enrolment, strata.length);
  const siteFactor = read.strata.find(({ factor }) => /^(site|centre|center)$/i.test(factor))?.factor;
  const filled = strata.map((stratum) => {
    const { text, length, levels } = stratum;
    const site = levels.find(([factor]) => factor === siteFactor)?.[1];
    return { text, length, measures: measuresOf(designOf(stratum)), ...(site === undefined ? {} : { site }) };
  });
  const fill = fillMeasures(filled, enrolment, options.runOutLimit ?? 0.05, options.simulation?.seed);

  const { pooled, undefinedMeasures } = pooledMeasures(read, strata, assessed, {
    shares,
    enrolment,
    filled,
    stream: options.simulation?.seed ?? "allocell enrolment",
  });

  const { chain } = assessed.get(designOf(strata[0] as Stratum)) as AssessedList;
  const { siteShare } = options;
  return deepFreeze({
    plan: { trial: read.trial, part: read.part, list: read.list },
    arms: read.arms.map(({ arm }) => arm),
    procedure: read.procedure,
    totalRows,
    lists: [...designs].map(([key, { length, procedure }]) => ({
      strata: strata.filter((stratum) => designOf(stratum) === key).map(({ text }) => text),
      length,
      ...(read.procedures === undefined ? {} : { procedure }),
      measures: measuresOf(key),
    })),
    fill,
    pooled,
    ...(siteShare === undefined
      ? {}
      : { siteGuess: { siteShare, convergence: { value: siteGuess(chain, siteShare), standardError: 0 } } }),
    tests: testsOf(chain, strata.length, options),
    warnings: strataByProcedure(read).flatMap((group) =>
      designWarnings({
        procedure: group.procedure,
        ratio,
        strata: group.strata.length,
        participants: (enrolment.participants * group.strata.length) / strata.length,
        measures: [...new Set(group.strata.map(designOf))].map(measuresOf),
      }),
    ),
    undefinedMeasures,
  });
}

/** What makes the lists of two strata follow one law: length and procedure. */
const designOf = ({ length, procedure }: Stratum): string => JSON.stringify([length, procedure]);

type Strata = readonly (Stratum & { readonly text: string })[];

/** Who comes to the strata that are pooled. */
interface PooledComing {
  readonly shares: readonly number[];
  readonly enrolment: Enrolment;
  readonly filled: readonly FilledStratum[];
  readonly stream: string;
}

/** Imbalance of all strata together and of each level: exact where that is possible and not too much work. */
function pooledMeasures(
  plan: Plan,
  strata: Strata,
  assessed: ReadonlyMap<string, AssessedList>,
  { shares, enrolment, filled, stream }: PooledComing,
): { readonly pooled: readonly PooledImbalance[]; readonly undefinedMeasures: readonly UndefinedMeasure[] } {
  if (strata.length === 1) return { pooled: [], undefinedMeasures: [] };
  try {
    const deviations = new Map([...assessed].map(([key, { chain }]) => [key, deviationsByRow(chain)] as const));
    const lists = strata.map((stratum, i): PooledList => {
      return { share: shares[i] as number, deviations: deviations.get(designOf(stratum)) ?? [] };
    });
    const ratio = plan.arms.map((arm) => arm.ratio);
    const subsets = pooledSubsets(plan, strata);
    const simulated = (chosen: readonly PooledSubset[]): readonly PooledImbalance[] =>
      simulatePooled(chosen, { strata: filled, lists, ratio, accrual: enrolment }, stream);
    if (!isPlain(enrolment)) return { pooled: simulated(subsets), undefinedMeasures: [] };
    const { participants } = enrolment;
    // Where nobody's arm depends on a stratum, all participants are one sequence.
    const isComplete = strata.every(
      ({ procedure, length }, i) =>
        procedure.kind === "complete" && runsOut(participants, shares[i] as number, length) < NEVER,
    );
    // Levels whose lists have equal lengths and shares have one law, which is computed once.
    const known = new Map<string, PooledImbalance | undefined>();
    const results = subsets.map((subset) => {
      const key = subset.in.map((i) => `${String(shares[i])} ${designOf(strata[i] as Stratum)}`).join();
      if (known.has(key)) {
        const same = known.get(key);
        return { subset, result: same === undefined ? undefined : { ...same, of: subset.of } };
      }
      const inside = subset.in.reduce((sum, i) => sum + (shares[i] as number), 0);
      const own = subset.in.map((i) => lists[i] as PooledList);
      const outside = Math.max(0, 1 - inside);
      const result = isComplete
        ? pooledComplete(subset.of, outside < 1e-12 ? 1 : inside, participants, ratio)
        : pooledImbalance(subset.of, own, outside < 1e-12 ? 0 : outside, participants, ratio);
      known.set(key, result);
      return { subset, result };
    });
    const rest = results.flatMap(({ subset, result }) => (result === undefined ? [subset] : []));
    const others = rest.length === 0 ? [] : simulated(rest);
    return {
      pooled: results.flatMap(({ subset, result }) => result ?? others[rest.indexOf(subset)] ?? []),
      undefinedMeasures: [],
    };
  } catch (error) {
    if (!AllocellError.is(error) || error.code !== "assessment.too_many_states") throw error;
    return { pooled: [], undefinedMeasures: [{ measure: "pooled", reason: error.message }] };
  }
}

/** A probability that no double shows beside 1. */
const NEVER = 1e-16;
/** P(more than `length` of the participants belong to a stratum). */
const runsOut = (participants: number, share: number, length: number): number =>
  length >= participants
    ? 0
    : binomial(participants, share)
        .slice(length + 1)
        .reduce((sum, p) => sum + p, 0);

/** All strata, and those of each level of each factor, by their place. */
function pooledSubsets(plan: Plan, strata: Strata): readonly PooledSubset[] {
  return [
    { of: "overall", in: strata.map((_, i) => i) },
    ...plan.strata.flatMap(({ factor, levels }) =>
      levels.map((level) => ({
        of: `${factor} ${level}`,
        in: strata.flatMap((stratum, i) =>
          stratum.levels.some(([name, own]) => name === factor && own === level) ? [i] : [],
        ),
      })),
    ),
  ];
}

/** The t test under each model of bias that was asked for. */
function testsOf(chain: Chain, strata: number, { tests = [], simulation }: AssessOptions): readonly TestMeasure[] {
  if (tests.length > 0 && strata > 1) {
    fail("assessment.measure_undefined", "tests", "The t test is assessed for one list, and this plan has several.", {
      expected: "a plan without strata",
      received: `${strata} strata`,
    });
  }
  const simulated =
    simulation === undefined ? {} : { seed: simulation.seed, trials: Math.min(1e7, simulation.trials ?? 10_000) };
  return tests.map((model) => testMeasure(chain, model, simulated));
}

interface AssessedList {
  readonly chain: Chain;
  readonly measures: Measures;
}

function assessList(stratum: Stratum, ratio: readonly number[], options: AssessOptions): AssessedList {
  const { length: rows, procedure } = stratum;
  const { urn } = readyProcedure(procedure, ratio, rows);
  const { knowledge, mostStates, onRow, simulation } = options;
  const compiling = {
    ratio,
    rows,
    ...(knowledge === undefined ? {} : { knowledge }),
    ...(mostStates === undefined ? {} : { mostStates }),
    ...(onRow === undefined ? {} : { onRow }),
  };
  const byRow = options.distributionByRow === true;
  const chain = compile(urn, compiling);
  if (simulation !== undefined) {
    if (options.fractions === true) {
      fail("assessment.option_conflict", "fractions", "Simulated results are no fractions.", {
        expected: "either fractions or a simulation",
      });
    }
    return { chain, measures: simulate(urn, compiling, { ...simulation, distributionByRow: byRow }) };
  }
  const measures = exactMeasures(chain, { distributionByRow: byRow });
  return { chain, measures: options.fractions === true ? withFractions(measures, exactFractions(chain)) : measures };
}

function partSize(plan: Plan, trial: Trial | undefined): number | undefined {
  if (trial === undefined) return undefined;
  if (trial.id !== plan.trial) {
    fail("assessment.trial_differs", "trial", `The plan is for trial ${plan.trial}, but it was given ${trial.id}.`, {
      expected: plan.trial,
      received: trial.id,
    });
  }
  return trial.parts.find(({ id }) => id === plan.part)?.size;
}

function checkOptions(options: AssessOptions): void {
  requireFields(options, "the options of an assessment", {});
  const unknown = Object.keys(options).find((name) => !(OPTIONS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    fail("assessment.option_invalid", unknown, `An assessment has no option "${unknown}".`, {
      expected: OPTIONS.join(", "),
    });
  }
  const knowledge: unknown = options.knowledge ?? "set-known";
  if (knowledge !== "hidden" && knowledge !== "set-known" && knowledge !== "seen") {
    fail("assessment.option_invalid", "knowledge", "This knowledge of a guesser is not known.", {
      expected: "hidden, set-known or seen",
      received: describeReceived(knowledge),
    });
  }
}
