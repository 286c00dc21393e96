import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { defineTrial } from "../../../src/trial/index.js";
import { TRIALS } from "../../../src/trials/index.js";

const ROOT = new URL("../../../", import.meta.url);
const read = (page: string): string => readFileSync(new URL(page, ROOT), "utf8");
const PAGE = read("docs/four-trials.md");

describe("docs/trials.md and docs/four-trials.md", () => {
  it("show a trial in YAML that can be defined", () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(read("docs/trials.md"))![1]!;

    expect(defineTrial(parse(yaml)).arms[0]!.dose).toMatchObject({ amount: "1000000" });
  });

  it.each(TRIALS.map((trial) => [trial.id, trial] as const))(
    "list assumptions and contradictions of %s",
    (id, trial) => {
      const start = PAGE.indexOf(`## ${id}`);
      const end = PAGE.indexOf("\n##", start + 1);
      const section = PAGE.slice(start, end);
      const rows = section.split("\n").filter((line) => line.startsWith("| `"));

      expect(rows).toHaveLength(trial.assumptions.length + trial.contradictions.length);
      for (const { key, question, hint } of trial.assumptions) {
        const row = rows.find((line) => line.startsWith(`| \`${key}\` `));
        expect(row, key).toContain(question);
        if (hint !== undefined) expect(row, key).toContain(hint);
      }
      for (const { id: contradiction, statement } of trial.contradictions) {
        expect(
          rows.find((line) => line.startsWith(`| \`${contradiction}\` `)),
          contradiction,
        ).toContain(statement);
      }
    },
  );
});
