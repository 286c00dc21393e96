import { deepFreeze, requireString } from "../foundation/index.js";
import type { FileText } from "./listFile.js";
import { requirePieces } from "./requireList.js";

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
 * Compares the text of a list file with what it must be, line by line. Both texts may come in pieces, and no more than a
 * line of each is held, so that a file of any length takes little memory.
 *
 * @param expected - the derived file, from `toMasterCsv` and its kin
 * @param received - the file's text, whole or in pieces of any size
 * @returns the first deviating line, or undefined if every byte agrees
 * @throws AllocellError `input.invalid` for a text that is none
 * @example
 * compareListFile(toMasterCsv(list), [...toMasterCsv(list)]); // undefined
 */
export function compareListFile(expected: FileText, received: string | FileText): ListDifference | undefined {
  requirePieces(expected, "the text of a list file in pieces");
  if (typeof received !== "string") requirePieces(received, "the text of a list file");
  const wanted = linesOf(expected);
  const got = linesOf(typeof received === "string" ? [received] : received);
  let header: string | undefined;
  let otherEnds: number | undefined;
  for (let line = 1; ; line += 1) {
    const want = wanted.next().value;
    const have = got.next().value;
    if (want === undefined && have === undefined) {
      return otherEnds === undefined ? undefined : deepFreeze(lineEnds(otherEnds));
    }
    header ??= want?.text;
    if (want !== undefined && want.text === have?.text) {
      if (want.end !== have.end || want.hasMark !== have.hasMark) otherEnds ??= line;
      continue;
    }
    return deepFreeze(deviation({ line, want, have, header: header ?? "" }, restOf(want, wanted), restOf(have, got)));
  }
}

/** A line without what ends it. */
interface Line {
  readonly text: string;
  readonly end: string;
  /** Whether a byte-order mark stands before it. */
  readonly hasMark: boolean;
}

/** A file without line ends could be one line of any length: of such a line only the beginning is kept. */
const LONGEST_LINE = 1_000_000;

/** The lines of a text in pieces, whatever ends them; without a byte-order mark. */
function* linesOf(pieces: FileText): Generator<Line, undefined, undefined> {
  let rest = "";
  let isFirst = true;
  const line = (text: string, end: string): Line => {
    const hasMark = isFirst && text.startsWith("\uFEFF");
    isFirst = false;
    return { text: hasMark ? text.slice(1) : text, end, hasMark };
  };
  for (const piece of pieces) {
    requireString(piece, "piece", "a piece of a text");
    const text = rest + piece;
    let from = 0;
    for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) {
      // The LF of a CR LF may begin the next piece.
      if (end === "\r" && index === text.length - 1) break;
      yield line(text.slice(from, index), end);
      from = index + end.length;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST_LINE) rest = `${rest.slice(0, LONGEST_LINE)}...`;
  }
  if (rest.endsWith("\r")) yield line(rest.slice(0, -1), "\r");
  else if (rest !== "") yield line(rest, "");
  return undefined;
}

/** Number of lines from the deviating one on, and a sum over them in which their order does not count. */
interface Rest {
  readonly count: number;
  readonly sum: string;
}

function restOf(first: Line | undefined, lines: Iterator<Line, undefined, undefined>): Rest {
  let count = 0;
  let [a, b] = [0, 0];
  for (let line = first; line !== undefined; line = lines.next().value) {
    count += 1;
    // Two sums of FNV-1a hashes: other lines have the same ones once in 2^64, and then a word is wrong, not the verdict.
    let [x, y] = [0x811c9dc5, 0x01000193];
    for (let i = 0; i < line.text.length; i += 1) {
      const unit = line.text.charCodeAt(i);
      x = Math.imul(x ^ unit, 0x01000193);
      y = Math.imul(y ^ unit, 0x85ebca6b) + 1;
    }
    a = (a + x) | 0;
    b = (b + (y ^ (y >>> 15))) | 0;
  }
  return { count, sum: `${a} ${b}` };
}

interface Deviation {
  readonly line: number;
  readonly want: Line | undefined;
  readonly have: Line | undefined;
  readonly header: string;
}

function lineEnds(line: number): ListDifference {
  const message = "The rows agree, but line ends or a byte-order mark were changed, as editors and spreadsheets do.";
  return { kind: "line-ends", line, expected: "lines as they were written", received: "other line ends", message };
}

function deviation({ line, want, have, header }: Deviation, wanted: Rest, got: Rest): ListDifference {
  const show = ({ text }: Line = { text: "the end of the file", end: "", hasMark: false }): string =>
    text === "" ? "an empty line" : text;
  const place = { line, expected: show(want), received: show(have) };
  const lines = { expected: line - 1 + wanted.count, received: line - 1 + got.count };
  if (line === 1) return { kind: "header", ...place, message: "Line 1: these are not the columns of the list." };
  const endsInside = have?.end === "" && want?.text.startsWith(have.text) === true;
  if (have === undefined || endsInside) {
    const inside = endsInside ? ", inside the row" : "";
    const message = `The file ends at line ${lines.received}${inside}; it should have ${lines.expected} whole lines.`;
    return { kind: "truncated", ...place, message };
  }
  if (want === undefined) {
    const message = `Line ${line} and all after it do not belong to the list, which has ${lines.expected} lines.`;
    return { kind: "surplus-rows", ...place, message };
  }
  if (wanted.count === got.count && wanted.sum === got.sum) {
    const message = `From line ${line} the rows stand in another order: the file was re-sorted.`;
    return { kind: "re-sorted", ...place, message };
  }
  return editedAt(place, header);
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
