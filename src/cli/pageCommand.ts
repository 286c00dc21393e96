import { Argument, Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { PageName, PageOptions } from "./commands/page.js";
import type { Io } from "./io.js";

/** Adds the command `page`. */
export function addPageCommand(program: Command, io: Io, done: (exitCode: number) => void): void {
  defineCommand(program, "page")
    .description(
      "a page that opens in a browser by double click, without a network: for the pharmacy, or for the statistician",
    )
    .addArgument(new Argument("<page>", "which page").choices(["pharmacy", "statistics"]))
    .requiredOption("--out <file>", "new HTML file to write")
    .option("--trial <trial>", "the trial that it is for: registry number, or a trial file")
    .option("--assumptions <file>", "YAML or JSON file with the trial's answers, put into the page")
    .addOption(new Option("--lang <language>", "language at the start").choices(["en", "zh"]).default("en"))
    .option("--json", "answer as JSON")
    .action(async (name: PageName, options: PageOptions) => {
      done(await (await import("./commands/page.js")).page(io, name, options));
    });
}
