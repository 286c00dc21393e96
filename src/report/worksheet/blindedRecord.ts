import { VERSION } from "../../version.js";
import { field, h, signature, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "./blindedPreparation.js";
import { localTimeText, numberText } from "./shownValues.js";

export interface BlindedProps {
  readonly blinded: BlindedPreparation;
  readonly language: Language;
}

/** The record that goes with the bag to blinded people: the allowed fields and two signatures. */
export function BlindedRecord({ blinded, language }: BlindedProps): ReportElement {
  return h(
    "main",
    { class: "sheet blinded" },
    h(
      "header",
      null,
      h("h1", null, say(language, "blinded.title"), h("small", null, say(language, "blinded.note"))),
      h("div", { class: "mark" }, say(language, "blinded.kind")),
    ),
    h(
      "div",
      { class: "rows" },
      field(language, "field.subject", blinded.subject),
      field(language, "field.kit", blinded.kit),
      field(language, "field.visit", blinded.visit),
      field(language, "field.finalVolume", `${numberText(language, blinded.finalVolumeMl)} mL`),
      field(language, "field.rate", `${blinded.rateMlPerMin} mL/min`),
      field(language, "field.route", blinded.route),
      field(language, "field.expiry", localTimeText(blinded.expiresAt)),
      field(language, "field.storage", blinded.storage),
    ),
    h("div", { class: "signatures" }, signature(language, "sign.preparer"), signature(language, "sign.checker")),
    h("footer", null, h("span", null, `allocell ${VERSION}`)),
  );
}
