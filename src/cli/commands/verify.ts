import { sep } from "node:path";
import type { Issue } from "../../foundation/index.js";
import type { ListDifference } from "../../list/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { textTable, wrapText } from "../textTable.js";
import { verifyFolder, type TrialOptions, type Verification } from "../verifyFolder.js";

export interface VerifyOptions extends CommonOptions, SeedOptions, TrialOptions {}

/** `allocell verify FOLDER`: derives the list again from its manifest and the seed, and compares all six files. */
export async function verify(io: Io, folder: string, options: VerifyOptions): Promise<number> {
  const { seed, warnings } = readSeed(io, options);
  const compared = await verifyFolder(io, folder, seed, options);
  const verification = { ...compared, notes: [...warnings.map(({ message }) => message), ...compared.notes] };
  const isSame = verification.files.every(({ verdict }) => verdict === "same");
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "verify", ...(isSame ? {} : { world: "unblinded" }), same: isSame, ...verification })
      : verificationText(verification, folder, isSame),
  );
  return isSame ? 0 : 1;
}

function verificationText(verification: Verification, folder: string, isSame: boolean): string {
  const { list, status, rows, files, notes, manifestSha256 } = verification;
  const words = { same: "ok", differs: "DIFFERS", missing: "MISSING" };
  const differing = files.filter(({ difference }) => difference !== undefined);
  return [
    isSame
      ? `VERIFIED: all six files of ${status} list ${list} (${rows ?? 0} rows) are what plan and seed give.`
      : `NOT VERIFIED: ${status} list ${list} in ${folder}${sep} is not what plan and seed give.`,
    "",
    textTable(
      ["file", ""],
      files.map(({ file, verdict }) => [file, words[verdict]]),
    ).trimEnd(),
    ...(differing.length === 0
      ? []
      : ["", "First deviation of each file (UNBLINDED: it may show rows and their number)"]),
    ...differing.flatMap(({ file, difference }) => [`  ${file}`, ...differenceLines(difference)]),
    ...(notes.length === 0 ? [] : ["", "Notes", ...notes.flatMap((note) => wrapText(note, "  - "))]),
    ...(manifestSha256 === undefined ? [] : ["", "SHA-256 of the unblinded manifest", `  ${manifestSha256}`]),
    "",
  ].join("\n");
}

function differenceLines(difference: ListDifference | Issue | undefined): readonly string[] {
  if (difference === undefined) return [];
  const { message, expected, received } = difference;
  // A difference that names its column says everything in its sentence.
  if ("code" in difference || difference.column !== undefined) {
    return wrapText(message, "    ", 100);
  }
  return [
    ...wrapText(message, "    ", 100),
    `    expected  ${shorten(expected ?? "")}`,
    `    found     ${shorten(received ?? "")}`,
  ];
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
