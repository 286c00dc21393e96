import { SIGNS } from "../texts/signs.js";
import { blank, field, h, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedProps } from "../worksheet/blindedRecord.js";
import { DataMatrix } from "./dataMatrix.js";
import { blindedLabelContent, type LabelContent, type LabelField } from "./labelContent.js";
import { requireLabelSize, type RequiredSize } from "./labelSize.js";

export interface LabelProps {
  readonly content: LabelContent;
  readonly language: Language;
  readonly size: RequiredSize;
}

/** The paragraph of a label as one text: "Storage: 15 to 25 °C · Contact: ...". */
export const linesText = ({ lines }: LabelContent, language: Language): string =>
  lines.map((line, index) => `${before(lines, index, language)}${nameText(line.name, language)}${line.value}`).join("");

/** What parts a text of a label from the one before; a Chinese sentence has its own full stop. */
const before = (lines: LabelContent["lines"], index: number, language: Language): string =>
  index === 0 || lines[index - 1]?.value.endsWith("。") === true ? "" : SIGNS[language].between;

const nameText = (name: LabelContent["lines"][number]["name"], language: Language): string =>
  name === undefined ? "" : `${say(language, name)}${SIGNS[language].colon}`;

/** One label. */
export function Label({ content, language, size }: LabelProps): ReportElement {
  const { title, finalVolume, numbers, fields, foot, code, lines } = content;
  const shown = ({ name, value, isWide }: LabelField): ReportElement => {
    const width = isWide === true ? "two" : "";
    return value === undefined ? blank(language, name, width) : field(language, name, value, width);
  };
  return h(
    "main",
    { class: "label" },
    h("div", { class: "top" }, h("span", null, title), h("span", { class: "nowrap" }, finalVolume)),
    h(
      "div",
      { class: "numbers" },
      numbers.map(shown),
      code === undefined ? null : h(DataMatrix, { text: code, moduleMm: size.moduleMm }),
    ),
    h("div", { class: "grid" }, fields.map(shown)),
    lines.length === 0
      ? null
      : h(
          "p",
          { class: "lines" },
          lines.map(({ name, value }, index) => [
            before(lines, index, language),
            nameText(name, language),
            h("b", null, value),
          ]),
        ),
    foot === "" ? null : h("p", { class: "foot" }, foot),
  );
}

/**
 * The label of a blinded bag: the same text in every arm.
 *
 * @throws AllocellError `report.label_invalid`, `report.label_text_too_long`
 */
export function BagLabel({ blinded, language }: BlindedProps): ReportElement {
  const size = requireLabelSize({});
  return h(Label, { content: blindedLabelContent(blinded, language), language, size });
}
