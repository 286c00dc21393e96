import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";
import { makeDesk } from "../unit/cli/harness.js";

/** Programs in a document's commands that are not run here; a line that begins with another is a mistake. */
const NOT_RUN = /^(?:npm|npx|node|cd|open|xdg-open|start|python3?|py|Rscript|git|\.\/|\$env:|set )/;
/** The languages of blocks with the same commands as the block of `sh` before them, for Windows. */
const WINDOWS = new Set(["powershell", "bat"]);

/** One command of a block, as words; and the exit code that its comment states, 0 where it states none. */
export interface Command {
  readonly words: readonly string[];
  readonly line: string;
  readonly exitCode: number;
}

/** The words of a command line, with quoted ones whole. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? "");

/** The commands of a block: lines that end in `\`, `^` or a backtick go on; behind two spaces and `#` is a comment. */
export function commandsOf(text: string): readonly Command[] {
  return text
    .replace(/[ \t]*[\\^`]\n[ \t]*/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:#|REM )/.test(line))
    .map((line) => {
      const [, command = line, comment = ""] = /^(.*?)\s{2,}# (.*)$/.exec(line) ?? [];
      const exitCode = Number(/exit code (\d+)/.exec(comment)?.[1] ?? "0");
      return { words: wordsOf(command), line, exitCode };
    });
}

const isOurs = ({ words }: Command): boolean => words[0] === "allocell";
/** The words up to where the output goes to a file. */
const asked = ({ words }: Command): readonly string[] => {
  const end = words.findIndex((word) => word === ">" || word === "|");
  return words.slice(1, end < 0 ? undefined : end);
};
const argvOf = (command: Command): readonly string[] => asked(command).map((word) => word.replaceAll("\\", "/"));

/** What a document's blocks did. */
export interface Walk {
  /** How many commands were run. */
  readonly commands: number;
  /** How many outputs were held against the document. */
  readonly outputs: number;
  /** The words of each command that was run. */
  readonly names: readonly string[];
}

/**
 * Runs the commands of a document in one new folder, beside the examples of the package. A block of YAML or CSV that
 * begins with `# NAME` is that file; a block of `text` must be in what the block of `sh` before it printed; a block
 * for Windows must have the commands of the block of `sh` before it.
 *
 * @param text - the document, or a part of it
 * @param files - files that are there before
 */
export async function walk(text: string, files: Readonly<Record<string, string>> = {}): Promise<Walk> {
  const desk = makeDesk();
  symlinkSync(resolve("examples"), desk.path("examples"));
  for (const [name, content] of Object.entries(files)) desk.write(name, content);
  let printed = "";
  let last: readonly Command[] = [];
  let outputs = 0;
  const names: string[] = [];
  for (const [, language = "", body = ""] of text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)) {
    const name = /^# (\S+\.(?:yaml|csv|json))\n/.exec(body)?.[1];
    if (name !== undefined) desk.write(name, name.endsWith(".csv") ? body.slice(body.indexOf("\n") + 1) : body);
    else if (language === "text") {
      expect(printed).toContain(body.trimEnd());
      outputs += 1;
    } else if (WINDOWS.has(language)) {
      expect(commandsOf(body).filter(isOurs).map(argvOf)).toEqual(last.filter(isOurs).map(argvOf));
    } else if (language === "sh") {
      last = commandsOf(body);
      printed = "";
      for (const command of last) {
        if (!isOurs(command)) expect(command.line).toMatch(NOT_RUN);
        else {
          printed += await output(desk, command);
          names.push(command.words[1] ?? "");
        }
      }
    }
  }
  return { commands: names.length, outputs, names };
}

/** Runs a command and gives what it printed. A page can be written only after a build. */
async function output(desk: ReturnType<typeof makeDesk>, command: Command): Promise<string> {
  const { code, stdout, stderr } = await desk.run(...asked(command));
  const isUnbuilt = command.words[1] === "page" && !existsSync(`dist/app/${command.words[2] ?? ""}.html`);
  if (isUnbuilt) expect(stderr).toContain("cli.page_missing");
  else expect(code, `${command.line}\n${stderr}`).toBe(command.exitCode);
  const [target] = command.words.slice(command.words.indexOf(">") + 1);
  if (command.words.includes(">") && target !== undefined) desk.write(target, stdout);
  return `${stdout}${stderr}`;
}

/** A document of the project. */
export const documentText = (file: string): string => readFileSync(file, "utf8");
