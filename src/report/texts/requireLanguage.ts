import { fail } from "../../foundation/index.js";
import type { Language } from "./language.js";

/** A language of the documents, or the error that it is none. @throws AllocellError `report.language_unknown` */
export function requireLanguage(language: string): Language {
  if (language === "en" || language === "zh") return language;
  return fail("report.language_unknown", "language", "Documents are written in English or in Chinese.", {
    expected: "en or zh",
    received: language,
  });
}
