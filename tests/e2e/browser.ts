import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { Missing } from "./checks.js";

const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Loads a script in a page of headless Chromium, served from this machine.
 *
 * @returns what the script left in `globalThis.evidence`
 */
export async function evidenceInChromium(script: string): Promise<unknown> {
  if (!existsSync(CHROMIUM)) throw new Missing(`${CHROMIUM} is not installed (Debian: apt-get install chromium)`);
  const server = createServer((request, response) => {
    const isScript = request.url === "/bundle.js";
    response.setHeader("content-type", `${isScript ? "text/javascript" : "text/html"}; charset=utf-8`);
    response.end(isScript ? script : "<!doctype html><title>allocell</title><script src=/bundle.js></script>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const evidence: unknown = await page.evaluate("globalThis.evidence");
    if (errors[0] !== undefined) throw errors[0];
    return evidence;
  } finally {
    await browser.close();
    server.close();
  }
}

/** What a document came to in print. */
export interface Printed {
  /** The PDF's bytes as Latin-1 text. */
  readonly pdf: string;
  readonly text: string;
  /** Elements whose content is larger than they are, or that reach out of the page. */
  readonly overflows: readonly string[];
  /** How many addresses were asked for, the document's own among them. */
  readonly requests: number;
}

// Run in the page, in print media: what does not fit where it stands.
const OVERFLOWS = `(() =>
  [...document.querySelectorAll("main, main *")]
    .filter((element) => {
      const { right, bottom } = element.closest("main").getBoundingClientRect();
      const box = element.getBoundingClientRect();
      const isCut = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline";
      return isCut || box.right > right + 1 || box.bottom > bottom + 1;
    })
    .map((element) => [element.closest("main").id, element.tagName, element.className, element.textContent.slice(0, 60)].join(" ")))()`;

/** Prints documents to PDF in headless Chromium, each at the page size that it asks for. */
export async function printedInChromium(urls: readonly string[]): Promise<readonly Printed[]> {
  if (!existsSync(CHROMIUM)) throw new Missing(`${CHROMIUM} is not installed (Debian: apt-get install chromium)`);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  try {
    const printed: Printed[] = [];
    for (const url of urls) {
      const page = await browser.newPage();
      let requests = 0;
      page.on("request", () => (requests += 1));
      await page.goto(url);
      await page.emulateMedia({ media: "print" });
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      // The width between the margins of an A4 page; a label has a width of its own.
      await page.setViewportSize({ width: 726, height: 1070 });
      const overflows = await page.evaluate<readonly string[]>(OVERFLOWS);
      const text = await page.evaluate<string>("document.body.innerText");
      printed.push({ pdf, text, overflows, requests });
      await page.close();
    }
    return printed;
  } finally {
    await browser.close();
  }
}
