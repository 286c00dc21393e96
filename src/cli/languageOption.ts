import { Option } from "commander";
import type { Language } from "../report/index.js";

export interface LanguageOptions {
  readonly lang: Language;
}

/** `--lang`, for commands whose answers or documents come from the catalogue of texts. */
export const languageOption = (what: string): Option =>
  new Option("--lang <language>", `language of ${what}: English or Chinese`).choices(["en", "zh"]).default("en");
