import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { WORKED, workTrial } from "./workedAssessments.js";
import { WORKED_ESCALATIONS, workEscalation } from "./workedEscalations.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, "docs", "assessments");
const made = new Map<string, string>();

describe("the worked assessments in docs/assessments", () => {
  const all = [
    ...WORKED.map((trial) => ({ name: trial.name, work: () => workTrial(trial) })),
    ...WORKED_ESCALATIONS.map((worked) => ({ name: worked.name, work: () => workEscalation(worked) })),
  ];

  it.each(all)("$name: texts and pictures are those that the code gives", async ({ work }) => {
    const files = work();
    const style = (await resolveConfig(join(folder, "x.md"))) ?? {};
    for (const [name, text] of files) {
      const shown = name.endsWith(".md") ? await format(text, { ...style, parser: "markdown" }) : text;
      made.set(name, shown);
      if (process.env["ALLOCELL_UPDATE"] === "1") {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, name), shown);
      }
      expect(readFileSync(join(folder, name), "utf8"), name).toBe(shown);
    }
  });

  it("are all the files there", () => {
    expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
  });

  it("show every picture in a text, and no picture that is not there", () => {
    const texts = [...made].filter(([name]) => name.endsWith(".md")).map(([, text]) => text);
    const shown = texts.flatMap((text) => [...text.matchAll(/\]\(([^)]+\.svg)\)/g)].map(([, name]) => name));
    expect(shown.sort()).toEqual([...made.keys()].filter((name) => name.endsWith(".svg")).sort());
  });

  it("name a recommendation with its reasons for each part", () => {
    for (const { name, parts } of WORKED) {
      const pages = [...made].filter(([file]) => file.startsWith(name) && file.endsWith(".md"));
      expect(pages).toHaveLength(parts.length);
      for (const [file, text] of pages) expect(text.match(/\*\*(?:Recommended|Keep)/g), file).toHaveLength(1);
    }
  });
});
