import type { Command } from "commander";
import type { IqOptions } from "./commands/iq.js";
import type { OqOptions } from "./commands/oq.js";
import type { Io } from "./io.js";
import { languageOption } from "./languageOption.js";
import type { Run } from "./qualification/runCases.js";

/** The commands by which a user qualifies the installed package: iq, oq. */
export function addQualificationCommands(program: Command, io: Io, done: (exitCode: number) => void, run: Run): void {
  program
    .command("iq")
    .description("installation qualification: every file of the package against its manifest, runtime, dependencies")
    .option("--accept-platform <reason>", "go on although this platform is not among those that were tested")
    .addOption(languageOption("the report"))
    .option("--out <folder>", "write the report there, as HTML to be printed and signed, and as JSON")
    .option("--json", "answer as JSON")
    .action(async (options: IqOptions) => {
      done(await (await import("./commands/iq.js")).iq(io, options));
    });
  program
    .command("oq")
    .description("operational qualification: the shipped cases, run by the installed package without a network")
    .option("--group <letters>", "some groups of cases alone, with commas between")
    .option("--detailed", "show every case")
    .addOption(languageOption("the report"))
    .option("--out <folder>", "write the report there, as HTML to be printed and signed, and as JSON")
    .option("--json", "answer as JSON")
    .action(async (options: OqOptions) => {
      done(await (await import("./commands/oq.js")).oq(io, options, run));
    });
}
