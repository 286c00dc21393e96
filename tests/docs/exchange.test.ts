/* docs/exchange.md: its tutorial is run as it stands, and its table of formats is the table of the code. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../src/exchange/index.js";
import { makeDesk } from "../unit/cli/harness.js";

const DOC = readFileSync("docs/exchange.md", "utf8");

/** The words of a command line, with quoted ones whole. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

describe("docs/exchange.md", () => {
  it("walks from 46 participants at 2 sites to a REDCap table that is checked", async () => {
    const desk = makeDesk();
    const [, tutorial = ""] = /^## From 46 participants.*?\n([\s\S]*?)^## /m.exec(DOC) ?? [];
    let printed = "";
    let commands = 0;
    for (const [, language, text = ""] of tutorial.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
      if (language === "yaml") desk.write(/^# (\S+)/.exec(text)?.[1] ?? "", text);
      if (language === "text") expect(printed).toContain(text);
      if (language !== "sh") continue;
      for (const line of text.trim().split("\n")) {
        const [, ...argv] = wordsOf(line);
        const { code, stdout, stderr } = await desk.run(...argv);
        expect(code, `${line}\n${stderr}`).toBe(0);
        printed = stdout;
        commands += 1;
      }
    }
    expect(commands).toBe(6);
  });

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
