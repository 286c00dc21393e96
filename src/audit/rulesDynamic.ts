import { verifyDynamic } from "../allocation/index.js";
import { assessDynamic, type TrialMeasures } from "../assessment/index.js";
import { AllocellError } from "../foundation/index.js";
import { allocateFrom, checkDynamicPlan, dynamicUrn, stateAfter, type DynamicPlan } from "../list/index.js";
import { Seed } from "../random/index.js";
import { finding, share, type Finding } from "./finding.js";
import type { DynamicSubject } from "./rule.js";
import { faultText, text, type AuditText } from "./saidText.js";
import { DEFAULT_THRESHOLDS } from "./subject.js";

/** Rule 7: what the plan says of the numbers. */
export function dynamicNumbers({ plan, trial }: DynamicSubject): readonly Finding[] {
  const portable = checkDynamicPlan(plan, trial).warnings.filter(({ code }) => code.startsWith("list.spreadsheet"));
  if (portable.length === 0) return [finding(7, "pass", text("dynamic.numbers"))];
  return [finding(7, "warn", portable.map(faultText), portable[0]?.path)];
}

/** Rule 12: where the seed is, no program knows. */
export const dynamicSeed = (): readonly Finding[] => [finding(12, "needs-person", text("dynamic.seed"))];

/** Rule 26: the log names treatments, and stands where nobody blinded reads it. */
export const dynamicLog = (): readonly Finding[] => [finding(26, "needs-person", text("dynamic.log"))];

/** Rule 9: plan, seed and log give the same allocations again. */
export function replayed({ plan, seed, log }: DynamicSubject): readonly Finding[] {
  // Rules 19 to 22 say what is wrong with a log that cannot be read.
  if (log === undefined || AllocellError.is(log) || seed === undefined) {
    return [finding(9, "needs-person", text("dynamic.giveLog"))];
  }
  const difference = verifyDynamic(plan, seed, log);
  if (difference !== undefined)
    return [finding(9, "fail", text("dynamic.differs", { message: difference.message }), `events.${difference.seq}`)];
  return [finding(9, "pass", text("dynamic.again", { events: log.events.length }))];
}

/** Participants whose allocation is made twice. */
const MADE_TWICE = 20;

/** Rule 10: a level more at the end of each factor, and more participants, change no allocation. */
export function extended({ plan }: DynamicSubject): readonly Finding[] {
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
  const said = text(isSame ? "dynamic.same" : "dynamic.notSame", { count: Math.min(MADE_TWICE, plan.length) });
  return [finding(10, isSame ? "pass" : "fail", said)];
}

/** Simulated trials of rule 13. */
const TRIALS = 500;

/** Rule 13: what somebody can foresee, and what balance is bought by it. */
export function predictable({ plan, trial, facts }: DynamicSubject): readonly Finding[] {
  const participants = Math.min(plan.length, trial.parts.find(({ id }) => id === plan.part)?.size ?? plan.length);
  const limit = { ...DEFAULT_THRESHOLDS, ...facts.thresholds }.forcedShare;
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
