import type { Language } from "./language.js";
import { parameterText, PROCEDURE_NAMES } from "./procedureTexts.js";
import { requireLanguage } from "./requireLanguage.js";

/**
 * A procedure, or the value of one of its parameters, as a form shows it: in English as a plan has it, in Chinese its name
 * with the plan's own behind it.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function procedureChoice(language: Language, choice: string): string {
  requireLanguage(language);
  if (language === "en") return choice;
  const { zh } = Object.hasOwn(PROCEDURE_NAMES, choice)
    ? PROCEDURE_NAMES[choice as keyof typeof PROCEDURE_NAMES]
    : { zh: "" };
  return zh === "" ? parameterText(language, choice) : `${zh} ${choice}`;
}
