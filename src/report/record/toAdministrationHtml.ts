import type { AdministeredDose, AdministrationRecord, CumulativeExposure, ShownRate } from "../../dose/index.js";
import type { Issue } from "../../foundation/index.js";
import { requireLanguage } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { stepText } from "../texts/stepText.js";
import { valueText } from "../texts/valueText.js";
import { bracketed, SIGNS } from "../texts/signs.js";
import { countText, percentText } from "../worksheet/shownValues.js";
import { issueText } from "./issueText.js";
import { lines, part, rowsTable, titleOf, unblindedPaper } from "./paper.js";
import { recordText } from "./recordTexts.js";

/** What was given, once and in all, and what is to be said of the orders that gave nothing to it. */
export interface GivenDoses {
  readonly administrations: readonly AdministeredDose[];
  readonly cumulative?: CumulativeExposure;
  readonly orderIssues?: readonly Issue[];
}

/** Subject and kit. A record that names none is of those for whom its order was made; the paper says from where it has that. */
function whose(language: Language, { subject, kit, plannedFor = {} }: AdministrationRecord): readonly string[] {
  const ofOrder = (text: string | undefined): string =>
    text === undefined ? "—" : `${text}${bracketed(language, recordText(language, "ofOrder"))}`;
  return [subject ?? ofOrder(plannedFor.subject), kit ?? ofOrder(plannedFor.kit)];
}

/**
 * What was really infused as an unblinded sheet, against what was planned.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function toAdministrationHtml(
  { administrations, cumulative, orderIssues = [] }: GivenDoses,
  language: Language,
): string {
  const say = (key: Parameters<typeof recordText>[1]): string => recordText(requireLanguage(language), key);
  const first = administrations[0]?.record;
  const perKgText = (rate: ShownRate | undefined): string =>
    rate === undefined ? "—" : valueText(language, rate.digits);
  const columns = (
    ["administration", "subject", "kit", "day", "by", "infused", "given", "perKg", "deviation", "reason"] as const
  ).map(say);
  const rows = administrations.map(({ record, actual, actualPerKg, deviationPercent, deviationClass }) => [
    ...[
      titleOf(String(record.number), [record.component]),
      ...whose(language, record),
      record.administeredOn,
      record.administeredBy,
    ],
    ...[`${record.infusedMl} mL`, countText(language, actual), perKgText(actualPerKg)],
    ...[
      deviationPercent === undefined
        ? "—"
        : `${percentText(language, deviationPercent)}${bracketed(language, say(`deviation.${deviationClass}`))}`,
      record.reason ?? "—",
    ],
  ]);
  const steps = [...administrations, ...(cumulative === undefined ? [] : [cumulative])].flatMap((each) => each.steps);
  const warnings = [...administrations, ...(cumulative === undefined ? [] : [cumulative])].flatMap(
    (each) => each.warnings,
  );
  const whole =
    cumulative === undefined
      ? []
      : [
          [countText(language, cumulative.actual), ...[cumulative.actualPerKg ?? []].flat().map(perKgText)].join(
            SIGNS[language].comma,
          ),
        ];
  return unblindedPaper(
    language,
    titleOf(say("recordTitle"), [first?.subject ?? first?.plannedFor?.subject]),
    administrations.map(({ record }) => record.administeredBy).slice(0, 2),
    [
      part(say("given"), [rowsTable(columns, rows)]),
      part(say("together"), lines(whole)),
      part(say("warnings"), lines([...warnings, ...orderIssues].map((issue) => issueText(language, issue)))),
      part(
        say("calculation"),
        lines(
          steps
            .map((step) => stepText(language, step, first?.unitKind ?? "cells"))
            .map(({ title, worked }) => `${title}${SIGNS[language].colon}${worked}`),
        ),
      ),
    ],
  );
}
