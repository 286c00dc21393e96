import { compare, readFraction, UNIT_KINDS } from "../../quantity/index.js";
import { field, h, section, type ReportElement } from "../page/element.js";
import { say, type TextKey } from "../texts/catalogue.js";
import { countText, millionsText, numberText } from "./shownValues.js";
import type { WorksheetProps } from "./worksheetProps.js";

function levelText({ preparation, language }: WorksheetProps): string {
  const { rule } = preparation.target;
  if (rule.kind === "whole-containers") return say(language, "word.wholeContainers");
  if (!("amount" in rule)) return say(language, "word.placebo");
  const { amount, kind } = rule;
  return countText(language, { amount, unitKind: preparation.unitKind }, kind === "per-kg" ? "/kg" : "");
}

/**
 * Both ends that hold for the dose at this weight. The upper one is never above the cap: where the cap is the lower of
 * the two it is the end, and the text says so.
 */
function allowedText({ preparation, language }: WorksheetProps): string {
  const { unitKind, target } = preparation;
  const { range, cap } = target;
  if (range === undefined) return say(language, "word.none");
  const { minimum, maximum } = range;
  const isCapped =
    cap !== undefined && (maximum === undefined || compare(readFraction(cap.amount), readFraction(maximum)) < 0);
  const upper = isCapped ? cap.amount : maximum;
  const upTo = isCapped ? `, ${say(language, "word.upToCap")}` : "";
  if (minimum === undefined || upper === undefined) {
    const end = upper ?? minimum ?? "0";
    return `${say(language, upper === undefined ? "word.atLeast" : "word.atMost")} ${countText(language, { amount: end, unitKind })}${upTo}`;
  }
  const between = ` ${say(language, "word.to")} `;
  const [low, high] = [numberText(language, minimum), numberText(language, upper)];
  const millions = millionsText(language, upper);
  const words = millions === undefined ? "" : ` (${millionsText(language, minimum) ?? low}${between}${millions})`;
  return `${low}${between}${high} ${UNIT_KINDS[unitKind]}${words}${upTo}`;
}

/** The weight, and the dose that it leads to, with what limits it. */
export function weightAndDose(props: WorksheetProps): ReportElement {
  const { preparation, language } = props;
  const { weight, target, unitKind, isPlacebo } = preparation;
  const { cap } = target;
  const wide = (key: TextKey, value: string): ReportElement => field(language, key, value, "wide");
  const measured = weight === undefined ? "—" : `${weight.measuredKg} kg, ${weight.weighedOn}, ${weight.weighedBy}`;
  const dosing =
    weight === undefined
      ? "—"
      : `${numberText(language, weight.dosingKg)} kg, ${say(language, `descriptor.${weight.descriptor}`)}`;
  return section(
    language,
    "section.dose",
    h(
      "div",
      { class: "grid" },
      wide("field.measuredWeight", measured),
      field(language, "field.dosingWeight", dosing),
      field(language, "field.countBasis", say(language, `unit.${unitKind}`)),
      wide("field.doseLevel", levelText(props)),
      wide("field.target", isPlacebo ? `0 ${UNIT_KINDS[unitKind]}` : countText(language, target.amount)),
      wide("field.cap", cap === undefined ? say(language, "word.none") : countText(language, cap)),
      wide("field.range", allowedText(props)),
    ),
  );
}
