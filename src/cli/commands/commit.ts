import {
  commitList,
  openCommitment,
  parseCommitment,
  parseOpening,
  parseRowProof,
  proveRow as proofOf,
  verifyRowProof,
  type Commitment,
} from "../../custody/index.js";
import { canonicalJson, fail } from "../../foundation/index.js";
import { deriveFolder, isFolder, requireNew, writeOne } from "../custodyFiles.js";
import { inFile, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { SeedOptions } from "../seedInput.js";

export interface CommitOptions extends CommonOptions, SeedOptions {
  readonly out?: string;
  /** `--no-row-proofs` makes it false. */
  readonly rowProofs: boolean;
}

/** `allocell commit FOLDER`: the commitment to a list, to be published before the first participant. */
export async function commit(io: Io, folder: string, options: CommitOptions): Promise<number> {
  const { master, seed, base } = await deriveFolder(io, folder, options);
  const out = options.out ?? `${base}.commitment.json`;
  requireNew(io, out);
  const { commitment } = commitList(master, seed, { rowProofs: options.rowProofs });
  writeOne(io, out, jsonText(commitment), 0o644);
  const text = [
    `${out} (shows nothing of the list: publish it before the first participant)`,
    `  commitment  ${commitment.commitment}`,
    ...(commitment.root === undefined ? [] : [`  root        ${commitment.root}`]),
    master.unblindedRecord().adopted === undefined
      ? "Keep the seed: it alone opens the commitment."
      : "Keep the unblinded manifest: its key alone opens the commitment.",
    "",
  ];
  await io.stdout.write(
    options.json === true ? jsonText({ command: "commit", file: out, commitment }) : text.join("\n"),
  );
  return 0;
}

export interface OpenOptions extends CommonOptions, SeedOptions {
  readonly commitment: string;
  readonly out?: string;
}

async function readCommitment(io: Io, file: string): Promise<Commitment> {
  const source = await readDataFile(io, file);
  return inFile(source, "", () => parseCommitment(source.data));
}

/**
 * `allocell open FOLDER|OPENING`: of a folder, makes the opening and compares it with the commitment; of an opening,
 * compares it: for that nothing but the two files is needed.
 */
export async function open(io: Io, path: string, options: OpenOptions): Promise<number> {
  const commitment = await readCommitment(io, options.commitment);
  let file = path;
  let opening;
  if (isFolder(io, path)) {
    const { master, seed, base } = await deriveFolder(io, path, options);
    file = options.out ?? `${base}.UNBLINDED.opening.json`;
    requireNew(io, file);
    opening = commitList(master, seed).opening;
  } else {
    requireNoSeed(options);
    const source = await readDataFile(io, path);
    opening = inFile(source, "", () => parseOpening(source.data));
  }
  const { proven, issues } = openCommitment(commitment, opening);
  if (file !== path && proven) writeOne(io, file, jsonText(opening), 0o600);
  const { list, status } = commitment;
  const answer = { command: "open", proven, list, status, ...(proven ? { file } : {}), issues };
  const text = proven
    ? [`PROVEN: ${status} list ${list} in ${file} is the one that was committed to.`]
    : [
        `NOT PROVEN: this is not what was committed to as ${status} list ${list}.`,
        ...issues.map(({ code, message }) => `  ${code}: ${message}`),
      ];
  await io.stdout.write(options.json === true ? jsonText(answer) : `${text.join("\n")}\n`);
  return proven ? 0 : 1;
}

function requireNoSeed({ seedFile, testSeed, out }: SeedOptions & { readonly out?: string }): void {
  if ((seedFile ?? testSeed ?? out) === undefined) return;
  fail("cli.option_surplus", "", "To check a file neither seed nor --out is needed; for a folder give the folder.");
}

/** `allocell prove-row FOLDER NUMBER` makes the proof of one row; `allocell prove-row PROOF` checks one. */
export async function proveRow(
  io: Io,
  path: string,
  number: string | undefined,
  options: OpenOptions,
): Promise<number> {
  const commitment = await readCommitment(io, options.commitment);
  let file = path;
  let proof;
  if (isFolder(io, path)) {
    if (number === undefined) {
      return fail("cli.option_missing", "NUMBER", "Which row is to be proven?", { expected: "a randomization number" });
    }
    const { master, seed, base } = await deriveFolder(io, path, options);
    file = options.out ?? `${base}.UNBLINDED.row-${number}.json`;
    proof = proofOf(commitList(master, seed).opening, number);
    requireNew(io, file);
  } else {
    requireNoSeed(options);
    const source = await readDataFile(io, path);
    proof = inFile(source, "", () => parseRowProof(source.data));
  }
  const proven = verifyRowProof(commitment, proof) && (number === undefined || proof.row.number === number);
  if (file !== path && proven) writeOne(io, file, jsonText(proof), 0o600);
  const { list, status } = commitment;
  const answer = {
    command: "prove-row",
    proven,
    list,
    status,
    ...(proven ? { world: "unblinded", file, row: proof.row } : {}),
  };
  const text = proven
    ? `PROVEN: this row belongs to ${status} list ${list} (UNBLINDED for this row)\n  ${canonicalJson(proof.row)}\n  ${file}\n`
    : `NOT PROVEN: this row does not belong to what was committed to as ${status} list ${list}.\n`;
  await io.stdout.write(options.json === true ? jsonText(answer) : text);
  return proven ? 0 : 1;
}
