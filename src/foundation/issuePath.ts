/** A key that could be mistaken for several, for none, or for an option stands in quotes. */
const PLAIN = /^(?!--)[^."]+$/u;

const keyText = (key: string): string => (PLAIN.test(key) ? key : `"${key.replace(/["\\]/gu, "\\$&")}"`);

/**
 * The path of what stands under `keys` of what `above` leads to: keys joined by dots. A key with a dot, a quotation mark or
 * nothing in it stands in quotes, in which a backslash stands before a quotation mark and a backslash.
 *
 * @param above - the path of a map or list; empty for the whole input
 * @example
 * pathTo("assumptions", "dose.cap"); // 'assumptions."dose.cap"'
 */
export function pathTo(above: string, ...keys: readonly (string | number)[]): string {
  return [...(above === "" ? [] : [above]), ...keys.map((key) => keyText(String(key)))].join(".");
}

/** The keys of a path, from the outermost. The name of an option is one key, whatever stands in it. */
export function splitPath(path: string): readonly string[] {
  if (path.startsWith("--")) return [path];
  return Array.from(path.matchAll(/"((?:[^"\\]|\\.)*)"|[^.]+/gsu), ([whole, quoted]) =>
    quoted === undefined ? whole : quoted.replace(/\\(.)/gsu, "$1"),
  );
}
