import { h, section, type ReportElement } from "../page/element.js";
import { questionText, say } from "../texts/catalogue.js";
import { sourceText } from "../texts/stepText.js";
import type { WorksheetProps } from "./worksheetProps.js";

/** Of a licensed product: what its sources state, each with its citation, and what they leave open. */
export function ofProduct({ preparation, language }: WorksheetProps): ReportElement | null {
  const { labelFacts, openQuestions } = preparation;
  if (labelFacts === undefined) return null;
  const facts = labelFacts.map(({ statement, source }) => `${statement} (${sourceText(language, source)})`);
  const questions = openQuestions.map((question) => questionText(language, question));
  return section(
    language,
    "section.facts",
    h("p", { class: "small" }, facts.length === 0 ? say(language, "word.noFacts") : facts.join(" · ")),
    questions.length === 0
      ? null
      : h("p", { class: "small" }, h("b", null, say(language, "section.questions")), ": ", questions.join(" · ")),
  );
}
