import { describeReceived, fail } from "../foundation/index.js";
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

function walk(value: unknown, path: string, into: string[]): void {
  if (path !== "") into.push(path);
  if (typeof value !== "object" || value === null) return;
  const entries: (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [nameOfItem(item, index), item] as const)
    : Object.entries(value);
  for (const [name, inner] of entries) {
    if (path === "" && ABOUT_SOURCES.has(name)) continue;
    walk(inner, path === "" ? name : `${path}.${name}`, into);
  }
}

/**
 * The path of every field of a trial that states something, in the order of the fields; a map or list stands before
 * what it holds. Items are named by `id`, ledger lines by `key`, all others by index.
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
  if (!fieldPathsOf(trial).includes(path)) {
    return fail(
      "trial.path_unknown",
      path,
      `Trial ${trial.id} has no field "${path}"; an absent field has no source.`,
      {
        expected: "the path of a field that is there, list items by id, such as arms.low.type",
        received: describeReceived(path),
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
    fail("trial.source_unknown", path, `No source of trial ${trial.id} covers "${path}".`)
  );
}
