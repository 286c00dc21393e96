import type { CheckComparison } from "../../dose/index.js";
import { requireLanguage } from "../texts/requireLanguage.js";
import type { Language } from "../texts/language.js";
import { SIGNS } from "../texts/signs.js";
import { fieldName } from "./fieldNames.js";
import { issueText } from "./issueText.js";
import { lines, part, rowsTable, titleOf, unblindedPaper } from "./paper.js";
import { recordText } from "./recordTexts.js";

/**
 * The second check of a preparation as an unblinded sheet: for whom and for which kit, whether two people's own inputs
 * agree, where they differ, and places for both signatures.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function toSecondCheckHtml(comparison: CheckComparison, language: Language): string {
  const say = (key: Parameters<typeof recordText>[1]): string => recordText(requireLanguage(language), key);
  const { first, second, agree, fieldsCompared, differences, faults, openWarnings, subject, kit } = comparison;
  const { colon, comma } = SIGNS[language];
  const verdict = agree ? say("agree").replace("#", String(fieldsCompared)) : say("differ");
  const rows = differences.map(({ field, first: mine, second: theirs }) => [
    ...[fieldName(language, field), mine ?? say("notStated"), theirs ?? say("notStated")],
  ]);
  const told = [...faults, ...openWarnings].map(({ by, issue }) => `${by}${colon}${issueText(language, issue)}`);
  return unblindedPaper(
    language,
    titleOf(say("checkTitle"), [subject, kit]),
    [first, second],
    [
      part(undefined, [
        rowsTable([say("subject"), say("kit")], [[subject ?? say("notStated"), kit ?? say("notStated")]]),
      ]),
      part(
        verdict,
        rows.length === 0 ? lines([`${first}${comma}${second}`]) : [rowsTable([say("field"), first, second], rows)],
      ),
      part(say("faults"), lines(told)),
    ],
  );
}
