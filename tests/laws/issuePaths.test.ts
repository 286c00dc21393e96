import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import * as z from "zod/mini";
import { readDataFile } from "../../src/cli/dataFile.js";
import { AllocellError, canonicalJson, keysOfPath, parseWith, pathTo, type Issue } from "../../src/foundation/index.js";
import type { Io } from "../../src/cli/io.js";
import type { LocatedIssue } from "../../src/store/disk/index.js";
import { issueAfter, issueOf } from "../support/issueOf.js";

/** Names as people and programs give them, with every sign that means something in a path. */
const key = fc.oneof(
  fc.constantFrom("", ".", "a.b", "a", "b", '"', '"a"', 'a".b', "\\", '\\"', "--assume", "0", "01", "线 2", "a\nb"),
  fc.string({ unit: fc.constantFrom(".", '"', "\\", "-", "a", "0", " ", "中") }),
  fc.string(),
);
/** No name that every JavaScript object has: a map with one is refused before. */
const name = key.filter((text) => !(text in {}));
const keys = fc.array(key, { maxLength: 5 });
const someKeys = fc.array(key, { minLength: 1, maxLength: 5 });

/** `inner` below the keys, with a neighbour at each of them whose path without quotation marks could be the same. */
const below = (path: readonly string[], inner: unknown): unknown =>
  path.reduceRight<unknown>((value, own) => Object.fromEntries([...neighbours(own), [own, value]]), inner);

const neighbours = (own: string): [string, unknown][] => {
  const [first = "", ...rest] = own.split(".");
  return rest.length === 0 ? [] : [[first, { [rest.join(".")]: "a neighbour" }]];
};

describe("the path of an issue", { tags: ["ERR-001"] }, () => {
  it("gives back the keys that it was made of, whatever stands in them", () => {
    fc.assert(
      fc.property(keys, someKeys, (above, under) => {
        expect(keysOfPath(pathTo("", ...above))).toEqual(above);
        expect(pathTo(pathTo("", ...under), ...above)).toBe(pathTo("", ...under, ...above));
      }),
    );
  });

  it("is read whatever the text, and the name of an option is one key", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(".", '"', "\\", "a") }), (text) => {
        expect(keysOfPath(text)).toBeInstanceOf(Array);
      }),
    );
    expect(keysOfPath("--assume dose.cap")).toEqual(["--assume dose.cap"]);
    expect(keysOfPath("strata.0.levels.2")).toEqual(["strata", "0", "levels", "2"]);
    expect(keysOfPath("")).toEqual([]);
  });

  it("of a fault of a schema leads to the value, below names from outside too", () => {
    const schema = z.record(z.string(), z.record(z.string(), z.array(z.number())));
    fc.assert(
      fc.property(name, name, (outer, inner) => {
        const issue = issueOf(() => parseWith(schema, { [outer]: { [inner]: [1, "2"] } }, "input.invalid", "it"));
        expect(keysOfPath(issue.path)).toEqual([outer, inner, "1"]);
        expect(issue.message).toContain(issue.path.includes('"') ? `it: ${issue.path}: ` : `it: "${issue.path}": `);
      }),
    );
  });

  it("leads to what was refused, and an error as JSON has its keys", () => {
    fc.assert(
      fc.property(someKeys, (path) => {
        const issue = issueOf(() => canonicalJson(below(path, 1n)));
        expect(keysOfPath(issue.path)).toEqual(path);
        const { issues } = JSON.parse(JSON.stringify(new AllocellError(issue))) as {
          issues: (Issue & { keys: string[] })[];
        };
        expect(issues[0]?.keys).toEqual(path);
      }),
    );
  });
});

describe("the place of a fault in a file", { tags: ["ERR-001"] }, () => {
  const cwd = mkdtempSync(join(tmpdir(), "allocell-paths-"));
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  it.each([
    ["YAML", "data.yaml", (data: unknown) => stringify(data)],
    ["JSON", "data.json", (data: unknown) => JSON.stringify(data, undefined, 1)],
  ])("is its line in %s, whatever stands in the keys above it", async (_, file, write) => {
    await fc.assert(
      fc.asyncProperty(someKeys, async (path) => {
        const text = write({ first: 1, outer: below(path, "TO-STATE") });
        writeFileSync(join(cwd, file), text);
        const issue: LocatedIssue = await issueAfter(() => readDataFile({ cwd } as Io, file));
        const line = text.split("\n").findIndex((one) => one.includes("TO-STATE")) + 1;
        expect(issue).toMatchObject({ code: "cli.to_state", path: pathTo("outer", ...path), line });
      }),
    );
  });
});
