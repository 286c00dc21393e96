import { SIGNS, bracketed } from "../texts/signs.js";
import { h, paragraph, section, table, type ReportElement } from "../page/element.js";
import { assumptionText } from "../texts/assumptionTexts.js";
import { say, warningText } from "../texts/catalogue.js";
import { valueText } from "../texts/valueText.js";
import type { WorksheetProps } from "./worksheetProps.js";

/** The lot that a warning speaks of, by its path: of several lots each has its own row. */
function lotOf({ order }: WorksheetProps["preparation"], path: string): string {
  const { part, index } = /^(?:then\.(?<part>\d+)\.)?lots\.(?<index>\d+)(?:\.|$)/u.exec(path)?.groups ?? {};
  const { lots } = part === undefined ? order : (order.then?.[Number(part)] ?? {});
  const lot = index === undefined ? undefined : lots?.[Number(index)];
  return lot === undefined ? "" : `[${lot.lot}] `;
}

/** Every warning with what was found and expected, and who accepted it and why; an open one has a line to write. */
export function warningsTable({ preparation, language }: WorksheetProps): ReportElement {
  const inWords = (text: string | undefined): string => (text === undefined ? "—" : valueText(language, text));
  const { warnings } = preparation;
  if (warnings.length === 0) {
    return paragraph(language, "section.warnings", say(language, "word.noWarnings"));
  }
  return section(
    language,
    "section.warnings",
    table(
      language,
      ["column.warning", "column.found", "column.expected", "column.accepted"],
      warnings.map(({ code, path, message, received, expected, override }) => [
        h(
          "span",
          null,
          h("b", null, code),
          ` ${lotOf(preparation, path)}${warningText(language, code, preparation.unitKind) ?? message}`,
        ),
        inWords(received),
        inWords(expected),
        override === undefined
          ? h("i", { class: "line" }, " ")
          : `${override.reason}${SIGNS[language].semicolon}${override.by}`,
      ]),
      "warnings",
    ),
  );
}

/** The answers to the assumptions, one after the other: they fill the page else. A licensed product has none. */
export function assumptions({ preparation, language }: WorksheetProps): ReportElement | null {
  const { assumptions: lines, trial } = preparation;
  if (lines.length === 0 && trial === undefined) return null;
  const items = lines.flatMap(({ key, value, reason }, index) => [
    index === 0 ? "" : SIGNS[language].between,
    h("b", null, assumptionText(language, key, value, preparation.unitKind)),
    reason === undefined ? "" : bracketed(language, reason),
  ]);
  return paragraph(language, "section.assumptions", items.length === 0 ? say(language, "word.noAssumptions") : items);
}
