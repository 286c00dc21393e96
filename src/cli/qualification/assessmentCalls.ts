import { compile, exactFractions } from "../../assessment/index.js";
import {
  bigStick,
  blockUrn,
  complete,
  efron,
  ehrenfest,
  maximal,
  minimization,
  permutedBlock,
  randomAllocationRule,
  replay,
  type Urn,
  wei,
} from "../../procedure/index.js";
import { type Fraction, fractionText } from "../../quantity/index.js";
import type { Calls, Given } from "./runCase.js";

/** Calls of procedures and of what is computed from them: those of the statistics page, too. */
export const ASSESSMENT_CALLS: Calls = {
  "exact measures": exactMeasuresOf,
  "scores of minimization": scoresOf,
};

const MAKERS = {
  ...{ bigStick, blockUrn, complete, efron, ehrenfest, maximal, permutedBlock, randomAllocationRule, wei },
} as unknown as Readonly<Record<string, (options: unknown) => Urn<unknown>>>;

interface Measured {
  readonly procedure: string;
  readonly options: unknown;
  readonly ratio: readonly number[];
  readonly rows: number;
}

function exactMeasuresOf({ procedure, options, ratio, rows }: Measured): unknown {
  const make = MAKERS[procedure];
  if (make === undefined) throw new Error("There is no such procedure.");
  const found: object = exactFractions(compile(make(options), { ratio, rows }));
  const isFraction = (value: unknown): value is Fraction =>
    typeof value === "object" && value !== null && "numerator" in value;
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (isFraction(value) ? [[name, fractionText(value)]] : [])),
  );
}

interface Minimized {
  readonly options: Given<typeof minimization>;
  readonly profiles: readonly (readonly number[])[];
  readonly arms: readonly number[];
}

/** Scores and preferred arms before each assignment, from the arms that were assigned. */
function scoresOf({ options, profiles, arms }: Minimized): unknown {
  const urn = minimization(options);
  return profiles.slice(1).map((profile, index) => {
    const past = profiles.slice(0, index + 1).map((earlier, at) => ({ profile: earlier, arm: arms[at] ?? 0 }));
    const { scores, preferred } = urn.explain(replay(urn, past), profile);
    return { scores, preferred: preferred.map((arm) => arm + 1) };
  });
}
