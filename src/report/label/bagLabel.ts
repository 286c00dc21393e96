import { field, h, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import type { BlindedProps } from "../worksheet/blindedRecord.js";
import { localTimeText } from "../worksheet/shownValues.js";

/** The label of a blinded bag: the same text in every arm. */
export function BagLabel({ blinded, language }: BlindedProps): ReportElement {
  return h(
    "main",
    { class: "label" },
    h(
      "div",
      { class: "top" },
      h("span", null, say(language, "label.trialUse")),
      h("span", null, `${blinded.finalVolumeMl} mL`),
    ),
    h(
      "div",
      { class: "numbers" },
      field(language, "field.subject", blinded.subject),
      field(language, "field.kit", blinded.kit),
    ),
    h(
      "div",
      { class: "grid" },
      field(language, "field.visit", blinded.visit),
      field(language, "field.rate", `${blinded.rateMlPerMin} mL/min`),
      field(language, "field.route", blinded.route),
      field(language, "field.expiry", localTimeText(blinded.expiresAt)),
      field(language, "field.storage", blinded.storage, "two"),
    ),
    h("p", { class: "foot" }, say(language, "label.checkIdentity")),
  );
}
