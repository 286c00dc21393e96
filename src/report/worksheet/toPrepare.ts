import { SIGNS, bracketed } from "../texts/signs.js";
import { field, h, section, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import { valueText } from "../texts/valueText.js";
import { latestTimes } from "./blindedPreparation.js";
import { countText, localTimeText, numberText, percentText, rateText, unitText } from "./shownValues.js";
import type { Language } from "../texts/language.js";
import type { WorksheetProps } from "./worksheetProps.js";

const limitText = (language: Language, limit: string): string =>
  bracketed(language, `${say(language, "word.limit")} ${limit}`);

function dmsoText({ preparation, language }: WorksheetProps): string {
  const { dmsoG, dmsoGPerKg = "", dmsoLimitGPerKg = "" } = preparation.dayTotals ?? {};
  if (dmsoG === undefined) return "—";
  return `${numberText(language, dmsoG)} g${SIGNS[language].comma}${dmsoGPerKg} g/kg${limitText(language, `${dmsoLimitGPerKg} g/kg`)}`;
}

function endotoxinText({ preparation, language }: WorksheetProps): string {
  const { endotoxinEu, endotoxinLimitEu = "0" } = preparation.dayTotals ?? {};
  if (endotoxinEu === undefined) return "—";
  return `${numberText(language, endotoxinEu)} EU${limitText(language, `${numberText(language, endotoxinLimitEu)} EU`)}`;
}

/** "1.9 mL from each of 12, 2.9 mL from 1": of several lots a line each, with its name. */
function drawLines({ preparation: { containers }, language }: WorksheetProps): readonly ReportElement[] {
  const used = containers.filter(({ draws }) => draws.length > 0);
  return used.map(({ lot, draws }) => {
    const parts = draws.map(({ containers: count, drawMl }) => {
      const from = count === 1 ? say(language, "word.fromOne") : say(language, "word.fromEachOf");
      return `${numberText(language, drawMl)} mL ${from.replace("#", String(count))}`;
    });
    const text = parts.join(SIGNS[language].comma);
    return h("small", null, used.length === 1 ? text : `${lot}${SIGNS[language].colon}${text}`);
  });
}

/** What is given, and of whole containers the dose for each kilogram, which nobody ordered. */
function deliveredText({ preparation: { delivered, isPlacebo, unitKind }, language }: WorksheetProps): string {
  if (isPlacebo) return `0 ${unitText(language, unitKind)}`;
  const { amount, perKg } = delivered;
  return [amount, ...(perKg === undefined ? [] : [perKg])]
    .map((count) => countText(language, count, count === perKg ? "/kg" : ""))
    .join(" = ");
}

/** What the bag is given by: speed, duration and times. */
function infusionFields({ preparation, details, language }: WorksheetProps): readonly ReportElement[] {
  const { infusion, stability } = preparation;
  const { startBy = "—", expiresAt = "—" } = latestTimes(preparation, details);
  return [
    field(language, "field.rate", rateText(infusion.rateMlPerMin) ?? "—", "wide"),
    field(language, "field.thawStart", localTimeText(stability?.thawedAt ?? "—"), "nine", preparation.unitKind),
    field(language, "field.start", localTimeText(stability?.startAt ?? "—"), "nine"),
    field(language, "field.startBy", localTimeText(startBy), "nine"),
    field(language, "field.expiry", localTimeText(expiresAt), "nine"),
  ];
}

/** The numbers that the hands need, in one frame. */
export function toPrepare(props: WorksheetProps): ReportElement {
  const { preparation, language } = props;
  const { delivered, infusion, containers, isPlacebo, unitKind, dayTotals, together } = preparation;
  const unit = unitText(language, unitKind);
  const total = containers.reduce((sum, { containers: count }) => sum + count, 0);
  const thaw = valueText(language, total === 1 ? "1 container" : `${total} containers`);
  const { diluentPerContainerMl } = preparation.order.infusion;
  const each =
    diluentPerContainerMl === undefined ? "" : ` (${total} × ${numberText(language, diluentPerContainerMl)} mL)`;
  const isWhole = preparation.target.rule.kind === "whole-containers";
  const whole = isWhole ? [h("small", null, say(language, "word.wholeContainers"))] : [];
  const draw = isPlacebo ? "—" : [`${numberText(language, delivered.drawMl)} mL`, ...whole, ...drawLines(props)];
  return section(
    language,
    "section.key",
    h(
      "div",
      { class: "key" },
      field(language, "field.containers", isPlacebo ? "—" : thaw, "", unitKind),
      field(language, "field.draw", draw, "wide"),
      field(language, "field.diluent", `${numberText(language, infusion.diluentMl)} mL${each}`),
      field(language, "field.finalVolume", `${numberText(language, infusion.finalVolumeMl)} mL`),
      field(language, "field.duration", infusion.minutes === undefined ? "—" : `${infusion.minutes} min`),
      infusionFields(props),
      field(language, "field.delivered", deliveredText(props), "three nine"),
      field(
        language,
        "field.concentration",
        `${numberText(language, infusion.concentrationPerMl)} ${unit}/mL`,
        "wide nine",
      ),
      field(
        language,
        "field.deviationFromTarget",
        isPlacebo || isWhole ? "—" : percentText(language, delivered.roundingErrorPercent),
        "nine",
      ),
      together === undefined ? null : field(language, "field.together", countText(language, together), "three nine"),
      dayTotals === undefined
        ? null
        : [
            field(language, "field.dmso", dmsoText(props), "three nine"),
            field(language, "field.endotoxin", endotoxinText(props), "three nine"),
          ],
    ),
  );
}
