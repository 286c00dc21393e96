import { AllocellError, fail, sha256Hex } from "../foundation/index.js";
import {
  adoptedAgain,
  bindingOf,
  blindedManifest,
  deriveAgain,
  generateList,
  isListFile,
  listFileNames,
  listBinding,
  parseUnblindedManifest,
  planHash,
  requireBoundList,
  requireMadeFromSeed,
  rowFiles,
  strataOf,
  unblindedManifest,
  type ListFileKey,
  type MasterRow,
  type Plan,
  type ReadManifest,
} from "../list/index.js";
import type { ReadLog } from "../allocation/index.js";
import { Seed } from "../random/index.js";
import type { Trial } from "../trial/index.js";
import { csvCells } from "./fields.js";
import { logOf } from "./logOf.js";
import {
  DEFAULT_THRESHOLDS,
  type AuditedFile,
  type AuditedKit,
  type AuditFacts,
  type AuditSubject,
  type OtherList,
} from "./subject.js";

function shared(
  facts: AuditFacts,
  files: readonly AuditedFile[],
  log = logOf(facts),
): Pick<AuditSubject, "facts" | "log" | "thresholds" | "kits"> {
  const kits = facts.kits ?? kitsOf(files);
  return {
    facts,
    ...(log === undefined ? {} : { log }),
    thresholds: { ...DEFAULT_THRESHOLDS, ...facts.thresholds },
    ...(kits === undefined ? {} : { kits }),
  };
}

/** The kits of the unblinded kit list among the files. */
function kitsOf(files: readonly AuditedFile[]): readonly AuditedKit[] | undefined {
  const file = files.find(({ name }) => name.endsWith(".UNBLINDED.kits.csv"));
  if (file === undefined) return undefined;
  const [header = [], ...lines] = csvCells(file.text);
  const [code, arm] = [header.indexOf("code"), header.indexOf("arm")];
  return lines.map((cells) => ({ code: cells[code] ?? "", arm: cells[arm] ?? "" }));
}

const hashOf = ({ name, text }: AuditedFile): { readonly file: string; readonly sha256: string } => ({
  file: name,
  sha256: sha256Hex(text),
});

/** The subject that a plan alone makes: a TEST list is drawn, and its files are written in memory. */
export function dryRun(plan: Plan, trial: Trial, facts: AuditFacts): AuditSubject {
  const seed = Seed.test(plan.stream === "r-mersenne-twister" ? "1" : "audit dry run");
  const derived = generateList({ plan, trial, seed });
  const names = listFileNames(plan.list, "TEST");
  const rowsOf = rowFiles(derived).map(({ file, isBlinded, pieces }) => ({
    isBlinded,
    file: { name: file, text: [...pieces()].join("") },
  }));
  const files: AuditedFile[] = rowsOf.map(({ file }) => file);
  const ofBlinded = rowsOf.flatMap(({ isBlinded, file }) => (isBlinded ? [hashOf(file)] : []));
  const manifest = `${JSON.stringify(blindedManifest(derived, ofBlinded, listBinding(derived)), null, 2)}\n`;
  files.push({ name: names.blindedManifest, text: manifest });
  const hashes = files.map(hashOf);
  const record = unblindedManifest(derived, "", hashes);
  files.push({ name: names.unblindedManifest, text: `${JSON.stringify(record, null, 2)}\n` });
  const part = trial.parts.find(({ id }) => id === plan.part);
  return {
    plan,
    from: "dry-run",
    status: "TEST",
    trial,
    ...(part === undefined ? {} : { part }),
    files,
    rows: [...derived.unblindedRows()],
    seedMark: derived.unblindedRecord().seedMark,
    hashes,
    seed,
    derived,
    ...shared(facts, files),
  };
}

/** What the files of a list say: the manifest and, where there is a master list, its rows. */
export function readListFiles(files: readonly AuditedFile[]): {
  readonly manifest: ReadManifest;
  readonly rows?: readonly MasterRow[];
} {
  const found = files.filter(({ name }) => isListFile(name, "unblindedManifest"));
  const [file] = found;
  if (file === undefined || found.length > 1) {
    return fail(
      "blinding.audit_manifest_missing",
      "files",
      `The files hold ${found.length} unblinded manifests; an audit needs one.`,
      {
        expected: "the files of one list, with its unblinded manifest",
        received: `${files.length} files`,
        parameters: { found: found.length },
      },
    );
  }
  const manifest = parseUnblindedManifest(parseJson(file));
  const rows = readRows(files, manifest.plan);
  return rows === undefined ? { manifest } : { manifest, rows };
}

function parseJson({ name, text }: AuditedFile): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("blinding.audit_file_unreadable", name, `The file ${name} is not JSON that can be read.`);
  }
}

/** The rows as the master CSV states them, right or wrong: judging them is the rules' task. */
function readRows(files: readonly AuditedFile[], plan: Plan): readonly MasterRow[] | undefined {
  const file = files.find(({ name }) => isListFile(name, "masterCsv"));
  if (file === undefined) return undefined;
  const [header = [], ...lines] = csvCells(file.text);
  const column = (name: string): number => {
    const at = header.indexOf(name);
    if (at >= 0) return at;
    return fail("blinding.audit_file_unreadable", file.name, `The master list has no column "${name}".`, {
      expected: name,
    });
  };
  const factors = plan.strata.map(({ factor }) => [factor, column(factor)] as const);
  const [sequence, number, block, size, position, arm] = [
    "sequence",
    "number",
    "block",
    "block_size",
    "position",
    "arm",
  ].map(column);
  return lines.map((cells) => {
    const cell = (at: number | undefined): string => cells[at ?? -1] ?? "";
    return {
      stratum: factors.map(([factor, at]) => [factor, cell(at)] as const),
      sequence: Number(cell(sequence)),
      number: cell(number),
      block: Number(cell(block)),
      blockSize: Number(cell(size)),
      position: Number(cell(position)),
      arm: cell(arm),
    };
  });
}

/** The subject that files make, with the seed derived again where it is the right one. */
export function fromFiles(
  files: readonly AuditedFile[],
  facts: AuditFacts,
  more: { readonly trial?: Trial; readonly seed?: Seed; readonly other?: readonly AuditedFile[] },
): AuditSubject {
  const { manifest, rows } = readListFiles(files);
  const { plan, status, seedMark } = manifest;
  if (planHash(plan) !== manifest.planHash) {
    fail("list.manifest_altered", "planHash", "The plan in the manifest is not the one that its hash was made from.");
  }
  strataOf(plan);
  const log = logOf(facts);
  requireLogOfList(log, manifest, files);
  const { trial, seed, other } = more;
  if (manifest.adopted !== undefined && seed !== undefined) requireMadeFromSeed(manifest, "An audit with a seed");
  if (trial !== undefined && trial.id !== plan.trial) {
    fail("list.trial_differs", "trial", `The list is for trial ${plan.trial}, but it was given ${trial.id}.`, {
      expected: plan.trial,
      received: trial.id,
    });
  }
  const part = trial?.parts.find(({ id }) => id === plan.part);
  return {
    plan,
    from: "files",
    status,
    ...(trial === undefined ? {} : { trial }),
    ...(part === undefined ? {} : { part }),
    files,
    ...(rows === undefined ? {} : { rows }),
    seedMark,
    hashes: manifest.files,
    ...(seed === undefined ? {} : { seed, derived: deriveAgain(manifest, seed) }),
    ...adoptedOf(manifest, rows),
    ...(other === undefined ? {} : { other: otherOf(other) }),
    ...shared(facts, files, log),
  };
}

/** The list that another system made, once more of its master file; without it where the rows are not the manifest's. */
function adoptedOf(
  manifest: ReadManifest,
  rows: readonly MasterRow[] | undefined,
): Pick<AuditSubject, "adopted" | "derived"> {
  if (manifest.adopted === undefined) return {};
  if (rows === undefined) return { adopted: manifest };
  try {
    return { adopted: manifest, derived: adoptedAgain(manifest, rows) };
  } catch (error) {
    if (AllocellError.is(error)) return { adopted: manifest };
    throw error;
  }
}

/** A log is judged with its own list only. One that cannot be read at all is a finding of the rules on conduct. */
function requireLogOfList(
  log: ReadLog | AllocellError | undefined,
  manifest: ReadManifest,
  files: readonly AuditedFile[],
): void {
  if (log === undefined || AllocellError.is(log)) return;
  const sha256Of = (key: ListFileKey): string => sha256Hex(files.find(({ name }) => isListFile(name, key))?.text ?? "");
  const { plan, opening, extends: before } = manifest;
  const parts = { opening, plan, csv: sha256Of("masterCsv"), json: sha256Of("masterJson") };
  const binding = bindingOf({ ...parts, ...(before === undefined ? {} : { extends: before }) });
  if (log.state.opening !== undefined) requireBoundList(log.state, binding, "log");
}

function otherOf(files: readonly AuditedFile[]): OtherList {
  const { manifest, rows } = readListFiles(files);
  if (rows === undefined) {
    return fail("blinding.audit_file_unreadable", "other", "The other list has no master list to compare with.");
  }
  return { status: manifest.status, seedMark: manifest.seedMark, rows };
}
