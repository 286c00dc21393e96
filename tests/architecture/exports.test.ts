import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exportedNames, readSources, type ExportedNames } from "./sourceFiles.js";

const RECORD = "tests/architecture/exports.json";
const sources = readSources();
const { exports: entries } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };

/** Entry names with their files in src, from package.json. */
const files = new Map(
  Object.keys(entries)
    .filter((entry) => entry !== "./package.json")
    .map((entry) => [entry, entry === "." ? "index.ts" : `${entry.slice(2)}/index.ts`]),
);
const exported = new Map([...files].map(([entry, file]) => [entry, exportedNames(sources, file)]));

describe("the entries of the package", () => {
  it("are index.ts and every room but foundation, store/disk, cli and app", () => {
    const rooms = new Set([...sources.values()].filter(({ path, room }) => path !== room).map(({ room }) => room));
    const open = [...rooms].filter((room) => !/^(?:foundation|store\/disk|cli|app)$/.test(room));
    expect([...files.values()].sort()).toEqual([...open.map((room) => `${room}/index.ts`), "index.ts"].sort());
  });

  it("give each condition its own types", () => {
    for (const entry of files.keys()) {
      const name = entry === "." ? "index" : entry.slice(2);
      expect(entries[entry], entry).toEqual({
        import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
        require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
      });
    }
  });

  it("export at run time what their sources say", async () => {
    for (const [entry, file] of files) {
      const loaded = (await import(/* @vite-ignore */ new URL(`../../src/${file}`, import.meta.url).href)) as object;
      const { values = [], internal = [] } = exported.get(entry) ?? {};
      expect(Object.keys(loaded).sort(), entry).toEqual([...values, ...internal].sort());
    }
  });

  it("start with a few names: all else has the entry of its room", () => {
    const { values = [], types = [] } = exported.get(".") ?? {};
    expect(values.length + types.length).toBeLessThanOrEqual(80);
  });

  it("export no name twice, so that a name says one thing in every entry", () => {
    const seen = new Map<string, string>();
    for (const [entry, { values, types }] of exported) {
      if (entry === ".") continue;
      for (const name of [...values, ...types]) {
        expect(seen.get(name), `${name} of ${entry}`).toBeUndefined();
        seen.set(name, entry);
      }
    }
  });

  it(`are as recorded in ${RECORD} (a wanted change: ALLOCELL_UPDATE=1)`, () => {
    const now: Record<string, ExportedNames> = Object.fromEntries(exported);
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(RECORD, `${JSON.stringify(now, null, 2)}\n`);
    const recorded: unknown = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : undefined;
    expect(now).toEqual(recorded);
  });
});
