/* The scalars of YAML 1.2 (its core schema, chapters 7 and 10.3), as far as a page reads them. */

/** What the reader of scalars goes by. */
export interface YamlText {
  readonly text: string;
  readonly refuse: (what: string, at: number) => never;
}

/** A scalar and the offset behind it. */
export interface Scalar {
  readonly value: string | number | boolean | null;
  readonly end: number;
}

const CONSTANTS: Readonly<Record<string, boolean | null>> = {
  ...{ "": null, "~": null, null: null, Null: null, NULL: null },
  ...{ true: true, True: true, TRUE: true, false: false, False: false, FALSE: false },
};
const NUMBER = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/u;
const OTHER_NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/u;

/** What a text without quotes stands for; undefined for numbers that are written as no file here has them. */
export function plainValue(text: string): string | number | boolean | null | undefined {
  if (Object.hasOwn(CONSTANTS, text)) return CONSTANTS[text];
  if (OTHER_NUMBER.test(text)) return undefined;
  return NUMBER.test(text) ? Number(text) : text;
}

/** Lines of one text: a single break is a space, and n + 1 breaks are n line ends. */
export const folded = (lines: readonly string[]): string =>
  lines.reduce((text, line, at) => {
    if (at === 0) return line;
    if (line === "" && at < lines.length - 1) return `${text}\n`;
    return text.endsWith("\n") && lines[at - 1] === "" ? text + line : `${text} ${line}`;
  }, "");

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ "0": "\0", a: "\x07", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ", '"': '"' },
  ...{ "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" },
};
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gu;

/** The offset of the quote that ends a text in quotes. */
function endOfQuoted({ text, refuse }: YamlText, at: number): number {
  const quote = text[at];
  for (let end = at + 1; end < text.length; end += 1) {
    if (quote === '"' && text[end] === "\\") end += 1;
    else if (text[end] === quote) {
      if (quote === '"' || text[end + 1] !== "'") return end;
      end += 1;
    }
  }
  return refuse("A quote is not closed", at);
}

/** A text in quotes; it may go on in the next lines, which begin behind column `indent`. */
export function quoted(source: YamlText, at: number, indent: number): Scalar {
  const { text, refuse } = source;
  const last = endOfQuoted(source, at);
  const lines = text.slice(at + 1, last).split("\n");
  const own = lines.map((line, i) => {
    const [isFirst, isLast] = [i === 0, i === lines.length - 1];
    const column = isLast ? `${line}"`.search(/[^ ]/u) : line.search(/[^ ]/u);
    if (!isFirst && column >= 0 && column <= indent) refuse("A text must be indented", at);
    if (!isLast && /\\$/u.test(line)) refuse("A line that ends in a backslash is not read here", at);
    if (line.includes("\t") && lines.length > 1) refuse("A tab at the end or beginning of a line is not read here", at);
    const begun = isFirst ? line : line.replace(/^ +/u, "");
    return isLast ? begun : begun.replace(/ +$/u, "");
  });
  const all = lines.length === 1 ? (own[0] as string) : folded(own);
  if (text[at] === "'") return { value: all.replaceAll("''", "'"), end: last + 1 };
  const value = all.replace(ESCAPE, (_, two?: string, four?: string, eight?: string, sign?: string) => {
    const code = two ?? four ?? eight;
    if (code === undefined) return ESCAPES[sign ?? ""] ?? refuse(`\\${sign ?? ""} stands for nothing`, at);
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? refuse("There is no such character", at) : String.fromCodePoint(point);
  });
  return { value, end: last + 1 };
}

const HEADER = /([|>])([+-]?)(?: +(?:#.*)?)?(?=\n|$)/uy;

/** A text in lines of its own, behind `|` or `>`; its lines begin behind column `indent`. */
export function ownLines({ text, refuse }: YamlText, at: number, indent: number): Scalar {
  HEADER.lastIndex = at;
  const [header, style, keep] = HEADER.exec(text) ?? refuse("What stands behind | or > is not read here", at);
  const own = ownLinesBehind(text, at + header.length, indent);
  const first = own.findIndex(({ column }) => column >= 0);
  const depth = own[first]?.column ?? 0;
  const lines = own.map(({ line, column, from }, i) => {
    const isBlank = column < 0;
    if (isBlank && line.length > (i < first ? 0 : depth)) refuse("A line of blanks is not read here", from);
    const isIndented = column > depth || line[column] === "\t";
    if (!isBlank && isIndented && style === ">") refuse("An indented line is not read here", from);
    return line.slice(depth);
  });
  const filled = lines.join("\n").replace(/\n+$/u, "").split("\n");
  if (lines.every((line) => line === "")) return refuse("A text without lines is not read here", at);
  const body = style === "|" ? filled.join("\n") : foldedLines(filled);
  if (keep === "+") return refuse("A text that keeps its last line ends is not read here", at);
  return { value: keep === "-" ? body : `${body}\n`, end: own.at(-1)?.end ?? at + header.length };
}

interface Line {
  readonly line: string;
  /** Its first sign that is no space; -1 if it is blank. */
  readonly column: number;
  readonly from: number;
  readonly end: number;
}

/** The lines behind an offset that are blank, or begin as far right as the first that is not, which begins behind `indent`. */
function ownLinesBehind(text: string, at: number, indent: number): readonly Line[] {
  const lines: Line[] = [];
  let least: number | undefined;
  for (let from = at + 1; from <= text.length;) {
    const next = text.indexOf("\n", from);
    const end = next < 0 ? text.length : next;
    const line = text.slice(from, end);
    const column = line.search(/[^ ]/u);
    if (column >= 0) least ??= Math.max(column, indent + 1);
    if (column >= 0 && column < (least ?? 0)) break;
    lines.push({ line, column, from, end });
    from = end + 1;
  }
  return lines;
}

/** As {@link folded}, where the first lines may be empty. */
function foldedLines(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line !== "");
  return "\n".repeat(first) + folded(lines.slice(first));
}
