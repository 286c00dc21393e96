import {
  characteristics,
  decisionTable,
  earliestCalendar,
  type EscalationDesign,
  isotonicEstimates,
  nextStep,
  windowEnd,
} from "../../escalation/index.js";
import { fractionText, lowest } from "../../quantity/index.js";
import { rbinom1, RMersenneTwister, type RSampleKind, runif, sampleIndexes, unifRand } from "../../random/index.js";
import { blockrand, randolist } from "../../reproduce/index.js";
import { DOSING_CALLS } from "./dosingCalls.js";
import { LIST_CALLS } from "./listCalls.js";
import { ASSESSMENT_CALLS } from "./assessmentCalls.js";
import { BORDER_LAW } from "./laws/borderLaw.js";
import { DOSE_LAWS } from "./laws/doseLaws.js";
import { LIST_LAWS } from "./laws/listLaws.js";
import { LOG_LAW } from "./laws/logLaw.js";
import { lawCall, type Calls, type Given } from "./runCase.js";

/** What a case may call, each a thin step to the public function that it names; the answer is plain JSON. */
export const CALLS: Calls = {
  ...DOSING_CALLS,
  ...LIST_CALLS,
  ...ASSESSMENT_CALLS,
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
  law: lawCall({ ...LIST_LAWS, ...LOG_LAW, ...DOSE_LAWS, ...BORDER_LAW }),
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
  return { value, runifAfter: unifRand(source) };
}
