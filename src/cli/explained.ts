import type { Command } from "commander";
import type { Language } from "../report/index.js";
import { factsOf } from "./commandTable.js";
import type { Output } from "./io.js";

/**
 * Where the package's documents explain what a command such as `log show` answers, or what the command above it does;
 * none where the table says why.
 */
export function explainedBy(name: string): readonly string[] {
  const { pages, noPages } = factsOf(name) ?? {};
  if (pages !== undefined) return pages;
  const above = name.split(" ").slice(0, -1).join(" ");
  return above === "" || noPages !== undefined ? [] : explainedBy(above);
}

/** The last lines of an answer in text; empty where there is no page. */
export function explainedText(name: string, language: Language = "en"): string {
  const pages = explainedBy(name);
  if (pages.length === 0) return "";
  return `\n${language === "zh" ? "说明（英文）：" : "Explained in"}\n${pages.map((page) => `  ${page}\n`).join("")}`;
}

/** The name of a command with those above it, such as `log show`. */
export const fullName = (command: Command): string =>
  command.parent === null ? "" : `${fullName(command.parent)} ${command.name()}`.trim();

/**
 * Puts below each command's answer for a person where it is explained, in one piece with it: nothing is written behind an
 * event that is in a log. An answer for a program (`--json`, `--quiet`) stays as it is.
 *
 * @returns standard output for the commands of this program
 */
export function explaining(stdout: Output, language: Language): { stdout: Output; watch: (program: Command) => void } {
  let below = "";
  const write = (text: string): Promise<void> => {
    const whole = text + below;
    below = "";
    return stdout.write(whole);
  };
  const watch = (program: Command): void => {
    program.hook("preAction", (_, command) => {
      const { json, quiet } = command.opts<{ json?: boolean; quiet?: boolean }>();
      if (json !== true && quiet !== true) below = explainedText(fullName(command), language);
    });
  };
  return { stdout: { ...stdout, write }, watch };
}
