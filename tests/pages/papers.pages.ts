/* The documents of a preparation on paper: how many pages they take, and what stands where. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { parse } from "yaml";
import {
  toBlindedPreparation,
  toBlindedRecordHtml,
  toProcessRecordHtml,
  toWorksheetHtml,
  type Language,
} from "../../src/report/index.js";
import type { DocumentTexts } from "../../src/trial/index.js";
import type { PreparationOrder } from "../../src/dose/index.js";
import { EXAMPLES, prepareExample } from "../unit/report/exampleOrders.js";
import { ARTEFACTS, hasChromium, launch } from "./browser.js";

/** CSS pixels of an A4 page between the margins of a sheet. */
const PAGE = { width: Math.round((198 / 25.4) * 96), height: ((297 - 5 - 7.5) / 25.4) * 96 };

/** Seven lots of one size, of which each is below the expected viability, and a weight that is too old. */
function sevenLots(order: PreparationOrder): PreparationOrder {
  const [lot] = order.lots ?? [];
  if (lot === undefined || order.weight === undefined || order.product === undefined) throw new Error("no lot");
  const lots = Array.from({ length: 7 }, (_, index) => ({
    ...lot,
    lot: `EX-240${index + 1}`,
    expiresOn: `2027-0${index + 1}-28`,
    containers: index === 6 ? 30 : 1,
    testedViability: { fraction: "0.85", method: "EXAMPLE AO/PI, v2" },
  }));
  return {
    ...order,
    product: { ...order.product, mayMixLots: true },
    weight: { ...order.weight, weighedOn: "2026-03-09" },
    lots,
  };
}

describe.skipIf(!hasChromium)("a worksheet on paper", { tags: ["PAPER-001"] }, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "allocell-papers-"));
  beforeAll(async () => {
    browser = await launch();
    mkdirSync(ARTEFACTS, { recursive: true });
  });
  afterAll(() => browser.close());

  /** Prints a document, keeps it to be looked at, and says how many pages it has and where its signatures end. */
  async function printed(name: string, html: string): Promise<{ readonly pages: number; readonly signedAt: number }> {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, html);
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.emulateMedia({ media: "print" });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    writeFileSync(join(ARTEFACTS, `${name}.pdf`), pdf);
    await page.setViewportSize({ width: PAGE.width, height: 1200 });
    const signedAt = await page.evaluate<number>(
      `document.querySelector(".together, .signatures").getBoundingClientRect().bottom`,
    );
    await page.close();
    return { pages: pdf.toString("latin1").match(/\/Type \/Page\b/gu)?.length ?? 0, signedAt };
  }
  it.each(["en", "zh"] as const)(
    "of what is blinded is one page, with all lines of the nurse: %s",
    async (language) => {
      const { preparation, document } = prepareExample("sle/order.yaml");
      for (const texts of [{}, parse(readFileSync("examples/sle/site.yaml", "utf8")) as DocumentTexts]) {
        const html = toBlindedRecordHtml(toBlindedPreparation(preparation, document, texts), language);
        expect((await printed(`sle.record.${language}`, html)).pages).toBe(1);
      }
    },
  );

  const names = (["en", "zh"] as const).flatMap((language) => EXAMPLES.map((name) => [name, language] as const));

  it.each(names)("of %s, %s, with one lot is one page", async (name, language) => {
    const { preparation, document } = prepareExample(name);
    const html = toWorksheetHtml(preparation, document, language);
    expect((await printed(`${name.replace(/\W/g, "-")}-${language}`, html)).pages).toBe(1);
  });

  it.each(names)("has a process record of one page: %s, %s", async (name, language) => {
    const { preparation, document } = prepareExample(name);
    const html = toProcessRecordHtml(preparation, document, {}, language);
    expect((await printed(`${name.replace(/\W/g, "-")}-process-${language}`, html)).pages).toBe(1);
  });

  it.each<Language>(["en", "zh"])(
    "of seven lots and eight warnings is two pages, signed on the first: %s",
    async (language) => {
      const { warnings } = prepareExample("sle/order.yaml", sevenLots, "high").preparation;
      const [reason, by] = ["EXAMPLE: no other lot is released this week", "EXAMPLE pharmacist"];
      const overrides = warnings.map(({ code, path }) => ({ code, path, reason, by }));
      const change = (order: PreparationOrder): PreparationOrder => ({ ...sevenLots(order), overrides });
      const { preparation, document } = prepareExample("sle/order.yaml", change, "high");
      expect([preparation.containers.length, preparation.warnings.length]).toEqual([7, 8]);
      expect(preparation.isReady).toBe(true);
      const { pages, signedAt } = await printed(
        `seven-lots-${language}`,
        toWorksheetHtml(preparation, document, language),
      );
      expect(pages).toBe(2);
      expect(signedAt).toBeLessThan(PAGE.height);
    },
  );
});
