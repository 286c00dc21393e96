import { existsSync, readdirSync } from "node:fs";
import * as fc from "fast-check";
import { unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { typedOrder, type Step } from "../unit/app/typedOrder.js";
import { makeDesk } from "../unit/cli/harness.js";
import { hasChromium, launch, pageFile, visit } from "./browser.js";
import { anyComponentOrder, anyOrder, anyPlanFile } from "./orders.js";

const SEED = Number(process.env["ALLOCELL_TEST_SEED"] ?? 16);
const ORDERS = Number(process.env["ALLOCELL_PAGE_ORDERS"] ?? 40);
/** Each is typed, field by field: it takes longer than to open a file. */
const TYPED = Math.ceil(ORDERS / 25);
const PLANS = Number(process.env["ALLOCELL_PAGE_PLANS"] ?? 10);

let browser: Browser;
beforeAll(async () => {
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

/** What a page made of an order: its documents by name, or the codes of what is wrong. */
interface Made {
  readonly papers: Readonly<Record<string, string>>;
  readonly codes: readonly string[];
}

/** So many orders or plans are handed to a page at a time: each question to the browser takes longer than an order. */
const AT_ONCE = 25;

/** How an order comes into the form: from its file, or typed, step by step. */
type Given = string | readonly Step[];

/** Gives orders to an empty form, one after the other, and asks for the documents of each. Runs in the page itself. */
async function makePapers(orders: readonly Given[]): Promise<readonly Made[]> {
  const one = (selector: string): Element | null => document.querySelector(selector);
  const all = (selector: string): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
  const until = async (is: () => boolean): Promise<void> => {
    for (let n = 0; !is(); n += 1) {
      if (n > 20_000) throw new Error(document.body.textContent);
      await new Promise((done) => setTimeout(done, 0));
    }
  };
  const click = (label: string): void => {
    all("button")
      .find((own) => own.textContent === label)
      ?.click();
  };
  const codes = (): readonly string[] => all(".wrong code").map((own) => own.textContent);
  const openFile = (text: string): void => {
    const input = one("label.file input") as HTMLInputElement | null;
    const files = new DataTransfer();
    files.items.add(new File([text], "order.json"));
    if (input !== null) input.files = files.files;
    input?.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const type = (id: string, typed: string | undefined): void => {
    const field = document.getElementById(id) as HTMLInputElement | HTMLSelectElement | HTMLButtonElement | null;
    if (field === null) throw new Error(`There is no field ${id}.`);
    if (typed === undefined) field.click();
    else {
      field.value = typed;
      field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
    }
  };
  const made: Made[] = [];
  for (const order of orders) {
    click("New form");
    await until(() => one(".missing") !== null && one(".side .state") === null && codes().length === 0);
    if (typeof order === "string") openFile(order);
    else {
      for (const [id, typed] of order) type(id, typed);
      // What was computed of the last sign stands there when nothing changes any more.
      let [before, still] = ["", 0];
      await until(() => {
        const now = one(".side")?.textContent ?? "";
        [before, still] = [now, now === before ? still + 1 : 0];
        return still > 60;
      });
    }
    await until(() => one(".side .state") !== null || codes().length > 0);
    const papers: Record<string, string> = {};
    if (one(".side .state") !== null) {
      click("Documents");
      await until(() => one(".papers") !== null || codes().length > 0);
      for (const name of all(".papers button[aria-pressed]").map((own) => own.textContent)) {
        click(name);
        await until(() => one('.papers button[aria-pressed="true"]')?.textContent === name);
        papers[one(".papers .note")?.textContent ?? ""] = one("iframe.paper")?.getAttribute("srcdoc") ?? "";
      }
    }
    made.push({ papers, codes: codes() });
    click("Close");
  }
  return made;
}

/** What a page made of a plan: the ZIP with the list's files in base64, or the codes of what is wrong. */
interface MadeList {
  readonly zip?: string;
  readonly codes: readonly string[];
}

/** Generates the list of plans, one after the other, each from a test seed with its number. Runs in the page itself. */
async function makeLists([first, plans]: readonly [number, readonly string[]]): Promise<readonly MadeList[]> {
  const one = (selector: string): Element | null => document.querySelector(selector);
  const until = async (is: () => boolean): Promise<void> => {
    for (let n = 0; !is(); n += 1) {
      if (n > 20_000) throw new Error(document.body.textContent);
      await new Promise((done) => setTimeout(done, 0));
    }
  };
  const click = (is: RegExp): void => {
    [...document.querySelectorAll("button")].find((own) => is.test(own.textContent))?.click();
  };
  const codes = (): readonly string[] => [...document.querySelectorAll(".wrong code")].map((own) => own.textContent);
  const saved: Blob[] = [];
  const createUrl = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob: Blob) => {
    if (blob.type === "application/zip") saved.push(blob);
    return createUrl(blob);
  };
  const made: MadeList[] = [];
  for (const [index, plan] of plans.entries()) {
    const input = one("label.file input") as HTMLInputElement | null;
    const files = new DataTransfer();
    files.items.add(new File([plan], "plan.json"));
    if (input !== null) input.files = files.files;
    input?.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => (one("#plan-yaml") as HTMLTextAreaElement | null)?.value === plan);
    const seed = one("#test-seed") as HTMLInputElement | null;
    if (seed !== null) seed.value = `TEST ${first + index}`;
    seed?.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => one(".side .state") === null);
    click(/^Generate the list$/u);
    await until(() => one(".running") === null && (one(".side .state") !== null || codes().length > 0));
    if (one(".side .state") === null) made.push({ codes: codes() });
    else {
      saved.length = 0;
      click(/ZIP$/u);
      await until(() => saved.length > 0);
      const bytes = new Uint8Array((await saved[0]?.arrayBuffer()) ?? new ArrayBuffer(0));
      made.push({ zip: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")), codes: [] });
    }
  }
  URL.createObjectURL = createUrl;
  return made;
}

/** Values in groups of some. */
const groupsOf = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));

/** The codes by which the command refuses; a comma is the page's own fault, at its field. */
function codesOf(stderr: string): readonly string[] {
  const { issues } = (
    JSON.parse(stderr) as { readonly error: { readonly issues: readonly { readonly code: string }[] } }
  ).error;
  return [...issues.map(({ code }) => code), "page.decimal_mark"];
}

const typed = (order: string): Given => typedOrder(JSON.parse(order));

describe.skipIf(!hasChromium)("the pharmacy's page in Chromium", { tags: ["PAGE-001", "SEC-001"] }, () => {
  it.each([
    ["opened", ORDERS, anyOrder, (order: string): Given => order],
    ["of components and weight bands, typed", TYPED, anyComponentOrder.map((order) => JSON.stringify(order)), typed],
  ] as const)("gives the bytes of the command for random orders: %s, %i", async (_, count, any, given) => {
    const { page, requests, complaints } = await visit(browser, pageFile("pharmacy"));
    let prepared = 0;
    for (const orders of groupsOf(fc.sample(any, { numRuns: count, seed: SEED }), AT_ONCE)) {
      const made = await page.evaluate(makePapers, orders.map(given));
      for (const [index, order] of orders.entries()) {
        const { papers, codes } = made[index] as Made;
        const desk = makeDesk();
        desk.write("order.json", order);
        const { code, stderr } = await desk.run("prepare", "order.json", "--out", "docs", "--json");
        if (code === 2) {
          expect(
            codesOf(stderr).some((own) => codes.includes(own)),
            `${order} ${codes.join(" ")}`,
          ).toBe(true);
          continue;
        }
        const names = existsSync(desk.path("docs")) ? readdirSync(desk.path("docs")) : [];
        expect(papers, order).toEqual(Object.fromEntries(names.map((name) => [name, desk.read(`docs/${name}`)])));
        prepared += 1;
      }
    }
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(prepared).toBeGreaterThan(count / 10);
  });
});

describe.skipIf(!hasChromium)("the statistics page in Chromium", { tags: ["PAGE-001", "SEC-001"] }, () => {
  it(`gives the files of the command for ${PLANS} random plans`, async () => {
    const { page, requests, complaints } = await visit(browser, pageFile("statistics"));
    await page.locator("nav button", { hasText: /^List$/u }).click();
    const ofTime = /"generation": \{[^}]*\}/u;
    let made = 0;
    for (const [group, plans] of groupsOf(fc.sample(anyPlanFile, { numRuns: PLANS, seed: SEED }), AT_ONCE).entries()) {
      const first = group * AT_ONCE;
      const lists = await page.evaluate(makeLists, [first, plans] as const);
      for (const [index, plan] of plans.entries()) {
        const { zip, codes } = lists[index] as MadeList;
        const desk = makeDesk();
        desk.write("plan.yaml", plan);
        const { code, stderr } = await desk.run(
          ...["list", "plan.yaml", "--test-seed", `TEST ${first + index}`, "--out", "list", "--json"],
        );
        if (code === 2) {
          expect(
            codesOf(stderr).some((own) => codes.includes(own)),
            `${plan} ${codes.join(" ")}`,
          ).toBe(true);
          continue;
        }
        const files = unzipSync(new Uint8Array(Buffer.from(zip ?? "", "base64")));
        const names = readdirSync(desk.path("list"));
        expect(Object.keys(files).sort()).toEqual(names.sort());
        for (const name of names) {
          const own = new TextDecoder().decode(files[name]).replace(ofTime, "");
          expect(own, `${plan} ${name}`).toBe(desk.read(`list/${name}`).replace(ofTime, ""));
        }
        made += 1;
      }
    }
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(made).toBeGreaterThan(PLANS / 5);
  });
});
