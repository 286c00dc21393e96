import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { exportOfFileName } from "../exchange/index.js";
import { AllocellError, canonicalJson, digestOf, fail, type Issue } from "../foundation/index.js";
import {
  blindedAssumptionKeys,
  blindedManifest,
  blindedRowCount,
  checkRecordedAssumptions,
  companionOfFileName,
  deriveAgain,
  generateList,
  parseUnblindedManifest,
  requireSeed,
  unblindedManifest,
  type HashedFile,
  type MasterList,
  type Plan,
  type ReadManifest,
  type UnblindedManifest,
  listFileNames,
  listOfFileName,
  type ListFileNames,
  rowFiles,
} from "../list/index.js";
import type { Seed } from "../random/index.js";
import { isOpen, type Trial } from "../trial/index.js";
import { TRIALS } from "../trials/index.js";
import { VERSION } from "../version.js";
import { exists, failAt, touching } from "../store/disk/index.js";
import { adoptedMaster } from "./adoptedFolder.js";
import { readDataFile } from "./dataFile.js";
import { compareFile, hashOfFile, hashOfPieces, type FileVerdict, type VerifyNote } from "./fileComparison.js";
import type { Io } from "./io.js";
import { bindingOfFiles, blindedFilesOf, manifestText } from "./listFiles.js";
import { applyDecisionFile, readTrial } from "./trialInput.js";

/** What is not in the folder: the trial, and the table that an adopted list was taken from. */
export interface TrialOptions {
  readonly trial?: string;
  readonly decision?: string;
  readonly source?: string;
}

export interface Verification {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  /** Present of a list that another system made. */
  readonly origin?: "adopted";
  /** Rows asked for, as the blinded list has them. */
  readonly rows?: number;
  readonly files: readonly FileVerdict[];
  /** SHA-256 of the unblinded manifest, to be compared with the one on record. */
  readonly manifestSha256?: string;
  readonly notes: readonly VerifyNote[];
}

interface FoundList {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  readonly names: ListFileNames;
  readonly others: readonly string[];
}

/** Compares an adopted list with the table that it was taken from. A page has no such table, and so not the code for it. */
export type CompareSource = (
  io: Io,
  made: MasterList,
  source: string,
) => Promise<{ readonly verdict: FileVerdict; readonly note: VerifyNote }>;

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

/**
 * Derives the list of a folder again from its unblinded manifest and the seed, and compares all files with it. A
 * list that another system made is taken from its own master file, if that is the one that the manifest names.
 *
 * @param seed - undefined for an adopted list, which has none
 * @throws AllocellError for what is wrong with the seed, the trial or the decision that the caller gave; what is wrong
 *   in the folder is part of the answer
 */
export async function verifyFolder(
  io: Io,
  folder: string,
  seed: Seed | undefined,
  options: TrialOptions,
  compareSource?: CompareSource,
): Promise<Verification> {
  const found = findList(io, folder);
  const { list, status, names, others } = found;
  const at = (file: string): string => join(resolve(io.cwd, folder), file);
  const allNames: readonly string[] = Object.values(names);
  const notes = others.map((name) => noteOn(name, list, status));
  const manifestFile = names.unblindedManifest;
  if (!exists(at(manifestFile))) {
    notes.push({
      en: "Without the unblinded manifest nothing can be derived, so the other files were not compared.",
      zh: "没有非盲清单文件就无法重新生成，因此没有比对其他文件。",
    });
    const missing = allNames.filter((file) => !exists(at(file)));
    return { list, status, notes, files: missing.map((file) => ({ file, verdict: "missing" })) };
  }
  const derived = await derive(io, folder, found, seed, options);
  if (!("made" in derived)) {
    notes.push({
      en: "The list could not be derived again, so the other files were not compared.",
      zh: "该随机分配表未能重新生成，因此没有比对其他文件。",
    });
    return { list, status, notes, files: [{ file: manifestFile, verdict: "differs", difference: derived }] };
  }
  const { made, record, isRecordDerived, fault } = derived;
  const files: FileVerdict[] = [];
  const hashes: HashedFile[] = [];
  for (const { file, pieces } of rowFiles(made)) {
    const sha256 = hashOfPieces(pieces());
    hashes.push({ file, sha256 });
    files.push(compareFile(at(file), file, sha256, pieces));
  }
  const expected = expectedManifests(made, record, names, hashes, isRecordDerived);
  for (const [file, text] of expected) files.push(compareFile(at(file), file, hashOfPieces([text]), () => [text]));
  const verdicts = files.map((verdict): FileVerdict =>
    verdict.file === manifestFile && verdict.verdict === "same" && fault !== undefined
      ? { file: manifestFile, verdict: "differs", difference: fault }
      : verdict,
  );
  const manifestSha256 = hashOfFile(at(manifestFile));
  const source = options.source === undefined ? undefined : await compareSource?.(io, made, options.source);
  return {
    list,
    status,
    ...(made.unblindedRecord().adopted === undefined ? {} : { origin: "adopted" }),
    rows: blindedRowCount(made.blinded()),
    files: source === undefined ? verdicts : [...verdicts, source.verdict],
    manifestSha256,
    notes: [...notes, ...derived.notes, ...(source === undefined ? [] : [source.note])],
  };
}

/** What stands beside the files. An export of this list is compared by another call. */
function noteOn(name: string, list: string, status: "LIVE" | "TEST"): VerifyNote {
  const exported = exportOfFileName(name);
  const found = exported ?? companionOfFileName(name);
  if (found === undefined) {
    return {
      en: `${name} is no file of this list; it was not looked at.`,
      zh: `${name} 不是该随机分配表的文件，没有查看。`,
    };
  }
  const what = exported === undefined ? found.what : `export, ${found.what}`;
  if (found.list !== list || found.status !== status) {
    return {
      en: `${name} (${what}) belongs to another list: ${found.status} ${found.list}.`,
      zh: `${name} 属于另一随机分配表：${found.status} ${found.list}。`,
    };
  }
  const isTable = name.endsWith(".csv");
  return {
    en: `${name} (${what}) belongs to this list; ${isTable ? "--uploaded compares it" : "it was not looked at"}.`,
    zh: `${name} 属于该随机分配表；${isTable ? "用 --uploaded 比对" : "没有查看"}。`,
  };
}

interface Derived {
  readonly made: MasterList;
  readonly record: UnblindedManifest;
  /** Whether assumptions and warnings were derived too; else those of the record were taken as they are. */
  readonly isRecordDerived: boolean;
  /** What is wrong in the record although its bytes follow from itself. */
  readonly fault?: Issue;
  readonly notes: readonly VerifyNote[];
}

async function derive(
  io: Io,
  folder: string,
  { list, status, names }: FoundList,
  seed: Seed | undefined,
  options: TrialOptions,
): Promise<Derived | Issue> {
  let data: unknown;
  let manifest: ReadManifest;
  try {
    ({ data } = await readDataFile(io, join(folder, names.unblindedManifest)));
    manifest = parseUnblindedManifest(data);
    requireNamed(manifest, { list, status });
  } catch (error) {
    return issueInFolder(error);
  }
  const record = data as UnblindedManifest;
  const trial = await trialOf(io, manifest, options);
  const isSameTrial = trial !== undefined && digestOf(trial) === record.trialHash;
  const isThisVersion = record.allocell === VERSION;
  try {
    // Where the trial is known as it was then, its assumptions and warnings are derived too.
    const isRecordDerived = isSameTrial && isThisVersion;
    const again = madeAgain(io, folder, manifest, seed, isRecordDerived ? trial : undefined);
    if (isRecordDerived) return { made: again, record, isRecordDerived, notes: [] };
    const faults = [
      ...trialFaults(record, manifest.plan, trial, isSameTrial, options),
      ...checkRecordedAssumptions(manifest.plan, record.assumptions, isThisVersion),
      ...(isThisVersion ? missingWarnings(again, record) : []),
    ];
    const note = isSameTrial
      ? {
          en: `The list was made by allocell ${record.allocell}; the wording of its manifest was not compared.`,
          zh: `该随机分配表由 allocell ${record.allocell} 生成；没有比对其清单文件的措辞。`,
        }
      : {
          en: "The manifest's assumptions and warnings were compared with its plan only: for more, verify needs the trial (--trial) as its decisions (--decision) had left it.",
          zh: "清单文件的假设和警示只与其随机化方案作了比对：如需更多，须给出当时的试验（--trial）及其决定（--decision）。",
        };
    const [fault] = faults;
    const found = fault === undefined ? {} : { fault };
    return { made: again, record, isRecordDerived: false, notes: [note], ...found };
  } catch (error) {
    return issueInFolder(error);
  }
}

/** The list once more: of plan and seed or, where another system made it, of its own master file. */
function madeAgain(
  io: Io,
  folder: string,
  manifest: ReadManifest,
  seed: Seed | undefined,
  trial: Trial | undefined,
): MasterList {
  if (manifest.adopted !== undefined) {
    const adopted = adoptedMaster(io, folder, manifest, trial);
    if (adopted !== undefined) return adopted;
    return fail("list.manifest_altered", "files", "Neither master file is the one that the manifest names.", {
      expected: "the master files as they were written when the list was adopted",
    });
  }
  requireSeed(seed);
  const again = deriveAgain(manifest, seed as Seed);
  if (trial === undefined) return again;
  const drawn = generateList({ plan: manifest.plan, trial, seed: seed as Seed });
  return manifest.extends === undefined ? drawn : drawn.extending(manifest.extends);
}

/** The seed and the algorithm's version are the caller's; all else that is wrong here is wrong in the folder. */
function issueInFolder(error: unknown): Issue {
  if (AllocellError.is(error) && IN_THE_FOLDER.test(error.code)) return error.issues[0];
  throw error;
}

const IN_THE_FOLDER = /^(list\.(?!algorithm_unknown$)|trial\.|procedure\.|cli\.(json_invalid|not_utf8)$)/;

function requireNamed({ plan, status }: ReadManifest, named: Pick<FoundList, "list" | "status">): void {
  if (plan.list === named.list && status === named.status) return;
  fail("list.manifest_invalid", "plan.list", "The manifest is of another list than its file name says.", {
    expected: `${named.status} list ${named.list}`,
    received: `${status} list ${plan.list}`,
  });
}

/**
 * The trial of a record that is not the one at hand. A built-in trial of this version has one description, unless a
 * decision had opened an arm: then that decision is needed to say more.
 */
function trialFaults(
  record: UnblindedManifest,
  plan: Plan,
  trial: Trial | undefined,
  isSameTrial: boolean,
  options: TrialOptions,
): readonly Issue[] {
  if (isSameTrial) return [];
  const isGiven = options.trial !== undefined || options.decision !== undefined;
  const isOpenAsBuiltIn =
    record.allocell === VERSION &&
    trial !== undefined &&
    plan.arms.every(({ arm }) => trial.arms.some((known) => known.id === arm && isOpen(known)));
  if (!isGiven && !isOpenAsBuiltIn) return [];
  const message = isGiven
    ? "The list was made with another description of the trial."
    : "The manifest's trial is not the built-in one. If a decision had been recorded in it, give it with --decision.";
  const received = trial === undefined ? "nothing" : digestOf(trial);
  return [{ code: "cli.trial_record_differs", path: "trialHash", message, expected: record.trialHash, received }];
}

/** Warnings that follow from the rows must stand in the record. */
function missingWarnings(again: MasterList, record: UnblindedManifest): readonly Issue[] {
  const known = new Set(
    (Array.isArray(record.warnings) ? record.warnings : []).map((warning) => canonicalJson(warning)),
  );
  return again
    .unblindedRecord()
    .warnings.filter((warning) => !known.has(canonicalJson(warning)))
    .map(({ code, message }) => ({
      code: "list.warning_missing",
      path: "warnings",
      message: `The manifest lacks a warning that its list has: ${message}`,
      expected: code,
      received: "nothing",
    }));
}

/** The trial as it was when the list was made, as far as it is known here. */
async function trialOf(io: Io, { plan }: ReadManifest, options: TrialOptions): Promise<Trial | undefined> {
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
  const kept = isRecordDerived ? {} : { assumptions: record.assumptions, warnings: record.warnings };
  const blinded = manifestText({
    ...blindedManifest(made, blindedFilesOf(made, hashes), bindingOfFiles(made, hashes)),
    allocell: record.allocell,
    ...(isRecordDerived ? {} : { assumptions: blindedAssumptionKeys(record.plan, record.assumptions) }),
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
