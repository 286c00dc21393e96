/* docs/glossary.md: where the program prints a term, the Chinese of the page is the one that it prints. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOMS = ["report/texts", "app/texts", "cli/fields"];

/** English and Chinese of every text that documents, pages and forms print, English in small letters. */
async function printedTexts(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    const { en, zh } = value as { readonly en?: unknown; readonly zh?: unknown };
    if (typeof en === "string" && typeof zh === "string") {
      const own = found.get(en.toLowerCase()) ?? new Set();
      found.set(en.toLowerCase(), own.add(zh));
    } else Object.values(value).forEach(visit);
  };
  for (const room of ROOMS) {
    for (const name of readdirSync(`src/${room}`)) {
      const file = new URL(`../../src/${room}/${name}`, import.meta.url).href;
      const module = (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
      Object.values(module).forEach(visit);
      const sections = module["planSections"];
      if (typeof sections === "function")
        visit((sections as (trial: undefined, part: string) => unknown)(undefined, ""));
    }
  }
  return found;
}

const rows = [...readFileSync("docs/glossary.md", "utf8").matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\|$/gm)]
  .map(([, english = "", chinese = "", meaning = ""]) => ({ english, chinese, meaning }))
  .filter(({ english }) => english !== "English" && !/^-+$/.test(english));

describe("docs/glossary.md", () => {
  it("has the Chinese that the program prints, where it prints the term", async () => {
    const printed = await printedTexts();
    const known = rows.filter(({ english }) => printed.has(english.toLowerCase()));
    expect(known.length).toBeGreaterThan(30);
    const wrong = known.filter(({ english, chinese }) => printed.get(english.toLowerCase())?.has(chinese) !== true);
    expect(
      wrong.map(({ english, chinese }) => [english, chinese, ...(printed.get(english.toLowerCase()) ?? [])]),
    ).toEqual([]);
  });

  it("has each term once, with Chinese and a whole sentence", () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(new Set(rows.map(({ english }) => english)).size).toBe(rows.length);
    for (const { english, chinese, meaning } of rows) {
      expect(chinese, english).toMatch(/\p{Script=Han}/u);
      expect(meaning, english).toMatch(/^["A-Z].*[.]$/u);
    }
  });
});
