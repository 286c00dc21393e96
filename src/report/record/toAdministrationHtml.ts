import type { AdministeredDose, CumulativeExposure } from "../../dose/index.js";
import type { Issue } from "../../foundation/index.js";
import { requireLanguage } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { stepText } from "../texts/stepText.js";
import { countText } from "../worksheet/shownValues.js";
import { lines, part, rowsTable, unblindedPaper } from "./paper.js";
import { recordText } from "./recordTexts.js";

/** What was given, once and in all, and what is to be said of the orders that gave nothing to it. */
export interface GivenDoses {
  readonly administrations: readonly AdministeredDose[];
  readonly cumulative?: CumulativeExposure;
  readonly orderIssues?: readonly Issue[];
}

const told = (issues: readonly Issue[]): readonly string[] => issues.map(({ code, message }) => `${code}: ${message}`);

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
  const columns = (
    ["administration", "subject", "day", "by", "infused", "given", "perKg", "deviation", "reason"] as const
  ).map(say);
  const rows = administrations.map(({ record, actual, actualPerKg, deviationPercent, deviationClass }) => [
    ...[String(record.number), record.subject ?? "—", record.administeredOn, record.administeredBy],
    ...[`${record.infusedMl} mL`, countText(language, actual), actualPerKg?.digits ?? "—"],
    ...[deviationPercent === undefined ? "—" : `${deviationPercent} % (${deviationClass})`, record.reason ?? "—"],
  ]);
  const steps = [...administrations, ...(cumulative === undefined ? [] : [cumulative])].flatMap((each) => each.steps);
  const warnings = [...administrations, ...(cumulative === undefined ? [] : [cumulative])].flatMap(
    (each) => each.warnings,
  );
  const whole =
    cumulative === undefined
      ? []
      : [
          `${cumulative.actual.digits}${cumulative.actualPerKg === undefined ? "" : `, ${cumulative.actualPerKg.digits}`}`,
        ];
  return unblindedPaper(
    language,
    say("recordTitle"),
    administrations.map(({ record }) => record.administeredBy).slice(0, 2),
    [
      part(say("given"), [rowsTable(columns, rows)]),
      part(say("together"), lines(whole)),
      part(say("warnings"), lines(told([...warnings, ...orderIssues]))),
      part(
        say("calculation"),
        lines(steps.map(({ title, worked }) => `${stepText(language, title, [])}: ${stepText(language, worked, [])}`)),
      ),
    ],
  );
}
