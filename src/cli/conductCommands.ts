import { Option, type Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { AssignOptions } from "./commands/assign.js";
import type { DispenseOptions } from "./commands/dispense.js";
import type { GateOptions } from "./commands/gate.js";
import type { LogExtendOptions, LogOpenOptions, LogShowOptions, LogVerifyOptions } from "./commands/log.js";
import type { LogRecordOptions } from "./commands/logRecord.js";
import type { LogStoreOptions } from "./commands/logStore.js";
import type { Io } from "./io.js";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

const recipients = (): Option =>
  new Option("--recipient <key>", "with --identity-file: public key of another holder; may be repeated")
    .argParser(collect)
    .default([], "none");

function withStore(command: Command): Command {
  return command
    .requiredOption("--store <url>", "the store: postgres://USER@HOST/DATABASE")
    .option("--unblinded", "the log holds treatments")
    .option("--identity-file <file>", "secret key of age, for treatments that are encrypted")
    .addOption(recipients())
    .option("--json", "answer as JSON");
}

function withWriter(command: Command): Command {
  return command
    .requiredOption("--actor <name>", "who does it")
    .option("--at <instant>", "when, such as 2026-03-01T09:30:00Z (default: now)")
    .option("--json", "answer as JSON");
}

function withDynamic(command: Command): Command {
  return command
    .option("--plan <file>", "plan of a dynamic allocation")
    .option("--seed-file <file>", "file with its live seed")
    .option("--test-seed <text>", "its test seed");
}

/** Adds the commands about the conduct of a list: assign, log. */
export function addConductCommands(program: Command, io: Io, done: (exitCode: number) => void): void {
  withDynamic(
    withWriter(
      defineCommand(program, "assign")
        .description("give a participant the next free position; answers when it is on the disk")
        .argument("<log>", "log that `allocell log open` made")
        .requiredOption("--participant <id>", "who")
        .option("--stratum <levels>", "one level a factor, such as site=01,sex=F", "")
        .option("--unblinded [folder]", "show the arm: from the master list in that folder, or of a dynamic allocation")
        .option("--store <url>", "LOG is the name of a log in this store: postgres://USER@HOST/DATABASE")
        .option("--request <id>", "with --store: the id of the request; given again, it gets the same number")
        .option("--identity-file <file>", "with --store: secret key of age, for treatments that are encrypted")
        .addOption(recipients()),
    ),
  ).action(async (log: string, options: AssignOptions) => {
    done(await (await import("./commands/assign.js")).assign(io, log, options));
  });
  withWriter(
    defineCommand(program, "dispense")
      .description("draw the kit of an administration and record it in the log, before it is shown")
      .argument("<who>", "participant, or randomization number")
      .requiredOption("--log <file>", "the allocation log")
      .requiredOption("--kits <file>", "plan of the kit list, or the record of its files")
      .option("--kits-seed-file <file>", "seed of live kits")
      .option("--kits-test-seed <text>", "seed of TEST kits")
      .option("--list <folder>", "folder with the master list of the log")
      .option("--stock <file>", "codes on the shelf, as CSV with a column code (default: every kit of the list)")
      .option("--administration <n>", "which administration (default: the one after the last that had its kit)"),
  ).action(async (who: string, options: DispenseOptions) => {
    done(await (await import("./commands/dispense.js")).dispense(io, who, options));
  });
  addLogCommands(defineCommand(program, "log").description("the log of who got which position"), io, done);
}

/** Adds `log export` and `log import`. */
function addStoreCommands(log: Command, io: Io, done: (exitCode: number) => void): void {
  withStore(
    defineCommand(log, "log export")
      .description("write the log of a store into a new file, held to its chain")
      .argument("<name>", "name of the log in the store")
      .argument("<file>", "file to make"),
  ).action(async (name: string, file: string, options: LogStoreOptions) => {
    done(await (await import("./commands/logStore.js")).logExport(io, name, file, options));
  });
  withStore(
    defineCommand(log, "log import")
      .description("append to the log of a store what it does not have of a file")
      .argument("<file>", "the log")
      .argument("<name>", "name of the log in the store"),
  ).action(async (file: string, name: string, options: LogStoreOptions) => {
    done(await (await import("./commands/logStore.js")).logImport(io, file, name, options));
  });
}

function addLogCommands(log: Command, io: Io, done: (exitCode: number) => void): void {
  addStoreCommands(log, io, done);
  addLogOpenings(log, io, done);
  addLogRecord(log, io, done);
  addLogViews(log, io, done);
}

/** Adds `log open`, `log gate` and `log extend`. */
function addLogOpenings(log: Command, io: Io, done: (exitCode: number) => void): void {
  withDynamic(
    withWriter(
      defineCommand(log, "log open")
        .description("make a new log, of a list or of a dynamic allocation")
        .argument("<log>", "file to make")
        .option("--list <folder>", "folder that `allocell list` wrote; its blinded manifest is read")
        .option("--rule <file>", "rule file of an open, escalating part, with its block conduct")
        .option("--test", "with --rule: mark the log TEST")
        .option("--waits-for <part>", "part whose decision is recorded before a position is given out")
        .addOption(
          new Option("--cap <levels:n>", "most participants with these levels, site=01:20; may be repeated")
            .argParser(collect)
            .default([], "none"),
        )
        .option("--trial <file>", "your own trial, for a dynamic allocation")
        .option("--decision <file>", "record of the decision that opens a closed arm"),
    ),
  ).action(async (file: string, options: LogOpenOptions) => {
    done(await (await import("./commands/log.js")).logOpen(io, file, options));
  });
  withWriter(
    defineCommand(log, "log gate")
      .description("record the decision that the part waited for; positions are given out from then on")
      .argument("<log>", "the log of the list")
      .option("--open-part <log>", "log of the open part that was closed with a level")
      .option("--decision <file>", "record that chose the dose")
      .option("--trial <file>", "your own trial, as a YAML or JSON file"),
  ).action(async (file: string, options: GateOptions) => {
    done(await (await import("./commands/gate.js")).logGate(io, file, options));
  });
  withWriter(
    defineCommand(log, "log extend")
      .description("more positions or a new site; nothing that was issued changes")
      .argument("<log>", "the log")
      .requiredOption("--reason <text>", "why")
      .option("--list <folder>", "the longer list, made with `allocell list PLAN --extends FOLDER`")
      .option("--plan <file>", "the longer plan of a dynamic allocation"),
  ).action(async (file: string, options: LogExtendOptions) => {
    done(await (await import("./commands/log.js")).logExtend(io, file, options));
  });
}

function addLogRecord(log: Command, io: Io, done: (exitCode: number) => void): void {
  withDynamic(
    withWriter(
      defineCommand(log, "log record")
        .description("record what happened: withdrawn, replaced, forced, skipped, wrong-stratum, code-broken ...")
        .argument("<log>", "log that `allocell log open` made")
        .argument("<kind>", "kind of event")
        .requiredOption("--reason <text>", "why")
        .option("--participant <id>", "who")
        .option("--by <id>", "replaced: the new participant")
        .option("--stratum <levels>", "replaced, forced, skipped, cap-set: levels such as site=01,sex=F")
        .option("--true-stratum <levels>", "wrong-stratum: the levels in truth")
        .option("--position <what>", "forced: used, skipped or none")
        .option("--arm <arm>", "forced, wrong-treatment: the treatment; the log is UNBLINDED then")
        .option("--most <n>", "cap-set: most participants"),
    ),
  ).action(async (log: string, kind: string, options: LogRecordOptions) => {
    done(await (await import("./commands/logRecord.js")).logRecord(io, log, kind, options));
  });
}

/** Adds `log show` and `log verify`. */
function addLogViews(log: Command, io: Io, done: (exitCode: number) => void): void {
  defineCommand(log, "log show")
    .description("who got which position, without treatments")
    .argument("<log>", "the log")
    .option("--unblinded", "with the treatments that the log holds")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: LogShowOptions) => {
      done(await (await import("./commands/log.js")).logShow(io, file, options));
    });
  withDynamic(
    defineCommand(log, "log verify")
      .description("check the chain; with --head that nothing was cut off; with --plan every dynamic assignment")
      .argument("<log>", "the log")
      .option("--list <folder>", "prove that this folder holds the list of the log, unaltered")
      .option("--head <hash>", "a receipt: the hash that an earlier answer gave")
      .option("--json", "answer as JSON"),
  ).action(async (file: string, options: LogVerifyOptions) => {
    done(await (await import("./commands/log.js")).logVerify(io, file, options));
  });
}
