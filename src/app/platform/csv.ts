/*
 * What the commands use of `csv-parse` and `csv-stringify`, in a fiftieth of their size. The build puts it in their place;
 * a test holds it to the packages' own answers.
 */

export interface CsvReading {
  /** One sign between cells. */
  readonly delimiter: string;
  /** The most bytes of a record. */
  readonly max_record_size?: number;
}

export class CsvError extends Error {
  readonly code: string;
  /** The line of the fault. */
  readonly lines: number;
  constructor(code: string, lines: number) {
    super(code);
    this.code = code;
    this.lines = lines;
  }
}

const bytesOf = (sign: string): number => {
  const code = sign.charCodeAt(0);
  if (code < 0x80) return 1;
  // Each half of a pair counts for two of its four bytes.
  return code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
};

/** The records of a text whose lines end in LF or in CR LF. */
export function* records(
  text: string,
  { delimiter, max_record_size: most = Infinity }: CsvReading,
): Generator<string[], void, undefined> {
  let [record, cell, size, line]: [string[], string, number, number] = [[], "", 0, 1];
  // Of a cell: in bare text or before its first sign, in quotes, or behind the closing one.
  let place: "bare" | "quoted" | "behind" = "bare";
  const fail = (code: string): never => {
    throw new CsvError(code, line);
  };
  const isEnd = (at: number): boolean => text[at] === "\n" || (text[at] === "\r" && text[at + 1] === "\n");
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (place === "quoted") {
      const [isQuote, isPair] = [sign === '"', text[at + 1] === '"'];
      if (isQuote && isPair) at += 1;
      else if (isQuote) {
        place = "behind";
        if (at + 1 < text.length && text[at + 1] !== delimiter && !isEnd(at + 1)) fail("CSV_INVALID_CLOSING_QUOTE");
        continue;
      }
    } else if (sign === '"') {
      if (cell !== "") fail("INVALID_OPENING_QUOTE");
      place = "quoted";
      continue;
    } else if (sign === delimiter || isEnd(at)) {
      record.push(cell);
      [cell, place] = ["", "bare"];
      if (sign === delimiter) continue;
      if (sign === "\r") at += 1;
      yield record;
      [record, size, line] = [[], 0, line + 1];
      continue;
    }
    cell += sign;
    size += bytesOf(sign);
    if (size > most) fail("CSV_MAX_RECORD_SIZE");
    if (sign === "\n") line += 1;
  }
  if (place === "quoted") fail("CSV_QUOTE_NOT_CLOSED");
  if (place === "behind" || record.length > 0 || cell !== "") yield [...record, cell];
}

/** As `csv-parse/sync`, or as `csv-parse`, whose records are read one after the other: by what it is given first. */
export const parse: {
  (text: string, reading: CsvReading): string[][];
  (reading: CsvReading): (text: string) => Iterable<string[]>;
} = ((first: string | CsvReading, reading: CsvReading) =>
  typeof first === "string" ? [...records(first, reading)] : (text: string) => records(text, first)) as never;

/** As `csv-stringify/sync` writes one line without its end. */
export const stringify = (
  [cells = []]: readonly (readonly (string | number | boolean)[])[],
  { delimiter }: { readonly delimiter: string },
): string =>
  cells
    .map(String)
    .map((cell) =>
      [delimiter, '"', "\n", "\r"].some((sign) => cell.includes(sign)) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    .join(delimiter);
