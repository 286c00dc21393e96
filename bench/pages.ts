/*
 * The pages by the browser's own timings, beside a plain page: `npm run bench:pages`. First paint of each page, and how
 * long a typed digit takes until what follows from it stands there: the result of a whole order, the YAML of a plan.
 * With `-- --smoke` once, on pages that were not made smallest. Without Debian's chromium it says so.
 */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { pageHtml, PAGES } from "../build/pages.js";

const CHROMIUM = "/usr/bin/chromium";
const smoke = process.argv.includes("--smoke");
const ROUNDS = smoke ? 1 : 7;
const KEYS = smoke ? 3 : 20;
/** The browser tells no shorter time. */
const LEAST = 0.1;
const PLAIN =
  '<!doctype html><html lang="en"><title>plain</title><nav>plain</nav><input id="field"><p class="result"></p><script>' +
  'const result = document.querySelector(".result");' +
  'document.getElementById("field").addEventListener("input", (event) => { result.textContent = event.target.value; });' +
  "</script></html>";

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Opens a file and returns the page with its first paint, in milliseconds since its beginning. */
async function opened(browser: Browser, file: string): Promise<readonly [Page, number]> {
  const page = await (await browser.newContext({ viewport: { width: 1024, height: 768 } })).newPage();
  await page.goto(`file://${file}`);
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN);
  return [page, paint];
}

async function firstPaint(browser: Browser, file: string): Promise<number> {
  const paints: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [page, paint] = await opened(browser, file);
    paints.push(paint);
    await page.context().close();
  }
  return median(paints);
}

/** Milliseconds from a typed value to the change of what is shown under `shown`. */
const keystrokes = (page: Page, field: string, shown: string): Promise<readonly number[]> =>
  page.evaluate(
    async ([input, result, count]) => {
      const own = document.querySelector<HTMLInputElement>(input);
      const times: number[] = [];
      for (let key = 0; own !== null && key < Number(count); key += 1) {
        const found = document.querySelector<HTMLTextAreaElement>(result);
        const before = found?.value ?? found?.textContent;
        own.value = `6${key % 10}.${key % 9}`;
        const begun = performance.now();
        own.dispatchEvent(new Event("input", { bubbles: true }));
        for (let n = 0; n < 5000; n += 1) {
          const now = document.querySelector<HTMLTextAreaElement>(result);
          if ((now?.value ?? now?.textContent) !== before) break;
          await new Promise((done) => setTimeout(done, 0));
        }
        times.push(performance.now() - begun);
      }
      return times;
    },
    [field, shown, String(KEYS)] as const,
  );

async function measurePages(): Promise<readonly string[]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const folder = mkdtempSync(join(tmpdir(), "allocell-bench-"));
  const fileOf = (name: string, html: string): string => {
    writeFileSync(join(folder, `${name}.html`), html);
    return join(folder, `${name}.html`);
  };
  const plain = fileOf("plain", PLAIN);
  const line = (what: string, own: number, beside: number, aim: number): string =>
    `${what}: ${own.toFixed(1)} ms, plain page ${beside.toFixed(1)} ms, ratio ${(own / Math.max(beside, LEAST)).toFixed(1)}, aim ${aim} ms`;
  const plainPaint = await firstPaint(browser, plain);
  const lines: string[] = [];
  for (const name of PAGES)
    lines.push(
      line(
        `first paint of ${name}.html`,
        await firstPaint(browser, fileOf(name, await pageHtml(name, !smoke))),
        plainPaint,
        300,
      ),
    );
  const [own] = await opened(browser, join(folder, "pharmacy.html"));
  const order = { name: "order.yaml", mimeType: "text/plain", buffer: readFileSync("examples/sle/order.yaml") };
  await own.setInputFiles("label.file input", order);
  await own.waitForSelector(".side .figures");
  const typed = median(await keystrokes(own, "#f-order-weight-weightKg", ".side .figures"));
  const [beside] = await opened(browser, plain);
  const plainKey = median(await keystrokes(beside, "#field", ".result"));
  lines.push(line("a keystroke's result", typed, plainKey, 16));
  const [desk] = await opened(browser, join(folder, "statistics.html"));
  await desk.click("nav button:nth-of-type(2)");
  const plan = { name: "plan.yaml", mimeType: "text/plain", buffer: readFileSync("examples/sle/plan.yaml") };
  await desk.setInputFiles("label.file input", plan);
  await desk.waitForSelector("#f-length");
  lines.push(line("a keystroke's plan", median(await keystrokes(desk, "#f-length", "#plan-yaml")), plainKey, 16));
  await browser.close();
  return lines;
}

const said = existsSync(CHROMIUM) ? await measurePages() : [`SKIPPED: there is no ${CHROMIUM}`];
process.stdout.write(`${said.join("\n")}\n`);
