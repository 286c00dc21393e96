import type { CodeBreak } from "../../blinding/index.js";
import { deepFreeze, requireEach, requireFields } from "../../foundation/index.js";
import { codeBreakWords } from "../texts/codeBreakTexts.js";
import type { Language } from "../texts/language.js";

/** One line of a form: what is known, or an empty place for a pen. */
export interface FormField {
  readonly label: string;
  /** Absent: to be filled in by hand. */
  readonly text?: string;
}

/** The report of one code break, as data. UNBLINDED. */
export interface CodeBreakReport {
  readonly format: "allocell-code-break-report-1";
  readonly title: string;
  readonly warning: string;
  readonly fields: readonly FormField[];
  /** Empty places that the people concerned fill in. */
  readonly signatures: readonly FormField[];
}

/** What people fill in, in this order: kit, who approved and who was told, what was done, and who signs. */
const PLACES = [
  "kit",
  "approvedBy",
  "toldTo",
  "care",
  "sponsorInformed",
  "investigatorInformed",
  "monitorInformed",
  "signed",
  "date",
  "witness",
  "date",
] as const;

/**
 * The report of a code break: what was asked by whom and why, what was told, and where the event stands.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function codeBreakReport(codeBreak: CodeBreak, language: Language = "en"): CodeBreakReport {
  requireFields(codeBreak, "a code break, as unblind returns it", { arm: "text", how: "text", stratum: "a map" });
  const { status, trial, part, list, participant, number, stratum, how, arm, wrongTreatment, givenArm } = codeBreak;
  const say = codeBreakWords(language);
  const levels = Object.entries(stratum).map(([factor, level]) => `${factor} ${level}`);
  const given = givenArm ?? say("given.unknown");
  return deepFreeze({
    format: "allocell-code-break-report-1",
    title: say(`status.${status}`, { text: say("report.title") }),
    warning: say("report.warning"),
    fields: [
      { label: say("field.trial"), text: say("value.trial", { trial, part }) },
      { label: say("field.list"), text: say("value.list", { list, status }) },
      { label: say("field.participant"), text: participant },
      { label: say("field.number"), text: number ?? say("value.none") },
      { label: say("field.stratum"), text: levels.length === 0 ? say("value.none") : levels.join(", ") },
      { label: say("field.entered"), text: say(`entered.${how}`) },
      { label: say("field.arm"), text: arm },
      { label: say("field.given"), text: wrongTreatment ? say("given.other", { arm: given }) : say("given.allocated") },
      { label: say("field.reason"), text: codeBreak.reason },
      { label: say("field.askedBy"), text: codeBreak.actor },
      { label: say("field.at"), text: codeBreak.at },
      { label: say("field.event"), text: String(codeBreak.event) },
      { label: say("field.receipt"), text: codeBreak.receipt },
    ],
    signatures: PLACES.map((name) => ({ label: say(`field.${name}`) })),
  });
}

/** Columns of a terminal that a text takes: a Chinese sign takes two. */
const columnsOf = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (/[\u2E80-\u9FFF\uFF00-\uFF60]/u.test(sign) ? 2 : 1), 0);

/** The report as plain text. Unblinded. */
export function toCodeBreakReportText(report: CodeBreakReport): string {
  requireFields(report, "a report, as codeBreakReport returns it", { title: "text", warning: "text" });
  const { title, warning, fields, signatures } = report;
  requireEach(fields, "a line of a form", { label: "text" });
  requireEach(signatures, "a line of a form", { label: "text" });
  const width = Math.max(...[...fields, ...signatures].map(({ label }) => columnsOf(label)));
  const line = ({ label, text }: FormField): string =>
    `${label}${" ".repeat(width - columnsOf(label))}  ${text ?? "_".repeat(40)}`;
  return [title, "", warning, "", ...fields.map(line), "", ...signatures.map(line), ""].join("\n");
}
