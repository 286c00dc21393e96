import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { unzipSync } from "fflate";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDesk } from "../unit/cli/harness.js";
import { hasChromium, inMemory, launch, pageFile, visit, type Visit } from "./browser.js";
import { anyOrder, anyPlanFile } from "./orders.js";

const SEED = Number(process.env["ALLOCELL_TEST_SEED"] ?? 16);
const ORDERS = Number(process.env["ALLOCELL_PAGE_ORDERS"] ?? 40);
const PLANS = Number(process.env["ALLOCELL_PAGE_PLANS"] ?? 10);

let browser: Browser;
beforeAll(async () => {
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

const button = (page: Page, label: RegExp): Locator => page.locator("button", { hasText: label });

/** Opens an order in an empty form. */
async function openOrder(page: Page, order: string, index: number): Promise<void> {
  await button(page, /^New form$/u).click();
  await page.waitForSelector(".missing");
  await page.setInputFiles("label.file input", inMemory(`order-${index}.json`, order));
}

/** The documents that the page writes of the open order, by name. */
async function papersOf(page: Page): Promise<Readonly<Record<string, string>>> {
  await page.waitForSelector(".side .state");
  await button(page, /^Documents$/u).click();
  await page.waitForSelector(".papers");
  const papers: Record<string, string> = {};
  for (const choice of await page.locator(".papers button[aria-pressed]").all()) {
    await choice.click();
    const name = (await page.locator(".papers .note").textContent()) ?? "";
    papers[name] = (await page.locator("iframe.paper").getAttribute("srcdoc")) ?? "";
  }
  await button(page, /^Close$/u).click();
  return papers;
}

/** Waits until the page refuses the open order with a code, at the latest when its documents are asked for. */
async function refusesWith(page: Page, codes: readonly string[]): Promise<void> {
  const isTold = (wanted: readonly string[]): boolean =>
    [...document.querySelectorAll(".wrong code")].some((own) => wanted.includes(own.textContent));
  const orState = (wanted: readonly string[]): boolean =>
    document.querySelector(".side .state") !== null ||
    [...document.querySelectorAll(".wrong code")].some((own) => wanted.includes(own.textContent));
  await page.waitForFunction(orState, codes);
  if ((await page.locator(".side .state").count()) > 0) await button(page, /^Documents$/u).click();
  await page.waitForFunction(isTold, codes);
}

/** The codes by which the command refuses; a comma is the page's own fault, at its field. */
function codesOf(stderr: string): readonly string[] {
  const { issues } = (
    JSON.parse(stderr) as { readonly error: { readonly issues: readonly { readonly code: string }[] } }
  ).error;
  return [...issues.map(({ code }) => code), "page.decimal_mark"];
}

describe.skipIf(!hasChromium)("the pharmacy's page in Chromium", { tags: ["PAGE-001", "SEC-001"] }, () => {
  it(`gives the bytes of the command for ${ORDERS} random orders`, async () => {
    const file = await pageFile("pharmacy");
    let seen: Visit | undefined;
    let prepared = 0;
    for (const [index, order] of fc.sample(anyOrder, { numRuns: ORDERS, seed: SEED }).entries()) {
      // A page for each hundred orders: nothing of an earlier one is left.
      if (index % 100 === 0) {
        await seen?.page.context().close();
        seen = await visit(browser, file);
      }
      const { page } = seen as Visit;
      const desk = makeDesk();
      desk.write("order.json", order);
      const { code, stderr } = await desk.run("prepare", "order.json", "--out", "docs", "--json");
      await openOrder(page, order, index);
      if (code === 2) {
        await refusesWith(page, codesOf(stderr));
        continue;
      }
      const names = existsSync(desk.path("docs")) ? readdirSync(desk.path("docs")) : [];
      expect(await papersOf(page), order).toEqual(
        Object.fromEntries(names.map((name) => [name, desk.read(`docs/${name}`)])),
      );
      prepared += 1;
    }
    expect(seen?.requests).toEqual([]);
    expect(seen?.complaints).toEqual([]);
    expect(prepared).toBeGreaterThan(ORDERS / 10);
  });
});

describe.skipIf(!hasChromium)("the statistics page in Chromium", { tags: ["PAGE-001", "SEC-001"] }, () => {
  it(`gives the files of the command for ${PLANS} random plans`, async () => {
    const { page, requests, complaints } = await visit(browser, await pageFile("statistics"));
    await page.locator("nav button", { hasText: /^List$/u }).click();
    const ofTime = /"generation": \{[^}]*\}/u;
    let made = 0;
    for (const [index, plan] of fc.sample(anyPlanFile, { numRuns: PLANS, seed: SEED }).entries()) {
      await page.setInputFiles("label.file input >> nth=0", inMemory("plan.json", plan));
      await page.waitForFunction(
        (text) => document.querySelector<HTMLTextAreaElement>("#plan-yaml")?.value === text,
        plan,
      );
      await page.fill("#test-seed", "");
      await page.fill("#test-seed", `TEST ${index}`);
      await page.locator("button", { hasText: /^Generate the list$/u }).click();
      await page.waitForSelector(".side .state, .wrong");
      const desk = makeDesk();
      desk.write("plan.yaml", plan);
      const { code, stderr } = await desk.run(
        ...["list", "plan.yaml", "--test-seed", `TEST ${index}`, "--out", "list", "--json"],
      );
      if (code === 2) {
        const told = (await page.locator(".wrong code").allTextContents()).join(" ");
        expect(
          codesOf(stderr).some((own) => told.includes(own)),
          plan,
        ).toBe(true);
        continue;
      }
      const download = page.waitForEvent("download");
      await page.locator("button", { hasText: /ZIP$/u }).click();
      const zip = unzipSync(readFileSync(await (await download).path()));
      const names = readdirSync(desk.path("list"));
      expect(Object.keys(zip).sort()).toEqual(names.sort());
      for (const name of names) {
        const own = new TextDecoder().decode(zip[name]).replace(ofTime, "");
        expect(own, `${plan} ${name}`).toBe(desk.read(`list/${name}`).replace(ofTime, ""));
      }
      made += 1;
    }
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(made).toBeGreaterThan(PLANS / 5);
  });
});
