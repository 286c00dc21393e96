import { ASSESSMENT_CSS } from "../assessment/assessmentStyle.js";
import { figure, tableElements, type DrawnPlot } from "../assessment/toAssessmentHtml.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { escalationTables, type EscalationReport } from "./escalationTables.js";

/**
 * The design of an escalating part with its decisions, characteristics and pathways, as one HTML document for the
 * appendix of a protocol: it runs nothing and loads nothing.
 *
 * @throws AllocellError `report.picture_invalid` for a figure that is no plain SVG element
 */
export function toEscalationHtml(report: EscalationReport, figures: readonly DrawnPlot[] = []): string {
  const { trial, part } = report.design;
  const of = [trial === undefined ? "" : `Trial ${trial}`, part === undefined ? "" : `part ${part}`].filter(
    (text) => text !== "",
  );
  const title = "Dose escalation";
  return toHtmlPage("en", title, ASSESSMENT_CSS, [
    h("h1", null, title),
    ...(of.length === 0 ? [] : [h("p", null, of.join(", "))]),
    h("p", null, "What the rule says is a proposal. Every decision is taken by people and recorded with its reason."),
    ...escalationTables(report).flatMap(tableElements),
    ...figures.map(figure),
  ]);
}
