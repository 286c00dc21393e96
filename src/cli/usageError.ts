import type { CommanderError } from "commander";
import { AllocellError } from "../foundation/index.js";

/** A command line that cannot be read, as an error that names the option, argument or command in question. */
export function usageError(error: CommanderError, argv: readonly string[]): AllocellError {
  const [said = "", hint] = error.message.replace(/^error: /, "").split("\n");
  const [what = "", choices] = said.split(/\. (?=Allowed choices are )/);
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}${/[.?]$/.test(what) ? "" : "."}`;
  const command = argv.find((word) => /^[a-z][a-z-]*$/.test(word));
  const isCommand = command !== undefined && error.code !== "commander.unknownCommand";
  const help = `see \`allocell help${isCommand ? ` ${command}` : ""}\``;
  const expected = choices ?? (hint === undefined || hint === "" ? help : hint.replace(/^\(|\)$/g, ""));
  return new AllocellError({ code: "cli.usage", path: placeOf(error, what, command), message, expected });
}

/** The first quoted word of the sentence: `--arm` of '--arm <arm>', PLAN of the argument 'plan'. */
function placeOf(error: CommanderError, said: string, command: string | undefined): string {
  const [, word] = /'([^' ]+)/.exec(said) ?? [];
  if (word === undefined) return command ?? "";
  return error.code === "commander.missingArgument" ? word.toUpperCase() : word;
}
