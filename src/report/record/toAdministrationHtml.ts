import type { AdministeredDose, AdministrationRecord, CumulativeExposure, ShownRate } from "../../dose/index.js";
import type { Issue } from "../../foundation/index.js";
import { requireLanguage } from "../texts/requireLanguage.js";
import type { Language } from "../texts/language.js";
import { stepText } from "../texts/stepText.js";
import { valueText } from "../texts/valueText.js";
import { bracketed, SIGNS } from "../texts/signs.js";
import { countText, localTimeText, percentText } from "../worksheet/shownValues.js";
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

/** When it began and ended, with the day only where it is another one than that of the administration. */
const timesText = ({ administeredOn, startedAt, endedAt }: AdministrationRecord): string =>
  [startedAt, endedAt]
    .map((time) => (time === undefined ? "—" : localTimeText(time).replace(`${administeredOn} `, "")))
    .join(" – ");

const perKgText = (language: Language, rate: ShownRate | undefined): string =>
  rate === undefined ? "—" : valueText(language, rate.digits);

function rowOf(
  language: Language,
  { record, actual, actualPerKg, deviationPercent, deviationClass }: AdministeredDose,
): readonly string[] {
  return [
    ...[
      titleOf(String(record.number), [record.component]),
      ...whose(language, record),
      record.administeredOn,
      timesText(record),
      record.administeredBy,
    ],
    ...[`${record.infusedMl} mL`, countText(language, actual), perKgText(language, actualPerKg)],
    ...[
      deviationPercent === undefined
        ? "—"
        : `${percentText(language, deviationPercent)}${bracketed(language, recordText(language, `deviation.${deviationClass}`))}`,
      record.reason ?? "—",
    ],
  ];
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
  const columns = (
    [
      "administration",
      "subject",
      "kit",
      "day",
      "times",
      "by",
      "infused",
      "given",
      "perKg",
      "deviation",
      "reason",
    ] as const
  ).map(say);
  const rows = administrations.map((dose) => rowOf(language, dose));
  const steps = [...administrations, ...(cumulative === undefined ? [] : [cumulative])].flatMap((each) => each.steps);
  const warnings = [...administrations, ...(cumulative === undefined ? [] : [cumulative])].flatMap(
    (each) => each.warnings,
  );
  const whole =
    cumulative === undefined
      ? []
      : [
          [
            countText(language, cumulative.actual),
            ...[cumulative.actualPerKg ?? []].flat().map((rate) => perKgText(language, rate)),
          ].join(SIGNS[language].comma),
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
