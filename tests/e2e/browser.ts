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
