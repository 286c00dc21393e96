import { Option, type Command } from "commander";
import type { PrepareOptions } from "./commands/prepare.js";
import type { Io } from "./io.js";

/** The commands of the pharmacy: prepare, prepare-batch, check, administered. */
export function addPreparationCommands(program: Command, io: Io, done: (exitCode: number) => void): void {
  program
    .command("prepare")
    .description("one administration: from the dose to the bag, with worksheet, blinded record and label")
    .argument("<order>", "order file (YAML or JSON)")
    .addOption(
      new Option("--lang <language>", "language of the documents: English or Chinese")
        .choices(["en", "zh"])
        .default("en"),
    )
    .option("--out <folder>", "write the documents there, as HTML files to be printed")
    .option("--blinded-only", "nothing that tells a treatment: the blinded record and the label only")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: PrepareOptions) => {
      done(await (await import("./commands/prepare.js")).prepare(io, file, options));
    });
}
