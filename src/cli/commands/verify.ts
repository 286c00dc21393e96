import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { AllocellError, digestOf, fail, type Issue } from "../../foundation/index.js";
import {
  blindedManifest,
  compareListFile,
  deriveAgain,
  generateList,
  parseUnblindedManifest,
  unblindedManifest,
  type HashedFile,
  type ListDifference,
  type MasterList,
  type ReadManifest,
  type UnblindedManifest,
} from "../../list/index.js";
import type { Trial } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import { VERSION } from "../../version.js";
import { readDataFile } from "../dataFile.js";
import { failAt, touching } from "../failure.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { listFileNames, listOfFileName, manifestText, rowFiles, type ListFileNames } from "../listFiles.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { textTable, wrapText } from "../textTable.js";
import { applyDecisionFile, readTrial } from "../trialInput.js";
import { chunksOf, exists } from "../writeFiles.js";

export interface VerifyOptions extends CommonOptions, SeedOptions {
  readonly trial?: string;
  readonly decision?: string;
}

/** What was found of one file. */
interface FileVerdict {
  readonly file: string;
  readonly verdict: "same" | "differs" | "missing";
  /** The first deviating place. */
  readonly difference?: ListDifference | Issue;
}

interface Verification {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  readonly rows?: number;
  readonly files: readonly FileVerdict[];
  /** SHA-256 of the unblinded manifest, to be compared with the one on record. */
  readonly manifestSha256?: string;
  readonly notes: readonly string[];
}

/** `allocell verify FOLDER`: derives the list again from its manifest and the seed, and compares all six files. */
export async function verify(io: Io, folder: string, options: VerifyOptions): Promise<number> {
  const { seed, warnings } = readSeed(io, options);
  const names = findList(io, folder);
  const compared = await compare(io, folder, names, options, (manifest, trial) => {
    const again = deriveAgain(manifest, seed);
    // Where the trial is known as it was then, its assumptions and warnings are derived too.
    return trial === undefined ? again : generateList({ plan: manifest.plan, trial, seed });
  });
  const verification = { ...compared, notes: [...warnings.map(({ message }) => message), ...compared.notes] };
  const isSame = verification.files.every(({ verdict }) => verdict === "same");
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "verify", same: isSame, ...verification })
      : verificationText(verification, folder, isSame),
  );
  return isSame ? 0 : 1;
}

interface FoundList {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  readonly names: ListFileNames;
  readonly others: readonly string[];
}

/** Which list a folder holds, by the names of its files. */
function findList(io: Io, folder: string): FoundList {
  const entries = touching(folder, () => readdirSync(resolve(io.cwd, folder))).sort((a, b) => (a < b ? -1 : 1));
  const found = entries.flatMap((name) => listOfFileName(name) ?? []);
  const first = found[0];
  const fault = (message: string, expected: string): never =>
    failAt({ code: "cli.not_a_list", path: folder, file: folder, message, expected });
  if (first === undefined) return fault("This folder holds no file of a list.", "a folder that `allocell list` wrote");
  if (found.some(({ list, status }) => list !== first.list || status !== first.status)) {
    return fault("This folder holds files of more than one list.", "the files of one list");
  }
  const names = listFileNames(first.list, first.status);
  const own: readonly string[] = Object.values(names);
  return { ...first, names, others: entries.filter((name) => !own.includes(name)) };
}

async function compare(
  io: Io,
  folder: string,
  { list, status, names, others }: FoundList,
  options: VerifyOptions,
  derive: (manifest: ReadManifest, trial: Trial | undefined) => MasterList,
): Promise<Verification> {
  const at = (file: string): string => join(resolve(io.cwd, folder), file);
  const allNames: readonly string[] = Object.values(names);
  const notes = others.map((name) => `${name} is no file of this list; it was not looked at.`);
  const manifestFile = names.unblindedManifest;
  if (!exists(at(manifestFile))) {
    notes.push("Without the unblinded manifest nothing can be derived, so the other files were not compared.");
    const missing = allNames.filter((file) => !exists(at(file)));
    return { list, status, notes, files: missing.map((file) => ({ file, verdict: "missing" })) };
  }
  let made: MasterList;
  let record: UnblindedManifest;
  let isRecordDerived: boolean;
  try {
    const { data } = await readDataFile(io, join(folder, manifestFile));
    const manifest = parseUnblindedManifest(data);
    if (manifest.plan.list !== list || manifest.status !== status) {
      fail("list.manifest_invalid", "plan.list", "The manifest is of another list than its file name says.", {
        expected: `${status} list ${list}`,
        received: `${manifest.status} list ${manifest.plan.list}`,
      });
    }
    record = data as UnblindedManifest;
    const trial = await trialOf(io, manifest, options);
    const isSameTrial = trial !== undefined && digestOf(trial) === record.trialHash;
    // Another version may word a warning or a question in another way; what was drawn does not change.
    isRecordDerived = isSameTrial && record.allocell === VERSION;
    made = derive(manifest, isRecordDerived ? trial : undefined);
    if (isSameTrial && !isRecordDerived) {
      notes.push(`The list was made by allocell ${record.allocell}; the wording of its manifest was not compared.`);
    }
    if (!isSameTrial && (options.trial ?? options.decision) !== undefined) {
      fail("cli.trial_record_differs", "trialHash", "The list was made with another description of the trial.", {
        expected: record.trialHash,
        received: trial === undefined ? "nothing" : digestOf(trial),
      });
    }
  } catch (error) {
    // The seed and the algorithm's version are the caller's; all else that is wrong here is wrong in the folder.
    if (!AllocellError.is(error) || !BY_THE_MANIFEST.test(error.code)) throw error;
    const difference = error.issues[0];
    notes.push("The list could not be derived again, so the other files were not compared.");
    return { list, status, notes, files: [{ file: manifestFile, verdict: "differs", difference }] };
  }
  if (!isRecordDerived && record.allocell === VERSION) {
    notes.push(
      "The manifest's assumptions and warnings were not compared: they need the trial (--trial) as its decisions (--decision) had left it.",
    );
  }
  const files: FileVerdict[] = [];
  const hashes: HashedFile[] = [];
  for (const { file, pieces } of rowFiles(made)) {
    const sha256 = hashOfPieces(pieces());
    hashes.push({ file, sha256 });
    files.push(compareFile(at(file), file, sha256, pieces));
  }
  const expected = expectedManifests(made, record, names, hashes, isRecordDerived);
  for (const [file, text] of expected) files.push(compareFile(at(file), file, hashOfPieces([text]), () => [text]));
  return { list, status, rows: made.rows, files, manifestSha256: hashOfFile(at(manifestFile)), notes };
}

const BY_THE_MANIFEST =
  /^(list\.(manifest_.*|plan_invalid|seed_differs)|procedure\..*|cli\.(json_invalid|not_utf8|trial_record_differs))$/;

/** The trial as it was when the list was made, as far as it is known here. */
async function trialOf(io: Io, { plan }: ReadManifest, options: VerifyOptions): Promise<Trial | undefined> {
  const builtIn = TRIALS.find(({ id }) => id === plan.trial);
  const trial = options.trial === undefined ? builtIn : await readTrial(io, options.trial);
  return trial === undefined ? undefined : applyDecisionFile(io, trial, options.decision);
}

/** The texts that both manifests must have; what nothing can derive again is taken from the unblinded one itself. */
function expectedManifests(
  made: MasterList,
  record: UnblindedManifest,
  names: ListFileNames,
  hashes: readonly HashedFile[],
  isRecordDerived: boolean,
): readonly (readonly [file: string, text: string])[] {
  const blindedHashes = hashes.filter(({ file }) => file === names.blindedCsv || file === names.blindedJson);
  const kept = isRecordDerived ? {} : { assumptions: record.assumptions, warnings: record.warnings };
  const blinded = manifestText({
    ...blindedManifest(made, blindedHashes),
    allocell: record.allocell,
    ...(isRecordDerived || !Array.isArray(record.assumptions) ? {} : { assumptions: blindedKeys(record.assumptions) }),
  });
  const all = [...hashes, { file: names.blindedManifest, sha256: hashOfPieces([blinded]) }];
  const unblinded = manifestText({
    ...unblindedManifest(made, record.trialHash, all, record.generation),
    allocell: record.allocell,
    ...kept,
  });
  return [
    [names.blindedManifest, blinded],
    [names.unblindedManifest, unblinded],
  ];
}

/** The rule of `blindedManifest`, for assumptions that were read: a key outside `allocation.` may name an arm. */
function blindedKeys(assumptions: readonly { readonly key: string }[]): readonly string[] {
  return assumptions.map(({ key }) => key).filter((key) => key.startsWith("allocation."));
}

function hashOfPieces(pieces: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const chunk of chunksOf(pieces)) hash.update(chunk, "utf8");
  return hash.digest("hex");
}

function hashOfFile(path: string): string {
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(1 << 16);
  const fd = openSync(path, "r");
  try {
    for (let n = readSync(fd, chunk); n > 0; n = readSync(fd, chunk)) hash.update(chunk.subarray(0, n));
  } finally {
    closeSync(fd);
  }
  return hash.digest("hex");
}

/** By hash, so that a long list is never held in memory; only a file that differs is read to find where. */
function compareFile(path: string, file: string, sha256: string, pieces: () => Iterable<string>): FileVerdict {
  if (!exists(path)) return { file, verdict: "missing" };
  return touching(file, () => {
    if (hashOfFile(path) === sha256) return { file, verdict: "same" };
    const difference = compareListFile(pieces(), readFileSync(path, "utf8"));
    return { file, verdict: "differs", ...(difference === undefined ? {} : { difference }) };
  });
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
    ...(differing.length === 0 ? [] : ["", "First deviation of each file"]),
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
