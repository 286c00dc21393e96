import { join, resolve } from "node:path";
import { padBundle, parseBundle, unpadBundle, type UnblindedBundle } from "../../custody/index.js";
import { fail } from "../../foundation/index.js";
import { blindedListOfPlan, isListFile, parseUnblindedManifest, listOfFileName } from "../../list/index.js";
import { failAt, writeFolder, writeNewFile } from "../../store/disk/index.js";
import type { OpeningKey, SealingKey } from "../ageSealing.js";
import { listNames, readBytes, requireNew, sha256Of, writeOne } from "../custodyFiles.js";
import { inFile, readDataFile, readText } from "../dataFile.js";
import { sayIn, type Texts } from "../answers/say.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { checkPassphrase, readPassphrase, type PassphraseOptions } from "../passphraseInput.js";

export interface SealOptions extends CommonOptions, PassphraseOptions {
  readonly recipient: readonly string[];
  readonly out?: string;
}

/**
 * `allocell seal FOLDER`: the unblinded files of a list in one age file, whose size follows from the blinded list and
 * the keys alone.
 */
export async function seal(io: Io, folder: string, options: SealOptions): Promise<number> {
  if (options.recipient.length > 0 && options.passphraseFile !== undefined) {
    fail("cli.key_twice", "--recipient", "A file is sealed with a passphrase or to recipients, not both.");
  }
  const { bundle, padded, base } = await readUnblindedFiles(io, folder);
  const out = options.out ?? `${base}.UNBLINDED.sealed.age`;
  requireNew(io, out);
  const { sealWithAge } = await import("../ageSealing.js");
  const key = await sealingKey(io, options);
  const sha256 = writeOne(io, out, await sealWithAge(padded, key), 0o600);
  const { list, status, manifestSha256 } = bundle;
  const answer = { command: "seal", list, status, file: out, sha256, manifestSha256, recipients: options.recipient };
  const say = sayIn(TEXTS, io.language ?? "en");
  const isByPassphrase = "passphrase" in key;
  const text = [
    say(isByPassphrase ? "sealedByPassphrase" : "sealedToRecipients", { out }),
    `  ${say("sha256", { sha256 })}`,
    `  ${say("ofManifest", { sha256: manifestSha256 })}`,
    say(isByPassphrase ? "sendPassphrase" : "anyRecipient"),
    "",
  ];
  await io.stdout.write(options.json === true ? jsonText(answer) : text.join("\n"));
  return 0;
}

const TEXTS = {
  sealedByPassphrase: {
    en: "{out} (sealed: shows nothing without the passphrase)",
    zh: "{out}（已密封：没有口令则不显示任何内容）",
  },
  sealedToRecipients: {
    en: "{out} (sealed: shows nothing without a recipient's secret key)",
    zh: "{out}（已密封：没有收件人的私钥则不显示任何内容）",
  },
  sha256: { en: "SHA-256                  {sha256}", zh: "SHA-256                  {sha256}" },
  ofManifest: { en: "of the manifest inside   {sha256}", zh: "其中清单文件的 SHA-256   {sha256}" },
  sendPassphrase: {
    en: "Send the passphrase by another way than the file.",
    zh: "口令须经与文件不同的途径发送。",
  },
  anyRecipient: { en: "Any one of the recipients can open it.", zh: "任一收件人均可打开。" },
  opened: { en: "{out} (UNBLINDED)", zh: "{out}（非盲）" },
  manifest: { en: "manifest {sha256}", zh: "清单文件 SHA-256  {sha256}" },
} as const satisfies Texts;

async function sealingKey(io: Io, options: SealOptions): Promise<SealingKey> {
  if (options.recipient.length > 0) return { recipients: options.recipient };
  const passphrase = await readPassphrase(io, options, true);
  checkPassphrase(passphrase);
  return { passphrase };
}

interface UnblindedFiles {
  readonly bundle: UnblindedBundle;
  readonly padded: Uint8Array;
  /** The beginning of the names of the list's files. */
  readonly base: string;
}

/** The unblinded files of a folder, after the proof that the master files are those that the manifest names. */
async function readUnblindedFiles(io: Io, folder: string): Promise<UnblindedFiles> {
  const { list, base, unblindedManifest, masterCsv, masterJson } = listNames(io, folder);
  const source = await readDataFile(io, join(folder, unblindedManifest));
  const manifest = inFile(source, "", () => parseUnblindedManifest(source.data));
  const hashOf = (file: string): string => sha256Of(readBytes(io, join(folder, file)));
  for (const file of [masterCsv, masterJson]) {
    const sha256 = hashOf(file);
    if (manifest.files.some((one) => one.file === file && one.sha256 === sha256)) continue;
    failAt({
      code: "cli.list_differs",
      path: file,
      file: join(folder, file),
      message: "This file is not the one that its manifest names; nothing was sealed.",
      expected: `a list that \`allocell verify ${folder}\` finds right`,
    });
  }
  const { status, plan } = manifest;
  const bundle: UnblindedBundle = {
    format: "allocell-unblinded-bundle-1",
    status,
    list,
    manifestSha256: hashOf(unblindedManifest),
    files: [unblindedManifest, masterCsv, masterJson].map((file) => ({
      file,
      text: readText(io, join(folder, file), 500_000_000),
    })),
  };
  return { bundle, padded: padBundle(bundle, blindedListOfPlan(plan, status)), base };
}

export interface UnsealOptions extends CommonOptions, PassphraseOptions {
  readonly identityFile?: string;
  readonly manifest?: string;
  readonly out?: string;
}

/** `allocell unseal FILE`: the files in a sealed file, into a new folder, all or none. */
export async function unseal(io: Io, file: string, options: UnsealOptions): Promise<number> {
  const sealed = readBytes(io, file);
  const { openWithAge } = await import("../ageSealing.js");
  const padded = await openWithAge(sealed, await openingKey(io, sealed, options));
  const bundle = parseBundle(new TextDecoder("utf-8", { ignoreBOM: true }).decode(unpadBundle(padded)));
  checkBundle(bundle, options.manifest);
  const base = bundle.status === "TEST" ? `${bundle.list}.TEST` : bundle.list;
  const out = options.out ?? `${base}.UNBLINDED`;
  requireNew(io, out);
  const { files, list, status, manifestSha256 } = bundle;
  await writeFolder(resolve(io.cwd, out), out, false, (folder) => {
    for (const one of files) writeNewFile(join(folder, one.file), [one.text], 0o600);
  });
  const names = files.map((one) => one.file);
  const say = sayIn(TEXTS, io.language ?? "en");
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "unseal", list, status, folder: out, files: names, manifestSha256 })
      : [
          say("opened", { out }),
          ...names.map((name) => `  ${name}`),
          `  ${say("manifest", { sha256: manifestSha256 })}`,
          "",
        ].join("\n"),
  );
  return 0;
}

/** What the file was sealed with, as its beginning says. */
async function openingKey(io: Io, sealed: Uint8Array, options: UnsealOptions): Promise<OpeningKey> {
  const { sealedBy } = await import("../ageSealing.js");
  const { identityFile, passphraseFile } = options;
  switch (sealedBy(sealed)) {
    case undefined:
      return fail("cli.not_sealed", "file", "This is not a sealed file.", { expected: "what `allocell seal` wrote" });
    case "passphrase":
      if (identityFile === undefined) return { passphrase: await readPassphrase(io, options, false) };
      return fail("cli.key_surplus", "--identity-file", "This file was not sealed to a recipient's key.", {
        expected: "the passphrase (--passphrase-file)",
      });
    case "recipients":
      if (identityFile !== undefined && passphraseFile === undefined) return readIdentity(io, identityFile);
      return fail("cli.option_missing", "--identity-file", "This file was sealed to recipients' public keys.", {
        expected: "--identity-file FILE with the secret key of one of them, and no passphrase",
      });
  }
}

function readIdentity(io: Io, file: string): OpeningKey {
  const lines = readText(io, file, 65_536).split(/\r?\n/);
  return { identity: lines.map((line) => line.trim()).find((line) => line !== "" && !line.startsWith("#")) ?? "" };
}

/** The manifest inside is the one that the bundle names, and the one on record. */
function checkBundle({ files, list, status, manifestSha256 }: UnblindedBundle, onRecord: string | undefined): void {
  const manifest = files.find(({ file }) => isListFile(file, "unblindedManifest"));
  const isOwn = files.every(({ file }) => {
    const of = listOfFileName(file);
    return of?.list === list && of.status === status;
  });
  if (!isOwn || manifest === undefined || sha256Of(Buffer.from(manifest.text, "utf8")) !== manifestSha256) {
    fail("blinding.bundle_invalid", "files", "What was sealed is not the unblinded files of one list.");
  }
  if (onRecord === undefined || onRecord.toLowerCase() === manifestSha256) return;
  fail("cli.manifest_differs", "--manifest", "What was sealed belongs to another manifest than the one on record.", {
    expected: onRecord,
    received: manifestSha256,
  });
}
