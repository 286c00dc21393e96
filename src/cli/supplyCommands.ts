import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { CalendarOptions, EligibleOptions } from "./commands/planning.js";
import type { KitsOptions } from "./commands/supply.js";
import type { ViewOptions } from "./commands/view.js";
import type { CommonOptions, Io } from "./io.js";
import { withAnswers } from "./preparationCommands.js";

type Done = (exitCode: number) => void;

const ROLES = [
  ...["statistician", "pharmacy", "site", "care-provider", "investigator", "participant", "outcomes-assessor"],
  ...["committee", "sponsor"],
];

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** Adds the commands about kits and sites, views by role, and what is planned for one participant. */
export function addSupplyCommands(program: Command, io: Io, done: Done): void {
  addKits(program, io, done);
  addView(program, io, done);
  addPlanning(program, io, done);
}

function addKits(program: Command, io: Io, done: Done): void {
  defineCommand(program, "kits")
    .description("generate a kit list from its plan: with treatments (UNBLINDED) and without")
    .argument("<plan>", "plan of the kit list (YAML or JSON): trial, list, prefix, batches")
    .option("--seed-file <file>", "file with the seed of the kit list, another one than the randomization list's")
    .option("--test-seed <text>", "any text; the kits are marked TEST")
    .option("--out <folder>", "new folder (default: the kit list's id)")
    .option("--json", "answer as JSON")
    .action(async (plan: string, options: KitsOptions) => {
      done(await (await import("./commands/supply.js")).kits(io, plan, options));
    });
  defineCommand(program, "supply")
    .description("UNBLINDED: how many kits of each arm a site needs at its beginning")
    .argument("<file>", "the site's arms, allocation, participants and accepted risk (YAML or JSON)")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: CommonOptions) => {
      done(await (await import("./commands/supply.js")).supply(io, file, options));
    });
  defineCommand(program, "resupply")
    .description("UNBLINDED: shipments that disclose nothing, and the probability that they come too late")
    .argument("<file>", "the same file as for supply, with resupply: { every, lead, participants }")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: CommonOptions) => {
      done(await (await import("./commands/supply.js")).resupply(io, file, options));
    });
}

function addView(program: Command, io: Io, done: Done): void {
  withAnswers(
    defineCommand(program, "view")
      .description(
        "what one role may hold of a list, by the masking of its part; the file's name says which world it is of",
      )
      .argument("<folder>", "folder that `allocell list` wrote")
      .addOption(new Option("--role <role>", "for whom").choices(ROLES).makeOptionMandatory())
      .option("--log <file>", "the allocation log: every role but statistician and pharmacy sees issued numbers only")
      .option("--where <levels>", "the rows of one site, such as site=01")
      .option("--participant <id>", "the one participant of an unmasked participant's view")
      .option("--kits <file>", "for the pharmacy: plan of the kit list with its seed, or the record of its files")
      .option("--kits-seed-file <file>", "seed of the kit list")
      .option("--kits-test-seed <text>", "seed of TEST kits")
      .option("--seed-file <file>", "file with the seed of the list")
      .option("--test-seed <text>", "the seed of a TEST list")
      .option("--trial <file>", "your own trial, as a YAML or JSON file")
      .option("--out <file>", "new file (default: named after list, world and role)")
      .option("--json", "answer as JSON"),
  ).action(async (folder: string, options: ViewOptions) => {
    done(await (await import("./commands/view.js")).view(io, folder, options));
  });
}

function addPlanning(program: Command, io: Io, done: Done): void {
  defineCommand(program, "eligible")
    .description("the limits of a trial in numbers, for one participant; the criteria in words are listed to be read")
    .argument("<trial>", "registry number, or a trial file")
    .option("--age <years>", "completed years")
    .option("--weight <weight>", 'body weight in kg, such as "72.4 kg"')
    .option("--height <height>", 'height in cm, such as "168 cm"')
    .option("--bmi <number>", "body-mass index in kg/m2; computed from weight and height where it is left out")
    .addOption(new Option("--sex <sex>", "where a trial is for one sex").choices(["female", "male"]))
    .option("--json", "answer as JSON")
    .action(async (trial: string, options: EligibleOptions) => {
      done(await (await import("./commands/planning.js")).eligible(io, trial, options));
    });
  defineCommand(program, "calendar")
    .description("dates of repeat administrations, with windows, off weekends and holidays")
    .requiredOption("--first <date>", "planned day of the first administration, YYYY-MM-DD")
    .requiredOption("--count <n>", "number of administrations")
    .option("--interval <days>", "days from one administration to the next")
    .option("--offsets <days>", "in place of an interval: days after the first, such as 0,3,7,10")
    .option("--early <days>", "days that an administration may be early")
    .option("--late <days>", "days that an administration may be late")
    .addOption(new Option("--anchor <day>", "what the window hangs on").choices(["planned", "actual-first"]))
    .option("--spacing <days>", "fewest days since the preceding administration")
    .option("--actual <date>", "day on which administration 1, 2 ... took place; may be repeated", collect, [])
    .addOption(
      new Option("--weekend <policy>", "where a day off is moved")
        .choices(["none", "previous", "next", "nearest"])
        .makeOptionMandatory(),
    )
    .option("--holidays <file>", "dates on which nothing is administered (YAML or JSON)")
    .addOption(
      new Option("--weigh <when>", "which administrations need a new weight")
        .choices(["every-administration", "first-only"])
        .makeOptionMandatory(),
    )
    .option("--json", "answer as JSON")
    .action(async (options: CalendarOptions) => {
      done(await (await import("./commands/planning.js")).calendar(io, options));
    });
  defineCommand(program, "shared-volume")
    .description("UNBLINDED: final volumes with which one bag serves every arm of a blinded part")
    .argument("<file>", "arms with doses, weights, concentration, syringes and limits (YAML or JSON)")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: CommonOptions) => {
      done(await (await import("./commands/planning.js")).sharedVolume(io, file, options));
    });
}
