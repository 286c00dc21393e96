import type { DocumentTexts } from "../../trial/index.js";
import { blank, field, h, section, signature, table, type ReportElement } from "../page/element.js";
import { say, type TextKey } from "../texts/catalogue.js";
import { isBlinded } from "./blindedPreparation.js";
import { numberText } from "./shownValues.js";
import { joined, type WorksheetProps } from "./worksheetProps.js";

export interface ProcessRecordProps extends WorksheetProps {
  /** Of the trial and the site. */
  readonly texts: DocumentTexts;
}

/** A text that is stated, or a line to write it on. */
export const statedOrLine = (
  { language }: Pick<WorksheetProps, "language">,
  name: TextKey,
  value: string | undefined,
  width = "",
): ReportElement => (value === undefined ? blank(language, name, width) : field(language, name, value, width));

function head(props: ProcessRecordProps): ReportElement {
  const { preparation, texts } = props;
  const { subject, kit, visit, randomizationNumber } = preparation.order.identification ?? {};
  const stated = (name: TextKey, value: string | undefined, width = "wide"): ReportElement =>
    statedOrLine(props, name, value, width);
  return h(
    "section",
    null,
    h(
      "div",
      { class: "grid" },
      stated("field.site", texts.site),
      stated("field.sponsor", texts.sponsor),
      stated("field.formNumber", texts.formNumber),
      stated("field.trialTitle", texts.trialTitle, "full"),
      stated(isBlinded(preparation) ? "field.subject" : "field.patient", subject),
      stated("field.kit", kit),
      stated("field.randomizationNumber", randomizationNumber),
      stated("field.visit", visit),
      stated("blank.person", undefined),
      stated("blank.ward", undefined),
      stated("blank.prescription", undefined),
      stated("field.investigator", texts.investigator),
      stated("blank.investigatorSigns", undefined),
    ),
  );
}

/** Of what is in the bag: an arm without cells has no certificate, passage or donor. */
function ofCells(props: ProcessRecordProps): ReportElement | null {
  const { preparation, details, language } = props;
  if (preparation.isPlacebo) return null;
  return section(
    language,
    "section.product",
    h(
      "div",
      { class: "grid" },
      blank(language, "blank.certificate", "wide"),
      blank(language, "blank.passage", "wide"),
      statedOrLine(props, "blank.donationNumber", details.receipt?.donationNumber, "wide"),
      blank(language, "blank.storageTemperature", "wide"),
      blank(language, "blank.takenOut", "four"),
    ),
  );
}

/** Lines of a section, each two columns wide where nothing is said. */
function written(
  { language }: ProcessRecordProps,
  heading: TextKey,
  names: readonly (readonly [name: TextKey, width?: string])[],
): ReportElement {
  const lines = names.map(([name, width = "wide"]) => blank(language, name, width));
  return section(language, heading, h("div", { class: "grid" }, lines));
}

/** What is to be done, with the numbers of the worksheet, and who did it and who saw it. */
function steps({ preparation, details, language }: ProcessRecordProps): ReportElement {
  const { containers, delivered, infusion, isPlacebo, unitKind } = preparation;
  const mL = (value: string): string => `${numberText(language, value)} mL`;
  const taken = containers.map(({ lot, containers: count }) => `${count} × ${lot}`).join(", ");
  const rows: readonly (readonly [TextKey, string])[] = [
    ...(isPlacebo
      ? []
      : ([
          ["step.thaw", taken],
          ["step.draw", mL(delivered.drawMl)],
        ] as const)),
    ["step.dilute", joined([mL(infusion.diluentMl), mL(infusion.finalVolumeMl)], " → ")],
    ["step.mix", ""],
    ["step.label", `× ${details.label?.copies ?? 1}`],
  ];
  return section(
    language,
    "section.steps",
    table(
      language,
      ["column.act", "column.asked", "column.done", "column.doneAt", "column.doneBy", "column.seenBy"],
      rows.map(([name, asked]) => [say(language, name, unitKind), asked, "", "", "", ""]),
      "acts",
    ),
  );
}

/** The two boxes of a verdict. */
const verdict = ({ language }: ProcessRecordProps): ReportElement =>
  h("p", { class: "verdict" }, say(language, "blank.verdict"));

/**
 * What is written by hand while one bag is made, beside the worksheet: place, people, equipment, each act seen by two,
 * counts, clearance, hand-over. UNBLINDED.
 */
export function ProcessRecord(props: ProcessRecordProps): ReportElement {
  const { preparation, language } = props;
  const isOfTrial = isBlinded(preparation);
  return h(
    "main",
    { class: "sheet process" },
    h(
      "header",
      null,
      h(
        "h1",
        null,
        say(language, "process.title"),
        isOfTrial ? h("small", null, say(language, "worksheet.unblindedNote")) : null,
      ),
      isOfTrial ? h("div", { class: "mark" }, say(language, "worksheet.unblinded")) : null,
    ),
    head(props),
    ofCells(props),
    written(props, "section.place", [
      ["blank.room"],
      ["blank.cabinet"],
      ["blank.bath"],
      ["blank.syringes", "four"],
      ["blank.clearedBefore"],
    ]),
    written(props, "section.times", [["blank.began"], ["blank.finished"], ["blank.bathTemperature"]]),
    steps(props),
    written(props, "section.counted", [
      ...(preparation.isPlacebo ? [] : ([["blank.count", "four"], ["blank.countedBy"]] as const)),
      ["blank.appearance", "four"],
      ["blank.labels"],
    ]),
    verdict(props),
    written(props, "section.after", [
      ["blank.leftOver", "four"],
      ["blank.clearedAfter"],
      ["blank.handOver", "four"],
      ["blank.deviation"],
    ]),
    h(
      "div",
      { class: "signatures" },
      ...(["sign.preparer", "sign.checker", "sign.releaser"] as const).map((name) => signature(language, name)),
    ),
    h("footer", null, h("span", null, say(language, "footer.corrections"))),
  );
}
