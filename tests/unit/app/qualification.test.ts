/* The suite of `allocell oq` in the pages: page.html?oq. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { openPage } from "./pageWindow.js";

interface CaseFile {
  readonly cases: readonly { readonly id: string }[];
}

const pathOf = (group: string): string => `docs/validation/oq/${group}.json`;
const read = (group: string): CaseFile => JSON.parse(readFileSync(pathOf(group), "utf8")) as CaseFile;
const fileOf = (group: string): File => new File([readFileSync(pathOf(group))], basename(pathOf(group)));

describe("the qualification of a page", { tags: ["PAGE-001"] }, () => {
  it.each([
    ["pharmacy", ["T", "D", "Q", "P"]],
    ["statistics", ["S", "L"]],
  ] as const)("%s runs every case of its groups, and all pass", async (name, groups) => {
    const page = await openPage(name, {}, "?oq");
    await page.until("Operational qualification of this page");
    page.open("label.file input", groups.map(fileOf));
    const ids = groups.flatMap((group) => read(group).cases.map(({ id }) => id));
    await page.until(`OQ PASSED ${ids.length} of ${ids.length}, groups ${[...groups].sort().join(",")}, allocell `);
    const shown = [...page.window.document.querySelectorAll("tbody th")].map(({ textContent }) => textContent);
    expect(shown.sort()).toEqual([...ids].sort());
    expect(page.text()).toMatch(/SHA-256 [0-9a-f]{64}/u);
    page.click("中文");
    await page.until("本页面的运行确认（OQ）");
    await page.until("执行人");
    await page.close();
  });

  it("fails a case with another expectation, and one that the page cannot run, and shows them first", async () => {
    const page = await openPage("pharmacy", {}, "?oq");
    const changed = readFileSync(pathOf("Q"), "utf8").replace(/"expected": ?"72\.4"/u, '"expected": "72.5"');
    expect(changed).not.toBe(readFileSync(pathOf("Q"), "utf8"));
    page.open("label.file input", [new File([changed], "Q.json"), fileOf("S")]);
    const all = read("Q").cases.length + read("S").cases.length;
    await page.until(`OQ FAILED ${read("Q").cases.length - 1} of ${all}`);
    const [first] = page.window.document.querySelectorAll("tbody tr");
    expect(first?.className).toBe("wrong");
    expect(page.text()).toContain("There is no call");
    await page.close();
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
