import type { IsoDate } from "../../calendar/index.js";
import { deepFreeze } from "../../foundation/index.js";
import { windowEnd } from "./conductRules.js";
import { earliestDosing } from "./checkPart.js";
import { nextStep, type NextStep } from "../nextStep.js";
import {
  historyAt,
  membersOf,
  nextCohortOf,
  placesLeft,
  type OpenPartState,
  type PartParticipant,
} from "./partState.js";

/** Something that may happen next, or why it may not yet. */
export interface NextAct {
  readonly act: "open" | "enter" | "assess" | "decide" | "close";
  readonly isAllowed: boolean;
  readonly why: string;
  readonly level?: number;
  readonly participant?: string;
  /** The first day on which it may happen, where a date decides. */
  readonly from?: IsoDate;
}

/** Where an open part stands on a day. */
export interface PartStatus {
  readonly on: IsoDate;
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
  /** What was done although the rule or a date said otherwise. */
  readonly overrides: readonly string[];
}

/**
 * What may happen next in an open part, from when, and why not now.
 *
 * @param on - the day that is asked about
 */
export function partStatus(state: OpenPartState, on: IsoDate): PartStatus {
  const { closed, isSuperseded } = state;
  return deepFreeze({
    on,
    isClosed: closed !== undefined,
    ...(closed === undefined ? {} : { decidedLevel: closed.level }),
    isSuperseded,
    next: closed === undefined ? nextActs(state, on) : [],
    rule: nextStep(state.design, historyAt(state, on)),
    cohorts: state.cohorts.map(({ cohort, level, size }) => ({
      ...{ cohort, level, size, participants: membersOf(state, cohort) },
    })),
    overrides: overridesOf(state),
  });
}

function nextActs(state: OpenPartState, on: IsoDate): readonly NextAct[] {
  const acts: NextAct[] = [];
  const blocked = state.isSuperseded ? "A late DLT came after the last decision: decide anew first." : undefined;
  const cohort = nextCohortOf(state);
  if (cohort !== undefined) {
    acts.push({ act: "open", level: cohort.level, isAllowed: true, why: `${cohort.size} participants, as decided.` });
  }
  const places = placesLeft(state);
  if (places > 0) acts.push(entering(state, on, places, blocked));
  for (const own of state.participants) {
    if (own.outcome !== undefined) continue;
    const end = windowEnd(state.design.conduct, own.dosedOn);
    const why = end <= on ? "The window is over." : `The window ends on ${end}; a DLT may be recorded at once.`;
    acts.push({ act: "assess", participant: own.id, isAllowed: end <= on, from: end, why });
  }
  if (state.cohorts.length > 0 && cohort === undefined) {
    const { action, text } = nextStep(state.design, historyAt(state, on));
    const isOpen = places > 0 && action === "stay";
    acts.push({
      act: "decide",
      isAllowed: action !== "wait" && !isOpen,
      why: isOpen ? "The cohort is not complete." : text,
    });
    if (action === "stop") acts.push({ act: "close", isAllowed: true, why: text });
  }
  return acts;
}

function entering(state: OpenPartState, on: IsoDate, places: number, blocked: string | undefined): NextAct {
  const level = state.cohorts.at(-1)?.level ?? 0;
  const from = earliestDosing(state);
  const isEarly = from !== undefined && on < from;
  const why =
    blocked ?? (isEarly ? `Too early: the interval is over on ${from}.` : `Places left in the cohort: ${places}.`);
  return {
    act: "enter",
    level,
    isAllowed: blocked === undefined && !isEarly,
    why,
    ...(from === undefined ? {} : { from }),
  };
}

function overridesOf({ cohorts, participants, decisions }: OpenPartState): readonly string[] {
  return [
    ...cohorts.flatMap(({ cohort, level, override }) =>
      override === undefined ? [] : [`Cohort ${cohort} at level ${level}: ${override.reason} (${override.by})`],
    ),
    ...participants.flatMap(({ id, override }) =>
      override === undefined ? [] : [`Participant ${id}: ${override.reason} (${override.by})`],
    ),
    ...decisions.flatMap(({ dataCut, level, rule, reason, decidedBy }) =>
      reason === undefined || (level === rule.level && rule.action !== "wait")
        ? []
        : [
            `Decision on the data of ${dataCut}, level ${level ?? "none"} and not ${rule.level ?? rule.action}: ${reason} (${decidedBy})`,
          ],
    ),
  ];
}
