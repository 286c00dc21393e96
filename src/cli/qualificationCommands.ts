import type { Command } from "commander";
import { defineCommand } from "./commandTable.js";
import type { IqOptions } from "./commands/iq.js";
import type { OqOptions } from "./commands/oq.js";
import type { SignOptions, VerifySignatureOptions } from "./commands/sign.js";
import type { Io } from "./io.js";
import { languageOption } from "./languageOption.js";
import type { Run } from "./qualification/runCases.js";

/** The commands by which a user qualifies the installed package: iq, oq. */
export function addQualificationCommands(program: Command, io: Io, done: (exitCode: number) => void, run: Run): void {
  defineCommand(program, "iq")
    .description("installation qualification: every file of the package against its manifest, runtime, dependencies")
    .option("--signers <file>", "who may sign a package: allowed signers that you have from elsewhere (ssh-keygen)")
    .option("--accept-platform <reason>", "go on although this platform is not among those that were tested")
    .addOption(languageOption("the report"))
    .option("--out <folder>", "write the report there, as HTML to be printed and signed, and as JSON")
    .option("--json", "answer as JSON")
    .action(async (options: IqOptions) => {
      done(await (await import("./commands/iq.js")).iq(io, options));
    });
  defineCommand(program, "oq")
    .description("operational qualification: the shipped cases, run by the installed package without a network")
    .option("--group <letters>", "some groups of cases alone, with commas between")
    .option("--detailed", "show every case")
    .addOption(languageOption("the report"))
    .option("--out <folder>", "write the report there, as HTML to be printed and signed, and as JSON")
    .option("--json", "answer as JSON")
    .action(async (options: OqOptions) => {
      done(await (await import("./commands/oq.js")).oq(io, options, run));
    });
  addSignatures(program, io, done);
}

/** Adds sign and verify-signature. */
function addSignatures(program: Command, io: Io, done: (exitCode: number) => void): void {
  defineCommand(program, "sign")
    .description("sign a report or a manifest: name, meaning, time and SHA-256, by your SSH key (Ed25519)")
    .argument("<file>", "the file to sign; it is not changed")
    .requiredOption("--name <name>", "your name in print")
    .requiredOption("--meaning <text>", "what the signature means, such as reviewed or approved")
    .option("--key <file>", "your private key (OpenSSH, Ed25519, without a passphrase)")
    .option("--detached", "write only what is to be signed, for ssh-keygen or a system of your organisation")
    .option("--out <file>", "new file for what is signed (default: the file's name and .signature.json, here)")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: SignOptions) => {
      done(await (await import("./commands/sign.js")).sign(io, file, options));
    });
  defineCommand(program, "verify-signature")
    .description("who signed a file, when and why, and whether a byte was changed since")
    .argument("<file>", "the file that was signed")
    .requiredOption("--signers <file>", "the allowed signers: who, and the public key, one a line (ssh-keygen)")
    .option("--signature <file>", "what was signed (default: the file's name and .signature.json, here)")
    .option("--json", "answer as JSON")
    .action(async (file: string, options: VerifySignatureOptions) => {
      done(await (await import("./commands/sign.js")).verifySignature(io, file, options));
    });
}
