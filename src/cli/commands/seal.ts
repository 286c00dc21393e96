import { webcrypto } from "node:crypto";
import { join, resolve } from "node:path";
import {
  checkPassphrase,
  parseBundle,
  requireManifest,
  sealWithPassphrase,
  toBundleText,
  unsealWithPassphrase,
  type UnblindedBundle,
} from "../../custody/index.js";
import { fail } from "../../foundation/index.js";
import { listNames, readBytes, requireNew, sha256Of, writeOne } from "../custodyFiles.js";
import { readText } from "../dataFile.js";
import { failAt } from "../failure.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { listOfFileName } from "../listFiles.js";
import { readPassphrase, type PassphraseOptions } from "../passphraseInput.js";
import { writeFolder, writeNewFile } from "../writeFiles.js";

export interface SealOptions extends CommonOptions, PassphraseOptions {
  readonly recipient: readonly string[];
  readonly out?: string;
}

/** `allocell seal FOLDER`: the unblinded files of a list in one sealed file. */
export async function seal(io: Io, folder: string, options: SealOptions): Promise<number> {
  if (options.recipient.length > 0 && options.passphraseFile !== undefined) {
    fail("cli.key_twice", "--recipient", "A file is sealed with a passphrase or to recipients, not both.");
  }
  const bundle = readUnblindedFiles(io, folder);
  const { list, status, manifestSha256 } = bundle;
  const isAge = options.recipient.length > 0;
  const base = status === "TEST" ? `${list}.TEST` : list;
  const out = options.out ?? `${base}.UNBLINDED.sealed${isAge ? ".age" : ""}`;
  requireNew(io, out);
  const plaintext = new TextEncoder().encode(toBundleText(bundle));
  let file: Uint8Array;
  if (isAge) {
    const { sealToRecipients } = await import("../ageSealing.js");
    file = await sealToRecipients(plaintext, options.recipient);
  } else {
    const passphrase = await readPassphrase(io, options, true);
    checkPassphrase(passphrase);
    const platform = { subtle: webcrypto.subtle, entropy: io.entropy };
    file = await sealWithPassphrase({ plaintext, passphrase, status, list, manifestSha256 }, platform);
  }
  const sha256 = writeOne(io, out, file, 0o600);
  const answer = { command: "seal", list, status, file: out, sha256, manifestSha256, recipients: options.recipient };
  const text = [
    `${out} (sealed: shows nothing without ${isAge ? "a recipient's secret key" : "the passphrase"})`,
    `  SHA-256                  ${sha256}`,
    `  of the manifest inside   ${manifestSha256}`,
    isAge ? "Any one of the recipients can open it." : "Send the passphrase by another way than the file.",
    "",
  ];
  await io.stdout.write(options.json === true ? jsonText(answer) : text.join("\n"));
  return 0;
}

function readUnblindedFiles(io: Io, folder: string): UnblindedBundle {
  const names = listNames(io, folder);
  const files = [names.unblindedManifest, names.masterCsv, names.masterJson].map((file) => ({
    file,
    text: readText(io, join(folder, file), 500_000_000),
  }));
  const manifestSha256 = sha256Of(readBytes(io, join(folder, names.unblindedManifest)));
  const manifest = JSON.parse(files[0]?.text ?? "") as { readonly files?: readonly unknown[] };
  for (const { file } of files.slice(1)) {
    const found = sha256Of(readBytes(io, join(folder, file)));
    const recorded = (manifest.files ?? []) as readonly { readonly file?: unknown; readonly sha256?: unknown }[];
    if (recorded.some((one) => one.file === file && one.sha256 === found)) continue;
    failAt({
      code: "cli.list_differs",
      path: file,
      file: join(folder, file),
      message: "This file is not the one that its manifest names; nothing was sealed.",
      expected: `a list that \`allocell verify ${folder}\` finds right`,
    });
  }
  const status = listOfFileName(names.masterCsv)?.status ?? "LIVE";
  return { format: "allocell-unblinded-bundle-1", status, list: names.list, manifestSha256, files };
}

export interface UnsealOptions extends CommonOptions, PassphraseOptions {
  readonly identityFile?: string;
  readonly manifest?: string;
  readonly out?: string;
}

/** `allocell unseal FILE`: the files in a sealed file, into a new folder, all or none. */
export async function unseal(io: Io, file: string, options: UnsealOptions): Promise<number> {
  const sealed = readBytes(io, file);
  const text = await openFile(io, sealed, options);
  const bundle = parseBundle(text);
  checkBundle(bundle, options.manifest);
  const base = bundle.status === "TEST" ? `${bundle.list}.TEST` : bundle.list;
  const out = options.out ?? `${base}.UNBLINDED`;
  requireNew(io, out);
  const { files, list, status, manifestSha256 } = bundle;
  await writeFolder(resolve(io.cwd, out), out, false, (folder) => {
    for (const one of files) writeNewFile(join(folder, one.file), [one.text], 0o600);
  });
  const names = files.map((one) => one.file);
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "unseal", list, status, folder: out, files: names, manifestSha256 })
      : [`${out} (UNBLINDED)`, ...names.map((name) => `  ${name}`), `  manifest ${manifestSha256}`, ""].join("\n"),
  );
  return 0;
}

async function openFile(io: Io, sealed: Uint8Array, options: UnsealOptions): Promise<string> {
  const { isAgeFile, unsealWithIdentity } = await import("../ageSealing.js");
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  if (!isAgeFile(sealed)) {
    if (options.identityFile !== undefined) {
      fail("cli.key_surplus", "--identity-file", "This file was not sealed to a recipient's key.", {
        expected: "the passphrase (--passphrase-file)",
      });
    }
    const passphrase = await readPassphrase(io, options, false);
    return decoder.decode(
      (await unsealWithPassphrase(sealed, passphrase, webcrypto.subtle, options.manifest)).plaintext,
    );
  }
  if (options.identityFile === undefined) {
    return fail("cli.option_missing", "--identity-file", "This file was sealed to recipients' public keys.", {
      expected: "--identity-file FILE with the secret key of one of them",
    });
  }
  const lines = readText(io, options.identityFile, 65_536).split(/\r?\n/);
  const identity = lines.map((line) => line.trim()).find((line) => line !== "" && !line.startsWith("#"));
  return decoder.decode(await unsealWithIdentity(sealed, identity ?? ""));
}

/** The manifest inside is the one that the bundle names, and the one on record. */
function checkBundle({ files, list, status, manifestSha256 }: UnblindedBundle, onRecord: string | undefined): void {
  const manifest = files.find(({ file }) => file.endsWith(".UNBLINDED.manifest.json"));
  const isOwn = files.every(({ file }) => {
    const of = listOfFileName(file);
    return of?.list === list && of.status === status;
  });
  if (!isOwn || manifest === undefined || sha256Of(Buffer.from(manifest.text, "utf8")) !== manifestSha256) {
    fail("blinding.bundle_invalid", "files", "What was sealed is not the unblinded files of one list.");
  }
  requireManifest(manifestSha256, onRecord);
}
