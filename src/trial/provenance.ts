import { requireTrial } from "./requireTrial.js";
import { describeReceived, fail, requireString } from "../foundation/index.js";
import type { Source, Trial } from "./model.js";

/** These two say where statements come from; they are no statements themselves. */
const ABOUT_SOURCES: ReadonlySet<string> = new Set(["sources", "provenance"]);

function nameOfItem(item: unknown, index: number): string {
  if (typeof item === "object" && item !== null) {
    if ("id" in item && typeof item.id === "string") return item.id;
    if ("key" in item && typeof item.key === "string") return item.key;
  }
  return String(index);
}

/** The fields of a map or the items of a list, by name; nothing for any other value. */
function namedParts(value: unknown, isTrial: boolean): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.map((item: unknown, index) => [nameOfItem(item, index), item] as const);
  const fields = Object.entries(value);
  return isTrial ? fields.filter(([name]) => !ABOUT_SOURCES.has(name)) : fields;
}

function walk(value: unknown, path: string, into: string[]): void {
  if (path !== "") into.push(path);
  for (const [name, inner] of namedParts(value, path === "")) walk(inner, path === "" ? name : `${path}.${name}`, into);
}

/** Whether there is a field at a path; the names of assumptions hold dots themselves, so every name that fits is tried. */
function hasField(value: unknown, path: string, isTrial = false): boolean {
  return namedParts(value, isTrial).some(
    ([name, inner]) => path === name || (path.startsWith(`${name}.`) && hasField(inner, path.slice(name.length + 1))),
  );
}

/**
 * The path of every field of a trial that states something, in the order of the fields; a map or list stands before
 * what it holds. Items are named by `id`, assumptions by `key`, all others by index.
 */
export function fieldPathsOf(trial: Trial): readonly string[] {
  const paths: string[] = [];
  walk(trial, "", paths);
  return paths;
}

/**
 * The source that a field of a trial rests on: that of the longest path in `provenance` which leads to the field.
 *
 * @param path - for example `arms.low.type` or `masking.who`
 * @throws AllocellError `trial.path_unknown` if the trial has no such field; `trial.source_unknown` if no source covers
 *   it (which `defineTrial` rules out)
 */
export function sourceOf(trial: Trial, path: string): Source {
  requireTrial(trial);
  requireString(path, "path", "the path of a field of a trial");
  if (!hasField(trial, path, true)) {
    return fail(
      "trial.path_unknown",
      path,
      `Trial ${trial.id} has no field "${path}"; an absent field has no source.`,
      {
        expected: "the path of a field that is there, list items by id, such as arms.low.type",
        received: describeReceived(path),
        parameters: { trial: trial.id },
      },
    );
  }
  let best: string | undefined;
  for (const candidate of Object.keys(trial.provenance)) {
    const leads = candidate === "" || candidate === path || path.startsWith(`${candidate}.`);
    if (leads && (best === undefined || candidate.length > best.length)) best = candidate;
  }
  const id = best === undefined ? undefined : trial.provenance[best];
  return (
    trial.sources.find((source) => source.id === id) ??
    fail("trial.source_unknown", path, `No source of trial ${trial.id} covers "${path}".`, {
      parameters: { trial: trial.id },
    })
  );
}
