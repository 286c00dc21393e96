import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { describeReceived, keysOfPath, pathTo, throwIfAny } from "../foundation/index.js";
import { failAt, type LocatedIssue, relocated, touching } from "../store/disk/index.js";
import type { Io } from "./io.js";
import { repeatedKeyOffset, valueOffset } from "./jsonText.js";
import { failNotUtf8 } from "./utf8Text.js";
import { readYamlText, type Place } from "./yamlReading.js";

/** Plans, assumptions and trials are short; manifests list a line or more a stratum. */
const LARGEST_BYTES = 32_000_000;

/** What stands in a template where its reader has still to decide. */
export const TO_STATE = "TO-STATE";

/** A YAML or JSON file as plain data, with the places of its fields. */
export interface DataFile {
  /** As the user wrote it. */
  readonly file: string;
  readonly data: unknown;
  /** Line and column of the field at the path of an issue, if it is there. */
  readonly placeOf: (path: string) => Place | undefined;
}

/** The text of a file in UTF-8, without a byte-order mark. */
export function readText(io: Io, file: string, largestBytes = LARGEST_BYTES): string {
  const path = resolve(io.cwd, file);
  const size = touching(file, () => statSync(path).size);
  if (size > largestBytes) {
    const message = `This file has ${size} bytes, more than the ${largestBytes} that are read here.`;
    failAt({
      code: "cli.file_too_large",
      path: file,
      file,
      message,
      expected: `at most ${largestBytes} bytes`,
      parameters: { size },
    });
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

/** YAML is written by people; its reader needs a hundred times the file's size in memory. */
const LARGEST_YAML_BYTES = 4_000_000;

/**
 * Reads a YAML (or, by its name, JSON) file: one document, no key twice, no aliases, no tags.
 *
 * @throws AllocellError `cli.yaml_invalid`, `cli.json_invalid` with line and column; `cli.file_*`
 */
export async function readDataFile(io: Io, file: string): Promise<DataFile> {
  const source = /\.json$/i.test(file) ? readJsonFile(io, file) : await readYamlFile(io, file);
  requireFilledIn(source);
  return source;
}

/** Refuses the blanks of a template, all of them at once. @throws AllocellError `cli.to_state` */
function requireFilledIn(source: DataFile): void {
  const open: string[] = [];
  // A file may hold millions of values: a path is made for those alone that lead on.
  const visit = (value: unknown, path: () => string): void => {
    if (value === TO_STATE) open.push(path());
    if (typeof value !== "object" || value === null) return;
    for (const key in value) {
      const inner = (value as Readonly<Record<string, unknown>>)[key];
      if (typeof inner !== "number") visit(inner, () => pathTo(path(), key));
    }
  };
  visit(source.data, () => "");
  inFile(source, "", () => {
    throwIfAny(
      open.map((path) => ({ code: "cli.to_state", path, message: `"${path}" is still TO-STATE.`, received: TO_STATE })),
    );
  });
}

async function readYamlFile(io: Io, file: string): Promise<DataFile> {
  const text = readText(io, file, LARGEST_YAML_BYTES);
  const { data, placeOf } = await readYamlText(text, (message, place, expected) =>
    failAt({
      ...{ code: "cli.yaml_invalid", path: file, file, ...place, message },
      ...(expected === undefined ? {} : { expected }),
    }),
  );
  return { file, data, placeOf: (path) => (leadsTo(data, keysOfPath(path)) ? placeOf(keysOfPath(path)) : undefined) };
}

/** A JSON file: the text is walked once more for repeated keys, and for a place only where there is a fault. */
function readJsonFile(io: Io, file: string): DataFile {
  const text = readText(io, file);
  const fault = (message: string, offset: number, expected?: string): never =>
    failAt({
      ...{ code: "cli.json_invalid", path: file, file, ...placeInText(text, offset), message },
      ...(expected === undefined ? {} : { expected }),
    });
  let data: unknown;
  try {
    data = JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof RangeError)
      return failAt({ code: "cli.json_invalid", path: file, file, message: "This file is nested too deeply." });
    return refuseJson(text, fault);
  }
  const repeated = repeatedKeyOffset(text);
  if (repeated !== undefined) fault("A key stands twice in the same map.", repeated, "each key once");
  const placeOf = (path: string): Place | undefined => {
    const keys = keysOfPath(path);
    const offset = leadsTo(data, keys) ? valueOffset(text, keys) : undefined;
    return offset === undefined ? undefined : placeInText(text, offset);
  };
  return { file, data, placeOf };
}

/** Refuses text that is not JSON, with the offset of its first wrong character: the engine does not always tell it. */
function refuseJson(text: string, refuse: (message: string, offset: number) => never): never {
  const isBeginning = (end: number): boolean => {
    try {
      JSON.parse(text.slice(0, end));
      return true;
    } catch (error) {
      const said = error instanceof Error ? error.message : "";
      return /end of JSON|Unterminated/.test(said) || Number(/position (\d+)/.exec(said)?.[1]) >= end;
    }
  };
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
  return refuse("The JSON cannot be read from here on.", good);
}

/** Line and column of an offset, both from 1. */
function placeInText(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  let line = 1;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
  return { line, column: offset - before.lastIndexOf("\n") };
}

/** Whether there is something at the keys, one below the other. */
function leadsTo(data: unknown, keys: readonly string[]): boolean {
  let here = data;
  return keys.every((key) => {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return false;
    here = (here as Record<string, unknown>)[key];
    return true;
  });
}

/**
 * Runs what reads the data of a file, and gives each fault its place in that file.
 *
 * @param prefix - where in the file the data begins, for example `decisions.0`
 */
export function inFile<T>(source: DataFile, prefix: string, read: () => T): T {
  return relocated((issue) => placedIn(source, prefix, issue), read);
}

/** A fault with its place in a file. */
export function placedIn(source: DataFile, prefix: string, issue: LocatedIssue): LocatedIssue {
  const path = [prefix, issue.path].filter((part) => part !== "").join(".");
  return { ...issue, path, file: source.file, ...(source.placeOf(path) ?? placeAbove(source, path)) };
}

/** Where a field that is missing would belong: the nearest map or list above it that is there. */
function placeAbove(source: DataFile, path: string): Place | undefined {
  const above = keysOfPath(path).slice(0, -1);
  for (let n = above.length; n > 0; n -= 1) {
    const place = source.placeOf(pathTo("", ...above.slice(0, n)));
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
  const expected = `a map with fields such as ${example}`;
  return failAt({ code: "cli.not_a_map", path: file, file, message, expected, parameters: { found: received } });
}
