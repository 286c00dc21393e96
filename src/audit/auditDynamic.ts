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
import { DEFAULT_THRESHOLDS, type AuditFacts } from "./subject.js";

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
    ...OF_LISTS.map(([rule, why]) => finding(rule, "not-applicable", why)),
    portable.length === 0
      ? finding(
          7,
          "pass",
          "Numbers count through the trial, without a level in them; factors and levels survive a spreadsheet.",
        )
      : finding(7, "warn", portable.map(({ message }) => message).join(" "), portable[0]?.path),
    replayed(plan, seed, log),
    extended(plan),
    finding(12, "needs-person", "See that the seed was drawn by `allocell seed` and is in no file beside the log."),
    ...predictable(plan, participants, { ...DEFAULT_THRESHOLDS, ...read.thresholds }.forcedShare),
    ...rulesOfConduct({ facts: read, from: read.log === undefined ? "dry-run" : "files" }),
    finding(26, "needs-person", "The log of a dynamic allocation holds every arm: see that its name says UNBLINDED."),
  ];
  const status = log?.state.opening?.status ?? seed?.kind ?? "TEST";
  return reportOf({ plan, status, from: read.log === undefined ? "plan" : "files" }, findings);
}

/** Rules that are about a list that was drawn beforehand. */
const OF_LISTS: readonly (readonly [rule: number, why: string])[] = [
  ...[1, 2, 3, 4].map((rule) => [rule, "There is no blinded list: nothing is drawn beforehand."] as const),
  [5, "There are no blocks."],
  [6, "Nothing is planned by stratum; rule 13 has what balance to expect."],
  [8, "There is no list. TEST and LIVE allocations have seeds of their own."],
  [11, "Each participant has a stream of their own."],
  [23, "There are no files of a list."],
  [24, "There are no rows to commit to before the trial: commit to the seed."],
];

function readable(text: string | undefined): ReadLog | undefined {
  if (text === undefined) return undefined;
  try {
    return readLog(text);
  } catch (error) {
    // Rules 19 to 22 say what is wrong with it.
    if (AllocellError.is(error)) return undefined;
    throw error;
  }
}

/** Rule 9: plan, seed and log give the same allocations again. */
function replayed(plan: DynamicPlan, seed: Seed | undefined, log: ReadLog | undefined): Finding {
  if (log === undefined || seed === undefined) {
    return finding(
      9,
      "needs-person",
      "Give the log and the seed (--log, --seed-file): every allocation is then made again.",
    );
  }
  const difference = verifyDynamic(plan, seed, log);
  if (difference !== undefined) return finding(9, "fail", difference.message, `events.${difference.seq}`);
  return finding(
    9,
    "pass",
    `${log.events.length} events: every allocation that was not forced is what plan and seed give.`,
  );
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
    `${Math.min(MADE_TWICE, plan.length)} TEST allocations made with and without a further level of each factor are ${isSame ? "the same" : "not the same"}.`,
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
  const guesses = ({ correctGuesses: { everything, ownCentre } }: TrialMeasures): string =>
    `${share(everything.value)}${ownCentre === undefined ? "" : ` (own centre known ${share(ownCentre.value)})`}`;
  const text =
    `Forced (deterministic) share ${share(own.deterministic.value)}, best-guess share ${guesses(own)}; ` +
    `permuted blocks in every stratum ${share(blocks.deterministic.value)} and ${guesses(blocks)}. ` +
    `Expected imbalance at the end ${own.overall.final.value.toFixed(2)} against ${blocks.overall.final.value.toFixed(2)}. ` +
    `${TRIALS} simulated trials of ${participants} participants, equal shares of the levels.`;
  const isHigh = own.deterministic.value > limit;
  return [finding(13, isHigh ? "warn" : "pass", `${text} Limit of the forced share ${limit}.`)];
}
