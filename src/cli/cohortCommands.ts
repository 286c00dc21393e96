import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type {
  CohortAssessOptions,
  CohortDecideOptions,
  CohortDecisionOptions,
  CohortEnterOptions,
  CohortOpenOptions,
  CohortStatusOptions,
} from "./commands/cohort.js";
import type { Io } from "./io.js";
import { languageOption } from "./languageOption.js";

const load = (): Promise<typeof import("./commands/cohort.js")> => import("./commands/cohort.js");

const withWriter = (command: Command): Command =>
  command
    .argument("<log>", "log that `allocell log open LOG --rule FILE` made")
    .requiredOption("--actor <name>", "who records it")
    .addOption(languageOption("the answer and its files"))
    .option("--out <folder>", "new folder for the record of the part, as CSV files and a page")
    .option("--at <instant>", "when, such as 2026-03-01T09:30:00Z (default: now)")
    .option("--json", "answer as JSON");

const withOverride = (command: Command): Command =>
  command
    .option("--override <reason>", "record it although the rule or a date speaks against it; always shown from then on")
    .option("--override-by <name>", "who is responsible for that");

const withDecision = (command: Command): Command =>
  withWriter(command)
    .requiredOption("--data-cut <date>", "day up to which outcomes were looked at")
    .requiredOption("--level <n>", "level that was decided, or none")
    .requiredOption("--by <names>", "who decided")
    .option("--decided-on <date>", "day of the decision (default: the day of the record)")
    .option("--reason <text>", "needed where it is not what the rule says");

type Done = (exitCode: number) => void;

/** Adds the commands of the conduct of an open part: cohort. */
export function addCohortCommands(program: Command, io: Io, done: Done): void {
  const cohort = defineCommand(program, "cohort").description("the conduct of an open, escalating part");
  addTreating(cohort, io, done);
  addDeciding(cohort, io, done);
  addReading(cohort, io, done);
}

/** Cohorts and their participants: open, enter, assess. */
function addTreating(cohort: Command, io: Io, done: Done): void {
  withOverride(withWriter(defineCommand(cohort, "cohort open").description("open the cohort that was decided")))
    .option("--level <n>", "another level, with an override")
    .option("--size <n>", "another size, with an override")
    .action(async (log: string, options: CohortOpenOptions) => {
      done(await (await load()).cohortOpen(io, log, options));
    });
  withOverride(
    withWriter(defineCommand(cohort, "cohort enter").description("a participant of the open cohort is dosed")),
  )
    .requiredOption("--participant <id>", "who")
    .requiredOption("--dosed-on <date>", "day of the dosing")
    .option("--replaces <id>", "whom they replace, of the same cohort")
    .action(async (log: string, options: CohortEnterOptions) => {
      done(await (await load()).cohortEnter(io, log, options));
    });
  withWriter(defineCommand(cohort, "cohort assess").description("whether a participant had a DLT"))
    .requiredOption("--participant <id>", "who")
    .addOption(
      new Option("--outcome <what>", "the judgement")
        .choices(["dlt", "no-dlt", "not-evaluable", "late-dlt"])
        .makeOptionMandatory(),
    )
    .requiredOption("--on <date>", "day of the DLT, or of the judgement that there was none")
    .requiredOption("--by <name>", "who judged")
    .option("--reason <text>", "not-evaluable, or no-dlt before the window ends: why")
    .action(async (log: string, options: CohortAssessOptions) => {
      done(await (await load()).cohortAssess(io, log, options));
    });
}

/** What people decide: decide, close. */
function addDeciding(cohort: Command, io: Io, done: Done): void {
  withDecision(
    defineCommand(cohort, "cohort decide").description("record what was decided, beside what the rule says"),
  ).action(async (log: string, options: CohortDecideOptions) => {
    done(await (await load()).cohortDecide(io, log, options));
  });
  withDecision(
    defineCommand(cohort, "cohort close").description("end the part, with or without a level for the next one"),
  ).action(async (log: string, options: CohortDecideOptions) => {
    done(await (await load()).cohortClose(io, log, options));
  });
}

/** What is read from the log: status, decision. */
function addReading(cohort: Command, io: Io, done: Done): void {
  defineCommand(cohort, "cohort status")
    .description("what may happen next, from when, and why not now")
    .argument("<log>", "log of an open part")
    .option("--on <date>", "day that is asked about (default: today)")
    .addOption(languageOption("the answer and its files"))
    .option("--out <folder>", "new folder for the record of the part, as CSV files and a page")
    .option("--json", "answer as JSON")
    .action(async (log: string, options: CohortStatusOptions) => {
      done(await (await load()).cohortStatus(io, log, options));
    });
  defineCommand(cohort, "cohort decision")
    .description("write the decided dose as a decision record, for `dose`, `doses` and preparation orders")
    .argument("<log>", "log of an open part")
    .requiredOption("--arm <arm>", "arm of the trial that gets the dose")
    .option("--participant <id>", "the level of this participant's cohort (default: the level for the next part)")
    .requiredOption("--out <file>", "new file to write, such as decision.json")
    .option("--json", "answer as JSON")
    .action(async (log: string, options: CohortDecisionOptions) => {
      done(await (await load()).cohortDecision(io, log, options));
    });
}
