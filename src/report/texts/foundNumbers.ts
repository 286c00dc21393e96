import { requireFields, type Issue } from "../../foundation/index.js";
import { FOUND_NAMES } from "./foundNames.js";
import type { Language } from "./language.js";
import { requireLanguage } from "./requireLanguage.js";
import { SIGNS, signsIn } from "./signs.js";

/**
 * What an issue of a list or a design found and expected, each with its name. Their values are numbers and ids; those of
 * doses, which have units and phrases, are said by {@link foundText}.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function foundNumbers(language: Language, issue: Issue): string {
  requireLanguage(language);
  requireFields(issue, "an issue", {});
  const { colon, semicolon } = SIGNS[language];
  return (["found", "expected"] as const)
    .flatMap((name) => {
      const value = name === "found" ? issue.received : issue.expected;
      return value === undefined ? [] : [`${FOUND_NAMES[name][language]}${colon}${signsIn(language, value)}`];
    })
    .join(semicolon);
}
