import type { ConductedDesign, PartBody } from "../escalation/index.js";
import { digestOf } from "../foundation/index.js";
import type { Factor, NumberFormat } from "../list/index.js";
import type { Stratum } from "../list/index.js";

/** One level of every factor, by the factor's name: `{ site: "01", sex: "F" }`; `{}` where a list has no factor. */
export type StratumLevels = Readonly<Record<string, string>>;

/** What a blinded list says of a stratum. */
export interface StratumShape {
  readonly levels: Stratum["levels"];
  readonly code: string;
  /** Rows of the stratum, at least 1. */
  readonly rows: number;
}

/** At most so many participants wherever the stratum has these levels; `{}` is the whole list. */
export interface ParticipantCap {
  readonly stratum: StratumLevels;
  /** Most participants with these levels, 0 or more. */
  readonly most: number;
}

/** What every event has. */
export interface EventHead {
  /** Place in the log, from 1, without gaps. */
  readonly seq: number;
  /** When it happened or was recorded: ISO 8601 instant with its offset, from the caller. */
  readonly at: string;
  /** Who did it. */
  readonly actor: string;
  /**
   * 32 random hex digits, in every event with a treatment or a plan's hash. Blinded people may hold receipts: without
   * it they could try each arm until the hash fits.
   */
  readonly salt?: string;
  /**
   * The id of the request that this event answers, given by whoever asked: the same request, sent again, gets this event
   * and no second one. At most one event of a log has it.
   */
  readonly request?: string;
  /** `hash` of the event before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of the event without this field, 64 lowercase hex digits. */
  readonly hash: string;
}

interface OpenedAny {
  readonly type: "opened";
  readonly format: "allocell-log-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly numbers: NumberFormat;
  readonly caps: readonly ParticipantCap[];
  /** The part whose decision this one waits for: no position is given out before a gate-opened event. */
  readonly waitsFor?: string;
}

/** The log of an open, escalating part. It is open: levels and outcomes stand in it. */
export interface OpenedPart {
  readonly type: "opened";
  readonly kind: "escalation";
  readonly format: "allocell-log-1";
  readonly status: "LIVE" | "TEST";
  readonly design: ConductedDesign;
}

/** The decision that a part waited for: from here on positions are given out. It names no level, arm or count. */
export interface GateOpened {
  readonly type: "gate-opened";
  /** The part that was waited for. */
  readonly part: string;
  /** Hash of the event of the open part's log that closed it; or SHA-256 of the record that chose the dose. */
  readonly basis: string;
  readonly dataCut: string;
  readonly decidedOn: string;
  readonly decidedBy: string;
}

/** The log of a list that was drawn beforehand. It knows the shape of the blinded list and no treatment. */
export interface OpenedList extends OpenedAny {
  readonly kind: "list";
  readonly strata: readonly StratumShape[];
  /** The value that one master list opens, and no other: `bindingOf` in `allocell/list`. */
  readonly binding: string;
}

/** The log of a dynamic allocation. UNBLINDED: its assignments hold the arm, because the next one depends on it. */
export interface OpenedDynamic extends OpenedAny {
  readonly kind: "dynamic";
  readonly algorithm: string;
  /** Hash of the plan; of everything in it that no extension may change; and the mark of its seed. */
  readonly planHash: string;
  readonly ruleHash: string;
  readonly seedMark: string;
  readonly arms: readonly string[];
  readonly factors: readonly Factor[];
  /** Most participants. */
  readonly length: number;
}

/** A participant takes a position: number `number`, place `sequence` of the stratum (of the trial, if dynamic). */
interface Position {
  readonly stratum: StratumLevels;
  readonly sequence: number;
  readonly number: string;
  /** Dynamic allocation only. UNBLINDED. */
  readonly arm?: string;
}

/** The next free position, in order. */
export interface Assigned extends Position {
  readonly type: "assigned";
  readonly participant: string;
}

/** The next free position of the stratum for a new participant, because another one is replaced. */
export interface Replaced extends Position {
  readonly type: "replaced";
  /** Who is replaced; their position stays taken. */
  readonly participant: string;
  readonly by: string;
  readonly reason: string;
}

/**
 * Somebody was given a treatment that the list did not decide.
 *
 * - `used`: they hold the next free position and its number, whatever the list says there
 * - `skipped`: they hold no position, and the next free one is passed over for ever
 * - `none`: they hold no position, and none is touched
 */
export interface Forced {
  readonly type: "forced";
  readonly participant: string;
  readonly stratum: StratumLevels;
  readonly position: "used" | "skipped" | "none";
  readonly sequence?: number;
  readonly number?: string;
  /** UNBLINDED; left out in a log that blinded people read. Dynamic allocation needs it. */
  readonly arm?: string;
  readonly reason: string;
}

/** A position that nobody gets: a gap with its reason. */
export interface Skipped {
  readonly type: "skipped";
  readonly stratum: StratumLevels;
  readonly sequence: number;
  readonly reason: string;
}

/** Randomized in the wrong stratum: position and stratum as randomized stay, the true one is kept beside them. */
export interface WrongStratum {
  readonly type: "wrong-stratum";
  readonly participant: string;
  readonly trueStratum: StratumLevels;
  readonly reason: string;
}

/** Another treatment was given than the assigned one; the assignment stays. */
export interface WrongTreatment {
  readonly type: "wrong-treatment";
  readonly participant: string;
  /** UNBLINDED; left out in a log that blinded people read. */
  readonly given?: string;
  readonly reason: string;
}

/** A fact about one participant that moves no position. */
export interface Remark {
  readonly type: "withdrawn" | "ineligible-kept" | "code-broken";
  readonly participant: string;
  readonly reason: string;
}

/** A kit was dispensed for an administration of a participant with a number. A kit's code tells no treatment. */
export interface Dispensed {
  readonly type: "dispensed";
  readonly participant: string;
  /** Number of the administration, from 1. */
  readonly administration: number;
  /** The code as the kit list spells it. */
  readonly kit: string;
}

/** The list was made longer, or has new strata: `strata` is the whole new shape, which contains the old one. */
export interface ExtendedList {
  readonly type: "extended";
  readonly kind: "list";
  readonly strata: readonly StratumShape[];
  readonly binding: string;
  /** The binding that the log had until now. */
  readonly extends: string;
  readonly reason: string;
}

/** New levels (a late site) or more participants for a dynamic allocation. */
export interface ExtendedDynamic {
  readonly type: "extended";
  readonly kind: "dynamic";
  readonly planHash: string;
  readonly factors: readonly Factor[];
  readonly length: number;
  readonly reason: string;
}

/** A cap is set, or the cap of the same levels is replaced. */
export interface CapSet extends ParticipantCap {
  readonly type: "cap-set";
  readonly reason: string;
}

/** What an event says, without its place in the chain. */
export type ConductBody =
  | OpenedList
  | OpenedDynamic
  | Assigned
  | Replaced
  | Forced
  | Skipped
  | WrongStratum
  | WrongTreatment
  | Remark
  | Dispensed
  | ExtendedList
  | ExtendedDynamic
  | CapSet
  | OpenedPart
  | GateOpened
  | PartBody;

/** One event of the log. */
export type ConductEvent = ConductBody & EventHead;

/** `previous` of the first event. */
export const NO_EVENT: string = "0".repeat(64);

/** Whether an event says something that a blinded person must not find by trying until its hash fits. */
export function needsSalt(body: ConductBody): boolean {
  const fields: Readonly<Record<string, unknown>> = { ...body };
  return ["arm", "given", "planHash"].some((field) => fields[field] !== undefined);
}

/** The hash of an event: SHA-256 of the canonical JSON of all its fields but `hash`. */
export function eventHash(event: ConductBody & Omit<EventHead, "hash">): string {
  return digestOf({ ...event, hash: undefined });
}
