import type { EscalationDesign, NextAct, PartOverride, PartStatus } from "../../escalation/index.js";
import { ASSESSMENT_CSS } from "../assessment/assessmentStyle.js";
import { tableElements } from "../assessment/toAssessmentHtml.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { sayIn, type Say } from "../texts/escalationTexts.js";
import { isRuleReason, reasonText } from "../texts/escalationReasonTexts.js";
import type { Language } from "../texts/language.js";
import type { NamedTable } from "./namedTable.js";
import { levelName, stepName, trialLine } from "./escalationWords.js";

/** Where an open part stands, in one line; of a TEST log it says so. */
export function openPartTitle({ on, isTest, isClosed, decidedLevel }: PartStatus, language: Language = "en"): string {
  const say = sayIn(language);
  const level = decidedLevel ?? say("escalation.none");
  const state = isClosed ? say("escalation.stateClosed", { level }) : say("escalation.stateOpen");
  return `${isTest ? "TEST: " : ""}${say("escalation.openPart", { on, state })}`;
}

/** What the rule says on the day of a status. */
export function openPartRule(design: EscalationDesign, { rule }: PartStatus, language: Language = "en"): string {
  const say = sayIn(language);
  return say("escalation.ruleSays", { step: stepName(say, design, rule), why: reasonText(language, rule.reason) });
}

/** Participants, levels, decisions, overrides, and what may happen next. Open: levels and outcomes stand in it. */
export function openPartTables(
  design: EscalationDesign,
  status: PartStatus,
  language: Language = "en",
): readonly NamedTable[] {
  const say = sayIn(language);
  return [
    participantTable(say, status),
    levelTable(say, design, status),
    ...(status.decisions.length === 0 ? [] : [decisionsTable(say, design, status)]),
    ...(status.overrides.length === 0 ? [] : [overrideTable(say, design, status)]),
    nextActsTable(status, language),
  ];
}

/** The record of an open part as one HTML document that runs nothing and loads nothing. */
export function toOpenPartHtml(design: EscalationDesign, status: PartStatus, language: Language = "en"): string {
  const title = openPartTitle(status, language);
  return toHtmlPage(language, title, ASSESSMENT_CSS, [
    h("h1", null, title),
    ...trialLine(sayIn(language), design, language),
    h("p", null, openPartRule(design, status, language)),
    ...openPartTables(design, status, language).flatMap(tableElements),
  ]);
}

function participantTable(say: Say, { cohorts }: PartStatus): NamedTable {
  const rows = cohorts.flatMap(({ cohort, level, participants }) =>
    participants.map(({ id, dosedOn, outcome, lateDltOn, isSentinel, replacedBy }) => {
      const notes = [
        ...(isSentinel ? [say("escalation.sentinel")] : []),
        ...(lateDltOn === undefined ? [] : [say("escalation.lateDlt", { on: lateDltOn })]),
        ...(replacedBy === undefined ? [] : [say("escalation.replacedBy", { participant: replacedBy })]),
      ];
      const told = say(`escalation.outcome.${outcome ?? "pending"}`);
      return [String(cohort), String(level), id, dosedOn, told, notes.join("; ")];
    }),
  );
  return {
    name: "participants",
    title: say("escalation.participants"),
    columns: [
      say("escalation.column.cohort"),
      say("escalation.column.level"),
      say("escalation.column.participant"),
      say("escalation.column.dosed"),
      say("escalation.column.outcome"),
      say("escalation.column.note"),
    ],
    rows,
  };
}

function levelTable(say: Say, design: EscalationDesign, { rule }: PartStatus): NamedTable {
  return {
    name: "levels",
    title: say("escalation.levels"),
    columns: [
      say("escalation.column.level"),
      say("escalation.column.evaluable"),
      say("escalation.column.dlt"),
      say("escalation.column.pending"),
      say("escalation.column.note"),
    ],
    rows: rule.levels.map(({ level, evaluable, dlt, pending, isClosed }) => [
      levelName(say, design, level),
      ...[evaluable, dlt, pending].map(String),
      isClosed ? say("escalation.closedForEver") : "",
    ]),
  };
}

type Decision = PartStatus["decisions"][number];

function decidedName(say: Say, design: EscalationDesign, { type, level }: Decision): string {
  const name = levelName(say, design, level);
  if (type === "part-closed") return say("escalation.partClosed", { level: name });
  return level === null ? say("escalation.noCohort") : name;
}

function ruleName(say: Say, design: EscalationDesign, decision: Decision): string {
  if (decision.type === "cohort-decided") return stepName(say, design, decision.rule);
  return stepName(say, design, { action: "stop", level: null, recommended: decision.recommended });
}

function decisionsTable(say: Say, design: EscalationDesign, { decisions }: PartStatus): NamedTable {
  return {
    name: "decisions",
    title: say("escalation.taken"),
    columns: [
      say("escalation.column.dataCut"),
      say("escalation.column.rule"),
      say("escalation.column.decided"),
      say("escalation.column.decidedOn"),
      say("escalation.column.decidedBy"),
      say("escalation.column.reason"),
    ],
    rows: decisions.map((decision) => [
      decision.dataCut,
      ruleName(say, design, decision),
      decidedName(say, design, decision),
      decision.decidedOn,
      decision.decidedBy,
      decision.reason ?? "",
    ]),
  };
}

function overrideTable(say: Say, design: EscalationDesign, { overrides }: PartStatus): NamedTable {
  return {
    name: "overrides",
    title: say("escalation.overrides"),
    columns: [say("escalation.column.what"), say("escalation.column.reason"), say("escalation.column.decidedBy")],
    rows: overrides.map((own) => [overrideName(say, design, own), own.reason, own.by]),
  };
}

function overrideName(say: Say, design: EscalationDesign, own: PartOverride): string {
  if (own.about === "cohort") return say("escalation.override.cohort", { cohort: own.cohort, level: own.level });
  if (own.about === "participant") return say("escalation.override.participant", { participant: own.participant });
  const { decision } = own;
  return say("escalation.override.decision", {
    dataCut: decision.dataCut,
    decided: decidedName(say, design, decision),
    rule: ruleName(say, design, decision),
  });
}

/** What may happen next, from when, and why not now. */
export function nextActsTable({ next, isClosed, isSuperseded }: PartStatus, language: Language = "en"): NamedTable {
  const say = sayIn(language);
  const [name, title] = ["next", say("escalation.nextActs")];
  if (isClosed && !isSuperseded) return { name, title, columns: [say("escalation.finished")], rows: [] };
  return {
    name,
    title,
    columns: [
      say("escalation.column.what"),
      say("escalation.column.may"),
      say("escalation.column.from"),
      say("escalation.column.why"),
    ],
    rows: next.map((own) => {
      const about = own.participant ?? (own.level === undefined ? "" : say("escalation.level", { level: own.level }));
      return [
        `${say(`escalation.act.${own.act}`)} ${about}`.trim(),
        say(own.isAllowed ? "escalation.yes" : "escalation.notNow"),
        own.from ?? "",
        whyText(say, own, language),
      ];
    }),
  };
}

function whyText(say: Say, { reason, size = 0, from = "" }: NextAct, language: Language): string {
  return isRuleReason(reason) ? reasonText(language, reason) : say(`escalation.because.${reason}`, { size, from });
}
