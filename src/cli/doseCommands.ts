import type { Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { DoseOptions } from "./commands/dose.js";
import type { DosesOptions } from "./commands/doses.js";
import type { ProductsOptions } from "./commands/products.js";
import type { CommonOptions, Io } from "./io.js";
import { withCsvForm } from "./csvOptions.js";
import { withAnswers } from "./preparationCommands.js";

type Done = (exitCode: number) => void;

/** The options of whatever computes doses. */
function withDoseBasis(command: Command): Command {
  return withAnswers(command).option("--part <part>", "part of the trial, where the arm stands in more than one");
}

/** Adds the commands about trials and what a participant is to get. */
export function addDoseCommands(program: Command, io: Io, done: Done): void {
  defineCommand(program, "trials")
    .description("the built-in trials; with TRIAL: its parts, arms and what its sources leave open")
    .argument("[trial]", "registry number, or a trial file (YAML or JSON)")
    .option("--json", "answer as JSON")
    .action(async (trial: string | undefined, options: CommonOptions) => {
      done(await (await import("./commands/trials.js")).trials(io, trial, options));
    });
  defineCommand(program, "products")
    .description("what is known of the licensed products; with PRODUCT: of one, with its sources")
    .argument("[product]", "such as kymriah")
    .option("--weight <weight>", 'body weight with its unit, such as "38 kg": what the product gives at it')
    .option("--json", "answer as JSON")
    .action(async (product: string | undefined, options: ProductsOptions) => {
      done(await (await import("./commands/products.js")).products(io, product, options));
    });
  withDoseBasis(
    defineCommand(program, "dose")
      .description("what one participant is to get, every step shown")
      .argument("[trial]", "registry number, or a trial file")
      .requiredOption("--arm <arm>", "arm of the participant")
      .option("--weight <weight>", 'measured body weight with its unit, such as "72.4 kg"')
      .option("--weighed-on <date>", "day of the weighing, YYYY-MM-DD")
      .option("--weighed-by <name>", "who weighed")
      .option("--age <years>", "age of the participant: the weight is held against it")
      .option(
        "--height <height>",
        'height with its unit, such as "170 cm": for a dose per m², and held against the weight',
      )
      .option("--first <date>", "planned day of the first administration, YYYY-MM-DD")
      .option("--trial <file>", "your own trial, as a YAML or JSON file")
      .option("--json", "answer as JSON"),
  ).action(async (trial: string | undefined, options: DoseOptions) => {
    done(await (await import("./commands/dose.js")).dose(io, trial, options));
  });
  withCsvForm(
    withDoseBasis(
      defineCommand(program, "doses")
        .description(
          "a dose for every row of a CSV file (participant, arm, weight_kg; part, age_years, height_cm, first_administration)",
        )
        .argument("<file.csv>", "the participants")
        .requiredOption("--trial <trial>", "registry number, or a trial file")
        .option("--out <file>", "write the CSV there instead of to the screen")
        .option("--force", "write over an existing --out")
        .option("--complete", "the file is complete although its last line has no line end")
        .option("--json", "answer as JSON"),
    ),
  ).action(async (file: string, options: DosesOptions) => {
    done(await (await import("./commands/doses.js")).doses(io, file, options));
  });
}
