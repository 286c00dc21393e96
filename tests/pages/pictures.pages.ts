/*
 * The pictures in docs/pictures, made from the examples. They are compared by their size, and by the text that the page
 * had when the picture was taken, because fonts differ from machine to machine; `ALLOCELL_UPDATE=1 npx vitest run --config tests/pages/vitest.config.ts pictures` makes
 * them anew, and a person looks at each.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDesk } from "../unit/cli/harness.js";
import { hasChromium, launch, pageFile, visit } from "./browser.js";

const FOLDER = "docs/pictures";
const LANGUAGES = ["en", "zh"] as const;
type Language = (typeof LANGUAGES)[number];
const suffix = (language: Language): string => (language === "en" ? "" : `.${language}`);
/** Bytes of one picture: the package holds them all. */
const MOST_BYTES = 160_000;

/** SHA-256 of the text of what was pictured, by picture: a text that changed since asks for a new picture. */
const TEXTS = "tests/pages/pictureTexts.json";
const textsOfPictures = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(TEXTS, "utf8")) as Readonly<Record<string, string>>;

let browser: Browser;
beforeAll(async () => {
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

/** Writes EXAMPLE over what is shown. */
const mark = (page: Page, word: string): Promise<void> =>
  page.evaluate((text) => {
    const stamp = document.createElement("div");
    stamp.textContent = text;
    const style = { position: "fixed", top: "40%", left: "50%", transform: "translate(-50%, -50%) rotate(-20deg)" };
    const look = { font: "bold 90px sans-serif", color: "rgba(176, 0, 32, 0.22)", zIndex: "9999" };
    Object.assign(stamp.style, style, look, { pointerEvents: "none", letterSpacing: "0.1em" });
    document.body.append(stamp);
  }, word);

/** Width and height as a PNG states them. */
const sizeOf = (png: Uint8Array): readonly number[] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

/** Holds a picture against the one in the folder, or puts it there. */
async function keep(page: Page, name: string, language: Language): Promise<void> {
  const shown = await page.evaluate(() => document.body.innerText || document.body.textContent);
  // The program's own hash stands at the foot of a page, below what is pictured.
  const text = shown.replace(/\b[0-9a-f]{64}\b/gu, "");
  const hash = createHash("sha256").update(text).digest("hex");
  await mark(page, language === "en" ? "EXAMPLE" : "示例");
  const made = await page.screenshot({ type: "png", animations: "disabled" });
  const file = join(FOLDER, name);
  if (process.env["ALLOCELL_UPDATE"] === "1") {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, made);
    writeFileSync(TEXTS, `${JSON.stringify({ ...textsOfPictures(), [name]: hash }, null, 2)}\n`);
  }
  expect(textsOfPictures()[name], `${name} shows a text that the program gives no more`).toBe(hash);
  expect(sizeOf(readFileSync(file)), name).toEqual(sizeOf(made));
  expect(readFileSync(file).length, name).toBeLessThan(MOST_BYTES);
}

/** A file of the disk in a page of its own. */
async function look(file: string, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  if (file.endsWith(".svg")) await page.setContent(`<body style="margin:0">${readFileSync(file, "utf8")}</body>`);
  else await page.goto(`file://${file}`);
  return page;
}

describe.skipIf(!hasChromium)("the pictures in docs/pictures", () => {
  it.each(LANGUAGES)("a worksheet: %s", async (language) => {
    const desk = makeDesk();
    symlinkSync(resolve("examples"), desk.path("examples"));
    const { code } = await desk.run("prepare", "examples/sle/order.yaml", "--lang", language, "--out", "documents");
    expect(code).toBe(0);
    const name = readdirSync(desk.path("documents")).find((file) => file.includes("worksheet"));
    const page = await look(desk.path(`documents/${name ?? ""}`), 800, 640);
    await keep(page, `worksheet${suffix(language)}.png`, language);
    await page.context().close();
  });

  it.each(LANGUAGES)("the pharmacy's page with its result: %s", async (language) => {
    const { page } = await visit(browser, pageFile("pharmacy", { language }));
    await page.click("nav button:nth-of-type(2)");
    await page.waitForSelector(".side");
    const order = { name: "order.yaml", mimeType: "text/plain", buffer: readFileSync("examples/sle/order.yaml") };
    await page.setInputFiles("label.file input", order);
    await page.waitForSelector(".side .state.ready");
    await keep(page, `page${suffix(language)}.png`, language);
    await page.context().close();
  });

  it.each(LANGUAGES)("the page while it is filled in, with a weight that is refused: %s", async (language) => {
    const { page } = await visit(browser, pageFile("pharmacy", { language, trial: "NCT07041801" }));
    await page.click("nav button:nth-of-type(2)");
    await page.waitForSelector(".side");
    const weight = page.locator("#f-order-weight-weightKg");
    await weight.fill("160 lb");
    await weight.evaluate((field) => {
      field.blur();
      field.scrollIntoView({ block: "center" });
    });
    await page.waitForTimeout(500);
    await keep(page, `page-needed${suffix(language)}.png`, language);
    await page.context().close();
  });

  it.each(LANGUAGES)("the statistics page with the figures of designs: %s", async (language) => {
    const { page } = await visit(browser, pageFile("statistics", { language }), { width: 1024, height: 460 });
    for (const [name, text] of Object.entries({ n: "46", ratio: "1:1", sites: "2" }))
      await page.fill(`#f---${name}`, text);
    await page.getByRole("button", { name: language === "en" ? "Compare designs" : "比较各设计" }).click();
    const figure = page.locator(".result svg").first();
    await figure.waitFor({ timeout: 60_000 });
    await figure.evaluate((picture) => {
      picture.scrollIntoView({ block: "start" });
    });
    await keep(page, `desk${suffix(language)}.png`, language);
    await page.context().close();
  });

  it("a figure of an assessment", async () => {
    const page = await look(resolve("docs/assessments/UC.trade-off.svg"), 620, 480);
    await keep(page, "figure.png", "en");
    await page.context().close();
  });
});
