import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { AssessCommandOptions } from "./assessInput.js";
import type { Io } from "./io.js";
import type { SuggestOptions } from "./suggestPlan.js";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

type Done = (exitCode: number) => void;

/** Adds the commands of the choice of a design: assess, suggest. */
export function addAssessCommands(program: Command, io: Io, done: Done): void {
  addAssess(program, io, done);
  addSuggest(program, io, done);
}

function addAssess(program: Command, io: Io, done: Done): void {
  defineCommand(program, "assess")
    .description("how balanced and how predictable the lists of a plan are; several plans beside each other")
    .argument("[plans...]", "plan files (YAML or JSON)")
    .option("--list <folder>", "instead of a plan: the list that was drawn, among all lists of its design (unblinded)")
    .option("--log <file>", "with --list: what has happened so far, and what code breaks tell of the next allocations")
    .option("--html <file>", "write a report with pictures, one new file that needs no network")
    .option("--plots <folder>", "write each picture (SVG) and its data (CSV)")
    .addOption(
      new Option("--knowledge <what>", "what a guesser knows of the design").choices(["hidden", "set-known", "seen"]),
    )
    .option("--fractions", "exact fractions beside the numbers, for short lists")
    .option("--simulate <lists>", "simulate, at most that many lists (default: exact)")
    .option("--precision <se>", "stop the simulation when the standard errors of all shares are that small")
    .option("--stream <text>", "name of the simulation's random stream")
    .option("--participants <n>", "participants who come (default: the size of the trial's part, else all rows)")
    .option(
      "--shares <list>",
      "their expected shares by stratum, with commas; of a dynamic plan by factor: site=5,3,2;sex=1,1 (default: equal)",
    )
    .option("--late <list>", "centres that open after so many participants: 03=60,04=100")
    .option("--most-per-centre <n>", "most participants of one centre")
    .option("--dropout <p>", "probability that a participant drops out before randomization")
    .option("--factor-effect <size>", "dynamic plan: effect of each factor on the response, first against last level")
    .option("--run-out <p>", "probability of running out that a sufficient list keeps to (default: 0.05)")
    .option(
      "--site-share <share>",
      "share of one site in a list that sites share: what is guessed from that site alone",
    )
    .option("--selection <eta>", "selection bias for the t test, in standard deviations")
    .option("--trend <trend>", "time trend for the t test: linear:SIZE, log:SIZE or step:SIZE@ROW")
    .option("--effect <size>", "effect for the power of the test, in standard deviations")
    .option("--trial <file>", "your own trial, as a YAML or JSON file")
    .option("--json", "answer as JSON")
    .action(async (plans: string[], options: AssessCommandOptions) => {
      done(
        options.list === undefined
          ? await (await import("./commands/assess.js")).assessPlans(io, plans, options)
          : await (await import("./commands/assessList.js")).assessDrawnList(io, options.list, plans, options),
      );
    });
}

function addSuggest(program: Command, io: Io, done: Done): void {
  const command = defineCommand(program, "suggest")
    .description("rank designs for a trial, with reasons; with a plan beside its own design")
    .argument(
      "[plan]",
      "plan of a list or of a dynamic allocation (YAML or JSON), in place of what describes the trial",
    )
    .option("--n <n>", "participants of the trial (default: the length of the plan)")
    .option("--ratio <ratio>", "allocation ratio, such as 2:1; needed without a plan")
    .option("--strata <count>", "strata besides sites (default: 1)")
    .option("--factors <list>", "levels of each factor besides the centre, with commas, in place of --strata: 2,3")
    .option("--sites <count>", "sites, if randomization is stratified by them (default: 1)")
    .option(
      "--factor-weights <list>",
      "weights of the factors in minimization, the centre first: 1,2,2 (default: 1 each)",
    )
    .option("--limit-forced <share>", "most rows that may be certain, as a share (default: 0.25)")
    .option("--limit-imbalance <participants>", "largest imbalance of a list that may be expected")
    .option("--limit-final <participants>", "largest imbalance at the end of a list that may be expected")
    .option(
      "--limit-pooled <participants>",
      "largest standard deviation of a group's size around its share, at the end",
    )
    .option(
      "--limit-predictability <share>",
      "most of what the ratio leaves open that the guesser may get, from 0 to 1",
    )
    .option("--shares <list>", "expected shares or rates of the lists (strata x sites), with commas (default: equal)");
  withCentres(command)
    .option("--trial <id>", "built-in trial or trial file: what a guesser knows follows from the masking of its part")
    .option("--part <id>", "randomized part of that trial, if it has several")
    .addOption(
      new Option(
        "--guesser <knows>",
        "what masking leaves somebody who wants to guess: all earlier allocations, those of his centre, or none",
      ).choices(["everything", "own-centre", "nothing"]),
    )
    .addOption(
      new Option(
        "--weight <criterion=w>",
        "weight of a criterion: predictability, deterministic, imbalance, pooled, margins; may be repeated",
      )
        .argParser(collect)
        .default([], "by the guesser"),
    )
    .option("--fixed-sizes", "recommend only a design whose groups always end within one of their share")
    .addOption(
      new Option("--candidate <json>", "a procedure to rank too, as in a plan; may be repeated")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--top <count>", "how many designs to give reasons for", "3")
    .option("--plots <folder>", "write a figure of all designs (SVG) and its data (CSV)")
    .option("--json", "answer as JSON")
    .action(async (plan: string | undefined, options: SuggestOptions) => {
      done(await (await import("./commands/suggest.js")).suggestDesigns(io, plan, options));
    });
}

/** When centres take participants, and who drops out. */
const withCentres = (command: Command): Command =>
  command
    .option("--late <list>", "centres, 1 to --sites, that open after so many participants: 2=30,3=60")
    .option("--most-per-centre <n>", "most participants of one centre")
    .option("--dropout <p>", "probability that a participant drops out before randomization");
