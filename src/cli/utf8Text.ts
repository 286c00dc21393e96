import { isUtf8 } from "node:buffer";
import { failAt } from "../store/disk/index.js";
import { filePieces } from "./filePieces.js";
import type { Io } from "./io.js";

const [LF, CR] = [0x0a, 0x0d];

/** Where the lines of a text end, whatever ends them: offsets behind the line ends. */
function* lineEnds(bytes: Uint8Array): Generator<number, void, undefined> {
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) yield at + 1;
  }
}

/**
 * Refuses bytes that are no text in UTF-8, with the first line that is none and what it may be instead.
 *
 * @param bytes - from the beginning of line `firstLine` on
 */
export function failNotUtf8(file: string, bytes: Uint8Array, firstLine: number): never {
  const hasMark =
    firstLine === 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  let line = firstLine;
  let from = 0;
  const isText = (part: Uint8Array): boolean => isUtf8(part) && !part.includes(0);
  if (!hasMark) {
    for (const end of lineEnds(bytes)) {
      if (!isText(bytes.subarray(from, end))) break;
      line += 1;
      from = end;
    }
  }
  const isWide = hasMark || bytes.includes(0);
  failAt({
    code: "cli.not_utf8",
    path: file,
    file,
    line,
    message: isWide
      ? "This file is no text in UTF-8: it looks like UTF-16, as some spreadsheets and editors save it."
      : `This file is no text in UTF-8: line ${line} is not, as in a file saved in Latin-1, Windows-1252 or GBK.`,
    expected: "text in UTF-8; save it again with that encoding",
    parameters: { line },
  });
}

/**
 * The text of a file in pieces: UTF-8 without a byte-order mark, every line ended by LF. A file may be put together of
 * parts from several systems, and then has CR LF here and LF there.
 *
 * @throws AllocellError `cli.not_utf8` with the line; `cli.file_*`
 */
export function* utf8Text(io: Io, file: string): Generator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  // What was read of the line that the next piece goes on with, so that a fault in it is told at its line.
  let begun: Uint8Array = new Uint8Array();
  let endsWithCr = false;
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
      if (!text.includes("\0")) return text;
    } catch {
      // Told below, as a NUL is.
    }
    return failNotUtf8(file, Buffer.concat([begun, chunk ?? new Uint8Array()]), line);
  };
  for (const chunk of filePieces(io, file)) {
    const decoded = decode(chunk);
    let lastEnd = 0;
    const bytes = Buffer.concat([begun, chunk]);
    for (const end of lineEnds(bytes)) {
      line += 1;
      lastEnd = end;
    }
    begun = bytes.subarray(lastEnd);
    // A CR at the end is held back: the LF that belongs to it may follow.
    const text: string = (endsWithCr ? "\r" : "") + decoded;
    endsWithCr = text.endsWith("\r");
    yield (endsWithCr ? text.slice(0, -1) : text).replace(/\r\n?/g, "\n");
  }
  yield (endsWithCr ? "\n" : "") + decode(undefined);
}
