/*
 * The blinded parts of the pharmacy's page: Scan, and the documents that are blinded. In none of them, wherever a person
 * or a program could look, stands anything of a treatment; and they are the same, to the sign, whatever the arm is.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { word } from "../../src/app/texts/words.js";
import { toBagCode } from "../../src/report/index.js";
import { trialById } from "../../src/trials/index.js";
import { SLE_BAG } from "../unit/report/exampleOrders.js";
import { hasChromium, inMemory, launch, pageFile, visit } from "./browser.js";

type Tree = Record<string, unknown>;
const ARMS = ["low", "medium", "high", "placebo"];

/** The example's order for another arm, with cells enough for each; a placebo has no product, lots, draw and day totals. */
function orderOf(arm: string): string {
  const file = parse(readFileSync("examples/sle/order.yaml", "utf8")) as Tree;
  const { product, lots, draw, dayTotals, ...others } = file["order"] as Tree;
  const enough = (lots as readonly Tree[]).map((lot) => ({ ...lot, containers: 40 }));
  const order = arm === "placebo" ? others : { ...others, product, lots: enough, draw, dayTotals };
  const assumptions = { ...(file["assumptions"] as Tree), "placebo.composition": "saline" };
  const answers = arm === "placebo" ? assumptions : (file["assumptions"] as Tree);
  return JSON.stringify({ ...file, arm, assumptions: answers, order });
}

/** Whatever tells an arm of the trial: its id and name, its dose for each kilogram and for this weight, its lot and draw. */
const TELLING: readonly RegExp[] = [
  ...trialById("NCT07041801").arms.flatMap(({ id, label }) => [
    new RegExp(`(?<![\\p{L}-])${id}(?![\\p{L}-])`, "iu"),
    new RegExp(label.replace(/[()]/gu, "\\$&"), "iu"),
  ]),
  ...["1", "2", "3", "5"].map((level) => new RegExp(`(?<![\\d.])${level}\\.?0*(?:E6|×10|,000,000|000000|00 万)`, "iu")),
  ...["72.4", "144.8", "217.2", "362"].map((millions) => {
    const digits = String(Math.round(Number(millions) * 1e6));
    const grouped = digits.replace(/\B(?=(?:\d{3})+$)/gu, ",");
    return new RegExp(`${digits}|${grouped}|${millions.replace(".", "\\.")} ?(?:E6|million)`, "u");
  }),
  /EX-2401|viable cells|活细胞|安慰剂|(?:低|中|高)剂量/u,
];

function expectNothingTold(text: string, where: string): void {
  for (const telling of TELLING) {
    const at = telling.exec(text)?.index;
    const about = at === undefined ? "" : text.slice(Math.max(0, at - 60), at + 60);
    expect(at, `${where}: ${String(telling)} in "${about}"`).toBeUndefined();
  }
}

/** Everything that a page shows or holds, but for its program and its style: both are the same for everybody. */
const shownBy = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const own of copy.querySelectorAll("#program, style")) own.remove();
    const typed = [...document.querySelectorAll<HTMLInputElement>("input, select, textarea")].map(({ value }) => value);
    const blank = document.createElement("iframe");
    document.body.append(blank);
    const known = new Set(Object.getOwnPropertyNames(blank.contentWindow));
    blank.remove();
    const own = Object.getOwnPropertyNames(window).filter((name) => !known.has(name));
    const seen = new Set<unknown>();
    const once = (_: string, value: unknown): unknown => {
      if (typeof value !== "object" || value === null) return value;
      if (seen.has(value)) return "seen";
      seen.add(value);
      return value;
    };
    const values = own.map((name) => `${name}=${JSON.stringify((window as unknown as Tree)[name], once)}`);
    const kept = [localStorage, sessionStorage].map((storage) => JSON.stringify(storage));
    return [
      copy.outerHTML,
      ...typed,
      ...values,
      ...kept,
      document.cookie,
      window.name,
      location.href,
      document.title,
    ].join("\n");
  });

/** The text of what is printed. */
async function printedText(page: Page): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "allocell-blinded-")), "printed.pdf");
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
}

let browser: Browser;
let file = "";
beforeAll(async () => {
  if (!hasChromium) return;
  file = pageFile("pharmacy");
  browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

async function opened(language: "en" | "zh"): Promise<Page> {
  const { page } = await visit(browser, file);
  if (language === "zh") await page.click("button.language");
  return page;
}

describe.skipIf(!hasChromium).each(["en", "zh"] as const)(
  "the blinded parts of the page: %s",
  { tags: ["SEC-002"] },
  (language) => {
    const says = (key: Parameters<typeof word>[1]): string => word(language, key);

    it("Scan shows, holds and prints nothing of a treatment, and the same for every arm", async () => {
      const seen = new Set<string>();
      for (const arm of ARMS) {
        const page = await opened(language);
        await page.click("nav button:nth-of-type(6)");
        await page.setInputFiles(".bar input[type=file]", inMemory("order.json", orderOf(arm)));
        await page.fill("#f---at", "2026-03-19T12:15");
        await page.fill("#f-code", toBagCode(SLE_BAG));
        await page.waitForSelector(".state.ready");
        await page.fill("#f---subject", "S02-009");
        await page.waitForSelector(".state.stop");
        const [shown, printed] = [await shownBy(page), await printedText(page)];
        expect(printed).toContain("S02-009");
        expectNothingTold(shown, `${arm}, page`);
        expectNothingTold(printed, `${arm}, print`);
        // The program's hash comes a moment after the page.
        seen.add(shown.replace(/\b[0-9a-f]{64}\b/gu, "") + printed.replace(/\b[0-9a-f]{64}\b/gu, ""));
        await page.context().close();
      }
      expect(seen.size).toBe(1);
    });

    it("the blinded record and the label show, print and save nothing of a treatment, and the same for every arm", async () => {
      const seen: string[] = [];
      for (const arm of ARMS) {
        const page = await opened(language);
        await page.click("nav button:nth-of-type(2)");
        await page.setInputFiles("label.file input", inMemory("order.json", orderOf(arm)));
        await page.waitForSelector(".side .state");
        await page.getByRole("button", { name: says("document.title"), exact: true }).click();
        const papers: string[] = [];
        for (const name of [says("document.record"), says("document.label")]) {
          await page.getByRole("button", { name, exact: true }).click();
          await page.waitForSelector(`.papers button[aria-pressed="true"]:text-is("${name}")`);
          const saving = page.waitForEvent("download");
          await page.getByRole("button", { name: says("act.save"), exact: true }).click();
          const download = await saving;
          const saved = readFileSync(await download.path(), "utf8");
          expectNothingTold(
            `${download.suggestedFilename()} ${saved.replace(/<style>[\s\S]*?<\/style>/gu, "")}`,
            `${arm}, ${name}`,
          );
          const paper = await page.context().newPage();
          await paper.setContent(saved);
          const printed = await printedText(paper);
          expect(printed).toContain("S02-003");
          expectNothingTold(printed, `${arm}, ${name}, print`);
          expectNothingTold(await shownBy(page), `${arm}, ${name}, page`);
          papers.push(download.suggestedFilename(), saved, printed);
          await paper.close();
        }
        seen.push(papers.join("\n"));
        await page.context().close();
      }
      expect(new Set(seen).size).toBe(1);
    });
  },
);

describe.skipIf(!hasChromium)("the clipboard", { tags: ["SEC-001"] }, () => {
  const MARK = "what somebody copied before";

  /** Presses every button of what is shown, and says of each what is in the clipboard then. */
  async function pressAll(page: Page): Promise<number> {
    const labels = await page.locator("main button").allTextContents();
    for (const label of new Set(labels)) {
      // One that another one took away is not there any more.
      await page.evaluate((wanted) => {
        [...document.querySelectorAll<HTMLElement>("main button")].find((own) => own.textContent === wanted)?.click();
      }, label);
      // The clipboard is read by who has the focus, which may be in a document that is looked at.
      await page.locator("h1").click();
      expect(await page.evaluate(() => navigator.clipboard.readText()), label).toBe(MARK);
    }
    return labels.length;
  }

  it.each(["pharmacy", "statistics"] as const)("is left as it is by every button of the page: %s", async (name) => {
    const { page } = await visit(browser, name === "pharmacy" ? file : pageFile(name));
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => {
      // Printing waits for a person.
      window.print = () => undefined;
    });
    await page.bringToFront();
    await page.evaluate((text) => navigator.clipboard.writeText(text), MARK);
    let pressed = 0;
    for (let tab = await page.locator("nav button").count(); tab > 0; tab -= 1) {
      await page.click(`nav button:nth-of-type(${tab})`);
      pressed += await pressAll(page);
    }
    if (name === "pharmacy") {
      await page.click("nav button:nth-of-type(2)");
      await page.setInputFiles("label.file input", inMemory("order.json", orderOf("low")));
      await page.waitForSelector(".side .state.ready");
      await page.getByRole("button", { name: "Documents", exact: true }).click();
      await page.waitForSelector(".papers");
      pressed += await pressAll(page);
    }
    expect(pressed).toBeGreaterThan(5);
    await page.context().close();
  });
});
