/* A batch in a browser: files are dropped onto the page, rows are computed beside it, and can be stopped. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workbookOfSheets } from "../../src/cli/writeWorkbook.js";
import { makeDesk } from "../unit/cli/harness.js";
import { hasChromium, launch, pageFile, picture, visit } from "./browser.js";
import { hasFirefox, openInFirefox } from "./firefox.js";

const ORDER = readFileSync("examples/sle/order-batch.yaml", "utf8");
const HEAD = ["participant", "kit", "visit", "arm", "weight_kg", "weighed_on", "weighed_by", "planned_on"];
const ARMS = ["low", "medium", "placebo"];

/** So many rows, no two of one weight, each with its line end. */
function rowsOf(count: number): readonly (readonly string[])[] {
  const rows = Array.from({ length: count }, (_, i) => [
    ...[`S${i + 1}`, `K-${i + 1}`, "Visit 2", ARMS[i % ARMS.length] ?? "", `${40 + (i % 400) / 10}`],
    ...["2026-03-18", "EXAMPLE nurse", "2026-03-19"],
  ]);
  return [HEAD, ...rows];
}
const csvOf = (count: number): string =>
  rowsOf(count)
    .map((row) => `${row.join(",")}\n`)
    .join("");

/** A file as it goes into a page. */
interface Dropped {
  readonly name: string;
  readonly base64: string;
}
const dropped = (name: string, content: string | Uint8Array): Dropped => ({
  name,
  base64: Buffer.from(content).toString("base64"),
});

/** Drops files onto the part Batch, as a browser does: over it, then on it. Runs in the page itself. */
function dropInPage(files: readonly Dropped[]): void {
  const data = new DataTransfer();
  for (const { name, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    data.items.add(new File([bytes], name));
  }
  const target = document.querySelector(".batch .drop");
  const over = new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: data });
  target?.dispatchEvent(over);
  if (!over.defaultPrevented) throw new Error("The page takes nothing that is dropped.");
  target?.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}

/** How many rows the page says that there are, whatever became of them. */
const rowsIn = (said: string | null): number =>
  [...(said ?? "").matchAll(/: (\d+)/gu)].reduce((sum, [, count]) => sum + Number(count), 0);

let browser: Browser;
let file = "";
beforeAll(async () => {
  if (hasChromium || hasFirefox) file = pageFile("pharmacy");
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

async function openBatch(): Promise<Page> {
  const { page } = await visit(browser, file);
  await page.click("nav button:nth-of-type(5)");
  await page.waitForSelector(".batch .drop");
  return page;
}

const savedBytes = async (page: Page, form: string): Promise<Buffer> => {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `Save (${form})` }).click();
  return readFileSync(await (await download).path());
};

describe.skipIf(!hasChromium)("a batch in Chromium", { tags: ["PAGE-001"] }, () => {
  it.each([
    ["CSV", dropped("rows.csv", csvOf(4))],
    ["XLSX", dropped("rows.xlsx", workbookOfSheets([{ sheet: "Rows", rows: rowsOf(4) }]))],
  ])("takes an order and rows that are dropped onto it: %s", async (form, rows) => {
    const page = await openBatch();
    await page.evaluate(dropInPage, [rows, dropped("order.yaml", ORDER)]);
    await page.waitForSelector(".wide-table");
    expect(await page.locator(".wide-table tbody tr").count()).toBe(4);
    expect(await page.locator(".state").textContent()).toBe("ready: 4 · OPEN WARNING: 0 · REFUSED: 0");
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    desk.write("rows.csv", csvOf(4));
    await desk.run("prepare-batch", "rows.csv", "--order", "order.yaml", "--out", "answer.csv");
    expect((await savedBytes(page, "CSV")).toString(), form).toBe(desk.read("answer.csv"));
    await page.context().close();
  });

  it("computes 2,000 rows beside the page, as the command does", async () => {
    const page = await openBatch();
    await page.evaluate(dropInPage, [dropped("rows.csv", csvOf(2000)), dropped("order.yaml", ORDER)]);
    await page.waitForSelector(".wide-table");
    expect(rowsIn(await page.locator(".state").textContent())).toBe(2000);
    expect(await page.locator(".wide-table tbody tr").count()).toBe(500);
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    desk.write("rows.csv", csvOf(2000));
    for (const form of ["CSV", "XLSX"]) {
      const name = `answer.${form.toLowerCase()}`;
      await desk.run("prepare-batch", "rows.csv", "--order", "order.yaml", "--out", name);
      expect((await savedBytes(page, form)).equals(readFileSync(desk.path(name))), form).toBe(true);
    }
    await page.context().close();
  });

  it("stays alive while it computes 10,000 rows, says how many are done, and can be stopped", async () => {
    const page = await openBatch();
    // A clock of the page: it beats only while nothing else keeps the page busy.
    await page.evaluate(() => {
      const clock = { beats: 0 };
      Object.assign(window, { clock });
      setInterval(() => {
        if (document.querySelector(".running") !== null) clock.beats += 1;
      }, 5);
    });
    await page.evaluate(dropInPage, [dropped("rows.csv", csvOf(10_000)), dropped("order.yaml", ORDER)]);
    await page.waitForFunction(() => /Computing … [1-9]\d* rows/u.test(document.body.textContent));
    const beats = await page.evaluate(() => (window as unknown as { clock: { beats: number } }).clock.beats);
    expect(beats).toBeGreaterThan(10);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.waitForSelector(".running", { state: "detached" });
    expect(await page.locator(".wide-table").count()).toBe(0);
    // What is typed meanwhile in another part is computed at once, and the batch starts anew when it is asked for.
    await page.getByRole("button", { name: "Compute", exact: true }).click();
    await page.waitForSelector(".running");
    // Only now: a picture may take longer than all rows, and then there is nothing to stop.
    await picture(page, "pharmacy.en.batch-running.desk");
    await page.click("nav button:nth-of-type(2)");
    await page.fill("#f-order-weight-weightKg", "72.4");
    await page.getByText("= 72.4 kg").waitFor();
    await page.click("nav button:nth-of-type(5)");
    await page.waitForSelector(".wide-table", { timeout: 120_000 });
    expect(rowsIn(await page.locator(".state").textContent())).toBe(10_000);
    await page.context().close();
  });
});

describe.skipIf(!hasFirefox)("a batch in Firefox", { tags: ["PAGE-001"] }, () => {
  it.each([
    ["CSV", dropped("rows.csv", csvOf(4))],
    ["XLSX", dropped("rows.xlsx", workbookOfSheets([{ sheet: "Rows", rows: rowsOf(4) }]))],
  ])("takes an order and rows that are dropped onto it: %s", async (_, rows) => {
    const page = await openInFirefox(file);
    try {
      await page.until("document.querySelector('nav button:nth-of-type(5)') !== null");
      await page.evaluate("document.querySelector('nav button:nth-of-type(5)').click()");
      await page.until("document.querySelector('.batch .drop') !== null");
      // vitest gives each function a name of its own, which the page does not know.
      const files = JSON.stringify([rows, dropped("order.yaml", ORDER)]);
      await page.evaluate(`(${dropInPage.toString()})(${files})`);
      await page.until("document.querySelectorAll('.wide-table tbody tr').length === 4");
      expect(page.complaints).toEqual([]);
    } finally {
      await page.close();
    }
  });
});
