import { requireState } from "./requireState.js";
import { deepFreeze, fail, requireEach, requireFields } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import {
  allocateFrom,
  requireDynamicPlan,
  requireSeed,
  stateAfter,
  type DynamicAllocation,
  type PastAssignment,
} from "../list/index.js";
import { DYNAMIC_ALGORITHMS, dynamicUrn } from "../list/index.js";
import { dynamicPlanHash, dynamicRuleHash, type DynamicPlan } from "../list/index.js";
import { markOf } from "../list/index.js";
import { assignNext, nextPosition, replaceNext } from "./commands.js";
import { requireOpening, type ConductState } from "./conductState.js";
import type {
  Assigned,
  ConductEvent,
  EventHead,
  ExtendedDynamic,
  Forced,
  OpenedDynamic,
  ParticipantCap,
  Replaced,
  StratumLevels,
} from "./event.js";

/**
 * The first event of the log of a dynamic allocation.
 *
 * @throws AllocellError `random.seed_missing`, `random.name_invalid`
 */
export function openDynamicLog(
  plan: DynamicPlan,
  seed: Seed,
  caps: readonly ParticipantCap[] = [],
  waitsFor?: string,
): OpenedDynamic {
  requireDynamicPlan(plan);
  requireSeed(seed);
  requireEach(caps, "a cap: stratum and most", { stratum: "a map", most: "a number" });
  const algorithm = DYNAMIC_ALGORITHMS[plan.procedure.kind];
  return deepFreeze({
    type: "opened",
    kind: "dynamic",
    format: "allocell-log-1",
    status: seed.kind,
    trial: plan.trial,
    part: plan.part,
    list: plan.list,
    numbers: { ...plan.numbers },
    algorithm,
    planHash: dynamicPlanHash(plan),
    ruleHash: dynamicRuleHash(plan),
    seedMark: markOf(seed, algorithm, plan.list),
    arms: plan.arms.map(({ arm }) => arm),
    factors: plan.factors.map(({ factor, levels }) => ({ factor, levels: [...levels] })),
    length: plan.length,
    caps: caps.map(({ stratum, most }) => ({ stratum: { ...stratum }, most })),
    ...(waitsFor === undefined ? {} : { waitsFor }),
  });
}

/**
 * New levels or more participants. Earlier allocations stay what they were: nobody has a new level yet.
 *
 * @throws AllocellError `conduct.rule_changed` if anything else in the plan is another than when the log was opened
 */
export function extendDynamicLog(state: ConductState, plan: DynamicPlan, reason: string): ExtendedDynamic {
  requireState(state);
  requireDynamicPlan(plan);
  requireSameRule(state, plan);
  return deepFreeze({
    type: "extended",
    kind: "dynamic",
    planHash: dynamicPlanHash(plan),
    factors: plan.factors.map(({ factor, levels }) => ({ factor, levels: [...levels] })),
    length: plan.length,
    reason,
  });
}

/**
 * The past that the next allocation depends on: everybody who was assigned, forced or taken in as a replacement, with
 * the levels as randomized and the assigned arm. Later events (withdrawn, wrong stratum, wrong treatment) change nothing.
 */
export function dynamicPast(events: readonly ConductEvent[]): readonly PastAssignment[] {
  requireEach(events, "an event of a log", { type: "text" });
  return deepFreeze(events.flatMap((event) => (isCounted(event) ? [{ stratum: event.stratum, arm: event.arm }] : [])));
}

function isCounted(
  event: ConductEvent,
): event is (Assigned | Replaced | Forced) & EventHead & { readonly arm: string } {
  return (event.type === "assigned" || event.type === "replaced" || event.type === "forced") && event.arm !== undefined;
}

/** A log as far as a dynamic allocation needs it. */
export interface DynamicLog {
  readonly events: readonly ConductEvent[];
  readonly state: ConductState;
}

/** How far a dynamic allocation has come: all that the next one depends on beside plan and seed. UNBLINDED. */
export interface DynamicPast {
  /** State of the procedure's urn. */
  readonly urn: readonly number[];
  readonly participants: number;
}

/** Who is allocated, or who replaces whom. */
type DynamicRequest = Pick<Assigned, "participant" | "stratum">;
type ReplacementRequest = Pick<Replaced, "participant" | "by" | "stratum" | "reason">;

/** Allocates event by event, so that nothing is walked through twice: for whoever keeps a log open. */
export interface DynamicAllocator {
  /** The hash of its plan: a past was walked through by one plan. */
  readonly planHash: string;
  /** The past before the first event. */
  readonly start: DynamicPast;
  /** The past after one more event of the log. */
  readonly after: (past: DynamicPast, event: ConductEvent) => DynamicPast;
  /** The next allocation, for unblinded people, and the body of its event. `past` is that of the log with this state. */
  readonly next: (
    state: ConductState,
    past: DynamicPast,
    request: DynamicRequest,
  ) => { readonly allocation: DynamicAllocation; readonly body: Assigned };
  /** The same for a participant who replaces another. */
  readonly replace: (
    state: ConductState,
    past: DynamicPast,
    request: ReplacementRequest,
  ) => { readonly allocation: DynamicAllocation; readonly body: Replaced };
}

/**
 * The allocations of one plan and seed.
 *
 * `next` and `replace` throw `conduct.plan_differs`, `conduct.rule_changed`, `conduct.seed_differs` and
 * `conduct.not_dynamic` where the log was opened with others, and what {@link assignNext} throws.
 *
 * @throws AllocellError `procedure.*` for a plan that was not read by {@link parseDynamicPlan}
 */
export function dynamicAllocator(plan: DynamicPlan, seed: Seed): DynamicAllocator {
  const urn = dynamicUrn(plan);
  const allocate = (state: ConductState, past: DynamicPast, stratum: StratumLevels): DynamicAllocation => {
    requireSamePlan(state, plan, seed);
    nextPosition(state, stratum);
    return allocateFrom(plan, seed, urn, past.urn, past.participants + 1, stratum);
  };
  return Object.freeze({
    planHash: dynamicPlanHash(plan),
    start: Object.freeze({ urn: urn.start, participants: 0 }),
    after: (past: DynamicPast, event: ConductEvent): DynamicPast => {
      if (!isCounted(event)) return past;
      return Object.freeze({
        urn: stateAfter(plan, urn, past.urn, event, `events.${event.seq}`),
        participants: past.participants + 1,
      });
    },
    next: (state: ConductState, past: DynamicPast, request: DynamicRequest) => {
      const allocation = allocate(state, past, request.stratum);
      return Object.freeze({ allocation, body: assignNext(state, { ...request, arm: allocation.arm }) });
    },
    replace: (state: ConductState, past: DynamicPast, request: ReplacementRequest) => {
      const allocation = allocate(state, past, request.stratum);
      return Object.freeze({ allocation, body: replaceNext(state, { ...request, arm: allocation.arm }) });
    },
  });
}

/** A log as far as a dynamic allocation needs it. */
export interface DynamicLog {
  readonly events: readonly ConductEvent[];
  readonly state: ConductState;
}

/**
 * Allocates the next participant of a log: the allocation, for unblinded people, and the body of its event.
 *
 * @throws AllocellError as {@link dynamicAllocator} says
 */
export function allocateInLog(
  log: DynamicLog,
  plan: DynamicPlan,
  seed: Seed,
  request: DynamicRequest,
): ReturnType<DynamicAllocator["next"]> {
  requireFields(request, "who is assigned: participant and stratum", { participant: "text", stratum: "a map" });
  requireLogOfPlan(log, plan, seed);
  const { start, after, next } = dynamicAllocator(plan, seed);
  return next(log.state, log.events.reduce(after, start), request);
}

/**
 * As {@link allocateInLog}, for a participant who replaces another.
 *
 * @throws AllocellError `conduct.not_opened`, `conduct.open_part`, `conduct.not_dynamic`, `conduct.plan_differs`,
 *   `conduct.rule_changed`, `conduct.seed_differs`, and what the procedure throws
 */
export function replaceInLog(
  log: DynamicLog,
  plan: DynamicPlan,
  seed: Seed,
  request: ReplacementRequest,
): ReturnType<DynamicAllocator["replace"]> {
  requireFields(request, "who is assigned: participant and stratum", { participant: "text", stratum: "a map" });
  requireLogOfPlan(log, plan, seed);
  const { start, after, replace } = dynamicAllocator(plan, seed);
  return replace(log.state, log.events.reduce(after, start), request);
}

function requireSameRule(state: ConductState, plan: DynamicPlan): OpenedDynamic {
  const opening = requireOpening(state);
  if (opening.kind !== "dynamic") {
    return fail("conduct.not_dynamic", "kind", "This is the log of a list that was drawn beforehand.");
  }
  const ruleHash = dynamicRuleHash(plan);
  if (opening.ruleHash === ruleHash) return opening;
  return fail("conduct.rule_changed", "plan", "This is not the plan that the log was opened with.", {
    expected: "the same trial, part, list, arms, procedure, numbers, factors and weights",
    received: `a plan with the rule ${ruleHash}`,
  });
}

function requireLogOfPlan(log: DynamicLog, plan: DynamicPlan, seed: Seed): void {
  requireFields(log, "a log, as readLog returns it", { events: "a list", state: "a map" });
  requireSamePlan(log.state, plan, seed);
}

function requireSamePlan(state: ConductState, plan: DynamicPlan, seed: Seed): void {
  requireState(state);
  requireDynamicPlan(plan);
  requireSeed(seed);
  const opening = requireSameRule(state, plan);
  if (opening.planHash !== dynamicPlanHash(plan)) {
    fail("conduct.plan_differs", "plan", "The log was opened or last extended with another plan.", {
      expected: `the plan with the hash ${opening.planHash}; or record the extension first`,
      received: dynamicPlanHash(plan),
    });
  }
  if (seed.kind !== opening.status || markOf(seed, opening.algorithm, opening.list) !== opening.seedMark) {
    fail("conduct.seed_differs", "seed", "This is not the seed that the log was opened with: the marks differ.", {
      expected: `its ${opening.status} seed`,
    });
  }
}

/** The first assignment that plan and seed do not give. UNBLINDED. */
export interface DynamicDifference {
  /** Place of the event in the log, from 1. */
  readonly seq: number;
  readonly participant: string;
  readonly number: string;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
}

/**
 * Makes a whole trial again from plan, seed and the levels and forced arms in its log.
 *
 * @returns the first assignment that differs, or undefined if every one is what plan and seed give
 * @throws AllocellError `conduct.plan_differs`, `conduct.rule_changed`, `conduct.seed_differs`, `conduct.not_dynamic`
 */
export function verifyDynamic(plan: DynamicPlan, seed: Seed, log: DynamicLog): DynamicDifference | undefined {
  requireLogOfPlan(log, plan, seed);
  const urn = dynamicUrn(plan);
  let state = urn.start;
  let counted = 0;
  for (const event of log.events) {
    if (!isCounted(event)) continue;
    counted += 1;
    const { seq, stratum, arm } = event;
    if (event.type !== "forced") {
      const made = allocateFrom(plan, seed, urn, state, counted, stratum);
      if (made.arm !== arm) {
        const participant = event.type === "replaced" ? event.by : event.participant;
        const message = `Event ${seq}: participant ${participant} (${made.number}) was assigned "${arm}"; plan and seed give "${made.arm}".`;
        return Object.freeze({ seq, participant, number: made.number, expected: made.arm, received: arm, message });
      }
    }
    state = stateAfter(plan, urn, state, { stratum, arm }, `events.${seq}`);
  }
  return undefined;
}
