import { blank, field, h, type ReportElement } from "../page/element.js";
import type { Language } from "../texts/language.js";
import type { BlindedProps } from "../worksheet/blindedRecord.js";
import { blindedLabelContent, type LabelContent, type LabelField } from "./labelContent.js";

export interface LabelProps {
  readonly content: LabelContent;
  readonly language: Language;
}

/** One label. */
export function Label({ content, language }: LabelProps): ReportElement {
  const { title, finalVolume, numbers, fields, foot } = content;
  const shown = ({ name, value, isWide }: LabelField): ReportElement => {
    const width = isWide === true ? "two" : "";
    return value === undefined ? blank(language, name, width) : field(language, name, value, width);
  };
  return h(
    "main",
    { class: "label" },
    h("div", { class: "top" }, h("span", null, title), h("span", { class: "nowrap" }, finalVolume)),
    h("div", { class: "numbers" }, numbers.map(shown)),
    h("div", { class: "grid" }, fields.map(shown)),
    h("p", { class: "foot" }, foot),
  );
}

/** The label of a blinded bag: the same text in every arm. */
export function BagLabel({ blinded, language }: BlindedProps): ReportElement {
  return h(Label, { content: blindedLabelContent(blinded, language), language });
}
