import type { CheckComparison } from "../../dose/index.js";
import { requireLanguage } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { lines, part, rowsTable, unblindedPaper } from "./paper.js";
import { recordText } from "./recordTexts.js";

/**
 * The second check of a preparation as an unblinded sheet: whether two people's own inputs agree, where they differ, and
 * places for both signatures.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function toSecondCheckHtml(comparison: CheckComparison, language: Language): string {
  const say = (key: Parameters<typeof recordText>[1]): string => recordText(requireLanguage(language), key);
  const { first, second, agree, fieldsCompared, differences, faults, openWarnings } = comparison;
  const verdict = agree ? say("agree").replace("#", String(fieldsCompared)) : say("differ");
  const rows = differences.map(({ field, first: mine, second: theirs }) => [
    ...[field, mine ?? say("notStated"), theirs ?? say("notStated")],
  ]);
  const told = [...faults, ...openWarnings].map(
    ({ by, issue }) => `${by}: ${issue.path}. ${issue.message} (${issue.code})`,
  );
  return unblindedPaper(
    language,
    say("checkTitle"),
    [first, second],
    [
      part(
        verdict,
        rows.length === 0 ? lines([`${first}, ${second}`]) : [rowsTable([say("field"), first, second], rows)],
      ),
      part(say("faults"), lines(told)),
    ],
  );
}
