import { SIGNS, bracketed } from "../texts/signs.js";
import { compare, readFraction } from "../../quantity/index.js";
import { field, h, section, type ReportElement } from "../page/element.js";
import { say, type TextKey } from "../texts/catalogue.js";
import { countText, largeText, numberText, unitText } from "./shownValues.js";
import type { WorksheetProps } from "./worksheetProps.js";

const PER = { "per-kg": "/kg", "per-m2": "/m²", flat: "" };

function levelText({ preparation, language }: WorksheetProps): string {
  const { rule } = preparation.target;
  if (rule.kind === "whole-containers") return say(language, "word.wholeContainers");
  if (!("amount" in rule)) return say(language, "word.placebo");
  const { amount, kind } = rule;
  return countText(language, { amount, unitKind: preparation.unitKind }, PER[kind]);
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
  const comma = SIGNS[language].comma;
  const isCapped =
    cap !== undefined && (maximum === undefined || compare(readFraction(cap.amount), readFraction(maximum)) < 0);
  const upper = isCapped ? cap.amount : maximum;
  const upTo = isCapped ? `${comma}${say(language, "word.upToCap")}` : "";
  if (minimum === undefined || upper === undefined) {
    const end = upper ?? minimum ?? "0";
    return `${say(language, upper === undefined ? "word.atLeast" : "word.atMost")} ${countText(language, { amount: end, unitKind })}${upTo}`;
  }
  const between = ` ${say(language, "word.to")} `;
  const [low, high] = [numberText(language, minimum), numberText(language, upper)];
  const large = largeText(language, upper);
  const words =
    large === undefined ? "" : bracketed(language, `${largeText(language, minimum) ?? low}${between}${large}`);
  return `${low}${between}${high} ${unitText(language, unitKind)}${words}${upTo}`;
}

/** The weight, and the dose that it leads to, with what limits it. */
export function weightAndDose(props: WorksheetProps): ReportElement {
  const { preparation, language } = props;
  const { weight, surface, target, unitKind, isPlacebo } = preparation;
  const { cap } = target;
  const comma = SIGNS[language].comma;
  const wide = (key: TextKey, value: string): ReportElement => field(language, key, value, "wide");
  const measured =
    weight === undefined ? "—" : `${weight.measuredKg} kg${comma}${weight.weighedOn}${comma}${weight.weighedBy}`;
  const dosing =
    weight === undefined
      ? "—"
      : `${numberText(language, weight.dosingKg)} kg${comma}${say(language, `descriptor.${weight.descriptor}`)}${surface === undefined ? "" : `${comma}${surface.m2} m²`}`;
  return section(
    language,
    "section.dose",
    h(
      "div",
      { class: "grid" },
      wide("field.measuredWeight", measured),
      field(language, "field.dosingWeight", dosing),
      field(language, "field.countBasis", say(language, `unit.${unitKind}`).replace(/^个/u, "")),
      wide("field.doseLevel", levelText(props)),
      wide("field.target", isPlacebo ? `0 ${unitText(language, unitKind)}` : countText(language, target.amount)),
      wide("field.cap", cap === undefined ? say(language, "word.none") : countText(language, cap)),
      wide("field.range", allowedText(props)),
    ),
  );
}
