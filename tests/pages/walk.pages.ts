/* Whole walks through both pages by the keyboard alone, every state looked over by axe-core. */
import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { draftOf } from "../unit/app/typedOrder.js";
import { ORDER_SECTIONS } from "../../src/cli/index.js";
import { fromData } from "../../src/app/view/draft.js";
import { word } from "../../src/app/texts/words.js";
import { toBagCode } from "../../src/report/index.js";
import { makeDesk } from "../unit/cli/harness.js";
import { SLE_BAG } from "../unit/report/exampleOrders.js";
import { hasChromium, inMemory, launch, pageFile, picture, print, visit } from "./browser.js";
import { chooseFile, enter, fill, fillOrder, press, reach } from "./keyboard.js";

const SIZES = [
  { name: "desk", width: 1024, height: 768 },
  { name: "tablet", width: 820, height: 1180 },
];

interface Order {
  readonly document: object;
  readonly check: { readonly by: string };
}
const ORDER = parse(readFileSync("examples/sle/order.yaml", "utf8")) as Order;

let browser: Browser;
beforeAll(async () => {
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

/** Holds a state to WCAG 2.2 AA, and keeps a picture of it at both sizes. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const { name: size, width, height } of SIZES) {
    await page.setViewportSize({ width, height });
    await picture(page, `${name}.${size}`);
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations, passes } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      });
      const told = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      );
      return { told, held: passes.length };
    });
    expect(found.told, `${name} ${size}`).toEqual([]);
    expect(found.held).toBeGreaterThan(10);
  }
  const [desk] = SIZES;
  if (desk !== undefined) await page.setViewportSize(desk);
}

/** What a browser could keep of a page. */
const kept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => [
    ...[localStorage.length, sessionStorage.length, document.cookie, history.length, location.href, window.name],
    (await indexedDB.databases()).length,
  ]);

const tabOf = (n: number): string => `nav button:nth-of-type(${n})`;
const [DESIGN, LIST, VERIFY] = [1, 2, 3].map(tabOf) as [string, string, string];
const [DOSE, PREPARE, CHECK] = [1, 2, 3].map(tabOf) as [string, string, string];
const [RECORD, BATCH, SCAN] = [4, 5, 6].map(tabOf) as [string, string, string];

describe.skipIf(!hasChromium).each(["en", "zh"] as const)("the pharmacy's page by keyboard alone: %s", (language) => {
  const says = (key: Parameters<typeof word>[1]): string => word(language, key);
  const named = (state: string): string => `pharmacy.${language}.${state}`;

  it("prepares, prints, checks, records, scans and prepares a batch, and keeps nothing", async () => {
    const { page, requests, complaints } = await visit(browser, pageFile("pharmacy", { language }));
    // With a listener from the start the browser opens no dialog of its own.
    page.on("filechooser", () => undefined);
    const before = await kept(page);
    await lookAt(page, named("empty"));
    const order = await prepareWalk(page);
    await checkWalk(page, order);
    await recordWalk(page, order);
    await batchWalk(page);
    await scanWalk(page, order);
    await enter(page, DOSE);
    await lookAt(page, named("dose"));
    expect(await kept(page)).toEqual(before);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("prepares a product of two components", async () => {
    const { page, complaints } = await visit(browser, pageFile("pharmacy", { language }));
    const order: unknown = parse(readFileSync("examples/products/order-breyanzi.yaml", "utf8"));
    await enter(page, PREPARE);
    await fillOrder(page, draftOf(order));
    await page.waitForSelector(".side .state.ready");
    await lookAt(page, named("components"));
    await page.locator("#s-then-0-lots").scrollIntoViewIfNeeded();
    await lookAt(page, named("components-second"));
    await print(page, named("components"));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  async function prepareWalk(page: Page): Promise<string> {
    await enter(page, PREPARE);
    await fillOrder(page, fromData(ORDER, ORDER_SECTIONS, "point"));
    await page.waitForSelector(".side .state.ready");
    await lookAt(page, named("ready"));
    const download = page.waitForEvent("download");
    await press(page, says("act.save-yaml"));
    const saved = readFileSync(await (await download).path(), "utf8");
    await press(page, says("document.title"));
    await page.waitForSelector(".papers");
    await lookAt(page, named("papers"));
    await print(page, named("papers"));
    await press(page, says("act.close"));
    const desk = makeDesk();
    desk.write("order.yaml", saved);
    expect((await desk.run("prepare", "order.yaml")).code, saved).toBe(0);
    return saved;
  }

  async function checkWalk(page: Page, order: string): Promise<void> {
    const second = { ...(parse(order) as object), check: { ...ORDER.check, by: "EXAMPLE pharmacist B" } };
    await enter(page, CHECK);
    await chooseFile(page, "p:nth-of-type(3) input[type=file]", inMemory("first.yaml", order));
    await chooseFile(page, "p:nth-of-type(4) input[type=file]", inMemory("second.yaml", stringify(second)));
    await page.waitForSelector(".state.ready");
    expect(await page.locator(".state").textContent()).toBe(says("check.agree"));
    await lookAt(page, named("check"));
    await print(page, named("check"));
  }

  async function recordWalk(page: Page, order: string): Promise<void> {
    await enter(page, RECORD);
    await chooseFile(page, ".bar input[type=file]", inMemory("order.yaml", order));
    const given = { number: "1", administeredOn: "2026-03-19", administeredBy: "EXAMPLE nurse", infusedMl: "98" };
    for (const [path, text] of Object.entries(given)) await fill(page, path, text);
    await page.waitForSelector(".side .figures");
    await lookAt(page, named("record"));
    await print(page, named("record"));
  }

  async function batchWalk(page: Page): Promise<void> {
    const [order, rows] = ["order-batch.yaml", "batch.csv"].map((name) => readFileSync(`examples/sle/${name}`, "utf8"));
    const wrong = (rows ?? "").replace(",48.2,", ",4820,");
    await enter(page, BATCH);
    await lookAt(page, named("batch-empty"));
    await chooseFile(page, ".drop p:nth-of-type(2) input[type=file]", inMemory("order-batch.yaml", order ?? ""));
    await chooseFile(page, ".drop p:nth-of-type(3) input[type=file]", inMemory("batch.csv", wrong));
    await page.waitForSelector(".wide-table tr.refused");
    await lookAt(page, named("batch"));
    await print(page, named("batch"));
    const desk = makeDesk();
    for (const [name, text] of Object.entries({ "order.yaml": order ?? "", "batch.csv": wrong }))
      desk.write(name, text);
    for (const form of ["CSV", "XLSX"]) {
      const download = page.waitForEvent("download");
      await press(page, `${says("act.save")} (${form})`);
      const saved = readFileSync(await (await download).path());
      await desk.run("prepare-batch", "batch.csv", "--order", "order.yaml", "--out", `answer.${form.toLowerCase()}`);
      expect(saved.equals(readFileSync(desk.path(`answer.${form.toLowerCase()}`))), form).toBe(true);
    }
  }

  async function scanWalk(page: Page, order: string): Promise<void> {
    await enter(page, SCAN);
    await chooseFile(page, ".bar input[type=file]", inMemory("order.yaml", order));
    await fill(page, "--at", "2026-03-19T12:15");
    await fill(page, "code", toBagCode(SLE_BAG));
    await page.keyboard.press("Enter");
    await page.waitForSelector(".state.ready");
    await lookAt(page, named("scan"));
    // What the scanner writes next takes the place of the first.
    await page.keyboard.type(toBagCode({ ...SLE_BAG, kit: "K-1048" }));
    await page.waitForSelector(".state.stop");
    await lookAt(page, named("scan-wrong"));
  }
});

describe.skipIf(!hasChromium).each(["en", "zh"] as const)("the statistics page by keyboard alone: %s", (language) => {
  const says = (key: Parameters<typeof word>[1]): string => word(language, key);
  const named = (state: string): string => `statistics.${language}.${state}`;

  it("compares designs, generates a list and verifies it, and keeps nothing", async () => {
    const { page, requests, complaints } = await visit(browser, pageFile("statistics", { language }));
    page.on("filechooser", () => undefined);
    const before = await kept(page);
    await enter(page, DESIGN);
    await lookAt(page, named("design-empty"));
    for (const [path, text] of Object.entries({ "--n": "40", "--ratio": "1:1" })) await fill(page, path, text);
    await page.waitForSelector(".plots svg");
    await lookAt(page, named("design"));
    await print(page, named("design"));
    await enter(page, "tbody tr:nth-child(3) button");
    await page.waitForSelector('tbody tr:nth-child(3) button[aria-pressed="true"]');
    await enter(page, LIST);
    await lookAt(page, named("empty"));
    const plan = readFileSync("examples/sle/plan.yaml", "utf8");
    await chooseFile(page, "label.file input", inMemory("plan.yaml", plan));
    await page.waitForFunction(
      (text) => document.querySelector<HTMLTextAreaElement>("#plan-yaml")?.value === text,
      plan,
    );
    await reach(page, "#test-seed");
    await page.keyboard.type("TEST keyboard");
    await press(page, says("list.generate"));
    await page.waitForSelector(".side .state");
    await lookAt(page, named("list"));
    await press(page, says("audit.run"));
    await page.waitForSelector(`[aria-label="${says("audit.title")}"]`);
    await lookAt(page, named("audit"));
    await press(page, says("plan.protocol"));
    await page.waitForSelector("pre.document");
    await lookAt(page, named("protocol"));
    await enter(page, VERIFY);
    await lookAt(page, named("verify"));
    expect(await kept(page)).toEqual(before);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(!hasChromium)("work that was not saved", () => {
  it("is asked about before the page is left", async () => {
    const { page } = await visit(browser, pageFile("pharmacy"));
    const asked: string[] = [];
    page.on("dialog", (dialog) => asked.push(dialog.type()));
    await page.locator("#f-order-weight-weightKg").fill("72.4");
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toEqual(["beforeunload"]);
  });
});
