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

/** How much of a cell fits into so many bytes, and how many bytes were looked at. */
function measured(cell: string, most: number): readonly [fits: string, bytes: number] {
  let bytes = 0;
  for (let i = 0; i < cell.length; i += 1) {
    bytes += bytesOf(cell[i] as string);
    if (bytes > most) return [cell.slice(0, i), bytes];
  }
  return [cell, bytes];
}

interface Cell {
  readonly cell: string;
  /** The offset behind it. */
  readonly end: number;
  readonly fault?: string | undefined;
}

type IsBorder = (at: number) => boolean;

function quotedCell(text: string, at: number, isBorder: IsBorder): Cell {
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const cell = text.slice(at + 1, close < 0 ? text.length : close).replaceAll('""', '"');
  if (close < 0) return { cell, end: text.length, fault: "CSV_QUOTE_NOT_CLOSED" };
  return { cell, end: close + 1, fault: isBorder(close + 1) ? undefined : "CSV_INVALID_CLOSING_QUOTE" };
}

function bareCell(text: string, at: number, isBorder: IsBorder): Cell {
  let end = at;
  while (text[end] !== '"' && !isBorder(end)) end += 1;
  return { cell: text.slice(at, end), end, fault: text[end] === '"' ? "INVALID_OPENING_QUOTE" : undefined };
}

/** The records of a text whose lines end in LF or in CR LF. */
export function* records(
  text: string,
  { delimiter, max_record_size: most = Infinity }: CsvReading,
): Generator<string[], void, undefined> {
  let [record, size, line]: [string[], number, number] = [[], 0, 1];
  const isBorder = (at: number): boolean =>
    at >= text.length || text[at] === delimiter || text[at] === "\n" || (text[at] === "\r" && text[at + 1] === "\n");
  for (let at = 0; at < text.length;) {
    const { cell, end, fault } = (text[at] === '"' ? quotedCell : bareCell)(text, at, isBorder);
    const [fits, bytes] = measured(cell, most - size);
    size += bytes;
    line += fits.split("\n").length - 1;
    const first = fits === cell ? fault : "CSV_MAX_RECORD_SIZE";
    if (first !== undefined) throw new CsvError(first, line);
    record.push(cell);
    at = end + (text[end] === "\r" ? 2 : 1);
    if (text[end] === delimiter) continue;
    yield record;
    [record, size, line] = [[], 0, line + 1];
  }
  // The last sign was a delimiter.
  if (record.length > 0) yield [...record, ""];
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
