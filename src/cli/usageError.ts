import { CommanderError, type Command } from "commander";
import { AllocellError, nearName } from "../foundation/index.js";

/** A command line that cannot be read, as an error that names the option, argument or command in question. */
export function usageError(error: CommanderError, argv: readonly string[]): AllocellError {
  const [said = "", hint] = error.message.replace(/^error: /, "").split("\n");
  const [what = "", choices] = said.split(/\. (?=Allowed choices are )/);
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}${/[.?]$/.test(what) ? "" : "."}`;
  const command = argv.find((word) => /^[a-z][a-z-]*$/.test(word));
  const isCommand = command !== undefined && error.code !== "commander.unknownCommand";
  const help = `see \`allocell help${isCommand ? ` ${command}` : ""}\``;
  const expected =
    withNearest(choices, what) ?? (hint === undefined || hint === "" ? help : hint.replace(/^\(|\)$/g, ""));
  return new AllocellError({ code: "cli.usage", path: placeOf(error, what, command), message, expected });
}

/** The choices, after the one that was probably meant by the value that is refused. */
function withNearest(choices: string | undefined, said: string): string | undefined {
  const [, value = ""] = /(?:argument|value) '(.*)' is invalid/su.exec(said) ?? [];
  const known = choices?.replace(/^Allowed choices are |\.$/g, "").split(", ") ?? [];
  const near = nearName(value, known);
  return near === undefined ? choices : `Did you mean ${near}? ${choices ?? ""}`;
}

/**
 * `help log open` as `log open --help`: commander's own help reads the first word alone, and shows the help of `log` for
 * a command of it that there is not. Any other line is given back as it is.
 *
 * @throws CommanderError for a command that there is not
 */
export function helpAsked(program: Command, argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  const names = namesIn(rest);
  if (first !== "help" || names.length < 2) return argv;
  const unknown = unknownCommand(program, names);
  if (unknown !== undefined) throw unknown;
  return [...names, ...rest.filter((word) => word.startsWith("-")), "--help"];
}

const namesIn = (argv: readonly string[]): readonly string[] =>
  argv.filter((each) => each !== "help" && !each.startsWith("-"));

/** The first name that is no command of the one before it, as a fault with the one that was probably meant. */
function unknownCommand(program: Command, names: readonly string[]): CommanderError | undefined {
  let above = program;
  for (const word of names) {
    const command = above.commands.find((each) => each.name() === word);
    if (command === undefined) {
      const near = nearName(
        word,
        above.commands.map((each) => each.name()),
      );
      const hint = near === undefined ? "" : `\n(Did you mean ${near}?)`;
      return new CommanderError(1, "commander.unknownCommand", `error: there is no command '${word}'${hint}`);
    }
    above = command;
  }
  return undefined;
}

/**
 * Where a command that there is not, or none, has help shown as a fault, commander says nothing of it: the fault in its
 * words. Anything else is given back as it is.
 */
export function unknownHelp(thrown: unknown, program: Command, argv: readonly string[]): unknown {
  if (!(thrown instanceof CommanderError) || thrown.code !== "commander.help") return thrown;
  return (
    unknownCommand(program, namesIn(argv)) ??
    new CommanderError(1, "commander.missingArgument", "error: missing required argument 'command'")
  );
}

/** The first quoted word of the sentence: `--arm` of '--arm <arm>', PLAN of the argument 'plan'. */
function placeOf(error: CommanderError, said: string, command: string | undefined): string {
  const [, word] = /'([^' ]+)/.exec(said) ?? [];
  if (word === undefined) return command ?? "";
  return error.code === "commander.missingArgument" ? word.toUpperCase() : word;
}

const UNIT = /^(?:kg|公斤|千克|cm|厘米|years|mL)$/iu;

/**
 * A value with its unit that was typed without quotes: the shell made two words of it.
 *
 * @throws AllocellError `cli.usage`
 */
export function requireQuotes(argv: readonly string[]): void {
  const at = argv.findIndex((word, k) => UNIT.test(word) && /^\d+(?:[.,]\d+)?$/u.test(argv[k - 1] ?? ""));
  if (at < 2 || !(argv[at - 2] ?? "").startsWith("--")) return;
  const [option = "", number = "", unit = ""] = argv.slice(at - 2, at + 1);
  throw new AllocellError({
    code: "cli.usage",
    path: option,
    message: `${number} and ${unit} were read as two words: a value with a space in it is put in quotes.`,
    expected: `${option} "${number} ${unit}"`,
  });
}
