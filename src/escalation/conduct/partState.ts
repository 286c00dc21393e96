import { requireFields } from "../../foundation/index.js";
import type { IsoDate } from "../../calendar/index.js";
import { firstStep } from "../firstStep.js";
import type { CohortSeen } from "../history.js";
import { nextStep } from "../nextStep.js";
import type { Step } from "../model.js";
import { windowEnd } from "./conductRules.js";
import { countParticipants, type CountedParticipants, type DosedParticipant } from "./counting.js";
import type {
  CohortDecided,
  CohortOpened,
  ConductedDesign,
  Override,
  PartBody,
  PartClosed,
  RuleProposal,
} from "./partEvent.js";

/** A participant of the open part. */
export interface PartParticipant extends DosedParticipant {
  /** Number of the cohort, from 1. */
  readonly cohort: number;
  /** Level, from 1. */
  readonly level: number;
  readonly isSentinel: boolean;
  readonly outcome?: "dlt" | "no-dlt" | "not-evaluable";
  readonly lateDltOn?: IsoDate;
  readonly replaces?: string;
  readonly replacedBy?: string;
  readonly override?: Override;
}

/** Everything that a log says of an open part. */
export interface OpenPartState {
  readonly design: ConductedDesign;
  /** Nobody is really treated: whatever is shown says TEST. */
  readonly isTest: boolean;
  readonly cohorts: readonly CohortOpened[];
  readonly participants: readonly PartParticipant[];
  readonly decisions: readonly (CohortDecided & { readonly afterCohort: number })[];
  /** A late DLT came after the last decision: nobody is dosed and no cohort opens until there is a new one. */
  readonly isSuperseded: boolean;
  readonly closed?: PartClosed;
}

/** The state of an open part before its first event. */
export const emptyPart = (design: ConductedDesign, isTest = false): OpenPartState =>
  Object.freeze({ design, isTest, cohorts: [], participants: [], decisions: [], isSuperseded: false });

/**
 * The state after an event that was checked.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`
 */
export function advancePart(state: OpenPartState, body: PartBody): OpenPartState {
  requireFields(state, "an open part, as its log has it", { design: "a map", cohorts: "a list", decisions: "a list" });
  requireFields(body, "an event of an open part", { type: "text" });
  switch (body.type) {
    case "cohort-opened":
      return Object.freeze({ ...state, cohorts: [...state.cohorts, body] });
    case "entered": {
      const { participant: id, cohort, dosedOn, replaces, override } = body;
      const level = state.cohorts[cohort - 1]?.level ?? 0;
      const entered: PartParticipant = {
        ...{ id, cohort, level, dosedOn, isSentinel: membersOf(state, cohort).length === 0 },
        ...(replaces === undefined ? {} : { replaces }),
        ...(override === undefined ? {} : { override }),
      };
      const others = state.participants.map((own) => (own.id === replaces ? { ...own, replacedBy: id } : own));
      return Object.freeze({ ...state, participants: [...others, entered] });
    }
    case "dlt-assessed": {
      const { outcome, on, reason = "" } = body;
      return change(state, body.participant, (own) => ({
        ...own,
        outcome,
        ...(outcome === "dlt" ? { dltOn: on } : {}),
        ...(outcome === "not-evaluable" ? { notEvaluable: reason } : {}),
        ...(outcome === "no-dlt" && on < windowEnd(state.design.conduct, own.dosedOn) ? { closedEarly: true } : {}),
      }));
    }
    case "late-dlt":
      return {
        ...change(state, body.participant, (own) => ({ ...own, lateDltOn: body.on })),
        isSuperseded: state.decisions.length > 0 || state.closed !== undefined,
      };
    case "cohort-decided":
      return Object.freeze({
        ...state,
        decisions: [...state.decisions, { ...body, afterCohort: state.cohorts.length }],
        isSuperseded: false,
      });
    case "part-closed":
      return Object.freeze({ ...state, closed: body, isSuperseded: false });
  }
}

function change(state: OpenPartState, id: string, act: (own: PartParticipant) => PartParticipant): OpenPartState {
  return Object.freeze({ ...state, participants: state.participants.map((own) => (own.id === id ? act(own) : own)) });
}

export const membersOf = ({ participants }: OpenPartState, cohort: number): readonly PartParticipant[] =>
  participants.filter((own) => own.cohort === cohort);

/** Counts of one cohort at a data cut. A late DLT stands as the day of the DLT. */
function countsOf(
  state: OpenPartState,
  cohort: number,
  dataCut: IsoDate,
  isCounted: (own: PartParticipant) => boolean,
): CountedParticipants {
  const { window, lateDlt } = state.design.conduct;
  const rows = membersOf(state, cohort)
    .filter(isCounted)
    .map((own) => {
      const dltOn = own.dltOn ?? own.lateDltOn;
      return { ...own, ...(dltOn === undefined ? {} : { dltOn }) };
    });
  return countParticipants(rows, { lastDay: window.throughStudyDay - window.dosingIsDay, dataCut, lateDlt });
}

/**
 * What was seen at a data cut, cohort by cohort. Whoever nobody judged yet is pending, also when the window has ended: no
 * DLT is a judgement and not an assumption.
 */
export function historyAt(state: OpenPartState, dataCut: IsoDate): readonly CohortSeen[] {
  return state.cohorts.map(({ cohort, level }) => {
    const isOpen = (own: PartParticipant): boolean => own.outcome === undefined && own.lateDltOn === undefined;
    const { without, dlt, pending } = countsOf(state, cohort, dataCut, (own) => !isOpen(own));
    const open = membersOf(state, cohort).filter((own) => isOpen(own) && own.dosedOn <= dataCut).length;
    return { level, without, dlt, pending: pending + open };
  });
}

/**
 * What the rule says at a data cut.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`, `escalation.history_invalid`, `escalation.level_unknown`,
 *   `escalation.too_many_pending`
 */
export function proposalAt(state: OpenPartState, dataCut: IsoDate): RuleProposal {
  requireFields(state, "an open part, as its log has it", { design: "a map", cohorts: "a list", decisions: "a list" });
  const { action, level, size, recommended } = nextStep(state.design, historyAt(state, dataCut));
  return { action, level, size, ...(recommended === undefined ? {} : { recommended }) };
}

/** Level and size of the cohort that may be opened now; undefined where none may. */
export function nextCohortOf(state: OpenPartState): { readonly level: number; readonly size: number } | undefined {
  requireFields(state, "an open part, as its log has it", { design: "a map", cohorts: "a list", decisions: "a list" });
  const last = state.decisions.at(-1);
  if (state.cohorts.length === 0) {
    const step: Step = firstStep(state.design);
    return step.action === "stop" ? undefined : { level: step.level, size: step.size };
  }
  if (last?.afterCohort !== state.cohorts.length || last.level === null || state.isSuperseded) return undefined;
  const { level, size } = last.rule;
  // A level that the rule did not propose gets a cohort of the size of the last one.
  return { level: last.level, size: level === last.level && size > 0 ? size : (state.cohorts.at(-1)?.size ?? 1) };
}

/** Places of the last cohort that are not taken: its size, and one more for each who is replaced. */
export function placesLeft(state: OpenPartState): number {
  const cohort = state.cohorts.at(-1);
  if (cohort === undefined) return 0;
  const members = membersOf(state, cohort.cohort);
  const lost = members.filter(({ notEvaluable }) => notEvaluable !== undefined).length;
  return cohort.size + Math.min(lost, state.design.conduct.mostReplacements) - members.length;
}
