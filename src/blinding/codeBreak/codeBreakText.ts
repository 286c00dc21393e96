import { deepFreeze, requireEach, requireFields } from "../../foundation/index.js";
import type { CodeBreak } from "./codeBreak.js";

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

/** The report of a code break: what was asked by whom and why, what was told, and where the event stands. */
export function codeBreakReport(codeBreak: CodeBreak): CodeBreakReport {
  requireFields(codeBreak, "a code break, as unblind returns it", { arm: "text", how: "text", stratum: "a map" });
  const { status, trial, part, list, participant, number, stratum, how, arm, wrongTreatment, givenArm } = codeBreak;
  const levels = Object.entries(stratum).map(([factor, level]) => `${factor} ${level}`);
  const entered = { assigned: "assigned by randomization", replacement: "assigned as a replacement", forced: "forced" }[
    how
  ];
  const given = givenArm ?? "not on record";
  return deepFreeze({
    format: "allocell-code-break-report-1",
    title: `${status === "TEST" ? "TEST " : ""}CODE BREAK REPORT (UNBLINDED)`,
    warning: "This page shows one participant's treatment. It goes to nobody who must stay blinded.",
    fields: [
      { label: "Trial", text: `${trial}, part ${part}` },
      { label: "List", text: `${list} (${status})` },
      { label: "Participant", text: participant },
      { label: "Randomization number", text: number ?? "none" },
      { label: "Stratum", text: levels.length === 0 ? "none" : levels.join(", ") },
      { label: "Entered", text: entered },
      { label: "Allocated arm", text: arm },
      { label: "Treatment given", text: wrongTreatment ? `another than allocated: ${given}` : "as allocated" },
      { label: "Reason", text: codeBreak.reason },
      { label: "Asked by", text: codeBreak.actor },
      { label: "Date and time", text: codeBreak.at },
      { label: "Event in the log", text: String(codeBreak.event) },
      { label: "Receipt", text: codeBreak.receipt },
    ],
    signatures: [
      { label: "Told to" },
      { label: "Name and signature" },
      { label: "Date" },
      { label: "Sponsor informed on" },
    ],
  });
}

/** The report as plain text. Unblinded. */
export function toCodeBreakReportText(report: CodeBreakReport): string {
  requireFields(report, "a report, as codeBreakReport returns it", { title: "text", warning: "text" });
  const { title, warning, fields, signatures } = report;
  requireEach(fields, "a line of a form", { label: "text" });
  requireEach(signatures, "a line of a form", { label: "text" });
  const width = Math.max(...[...fields, ...signatures].map(({ label }) => label.length));
  const line = ({ label, text }: FormField): string => `${label.padEnd(width)}  ${text ?? "_".repeat(40)}`;
  return [title, "", warning, "", ...fields.map(line), "", ...signatures.map(line), ""].join("\n");
}
