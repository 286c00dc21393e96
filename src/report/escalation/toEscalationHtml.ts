import { ASSESSMENT_CSS } from "../assessment/assessmentStyle.js";
import { figure, tableElements, type DrawnPlot } from "../assessment/toAssessmentHtml.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { sayIn } from "../texts/escalationTexts.js";
import type { Language } from "../texts/language.js";
import { trialLine } from "./escalationWords.js";
import { escalationTables, type EscalationReport } from "./escalationTables.js";

/** A table of few columns is not drawn as wide as the page. */
const OWN_SIZE = "figure svg{width:auto;max-width:100%}\n";

/**
 * The design of an escalating part with its decisions, characteristics and pathways, as one HTML document for the
 * appendix of a protocol: it runs nothing and loads nothing.
 *
 * @param explained - where its numbers are explained, as its last paragraph
 * @throws AllocellError `report.picture_invalid` for a figure that is no plain SVG element
 */
export function toEscalationHtml(
  report: EscalationReport,
  figures: readonly DrawnPlot[] = [],
  language: Language = "en",
  explained?: string,
): string {
  const say = sayIn(language);
  const title = say("escalation.title");
  return toHtmlPage(language, title, `${ASSESSMENT_CSS}${OWN_SIZE}`, [
    h("h1", null, title),
    ...trialLine(say, report.design, language),
    h("p", null, say("escalation.proposal")),
    ...escalationTables(report, language).flatMap(tableElements),
    ...figures.map(figure),
    ...(explained === undefined ? [] : [h("p", { class: "note" }, explained)]),
  ]);
}
