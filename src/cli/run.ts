import { Argument, Command, CommanderError, Option } from "commander";
import { AllocellError } from "../foundation/index.js";
import { VERSION } from "../version.js";
import { fromFileSystem, takeLeftoverNotes } from "../store/disk/index.js";
import { addAssessCommands } from "./assessCommands.js";
import { addAuditCommands } from "./auditCommands.js";
import type { DoseOptions } from "./commands/dose.js";
import type { DosesOptions } from "./commands/doses.js";
import type { ListOptions } from "./commands/list.js";
import type { ScriptOptions } from "./commands/script.js";
import type { SeedCommandOptions } from "./commands/seed.js";
import type { VerifyOptions } from "./commands/verify.js";
import type { VerifyMadeWithOptions } from "./commands/verifyMadeWith.js";
import type { VerifyUploadedOptions } from "./commands/verifyUploaded.js";
import { addCohortCommands } from "./cohortCommands.js";
import { addConductCommands } from "./conductCommands.js";
import { addCustodyCommands } from "./custodyCommands.js";
import { addEscalationCommands } from "./escalationCommands.js";
import { addExchangeCommands, formatOption } from "./exchangeCommands.js";
import { toErrorJson, toErrorText } from "./failure.js";
import { jsonText, type CommonOptions, type Io } from "./io.js";
import { addPageCommand } from "./pageCommand.js";
import { groupByPerson } from "./people.js";
import { addPreparationCommands, withAnswers } from "./preparationCommands.js";
import { completionScript, SHELL_NAMES } from "./completion.js";
import { RecordedFault, toRecordedJson, toRecordedText } from "./recorded.js";
import { addSupplyCommands } from "./supplyCommands.js";
import { usageError } from "./usageError.js";

/** Exit codes: 0 good, 1 the answer is "no", 2 bad input, 3 a fault of this program, 4 in the log but not finished. */
const NO_FAULT = 0;
const BAD_INPUT = 2;
const OWN_FAULT = 3;
const NOT_FINISHED = 4;

/**
 * Runs one command line, for example `["dose", "NCT07041801", "--arm", "low"]`.
 *
 * @returns the exit code: 0 good, 1 the answer is "no" (a file differs, a row was refused), 2 bad input, 3 own fault,
 *   4 the event is in the log, but the answer could not be shown or the command not be finished
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = NO_FAULT;
  let helpText = "";
  const program = commandLine(
    io,
    (code) => (exitCode = code),
    (text) => (helpText += text),
  );
  try {
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
    await tellLeftovers(io, argv.includes("--json"));
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await io.stdout.write(helpText);
      return NO_FAULT;
    }
    return report(io, argv, error);
  }
}

/** What killed runs left beside the files of this one, so that nobody takes it for a list. */
async function tellLeftovers(io: Io, isJson: boolean): Promise<void> {
  const notes = takeLeftoverNotes();
  if (notes.length === 0) return;
  const warnings = notes.map((message) => ({ code: "cli.left_over", path: "", message }));
  await io.stderr.write(isJson ? jsonText({ warnings }) : notes.map((note) => `Note: ${note}\n`).join(""));
}

async function report(io: Io, argv: readonly string[], thrown: unknown): Promise<number> {
  const isJson = argv.includes("--json");
  if (thrown instanceof RecordedFault) {
    await io.stderr.write(isJson ? jsonText(toRecordedJson(thrown)) : toRecordedText(thrown));
    return NOT_FINISHED;
  }
  const error = thrown instanceof CommanderError ? usageError(thrown, argv) : asFileFault(thrown);
  if (AllocellError.is(error)) {
    await io.stderr.write(isJson ? jsonText(toErrorJson(error)) : toErrorText(error));
    return BAD_INPUT;
  }
  const said = error instanceof Error ? error.message : String(error);
  const code = "cli.internal";
  const message = `allocell itself failed: ${said}`;
  const trace = io.env["ALLOCELL_DEBUG"] === undefined || !(error instanceof Error) ? "" : `${error.stack ?? ""}\n`;
  await io.stderr.write(
    isJson
      ? jsonText({ error: { code, message, issues: [{ code, path: "", message }] } })
      : `${message}\nNothing was finished. Please report this; ALLOCELL_DEBUG=1 shows where it happened.\n${trace}`,
  );
  return OWN_FAULT;
}

/** An error of the file system that nobody has given the user's own name of the file keeps the system's. */
function asFileFault(error: unknown): unknown {
  const isOfFile = error instanceof Error && "syscall" in error && "path" in error && typeof error.path === "string";
  return isOfFile ? fromFileSystem(error, error.path as string) : error;
}

/** The options of whatever computes doses. */
function withDoseBasis(command: Command): Command {
  return withAnswers(command).option("--part <part>", "part of the trial, where the arm stands in more than one");
}

function withSeed(command: Command): Command {
  return command
    .option("--seed-file <file>", "file with the seed of a live list (made by `allocell seed`)")
    .option("--test-seed <text>", "any text; the list is marked TEST");
}

function commandLine(io: Io, done: (exitCode: number) => void, help: (text: string) => void): Command {
  const program = new Command("allocell")
    .description("Randomized cell-therapy trials: doses that can be followed by hand, lists that can be proved.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({ writeOut: help, writeErr: () => undefined })
    .configureHelp({ showGlobalOptions: false })
    .addHelpText(
      "after",
      '\nExit codes: 0 good, 1 the answer is "no", 2 bad input and nothing written,\n4 the event is in the log but was not shown.\nStart with: allocell trials',
    );
  // Each command's code is loaded when it is called, not before.
  program
    .command("trials")
    .description("the built-in trials; with TRIAL: its parts, arms and what its sources leave open")
    .argument("[trial]", "registry number, or a trial file (YAML or JSON)")
    .option("--json", "answer as JSON")
    .action(async (trial: string | undefined, options: CommonOptions) => {
      done(await (await import("./commands/trials.js")).trials(io, trial, options));
    });
  withDoseBasis(
    program
      .command("dose")
      .description("what one participant is to get, every step shown")
      .argument("[trial]", "registry number, or a trial file")
      .requiredOption("--arm <arm>", "arm of the participant")
      .option("--weight <weight>", 'measured body weight with its unit, such as "72.4 kg"')
      .option("--weighed-on <date>", "day of the weighing, YYYY-MM-DD")
      .option("--weighed-by <name>", "who weighed")
      .option("--age <years>", "age of the participant: the weight is held against it")
      .option("--first <date>", "planned day of the first administration, YYYY-MM-DD")
      .option("--trial <file>", "your own trial, as a YAML or JSON file")
      .option("--json", "answer as JSON"),
  ).action(async (trial: string | undefined, options: DoseOptions) => {
    done(await (await import("./commands/dose.js")).dose(io, trial, options));
  });
  withDoseBasis(
    program
      .command("doses")
      .description(
        "a dose for every row of a CSV file (participant, arm, weight_kg; part, age_years, first_administration)",
      )
      .argument("<file.csv>", "the participants")
      .requiredOption("--trial <trial>", "registry number, or a trial file")
      .option("--out <file>", "write the CSV there instead of to the screen")
      .option("--force", "write over an existing --out")
      .option("--complete", "the file is complete although its last line has no line end")
      .option("--json", "answer as JSON"),
  ).action(async (file: string, options: DosesOptions) => {
    done(await (await import("./commands/doses.js")).doses(io, file, options));
  });
  program
    .command("seed")
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
  withSeed(
    program
      .command("list")
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
  withSeed(
    program
      .command("verify")
      .description("derive a list again and compare all its files")
      .argument("<folder>", "folder that `allocell list` wrote; with --made-with the CSV of another program's list"),
  )
    .addOption(
      new Option("--made-with <program>", "the R package that made the list").choices(["blockrand", "randotools"]),
    )
    .option("--options <file>", "with --made-with: YAML or JSON with the R seed and the call's arguments")
    .option("--trial <file>", "your own trial, to compare the assumptions too")
    .option("--decision <file>", "the decision that the list rests on")
    .option("--uploaded <file>", "compare what another system exports back, row by row; no seed is needed")
    .addOption(formatOption("--from", "with --uploaded: the other system"))
    .option("--map <file>", "with --uploaded: the map of the export")
    .option("--json", "answer as JSON")
    .action(async (folder: string, options: VerifyOptions & VerifyMadeWithOptions & VerifyUploadedOptions) => {
      if (options.uploaded !== undefined) {
        done(await (await import("./commands/verifyUploaded.js")).verifyUploaded(io, folder, options));
      } else if (options.madeWith === undefined) {
        done(await (await import("./commands/verify.js")).verify(io, folder, options));
      } else done(await (await import("./commands/verifyMadeWith.js")).verifyMadeWith(io, folder, options));
    });
  program
    .command("script")
    .description("write a program in Python or R that regenerates a list by itself, without allocell")
    .argument("<folder>", "folder that `allocell list` wrote, with its unblinded manifest")
    .addOption(
      new Option("--lang <language>", "language of the program").choices(["python", "r"]).makeOptionMandatory(),
    )
    .option("--out <file>", "new file to write (default: in the folder, named after the list)")
    .option("--json", "answer as JSON")
    .action(async (folder: string, options: ScriptOptions) => {
      done(await (await import("./commands/script.js")).script(io, folder, options));
    });
  addConductCommands(program, io, done);
  addPreparationCommands(program, io, done);
  addPageCommand(program, io, done);
  addCustodyCommands(program, io, done);
  addAuditCommands(program, io, done);
  addAssessCommands(program, io, done);
  addEscalationCommands(program, io, done);
  addExchangeCommands(program, io, done);
  addSupplyCommands(program, io, done);
  addCohortCommands(program, io, done);
  program
    .command("completion")
    .description("a script that completes commands and options in your shell")
    .addArgument(new Argument("<shell>", "your shell").choices(SHELL_NAMES))
    .action(async (shell: string) => {
      await io.stdout.write(completionScript(shell, program));
    });
  groupByPerson(program);
  return program;
}
