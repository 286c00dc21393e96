import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { AuditOptions } from "./commands/audit.js";
import type { DescribeOptions } from "./commands/describeBy.js";
import { DOCUMENTS } from "./documentNames.js";
import type { Io } from "./io.js";
import { languageOption } from "./languageOption.js";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** Adds the commands about leaks and documents: audit, describe. */
export function addAuditCommands(program: Command, io: Io, done: (exitCode: number) => void): void {
  defineCommand(program, "audit")
    .description("look for leaks of the blind in a list's folder, or in a plan before there is a list")
    .argument("<folder-or-plan>", "folder that `allocell list` wrote, with whatever else is handed out; or a plan file")
    .option("--seed-file <file>", "file with the seed of a live list: decides the rules that derive it again")
    .option("--test-seed <text>", "the seed of a TEST list")
    .option("--other <folder>", "the TEST list beside a LIVE one, or the other way round")
    .option("--trial <file>", "your own trial, as a YAML or JSON file")
    .option("--decision <file>", "record of the decision that opens a closed arm")
    .option("--assumptions <file>", "answers that doses and their days rest on")
    .addOption(
      new Option("--assume <key=value>", "one such answer; may be repeated").argParser(collect).default([], "none"),
    )
    .option("--facts <file>", "preparations, kits, sentinels, thresholds (YAML or JSON)")
    .option("--log <file>", "log of events")
    .option("--json", "answer as JSON")
    .action(async (path: string, options: AuditOptions) => {
      done(await (await import("./commands/auditInLanguage.js")).auditInLanguage(io, path, options));
    });
  defineCommand(program, "describe")
    .description("write a document about a list, in Markdown, with empty places to fill in; usdm in JSON")
    .argument("<folder-or-plan>", "folder that `allocell list` wrote, or a plan file")
    .addOption(
      new Option("--document <name>", "protocol, spirit, m11 and usdm hold no block sizes; the others are UNBLINDED")
        .choices(DOCUMENTS)
        .default("protocol"),
    )
    .option("--trial <file>", "your own trial, as a YAML or JSON file")
    .option("--decision <file>", "record of the decision that opens a closed arm")
    .addOption(languageOption("the document (not of spirit, consort, m11, usdm)"))
    .option("--json", "answer as JSON")
    .action(async (path: string, options: DescribeOptions) => {
      done(await (await import("./commands/describe.js")).describe(io, path, options));
    });
}
