import type { IsoDate } from "../../calendar/index.js";
import {
  canonicalJson,
  foldId,
  requireFields,
  type Issue,
  type PlainCode,
  type ReasonOf,
} from "../../foundation/index.js";
import { nextCohort, nextDosing, windowEnd } from "./conductRules.js";
import type {
  CohortDecided,
  CohortOpened,
  DltAssessed,
  LateDlt,
  ParticipantEntered,
  PartBody,
  PartClosed,
} from "./partEvent.js";
import {
  historyAt,
  membersOf,
  nextCohortOf,
  placesLeft,
  proposalAt,
  type OpenPartState,
  type PartParticipant,
} from "./partState.js";
import { nextStep } from "../nextStep.js";

const issue = (
  reason: ReasonOf<"conduct", PlainCode>,
  path: string,
  message: string,
  expected?: string,
  received?: string,
): Issue => ({
  ...{ code: `conduct.${reason}`, path, message },
  ...(expected === undefined ? {} : { expected }),
  ...(received === undefined ? {} : { received }),
});

/**
 * Why an event cannot follow the state of an open part. What a rule or a date speaks against is accepted with an override,
 * which stays visible; what is impossible is not.
 *
 * @param today - the date of the event's own time: nothing in it may be later
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`, `escalation.history_invalid`, `escalation.level_unknown`,
 *   `escalation.too_many_pending`
 */
export function partIssues(state: OpenPartState, body: PartBody, today: IsoDate): readonly Issue[] {
  requireFields(state, "an open part, as its log has it", { design: "a map", cohorts: "a list", decisions: "a list" });
  requireFields(body, "an event of an open part", { type: "text" });
  const future = futureIssues(body, today);
  if (future.length > 0) return future;
  if (state.closed !== undefined && body.type !== "late-dlt" && body.type !== "part-closed") {
    return [issue("part_closed", "type", "The open part is closed.", "late-dlt, or a new part-closed after one")];
  }
  switch (body.type) {
    case "cohort-opened":
      return cohortIssues(state, body);
    case "entered":
      return enteringIssues(state, body);
    case "dlt-assessed":
      return assessmentIssues(state, body);
    case "late-dlt":
      return lateIssues(state, body);
    case "cohort-decided":
      return decisionIssues(state, body);
    case "part-closed":
      return closingIssues(state, body);
  }
}

function futureIssues(body: PartBody, today: IsoDate): readonly Issue[] {
  const fields: Readonly<Record<string, unknown>> = { ...body };
  return ["dosedOn", "on", "dataCut", "decidedOn"].flatMap((field) => {
    const date = fields[field];
    if (typeof date !== "string" || date <= today) return [];
    return [issue("date_in_future", field, `${date} is after the day of the event.`, `${today} or earlier`, date)];
  });
}

function cohortIssues(state: OpenPartState, { cohort, level, size, override }: CohortOpened): readonly Issue[] {
  const next = state.cohorts.length + 1;
  if (cohort !== next) return [issue("cohort_number", "cohort", "Cohorts are numbered without gaps.", String(next))];
  const { levels } = state.design;
  if (level > levels.length) {
    return [issue("level_unknown", "level", "There is no such dose level.", `1 to ${levels.length}`, String(level))];
  }
  if (override !== undefined) return [];
  if (state.isSuperseded) return [supersededIssue("level")];
  const allowed = nextCohortOf(state);
  if (allowed === undefined) {
    const message = "No decision opens a further cohort.";
    return [issue("no_decision", "cohort", message, "a cohort-decided event after the last cohort, or an override")];
  }
  if (allowed.level === level && allowed.size === size) return [];
  const expected = `${allowed.size} at level ${allowed.level}, or an override`;
  return [issue("not_decided", "level", "The decision says another cohort.", expected, `${size} at level ${level}`)];
}

const supersededIssue = (path: string): Issue =>
  issue("decision_superseded", path, "A late DLT came after the last decision.", "a new decision, or an override");

/**
 * The first day on which the next participant of the last cohort may be dosed.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`
 */
export function earliestDosing(state: OpenPartState): IsoDate | undefined {
  requireFields(state, "an open part, as its log has it", { design: "a map", cohorts: "a list", decisions: "a list" });
  const { conduct } = state.design;
  const cohort = state.cohorts.at(-1)?.cohort ?? 0;
  const last = lastDosed(membersOf(state, cohort));
  if (last !== undefined) return nextDosing(conduct, last, membersOf(state, cohort).length);
  const before = lastDosed(membersOf(state, cohort - 1));
  const decided = state.decisions.at(-1)?.decidedOn;
  const free = before === undefined ? undefined : nextCohort(conduct, before);
  return free === undefined || (decided !== undefined && decided > free) ? decided : free;
}

const lastDosed = (members: readonly PartParticipant[]): IsoDate | undefined =>
  members
    .map(({ dosedOn }) => dosedOn)
    .sort()
    .at(-1);

function enteringIssues(state: OpenPartState, body: ParticipantEntered): readonly Issue[] {
  const { participant, cohort, dosedOn, override, replaces } = body;
  const twin = state.participants.find(({ id }) => foldId(id) === foldId(participant));
  if (twin !== undefined) {
    return [issue("participant_entered", "participant", `"${twin.id}" was entered before.`, "somebody new", twin.id)];
  }
  if (cohort !== state.cohorts.length || cohort === 0) {
    return [
      issue(
        "cohort_not_open",
        "cohort",
        `Cohort ${cohort} is not the open one.`,
        String(state.cohorts.length),
        String(cohort),
      ),
    ];
  }
  const replaced = replacementIssues(state, body);
  if (replaced.length > 0) return replaced;
  const last = lastDosed(membersOf(state, cohort));
  if (last !== undefined && dosedOn < last) {
    return [
      issue("dates_backwards", "dosedOn", "Participants are entered in the order of dosing.", `${last} or later`),
    ];
  }
  if (override !== undefined) return [];
  if (state.isSuperseded) return [supersededIssue("participant")];
  if (placesLeft(state) <= 0) {
    return [
      issue("cohort_full", "cohort", `Cohort ${cohort} is full.`, "the next cohort, or an override", String(cohort)),
    ];
  }
  if (replaces === undefined && openReplacement(state) && ordinaryPlaces(state) <= 0) {
    return [issue("replacement_unnamed", "replaces", "Only a replacement may still enter.", "whom they replace")];
  }
  const earliest = earliestDosing(state);
  if (earliest === undefined || dosedOn >= earliest) return [];
  const message = `The interval is not over on ${dosedOn}.`;
  return [issue("too_early", "dosedOn", message, `${earliest} or later, or an override`, dosedOn)];
}

const openReplacement = (state: OpenPartState): boolean => placesLeft(state) > 0;

function ordinaryPlaces(state: OpenPartState): number {
  const cohort = state.cohorts.at(-1);
  if (cohort === undefined) return 0;
  const members = membersOf(state, cohort.cohort);
  return cohort.size - members.filter(({ replaces }) => replaces === undefined).length;
}

function replacementIssues(state: OpenPartState, { replaces, cohort }: ParticipantEntered): readonly Issue[] {
  if (replaces === undefined) return [];
  const old = state.participants.find(({ id }) => id === replaces);
  const refuse = (message: string, expected = "somebody of this cohort who cannot be evaluated"): Issue[] => [
    issue("replacement_invalid", "replaces", message, expected, replaces),
  ];
  if (old === undefined) return refuse(`The log knows no participant "${replaces}".`);
  if (old.cohort !== cohort)
    return refuse(
      `"${replaces}" is of cohort ${old.cohort}; a replacement is of the same cohort.`,
      `cohort ${old.cohort}`,
    );
  if (old.notEvaluable === undefined || old.dltOn !== undefined) return refuse(`"${replaces}" is evaluable.`);
  if (old.replacedBy !== undefined) return refuse(`"${replaces}" was replaced by "${old.replacedBy}".`, old.replacedBy);
  return [];
}

function known(state: OpenPartState, participant: string): PartParticipant | Issue {
  return (
    state.participants.find(({ id }) => id === participant) ?? {
      code: "conduct.participant_unknown",
      path: "participant",
      message: `The log knows no participant "${participant}".`,
      parameters: { participant },
    }
  );
}

function assessmentIssues(state: OpenPartState, body: DltAssessed): readonly Issue[] {
  const own = known(state, body.participant);
  if ("code" in own) return [own];
  if (own.outcome !== undefined) {
    return [
      issue("assessed_already", "participant", `"${own.id}" was assessed before: ${own.outcome}.`, own.outcome, own.id),
    ];
  }
  const { on, outcome, reason } = body;
  if (on < own.dosedOn) {
    return [issue("dlt_before_dosing", "on", "The day is before the dosing.", `${own.dosedOn} or later`, on)];
  }
  const end = windowEnd(state.design.conduct, own.dosedOn);
  if (outcome === "dlt" && on > end) {
    return [issue("window_over", "on", `The window ended on ${end}.`, `by ${end}, or a late-dlt event`, on)];
  }
  if (outcome === "no-dlt" && on < end && reason === undefined) {
    return [issue("window_open", "on", `The window ends on ${end}.`, `${end} or later, or a reason`, on)];
  }
  if (outcome === "not-evaluable" && reason === undefined) {
    return [issue("reason_missing", "reason", "Say why the outcome can never be known.")];
  }
  return [];
}

function lateIssues(state: OpenPartState, { participant, on }: LateDlt): readonly Issue[] {
  const own = known(state, participant);
  if ("code" in own) return [own];
  const end = windowEnd(state.design.conduct, own.dosedOn);
  if (on > end) return [];
  return [issue("window_open", "on", `The window ended on ${end}: this is no late DLT.`, `after ${end}`, on)];
}

/** Faults of the dates of a decision. */
function datedIssues(state: OpenPartState, { dataCut, decidedOn }: CohortDecided | PartClosed): readonly Issue[] {
  if (decidedOn < dataCut) {
    return [issue("dates_backwards", "decidedOn", "A decision is not older than its data.", `${dataCut} or later`)];
  }
  const last = state.closed ?? state.decisions.at(-1);
  if (last !== undefined && dataCut < last.dataCut) {
    return [issue("dates_backwards", "dataCut", "The last decision had later data.", `${last.dataCut} or later`)];
  }
  return [];
}

function decisionIssues(state: OpenPartState, body: CohortDecided): readonly Issue[] {
  const { dataCut, level, rule, reason } = body;
  if (state.cohorts.length === 0) return [issue("no_cohort", "type", "No cohort was opened yet.")];
  const dated = datedIssues(state, body);
  if (dated.length > 0) return dated;
  const last = state.decisions.at(-1);
  if (last?.dataCut === dataCut && !state.isSuperseded) {
    return [
      issue(
        "decided_already",
        "dataCut",
        `There is a decision on the data of ${dataCut}.`,
        "a later data cut",
        dataCut,
      ),
    ];
  }
  const proposal = proposalAt(state, dataCut);
  if (canonicalJson(proposal) !== canonicalJson(rule)) {
    const told = canonicalJson(proposal);
    return [issue("proposal_differs", "rule", "The rule says otherwise at this data cut.", told, canonicalJson(rule))];
  }
  const seen = nextStep(state.design, historyAt(state, dataCut)).levels;
  if (level !== null && (level > seen.length || seen[level - 1]?.isClosed === true)) {
    return [
      issue("level_closed", "level", `Level ${level} is closed permanently.`, "a level that is open", String(level)),
    ];
  }
  const isOpenCohort = rule.action === "stay" && placesLeft(state) > 0;
  if (isOpenCohort && level === rule.level) {
    return [issue("cohort_open", "level", "The cohort is not complete: no decision is needed to go on with it.")];
  }
  if (level === rule.level && rule.action !== "wait") return [];
  if (reason !== undefined) return [];
  const message =
    rule.action === "wait" ? "Pending outcomes can change the decision." : "This is not what the rule says.";
  return [issue("reason_missing", "reason", message, "the reason of the decision")];
}

function closingIssues(state: OpenPartState, body: PartClosed): readonly Issue[] {
  if (state.closed !== undefined && !state.isSuperseded)
    return [issue("part_closed", "type", "The open part is closed.")];
  const dated = datedIssues(state, body);
  if (dated.length > 0) return dated;
  const { dataCut, level, recommended, reason } = body;
  const now = nextStep(state.design, historyAt(state, dataCut));
  if ((now.recommended ?? null) !== recommended) {
    const told = String(now.recommended ?? "none");
    return [
      issue("proposal_differs", "recommended", "The rule recommends otherwise.", told, String(recommended ?? "none")),
    ];
  }
  const open = historyAt(state, dataCut).some(({ pending }) => pending > 0);
  if (level !== null) {
    if (open) return [issue("pending_outcomes", "level", "Somebody's outcome is not known yet.", "all windows over")];
    const own = now.levels[level - 1];
    if (own === undefined || own.evaluable === 0 || own.isClosed) {
      return [
        issue(
          "level_not_cleared",
          "level",
          `Level ${level} was not cleared.`,
          "a treated level that is open",
          String(level),
        ),
      ];
    }
  }
  if (level === recommended && now.action === "stop") return [];
  if (reason !== undefined) return [];
  return [issue("reason_missing", "reason", "This is not what the rule says.", "the reason of the decision")];
}
