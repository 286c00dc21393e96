import { compile, exactFractions } from "../../assessment/index.js";
import {
  characteristics,
  decisionTable,
  earliestCalendar,
  type EscalationDesign,
  isotonicEstimates,
  nextStep,
  windowEnd,
} from "../../escalation/index.js";
import * as procedures from "../../procedure/index.js";
import { type Fraction, fractionText, lowest } from "../../quantity/index.js";
import { rbinom1, RMersenneTwister, type RSampleKind, runif, sampleIndexes } from "../../random/index.js";
import { blockrand, randolist } from "../../reproduce/index.js";
import { DOSING_CALLS } from "./dosingCalls.js";
import { LIST_CALLS } from "./listCalls.js";
import { lawNamed } from "./laws.js";
import type { Calls, Given } from "./runCase.js";

/** What a case may call, each a thin step to the public function that it names; the answer is plain JSON. */
export const CALLS: Calls = {
  ...DOSING_CALLS,
  ...LIST_CALLS,
  "end of a DLT window": ({ rules, lastDosed }: { rules: Given<typeof windowEnd>; lastDosed: string }) =>
    windowEnd(rules, lastDosed),
  "earliest calendar": (given: { rules: Given<typeof earliestCalendar>; cohorts: number[]; first: string }) =>
    earliestCalendar(given.rules, given.cohorts, given.first),
  "draws of R": drawsOfR,
  "list of an R package": ({ program, options }: { program: string; options: never }) => {
    const { columns, rows, runifAfter } = program === "blockrand" ? blockrand(options) : randolist(options);
    const byColumn = columns.map((column) => [column, rows.map((row) => row[column])] as const);
    return { columns: Object.fromEntries(byColumn), rows: rows.length, runifAfter };
  },
  "decision table": ({ design }: { design: EscalationDesign }) =>
    Object.fromEntries(decisionTable(design).rows.map((row) => [String(row.n), { ...row }])),
  "next step": ({ design, outcomes }: { design: EscalationDesign; outcomes: string }) => {
    const { level, action, recommended } = nextStep(design, outcomes);
    return { level, isStop: action === "stop", ...(action === "stop" ? { recommended } : {}) };
  },
  "operating characteristics": ({ design, truth }: { design: EscalationDesign; truth: string[] }) => {
    const found = characteristics(design, truth, { moreThan: 9, fractions: true });
    return {
      select: [found.none, ...found.recommended].map(({ exact }) => exact),
      expectedTreated: found.expectedTreated.value,
      treatedByLevel: found.expectedTreatedByLevel.map(({ value }) => value),
    };
  },
  "isotonic estimates": ({ n, dlt, levels }: { n: number[]; dlt: number[]; levels: number }) =>
    Object.fromEntries(
      isotonicEstimates({ n, dlt }, levels).map(({ level, estimate }) => [level, fractionText(lowest(estimate))]),
    ),
  "exact measures": exactMeasuresOf,
  "scores of minimization": scoresOf,
  law: ({ law, runs }: { law: string; runs: number }) => lawNamed(law)(runs),
};

interface Draw {
  readonly sample?: {
    readonly n: number;
    readonly size?: number;
    readonly replace?: boolean;
    readonly prob?: number[];
  };
  readonly first?: number;
  readonly labels?: readonly (string | number)[];
  readonly runif?: number;
  /** Words that are drawn and not looked at. */
  readonly skip?: number;
  readonly rbinom?: readonly [count: number, probability: number];
  readonly randomSeed?: number;
}

function drawsOfR({ seed, kind, draws }: { seed: number; kind: RSampleKind; draws: readonly Draw[] }): unknown {
  const source = new RMersenneTwister(seed);
  const value = draws.flatMap((one): readonly (number | string)[] => {
    if (one.runif !== undefined) return runif(source, one.runif);
    if (one.skip !== undefined) return runif(source, one.skip).slice(one.skip);
    if (one.rbinom !== undefined) {
      const [count, probability] = one.rbinom;
      return Array.from({ length: count }, () => rbinom1(source, probability));
    }
    if (one.sample === undefined) return source.randomSeed(kind).slice(0, one.randomSeed);
    const drawn = sampleIndexes(source, { ...one.sample, kind }).slice(0, one.first);
    return drawn.map((index) => one.labels?.[index] ?? index + 1);
  });
  return { value, runifAfter: source.unifRand() };
}

interface Measured {
  readonly procedure: string;
  readonly options: unknown;
  readonly ratio: readonly number[];
  readonly rows: number;
}

function exactMeasuresOf({ procedure, options, ratio, rows }: Measured): unknown {
  const makers = procedures as unknown as Readonly<Record<string, (options: unknown) => procedures.Urn<unknown>>>;
  const make = makers[procedure];
  if (make === undefined) throw new Error("There is no such procedure.");
  const found: object = exactFractions(compile(make(options), { ratio, rows }));
  const isFraction = (value: unknown): value is Fraction =>
    typeof value === "object" && value !== null && "numerator" in value;
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (isFraction(value) ? [[name, fractionText(value)]] : [])),
  );
}

interface Minimized {
  readonly options: Given<typeof procedures.minimization>;
  readonly profiles: readonly (readonly number[])[];
  readonly arms: readonly number[];
}

/** Scores and preferred arms before each assignment, from the arms that were assigned. */
function scoresOf({ options, profiles, arms }: Minimized): unknown {
  const urn = procedures.minimization(options);
  return profiles.slice(1).map((profile, index) => {
    const past = profiles.slice(0, index + 1).map((earlier, at) => ({ profile: earlier, arm: arms[at] ?? 0 }));
    const { scores, preferred } = urn.explain(procedures.replay(urn, past), profile);
    return { scores, preferred: preferred.map((arm) => arm + 1) };
  });
}
