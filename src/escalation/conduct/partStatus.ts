import type { IsoDate } from "../../calendar/index.js";
import { deepFreeze, requireFields } from "../../foundation/index.js";
import { windowEnd } from "./conductRules.js";
import { earliestDosing } from "./checkPart.js";
import type { Reason } from "../model.js";
import { nextStep, type NextStep } from "../nextStep.js";
import type { CohortDecided, Override, PartClosed } from "./partEvent.js";
import {
  historyAt,
  membersOf,
  nextCohortOf,
  placesLeft,
  type OpenPartState,
  type PartParticipant,
} from "./partState.js";

/** Why something may happen next or may not yet; a decision and the end of the part have the rule's own reason. */
export type ActReason =
  "late-dlt" | "as-decided" | "interval" | "places-left" | "window-over" | "window-open" | "cohort-open" | Reason;

/** Something that may happen next, or why it may not yet. */
export interface NextAct {
  readonly act: "open" | "enter" | "assess" | "decide" | "close";
  readonly isAllowed: boolean;
  readonly reason: ActReason;
  readonly level?: number;
  readonly participant?: string;
  /** Participants of the cohort that may be opened, or places left in the one that is open. */
  readonly size?: number;
  /** The first day on which it may happen, where a date decides. */
  readonly from?: IsoDate;
}

/** Where an open part stands on a day. */
export interface PartStatus {
  readonly on: IsoDate;
  readonly isTest: boolean;
  readonly isClosed: boolean;
  /** Level for the next part, if the part was closed with one. */
  readonly decidedLevel?: number | null;
  readonly isSuperseded: boolean;
  readonly next: readonly NextAct[];
  readonly rule: NextStep;
  readonly cohorts: readonly {
    readonly cohort: number;
    readonly level: number;
    readonly size: number;
    readonly participants: readonly PartParticipant[];
  }[];
  readonly decisions: readonly PartDecision[];
  /** What was done although the rule or a date said otherwise. */
  readonly overrides: readonly PartOverride[];
}

/** A decision as it was recorded: what the rule said at the data cut, and what people decided. */
export type PartDecision = CohortDecided | PartClosed;

/** An override, with what it was about; a decision has what the rule said beside what people decided. */
export type PartOverride = Override &
  (
    | { readonly about: "cohort"; readonly cohort: number; readonly level: number }
    | { readonly about: "participant"; readonly participant: string }
    | { readonly about: "decision"; readonly decision: PartDecision }
  );

/**
 * What may happen next in an open part, from when, and why not now.
 *
 * @param on - the day that is asked about
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`, `escalation.history_invalid`, `escalation.level_unknown`,
 *   `escalation.too_many_pending`
 */
export function partStatus(state: OpenPartState, on: IsoDate): PartStatus {
  requireFields(state, "an open part, as its log has it", { design: "a map", cohorts: "a list", decisions: "a list" });
  const { closed, isSuperseded } = state;
  return deepFreeze({
    on,
    isTest: state.isTest,
    isClosed: closed !== undefined,
    ...(closed === undefined ? {} : { decidedLevel: closed.level }),
    isSuperseded,
    next: closed === undefined ? nextActs(state, on) : [],
    rule: nextStep(state.design, historyAt(state, on)),
    cohorts: state.cohorts.map(({ cohort, level, size }) => ({
      ...{ cohort, level, size, participants: membersOf(state, cohort) },
    })),
    decisions: decisionsOf(state),
    overrides: overridesOf(state),
  });
}

const decisionsOf = ({ decisions, closed }: OpenPartState): readonly PartDecision[] => [
  ...decisions,
  ...(closed === undefined ? [] : [closed]),
];

function nextActs(state: OpenPartState, on: IsoDate): readonly NextAct[] {
  const cohort = nextCohortOf(state);
  const places = placesLeft(state);
  const unassessed = state.participants.filter(({ outcome }) => outcome === undefined);
  return [
    ...(cohort === undefined ? [] : [{ act: "open", isAllowed: true, reason: "as-decided", ...cohort } as const]),
    ...(places > 0 ? [entering(state, on, places)] : []),
    ...unassessed.map((own): NextAct => {
      const from = windowEnd(state.design.conduct, own.dosedOn);
      const isOver = from <= on;
      const reason = isOver ? "window-over" : "window-open";
      return { act: "assess", participant: own.id, isAllowed: isOver, from, reason };
    }),
    ...(state.cohorts.length > 0 && cohort === undefined ? deciding(state, on, places) : []),
  ];
}

function deciding(state: OpenPartState, on: IsoDate, places: number): readonly NextAct[] {
  const { action, reason } = nextStep(state.design, historyAt(state, on));
  const isOpen = places > 0 && (action === "stay" || membersOf(state, state.cohorts.length).length === 0);
  const why = state.isSuperseded ? "late-dlt" : isOpen ? "cohort-open" : reason;
  const isAllowed = state.isSuperseded || (action !== "wait" && !isOpen);
  return [
    { act: "decide", isAllowed, reason: why },
    ...(action === "stop" ? [{ act: "close", isAllowed: true, reason } as const] : []),
  ];
}

function entering(state: OpenPartState, on: IsoDate, places: number): NextAct {
  const level = state.cohorts.at(-1)?.level ?? 0;
  const from = earliestDosing(state);
  const isEarly = from !== undefined && on < from;
  const reason = state.isSuperseded ? "late-dlt" : isEarly ? "interval" : "places-left";
  return {
    ...{ act: "enter", level, size: places, isAllowed: reason === "places-left", reason },
    ...(from === undefined ? {} : { from }),
  };
}

function overridesOf(state: OpenPartState): readonly PartOverride[] {
  return [
    ...state.cohorts.flatMap(({ cohort, level, override }): PartOverride[] =>
      override === undefined ? [] : [{ about: "cohort", cohort, level, ...override }],
    ),
    ...state.participants.flatMap(({ id, override }): PartOverride[] =>
      override === undefined ? [] : [{ about: "participant", participant: id, ...override }],
    ),
    ...decisionsOf(state).flatMap((decision): PartOverride[] =>
      decision.reason === undefined || isAsTheRuleSaid(decision)
        ? []
        : [{ about: "decision", decision, reason: decision.reason, by: decision.decidedBy }],
    ),
  ];
}

function isAsTheRuleSaid(decision: PartDecision): boolean {
  if (decision.type === "part-closed") return decision.level === decision.recommended;
  return decision.level === decision.rule.level && decision.rule.action !== "wait";
}
