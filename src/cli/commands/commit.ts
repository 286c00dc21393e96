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
import { withKeys } from "../withKeys.js";

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
  if (options.json === true) await io.stdout.write(jsonText({ command: "commit", file: out, commitment }));
  else {
    const { commitmentText } = await import("../answers/custodyAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    const opener = master.unblindedRecord().adopted === undefined ? "seed" : "manifest";
    await io.stdout.write(commitmentText(out, commitment, opener, await speechOf(io)));
  }
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
  const answer = { command: "open", proven, list, status, ...(proven ? { file } : {}), issues: issues.map(withKeys) };
  if (options.json === true) await io.stdout.write(jsonText(answer));
  else {
    const { openingText } = await import("../answers/custodyAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(openingText(commitment, file, proven, issues, await speechOf(io)));
  }
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
  if (options.json === true) await io.stdout.write(jsonText(answer));
  else {
    const { rowProofText } = await import("../answers/custodyAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(rowProofText(commitment, canonicalJson(proof.row), file, proven, await speechOf(io)));
  }
  return proven ? 0 : 1;
}
