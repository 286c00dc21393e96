import { sep } from "node:path";
import { fail, type Issue } from "../../foundation/index.js";
import type { ListDifference } from "../../list/index.js";
import { adoptedManifest, refuseSeed } from "../adoptedFolder.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { textTable, wrapText } from "../textTable.js";
import { verifyFolder, type CompareSource, type TrialOptions, type Verification } from "../verifyFolder.js";

export interface VerifyOptions extends CommonOptions, SeedOptions, TrialOptions {}

/**
 * `allocell verify FOLDER`: derives the list again from its manifest and the seed, and compares all six files; an adopted
 * list is held to its manifest and, with `--source`, to the table that it was taken from.
 */
export async function verify(
  io: Io,
  folder: string,
  options: VerifyOptions,
  compareSource?: CompareSource,
): Promise<number> {
  const adopted = adoptedManifest(io, folder);
  if (adopted !== undefined) refuseSeed(adopted, options);
  else if (options.source !== undefined) {
    fail("cli.option_unneeded", "--source", "Only an adopted list has a table that it was taken from.", {
      expected: "--seed-file FILE, or --test-seed TEXT; --uploaded FILE for what another system exports back",
    });
  }
  const { seed, warnings } = adopted === undefined ? readSeed(io, options) : { seed: undefined, warnings: [] };
  const compared = await verifyFolder(io, folder, seed, options, compareSource);
  const verification = { ...compared, notes: [...warnings.map(({ message }) => message), ...compared.notes] };
  const isSame = verification.files.every(({ verdict }) => verdict === "same");
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "verify", ...(isSame ? {} : { world: "unblinded" }), same: isSame, ...verification })
      : verificationText(verification, folder, isSame, options.source !== undefined),
  );
  return isSame ? 0 : 1;
}

function verificationText(verification: Verification, folder: string, isSame: boolean, isCompared: boolean): string {
  const { list, status, origin, rows, files, notes, manifestSha256 } = verification;
  const [these, basis] =
    origin === undefined
      ? [`${status} list`, "what plan and seed give"]
      : [
          `the adopted ${status} list`,
          `what ${isCompared ? "manifest and source say" : "its manifest says"} (adopted, not made from a seed)`,
        ];
  const words = { same: "ok", differs: "DIFFERS", missing: "MISSING" };
  const differing = files.filter(({ difference }) => difference !== undefined);
  return [
    isSame
      ? `VERIFIED: all six files of ${these} ${list} (${rows ?? 0} rows) are ${basis}.`
      : `NOT VERIFIED: ${these} ${list} in ${folder}${sep} is not ${basis}.`,
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
