import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { EscalationAssessOptions, EscalationPathsOptions, EscalationTableOptions } from "./commands/escalation.js";
import type { InitEscalationOptions } from "./commands/initEscalation.js";
import type { SelectOptions } from "./commands/select.js";
import type { InitTemplateOptions, TemplateKind } from "./commands/initTemplate.js";
import { PROCEDURE_KINDS } from "../procedure/index.js";
import type { Io } from "./io.js";
import { languageOption } from "./languageOption.js";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

const withOutput = (command: Command): Command =>
  command
    .option("--out <folder>", "new folder for the tables as CSV, the figure and a page for a protocol appendix")
    .addOption(languageOption("the answer and its files"))
    .option("--json", "answer as JSON");

type Done = (exitCode: number) => void;

/** Adds the commands of an escalating part before anybody is treated: escalation, init; and of the choice of a dose. */
export function addEscalationCommands(program: Command, io: Io, done: Done): void {
  const escalation = defineCommand(program, "escalation").description("the rule of an open, escalating part");
  addTable(escalation, io, done);
  addAssess(escalation, io, done);
  addPaths(escalation, io, done);
  addSelect(program, io, done);
  addInit(program, io, done);
}

function addTable(escalation: Command, io: Io, done: Done): void {
  withOutput(
    defineCommand(escalation, "escalation table")
      .description("what follows from each number of DLTs at a level")
      .argument("<rule>", "rule file (YAML or JSON); `allocell init escalation` writes one"),
  ).action(async (rule: string, options: EscalationTableOptions) => {
    done(await (await import("./commands/escalation.js")).escalationTable(io, rule, options));
  });
}

function addAssess(escalation: Command, io: Io, done: Done): void {
  withOutput(
    defineCommand(escalation, "escalation assess")
      .description("which level is recommended, and how many are treated, if the true rates of DLTs are these")
      .argument("<rule>", "rule file")
      .addOption(
        new Option("--truth <rates>", "a true rate for each level, such as 0.08,0.16,0.32; may be repeated")
          .argParser(collect)
          .default([], "none")
          .makeOptionMandatory(),
      )
      .option("--more-than <n>", "P(more than n are treated); default: the places of the trial's part")
      .option("--overdose-above <rate>", "true rate that is an overdose; default: the target of the rule")
      .option("--fractions", "exact fractions beside the numbers")
      .option("--simulate <runs>", "simulate that many parts, where a design is too large to be enumerated")
      .option("--stream <text>", "name of the simulation's random stream"),
  ).action(async (rule: string, options: EscalationAssessOptions) => {
    done(await (await import("./commands/escalation.js")).escalationAssess(io, rule, options));
  });
}

function addPaths(escalation: Command, io: Io, done: Done): void {
  withOutput(
    defineCommand(escalation, "escalation paths")
      .description("the present step, and what follows from every outcome of the next cohorts")
      .argument("<rule>", "rule file")
      .option("--history <cohorts>", 'what was seen, such as "1NNN 2NNT": N no DLT, T a DLT, P pending', "")
      .option("--depth <cohorts>", "how many cohorts deep, 1 to 4", "2")
      .option("--all", "every pathway to the end of the part")
      .option("--truth <rates>", "a true rate for each level, for probabilities")
      .option("--places <n>", "places of the part; default: those of the trial's part"),
  ).action(async (rule: string, options: EscalationPathsOptions) => {
    done(await (await import("./commands/escalation.js")).escalationPaths(io, rule, options));
  });
}

function addSelect(program: Command, io: Io, done: Done): void {
  defineCommand(program, "select")
    .description("UNBLINDED: which dose the rule proposes after a randomized part, and how the rule behaves")
    .argument("<rule>", "rule file (YAML or JSON)")
    .option("--results <file>", "UNBLINDED: dataCut and the counts of each arm")
    .addOption(
      new Option("--truth <arm=n:response:event>", "true rates of an arm, such as low=12:0.35:0.05; may be repeated")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--out <file>", "new file for the report that a decision refers to by its hash; its name says UNBLINDED")
    .addOption(languageOption("the answer"))
    .option("--json", "answer as JSON")
    .action(async (rule: string, options: SelectOptions) => {
      done(await (await import("./commands/select.js")).select(io, rule, options));
    });
}

const TEMPLATES: readonly (readonly [kind: TemplateKind, description: string])[] = [
  ["trial", "a trial file: of a known trial with the source of each field, or of a new one"],
  ["plan", "a plan for the list of a part"],
  ["assumptions", "the answers to what a trial leaves open"],
  ["order", "an order file for one administration"],
  ["record", "a record of what was infused"],
  ["kits", "the plan of a kit list"],
];

function addTemplate(init: Command, kind: TemplateKind, description: string, io: Io, done: Done): void {
  const command = defineCommand(init, `init ${kind}`)
    .description(description)
    .argument(
      "<trial>",
      `registry number of a built-in trial, or a trial file${kind === "trial" ? "; or a new id" : ""}`,
    );
  if (kind === "plan" || kind === "kits")
    command.option("--part <part>", "part of the trial (default: the randomized one)");
  if (kind === "plan")
    command.addOption(
      new Option("--procedure <kind>", "how it randomizes").choices(PROCEDURE_KINDS).default(PROCEDURE_KINDS[0]),
    );
  command
    .option("--out <file>", `new file to write (default: the trial's id, .${kind}.yaml)`)
    .option("--json", "answer as JSON")
    .action(async (trial: string, options: InitTemplateOptions) => {
      done(await (await import("./commands/initTemplate.js")).initTemplate(io, kind, trial, options));
    });
}

function addInit(program: Command, io: Io, done: Done): void {
  const init = defineCommand(program, "init").description("write an annotated file to be filled in");
  for (const [kind, description] of TEMPLATES) addTemplate(init, kind, description, io, done);
  defineCommand(init, "init escalation")
    .description("a rule file for an open, escalating part")
    .option("--trial <trial>", "registry number of a built-in trial, or a trial file")
    .addOption(
      new Option("--rule <kind>", "the rule").choices(["3+3", "own-table", "boin", "i3+3", "mtpi-2"]).default("3+3"),
    )
    .option("--levels <n>", "number of dose levels", "3")
    .option("--out <file>", "new file to write", "escalation.yaml")
    .addOption(languageOption("the comments in the file, and of the answer"))
    .option("--json", "answer as JSON")
    .action(async (options: InitEscalationOptions) => {
      done(await (await import("./commands/initEscalation.js")).initEscalation(io, options));
    });
}
