import type { Assessment } from "../../assessment/index.js";
import { document, markdown, tableBlocks } from "../describe/markdown.js";
import type { NamedPlot } from "./assessmentPlots.js";
import { assessmentTables, undefinedLines } from "./assessmentTables.js";

/**
 * Warnings, tables and pictures of an assessment, in Markdown; the pictures are links to `NAME.svg`. UNBLINDED.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function toAssessmentMarkdown(assessment: Assessment, pictures: readonly NamedPlot[]): string {
  const missing = undefinedLines(assessment);
  return document([
    "### Warnings",
    assessment.warnings.length === 0
      ? "None."
      : assessment.warnings
          .map(
            ({ message, expected }) => markdown`- ${message}${expected === undefined ? "" : ` Better: ${expected}.`}`,
          )
          .join("\n"),
    ...(missing.length === 0
      ? []
      : ["Not defined or not computed:", missing.map((line) => markdown`- ${line}`).join("\n")]),
    ...assessmentTables([assessment]).flatMap(tableBlocks),
    ...pictures.flatMap(({ name, plot }) => [markdown`![${plot.title}](${name}.svg)`, markdown`${plot.caption}`]),
  ]);
}
