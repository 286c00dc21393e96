/*
 * What the events of the log of an open, escalating part do and what is refused: docs/conduct-open-part.md and
 * docs/errors/conduct.md, with the rule of docs/escalation.md by the second program for it. What the pages did not say
 * was asked of the package, and stands in them now. Nothing of allocell is imported here.
 */
import { secondPending, type SecondDesign, type SecondPendingAnswer } from "../escalation/secondProgram.js";
import { Refused, textOf, type Event } from "./chain.js";

interface Conduct {
  readonly window: { readonly throughStudyDay: number; readonly dosingIsDay: number };
  readonly gapsDays: readonly number[];
  readonly reviewDays: number;
  readonly lateDlt: "flag" | "count";
  readonly mostReplacements: number;
}

interface Dosed {
  readonly cohort: number;
  readonly dosedOn: string;
  readonly replaces: string | undefined;
  outcome: string | undefined;
  on: string | undefined;
  lateOn: string | undefined;
}

/** What the log says so far. */
export interface Part {
  readonly design: SecondDesign;
  readonly conduct: Conduct;
  readonly cohorts: { readonly level: number; readonly size: number }[];
  readonly people: Map<string, Dosed>;
  readonly decisions: {
    readonly dataCut: string;
    readonly decidedOn: string;
    readonly level: number | null;
    /** Of the next cohort. */
    readonly size: number;
    readonly afterCohort: number;
  }[];
  isSuperseded: boolean;
  isClosed: boolean;
}

const DAY = 86_400_000;
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The last day on which a DLT counts. */
export const windowEnd = ({ window }: Conduct, dosedOn: string): string =>
  addDays(dosedOn, window.throughStudyDay - window.dosingIsDay);

export function openedPart(event: Event): Part {
  const design = event["design"] as SecondDesign & { readonly conduct: Conduct };
  return {
    design,
    conduct: design.conduct,
    cohorts: [],
    people: new Map(),
    decisions: [],
    isSuperseded: false,
    isClosed: false,
  };
}

const peopleOf = ({ people }: Part, cohort: number): readonly Dosed[] =>
  [...people.values()].filter((one) => one.cohort === cohort);

/** How somebody counts at a data cut, by what the log holds. */
function outcomeAt({ conduct }: Part, { dosedOn, outcome, on, lateOn }: Dosed, dataCut: string): string {
  const end = windowEnd(conduct, dosedOn);
  const dltOn = outcome === "dlt" ? on : lateOn;
  const isCounted = dltOn !== undefined && dltOn <= dataCut && (dltOn <= end || conduct.lateDlt === "count");
  if (isCounted) return "dlt";
  if (outcome === "not-evaluable") return "left out";
  if (outcome === undefined && lateOn === undefined) return "pending";
  const isEarly = outcome === "no-dlt" && on !== undefined && on < end;
  return dataCut >= end || isEarly ? "no-dlt" : "pending";
}

/** What the rule says at a data cut. */
export function proposalAt(part: Part, dataCut: string): SecondPendingAnswer {
  const history = part.cohorts.flatMap(({ level }, index) => {
    const dosed = peopleOf(part, index + 1).filter(({ dosedOn }) => dosedOn <= dataCut);
    const outcomes = dosed.map((one) => outcomeAt(part, one, dataCut));
    const count = (what: string): number => outcomes.filter((one) => one === what).length;
    const cohort = { level, safe: count("no-dlt"), toxic: count("dlt"), pending: count("pending") };
    return cohort.safe + cohort.toxic + cohort.pending === 0 ? [] : [cohort];
  });
  return secondPending(part.design, history);
}

type Refuse = (code: string) => never;

function openCohort(part: Part, event: Event, refuse: Refuse): void {
  const [cohort, level, size] = [Number(event["cohort"]), Number(event["level"]), Number(event["size"])];
  if (cohort !== part.cohorts.length + 1) refuse("conduct.cohort_number");
  if (level < 1 || level > part.design.levels.length) refuse("conduct.level_unknown");
  if (event["override"] === undefined) {
    if (part.isSuperseded) refuse("conduct.decision_superseded");
    const decided = part.decisions.at(-1);
    const isDecided = decided?.afterCohort === part.cohorts.length && decided.level !== null;
    if (part.cohorts.length > 0 && !isDecided) refuse("conduct.no_decision");
    const allowed = decided ?? secondPending(part.design, []);
    if (level !== allowed.level || size !== allowed.size) refuse("conduct.not_decided");
  }
  part.cohorts.push({ level, size });
}

/** The first day on which somebody of the open cohort may be dosed. */
function earliest(part: Part): string {
  const cohort = part.cohorts.length;
  const dosed = peopleOf(part, cohort)
    .map(({ dosedOn }) => dosedOn)
    .sort();
  const last = dosed.at(-1);
  if (last === undefined) {
    const before = peopleOf(part, cohort - 1)
      .map(({ dosedOn }) => dosedOn)
      .sort()
      .at(-1);
    const reviewed = before === undefined ? "" : addDays(windowEnd(part.conduct, before), 1 + part.conduct.reviewDays);
    return [reviewed, part.decisions.at(-1)?.decidedOn ?? ""].sort().at(-1) ?? "";
  }
  const { gapsDays } = part.conduct;
  return addDays(last, gapsDays[Math.min(dosed.length, gapsDays.length) - 1] ?? 0);
}

/** The size of the last cohort, and one more for each who is left out, as far as the rule lets them be replaced. */
function placesLeft(part: Part): number {
  const members = peopleOf(part, part.cohorts.length);
  const lost = members.filter(({ outcome }) => outcome === "not-evaluable").length;
  return (part.cohorts.at(-1)?.size ?? 0) + Math.min(lost, part.conduct.mostReplacements) - members.length;
}

function enter(part: Part, event: Event, refuse: Refuse): void {
  const [id, cohort, dosedOn] = [textOf(event, "participant"), Number(event["cohort"]), textOf(event, "dosedOn")];
  if (part.people.has(id)) refuse("conduct.participant_entered");
  if (part.cohorts.length === 0) refuse("conduct.no_cohort");
  if (cohort !== part.cohorts.length) refuse("conduct.cohort_not_open");
  if (dosedOn > event.at.slice(0, 10)) refuse("conduct.date_in_future");
  const replaces = event["replaces"] as string | undefined;
  if (event["override"] === undefined) {
    if (part.isSuperseded) refuse("conduct.decision_superseded");
    if (placesLeft(part) <= 0) refuse("conduct.cohort_full");
    if (dosedOn < earliest(part)) refuse("conduct.too_early");
  }
  part.people.set(id, { cohort, dosedOn, replaces, outcome: undefined, on: undefined, lateOn: undefined });
}

function assess(part: Part, event: Event, refuse: Refuse): void {
  const person = part.people.get(textOf(event, "participant")) ?? refuse("conduct.participant_unknown");
  const [on, outcome] = [textOf(event, "on"), textOf(event, "outcome")];
  const end = windowEnd(part.conduct, person.dosedOn);
  if (event.type === "late-dlt") {
    if (on <= end) refuse("conduct.window_open");
    person.lateOn = on;
    part.isSuperseded = true;
    return;
  }
  if (person.outcome !== undefined) refuse("conduct.assessed_already");
  if (on < person.dosedOn) refuse("conduct.dlt_before_dosing");
  if (outcome === "dlt" && on > end) refuse("conduct.window_over");
  const isUnexplained = event["reason"] === undefined;
  if (outcome === "no-dlt" && on < end && isUnexplained) refuse("conduct.window_open");
  if (outcome === "not-evaluable" && isUnexplained) refuse("conduct.reason_missing");
  [person.outcome, person.on] = [outcome, on];
}

function decide(part: Part, event: Event, refuse: Refuse): void {
  const dataCut = textOf(event, "dataCut");
  const level = event["level"] as number | null;
  const proposal = proposalAt(part, dataCut);
  if (part.decisions.at(-1)?.dataCut === dataCut && !part.isSuperseded) refuse("conduct.decided_already");
  if (textOf(event, "decidedOn") < dataCut) refuse("conduct.dates_backwards");
  if (event.type === "part-closed") {
    const recommended = "recommended" in proposal ? (proposal.recommended ?? null) : null;
    if (event["recommended"] !== recommended) refuse("conduct.proposal_differs");
    if (level !== recommended && event["reason"] === undefined) refuse("conduct.reason_missing");
    part.isClosed = true;
    return;
  }
  const stated = event["rule"] as Record<string, unknown>;
  const isSame = ["action", "level", "size", "recommended"].every(
    (name) => stated[name] === (proposal as unknown as Record<string, unknown>)[name],
  );
  if (!isSame) refuse("conduct.proposal_differs");
  if (level !== proposal.level && event["reason"] === undefined) refuse("conduct.reason_missing");
  const isAsTheRule = level === proposal.level && proposal.size > 0;
  part.decisions.push({
    ...{ dataCut, decidedOn: textOf(event, "decidedOn"), level, afterCohort: part.cohorts.length },
    size: isAsTheRule ? proposal.size : (part.cohorts.at(-1)?.size ?? 1),
  });
  part.isSuperseded = false;
}

/** One event behind the log of the part. */
export function applyToPart(part: Part, event: Event, line: number): void {
  const refuse: Refuse = (code) => {
    throw new Refused({ code, line });
  };
  if (part.isClosed && event.type !== "late-dlt" && event.type !== "part-closed") refuse("conduct.part_closed");
  switch (event.type) {
    case "cohort-opened":
      openCohort(part, event, refuse);
      return;
    case "entered":
      enter(part, event, refuse);
      return;
    case "dlt-assessed":
    case "late-dlt":
      assess(part, event, refuse);
      return;
    case "cohort-decided":
    case "part-closed":
      decide(part, event, refuse);
      return;
    case "opened":
      return refuse("conduct.opened_twice");
    default:
      return refuse("conduct.event_invalid");
  }
}
