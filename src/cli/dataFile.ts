import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Document, LineCounter } from "yaml";
import { AllocellError, describeReceived } from "../foundation/index.js";
import { failAt, mapIssues, touching, type LocatedIssue } from "./failure.js";
import type { Io } from "./io.js";
import { failNotUtf8 } from "./utf8Text.js";

/** Plans, assumptions and trials are short; manifests list a line or more a stratum. */
const LARGEST_BYTES = 32_000_000;

type Place = Pick<LocatedIssue, "line" | "column">;

/** A YAML or JSON file as plain data, with the places of its fields. */
export interface DataFile {
  /** As the user wrote it. */
  readonly file: string;
  readonly data: unknown;
  /** Line and column of the field at a dotted path, if it is there. */
  readonly placeOf: (path: string) => Place | undefined;
}

/** The text of a file in UTF-8, without a byte-order mark. */
export function readText(io: Io, file: string, largestBytes = LARGEST_BYTES): string {
  const path = resolve(io.cwd, file);
  const size = touching(file, () => statSync(path).size);
  if (size > largestBytes) {
    const message = `This file has ${size} bytes, more than the ${largestBytes} that are read here.`;
    failAt({ code: "cli.file_too_large", path: file, file, message, expected: `at most ${largestBytes} bytes` });
  }
  const bytes = touching(file, () => readFileSync(path));
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Told below, as a NUL is.
  }
  return failNotUtf8(file, bytes, 1);
}

/**
 * Reads a YAML (or, by its name, JSON) file: one document, no key twice, no aliases, no tags.
 *
 * @throws AllocellError `cli.yaml_invalid`, `cli.json_invalid` with line and column; `cli.file_*`
 */
export async function readDataFile(io: Io, file: string): Promise<DataFile> {
  const text = readText(io, file);
  const isJson = /\.json$/i.test(file);
  const code = isJson ? "cli.json_invalid" : "cli.yaml_invalid";
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const fault = (message: string, place: Place, expected?: string): never =>
    failAt({ code, path: file, file, ...place, message, ...(expected === undefined ? {} : { expected }) });
  try {
    // JSON has the same fields at the same places when it is read as YAML, whose reader knows the places.
    const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, uniqueKeys: true, strict: true });
    const faults = [...document.errors, ...document.warnings];
    const first = isJson ? faults.find((error) => error.code === "DUPLICATE_KEY") : faults[0];
    if (isJson) checkJson(text, (message, offset) => fault(message, placeAt(lines, offset)));
    if (first !== undefined) fault(...faultText(first.code, first.message, placeAt(lines, first.pos[0])));
    const data: unknown = isJson ? JSON.parse(text) : document.toJS({ maxAliasCount: 0 });
    return { file, data, placeOf: (path) => placeOfField(document, lines, path) };
  } catch (error) {
    if (AllocellError.is(error)) throw error;
    if (error instanceof ReferenceError) {
      return fault("This file uses YAML aliases (*name), which are not read here.", {}, "each value written out");
    }
    if (error instanceof RangeError) return fault("This file is nested too deeply.", {});
    throw error;
  }
}

function faultText(code: string, message: string, place: Place): [string, Place, string?] {
  if (code === "DUPLICATE_KEY") return ["A key stands twice in the same map.", place, "each key once"];
  if (code === "MULTIPLE_DOCS") return ['A second document begins here ("---").', place, "one document a file"];
  return [`The file cannot be read: ${message.replace(/\.$/, "")}.`, place];
}

/** Refuses text that is not JSON, with the offset of its first wrong character: the engine does not always tell it. */
function checkJson(text: string, refuse: (message: string, offset: number) => never): void {
  const isBeginning = (end: number): boolean => {
    try {
      JSON.parse(text.slice(0, end));
      return true;
    } catch (error) {
      const said = error instanceof Error ? error.message : "";
      return /end of JSON|Unterminated/.test(said) || Number(/position (\d+)/.exec(said)?.[1]) >= end;
    }
  };
  try {
    JSON.parse(text);
  } catch {
    if (isBeginning(text.length)) {
      return refuse("The JSON ends too early: the file may have been cut off.", text.length);
    }
    let good = 0;
    let bad = text.length;
    while (bad - good > 1) {
      const middle = (good + bad) >>> 1;
      if (isBeginning(middle)) good = middle;
      else bad = middle;
    }
    refuse("The JSON cannot be read from here on.", good);
  }
}

function placeAt(lines: LineCounter, offset: number | undefined): Place {
  if (offset === undefined) return {};
  const { line, col } = lines.linePos(offset);
  return line === 0 ? {} : { line, column: col };
}

/** Keys may hold dots (`allocation.ratio`), so at each map the longest run of segments that is a key is taken. */
function placeOfField(document: Document, lines: LineCounter, path: string): Place | undefined {
  const start = document.contents?.range?.[0];
  if (path === "") return start === undefined ? undefined : placeAt(lines, start);
  const segments = path.split(".");
  let keys: string[] = [];
  while (segments.length > 0) {
    let taken = 0;
    for (let n = segments.length; n > 0 && taken === 0; n -= 1) {
      const key = segments.slice(0, n).join(".");
      if (document.hasIn([...keys, /^\d+$/.test(key) ? Number(key) : key]) || document.hasIn([...keys, key])) {
        keys = [...keys, key];
        taken = n;
      }
    }
    if (taken === 0) return undefined;
    segments.splice(0, taken);
  }
  const node = document.getIn(keys, true) as { range?: readonly number[] | null } | undefined;
  const offset = node?.range?.[0];
  return offset === undefined ? undefined : placeAt(lines, offset);
}

/**
 * Runs what reads the data of a file, and gives each fault its place in that file.
 *
 * @param prefix - where in the file the data begins, for example `decisions.0`
 */
export function inFile<T>(source: DataFile, prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    throw mapIssues(error, (issue) => {
      const path = [prefix, issue.path].filter((part) => part !== "").join(".");
      return { ...issue, path, file: source.file, ...(source.placeOf(path) ?? placeAbove(source, path)) };
    });
  }
}

/** Where a field that is missing would belong: the nearest map or list above it that is there. */
function placeAbove(source: DataFile, path: string): Place | undefined {
  const above = path.split(".").slice(0, -1);
  for (let n = above.length; n > 0; n -= 1) {
    const place = source.placeOf(above.slice(0, n).join("."));
    if (place !== undefined) return place;
  }
  return source.placeOf("");
}

/** The data of a file as a map. @throws AllocellError `cli.not_a_map` */
export function mapOf(source: DataFile, what: string, example: string): Readonly<Record<string, unknown>> {
  const { data, file } = source;
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  const received = describeReceived(data);
  const message = `This file is not ${what}: it holds ${data === null ? "nothing" : received}.`;
  return failAt({ code: "cli.not_a_map", path: file, file, message, expected: `a map with fields such as ${example}` });
}
