import { Option, type Command } from "commander";

/** The options of a command that answers a CSV file by a CSV file. */
export function withCsvForm(command: Command): Command {
  return command
    .addOption(separatorOption())
    .addOption(new Option("--decimal <sign>", "decimal sign of the file, and of the answer").choices([".", ","]))
    .addOption(new Option("--date <order>", "dates of the file, such as 02.03.2026").choices(["ymd", "dmy", "mdy"]))
    .option("--sheet <name>", "sheet of an .xlsx file; the first where nothing is said")
    .option("--keep", "pass further columns of the file through to the answer")
    .option("--bom", "begin the answer with a byte-order mark, by which Excel knows UTF-8");
}

export function separatorOption(): Option {
  return new Option("--separator <sign>", "what stands between the columns, here and in the answer").choices([
    ...[",", ";", "tab"],
  ]);
}
