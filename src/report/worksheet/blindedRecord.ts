import { VERSION } from "../../version.js";
import { blank, field, h, section, signature, table, type ReportElement } from "../page/element.js";
import { say, type TextKey } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "./blindedPreparation.js";
import { statedOrLine } from "./processRecord.js";
import { localTimeText, numberText, rateText } from "./shownValues.js";

/** What a blinded paper is made from: the preparation without a treatment, and the language of the paper. */
export interface BlindedProps {
  readonly blinded: BlindedPreparation;
  readonly language: Language;
}

/** Whose trial it is, and where. */
function trialAndSite({ blinded: { texts }, language }: BlindedProps): ReportElement {
  return h(
    "section",
    null,
    h(
      "div",
      { class: "grid" },
      statedOrLine({ language }, "field.trialCode", texts.trialCode, "wide"),
      statedOrLine({ language }, "field.sponsor", texts.sponsor, "four"),
      statedOrLine({ language }, "field.site", texts.site, "wide"),
      statedOrLine({ language }, "field.investigator", texts.investigator, "wide"),
      statedOrLine({ language }, "field.contact", texts.contact, "wide"),
      statedOrLine({ language }, "field.trialTitle", texts.trialTitle, "four"),
      statedOrLine({ language }, "field.formNumber", texts.formNumber, "wide"),
    ),
  );
}

/** What is in the bag, for whom, and until when: the same in every arm. */
function bag({ blinded, language }: BlindedProps): ReportElement {
  const row = (name: TextKey, value: string, width = ""): ReportElement => field(language, name, value, width);
  return h(
    "div",
    { class: "rows" },
    row("field.subject", blinded.subject, "large"),
    row("field.kit", blinded.kit, "large"),
    row("field.visit", blinded.visit),
    statedOrLine({ language }, "field.administration", blinded.administration),
    row("field.finalVolume", `${numberText(language, blinded.finalVolumeMl)} mL`),
    row("field.rate", rateText(blinded.rateMlPerMin) ?? ""),
    row("field.startBy", localTimeText(blinded.startBy)),
    row("field.expiry", localTimeText(blinded.expiresAt)),
    row("field.route", blinded.route),
    row("field.storage", blinded.storage),
  );
}

/** Lines of interruptions. */
const PAUSES = 3;

/** Lines of vital signs. */
const VITALS = 4;

/** What the nurse writes: `allocell record` asks for start, stop and volume given. */
function infusion({ language }: BlindedProps): ReportElement {
  const line = (name: TextKey, width = "wide"): ReportElement => blank(language, name, width);
  return section(
    language,
    "section.infusion",
    h(
      "div",
      { class: "grid" },
      line("blank.ward"),
      line("blank.person"),
      line("blank.handOver"),
      line("blank.receivedAt"),
      line("blank.identityChecked"),
      line("blank.bagIntact"),
      line("blank.line"),
      line("blank.rest", "four"),
      line("blank.infusionStart"),
      line("blank.infusionStop"),
      line("blank.volumeGiven"),
    ),
    table(
      language,
      ["column.pausedAt", "column.resumedAt", "column.pauseReason", "column.by"],
      Array.from({ length: PAUSES }, () => ["", "", "", ""]),
      "pauses",
    ),
    table(
      language,
      ["column.vitals", "column.by"],
      Array.from({ length: VITALS }, () => ["", ""]),
      "vitals",
    ),
    h("div", { class: "grid" }, line("blank.notAllGiven", "full"), line("blank.reactions", "full")),
  );
}

/** The record that goes with the bag to blinded people: what is stated, and lines for what happens. */
export function BlindedRecord(props: BlindedProps): ReportElement {
  const { language } = props;
  const signed = (...names: readonly TextKey[]): ReportElement =>
    h("div", { class: "signatures" }, ...names.map((name) => signature(language, name)));
  return h(
    "main",
    { class: "sheet blinded" },
    h(
      "header",
      null,
      h("h1", null, say(language, "blinded.title"), h("small", null, say(language, "blinded.note"))),
      h("div", { class: "mark" }, say(language, "blinded.kind")),
    ),
    trialAndSite(props),
    bag(props),
    signed("sign.preparer", "sign.checker"),
    infusion(props),
    signed("sign.givenBy", "sign.witness"),
    h("footer", null, h("span", null, `allocell ${VERSION}`), h("span", null, say(language, "footer.corrections"))),
  );
}
