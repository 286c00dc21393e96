import { SIGNS } from "../texts/signs.js";
import type { EscalationAction, EscalationDesign, NextStep } from "../../escalation/index.js";
import { h, type ReportElement } from "../page/element.js";
import { sayIn, type Say } from "../texts/escalationTexts.js";
import type { Issue } from "../../foundation/index.js";
import { reasonText, ruleWarningText } from "../texts/escalationReasonTexts.js";
import type { Language } from "../texts/language.js";

/** `level 2 (medium)`; the label is left out where it is the number. */
export function levelName(say: Say, { levels }: EscalationDesign, level: number | null | undefined): string {
  if (level === null || level === undefined) return say("escalation.none");
  const label = levels[level - 1]?.label ?? "";
  return label === String(level) ? say("escalation.level", { level }) : say("escalation.levelLabel", { level, label });
}

export const actionName = (say: Say, action: EscalationAction | "wait"): string => say(`escalation.action.${action}`);

interface ToldStep {
  readonly action: EscalationAction | "wait";
  readonly level: number | null;
  readonly size?: number;
  readonly recommended?: number | null;
}

/** `stay: 3 at level 2 (medium)`, `stop, recommended: none`, `wait`. */
export function stepName(say: Say, design: EscalationDesign, { action, level, size, recommended }: ToldStep): string {
  if (action === "stop") return say("escalation.stopWith", { level: levelName(say, design, recommended) });
  const name = actionName(say, action);
  if (level === null) return name;
  const place = { action: name, level: levelName(say, design, level) };
  return size === undefined ? say("escalation.go", place) : say("escalation.goWith", { ...place, size });
}

/** The present step with its reason and, while outcomes are pending, what each of them would lead to: one line each. */
export function nextStepLines(design: EscalationDesign, now: NextStep, language: Language): readonly string[] {
  const say = sayIn(language);
  const possible = (now.possible ?? []).map((own) => {
    const outcomes = own.furtherDlt.map((further) => say("escalation.pendingOf", { ...further }));
    const step = stepName(say, design, own);
    return `  ${say("escalation.ifPending", { outcomes: outcomes.join(language === "zh" ? "、" : ", "), step })}`;
  });
  return [
    say("escalation.nowIs", { step: stepName(say, design, now) }),
    `  ${reasonText(language, now.reason)}`,
    ...possible,
  ];
}

/** The title of the warnings of a rule or of a history, and one text for each: none without warnings. */
export function ruleWarnings(warnings: readonly Issue[], language: Language): readonly string[] {
  if (warnings.length === 0) return [];
  const texts = warnings.map((warning) => `${warning.code}: ${ruleWarningText(language, warning)}`);
  return [sayIn(language)("escalation.warnings"), ...texts];
}

/** Trial and part as a paragraph, as far as the design names them. */
export function trialLine(say: Say, { trial, part }: EscalationDesign, language: Language): readonly ReportElement[] {
  const of = [
    ...(trial === undefined ? [] : [say("escalation.trial", { trial })]),
    ...(part === undefined ? [] : [say("escalation.part", { part })]),
  ];
  return of.length === 0 ? [] : [h("p", null, of.join(SIGNS[language].comma))];
}
