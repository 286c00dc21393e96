import { deepFreeze, fail, requireFields } from "../../foundation/index.js";
import {
  chainEvent,
  participantOf,
  type ConductEvent,
  type ConductState,
  type ParticipantRecord,
  type RemarkBody,
  type StratumLevels,
} from "../../allocation/index.js";
import { listBinding, MasterList, requireBoundList, type MasterRow } from "../../list/index.js";

/** One position with its treatment. Unblinded. */
export type TreatmentRow = Pick<MasterRow, "number" | "sequence" | "stratum" | "arm">;

/** A part of a list with its treatments, such as a single opened envelope, and the binding of the whole list. */
export interface BoundRows {
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  readonly binding: string;
  unblindedRows(): Iterable<TreatmentRow>;
}

/** Anything that has the rows of a list with their treatments. */
export type TreatmentSource = MasterList | BoundRows;

/** Whose code is broken, and why. */
export interface CodeBreakReason {
  readonly participant: string;
  /** Why it must be known now. Required. */
  readonly reason: string;
  /** Who asks. Required. */
  readonly actor: string;
  /** ISO 8601 instant with its offset; the core has no clock. */
  readonly at: string;
}

export interface CodeBreakRequest extends CodeBreakReason {
  /** The log of the list, after its last event. */
  readonly state: ConductState;
  /** Master list or opened envelope; a dynamic allocation needs none, because its log holds the arms. */
  readonly source?: TreatmentSource;
}

/** What one code break tells about one participant. UNBLINDED. */
export interface CodeBreak extends CodeBreakReason {
  readonly format: "allocell-code-break-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly how: ParticipantRecord["how"];
  readonly stratum: StratumLevels;
  readonly number?: string;
  /** The arm that the participant was allocated to. */
  readonly arm: string;
  /** Something else was given at least once; `givenArm` says what, if the log does. */
  readonly wrongTreatment: boolean;
  readonly givenArm?: string;
  /** Place of the event in the log, and its hash as the receipt. */
  readonly event: number;
  readonly receipt: string;
}

/**
 * Breaks the code of one participant: their treatment, and the event that says so.
 *
 * The event is made first: without reason, actor and time there is no answer. It tells that a code was broken, never
 * what it showed, so every other blinded output stays as it was.
 *
 * @param request - whose code, why, who asks and when; the state of the log, and the list
 * @returns the treatment, and the event to append to the log before the answer is shown
 * @throws AllocellError `conduct.*` for a participant, reason, actor or time that the log does not take;
 * `blinding.list_differs` if source and log are of different lists; `custody.list_differs` if the source is not
 * the unaltered list of the log; `blinding.position_missing` if the source does
 * not hold the participant's position; `blinding.treatment_not_on_record` for a treatment that was forced from
 * outside the list and that the log does not name
 * @example
 * const { codeBreak, event } = unblind({ source: list, state, participant: "P-1", reason: "SAE 4", actor: "Dr A", at });
 * codeBreak.number; // "TR010001"
 */
export function unblind(request: CodeBreakRequest): { readonly codeBreak: CodeBreak; readonly event: ConductEvent } {
  requireRequest(request);
  const { state, actor, at } = request;
  const event = chainEvent(state, codeBreakBody(request), { at, actor });
  return { codeBreak: codeBreakOf(request, event), event };
}

function requireRequest(request: CodeBreakRequest): void {
  requireFields(request, "whose code is broken, and why", { state: "a map", participant: "text", reason: "text" });
  if (request.source === undefined) return;
  requireFields(request.source, "a master list or an opened envelope", { list: "text", unblindedRows: "a function" });
}

/** What the log is told. */
export function codeBreakBody(asked: Pick<CodeBreakReason, "participant" | "reason">): RemarkBody {
  requireFields(asked, "whose code is broken, and why", { participant: "text", reason: "text" });
  const { participant, reason } = asked;
  return { type: "code-broken", participant, reason };
}

/**
 * The answer that belongs to an event that {@link codeBreakBody} became. `state` is the log with or without it.
 *
 * @throws AllocellError `blinding.participant_unknown`, `blinding.treatment_not_on_record`,
 *   `blinding.list_differs`, `blinding.position_missing`, `custody.list_differs`
 */
export function codeBreakOf(request: CodeBreakRequest, event: Pick<ConductEvent, "seq" | "hash">): CodeBreak {
  requireRequest(request);
  requireFields(event, "the event of a code break", { seq: "a number", hash: "text" });
  const { state, participant, reason, actor, at } = request;
  const record = participantOf(state, participant);
  const { opening } = state;
  if (record === undefined || opening === undefined) {
    return fail("blinding.participant_unknown", "participant", "The log has no participant of this id.", {
      expected: "the id exactly as it stands in the log",
    });
  }
  const { status, trial, part, list } = opening;
  const { how, stratum, number, wrongTreatment, given } = record;
  return deepFreeze({
    format: "allocell-code-break-1",
    status,
    trial,
    part,
    list,
    participant,
    how,
    stratum: { ...stratum },
    ...(number === undefined ? {} : { number }),
    arm: armOf(request, record),
    wrongTreatment,
    ...(given === undefined ? {} : { givenArm: given }),
    reason,
    actor,
    at,
    event: event.seq,
    receipt: event.hash,
  });
}

function armOf({ state, source }: CodeBreakRequest, record: ParticipantRecord): string {
  if (record.arm !== undefined) return record.arm;
  if (record.how === "forced" || record.number === undefined || record.sequence === undefined) {
    return fail(
      "blinding.treatment_not_on_record",
      "participant",
      "This participant's treatment was forced from outside the list, and the log does not say which one it was.",
      { expected: "an answer from whoever recorded the forced treatment" },
    );
  }
  const { opening } = state;
  if (source === undefined || source.list !== opening?.list || source.status !== opening.status) {
    return fail("blinding.list_differs", "source", "The treatments are of another list than the log.", {
      expected: `${opening?.status ?? ""} list ${opening?.list ?? ""}`,
      received: source === undefined ? "no list" : `${source.status} list ${source.list}`,
    });
  }
  requireBoundList(state, source instanceof MasterList ? listBinding(source) : source.binding);
  for (const row of source.unblindedRows()) {
    if (row.number === record.number && row.sequence === record.sequence) return row.arm;
  }
  return fail("blinding.position_missing", "source", `Number ${record.number} is not in what was opened.`, {
    expected: `the list or the envelope that holds ${record.number}`,
  });
}
