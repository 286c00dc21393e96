import { deepFreeze, fail } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import { drawList, markOf } from "./generateList.js";
import type { FileText } from "./listFile.js";
import { planHash, type ReadManifest } from "./manifest.js";
import type { MasterList } from "./masterList.js";
import { algorithmOf } from "./streams.js";

/** How a list file departs from the list that plan and seed give. */
export type DifferenceKind =
  "edited" | "reformatted" | "re-sorted" | "truncated" | "surplus-rows" | "header" | "line-ends";

/** The first deviating place of a file. */
export interface ListDifference {
  readonly kind: DifferenceKind;
  /** Line of the file, from 1; the header is line 1. */
  readonly line: number;
  /** Column name, where one column deviates. */
  readonly column?: string;
  readonly expected: string;
  readonly received: string;
  readonly message: string;
}

/**
 * Derives a list again from its manifest and the seed.
 *
 * @throws AllocellError `list.manifest_altered` (the plan in it is not the one it was made with),
 *   `list.algorithm_unknown` (made by a version that this one does not know), `list.seed_differs` (not the seed, or not
 *   the kind of seed, that made the list)
 */
export function deriveAgain(manifest: ReadManifest, seed: Seed): MasterList {
  const { plan, algorithm } = manifest;
  if (planHash(plan) !== manifest.planHash) {
    fail("list.manifest_altered", "planHash", "The plan in the manifest is not the one that its hash was made from.", {
      expected: manifest.planHash,
      received: planHash(plan),
    });
  }
  if (algorithmOf(plan) !== algorithm) {
    fail("list.algorithm_unknown", "algorithm", `This version does not know the algorithm of the list.`, {
      expected: algorithmOf(plan),
      received: algorithm,
    });
  }
  if (seed.kind !== manifest.status) {
    fail("list.seed_differs", "seed", `A ${manifest.status} list is verified with its ${manifest.status} seed.`, {
      expected: `a ${manifest.status} seed`,
      received: `a ${seed.kind} seed`,
    });
  }
  if (markOf(seed, algorithm, plan.list) !== manifest.seedMark) {
    fail("list.seed_differs", "seed", "This is not the seed that made the list: the marks differ.");
  }
  return drawList(plan, seed);
}

/**
 * Compares the text of a list file with what it must be, line by line.
 *
 * @param expected - the derived file, from `toMasterCsv` and its kin
 * @param received - the file's text
 * @returns the first deviating line, or undefined if every byte agrees
 */
export function compareListFile(expected: FileText, received: string): ListDifference | undefined {
  const wanted: string[] = [];
  for (const piece of expected) wanted.push(piece);
  const whole = wanted.join("");
  if (received === whole) return undefined;
  const difference = locate(whole, received);
  return deepFreeze(difference);
}

/** The lines of a text whatever ends them, without a byte-order mark. */
function linesOf(text: string): readonly string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  return lines[lines.length - 1] === "" ? lines.slice(0, -1) : lines;
}

function locate(wanted: string, received: string): ListDifference {
  const expectedLines = linesOf(wanted);
  const receivedLines = linesOf(received);
  const [expectedCount, receivedCount] = [expectedLines.length, receivedLines.length];
  let at = 0;
  while (at < expectedCount && expectedLines[at] === receivedLines[at]) at += 1;
  const show = (line: string | undefined): string =>
    line === undefined ? "the end of the file" : line === "" ? "an empty line" : line;
  const got = receivedLines[at];
  const place = { line: at + 1, expected: show(expectedLines[at]), received: show(got) };
  if (at === expectedCount && at === receivedCount) {
    const message = "The rows agree, but line ends or a byte-order mark were changed, as editors and spreadsheets do.";
    const line = firstDeviatingLine(wanted, received);
    return { kind: "line-ends", line, expected: "lines as they were written", received: "other line ends", message };
  }
  if (at === 0) return { kind: "header", ...place, message: "Line 1: these are not the columns of the list." };
  const endsInside = at === receivedCount - 1 && !/[\r\n]$/.test(received);
  if (got === undefined || (endsInside && expectedLines[at]?.startsWith(got) === true)) {
    const message = `The file ends at line ${receivedCount}${endsInside ? ", inside the row" : ""}; it should have ${expectedCount} whole lines.`;
    return { kind: "truncated", ...place, message };
  }
  if (at >= expectedCount) {
    const message = `Line ${at + 1} and all after it do not belong to the list, which has ${expectedCount} lines.`;
    return { kind: "surplus-rows", ...place, message };
  }
  const sorted = (lines: readonly string[]): string => [...lines].sort((a, b) => (a < b ? -1 : 1)).join("\n");
  if (receivedCount === expectedCount && sorted(expectedLines) === sorted(receivedLines)) {
    const message = `From line ${at + 1} the rows stand in another order: the file was re-sorted.`;
    return { kind: "re-sorted", ...place, message };
  }
  return editedAt(place, expectedLines[0] ?? "");
}

/** The line, from 1, in which the first character differs. */
function firstDeviatingLine(wanted: string, received: string): number {
  let line = 1;
  for (let i = 0; i < wanted.length && wanted[i] === received[i]; i += 1) if (wanted[i] === "\n") line += 1;
  return line;
}

function editedAt(place: { line: number; expected: string; received: string }, header: string): ListDifference {
  const expected = place.expected.split(",");
  const received = place.received.split(",");
  const column = expected.findIndex((cell, i) => received[i] !== cell);
  const name = header.split(",")[column];
  if (!header.startsWith("status,") || name === undefined || expected.length !== received.length) {
    return { kind: "edited", ...place, message: `Line ${place.line} is not the row of the list.` };
  }
  const [want, got] = [expected[column] ?? "", received[column] ?? ""];
  const message = `Line ${place.line}, column "${name}": "${want}" is right, "${got}" stands there.`;
  if (want.trim() !== "" && got.trim() !== "" && Number(want) === Number(got)) {
    const why = `${message} It is the same number written in another way, as spreadsheets do.`;
    return { kind: "reformatted", line: place.line, column: name, expected: want, received: got, message: why };
  }
  return { kind: "edited", line: place.line, column: name, expected: want, received: got, message };
}
