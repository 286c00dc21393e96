import type { Command } from "commander";
import { COMMANDS, PERSONS, type Person } from "./commandTable.js";

/** For whom commands are, in the order of the help; each with one line to try. */
export const PEOPLE: readonly {
  readonly key: Person;
  readonly who: string;
  readonly example: string;
  readonly commands: readonly string[];
}[] = (Object.keys(PERSONS) as Person[]).map((key) => {
  const commands = Object.entries(COMMANDS).flatMap(([name, { person }]) => (person === key ? [name] : []));
  // The help itself is the program library's command.
  return { key, ...PERSONS[key], commands: key === "developer" ? [...commands, "help"] : commands };
});

const headingOf = (person: Person): string => `${PERSONS[person].who}, for example: ${PERSONS[person].example}`;

/** Sorts the commands of the help by person, under headings that say for whom they are and what to try. */
export function groupByPerson(program: Command, heading = headingOf, ofHelp = "the options of a command"): void {
  for (const command of program.commands) {
    const group = PEOPLE.find(({ commands }) => commands.includes(command.name()));
    if (group !== undefined) command.helpGroup(heading(group.key));
  }
  program.addHelpCommand(
    program.createCommand("help").argument("[command]").description(ofHelp).helpGroup(heading("developer")),
  );
}
