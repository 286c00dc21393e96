import { SIGNS, bracketed } from "../texts/signs.js";
import { h, paragraph, type ReportElement } from "../page/element.js";
import { questionText, say } from "../texts/catalogue.js";
import { sourceText } from "../texts/stepText.js";
import type { WorksheetProps } from "./worksheetProps.js";

/** Of a licensed product: what its sources state, each with its citation, and what they leave open. */
export function ofProduct({ preparation, language }: WorksheetProps): ReportElement | null {
  const { labelFacts, openQuestions } = preparation;
  if (labelFacts === undefined) return null;
  const between = SIGNS[language].between;
  const facts = labelFacts.map(
    ({ statement, source }) => `${statement}${bracketed(language, sourceText(language, source))}`,
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
