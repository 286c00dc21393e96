import { advancePart, emptyPart } from "../escalation/index.js";
import { deepFreeze, foldId, requireFields, throwIfAny } from "../foundation/index.js";
import { checkEvent } from "./checkEvent.js";
import { factorsOf, sameLevels } from "./checkShape.js";
import {
  isCapped,
  lineKey,
  participantKey,
  stratumKey,
  type CapState,
  type ConductState,
  type ParticipantRecord,
  type PositionLine,
} from "./conductState.js";
import type {
  ParticipantCap,
  ConductEvent,
  Dispensed,
  ExtendedDynamic,
  ExtendedList,
  OpenedDynamic,
  OpenedList,
  StratumLevels,
} from "./event.js";
import { isPartEvent } from "./openPart.js";
import { EMPTY_MAP, mapGet, mapSet, mapValues, type PersistentMap } from "./persistentMap.js";
import { requireState } from "./requireState.js";

/**
 * The state after one more event: the whole reducer. Nothing is stored, nothing but the two arguments is looked at.
 *
 * @throws AllocellError with every issue of {@link checkEvent}; the given state stays as it was
 */
export function applyEvent(state: ConductState, event: ConductEvent): ConductState {
  throwIfAny(checkEvent(state, event));
  return advance(state, event);
}

/** The state after an event that was checked: one that {@link chainEvent} has just made for this state. */
export function advance(state: ConductState, event: ConductEvent): ConductState {
  requireState(state);
  requireFields(event, "an event of a log", { type: "text", seq: "a number", hash: "text" });
  const { seq: events, hash: head, request } = event;
  const requests = request === undefined ? state.requests : mapSet(state.requests, request, events);
  return Object.freeze({ ...change(state, event), events, head, requests });
}

function change(state: ConductState, event: ConductEvent): ConductState {
  if (isPartEvent(event)) {
    return state.openPart === undefined ? state : { ...state, openPart: advancePart(state.openPart, event) };
  }
  switch (event.type) {
    case "opened":
      if (event.kind === "escalation") return { ...state, openPart: emptyPart(event.design, event.status === "TEST") };
      return open(state, event);
    case "gate-opened":
      return { ...state, isGateOpen: true };
    case "extended":
      return extend(state, event);
    case "cap-set":
      return { ...state, caps: withCap(state, event) };
    case "assigned":
      return enter(take(state, event.stratum), event, newcomer(event, event.participant, "assigned"));
    case "replaced": {
      const record = { ...newcomer(event, event.by, "replacement"), replaces: event.participant };
      const entered = enter(take(state, event.stratum), event, record);
      return update(entered, event.participant, () => ({ replacedBy: event.by }));
    }
    case "forced": {
      const taken = event.position === "none" ? state : take(state, event.stratum);
      return enter(taken, event, newcomer(event, event.participant, "forced"));
    }
    case "skipped":
      return take(state, event.stratum);
    case "wrong-stratum":
      return update(state, event.participant, () => ({ trueStratum: event.trueStratum }));
    case "wrong-treatment": {
      const { given } = event;
      const next = update(state, event.participant, () => ({
        wrongTreatment: true,
        ...(given === undefined ? {} : { given }),
      }));
      return { ...next, holdsTreatment: state.holdsTreatment || given !== undefined };
    }
    case "withdrawn":
      return update(state, event.participant, () => ({ withdrawn: true }));
    case "ineligible-kept":
      return update(state, event.participant, () => ({ ineligible: true }));
    case "code-broken":
      return update(state, event.participant, () => ({ codeBroken: true }));
    case "dispensed":
      return dispense(state, event);
  }
}

function open(state: ConductState, event: ConductEvent & (OpenedList | OpenedDynamic)): ConductState {
  const shaped = { ...state, opening: event, holdsTreatment: event.kind === "dynamic", ...linesOf(EMPTY_MAP, event) };
  const bindings = event.kind === "list" ? [event.binding] : [];
  return { ...shaped, bindings, caps: event.caps.map((cap) => Object.freeze({ ...cap, used: 0 })) };
}

function extend(state: ConductState, event: ConductEvent & (ExtendedList | ExtendedDynamic)): ConductState {
  const { opening } = state;
  if (opening?.kind === "list" && event.kind === "list") {
    const { strata, binding } = event;
    const bindings = [...state.bindings, binding];
    return { ...state, bindings, opening: deepFreeze({ ...opening, strata, binding }), ...linesOf(state.lines, event) };
  }
  if (opening?.kind === "dynamic" && event.kind === "dynamic") {
    const { planHash, factors, length } = event;
    return { ...state, opening: deepFreeze({ ...opening, planHash, factors, length }), ...linesOf(state.lines, event) };
  }
  return state;
}

/** The positions of a shape; lines that are there keep the place they have come to. */
function linesOf(
  before: PersistentMap<PositionLine>,
  shape: OpenedList | OpenedDynamic | ExtendedList | ExtendedDynamic,
): Pick<ConductState, "lines" | "factors"> {
  const strata = shape.kind === "list" ? shape.strata : [{ levels: [], code: "", rows: shape.length }];
  let lines = before;
  for (const { levels, code, rows } of strata) {
    const key = shape.kind === "list" ? JSON.stringify(levels.map(([, level]) => level)) : "";
    lines = mapSet(lines, key, deepFreeze({ levels, code, rows, next: mapGet(before, key)?.next ?? 1 }));
  }
  return { lines, factors: deepFreeze(shape.kind === "list" ? factorsOf(shape.strata) : shape.factors) };
}

/** Uses up the next free position of a stratum. */
function take(state: ConductState, stratum: StratumLevels): ConductState {
  const key = lineKey(state, stratumKey(state.factors, stratum) ?? "");
  const line = mapGet(state.lines, key);
  if (line === undefined) return state;
  return { ...state, lines: mapSet(state.lines, key, Object.freeze({ ...line, next: line.next + 1 })) };
}

interface Entering {
  readonly seq: number;
  readonly stratum: StratumLevels;
  readonly sequence?: number;
  readonly number?: string;
  readonly arm?: string;
}

function newcomer(
  { seq, stratum, sequence, number, arm }: Entering,
  participant: string,
  how: ParticipantRecord["how"],
): ParticipantRecord {
  return {
    participant,
    seq,
    how,
    stratum,
    // A position that was passed over belongs to nobody.
    ...(sequence === undefined || number === undefined ? {} : { sequence, number }),
    ...(arm === undefined ? {} : { arm }),
    wrongTreatment: false,
    withdrawn: false,
    ineligible: false,
    codeBroken: false,
  };
}

/** One participant more: in the records, in the count of their levels, in every cap that these come under. */
function enter(state: ConductState, { stratum }: Entering, record: ParticipantRecord): ConductState {
  const key = stratumKey(state.factors, stratum) ?? "";
  const participants = (mapGet(state.counts, key)?.participants ?? 0) + 1;
  return {
    ...state,
    counts: mapSet(state.counts, key, deepFreeze({ levels: stratum, participants })),
    caps: state.caps.map((cap) => (isCapped(cap, stratum) ? Object.freeze({ ...cap, used: cap.used + 1 }) : cap)),
    participants: mapSet(state.participants, participantKey(record.participant), deepFreeze(record)),
    holdsTreatment: state.holdsTreatment || record.arm !== undefined,
  };
}

function dispense(
  state: ConductState,
  { seq, participant, administration, kit }: ConductEvent & Dispensed,
): ConductState {
  const earlier = mapGet(state.participants, participantKey(participant))?.kits ?? [];
  const next = update(state, participant, () => ({ kits: [...earlier, { administration, kit }] }));
  return { ...next, kits: mapSet(state.kits, foldId(kit), seq) };
}

function update(state: ConductState, participant: string, change: () => Partial<ParticipantRecord>): ConductState {
  const key = participantKey(participant);
  const record = mapGet(state.participants, key);
  if (record === undefined) return state;
  return { ...state, participants: mapSet(state.participants, key, deepFreeze({ ...record, ...change() })) };
}

function withCap(state: ConductState, { stratum, most }: ParticipantCap): readonly CapState[] {
  const cap = { stratum, most };
  const used = mapValues(state.counts)
    .filter(({ levels }) => isCapped(cap, levels))
    .reduce((sum, { participants }) => sum + participants, 0);
  const others = state.caps.filter((other) => !sameLevels(other.stratum, stratum));
  return deepFreeze([...others, { ...cap, used }]);
}
