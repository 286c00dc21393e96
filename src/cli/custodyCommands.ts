import type { Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { CommitOptions, OpenOptions } from "./commands/commit.js";
import type { SealOptions, UnsealOptions } from "./commands/seal.js";
import type { CardsOptions, EnvelopesOptions, UnblindOptions } from "./commands/unblind.js";
import type { Io } from "./io.js";
import { languageOption } from "./languageOption.js";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

function withSeed(command: Command): Command {
  return command
    .option("--seed-file <file>", "file with the seed of a live list")
    .option("--test-seed <text>", "the seed of a TEST list")
    .option("--json", "answer as JSON");
}

/** Adds the commands about custody: commit, open, prove-row, seal, unseal, envelopes, unblind. */
export function addCustodyCommands(program: Command, io: Io, done: (exitCode: number) => void): void {
  addProofs(program, io, done);
  defineCommand(program, "seal")
    .description("put the unblinded files of a list into one sealed file (age), whose size tells nothing")
    .argument("<folder>", "folder that `allocell list` wrote")
    .option("--passphrase-file <file>", "one line of 16 characters or more (default: asked for at the terminal)")
    .option("--recipient <key>", "public key (age1...) of who may open it; may be repeated", collect, [])
    .option("--out <file>", "new file to write")
    .option("--json", "answer as JSON")
    .action(async (folder: string, options: SealOptions) => {
      done(await (await import("./commands/seal.js")).seal(io, folder, options));
    });
  defineCommand(program, "unseal")
    .description("take the files out of a sealed file, into a new folder")
    .argument("<file>", "file that `allocell seal` wrote")
    .option("--passphrase-file <file>", "file with the passphrase (default: asked for at the terminal)")
    .option("--identity-file <file>", "file with the secret key of a recipient")
    .option("--manifest <sha256>", "SHA-256 of the unblinded manifest on record; another one is refused")
    .option("--out <folder>", "new folder")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: UnsealOptions) => {
      done(await (await import("./commands/seal.js")).unseal(io, file, options));
    });
  withSeed(
    defineCommand(program, "envelopes")
      .description("seal each row of the blinded list under its own key")
      .argument("<folder>", "folder that `allocell list` wrote")
      .option("--out <folder>", "new folder"),
  ).action(async (folder: string, options: EnvelopesOptions) => {
    done(await (await import("./commands/unblind.js")).envelopes(io, folder, options));
  });
  withSeed(
    defineCommand(program, "cards")
      .description("print code-break cards, one page to fold for each row of the blinded list (UNBLINDED)")
      .argument("<folder>", "folder that `allocell list` wrote")
      .option("--out <file>", "new HTML file")
      .addOption(languageOption("the cards")),
  ).action(async (folder: string, options: CardsOptions) => {
    done(await (await import("./commands/unblind.js")).cards(io, folder, options));
  });
  addUnblind(program, io, done);
}

function addUnblind(program: Command, io: Io, done: (exitCode: number) => void): void {
  defineCommand(program, "unblind")
    .description("break the code of one participant; the event is on the disk before the treatment is shown")
    .argument("<log>", "log that `allocell log open` made")
    .requiredOption("--participant <id>", "who")
    .requiredOption("--reason <text>", "why it must be known")
    .requiredOption("--actor <name>", "who asks")
    .option("--at <instant>", "when, such as 2026-03-01T09:30:00Z (default: now)")
    .option("--master <folder>", "folder with the master list")
    .option("--envelopes <file>", "file of envelopes")
    .option("--key-file <file>", "the key on the participant's card")
    .option("--json", "answer as JSON")
    .addOption(languageOption("the report"))
    .action(async (log: string, options: UnblindOptions) => {
      done(await (await import("./commands/unblind.js")).unblind(io, log, options));
    });
}

function addProofs(program: Command, io: Io, done: (exitCode: number) => void): void {
  withSeed(
    defineCommand(program, "commit")
      .description("make the commitment to a list, to be published before the first participant")
      .argument("<folder>", "folder that `allocell list` wrote")
      .option("--out <file>", "new file to write (default: named after the list)")
      .option("--no-row-proofs", "without the root by which single rows can be proven"),
  ).action(async (folder: string, options: CommitOptions) => {
    done(await (await import("./commands/commit.js")).commit(io, folder, options));
  });
  withSeed(
    defineCommand(program, "open")
      .description("open a commitment after database lock, or check an opening")
      .argument("<path>", "the list's folder (with its seed), or an opening")
      .requiredOption("--commitment <file>", "the commitment that was published")
      .option("--out <file>", "new file for the opening (default: named after the list)"),
  ).action(async (path: string, options: OpenOptions) => {
    done(await (await import("./commands/commit.js")).open(io, path, options));
  });
  withSeed(
    defineCommand(program, "prove-row")
      .description("prove one row of a committed list without showing another, or check such a proof")
      .argument("<path>", "the list's folder (with its seed), or a proof")
      .argument("[number]", "randomization number of the row")
      .requiredOption("--commitment <file>", "the commitment that was published")
      .option("--out <file>", "new file for the proof (default: named after list and row)"),
  ).action(async (path: string, number: string | undefined, options: OpenOptions) => {
    done(await (await import("./commands/commit.js")).proveRow(io, path, number, options));
  });
}
