/* page.html?oq in real browsers: the cases of a page, and what each found, are those of `allocell oq`. */
import { readdirSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OqResult } from "../../src/cli/qualification/runCase.js";
import { PAGE_CASES } from "../support/pageCases.js";
import { makeDesk } from "../unit/cli/harness.js";
import { hasChromium, launch, pageFile, visit } from "./browser.js";
import { hasFirefox, openInFirefox } from "./firefox.js";

const FOLDER = "docs/validation/oq";
const NAMES = readdirSync(FOLDER);
/** Every case file, or with one wrong expectation in the file of weights and in that of the default stream. */
const filesOf = (isSpoilt: boolean): readonly { readonly name: string; readonly text: string }[] =>
  NAMES.map((name) => {
    const text = readFileSync(`${FOLDER}/${name}`, "utf8");
    if (!isSpoilt || !["Q.json", "S.json"].includes(name)) return { name, text };
    const file = JSON.parse(text) as { cases: { expected: unknown }[] };
    const [first] = file.cases;
    if (first !== undefined) first.expected = "another value";
    return { name, text: JSON.stringify(file) };
  });

interface Report {
  readonly verdict: string;
  readonly results: readonly OqResult[];
}

type Results = ReadonlyMap<string, OqResult>;
type Counts = Readonly<Record<string, number>>;

/** What the command found, by case. */
async function byCommand(): Promise<Results> {
  const desk = makeDesk();
  await desk.run("oq", "--out", "Q");
  const { results } = JSON.parse(desk.read("Q/oq.json")) as Report;
  return new Map(results.map((one) => [one.id, one]));
}

/** Puts files into the field for files, and keeps what is offered for saving. */
const opening = (isSpoilt: boolean): string => `(() => {
  const chosen = new DataTransfer();
  for (const { name, text } of ${JSON.stringify(filesOf(isSpoilt))}) chosen.items.add(new File([text], name));
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => ((globalThis.offered = blob), make(blob));
  const field = document.querySelector("label.file input");
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})()`;
const SAVING = `(() => {
  [...document.querySelectorAll("button")].find((own) => own.textContent === "Save as JSON").click();
  return globalThis.offered.text();
})()`;
const IS_DONE = "document.querySelector('.state') !== null";
const FIRST_ROWS = "[...document.querySelectorAll('tbody tr')].slice(0, 2).map((own) => own.className).join()";

interface Opened {
  readonly until: (expression: string) => Promise<unknown>;
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

/** The report that a page offers for saving. */
async function reportOf({ until, evaluate }: Opened, isSpoilt: boolean): Promise<Report> {
  await evaluate(opening(isSpoilt));
  await until(IS_DONE);
  return JSON.parse(String(await evaluate(SAVING))) as Report;
}

/** The same cases as the command's of these groups, each with what the command found. */
async function checkPage(page: Opened, counts: Counts, wanted: Results): Promise<void> {
  const { verdict, results } = await reportOf(page, false);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  expect(verdict).toMatch(
    new RegExp(`^OQ PASSED ${all} of ${all}, .*, of ${wanted.size} cases opened, ${wanted.size} in the suite, `),
  );
  expect(results).toHaveLength(all);
  for (const one of results) expect(one).toEqual(wanted.get(one.id));
  const counted = Object.keys(counts).map((group) => [group, results.filter((one) => one.group === group).length]);
  expect(Object.fromEntries(counted)).toEqual(counts);
  expect([page.complaints, page.requests]).toEqual([[], []]);
}

/** One wrong expectation is one case that failed, and stands first. */
async function checkSpoilt(page: Opened, counts: Counts): Promise<void> {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const { verdict, results } = await reportOf(page, true);
  expect(verdict).toContain(`OQ FAILED ${all - 1} of ${all}`);
  expect(results.filter(({ isPassed }) => !isPassed)).toHaveLength(1);
  expect(await page.evaluate(FIRST_ROWS)).toBe("wrong,");
}

describe("page.html?oq", { tags: ["PAGE-001", "SYS-002"] }, () => {
  let wanted: Results;
  let files: ReadonlyMap<string, string>;
  let browser: Browser;
  beforeAll(async () => {
    wanted = await byCommand();
    files = new Map(PAGE_CASES.map(([name]) => [name, pageFile(name)] as const));
    if (hasChromium) browser = await launch();
  });
  afterAll(async () => {
    if (hasChromium) await browser.close();
  });

  it.skipIf(!hasChromium).each(PAGE_CASES)(
    "%s in Chromium: as the command, and a wrong one is found",
    async (name, counts) => {
      for (const check of [checkPage, checkSpoilt]) {
        const { page, complaints, requests } = await visit(browser, `${files.get(name) ?? ""}?oq`);
        const opened: Opened = {
          ...{ complaints, requests },
          evaluate: (expression) => page.evaluate(expression),
          // Not by waitForFunction, which makes a function of a text in the page: its policy forbids that.
          until: async (expression) => {
            for (let n = 0; n < 600; n += 1) {
              if ((await page.evaluate(expression)) === true) return;
              await page.waitForTimeout(100);
            }
            throw new Error(`Never true in Chromium: ${expression}`);
          },
        };
        await check(opened, counts, wanted);
        await page.context().close();
      }
    },
  );

  it.skipIf(!hasFirefox).each(PAGE_CASES)(
    "%s in Firefox: as the command, and a wrong one is found",
    async (name, counts) => {
      for (const check of [checkPage, checkSpoilt]) {
        const page = await openInFirefox(files.get(name) ?? "", "?oq");
        try {
          await page.until("document.querySelector('label.file input') !== null");
          await check(page, counts, wanted);
        } finally {
          await page.close();
        }
      }
    },
  );
});
