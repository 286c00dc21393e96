import { deepFreeze, fail, pathTo, requireEach, requireFields, throwIfAny } from "../foundation/index.js";
import type { BoundList } from "../list/index.js";
import { randomizationNumber, requireBlindedList } from "../list/index.js";
import { exhaustedIssues, meaningIssues, newcomerIssues, stratumIssues } from "./checkEvent.js";
import { formIssues } from "./eventForm.js";
import { capIssues } from "./checkShape.js";
import { lineKey, requireOpening, stratumKey, type ConductState } from "./conductState.js";
import {
  eventHash,
  type Assigned,
  type ParticipantCap,
  type ConductBody,
  type ConductEvent,
  type EventHead,
  type ExtendedList,
  type Forced,
  type OpenedList,
  type Replaced,
  type Skipped,
  type StratumLevels,
} from "./event.js";
import { gateIssues } from "./openPart.js";
import { mapGet } from "./persistentMap.js";
import { requireState } from "./requireState.js";

/** The next free position of a stratum. */
export interface NextPosition {
  readonly stratum: StratumLevels;
  /** Place in the stratum, from 1. */
  readonly sequence: number;
  readonly number: string;
}

/**
 * The first event of the log of a list: its blinded shape, its binding and its caps.
 *
 * @param waitsFor - the part whose decision must be recorded before a position is given out
 * @example
 * openListLog(boundList(list)).list; // "SLE-SD-01"
 */
export function openListLog(list: BoundList, caps: readonly ParticipantCap[] = [], waitsFor?: string): OpenedList {
  requireBlindedList(list);
  requireFields(list, "a list with its binding", { binding: "text" });
  requireEach(caps, "a cap: stratum and most", { stratum: "a map", most: "a number" });
  const { status, trial, part, list: id, numbers, strata, binding } = list;
  return deepFreeze({
    type: "opened",
    kind: "list",
    format: "allocell-log-1",
    status,
    trial,
    part,
    list: id,
    numbers: { ...numbers },
    strata: strata.map(({ levels, code, rows }) => ({ levels, code, rows })),
    binding,
    caps: caps.map(({ stratum, most }) => ({ stratum: { ...stratum }, most })),
    ...(waitsFor === undefined ? {} : { waitsFor }),
  });
}

/**
 * A longer list, or one with new strata, that was made as the extension of the log's list.
 *
 * @throws AllocellError `custody.list_differs` for a list that extends none
 */
export function extendListLog(list: BoundList, reason: string): ExtendedList {
  requireBlindedList(list);
  requireFields(list, "a list with its binding", { binding: "text" });
  const { binding, extends: before } = list;
  if (before === undefined) {
    return fail("custody.list_differs", "extends", "This list was not made as the extension of another one.", {
      expected: "a list made with `allocell list PLAN --extends FOLDER` from the list of this log",
      received: "a list of its own",
    });
  }
  const strata = list.strata.map(({ levels, code, rows }) => ({ levels, code, rows }));
  return deepFreeze({ type: "extended", kind: "list", strata, binding, extends: before, reason });
}

/**
 * The next free position of a stratum, strictly in order. Of a dynamic allocation: the next participant's.
 *
 * @throws AllocellError `conduct.covariate_missing`, `conduct.stratum_unknown`, `conduct.stratum_exhausted`; nobody is
 *   ever placed in another stratum instead
 */
export function nextPosition(state: ConductState, stratum: StratumLevels): NextPosition {
  requireState(state);
  requireFields(stratum, "a stratum: a level of each factor", {});
  const { numbers, status } = requireOpening(state);
  const key = stratumKey(state.factors, stratum);
  const line = key === undefined ? undefined : mapGet(state.lines, lineKey(state, key));
  if (line === undefined) {
    throwIfAny(stratumIssues(state, stratum));
    return unknown(state, stratum);
  }
  if (line.next > line.rows) throwIfAny(exhaustedIssues(state, stratum));
  const number = randomizationNumber(numbers, status, line.code, line.next);
  return deepFreeze({ stratum: { ...stratum }, sequence: line.next, number });
}

/** Levels that are known by themselves, but not together. */
function unknown(state: ConductState, stratum: StratumLevels): never {
  const [first] = Object.keys(stratum);
  throwIfAny([
    {
      code: "conduct.stratum_unknown",
      path: first === undefined ? "stratum" : pathTo("stratum", first),
      message: "The list has no such stratum.",
    },
  ]);
  return unknown(state, stratum);
}

/**
 * Assigns the next free position. `arm` only for a dynamic allocation, where {@link allocateNext} says it.
 *
 * @param state - the state of the log so far
 * @param request - who comes, and the levels of their stratum
 * @throws AllocellError `conduct.participant_assigned` for somebody who has a number, and what {@link nextPosition} throws
 * @example
 * assignNext(state, { participant: "P-2", stratum: { site: "01" } }).number; // "TR010002"
 */
export function assignNext(
  state: ConductState,
  request: { readonly participant: string; readonly stratum: StratumLevels; readonly arm?: string },
): Assigned {
  requireFields(request, "who is assigned: participant and stratum", { participant: "text", stratum: "a map" });
  const { participant, stratum, arm } = request;
  const position = nextPosition(state, stratum);
  throwIfAny([...gateIssues(state), ...newcomerIssues(state, participant), ...capIssues(state, stratum)]);
  return deepFreeze({ type: "assigned", participant, ...position, ...(arm === undefined ? {} : { arm }) });
}

/**
 * A new participant with the next free position of the stratum in place of one whose position stays taken.
 *
 * @throws AllocellError `conduct.not_opened`, `conduct.open_part`, `list.number_not_given`
 */
export function replaceNext(
  state: ConductState,
  request: Pick<Replaced, "participant" | "by" | "stratum" | "reason"> & { readonly arm?: string },
): Replaced {
  requireFields(request, "who replaces whom", { participant: "text", by: "text", stratum: "a map" });
  const { participant, by, stratum, reason, arm } = request;
  const position = nextPosition(state, stratum);
  throwIfAny([...newcomerIssues(state, by, "by"), ...capIssues(state, stratum)]);
  return deepFreeze({ type: "replaced", participant, by, ...position, reason, ...(arm === undefined ? {} : { arm }) });
}

/**
 * Records a treatment that the list did not decide; the position is the next free one, wherever one is touched.
 *
 * @throws AllocellError `conduct.not_opened`, `conduct.open_part`, `list.number_not_given`
 */
export function forceNext(
  state: ConductState,
  request: Pick<Forced, "participant" | "stratum" | "position" | "reason"> & { readonly arm?: string },
): Forced {
  requireState(state);
  requireFields(request, "what is forced", { participant: "text", stratum: "a map" });
  const { participant, stratum, position, reason, arm } = request;
  const next = position === "none" ? undefined : nextPosition(state, stratum);
  return deepFreeze({
    type: "forced",
    participant,
    stratum: { ...stratum },
    position,
    ...(next === undefined ? {} : { sequence: next.sequence }),
    ...(next === undefined || position !== "used" ? {} : { number: next.number }),
    ...(arm === undefined ? {} : { arm }),
    reason,
  });
}

/**
 * Passes over the next free position of a stratum, for a reason; nobody ever gets it.
 *
 * @throws AllocellError `conduct.not_opened`, `conduct.open_part`, `list.number_not_given`
 */
export function skipNext(
  state: ConductState,
  request: { readonly stratum: StratumLevels; readonly reason: string },
): Skipped {
  requireFields(request, "what is passed over: stratum and reason", { stratum: "a map" });
  const { stratum, reason } = request;
  return deepFreeze({
    type: "skipped",
    stratum: { ...stratum },
    sequence: nextPosition(state, stratum).sequence,
    reason,
  });
}

/**
 * The event that a body becomes at the end of a log: with its place, its time, its actor and its hash.
 *
 * @param stamp - `at`, an ISO 8601 instant with its offset, since the core has no clock; `salt`, 32 random hex digits
 *   from a cryptographic generator, where {@link needsSalt} says so; `request`, the id of the request that is answered
 * @throws AllocellError with every issue that {@link checkEvent} would find
 */
export function chainEvent(
  state: ConductState,
  body: ConductBody,
  stamp: Pick<EventHead, "at" | "actor" | "salt" | "request">,
): ConductEvent {
  requireState(state);
  requireFields(body, "the body of an event", { type: "text" });
  requireFields(stamp, "who and when: actor and at", { at: "text", actor: "text" });
  const { at, actor, salt, request } = stamp;
  const given = { ...(salt === undefined ? {} : { salt }), ...(request === undefined ? {} : { request }) };
  const unhashed = { ...body, ...given, seq: state.events + 1, at, actor, previous: state.head };
  throwIfAny(formIssues({ ...unhashed, hash: state.head }));
  const event = deepFreeze({ ...unhashed, hash: eventHash(unhashed) });
  throwIfAny(meaningIssues(state, event));
  return event;
}
