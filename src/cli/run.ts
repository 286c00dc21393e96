import { Argument, Command, CommanderError } from "commander";
import { defineCommand } from "./commandTable.js";
import { AllocellError } from "../foundation/index.js";
import { VERSION } from "../version.js";
import { fromFileSystem, takeLeftoverNotes } from "../store/disk/index.js";
import { addAssessCommands } from "./assessCommands.js";
import { addAuditCommands } from "./auditCommands.js";
import { addCohortCommands } from "./cohortCommands.js";
import { addConductCommands } from "./conductCommands.js";
import { addCustodyCommands } from "./custodyCommands.js";
import { addDoseCommands } from "./doseCommands.js";
import { addEscalationCommands } from "./escalationCommands.js";
import { addExchangeCommands } from "./exchangeCommands.js";
import { explaining } from "./explained.js";
import { toErrorJson, toErrorText } from "./failure.js";
import { jsonText, type CommonOptions, type Io } from "./io.js";
import { languageOfLine, takeLanguage } from "./languageOption.js";
import { addListCommands } from "./listCommands.js";
import { addPageCommand } from "./pageCommand.js";
import { groupByPerson } from "./people.js";
import { addPreparationCommands } from "./preparationCommands.js";
import { completionScript, SHELL_NAMES } from "./completion.js";
import { RecordedFault, toRecordedJson, toRecordedText } from "./recorded.js";
import { addQualificationCommands } from "./qualificationCommands.js";
import { addSupplyCommands } from "./supplyCommands.js";
import { helpAsked, requireQuotes, unknownHelp, usageError } from "./usageError.js";

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
export async function run(line: readonly string[], world: Io): Promise<number> {
  const { language, stated, argv } = languageOfLine(line, world.env);
  // What programs read is English.
  const spoken = argv.includes("--json") ? "en" : language;
  const { stdout, watch } = explaining(world.stdout, spoken);
  const io: Io = { ...world, stdout, language: spoken };
  let exitCode = NO_FAULT;
  let helpText = "";
  const chineseHelp = io.language === "zh" ? await import("./chinese/help/index.js") : undefined;
  const program = commandLine(
    io,
    (code) => (exitCode = code),
    (text) => (helpText += text),
    chineseHelp?.AFTER_HELP_ZH,
  );
  watch(program);
  takeLanguage(program, stated);
  chineseHelp?.inChinese(program);
  try {
    requireQuotes(argv);
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...helpAsked(program, argv)], { from: "user" });
    await tellLeftovers(io, argv.includes("--json"));
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await io.stdout.write(helpText);
      return NO_FAULT;
    }
    return report(io, argv, unknownHelp(error, program, argv));
  }
}

/** What killed runs left beside the files of this one, so that nobody takes it for a list. */
async function tellLeftovers(io: Io, isJson: boolean): Promise<void> {
  const notes = takeLeftoverNotes();
  if (notes.length === 0) return;
  const warnings = notes.map((message) => ({ code: "cli.left_over", path: "", message }));
  await io.stderr.write(
    isJson
      ? jsonText({ warnings })
      : io.language === "zh"
        ? (await chinese()).toChineseLeftoverText(notes)
        : notes.map((note) => `Note: ${note}\n`).join(""),
  );
}

/** The Chinese of what goes wrong; nobody else loads it. */
const chinese = (): Promise<typeof import("./chinese/errorText.js")> => import("./chinese/errorText.js");

async function report(io: Io, argv: readonly string[], thrown: unknown): Promise<number> {
  const isJson = argv.includes("--json");
  const isChinese = io.language === "zh";
  const tell = async (json: () => object, zh: () => Promise<string>, en: () => string): Promise<void> =>
    io.stderr.write(isJson ? jsonText(json()) : isChinese ? await zh() : en());
  if (thrown instanceof RecordedFault) {
    await tell(
      () => toRecordedJson(thrown),
      async () => (await chinese()).toChineseRecordedText(thrown),
      () => toRecordedText(thrown),
    );
    return NOT_FINISHED;
  }
  const usage = thrown instanceof CommanderError ? thrown : undefined;
  const error = usage === undefined ? asFileFault(thrown) : usageError(usage, argv);
  if (AllocellError.is(error)) {
    await tell(
      () => toErrorJson(error),
      async () => (await chinese()).toChineseErrorText(error, usage),
      () => toErrorText(error),
    );
    return BAD_INPUT;
  }
  const said = error instanceof Error ? error.message : String(error);
  const code = "cli.internal";
  const message = `allocell itself failed: ${said}`;
  const trace = io.env["ALLOCELL_DEBUG"] === undefined || !(error instanceof Error) ? "" : `${error.stack ?? ""}\n`;
  await tell(
    () => ({ error: { code, message, issues: [{ code, path: "", message, keys: [] }] } }),
    async () => (await chinese()).toChineseOwnFaultText(message, trace),
    () => `${message}\nNothing was finished. Please report this; ALLOCELL_DEBUG=1 shows where it happened.\n${trace}`,
  );
  return OWN_FAULT;
}

/** An error of the file system that nobody has given the user's own name of the file keeps the system's. */
function asFileFault(error: unknown): unknown {
  const isOfFile = error instanceof Error && "syscall" in error && "path" in error && typeof error.path === "string";
  return isOfFile ? fromFileSystem(error, error.path as string) : error;
}

const AFTER_HELP = `
Exit codes: 0 good, 1 the answer is "no", 2 bad input and nothing written,
4 the event is in the log but was not shown.
Start with: allocell trials
中文：allocell --lang zh`;

/** The whole command line, with its help in English; `after` stands below the help of the program itself. */
export function commandLine(
  io: Io,
  done: (exitCode: number) => void,
  help: (text: string) => void,
  after = AFTER_HELP,
): Command {
  const program = new Command("allocell")
    .description(
      "Randomized cell-therapy trials: cell doses with every step shown, and randomization lists that others can verify.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({ writeOut: help, writeErr: () => undefined })
    .configureHelp({ showGlobalOptions: false })
    .addHelpText("after", after);
  // Each command's code is loaded when it is called, not before.
  addDoseCommands(program, io, done);
  addListCommands(program, io, done);
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
  defineCommand(program, "codes")
    .description("what the codes of errors and warnings mean, and what to do")
    .argument("[code]", "one code, such as list.plan_invalid, or the codes of a prefix, such as list")
    .option("--json", "answer as JSON")
    .action(async (code: string | undefined, options: CommonOptions) => {
      done(await (await import("./commands/codes.js")).codes(io, code, options));
    });
  defineCommand(program, "completion")
    .description("a script that completes commands and options in your shell")
    .addArgument(new Argument("<shell>", "your shell").choices(SHELL_NAMES))
    .action(async (shell: string) => {
      await io.stdout.write(completionScript(shell, program));
    });
  addQualificationCommands(program, io, done, run);
  groupByPerson(program);
  return program;
}
