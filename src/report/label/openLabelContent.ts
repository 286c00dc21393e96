import { requireReady, type Preparation } from "../../dose/index.js";
import { fail } from "../../foundation/index.js";
import { groupThousands, readFraction, roundedText, type Count } from "../../quantity/index.js";
import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { latestTimes } from "../worksheet/blindedPreparation.js";
import type { DocumentDetails } from "../worksheet/details.js";
import { countText, localTimeText, rateText } from "../worksheet/shownValues.js";
import type { LabelContent, LabelField } from "./labelContent.js";

/** A fraction of a cell says nothing, and takes the room of what does. */
function deliveredText(language: Language, { amount, unitKind }: Count): string {
  const isOfCells = unitKind.endsWith("cells");
  const shown = isOfCells ? roundedText(readFraction(amount), 0) : amount;
  return `${shown === amount ? "" : `${say(language, "word.about")} `}${countText(language, { amount: shown, unitKind })}`;
}

const timeField = (name: LabelField["name"], time: string | undefined): LabelField => ({
  name,
  value: time === undefined ? undefined : localTimeText(time),
});

/**
 * The label of a licensed product for one person: nothing of it is blind. Rate, expiry and numbers that the order does
 * not state are written in by hand.
 *
 * @throws AllocellError `report.not_open` for the dose of a trial; `dose.warning_open`; `report.field_missing`
 */
export function openLabelContent(preparation: Preparation, details: DocumentDetails, language: Language): LabelContent {
  const { order, infusion, delivered, containers, component } = requireReady(preparation);
  const { dose, product, identification } = order;
  if (dose.from !== "product" || product === undefined) {
    return fail(
      "report.not_open",
      "dose.from",
      "An open label names the product and the dose: only a licensed product gets one.",
      {
        expected: "product",
        received: dose.from,
      },
    );
  }
  const { subject, kit, visit } = identification ?? {};
  const { startBy, expiresAt } = latestTimes(preparation, details);
  return {
    title: [
      product.name,
      ...(component === undefined ? [] : [`${component.name}, ${component.number}/${component.of}`]),
      visit,
    ]
      .filter((part) => part !== undefined)
      .join(" · "),
    finalVolume: `${groupThousands(infusion.finalVolumeMl)} mL`,
    numbers: [
      { name: "field.patient", value: subject },
      { name: "field.kit", value: kit },
    ],
    fields: [
      { name: "field.delivered", value: deliveredText(language, delivered.amount), isWide: true },
      timeField("field.startBy", startBy),
      { name: "column.lot", value: containers.map(({ lot, containers: count }) => `${lot} × ${count}`).join(", ") },
      { name: "field.rate", value: rateText(infusion.rateMlPerMin) },
      { name: "field.route", value: details.route },
      timeField("field.expiry", expiresAt),
      { name: "field.storage", value: details.storage, isWide: true },
    ],
    lines: [],
    foot: say(language, "label.checkPerson"),
  };
}
