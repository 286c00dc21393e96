import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { inject } from "vitest";
import type { PageName } from "../../build/pages.js";

const CHROMIUM = "/usr/bin/chromium";
/** Where pictures and prints are kept, to be looked at. */
export const ARTEFACTS = "node_modules/.cache/allocell-pages";

/** A missing browser is a skip that is seen; where CI is set it is a failure. */
export const hasChromium: boolean = existsSync(CHROMIUM) || process.env["CI"] !== undefined;

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-lcd-text",
];

/** An open page with everything that it asked for and complained of. */
export interface Visit {
  readonly page: Page;
  /** Addresses of requests, but for the page itself and what it made in memory. */
  readonly requests: string[];
  /** Errors of its program, and of its policy. */
  readonly complaints: string[];
}

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/** The page as the build makes it, as a file. */
export function pageFile(name: PageName, baked: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "allocell-pages-"));
  const file = join(folder, `${name}.html`);
  writeFileSync(
    file,
    readFileSync(join(inject("pages"), `${name}.html`), "utf8").replace(
      'id="baked">{}',
      () => `id="baked">${JSON.stringify(baked)}`,
    ),
  );
  return file;
}

/** Opens a page from its file. Every request but that of the file is blocked. */
export async function visit(browser: Browser, file: string, size = { width: 1024, height: 768 }): Promise<Visit> {
  const context = await browser.newContext({ viewport: size, acceptDownloads: true });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  await page.route(/^https?:|^wss?:|^ftp:/u, (route) => route.abort());
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(?:file:|blob:|about:|data:)/u.test(url)) requests.push(url);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`file://${file}`);
  // A page without tabs has an empty one, which is not to be seen.
  await page.waitForSelector("nav", { state: "attached" });
  return { page, requests, complaints };
}

/** Keeps a picture of the page as it stands. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
}

/** Keeps the page as it prints. */
export async function print(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.pdf({ path: join(ARTEFACTS, `${name}.pdf`), preferCSSPageSize: true });
}

/** A file that is in no folder. */
export const inMemory = (name: string, text: string): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(text, "utf8"),
});
