/* The statistics page in both browsers: how far a comparison is, files that are dropped, and where a live seed is not. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk, type Desk } from "../unit/cli/harness.js";
import { hasChromium, launch, pageFile, visit } from "./browser.js";
import { hasFirefox, openInFirefox } from "./firefox.js";

const PLAN = readFileSync("examples/sle/plan.yaml", "utf8");

/** What is done in a page, by expressions that are evaluated in it. */
interface Driven {
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const inChromium = async (): Promise<Driven> => {
  const browser = await launch();
  const { page } = await visit(browser, pageFile("statistics"));
  return { evaluate: (expression) => page.evaluate(expression), close: () => browser.close() };
};

const inFirefox = async (): Promise<Driven> => openInFirefox(pageFile("statistics"));

async function until({ evaluate }: Driven, expression: string): Promise<void> {
  await expect.poll(() => evaluate(expression), { timeout: 60_000, interval: 50, message: expression }).toBe(true);
}

const says = (text: string): string => `document.getElementById("page").textContent.includes(${JSON.stringify(text)})`;

const click = (label: string): string =>
  `void [...document.querySelectorAll("button")].find((own) => own.textContent === ${JSON.stringify(label)}).click()`;

const type = (id: string, text: string): string => `(() => {
  const field = document.getElementById(${JSON.stringify(id)});
  field.value = ${JSON.stringify(text)};
  field.dispatchEvent(new Event("input", { bubbles: true }));
})()`;

/** A map of files as an expression of it: a transfer that is made in the page. */
const transfer = (files: Readonly<Record<string, string>>): string => `(() => {
  const transfer = new DataTransfer();
  for (const [name, text] of Object.entries(${JSON.stringify(files)})) transfer.items.add(new File([text], name));
  return transfer;
})()`;

/** Drops files onto the section with so many sections before it. */
const drop = (section: number, files: Readonly<Record<string, string>>): string => `(() => {
  const target = document.querySelectorAll(".drop")[${section}];
  const dataTransfer = ${transfer(files)};
  for (const name of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer });
    target.dispatchEvent(event);
    if (name !== "dragenter" && !event.defaultPrevented) throw new Error(name + " is left to the browser");
  }
})()`;

const choose = (files: Readonly<Record<string, string>>): string => `(() => {
  const field = document.querySelector("label.file input");
  field.files = ${transfer(files)}.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})()`;

const filesIn = (desk: Desk, folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(desk.path(folder)).map((name) => [name, desk.read(`${folder}/${name}`)]));

const BROWSERS = [
  { name: "Chromium", isThere: hasChromium, open: inChromium },
  { name: "Firefox", isThere: hasFirefox, open: inFirefox },
];

describe.each(BROWSERS)("the statistics page in $name", { tags: ["PAGE-001", "SEC-001"] }, ({ isThere, open }) => {
  it.skipIf(!isThere)("says how many designs were compared, and stops", async () => {
    const page = await open();
    try {
      await until(page, "document.querySelector('nav') !== null");
      for (const [name, text] of Object.entries({ sites: "4", strata: "3", ratio: "1:1", n: "240" }))
        await page.evaluate(type(`f---${name}`, text));
      await page.evaluate(click("Compare designs"));
      await page.evaluate(`void (window.seen = [], window.watch = setInterval(() => {
        const bar = document.querySelector("progress");
        if (bar !== null) window.seen.push([bar.value, bar.max, bar.getAttribute("aria-label")]);
      }, 20))`);
      await until(page, "(document.querySelector('progress')?.value ?? 0) > 3");
      expect(await page.evaluate(says("Designs compared: "))).toBe(true);
      await page.evaluate(click("Stop"));
      expect(await page.evaluate("document.querySelector('.running') === null")).toBe(true);
      const seen = JSON.parse(String(await page.evaluate("JSON.stringify(window.seen)"))) as [number, number, string][];
      const values = seen.map(([value]) => value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      const [, most, label] = seen.at(-1) ?? [0, 0, ""];
      expect(label).toMatch(new RegExp(`^Designs compared: \\d+ / ${most}$`, "u"));
      // What was stopped never answers.
      await new Promise((done) => setTimeout(done, 1500));
      expect(await page.evaluate("document.querySelector('.result') === null")).toBe(true);
      for (const [name, text] of Object.entries({ sites: "", strata: "", n: "24" }))
        await page.evaluate(type(`f---${name}`, text));
      await page.evaluate(click("Compare designs"));
      await until(page, says("Recommended"));
      expect(await page.evaluate("document.querySelector('progress') === null")).toBe(true);
    } finally {
      await page.close();
    }
  });

  it.skipIf(!isThere)(
    "takes the files of a list, its seed, a commitment and a row's proof that are dropped",
    async () => {
      const desk = makeDesk();
      desk.write("plan.yaml", PLAN);
      await desk.run("seed", "--out", "seed.txt");
      await desk.run("list", "plan.yaml", "--seed-file", "seed.txt", "--out", "list");
      await desk.run("commit", "list", "--seed-file", "seed.txt", "--out", "commitment.json");
      const own = ["list", "--commitment", "commitment.json", "--seed-file", "seed.txt"];
      const list = filesIn(desk, "list");
      const numbers = Object.entries(list).find(([name]) => name.endsWith("blinded.csv"))?.[1] ?? "";
      const number = numbers.split(/\r?\n/u)[1]?.split(",").at(-1) ?? "";
      await desk.run("prove-row", "list", number, ...own.slice(1), "--out", "row.json");
      await desk.run("open", ...own, "--out", "opening.json");
      const page = await open();
      try {
        await until(page, "document.querySelector('nav') !== null");
        await page.evaluate(click("Verify"));
        await until(page, "document.querySelectorAll('.drop').length === 2");
        await page.evaluate(drop(0, { ...list, "seed.txt": desk.read("seed.txt") }));
        await until(page, says("; seed.txt"));
        await page.evaluate(click("Verify the list"));
        await until(page, says("VERIFIED: LIVE SLE-SD-01"));
        expect(await page.evaluate(says("NOT VERIFIED"))).toBe(false);
        // Onto either section, in any order.
        await page.evaluate(
          drop(1, { "row.json": desk.read("row.json"), "commitment.json": desk.read("commitment.json") }),
        );
        await until(page, says("commitment.json, row.json"));
        await page.evaluate(click("Check the proof"));
        await until(page, says("PROVEN: LIVE SLE-SD-01"));
        await page.evaluate(drop(0, { "wrong.json": desk.read("row.json").replace(number, "R999999") }));
        await until(page, says("commitment.json, wrong.json"));
        await page.evaluate(click("Check the proof"));
        await until(page, says("NOT PROVEN: LIVE SLE-SD-01"));
        await page.evaluate(drop(1, { "opening.json": desk.read("opening.json") }));
        await until(page, says("commitment.json, opening.json"));
        await page.evaluate(click("Check the proof"));
        await until(page, `!${says("NOT PROVEN")} && ${says("PROVEN: LIVE SLE-SD-01")}`);
        const changed = Object.entries(list).map(([name, text]) => [
          name,
          name.endsWith(".blinded.csv") ? text.replace("01,1,", "01,9,") : text,
        ]);
        await page.evaluate(drop(0, Object.fromEntries(changed) as Record<string, string>));
        await until(page, `!${says("VERIFIED")}`);
        await page.evaluate(click("Verify the list"));
        await until(page, says("NOT VERIFIED: LIVE SLE-SD-01"));
        expect(await page.evaluate("document.querySelectorAll('.result .fault').length")).toBe(1);
      } finally {
        await page.close();
      }
    },
  );

  it.skipIf(!isThere)("has a live seed in the file that is saved, and in no other place", async () => {
    const page = await open();
    try {
      await until(page, "document.querySelector('nav') !== null");
      // Whatever would keep or send a text is watched from now on.
      await page.evaluate(`void (() => {
        window.told = [];
        const watch = (object, name) => {
          const own = object[name];
          if (typeof own !== "function") return;
          object[name] = function (...given) {
            window.told.push(name + " " + JSON.stringify(given, (_, value) => (value instanceof Blob ? "blob" : value)));
            return own.apply(this, given);
          };
        };
        for (const name of ["setItem", "removeItem"]) watch(Storage.prototype, name);
        for (const name of ["pushState", "replaceState"]) watch(History.prototype, name);
        for (const name of ["execCommand"]) watch(Document.prototype, name);
        for (const name of ["open"]) watch(IDBFactory.prototype, name);
        for (const name of ["write", "writeText"]) if (navigator.clipboard) watch(Object.getPrototypeOf(navigator.clipboard), name);
        for (const name of ["log", "info", "warn", "error", "debug"]) watch(console, name);
        for (const name of ["copy", "cut"]) addEventListener(name, () => window.told.push(name), true);
        window.saved = [];
        const createUrl = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) => {
          if (blob.type === "text/plain") window.saved.push(blob);
          return createUrl(blob);
        };
      })()`);
      const before = await page.evaluate("JSON.stringify([location.href, history.length, history.state])");
      await page.evaluate(click("List"));
      await until(page, "document.querySelector('#test-seed') !== null");
      await page.evaluate(choose({ "plan.yaml": PLAN }));
      await until(page, `document.querySelector("#plan-yaml").value === ${JSON.stringify(PLAN)}`);
      await page.evaluate(click("Make a seed"));
      await until(page, says("Save the seed file first"));
      await page.evaluate(click("Save the seed file"));
      await until(page, says("The seed file is with you."));
      const seed = String(await page.evaluate("window.saved[0].text()")).trim();
      expect(seed).toMatch(/^[0-9a-f]{64}/u);
      await page.evaluate(click("Generate the list"));
      await until(page, says("LIVE SLE-SD-01: 48 rows"));
      const places = String(
        await page.evaluate(`(async () => JSON.stringify([
          document.documentElement.outerHTML, [...document.querySelectorAll("input, textarea")].map(({ value }) => value),
          location.href, history.state, document.cookie, window.name, document.title, document.referrer, window.told,
          { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(),
          Object.entries(window).filter(([name, value]) => typeof value === "string").map(String),
        ]))()`),
      );
      for (const part of [seed, seed.slice(0, 32), seed.slice(-32), btoa(seed), seed.toUpperCase()])
        expect(places.includes(part)).toBe(false);
      expect(await page.evaluate("window.told.length")).toBe(0);
      expect(await page.evaluate("JSON.stringify([location.href, history.length, history.state])")).toBe(before);
      // Asked for, it stands there, and goes again.
      await page.evaluate(click("Show the seed"));
      await until(page, `document.querySelector(".seed")?.textContent.trim() === ${JSON.stringify(seed)}`);
      await page.evaluate(click("Hide the seed"));
      await until(page, "document.querySelector('.seed') === null");
      expect(await page.evaluate(`document.documentElement.outerHTML.includes(${JSON.stringify(seed)})`)).toBe(false);
    } finally {
      await page.close();
    }
  });
});
