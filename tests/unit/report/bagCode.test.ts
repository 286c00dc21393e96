import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  parseBagCode,
  parseDocumentDetails,
  toBagCode,
  toBagLabelHtml,
  toBlindedPreparation,
} from "../../../src/report/index.js";
import { checkCharacter, isDonationNumber } from "../../../src/report/label/checkCharacter.js";
import { dataMatrixOf } from "../../../src/report/label/dataMatrix.js";
import { documentTextsOf } from "../../../src/trial/index.js";
import { trialById } from "../../../src/trials/index.js";
import type { PreparationOrder } from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText, prepareExample, SLE_BAG } from "./exampleOrders.js";

const SCALE = 6;

/** The dark modules of a label's symbol, from its drawing. */
function modulesOf(html: string): { readonly side: number; readonly dark: readonly (readonly [number, number])[] } {
  const side = Number(/viewBox="0 0 (\d+) /.exec(html)?.[1]);
  const path = /<path d="([^"]+)"/.exec(html)?.[1] ?? "";
  const dark = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  return { side, dark };
}

/** What ZXing, a program of other people, reads in the picture of a label's symbol. */
async function readBack(html: string, textMode: "HRI" | "Plain" = "HRI"): Promise<readonly string[]> {
  const { side, dark } = modulesOf(html);
  const width = (side + 4) * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [x, y] of dark) {
    for (let i = 0; i < SCALE * SCALE; i += 1) {
      const at = ((y + 2) * SCALE + Math.floor(i / SCALE)) * width + (x + 2) * SCALE + (i % SCALE);
      data.fill(0, at * 4, at * 4 + 3);
    }
  }
  const found = await readBarcodes(
    { data, width, height: width, colorSpace: "srgb" },
    {
      formats: ["DataMatrix"],
      textMode,
    },
  );
  return found.map(({ text }) => text);
}

beforeAll(() => {
  const file = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
  const { buffer } = new Uint8Array(readFileSync(file));
  return prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
});

const SITE = {
  contact: "EXAMPLE physician, +86 10 5555 0100",
  form: "suspension or solution for infusion",
  statements: ["may-transmit"],
  products: [
    { name: "hUC-MSC", arms: ["low", "medium", "high", "double"] },
    { name: "placebo", arms: ["placebo"] },
  ],
  productLine: "Contains {products}.",
  templateVersion: "EXAMPLE 1",
};
const sle = trialById("NCT07041801");
const OF_CELLS: readonly string[] = ["product", "lots", "draw", "dayTotals"];
const placebo = (order: PreparationOrder): PreparationOrder =>
  Object.fromEntries(
    Object.entries(order).filter(([field]) => !OF_CELLS.includes(field)),
  ) as unknown as PreparationOrder;
const plenty = (order: PreparationOrder): PreparationOrder => ({
  ...order,
  lots: (order.lots ?? []).map((lot) => ({ ...lot, containers: 60 })),
});
const labelOf = (arm: string | undefined, size: object = {}, site: object = SITE): string => {
  const { warnings } = prepareExample("sle/order.yaml", arm === "placebo" ? placebo : plenty, arm).preparation;
  const overrides = warnings.map(({ code, path }) => ({ code, path, reason: "TEST", by: "TEST" }));
  const change = (order: PreparationOrder): PreparationOrder => ({
    ...(arm === "placebo" ? placebo : plenty)(order),
    overrides,
  });
  const { preparation, document } = prepareExample("sle/order.yaml", change, arm);
  return toBagLabelHtml(toBlindedPreparation(preparation, document, documentTextsOf(sle, site, "single-dose")), {
    language: "en",
    ...size,
  });
};

describe("the code of a bag's label", { tags: ["LABEL-001"] }, () => {
  it("says trial, kit, administration, subject, latest start and end, and is read by another program", async () => {
    const texts = await readBack(labelOf(undefined));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^A1 NCT07041801 K-1047 1 S02-003 202603191215 202603191300 [0-9A-Z*]$/);
    expect(parseBagCode(texts[0] ?? "")).toEqual(SLE_BAG);
  });

  it("is the same in every arm, as the whole label is, at every size", async () => {
    for (const size of [{}, { widthMm: 70, heightMm: 40 }, { heightMm: 90, printerDpi: 300 }]) {
      const wanted = labelOf("placebo", size);
      for (const arm of ["low", "medium", "high"]) expect(labelOf(arm, size)).toBe(wanted);
      expect(await readBack(wanted)).toEqual(await readBack(labelOf("high", size)));
    }
  });

  it("is an element string of GS1 where the sponsor's GTIN is given, the same in every arm", async () => {
    const site = { ...SITE, gtin: "09506000134352" };
    const wanted = labelOf("placebo", { heightMm: 90 }, site);
    for (const arm of ["low", "high"]) expect(labelOf(arm, { heightMm: 90 }, site)).toBe(wanted);
    const [text = "", ...others] = await readBack(wanted, "Plain");
    expect(others).toEqual([]);
    expect(text.replaceAll("\u001D", "|")).toMatch(
      /^010950600013435221K-1047\|7240NCT07041801\|91S02-003\|921\|932603191215\|94[0-9A-Z*]\|70032603191300$/,
    );
    expect(parseBagCode(text)).toEqual(SLE_BAG);
    expect(parseBagCode(`]d2${text}`)).toEqual(SLE_BAG);
    expect(parseBagCode((await readBack(wanted))[0] ?? "")).toEqual(SLE_BAG);
    expect(issueOf(() => parseBagCode(text.replace("S02-003", "S02-030"))).code).toBe("report.code_unreadable");
    const short = labelOf("low", { heightMm: 90 }, { ...site, gtin: "96385074" });
    expect((await readBack(short, "Plain"))[0]).toMatch(/^0100000096385074/);
    const long = { ...site, trialCode: "TRIAL-CODE-OF-24-LETTERS" };
    expect(issueOf(() => labelOf("low", { heightMm: 90 }, long)).code).toBe("report.label_text_too_long");
  });

  const anyText = fc.string({
    unit: fc.constantFrom(...Array.from("ABZyz019-_./%+* 号袋é")),
    minLength: 1,
    maxLength: 8,
  });
  it("comes back as it was, whatever the numbers are, from the picture too", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, fc.integer({ min: 1, max: 99 }), async (kit, subject, administration) => {
        const [startBy, expiresAt] = ["2026-03-19T12:15", "2026-03-20T00:05"];
        const code = { trialCode: "T-1", kit, administration: String(administration), subject, startBy, expiresAt };
        expect(parseBagCode(toBagCode(code))).toEqual(code);
        const rows = dataMatrixOf(toBagCode(code));
        const path = rows.flatMap((row, y) =>
          row.flatMap((isDark, x) => (isDark ? [`M${x + 1} ${y + 1}h1v1h-1z`] : [])),
        );
        expect(await readBack(`viewBox="0 0 ${rows.length + 2} <path d="${path.join("")}"`)).toEqual([toBagCode(code)]);
      }),
      { numRuns: 25 },
    );
  });

  it("refuses a text that lost or swapped a sign", () => {
    const text = toBagCode({
      trialCode: "T-1",
      kit: "K-1047",
      subject: "S2",
      startBy: "2026-03-19T12:15",
      expiresAt: "2026-03-19T13:00",
    });
    for (const wrong of [
      text.replace("1047", "1048"),
      text.replace("1047", "1407"),
      text.slice(1),
      `${text}0`,
      "hello",
    ])
      expect(issueOf(() => parseBagCode(wrong)).code, wrong).toBe("report.code_unreadable");
  });

  it("has the check character of ISO/IEC 7064, MOD 37-2, as donation numbers have", () => {
    expect(checkCharacter("G123489654321")).toBe("Y");
    expect([isDonationNumber("G1234 89 654321 Y"), isDonationNumber("G1234 89 654312 Y")]).toEqual([true, false]);
    const { document } = prepareExample("sle/order.yaml");
    const issue = issueOf(() => parseDocumentDetails({ ...document, receipt: { donationNumber: "G123489654312Y" } }));
    expect(issue.path).toBe("receipt.donationNumber");
  });
});

describe("a label's texts of the trial and the site", { tags: ["LABEL-001"] }, () => {
  it("name the products of all arms by one template, and what the label's rules ask for", () => {
    const text = plainText(labelOf("high")).replace(/\s+/g, " ");
    for (const part of [
      "Product: Contains hUC-MSC or placebo.",
      "Form: suspension or solution for infusion",
      "Contact, day and night: EXAMPLE physician, +86 10 5555 0100",
      "Warning: this product may transmit infectious agents.",
      "Label version: EXAMPLE 1",
      "Trial code: NCT07041801",
    ])
      expect(text).toContain(part);
  });

  it.each([
    ["an arm without a product", { products: [{ name: "hUC-MSC", arms: ["low"] }] }, "trial.products_incomplete"],
    ["a line without products", { productLine: "{products}" }, "trial.products_incomplete"],
    ["a template without a place", { ...SITE, productLine: "MSC" }, "trial.document_texts_invalid"],
    ["a wrong check digit", { gtin: "09506000134351" }, "trial.document_texts_invalid"],
    ["a statement that is not known", { statements: ["safe"] }, "trial.document_texts_invalid"],
    ["placebo in the template", { ...SITE, productLine: "placebo: {products}" }, "report.blinded_leak"],
    ["placebo in the directions", { ...SITE, directions: "infuse the placebo" }, "report.blinded_leak"],
    [
      "a level in a product's name",
      { products: [{ name: "MSC high dose", arms: sle.arms.map(({ id }) => id) }] },
      "report.blinded_leak",
    ],
  ])("are refused with %s", (_, site, code) => {
    expect(issueOf(() => labelOf("high", {}, site)).code).toBe(code);
  });

  it("take a GTIN with its check digit", () => {
    expect(plainText(labelOf("low", { heightMm: 70 }, { gtin: "09506000134352" }))).toContain("GTIN:  09506000134352");
  });
});
