import { UNIT_KINDS } from "../../quantity/index.js";
import { field, h, section, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import { stepText } from "../texts/stepText.js";
import { countText, keptTexts, localTimeText, numberText } from "./shownValues.js";
import type { WorksheetProps } from "./worksheetProps.js";

function dmsoText({ preparation, language }: WorksheetProps): string {
  const { dmsoG, dmsoGPerKg = "", dmsoLimitGPerKg = "" } = preparation.dayTotals ?? {};
  if (dmsoG === undefined) return "—";
  return `${numberText(language, dmsoG)} g, ${dmsoGPerKg} g/kg (${say(language, "word.atMost")} ${dmsoLimitGPerKg})`;
}

function endotoxinText({ preparation, language }: WorksheetProps): string {
  const { endotoxinEu, endotoxinLimitEu = "0" } = preparation.dayTotals ?? {};
  if (endotoxinEu === undefined) return "—";
  return `${numberText(language, endotoxinEu)} EU (${say(language, "word.atMost")} ${numberText(language, endotoxinLimitEu)})`;
}

/** The numbers that the hands need, in one frame. */
export function toPrepare(props: WorksheetProps): ReportElement {
  const { preparation, details, language } = props;
  const { delivered, infusion, containers, stability, isPlacebo, unitKind } = preparation;
  const unit = UNIT_KINDS[unitKind];
  const total = containers.reduce((sum, { containers: count }) => sum + count, 0);
  const thaw = stepText(language, total === 1 ? "1 container" : `${total} containers`, keptTexts(preparation));
  return section(
    language,
    "section.key",
    h(
      "div",
      { class: "key" },
      field(language, "field.containers", isPlacebo ? "—" : thaw),
      field(language, "field.draw", isPlacebo ? "—" : `${numberText(language, delivered.drawMl)} mL`),
      field(language, "field.diluent", `${numberText(language, infusion.diluentMl)} mL`),
      field(language, "field.finalVolume", `${numberText(language, infusion.finalVolumeMl)} mL`),
      field(language, "field.rate", infusion.rateMlPerMin === undefined ? "—" : `${infusion.rateMlPerMin} mL/min`),
      field(language, "field.duration", infusion.minutes === undefined ? "—" : `${infusion.minutes} min`),
      field(language, "field.delivered", isPlacebo ? `0 ${unit}` : countText(language, delivered.amount), "wide nine"),
      field(
        language,
        "field.concentration",
        `${numberText(language, infusion.concentrationPerMl)} ${unit}/mL`,
        "wide nine",
      ),
      field(language, "field.deviationFromTarget", isPlacebo ? "—" : `${delivered.roundingErrorPercent} %`, "nine"),
      field(language, "field.expiry", localTimeText(stability?.expiresAt ?? details.expiresAt ?? "—"), "nine"),
      field(language, "field.thawStart", localTimeText(stability?.thawedAt ?? "—"), "eight"),
      field(language, "field.start", localTimeText(stability?.startAt ?? "—"), "eight"),
      field(language, "field.dmso", dmsoText(props), "wide eight"),
      field(language, "field.endotoxin", endotoxinText(props), "wide eight"),
    ),
  );
}
