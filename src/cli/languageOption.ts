import { Option, type Command } from "commander";
import type { Language } from "../report/index.js";

export interface LanguageOptions {
  readonly lang: Language;
}

const LANGUAGES: readonly string[] = ["en", "zh"];
const isLanguage = (text: string | undefined): text is Language => text !== undefined && LANGUAGES.includes(text);

/** `--lang`, for commands whose documents come from the catalogue of texts. Files follow it alone, and never the locale. */
export const languageOption = (what: string): Option =>
  new Option("--lang <language>", `language of ${what}: English or Chinese`).choices(LANGUAGES).default("en");

/** A command line without its `--lang`, and what it says. */
export interface LanguageOfLine {
  /** Of help, errors and answers. */
  readonly language: Language;
  /** What `--lang` says; undefined where it is not there. */
  readonly stated: Language | undefined;
  readonly argv: readonly string[];
}

/**
 * The language of a command line: `--lang en` or `--lang zh` anywhere on it, in front of the command too; else the first of
 * LC_ALL, LC_MESSAGES and LANG that is set. Another value of `--lang` stays on the line: `script` has a `--lang` of its own,
 * and every other command refuses it.
 */
export function languageOfLine(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LanguageOfLine {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const left: string[] = [];
  let stated: Language | undefined;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const [value, length] = word === "--lang" ? [argv[at + 1], 2] : [/^--lang=(.*)$/u.exec(word)?.[1], 1];
    if (at < end && isLanguage(value)) {
      stated = value;
      at += length - 1;
    } else left.push(word);
  }
  return { language: stated ?? localeOf(env), stated, argv: left };
}

function localeOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((text) => text !== undefined && text !== "");
  return /^zh(?![a-z])/iu.test(locale ?? "") ? "zh" : "en";
}

/** Gives every command `--lang`, those with an own one aside, and what was stated on the line to those whose files have a language. */
export function takeLanguage(program: Command, stated: Language | undefined): void {
  for (const command of program.commands) {
    takeLanguage(command, stated);
    if (command.commands.length > 0 || command.name() === "help") continue;
    const own = command.options.find(({ long }) => long === "--lang");
    if (own === undefined)
      command.addOption(new Option("--lang <language>", "language of help, errors and answer").choices(LANGUAGES));
    else if (stated !== undefined && own.argChoices?.includes(stated) === true)
      command.setOptionValueWithSource("lang", stated, "cli");
  }
}
