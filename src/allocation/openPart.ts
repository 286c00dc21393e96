import { partIssues, type ConductedDesign, type OpenPartState, type PartBody } from "../escalation/index.js";
import { deepFreeze, fail, requireFields, type Issue, type PlainCode } from "../foundation/index.js";
import type { ConductState } from "./conductState.js";
import type { ConductBody, ConductEvent, EventHead, GateOpened, OpenedPart } from "./event.js";

/** The first event of the log of an open part. */
export function openPartLog(design: ConductedDesign, status: "LIVE" | "TEST"): OpenedPart {
  return deepFreeze({ type: "opened", kind: "escalation", format: "allocell-log-1", status, design });
}

const PART_TYPES: ReadonlySet<string> = new Set<PartBody["type"]>([
  "cohort-opened",
  "entered",
  "dlt-assessed",
  "late-dlt",
  "cohort-decided",
  "part-closed",
]);

/** Whether an event is one of an open part. */
export function isPartEvent<T extends ConductBody>(event: T): event is T & PartBody {
  return PART_TYPES.has(event.type);
}

/** The open part of a log. @throws AllocellError `conduct.not_open_part` */
export function requireOpenPart(state: ConductState): OpenPartState {
  requireFields(state, "the state of a log, as readLog returns it", {});
  return (
    state.openPart ??
    fail("conduct.not_open_part", "type", "This is not the log of an open part.", {
      expected: "a log made with `allocell log open LOG --rule FILE`",
    })
  );
}

/** Faults of an event by the kind of its log: a part has no positions, and a list has no cohorts. */
export function openPartIssues(state: ConductState, event: ConductEvent): readonly Issue[] | undefined {
  const { openPart } = state;
  if (openPart === undefined) {
    if (!isPartEvent(event)) return undefined;
    return [{ code: "conduct.not_open_part", path: "type", message: "The log is not one of an open part." }];
  }
  if (isPartEvent(event)) return partIssues(openPart, event, event.at.slice(0, 10));
  const isOpening = event.type === "opened";
  const message = isOpening ? "The log is open already." : "This is the log of an open part; it has no list.";
  return [{ code: isOpening ? "conduct.opened_twice" : "conduct.open_part", path: "type", message }];
}

/** Whether positions must wait for a decision that was not recorded. */
export function gateIssues({ opening, isGateOpen }: ConductState): readonly Issue[] {
  const waitsFor = opening?.waitsFor;
  if (waitsFor === undefined || isGateOpen === true) return [];
  return [
    {
      code: "conduct.gate_closed",
      path: "type",
      message: `No position is given out before the decision of part "${waitsFor}" is recorded.`,
      expected: "a gate-opened event (`allocell log gate`)",
      parameters: { part: waitsFor },
    },
  ];
}

/** Faults of the event that opens a gate. */
export function gateOpeningIssues(
  { opening, isGateOpen }: ConductState,
  { part, dataCut, decidedOn, at }: GateOpened & EventHead,
): readonly Issue[] {
  const waitsFor = opening?.waitsFor;
  const refuse = (code: PlainCode, path: string, message: string): Issue[] => [{ code, path, message }];
  if (waitsFor !== part) {
    const message = `This log does not wait for part "${part}".`;
    return [{ code: "conduct.no_gate", path: "part", message, parameters: { part } }];
  }
  if (isGateOpen === true) return refuse("conduct.gate_open", "type", "The gate is open already.");
  if (decidedOn < dataCut || at.slice(0, 10) < decidedOn) {
    return refuse("conduct.dates_backwards", "decidedOn", "Data cut, decision and record follow one another.");
  }
  return [];
}
