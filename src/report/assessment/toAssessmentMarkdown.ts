import type { Assessment } from "../../assessment/index.js";
import { document, table } from "../describe/markdown.js";
import type { NamedPlot } from "./assessmentPlots.js";
import { assessmentTables, undefinedLines, type ReportTable } from "./assessmentTables.js";

/** A table under its heading, with its note below. */
export function tableBlocks({ title, columns, rows, note }: ReportTable): readonly string[] {
  return [`### ${title}`, table(columns, rows), ...(note === undefined ? [] : [note])];
}

/** Warnings, tables and pictures of an assessment, in Markdown; the pictures are links to `NAME.svg`. UNBLINDED. */
export function toAssessmentMarkdown(assessment: Assessment, pictures: readonly NamedPlot[]): string {
  const missing = undefinedLines(assessment);
  return document([
    "### Warnings",
    assessment.warnings.length === 0
      ? "None."
      : assessment.warnings
          .map(({ message, expected }) => `- ${message}${expected === undefined ? "" : ` Better: ${expected}.`}`)
          .join("\n"),
    ...(missing.length === 0 ? [] : ["Not defined or not computed:", missing.map((line) => `- ${line}`).join("\n")]),
    ...assessmentTables([assessment]).flatMap(tableBlocks),
    ...pictures.flatMap(({ name, plot }) => [`![${plot.title}](${name}.svg)`, plot.caption]),
  ]);
}
