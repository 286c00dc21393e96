import { readLog, verifyDynamic, type ReadLog } from "../allocation/index.js";
import { assessDynamic, type TrialMeasures } from "../assessment/index.js";
import { AllocellError, requireFields } from "../foundation/index.js";
import {
  allocateFrom,
  checkDynamicPlan,
  dynamicUrn,
  requireDynamicPlan,
  stateAfter,
  type DynamicPlan,
} from "../list/index.js";
import { Seed } from "../random/index.js";
import { requireTrial, type Trial } from "../trial/index.js";
import { parseAuditFacts } from "./factsSchema.js";
import { finding, share, type Finding } from "./finding.js";
import { reportOf, type AuditReport } from "./reportOf.js";
import { rulesOfConduct } from "./rulesConduct.js";
import { faultText, text, type AuditText } from "./saidText.js";
import { DEFAULT_THRESHOLDS, type AuditFacts } from "./subject.js";

/** What {@link auditDynamic} may read beside the plan: the seed, and facts that no file of the allocation states. */
export interface AuditDynamicOptions {
  /** With the log: makes every allocation again. */
  readonly seed?: Seed;
  readonly facts?: AuditFacts;
}

/**
 * Audits a dynamic allocation: its plan, and its log if the facts hold one. All 28 rules are told; those about lists,
 * their blocks and files are not applicable, and rules 9, 10 and 13 are decided by making allocations and by simulation.
 *
 * @param trial - with the decisions recorded that open the plan's arms
 * @throws AllocellError as {@link checkDynamicPlan} does; `conduct.plan_differs`, `conduct.rule_changed`,
 *   `conduct.seed_differs` for the log of another plan or seed
 */
export function auditDynamic(plan: DynamicPlan, trial: Trial, options: AuditDynamicOptions = {}): AuditReport {
  requireDynamicPlan(plan);
  requireTrial(trial);
  requireFields(options, "the options of an audit", {});
  const { seed, facts = {} } = options;
  const read = parseAuditFacts(facts);
  const { warnings } = checkDynamicPlan(plan, trial);
  const log = readable(read.log);
  const participants = Math.min(plan.length, trial.parts.find(({ id }) => id === plan.part)?.size ?? plan.length);
  const portable = warnings.filter(({ code }) => code.startsWith("list.spreadsheet"));
  const findings: readonly Finding[] = [
    ...OF_LISTS.map(([rule, why]) => finding(rule, "not-applicable", text(why))),
    portable.length === 0
      ? finding(7, "pass", text("dynamic.numbers"))
      : finding(7, "warn", portable.map(faultText), portable[0]?.path),
    replayed(plan, seed, log),
    extended(plan),
    finding(12, "needs-person", text("dynamic.seed")),
    ...predictable(plan, participants, { ...DEFAULT_THRESHOLDS, ...read.thresholds }.forcedShare),
    ...rulesOfConduct({ facts: read, from: read.log === undefined ? "dry-run" : "files" }),
    finding(26, "needs-person", text("dynamic.log")),
  ];
  const status = log?.state.opening?.status ?? seed?.kind ?? "TEST";
  return reportOf({ plan, status, from: read.log === undefined ? "plan" : "files" }, findings);
}

/** Rules that are about a list that was drawn beforehand. */
const OF_LISTS = [
  ...([1, 2, 3, 4] as const).map((rule) => [rule, "dynamic.noList"] as const),
  [5, "dynamic.noBlocks"],
  [6, "dynamic.noStrata"],
  [8, "dynamic.noOther"],
  [11, "dynamic.ownStreams"],
  [23, "dynamic.noFiles"],
  [24, "dynamic.noRows"],
] as const;

function readable(log: string | undefined): ReadLog | undefined {
  if (log === undefined) return undefined;
  try {
    return readLog(log);
  } catch (error) {
    // Rules 19 to 22 say what is wrong with it.
    if (AllocellError.is(error)) return undefined;
    throw error;
  }
}

/** Rule 9: plan, seed and log give the same allocations again. */
function replayed(plan: DynamicPlan, seed: Seed | undefined, log: ReadLog | undefined): Finding {
  if (log === undefined || seed === undefined) {
    return finding(9, "needs-person", text("dynamic.giveLog"));
  }
  const difference = verifyDynamic(plan, seed, log);
  if (difference !== undefined)
    return finding(9, "fail", text("dynamic.differs", { message: difference.message }), `events.${difference.seq}`);
  return finding(9, "pass", text("dynamic.again", { events: log.events.length }));
}

/** Participants whose allocation is made twice. */
const MADE_TWICE = 20;

/** Rule 10: a level more at the end of each factor, and more participants, change no allocation. */
function extended(plan: DynamicPlan): Finding {
  const longer: DynamicPlan = {
    ...plan,
    length: plan.length + 1,
    factors: plan.factors.map((own) => ({ ...own, levels: [...own.levels, "added by the audit"] })),
  };
  const armsOf = (own: DynamicPlan): string => {
    const urn = dynamicUrn(own);
    const seed = Seed.test("allocell audit");
    let state = urn.start;
    const arms: string[] = [];
    for (let n = 1; n <= Math.min(MADE_TWICE, plan.length); n += 1) {
      const stratum = Object.fromEntries(
        plan.factors.map(({ factor, levels }, i) => [factor, levels[(n * (i + 3)) % levels.length] as string]),
      );
      const { arm } = allocateFrom(own, seed, urn, state, n, stratum);
      arms.push(arm);
      state = stateAfter(own, urn, state, { stratum, arm }, "");
    }
    return arms.join();
  };
  const isSame = armsOf(plan) === armsOf(longer);
  return finding(
    10,
    isSame ? "pass" : "fail",
    text(isSame ? "dynamic.same" : "dynamic.notSame", { count: Math.min(MADE_TWICE, plan.length) }),
  );
}

/** Simulated trials of rule 13. */
const TRIALS = 500;

/** Rule 13: what somebody can foresee, and what balance is bought by it. */
function predictable(plan: DynamicPlan, participants: number, limit: number): readonly Finding[] {
  const { designs } = assessDynamic(plan, {
    accrual: { participants },
    simulation: { seed: "allocell audit", trials: TRIALS },
  });
  const [own, blocks] = designs.map(({ measures }) => measures) as [TrialMeasures, TrialMeasures];
  const guesses = ({ correctGuesses: { everything, ownCentre } }: TrialMeasures): string | AuditText =>
    ownCentre === undefined
      ? share(everything.value)
      : text("dynamic.ownCentre", { all: share(everything.value), own: share(ownCentre.value) });
  const isHigh = own.deterministic.value > limit;
  return [
    finding(13, isHigh ? "warn" : "pass", [
      text("dynamic.shares", {
        forced: share(own.deterministic.value),
        guess: guesses(own),
        blockForced: share(blocks.deterministic.value),
        blockGuess: guesses(blocks),
      }),
      text("dynamic.imbalance", {
        own: own.overall.final.value.toFixed(2),
        blocks: blocks.overall.final.value.toFixed(2),
      }),
      text("dynamic.simulated", { trials: TRIALS, participants }),
      text("shares.limit", { limit }),
    ]),
  ];
}
