import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import { EXPORT_FORMATS } from "../exchange/index.js";
import { fail } from "../foundation/index.js";
import type { AnswersOptions, QuestionnaireOptions } from "./commands/assumptions.js";
import type { ExportOptions } from "./commands/export.js";
import type { ExportXlsxOptions } from "./commands/exportXlsx.js";
import type { ImportOptions } from "./commands/import.js";
import type { InitMapOptions } from "./commands/initMap.js";
import { separatorOption } from "./csvOptions.js";
import type { Io } from "./io.js";

const FORMATS = EXPORT_FORMATS.map(({ id }) => id);

/** The option that names the format of another system. */
export const formatOption = (flag: string, text: string): Option =>
  new Option(`${flag} <format>`, text).choices(FORMATS);

interface AllExportOptions extends ExportOptions, ExportXlsxOptions {
  readonly sheets?: "one" | "strata";
  readonly log?: string;
}

/** The options of `export` that each kind of answer reads, and that no other does. */
const OPTIONS_OF: Readonly<Record<string, readonly (keyof AllExportOptions)[]>> = {
  xlsx: ["sheets"],
  "edc-core": ["log"],
};
/** What `export --to` takes: every format of a table, and the others. */
export const EXPORTED_TO: readonly string[] = [...FORMATS, ...Object.keys(OPTIONS_OF)];
const TABLE_OPTIONS: readonly (keyof AllExportOptions)[] = ["map", "development"];

async function exportAny(io: Io, folder: string, options: AllExportOptions): Promise<number> {
  const { to, log } = options;
  const own = OPTIONS_OF[to] ?? TABLE_OPTIONS;
  for (const name of [...Object.values(OPTIONS_OF).flat(), ...TABLE_OPTIONS]) {
    if (options[name] === undefined || own.includes(name)) continue;
    fail("cli.option_unneeded", `--${name}`, "This kind of export does not read this option.", {
      received: `--to ${to}`,
    });
  }
  if (to === "xlsx") return (await import("./commands/exportXlsx.js")).exportXlsx(io, folder, options);
  if (to !== "edc-core") return (await import("./commands/export.js")).exportList(io, folder, options);
  if (log === undefined) {
    return fail("cli.option_missing", "--log", "Who has which number stands in the allocation log.", {
      expected: "--log LOG",
    });
  }
  return (await import("./commands/exportEdcCore.js")).exportEdcCore(io, folder, { ...options, log });
}

/** Adds the commands about other systems' formats: export, init map. */
export function addExchangeCommands(program: Command, io: Io, done: (exitCode: number) => void): void {
  defineCommand(program, "export")
    .description("UNBLINDED: the table of a list for another system, such as REDCap")
    .argument("<folder>", "folder that `allocell list` wrote; with xlsx also one of `allocell kits`")
    .addOption(new Option("--to <format>", "the other system").choices(EXPORTED_TO).makeOptionMandatory())
    .option("--map <file>", "how the other system names arms, factors and levels (allocell init map); not for xlsx")
    .addOption(
      new Option("--sheets <which>", "with xlsx: all rows in one sheet, or one for each stratum").choices([
        "one",
        "strata",
      ]),
    )
    .option("--development <folder>", "folder of the TEST list for the development table, beside a LIVE list")
    .option("--out <folder>", "new folder")
    .option("--json", "answer as JSON")
    .option("--log <file>", "with edc-core: the allocation log, whose assignments are exported")
    .action(async (folder: string, options: AllExportOptions) => {
      done(await exportAny(io, folder, options));
    });
  const imported = defineCommand(program, "import").description("begin a trial file from another system's record");
  defineCommand(imported, "import ctgov")
    .description("a study of ClinicalTrials.gov (API v2, JSON): doses are quoted and never taken over")
    .argument("<file>", "the record as JSON")
    .option("--out <file>", "new file (default: NCT number, .trial.yaml)")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: ImportOptions) => {
      done(await (await import("./commands/import.js")).importRegistry(io, file, options));
    });
  addQuestionnaire(program, io, done);
  const init = program.commands.find((command) => command.name() === "init");
  if (init === undefined) return;
  defineCommand(init, "init map")
    .description("a map of the plan's names to another system's, for export")
    .argument("<plan>", "plan file, or folder that `allocell list` wrote")
    .addOption(formatOption("--to", "the other system").makeOptionMandatory())
    .option("--out <file>", "new file to write")
    .option("--json", "answer as JSON")
    .action(async (plan: string, options: InitMapOptions) => {
      done(await (await import("./commands/initMap.js")).initMap(io, plan, options));
    });
}

/** Adds `assumptions export` and `assumptions import`. */
function addQuestionnaire(program: Command, io: Io, done: (exitCode: number) => void): void {
  const assumptions = defineCommand(program, "assumptions").description("what a trial leaves open, as a questionnaire");
  defineCommand(assumptions, "assumptions export")
    .description("the open questions of a trial, for its sponsor to answer")
    .argument("<trial>", "registry number, or a trial file")
    .addOption(new Option("--to <form>", "form of the file").choices(["csv", "markdown"]).default("csv"))
    .option("--out <file>", "new file to write (default: the trial's id, .questions.csv or .questions.md)")
    .option("--json", "answer as JSON")
    .action(async (trial: string, options: QuestionnaireOptions) => {
      done(await (await import("./commands/assumptions.js")).exportQuestions(io, trial, options));
    });
  defineCommand(assumptions, "assumptions import")
    .description("an answered questionnaire as an assumptions file")
    .argument("<file>", "the questionnaire: .csv, .xlsx or .md")
    .requiredOption("--trial <trial>", "registry number, or a trial file")
    .addOption(separatorOption())
    .option("--out <file>", "new file to write (default: the trial's id, .assumptions.yaml)")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: AnswersOptions) => {
      done(await (await import("./commands/assumptions.js")).importAnswers(io, file, options));
    });
}
