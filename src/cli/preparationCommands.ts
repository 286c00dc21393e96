import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { Allocated, AllocatedOptions } from "./allocated.js";
import type { PrepareOptions } from "./commands/prepare.js";
import type { PrepareBatchOptions } from "./commands/prepareBatch.js";
import type { RecordOptions } from "./commands/record.js";
import type { ScanOptions } from "./commands/scan.js";
import type { PrintOptions } from "./printedRecords.js";
import type { BordersOptions } from "./commands/borders.js";
import type { CheckOptions } from "./commands/check.js";
import { separatorOption, withCsvForm } from "./csvOptions.js";
import type { Io } from "./io.js";
import type { Allocate } from "./orderFile.js";
import { languageOption } from "./languageOption.js";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** The options of whatever rests on a trial's answers. */
export function withAnswers(command: Command): Command {
  return command
    .option("--assumptions <file>", "YAML or JSON file with `assumptions:` and, where needed, `decisions:`")
    .option("--decision <file>", "record of the decision that opens a closed arm")
    .addOption(
      new Option("--assume <key=value>", "one answer to a question of the trial; may be repeated")
        .argParser(collect)
        .default([], "none"),
    );
}

/** The options of an order whose arm stands in log and list instead of in the order file. */
function withLog(command: Command): Command {
  return command
    .option("--log <file>", "allocation log: the arm is that of the order's participant or randomization number")
    .option("--list <folder>", "folder with the master list of that log, which is proven to be its list");
}

/** What reads log and list is loaded for them alone. */
async function allocateBy(
  io: Io,
  options: AllocatedOptions,
  mayHaveLeft = true,
): Promise<Allocate<Allocated> | undefined> {
  return (await import("./allocated.js")).allocatedReader(io, options, mayHaveLeft);
}

/** The commands of the pharmacy: prepare, prepare-batch, check, record, scan. */
export function addPreparationCommands(program: Command, io: Io, done: (exitCode: number) => void): void {
  addPreparing(program, io, done);
  addChecking(program, io, done);
}

function addPreparing(program: Command, io: Io, done: (exitCode: number) => void): void {
  withLog(withAnswers(defineCommand(program, "prepare")))
    .description("one administration: from the dose to the bag, with worksheet, blinded record and label")
    .argument("<order>", "order file (YAML or JSON)")
    .addOption(languageOption("the documents"))
    .option("--out <folder>", "write the documents there, as HTML files to be printed")
    .option(
      "--site <file>",
      "YAML or JSON file with what every document says at the site: site, investigator, contact, ...",
    )
    .option("--blinded-only", "nothing that tells a treatment: the blinded record and the label only")
    .option(
      "--kits <file>",
      "plan of the kit list, or the record of its files: the kit of the order must be of that arm, or is drawn",
    )
    .option("--kits-seed-file <file>", "seed of the kit list")
    .option("--kits-test-seed <text>", "seed of TEST kits")
    .option("--stock <file>", "CSV with the codes on the shelf, from which a kit is drawn")
    .option("--dispensed <file>", "CSV of the kits that were dispensed: number, administration, code")
    .addOption(separatorOption())
    .option("--json", "answer as JSON")
    .action(async (file: string, options: PrepareOptions & AllocatedOptions) => {
      done(
        await (await import("./commands/prepare.js")).prepare(io, file, options, await allocateBy(io, options, false)),
      );
    });
  withLog(withCsvForm(withAnswers(defineCommand(program, "prepare-batch"))))
    .description("a preparation for every row of a CSV file (participant; arm, part, weight_kg, kit, visit, ...)")
    .argument("<file.csv>", "the administrations")
    .requiredOption("--order <file>", "order file with what the rows have in common")
    .option("--out <file>", "write the CSV there instead of to the screen")
    .option("--force", "write over an existing --out")
    .option("--complete", "the file is complete although its last line has no line end")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: PrepareBatchOptions) => {
      done(await (await import("./commands/prepareBatch.js")).prepareBatch(io, file, options));
    });
}

function addChecking(program: Command, io: Io, done: (exitCode: number) => void): void {
  withLog(withAnswers(defineCommand(program, "check")))
    .description("second check: two people's own order files, compared field by field")
    .argument("<first>", "order file of the first, with `check:`")
    .argument("<second>", "order file of the second, entered anew from own sources")
    .addOption(languageOption("the sheet"))
    .option("--out <file>", "write the check there, as an HTML file to be printed and signed")
    .option("--json", "answer as JSON")
    .action(async (first: string, second: string, options: CheckOptions & AllocatedOptions & PrintOptions) => {
      const allocate = await allocateBy(io, options);
      const print = (await import("./printedRecords.js")).printCheck(io, options, [first, second]);
      done(await (await import("./commands/check.js")).check(io, first, second, options, allocate, print));
    });
  withAnswers(defineCommand(program, "borders"))
    .description("every weight at which the preparation changes, one step below and above: to be computed by hand too")
    .argument("<order>", "order file (YAML or JSON); its own weight is not used")
    .option("--from <weight>", "least weight; that of the order's expectedKg, or 0.5 kg")
    .option("--to <weight>", "greatest weight; that of the order's expectedKg, or 300 kg")
    .option("--step <weight>", "resolution of the scale", "0.1 kg")
    .option("--only <changes>", "containers, draw, cap, band, limits: those that are wanted, with commas between")
    .addOption(languageOption("the sheets"))
    .option("--out <folder>", "write there a sheet to compute by hand, one of expected values, and a CSV file")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: BordersOptions) => {
      done(await (await import("./commands/borders.js")).borders(io, file, options));
    });
  withLog(withAnswers(defineCommand(program, "record")))
    .description("what was really infused, against what was planned; never refused")
    .argument("<record...>", "record files, one an administration")
    .option(
      "--order <file>",
      "order file: it gives what the record of its administration leaves out; may be repeated",
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option("--most-per-kg <amount>", "the most per kg of weight over all administrations")
    .addOption(languageOption("the sheet"))
    .option("--component <name>", "which of several components of the orders was given")
    .option("--out <file>", "write the record there, as an HTML file to be printed and signed")
    .option("--json", "answer as JSON")
    .action(async (files: string[], options: RecordOptions & AllocatedOptions & PrintOptions) => {
      const print = (await import("./printedRecords.js")).printRecord(io, options, [...files, ...options.order]);
      const allocate = await allocateBy(io, options);
      done(await (await import("./commands/record.js")).record(io, files, options, allocate, print));
    });
  withAnswers(defineCommand(program, "scan"))
    .description("whether a scanned label is that of the order's bag and person, and in time; tells no treatment")
    .argument("<text>", "what the scanner read")
    .requiredOption("--order <file>", "order file of the bag")
    .option("--site <file>", "the file of the site, where it states the trial's code")
    .option("--subject <id>", "the participant's number of the wristband, held against the label too")
    .option("--at <time>", "local time YYYY-MM-DDTHH:MM; this computer's clock where nothing is said")
    .option("--json", "answer as JSON")
    .action(async (text: string, options: ScanOptions) => {
      done(await (await import("./commands/scan.js")).scan(io, text, options));
    });
}
