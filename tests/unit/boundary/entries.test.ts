import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { foreignErrorOf, JUNK } from "./junk.js";

type Callable = (...values: readonly unknown[]) => unknown;

const { exports: entries } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };
/** The entries whose functions are not held to it yet. */
const NOT_YET = ["./report"];
const files = Object.keys(entries)
  .filter((entry) => entry !== "./package.json" && !NOT_YET.includes(entry))
  .map((entry) => [entry, entry === "." ? "index.ts" : `${entry.slice(2)}/index.ts`] as const);

/** Whether a function is a class, which cannot be called without `new`. */
const isClass = (value: Callable): boolean => /^class\b/.test(Function.prototype.toString.call(value));

/** The functions of an entry, the static ones of its classes included. */
function functionsOf(loaded: object): readonly (readonly [name: string, call: Callable])[] {
  return Object.entries(loaded).flatMap(([name, value]): (readonly [string, Callable])[] => {
    if (typeof value !== "function") return [];
    if (!isClass(value as Callable)) return [[name, value as Callable]];
    const own = value as unknown as Record<string, unknown>;
    return Object.getOwnPropertyNames(value).flatMap((key): (readonly [string, Callable])[] =>
      typeof own[key] === "function" ? [[`${name}.${key}`, (...values) => (own[key] as Callable)(...values)]] : [],
    );
  });
}

describe.each(files)(
  "each function of %s refuses what it cannot read by an AllocellError",
  { tags: ["ERR-001"] },
  async (_, file) => {
    it("is looked at", () => {
      expect(existsSync(`src/${file}`)).toBe(true);
    });
    const loaded = (await import(/* @vite-ignore */ new URL(`../../../src/${file}`, import.meta.url).href)) as object;
    it.each(functionsOf(loaded))("%s", async (_name, call) => {
      const faults: string[] = [];
      for (const [what, junk] of JUNK) {
        for (const count of [0, 1, 2, 3]) {
          const values = Array.from({ length: count }, () => junk);
          const error = await foreignErrorOf(() => call(...values));
          if (error !== undefined) faults.push(`${what}, ${count} times: ${error}`);
        }
      }
      expect(faults.slice(0, 5)).toEqual([]);
    });
  },
);
