import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { AdoptOptions } from "./commands/adopt.js";
import type { ListOptions } from "./commands/list.js";
import type { ScriptOptions } from "./commands/script.js";
import type { SeedCommandOptions } from "./commands/seed.js";
import type { VerifyOptions } from "./commands/verify.js";
import type { VerifyMadeWithOptions } from "./commands/verifyMadeWith.js";
import type { VerifyUploadedOptions } from "./commands/verifyUploaded.js";
import { formatOption } from "./exchangeCommands.js";
import type { Io } from "./io.js";

type Done = (exitCode: number) => void;

function withSeed(command: Command): Command {
  return command
    .option("--seed-file <file>", "file with the seed of a live list (made by `allocell seed`)")
    .option("--test-seed <text>", "any text; the list is marked TEST");
}

/** Adds the commands that make a list, prove it, and write a program that makes it again. */
export function addListCommands(program: Command, io: Io, done: Done): void {
  addSeed(program, io, done);
  addList(program, io, done);
  addAdopt(program, io, done);
  addVerify(program, io, done);
  addScript(program, io, done);
}

function addSeed(program: Command, io: Io, done: Done): void {
  defineCommand(program, "seed")
    .description("make the secret seed of one live list")
    .option("--out <file>", "write it into a new file that only you can read")
    .option("--share <party>", "make one party's share of a seed, and its commitment")
    .option("--combine <shares...>", "make the seed from the parties' share files")
    .option("--commitments <file>", "the parties' commitments, one `party: commitment` a line")
    .option("--beacon-source <text>", "where a public random value comes from, to be mixed in")
    .option("--beacon-value <hex>", "that value")
    .option("--json", "answer as JSON")
    .action(async (options: SeedCommandOptions) => {
      done(await (await import("./commands/seed.js")).seed(io, options));
    });
}

function addList(program: Command, io: Io, done: Done): void {
  withSeed(
    defineCommand(program, "list")
      .description("generate a randomization list from a plan")
      .argument("<plan>", "plan file (YAML or JSON)"),
  )
    .option("--extends <folder>", "the shorter list that this one extends: same id and seed, every row unchanged")
    .option("--out <folder>", "folder to make (default: the list's id)")
    .option("--force", "replace a folder that holds a list")
    .option("--trial <file>", "your own trial, as a YAML or JSON file")
    .option("--decision <file>", "record of the decision that opens a closed arm")
    .option("--by <name>", "who generates the list, for the record")
    .option("--quiet", "print nothing but the number of rows")
    .option("--json", "answer as JSON")
    .action(async (plan: string, options: ListOptions) => {
      done(await (await import("./commands/list.js")).list(io, plan, options));
    });
}

function addAdopt(program: Command, io: Io, done: Done): void {
  defineCommand(program, "adopt")
    .description("take over a list that another system made, as it is; it has no seed")
    .argument("<file>", "its table: CSV or .xlsx")
    .requiredOption("--map <file>", "what its columns and codes mean: a map of an export (allocell init map)")
    .requiredOption("--plan <file>", "plan file (YAML or JSON): the rows that the table must have")
    .option("--test", "mark the list TEST: it is never for participants")
    .option("--system <text>", "who made the list, with which system, for the record")
    .option("--sheet <name>", "sheet of an .xlsx file; the first where nothing is said")
    .option("--out <folder>", "folder to make (default: the list's id)")
    .option("--trial <file>", "your own trial, as a YAML or JSON file")
    .option("--decision <file>", "record of the decision that opens a closed arm")
    .option("--by <name>", "who takes the list over, for the record")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: AdoptOptions) => {
      done(await (await import("./commands/adopt.js")).adopt(io, file, options));
    });
}

function addVerify(program: Command, io: Io, done: Done): void {
  withSeed(
    defineCommand(program, "verify")
      .description("derive a list again and compare all its files; an adopted one by its manifest")
      .argument("<folder>", "folder that `allocell list` wrote; with --made-with the CSV of another program's list"),
  )
    .addOption(
      new Option("--made-with <program>", "the R package that made the list").choices([
        "blockrand",
        "randotools",
        "randomizeR",
      ]),
    )
    .option("--options <file>", "with --made-with: YAML or JSON with the R seed and the call's arguments")
    .option("--trial <file>", "your own trial, to compare the assumptions too")
    .option("--decision <file>", "the decision that the list rests on")
    .option("--source <file>", "of an adopted list: the table that it was taken from, compared row by row")
    .option("--uploaded <file>", "compare what another system exports back, row by row; no seed is needed")
    .addOption(formatOption("--from", "with --uploaded: the other system"))
    .option("--map <file>", "with --uploaded: the map of the export")
    .option("--json", "answer as JSON")
    .action(async (folder: string, options: VerifyOptions & VerifyMadeWithOptions & VerifyUploadedOptions) => {
      if (options.uploaded !== undefined) {
        done(await (await import("./commands/verifyUploaded.js")).verifyUploaded(io, folder, options));
      } else if (options.madeWith === undefined) {
        const { verify } = await import("./commands/verify.js");
        const { source } = options;
        const compare = source === undefined ? undefined : (await import("./verifySource.js")).verifySource;
        done(await verify(io, folder, options, compare));
      } else done(await (await import("./commands/verifyMadeWith.js")).verifyMadeWith(io, folder, options));
    });
}

function addScript(program: Command, io: Io, done: Done): void {
  defineCommand(program, "script")
    .description("write a program in Python or R that regenerates a list, or recomputes doses, without allocell")
    .argument("[folder-or-plan]", "folder that `allocell list` wrote, or the plan of a dynamic allocation")
    .option("--dose", "the program that recomputes the answers of `allocell prepare --json`")
    .option("--log <file>", "with a dynamic plan: its log, which the program is to replay")
    .addOption(
      new Option("--lang <language>", "language of the program").choices(["python", "r"]).makeOptionMandatory(),
    )
    .option("--out <file>", "new file to write (default: named after the list)")
    .option("--json", "answer as JSON")
    .action(async (folder: string | undefined, options: ScriptOptions) => {
      done(await (await import("./commands/script.js")).script(io, folder, options));
    });
}
