import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AllocellError, fail } from "../foundation/index.js";
import type { ConductState, NextPosition } from "../allocation/index.js";
import {
  bindingOf,
  parseUnblindedManifest,
  requireBoundList,
  type ReadManifest,
  listFileNames,
} from "../list/index.js";
import { failAt, touching } from "../store/disk/index.js";
import { readText } from "./dataFile.js";
import { hashOfFile } from "./fileComparison.js";
import type { Io } from "./io.js";

/** The master list of a log, in a folder, after the proof that it is that list and unaltered. UNBLINDED. */
export interface ProvenList {
  /** @throws AllocellError `cli.row_missing` */
  armOf(position: NextPosition): string;
}

/**
 * Proves that a folder holds the master list of a log: the bytes of the CSV and of the JSON file are those of the
 * manifest, and manifest and bytes together give a binding that the log holds. No treatment is read before.
 *
 * @throws AllocellError `custody.list_differs`; `cli.file_*` for a file that is not there
 */
export function proveList(io: Io, folder: string, state: ConductState): ProvenList {
  const { list = "", status = "LIVE" } = state.opening ?? {};
  const names = listFileNames(list, status);
  const manifest = readManifest(io, join(folder, names.unblindedManifest));
  const hashOf = (name: string): string => {
    const file = join(folder, name);
    const hash = touching(file, () => hashOfFile(resolve(io.cwd, file)));
    const stated = manifest.files.find((one) => one.file === name)?.sha256;
    return hash === stated ? hash : differs(file, "This file is not the one that its manifest names: it was altered.");
  };
  const { opening, plan, extends: before } = manifest;
  const parts = { opening, plan, csv: hashOf(names.masterCsv), json: hashOf(names.masterJson) };
  const binding = bindingOf({ ...parts, ...(before === undefined ? {} : { extends: before }) });
  try {
    requireBoundList(state, binding, folder);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return differs(folder, error.message);
  }
  const master = join(folder, names.masterJson);
  return { armOf: (position) => armIn(io, master, position) };
}

function readManifest(io: Io, file: string): ReadManifest {
  const text = touching(file, () => readFileSync(resolve(io.cwd, file), "utf8"));
  try {
    return parseUnblindedManifest(JSON.parse(text));
  } catch (error) {
    if (!AllocellError.is(error) && !(error instanceof SyntaxError)) throw error;
    return differs(file, `This manifest cannot be read: ${error.message}`);
  }
}

function differs(file: string, message: string): never {
  return failAt({
    code: "custody.list_differs",
    path: file,
    file,
    message: `${message} No treatment was read, and nothing was written.`,
    expected: "the folder, unaltered, whose list the log was opened or extended with; check it with `allocell verify`",
  });
}

/** The arm of a position. One row a line, so that a long list need not become one large object. */
function armIn(io: Io, file: string, position: NextPosition): string {
  const wanted = `"number":${JSON.stringify(position.number)},`;
  const line = readText(io, file, 4_000_000_000)
    .split("\n")
    .find((text) => text.includes(wanted));
  const row =
    line === undefined ? undefined : (JSON.parse(line.replace(/,$/, "")) as { arm: string; sequence: number });
  if (row?.sequence === position.sequence) return row.arm;
  return failAt({
    code: "cli.row_missing",
    path: file,
    file,
    message: `This master list has no row ${position.number}; nothing was written.`,
    expected: "the list that the log was opened with, extended as the log was",
    parameters: { number: position.number },
  });
}

/** What a folder proves of a log: by its master list, or, for a blinded person, by its blinded manifest alone. */
export function requireListOfLog(state: ConductState, binding: string, folder: string): void {
  if (state.bindings.includes(binding)) return;
  fail("custody.list_differs", folder, "The blinded manifest of this folder is of another list than the log.", {
    expected: "the folder whose list the log was opened or extended with",
  });
}
