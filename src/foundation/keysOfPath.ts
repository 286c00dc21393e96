import { splitPath } from "./issuePath.js";
import { requireString } from "./requireFields.js";

/**
 * The keys of the path of an issue, from the outermost: names of maps, and indexes of lists as text. The name of an option
 * is one key, whatever stands in it.
 *
 * @param path - the `path` of an issue
 * @returns no keys for the whole input
 * @throws AllocellError `input.invalid` for what is no text
 * @example
 * keysOfPath('assumptions."dose.cap"'); // ["assumptions", "dose.cap"]
 */
export function keysOfPath(path: string): readonly string[] {
  requireString(path, "path", "the path of an issue");
  return splitPath(path);
}
