import { SIGNS } from "../texts/signs.js";
import { h, section, table, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import { sourceText, stepText } from "../texts/stepText.js";
import { keptTexts } from "./shownValues.js";
import type { WorksheetProps } from "./worksheetProps.js";

/** Roundings and sources recur from step to step: each stands once below the table, under a number, as letters are those of formulas. */
function notesOf(
  { preparation, language }: WorksheetProps,
  inWords: (text: string) => string,
): { readonly marks: readonly string[]; readonly legend: string } {
  const notes = new Map<string, string>();
  const markOf = (text: string): string => {
    const mark = notes.get(text) ?? String(notes.size + 1);
    notes.set(text, mark);
    return mark;
  };
  const marks = preparation.steps.map(({ rounding, source }) =>
    [
      ...(rounding === "none" ? [] : [markOf(inWords(rounding))]),
      ...(source === "definition" ? [] : [markOf(sourceText(language, source))]),
    ].join(language === "zh" ? "，" : ",\u00a0"),
  );
  const legend = [...notes].map(([text, mark]) => `${mark}${SIGNS[language].colon}${text}`);
  return { marks, legend: [...legend, say(language, "note.unmarked")].join(SIGNS[language].between) };
}

export function calculation(props: WorksheetProps): ReportElement {
  const { preparation, language } = props;
  const kept = keptTexts(preparation);
  const inWords = (text: string): string => stepText(language, text, kept);
  const { marks, legend } = notesOf(props, inWords);
  return section(
    language,
    "section.calculation",
    table(
      language,
      ["column.step", "column.worked"],
      preparation.steps.map(({ title, formula, worked }, index) => [
        h(
          "span",
          null,
          h("b", null, `${index + 1}. ${inWords(title)}`),
          inWords(title).endsWith("？") ? "" : SIGNS[language].colon,
          inWords(formula),
        ),
        h("span", null, inWords(worked), marks[index] === "" ? null : h("sup", null, ` [${marks[index] ?? ""}]`)),
      ]),
      "steps",
    ),
    h("p", { class: "small" }, legend),
  );
}
