/* The suite of `allocell oq` in the pages: page.html?oq. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import type { OqCase } from "../../../src/cli/qualification/caseFile.js";
import { subjectOf } from "../../../src/cli/qualification/runCase.js";
import { SUBJECTS } from "../../../src/cli/qualification/subjects.js";
import { PAGE_CASES } from "../../support/pageCases.js";
import { openPage } from "./pageWindow.js";

interface CaseFile {
  readonly cases: readonly OqCase[];
}

const pathOf = (group: string): string => `docs/validation/oq/${group}.json`;
const read = (group: string): CaseFile => JSON.parse(readFileSync(pathOf(group), "utf8")) as CaseFile;
const fileOf = (group: string): File => new File([readFileSync(pathOf(group))], basename(pathOf(group)));

const GROUPS = readdirSync("docs/validation/oq").map((name) => name.replace(".json", ""));
const subjects = (): readonly string[] => GROUPS.flatMap((group) => read(group).cases.map(subjectOf));

describe("the qualification of a page", { tags: ["PAGE-001"] }, () => {
  it("knows every subject of the suite, so that what stands in no list fails", () => {
    expect([...new Set(subjects())].sort()).toEqual([...SUBJECTS].sort());
  });

  it.each(PAGE_CASES)("%s runs its cases of some groups, all pass, and it counts the others", async (name, counts) => {
    const page = await openPage(name, {}, "?oq");
    await page.until("Operational qualification of this page");
    // All groups are opened in browsers: tests/pages.
    const some = GROUPS.filter((group) => !["D", "L", "T", "X"].includes(group));
    page.open("label.file input", some.map(fileOf));
    const hereOf = (group: string): number => counts[group] ?? 0;
    const here = some.reduce((sum, group) => sum + hereOf(group), 0);
    const own = some.filter((group) => hereOf(group) > 0).join(",");
    const opened = some.reduce((sum, group) => sum + read(group).cases.length, 0);
    await page.until(
      `OQ PASSED ${here} of ${here}, groups ${own}, of ${opened} cases opened, ${subjects().length} in the `,
    );
    const shown = [...page.window.document.querySelectorAll("tbody th")].map(({ textContent }) => textContent);
    expect(shown).toHaveLength(here);
    const told = page.text();
    for (const group of some) {
      const { cases } = read(group);
      expect(told).toContain(`${hereOf(group)} / ${cases.length} cases run by this page.`);
      const ran = cases.filter(({ id }) => shown.includes(id));
      expect([group, ran.length]).toEqual([group, hereOf(group)]);
      const others = cases.filter(({ id }) => !shown.includes(id)).map(subjectOf);
      for (const subject of others) expect(told).toContain(subject);
    }
    expect(told).toMatch(/SHA-256 [0-9a-f]{64}/u);
    page.click("中文");
    await page.until("本页面的运行确认（OQ）");
    await page.until("个用例由本页面运行。 本页面不具备的功能： draws of R");
    await page.until("执行人");
    await page.close();
  });

  it("fails a case with another expectation, and one that tries nothing of the suite, and shows them first", async () => {
    const page = await openPage("pharmacy", {}, "?oq");
    const changed = readFileSync(pathOf("Q"), "utf8")
      .replace(/"expected": ?"72\.4"/u, '"expected": "72.5"')
      .replace(/"call": ?"read a dose"/u, '"call": "read a dosis"');
    expect([changed.includes('"72.5"'), changed.includes("read a dosis")]).toEqual([true, true]);
    page.open("label.file input", [new File([changed], "Q.json"), fileOf("S")]);
    const { length } = read("Q").cases;
    await page.until(`OQ FAILED ${length - 2} of ${length}`);
    const rows = [...page.window.document.querySelectorAll("tbody tr")].map(({ className }) => className);
    expect(rows.slice(0, 3)).toEqual(["wrong", "wrong", ""]);
    expect(page.text()).toContain("There is no call");
    page.open("label.file input", [fileOf("S")]);
    await page.until("OQ FAILED 0 of 0");
    const fewer = { ...(JSON.parse(readFileSync(pathOf("Q"), "utf8")) as CaseFile), cases: read("Q").cases.slice(1) };
    page.open("label.file input", [new File([JSON.stringify(fewer)], "Q.json")]);
    await page.until(`OQ FAILED ${length - 1} of ${length}`);
    await page.until("read all cases of the group");
    await page.close();
  });

  it("is told group by group in docs/validation", () => {
    const told = readFileSync("docs/validation/README.md", "utf8").matchAll(
      /^\| (\w+) +\| +(\d+) \| +(\d+) \| +(\d+) \|/gmu,
    );
    const rows = [...told].map(([, group, ...counts]) => [group, ...counts.map(Number)]);
    const [pharmacy, statistics] = PAGE_CASES.map(([, counts]) => counts);
    const wanted = GROUPS.map((group) => [
      group,
      read(group).cases.length,
      pharmacy?.[group] ?? 0,
      statistics?.[group] ?? 0,
    ]);
    const sums = [1, 2, 3].map((at) => wanted.reduce((sum, row) => sum + Number(row[at]), 0));
    expect(rows).toEqual([...wanted, ["all", ...sums]]);
  });

  it("refuses a file that holds no cases", async () => {
    const page = await openPage("pharmacy", {}, "?oq");
    page.open("label.file input", [new File(["{}"], "notes.json")]);
    await page.until("notes.json holds no cases.");
    page.open("label.file input", [new File(["not JSON"], "notes.json")]);
    await page.until("JSON");
    await page.close();
  });
});
