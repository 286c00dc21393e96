import { SIGNS, bracketed } from "../texts/signs.js";
import { h, paragraph, type ReportElement } from "../page/element.js";
import { questionText, say } from "../texts/catalogue.js";
import { factSource } from "../texts/stepText.js";
import type { WorksheetProps } from "./worksheetProps.js";

/**
 * Of a licensed product: what its sources state, each with its citation, and what they leave open. Several components
 * are of one product: it stands on the sheet of the last one.
 */
export function ofProduct({ preparation, language }: WorksheetProps): ReportElement | null {
  const { labelFacts, openQuestions, component } = preparation;
  if (labelFacts === undefined || (component !== undefined && component.number < component.of)) return null;
  const between = SIGNS[language].between;
  const facts = labelFacts.map(
    ({ statement, source }) => `${statement}${bracketed(language, factSource(language, source))}`,
  );
  const questions = openQuestions.map((question) => questionText(language, question));
  const stated = paragraph(
    language,
    "section.facts",
    facts.length === 0 ? say(language, "word.noFacts") : facts.join(between),
  );
  if (questions.length === 0) return stated;
  return h("div", null, stated, paragraph(language, "section.questions", questions.join(between)));
}
