/* The pages that answers of the command name: every command has its own or a reason, and each is there, with its heading. */
import type { Command } from "commander";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMANDS, COMMANDS_BELOW, factsOf } from "../../src/cli/commandTable.js";
import { explainedBy, explainedText } from "../../src/cli/explained.js";
import { commandLine } from "../../src/cli/run.js";
import { makeDesk, PLAN } from "../unit/cli/harness.js";

/** A heading's anchor as code hosts make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** Every command by its words, those above others too. */
function commandNames(): readonly string[] {
  const nothing = (): void => undefined;
  const walk = (command: Command, name: string): readonly string[] => [
    ...(name === "" ? [] : [name]),
    ...command.commands.flatMap((sub) => walk(sub, `${name} ${sub.name()}`.trim())),
  ];
  return walk(commandLine(undefined as never, nothing, nothing), "");
}

describe("the page that an answer names", () => {
  it.each(commandNames().flatMap((name) => (factsOf(name)?.pages ?? []).map((page) => [name, page] as const)))(
    "of %s is %s",
    (_, page) => {
      const [file = "", anchor = ""] = page.split("#");
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
      const anchors = [...text.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = ""]) => anchorOf(heading));
      expect(anchors.filter((one) => one === anchor)).toEqual([anchor]);
    },
  );

  it("is there for every command, or there is a reason", () => {
    const names = commandNames();
    expect(names.length).toBeGreaterThan(60);
    for (const name of names) {
      if (explainedBy(name).length === 0) expect(factsOf(name)?.noPages, name).toMatch(/\w+ \w+ \w+/u);
    }
  });

  it("and each row of the table is a command of the program", () => {
    expect([...Object.keys(COMMANDS), ...Object.keys(COMMANDS_BELOW)].sort()).toEqual([...commandNames()].sort());
  });

  it("is the end of the answer in text, in both languages, and not of an answer for a program", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    desk.write("rule.yaml", readFileSync("examples/t1d/escalation.yaml", "utf8"));
    const seed = ["--test-seed", "explained"];
    await desk.run("list", "plan.yaml", ...seed, "--out", "L");
    for (const [name, ...argv] of [
      ["trials", "NCT07041801"],
      ["verify", "L", ...seed],
      ["audit", "L", ...seed],
      ["escalation table", "rule.yaml"],
      ["suggest", "--n", "24", "--ratio", "1:1"],
    ] as const) {
      const run = async (...more: readonly string[]): Promise<string> => {
        const { code, stdout, stderr } = await desk.run(...name.split(" "), ...argv, ...more);
        expect(code, stderr).toBeLessThan(2);
        return stdout;
      };
      expect(await run()).toMatch(/\n\nExplained in\n {2}docs\/\S+\n(?: {2}docs\/\S+\n)*$/u);
      expect((await run("--lang", "zh")).endsWith(`\n${explainedText(name, "zh")}`), name).toBe(true);
      expect(await run("--json"), name).not.toMatch(/Explained in|说明（英文）/u);
    }
    await desk.run("assess", "plan.yaml", "--html", "assess.html");
    await desk.run("escalation", "table", "rule.yaml", "--out", "E", "--lang", "zh");
    expect(desk.read("assess.html")).toContain(`Explained in\n  ${COMMANDS.assess.pages[0]}`);
    expect(desk.read("E/escalation.zh.html")).toContain(COMMANDS.escalation.pages[0]);
    expect((await desk.run("list", "plan.yaml", ...seed, "--out", "M", "--quiet")).stdout).toBe("48 rows\n");
  });
});
