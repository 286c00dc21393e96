/* docs/exchange.md: its table of formats is the table of the code. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../src/exchange/index.js";

const DOC = readFileSync("docs/exchange.md", "utf8");

describe("docs/exchange.md", () => {
  it("has a row for every format, in the words of the code", () => {
    const rows = [...DOC.matchAll(/^\| `([a-z][a-z-]*)` +\| ([^|]*?) +\| ([^|]*?) +\|$/gm)].map(
      ([, id, title, basis]) => ({
        id,
        title,
        basis,
      }),
    );
    expect(rows).toEqual(EXPORT_FORMATS.map(({ id, title, basis }) => ({ id, title, basis })));
  });
});
