import { SIGNS } from "../texts/signs.js";
import { h, section, table, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import { stepText, type StepText } from "../texts/stepText.js";
import type { WorksheetProps } from "./worksheetProps.js";

/** Roundings and sources recur from step to step: each stands once below the table, under a number, as letters are those of formulas. */
function notesOf(
  { preparation, language }: WorksheetProps,
  said: readonly StepText[],
): { readonly marks: readonly string[]; readonly legend: string } {
  const notes = new Map<string, string>();
  const markOf = (text: string): string => {
    const mark = notes.get(text) ?? String(notes.size + 1);
    notes.set(text, mark);
    return mark;
  };
  const marks = preparation.steps.map(({ rounding, source }, index) =>
    [
      ...(rounding === "none" ? [] : [markOf(said[index]?.rounding ?? rounding)]),
      ...(source === "definition" ? [] : [markOf(said[index]?.source ?? source)]),
    ].join(language === "zh" ? "，" : ",\u00a0"),
  );
  const legend = [...notes].map(([text, mark]) => `${mark}${SIGNS[language].colon}${text}`);
  return { marks, legend: [...legend, say(language, "note.unmarked")].join(SIGNS[language].between) };
}

export function calculation(props: WorksheetProps): ReportElement {
  const { preparation, language } = props;
  const said = preparation.steps.map((step) => stepText(language, step, preparation.unitKind));
  const { marks, legend } = notesOf(props, said);
  return section(
    language,
    "section.calculation",
    table(
      language,
      ["column.step", "column.worked"],
      said.map(({ title, formula, worked }, index) => [
        h(
          "span",
          null,
          h("b", null, `${index + 1}. ${title}`),
          title.endsWith("？") ? "" : SIGNS[language].colon,
          formula,
        ),
        h("span", null, worked, marks[index] === "" ? null : h("sup", null, ` [${marks[index] ?? ""}]`)),
      ]),
      "steps",
    ),
    h("p", { class: "small" }, legend),
  );
}
