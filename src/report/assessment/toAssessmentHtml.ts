import type { Assessment, DynamicAssessment, Suggestion } from "../../assessment/index.js";
import { fail, requireEach, requireFields } from "../../foundation/index.js";
import { h, type ReportElement } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import type { Plot } from "../plots/plot.js";
import { ASSESSMENT_CSS } from "./assessmentStyle.js";
import { assessmentTables, undefinedLines, type ReportTable } from "./assessmentTables.js";
import { recommendation, suggestionTable } from "./recommendation.js";
import { dynamicTables, trialDesignName } from "./trialTables.js";

/** A picture with its drawing, as whoever renders it gives it back. */
export interface DrawnPlot {
  readonly plot: Plot;
  /** An `<svg>` element as text. */
  readonly svg: string;
}

/** What a report of an assessment shows. */
export interface AssessmentReport {
  readonly assessments: readonly Assessment[];
  readonly pictures: readonly DrawnPlot[];
  /** Ranked designs, if they are to be shown. */
  readonly suggestions?: readonly Suggestion[];
  /** Where its numbers are explained, as its last paragraph. */
  readonly explained?: string;
}

/**
 * One or several plans assessed, as one HTML document that holds its pictures, runs nothing and loads nothing.
 *
 * UNBLINDED: it holds block sizes and other parameters of the design.
 *
 * @throws AllocellError `report.nothing_assessed`, `report.picture_invalid` for a picture that is no plain SVG element
 */
export function toAssessmentHtml({ assessments, pictures, suggestions = [], explained }: AssessmentReport): string {
  if (assessments.length === 0) {
    fail("report.nothing_assessed", "assessments", "There is no assessment to report.", { expected: "at least one" });
  }
  const title = `Assessment: ${assessments.map(({ plan }) => plan.list).join(", ")}`;
  const chosen = recommendation(suggestions);
  return toHtmlPage("en", title, ASSESSMENT_CSS, [
    h("h1", null, title),
    h("p", null, assessments.map(({ plan }) => `Trial ${plan.trial}, part ${plan.part}, list ${plan.list}`).join("; ")),
    h("p", { class: "mark" }, "UNBLINDED: this report holds block sizes and parameters of the design."),
    ...assessments.map(warningSection),
    ...assessmentTables(assessments).flatMap(tableElements),
    ...(suggestions.length === 0 ? [] : tableElements(suggestionTable(suggestions))),
    ...(chosen === undefined
      ? []
      : [
          h("p", null, h("b", null, chosen.headline)),
          h(
            "ul",
            null,
            chosen.reasons.map((reason) => h("li", null, reason)),
          ),
        ]),
    h("h2", null, "Pictures"),
    ...pictures.map(figure),
    ...(explained === undefined ? [] : [h("p", { class: "note" }, explained)]),
  ]);
}

/**
 * A dynamic allocation assessed beside other designs, as one HTML document that holds its pictures, runs nothing and
 * loads nothing.
 *
 * UNBLINDED: it holds the parameters of the designs.
 *
 * @param explained - where its numbers are explained, as its last paragraph
 * @throws AllocellError `input.invalid`, `report.picture_invalid` for a picture that is no plain SVG element
 */
export function toDynamicAssessmentHtml(
  assessment: DynamicAssessment,
  pictures: readonly DrawnPlot[],
  explained?: string,
): string {
  requireFields(assessment, "the assessment of a dynamic allocation", { plan: "a map", designs: "a list" });
  requireEach(pictures, "a picture with its drawing", { plot: "a map", svg: "text" });
  const { plan, designs, warnings } = assessment;
  const [own] = designs;
  const title = `Assessment: ${plan.list}`;
  return toHtmlPage("en", title, ASSESSMENT_CSS, [
    h("h1", null, title),
    h("p", null, `Trial ${plan.trial}, part ${plan.part}, list ${plan.list}`),
    h("p", { class: "mark" }, "UNBLINDED: this report holds the parameters of the design."),
    h("p", null, own === undefined ? "" : `The plan: ${trialDesignName(own.design)}.`),
    h("h2", null, `Warnings: ${plan.list}`),
    warnings.length === 0
      ? h("p", null, "None.")
      : h(
          "ul",
          null,
          warnings.map(({ message }) => h("li", null, message)),
        ),
    ...dynamicTables(assessment).flatMap(tableElements),
    h("h2", null, "Figures"),
    ...pictures.map(figure),
    ...(explained === undefined ? [] : [h("p", { class: "note" }, explained)]),
  ]);
}

function warningSection(assessment: Assessment): ReportElement {
  const { warnings, plan } = assessment;
  const missing = undefinedLines(assessment);
  return h(
    "section",
    null,
    h("h2", null, `Warnings: ${plan.list}`),
    warnings.length === 0
      ? h("p", null, "None.")
      : h(
          "ul",
          null,
          warnings.map(({ message, expected }) =>
            h("li", null, message, expected === undefined ? "" : ` Better: ${expected}.`),
          ),
        ),
    missing.length === 0
      ? null
      : h(
          "div",
          null,
          h("p", null, "Not defined or not computed:"),
          h(
            "ul",
            null,
            missing.map((line) => h("li", null, line)),
          ),
        ),
  );
}

/** A table under its heading. */
export function tableElements({ title, columns, rows, note }: ReportTable): readonly ReportElement[] {
  const isNumber = (text = ""): boolean => /^(?:< )?-?\d[\d.]*(?: %)?$/.test(text);
  const row = (tag: "th" | "td", cells: readonly string[]): ReportElement =>
    h(
      "tr",
      null,
      cells.map((cell, k) => h(tag, isRight[k] === true ? { class: "number" } : null, cell)),
    );
  // A column is set to the right if most of its cells are numbers: a design's name may stand above them.
  const isRight = columns.map((_, k) => 2 * rows.filter((cells) => isNumber(cells[k])).length > rows.length);
  return [
    h("h2", null, title),
    h(
      "table",
      null,
      h("thead", null, row("th", columns)),
      h(
        "tbody",
        null,
        rows.map((cells) => row("td", cells)),
      ),
    ),
    ...(note === undefined ? [] : [h("p", { class: "note" }, note)]),
  ];
}

/** A drawn picture with its caption. @throws AllocellError `report.picture_invalid` */
export function figure({ plot, svg }: DrawnPlot): ReportElement {
  const text = svg.trim();
  const isPlain =
    /^<svg[\s>]/.test(text) && text.endsWith("</svg>") && !/<(?:script|foreignObject|iframe)|\son\w+=/i.test(text);
  if (!isPlain) {
    fail("report.picture_invalid", plot.name, `The drawing of "${plot.name}" is no plain SVG.`, {
      expected: "one <svg> element without scripts",
    });
  }
  return h(
    "figure",
    null,
    h("div", { role: "img", "aria-label": plot.caption, dangerouslySetInnerHTML: { __html: text } }),
    h("figcaption", null, plot.caption),
  );
}
