import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { procedureTables } from "./procedureTables.js";

describe("the tables of the procedures", () => {
  it("have every file that defines a procedure, and its programs in Python and R", async () => {
    const stale: string[] = [];
    for (const [path, text] of await procedureTables()) {
      if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
      if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(path, text);
      else stale.push(path);
    }
    expect(stale, "ALLOCELL_UPDATE=1 npx vitest run tests/architecture writes them").toEqual([]);
  });
});
