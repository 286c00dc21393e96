import type { OpenPartState } from "../escalation/index.js";
import { canonicalJson, fail, foldId, requireFields, requireString } from "../foundation/index.js";
import type { Factor } from "../list/index.js";
import type { Stratum } from "../list/index.js";
import { stratumText } from "../list/index.js";
import { NO_EVENT, type ParticipantCap, type OpenedDynamic, type OpenedList, type StratumLevels } from "./event.js";
import { EMPTY_MAP, mapGet, mapValues, type PersistentMap } from "./persistentMap.js";

/** One row of positions: a stratum of a list, or all participants of a dynamic allocation. */
export interface PositionLine {
  readonly levels: Stratum["levels"];
  readonly code: string;
  readonly rows: number;
  /** The next free position, from 1; `rows` + 1 when none is left. It never goes back. */
  readonly next: number;
}

/** Participants who entered in one combination of levels; caps count them. */
export interface StratumCount {
  readonly levels: StratumLevels;
  readonly participants: number;
}

export interface CapState extends ParticipantCap {
  /** Participants so far with these levels. */
  readonly used: number;
}

/** What the log says of one participant. UNBLINDED where it has `arm` or `given`. */
export interface ParticipantRecord {
  readonly participant: string;
  /** `seq` of the event that brought them in. */
  readonly seq: number;
  readonly how: "assigned" | "forced" | "replacement";
  /** As randomized. */
  readonly stratum: StratumLevels;
  /** Where it was another one in truth. */
  readonly trueStratum?: StratumLevels;
  /** Place in the stratum, from 1. */
  readonly sequence?: number;
  readonly number?: string;
  readonly arm?: string;
  /** A wrong treatment was given; `given` says which, if the log does. */
  readonly wrongTreatment: boolean;
  readonly given?: string;
  readonly replaces?: string;
  readonly replacedBy?: string;
  readonly withdrawn: boolean;
  readonly ineligible: boolean;
  readonly codeBroken: boolean;
  /** Kits that were dispensed, in order; absent where none was. */
  readonly kits?: readonly DispensedRecord[];
}

/** A kit that was dispensed. */
export interface DispensedRecord {
  /** Number of the administration, from 1. */
  readonly administration: number;
  readonly kit: string;
}

/** Everything that a log says, after its last event. A frozen value: {@link applyEvent} makes the next one. */
export interface ConductState {
  /** Number of events; the next one has `seq` one higher. */
  readonly events: number;
  /** `hash` of the last event: the receipt. */
  readonly head: string;
  /** The first event; its strata, factors and length as extended since. */
  readonly opening?: OpenedList | OpenedDynamic;
  /** The open, escalating part that the log is of; `opening` is absent then. */
  readonly openPart?: OpenPartState;
  /** The decision that the part waited for was recorded. */
  readonly isGateOpen?: true;
  /** Bindings of the list and of its extensions, in order; none for a dynamic allocation. */
  readonly bindings: readonly string[];
  readonly factors: readonly Factor[];
  readonly lines: PersistentMap<PositionLine>;
  readonly counts: PersistentMap<StratumCount>;
  readonly caps: readonly CapState[];
  /** By the one form of an id (`foldId`), so that no person enters twice as "s-1", "S-1" and "Ｓ-1". */
  readonly participants: PersistentMap<ParticipantRecord>;
  /** By the id of a request: `seq` of the event that answers it. */
  readonly requests: PersistentMap<number>;
  /** By the one form of a kit's code: `seq` of the event that dispensed it. */
  readonly kits: PersistentMap<number>;
  /** Whether an event so far names a treatment: the log is then for unblinded people only. */
  readonly holdsTreatment: boolean;
}

/** The state before the first event. */
export const EMPTY_CONDUCT: ConductState = Object.freeze({
  events: 0,
  head: NO_EVENT,
  bindings: Object.freeze([]),
  factors: Object.freeze([]),
  lines: EMPTY_MAP,
  counts: EMPTY_MAP,
  caps: Object.freeze([]),
  participants: EMPTY_MAP,
  requests: EMPTY_MAP,
  kits: EMPTY_MAP,
  holdsTreatment: false,
});

/** The opened list or allocation of a log. @throws AllocellError `conduct.not_opened`, `conduct.open_part` */
export function requireOpening(state: ConductState): OpenedList | OpenedDynamic {
  if (state.openPart !== undefined) {
    fail("conduct.open_part", "type", "This is the log of an open part; it has no list.", {
      expected: "the log of a list or of a dynamic allocation",
    });
  }
  return (
    state.opening ??
    fail("conduct.not_opened", "type", "The log is empty; its first event opens it.", { expected: "opened" })
  );
}

/** The key of a stratum, or undefined if it does not name exactly one known level of every factor. */
export function stratumKey(factors: readonly Factor[], stratum: StratumLevels): string | undefined {
  const levels: string[] = [];
  for (const { factor, levels: known } of factors) {
    const level = Object.hasOwn(stratum, factor) ? stratum[factor] : undefined;
    if (level === undefined || !known.includes(level)) return undefined;
    levels.push(level);
  }
  return Object.keys(stratum).length === factors.length ? JSON.stringify(levels) : undefined;
}

/** Where the positions of a stratum are: in its own line, or in the one line of a dynamic allocation. */
export function lineKey(state: ConductState, key: string): string {
  return state.opening?.kind === "dynamic" ? "" : key;
}

/** Factor and level pairs in declared order, for texts. */
export function stratumWords(factors: readonly Factor[], stratum: StratumLevels): string {
  const declared = factors.map(({ factor }) => factor).filter((factor) => Object.hasOwn(stratum, factor));
  const others = Object.keys(stratum).filter((factor) => !declared.includes(factor));
  return stratumText([...declared, ...others].map((factor) => [factor, stratum[factor] ?? ""] as const));
}

/** Whether a stratum has all levels that a cap names. */
export function isCapped(cap: ParticipantCap, stratum: StratumLevels): boolean {
  return Object.entries(cap.stratum).every(([factor, level]) => stratum[factor] === level);
}

/** The record of a participant, by the id exactly as recorded; undefined if there is none. */
export function participantOf(state: ConductState, participant: string): ParticipantRecord | undefined {
  requireFields(state, "the state of a log", { participants: "a map" });
  requireString(participant, "participant", "the id of a participant");
  const record = mapGet(state.participants, participantKey(participant));
  return record?.participant === participant ? record : undefined;
}

/** `seq` of the event that answers a request; undefined if none does. */
export function answerOf(state: ConductState, request: string): number | undefined {
  requireFields(state, "the state of a log, as readLog returns it", { requests: "a map" });
  return mapGet(state.requests, request);
}

/** All participants in the order in which they entered. */
export function participantsOf(state: ConductState): readonly ParticipantRecord[] {
  requireFields(state, "the state of a log", { participants: "a map" });
  return Object.freeze(mapValues(state.participants).sort((a, b) => a.seq - b.seq));
}

/**
 * The record of a participant, by the id in any spelling ("Ｓ01-001", " s01-001"); its `participant` is the log's own.
 * Undefined if there is none. Events name people as the log spells them.
 */
export function findParticipant(state: ConductState, participant: string): ParticipantRecord | undefined {
  requireFields(state, "the state of a log", { participants: "a map" });
  requireString(participant, "participant", "the id of a participant");
  return mapGet(state.participants, participantKey(participant));
}

/** An id as the log spells it; as it was given for somebody who is not in the log. */
export function spelledAsIn(state: ConductState, participant: string): string {
  return findParticipant(state, participant)?.participant ?? participant;
}

/**
 * The `seq` of the assignment of somebody who is asked for again in the same stratum, in any spelling: a second click, or
 * an answer that was lost. Undefined for anybody else, and for whoever left.
 */
export function standingAssignment(
  state: ConductState,
  request: { readonly participant: string; readonly stratum: StratumLevels },
): number | undefined {
  requireFields(request, "a request: participant and stratum", { stratum: "a map" });
  const { participant, stratum } = request;
  const record = findParticipant(state, participant);
  if (record?.how !== "assigned" || record.withdrawn || record.replacedBy !== undefined) return undefined;
  return canonicalJson(record.stratum) === canonicalJson(stratum) ? record.seq : undefined;
}

export function participantKey(participant: string): string {
  return foldId(participant);
}
