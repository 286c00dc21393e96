import { ASSESSMENT_CSS } from "../assessment/assessmentStyle.js";
import { figure, tableElements, type DrawnPlot } from "../assessment/toAssessmentHtml.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { sayIn } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { escalationTables, type EscalationReport } from "./escalationTables.js";

/**
 * The design of an escalating part with its decisions, characteristics and pathways, as one HTML document for the
 * appendix of a protocol: it runs nothing and loads nothing.
 *
 * @throws AllocellError `report.picture_invalid` for a figure that is no plain SVG element
 */
export function toEscalationHtml(
  report: EscalationReport,
  figures: readonly DrawnPlot[] = [],
  language: Language = "en",
): string {
  const { trial, part } = report.design;
  const say = sayIn(language);
  const of = [
    trial === undefined ? "" : say("escalation.trial", { trial }),
    part === undefined ? "" : say("escalation.part", { part }),
  ].filter((text) => text !== "");
  const title = say("escalation.title");
  return toHtmlPage(language, title, ASSESSMENT_CSS, [
    h("h1", null, title),
    ...(of.length === 0 ? [] : [h("p", null, of.join(language === "zh" ? "，" : ", "))]),
    h("p", null, say("escalation.proposal")),
    ...escalationTables(report, language).flatMap(tableElements),
    ...figures.map(figure),
  ]);
}
