/* A walk through both pages in Debian's Firefox, from their files. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ARTEFACTS, pageFile } from "./browser.js";
import { hasFirefox, openInFirefox, type FirefoxPage } from "./firefox.js";

const ORDER = readFileSync("examples/sle/order.yaml", "utf8");
const PLAN = readFileSync("examples/sle/plan.yaml", "utf8");

/** Puts a file into the first field for files. */
const opened = (name: string, text: string): string => `(() => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
  const field = document.querySelector("label.file input");
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})()`;

const clicked = (label: string): string =>
  `[...document.querySelectorAll("button")].find((own) => own.textContent === ${JSON.stringify(label)}).click()`;

const says = (text: string): string => `document.getElementById("page").textContent.includes(${JSON.stringify(text)})`;

async function leftNothing({ evaluate, requests, complaints }: FirefoxPage): Promise<void> {
  expect(await evaluate("localStorage.length + sessionStorage.length + document.cookie.length")).toBe(0);
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
}

describe.skipIf(!hasFirefox)("the pages in Firefox", { tags: ["PAGE-001", "SEC-001"] }, () => {
  mkdirSync(ARTEFACTS, { recursive: true });

  it("opens an order, and shows its result and its documents in both languages", async () => {
    const page = await openInFirefox(pageFile("pharmacy"));
    try {
      await page.until(says("Still needed"));
      await page.evaluate(opened("order.yaml", ORDER));
      await page.until(says("Ready to prepare"));
      expect(await page.evaluate("document.querySelector('.side').textContent")).toContain("8.5 mL");
      await page.picture(join(ARTEFACTS, "firefox.pharmacy.png"));
      await page.evaluate(clicked("Documents"));
      await page.until("document.querySelector('iframe.paper') !== null");
      await page.evaluate(clicked("Close"));
      await page.evaluate(clicked("中文"));
      await page.until(says("可以配制"));
      await leftNothing(page);
    } finally {
      await page.close();
    }
  });

  it("generates a list", async () => {
    const page = await openInFirefox(pageFile("statistics"));
    try {
      await page.until("document.querySelector('nav') !== null");
      await page.evaluate(clicked("List"));
      await page.until("document.querySelector('#test-seed') !== null");
      await page.evaluate(opened("plan.yaml", PLAN));
      await page.until(`document.querySelector("#plan-yaml").value === ${JSON.stringify(PLAN)}`);
      await page.evaluate(`(() => {
        const field = document.querySelector("#test-seed");
        field.value = "TEST firefox";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      })()`);
      await page.evaluate(clicked("Generate the list"));
      await page.until("document.querySelector('.side .state') !== null");
      await page.picture(join(ARTEFACTS, "firefox.statistics.png"));
      await leftNothing(page);
    } finally {
      await page.close();
    }
  });
});
