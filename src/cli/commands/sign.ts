import { basename, resolve } from "node:path";
import { fail } from "../../foundation/index.js";
import { exists } from "../../store/disk/index.js";
import { faultRemark, signatureWords, type SignatureRemark } from "../answers/signAnswer.js";
import { readBytes, requireNew, sha256Of, writeOne } from "../custodyFiles.js";
import { readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { parseAllowedSigners } from "../signing/allowedSigners.js";
import { judgeSignature } from "../signing/judgeSignature.js";
import { fingerprintOf, readPrivateKey } from "../signing/keys.js";
import { NAMESPACE, parseSshSignature, toSshSignature } from "../signing/sshsig.js";
import { parseStatement, requireLine, type SignatureStatement } from "../signing/statement.js";

export interface SignOptions extends CommonOptions {
  readonly name: string;
  readonly meaning: string;
  readonly key?: string;
  readonly detached?: boolean;
  readonly out?: string;
}

/** A key or a list of signers is a few lines. */
const LARGEST_BYTES = 1_000_000;
/** In the current folder, never silently in that of a list. */
const statementOf = (file: string): string => `${basename(file)}.signature.json`;

/**
 * `allocell sign FILE`: writes into the current folder a statement of who signs it, why and when, with its SHA-256, and a
 * signature of that statement that `ssh-keygen -Y verify` reads. With `--detached` the statement alone, for another
 * system to sign.
 */
export async function sign(io: Io, file: string, options: SignOptions): Promise<number> {
  const { key, detached } = options;
  if ((key === undefined) === (detached !== true)) {
    return fail(
      "cli.option_missing",
      "--key",
      "Who signs: your key here, or another system with what is prepared here?",
      {
        expected: "--key FILE, or --detached",
      },
    );
  }
  const [name, meaning] = [requireLine(options.name, "--name"), requireLine(options.meaning, "--meaning")];
  const out = options.out ?? statementOf(file);
  const statement: SignatureStatement = {
    format: "allocell-signature-1",
    file: basename(file),
    sha256: sha256Of(readBytes(io, file)),
    name,
    meaning,
    at: io.now().toISOString(),
  };
  const text = jsonText(statement);
  const signing = key === undefined ? undefined : readPrivateKey(readText(io, key, LARGEST_BYTES), key);
  requireNew(io, out);
  requireNew(io, `${out}.sig`);
  // The signature first: no statement ever lies there as if it were signed.
  if (signing !== undefined) writeOne(io, `${out}.sig`, toSshSignature(Buffer.from(text, "utf8"), signing), 0o644);
  const statementSha256 = writeOne(io, out, text, 0o644);
  const say = signatureWords(io.language ?? "en");
  const answer = { command: "sign", file, sha256: statement.sha256, name, meaning, at: statement.at, statement: out };
  if (signing === undefined) {
    const next = [
      say("prepared", { out, sha256: statementSha256 }),
      say("hash", { file, sha256: statement.sha256 }),
      say("toSign", { out }),
      say("command", { command: `ssh-keygen -Y sign -f KEY -n ${NAMESPACE} ${out}` }),
      "",
    ];
    await io.stdout.write(options.json === true ? jsonText({ ...answer, statementSha256 }) : next.join("\n"));
    return 0;
  }
  const fingerprint = fingerprintOf(signing.publicBlob);
  await io.stdout.write(
    options.json === true
      ? jsonText({ ...answer, signature: `${out}.sig`, key: fingerprint })
      : [
          say("signed", { file, meaning, name, at: statement.at }),
          say("statement", { out }),
          say("signature", { out, key: fingerprint }),
          say("check", {
            command: `allocell verify-signature ${file} --signers ALLOWED_SIGNERS${options.out === undefined ? "" : ` --signature ${out}`}`,
          }),
          "",
        ].join("\n"),
  );
  return 0;
}

export interface VerifySignatureOptions extends CommonOptions {
  readonly signature?: string;
  readonly signers: string;
}

/** `allocell verify-signature FILE`: who signed it, when and why, and whether a byte was changed since. */
export async function verifySignature(io: Io, file: string, options: VerifySignatureOptions): Promise<number> {
  const shown = options.signature ?? statementOf(file);
  const name = shown.endsWith(".sig") ? shown.slice(0, -".sig".length) : shown;
  const signers = parseAllowedSigners(readText(io, options.signers, LARGEST_BYTES), options.signers);
  const message = readBytes(io, name);
  const statement = parseStatement(Buffer.from(message).toString("utf8"), name);
  if (!exists(resolve(io.cwd, `${name}.sig`), `${name}.sig`)) {
    return fail("cli.file_missing", `${name}.sig`, "The statement has no signature beside it.", {
      expected: `${name}.sig, which ssh-keygen -Y sign -n ${NAMESPACE} ${name} makes`,
    });
  }
  const signature = parseSshSignature(readText(io, `${name}.sig`, LARGEST_BYTES));
  const judged = judgeSignature(message, signature, { signers, namespace: NAMESPACE, at: new Date(statement.at) });
  const { signer } = judged;
  const faults = judged.faults.map(faultRemark);
  const sha256 = sha256Of(readBytes(io, file));
  if (sha256 !== statement.sha256) {
    faults.push(["otherFile", { file, sha256, signed: statement.sha256 }]);
  }
  const notes: SignatureRemark[] = basename(file) === statement.file ? [] : [["otherName", { name: statement.file }]];
  const isSigned = faults.length === 0;
  const key = signature === undefined ? {} : { key: fingerprintOf(signature.publicBlob) };
  const who = { ...(signer === undefined ? {} : { signer: signer.principals }), ...key };
  const { name: printed, meaning, at } = statement;
  const [say, english] = [signatureWords(io.language ?? "en"), signatureWords("en")];
  await io.stdout.write(
    options.json === true
      ? jsonText({
          command: "verify-signature",
          signed: isSigned,
          file,
          sha256,
          ...who,
          name: printed,
          meaning,
          at,
          faults: faults.map((fault) => english(...fault)),
          notes: notes.map((note) => english(...note)),
        })
      : [
          say(isSigned ? "isSigned" : "notSigned", { file }),
          ...faults.map((fault) => `  ${say(...fault)}`),
          say("signer", {
            signer: signer?.principals ?? say("notProven"),
            key: key.key === undefined ? "" : say("key", { key: key.key }),
          }),
          say("name", { name: printed }),
          say("meaning", { meaning }),
          say("at", { at }),
          ...notes.map((note) => `  ${say(...note)}`),
          "",
        ].join("\n"),
  );
  return isSigned ? 0 : 1;
}
