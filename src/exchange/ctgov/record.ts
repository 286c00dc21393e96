import type { Issue, PlainCode } from "../../foundation/index.js";

/** A record as it came: every field may be absent or of another kind. */
export type Loose = Readonly<Record<string, unknown>>;

export const mapAt = (value: unknown, ...path: readonly string[]): Loose => {
  const found = path.reduce<unknown>((here, key) => (isMap(here) ? here[key] : undefined), value);
  return isMap(found) ? found : {};
};
const isMap = (value: unknown): value is Loose => typeof value === "object" && value !== null && !Array.isArray(value);

export const textAt = (map: Loose, key: string): string | undefined => {
  const value = map[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
};

export const listAt = (map: Loose, key: string): readonly unknown[] => {
  const value = map[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
};

export const textsAt = (map: Loose, key: string): readonly string[] =>
  listAt(map, key).filter((value): value is string => typeof value === "string");

/** `{ key: value }` where there is a value: an absent field stays absent. */
export const given = (key: string, value: unknown): Loose => (value === undefined ? {} : { [key]: value });

/** Collects what a reader of the record must know. */
export type Warn = (code: PlainCode, path: string, message: string) => void;

export function warnings(): { readonly issues: Issue[]; readonly warn: Warn } {
  const issues: Issue[] = [];
  return { issues, warn: (code, path, message) => void issues.push({ code, path, message }) };
}

/** `NOT_YET_RECRUITING` becomes `not-yet-recruiting`; `PHASE1` and `PHASE_1` become `phase-1`. */
const worded = (value: string): string =>
  value
    .toLowerCase()
    .replace(/_/g, "-")
    .replace(/phase-?(\d)/, "phase-$1");

/**
 * A word of the registry as a word of ours. One that is not known is kept, so that nothing is lost, and warned of: the
 * trial file is then refused at that place until a person has decided.
 */
export function enumOf(
  value: string | undefined,
  known: readonly string[],
  path: string,
  warn: Warn,
  renamed: Readonly<Record<string, string>> = {},
): string | undefined {
  if (value === undefined) return undefined;
  const word = renamed[value] ?? worded(value);
  if (!known.includes(word))
    warn(
      "exchange.ctgov_word_unknown",
      path,
      `The registry's word "${value}" is not known here: decide what it means.`,
    );
  return word;
}

/**
 * An id of the first whole words of a text that no other has: letters, digits and hyphens. No number is in it that the
 * text does not state: a word is not cut in two where another fits, and an id is told from its like by a letter.
 */
export function idOf(text: string, most: number, taken: Set<string>): string {
  const words = text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  const named = /^[a-z]/.test(words) ? words : words === "" ? "arm" : `id-${words}`;
  for (let n = 0; ; n += 1) {
    const end = n === 0 ? "" : `-${letters(n)}`;
    const id = cut(named, most - end.length) + end;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

function cut(words: string, most: number): string {
  if (words.length <= most) return words;
  const whole = words.slice(0, most + 1).lastIndexOf("-");
  return words.slice(0, whole > 0 ? whole : most);
}

/** `b` to `z` for 1 to 25, then `bb`, `bc` and so on. */
function letters(n: number): string {
  const last = String.fromCharCode(98 + ((n - 1) % 25));
  return n <= 25 ? last : letters(Math.floor((n - 1) / 25)) + last;
}
