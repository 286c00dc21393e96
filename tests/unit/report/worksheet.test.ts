import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../../src/foundation/index.js";
import {
  SHEET_CSS,
  toBagLabelHtml,
  toBlindedPreparation,
  toBlindedRecordHtml,
  toWorksheetHtml,
  type BlindedPreparation,
} from "../../../src/report/index.js";
import type { InfusionOrder, PreparationOrder } from "../../../src/dose/index.js";
import { VERSION } from "../../../src/version.js";
import { decimalText, fraction, readFraction, times } from "../../../src/quantity/index.js";
import { assumptionText } from "../../../src/report/texts/assumptionTexts.js";
import { issueOf } from "../../support/issueOf.js";
import { EXAMPLES, plainText, prepareExample } from "./exampleOrders.js";

/** An order without some of its fields. */
const without =
  (...fields: readonly (keyof PreparationOrder)[]) =>
  (order: PreparationOrder): PreparationOrder =>
    Object.fromEntries(
      Object.entries(order).filter(([field]) => !fields.includes(field as keyof PreparationOrder)),
    ) as unknown as PreparationOrder;
const placebo = without("product", "lots", "draw", "dayTotals");

/** Drawn with a syringe of whole millilitres: the dose changes by more than 1 %, which is warned of. */
const coarse = (order: PreparationOrder): PreparationOrder => ({
  ...order,
  draw: { graduationMl: "1", overfillPercent: "5" },
});

/** The order of a protocol that is no trial here: no answers give its infusion. */
const ofProtocol = (order: PreparationOrder, infusion: InfusionOrder): PreparationOrder => {
  const rule = { kind: "flat", amount: "72400000", unitKind: "viable-cells" } as const;
  const stated = {
    content: "20E6",
    counted: "viable-cells",
    recovery: "0.85",
    fillMl: "2",
    extractableMl: "1.9",
  } as const;
  return {
    ...order,
    dose: { from: "protocol", rule, levels: [rule], source: "protocol" },
    lots: (order.lots ?? []).map((lot) => ({ ...lot, ...stated })),
    ...(order.clock === undefined ? {} : { clock: { ...order.clock, stabilityMinutes: 240 } }),
    infusion,
  };
};

const LARGE: Readonly<Record<string, bigint>> = { million: 1_000_000n, 万: 10_000n, 亿: 100_000_000n };

/** The numbers of a document; one said in millions, 万 or 亿 as what it amounts to. */
const numbersOf = (html: string): string[] =>
  [...plainText(html).matchAll(/(\d+(?:[.,]\d+)*)(?: (million|万|亿))?/g)].map(([, digits = "", word = ""]) =>
    LARGE[word] === undefined
      ? digits
      : decimalText(times(readFraction(digits.replaceAll(",", "")), fraction(LARGE[word]))),
  );

describe("the unblinded worksheet", { tags: ["PAPER-001"] }, () => {
  it.each(EXAMPLES)("of %s has the same numbers and codes in both languages", (name) => {
    const { preparation, document } = prepareExample(name);
    const [en, zh] = [toWorksheetHtml(preparation, document, "en"), toWorksheetHtml(preparation, document, "zh")];
    expect(numbersOf(zh)).toEqual(numbersOf(en));
    for (const { code } of preparation.warnings) expect(zh).toContain(code);
    for (const { key, value } of preparation.assumptions) {
      expect(plainText(zh)).toContain(assumptionText("zh", key, value));
    }
  });

  it("shows every field of a compounding record", () => {
    const { preparation, document } = prepareExample("sle/order.yaml");
    const text = plainText(toWorksheetHtml(preparation, document, "en"));
    for (const part of [
      "UNBLINDED",
      "READY TO PREPARE",
      "NCT07041801, EXAMPLE 1.0",
      "S02-003",
      "K-1047",
      "Visit 2, Day 1",
      "2026-03-19",
      "2026-03-18 – 2026-03-21",
      "72.4 kg, 2026-03-19, EXAMPLE nurse",
      "72.4 kg, actual",
      "1,000,000 viable cells/kg (1 million)",
      "72,400,000 viable cells (72.4 million)",
      "none stated",
      "EXAMPLE MSC",
      "EX-2401",
      "2027-06-30",
      "20,000,000 viable cells, 2 mL",
      "0.85",
      "0.93 (at least 0.8), EXAMPLE AO/PI, v2",
      "8,500,000 viable cells/mL",
      "5 containers",
      "8.5 mL",
      "91.5 mL",
      "EXAMPLE 0.9 % sodium chloride",
      "NS-118",
      "Diluent expiry",
      "Diluent maker",
      "EXAMPLE cell works",
      "2026-02-02",
      "EXAMPLE tank 3",
      "Samples, cultures",
      "Checker's own containers, draw, diluent",
      "100 mL",
      "0.935 g",
      "2.5 mL/min",
      "2026-03-19 13:00",
      "72,250,000 viable cells (72.25 million)",
      "-0.21 %",
      "Thaw start",
      "Thaw end",
      "Post-thaw viability / recovery, method",
      "Container ids",
      "Deviation and reason",
      "Prepared by",
      "Checked by",
      "own inputs, from own sources",
      "Released by",
      "Comments",
      `allocell ${VERSION}`,
      digestOf({ order: preparation.order, document }),
      "17,000,000 / 2 = 8,500,000 viable cells/mL",
    ]) {
      expect(text, part).toContain(part);
    }
    for (const { worked } of preparation.steps) expect(text).toContain(worked);
  });

  const sheetOf = (...of: Parameters<typeof prepareExample>): string => {
    const { preparation, document } = prepareExample(...of);
    return toWorksheetHtml(preparation, document, "en");
  };

  it("says in the frame of what is to prepare how much to draw from which containers", () => {
    const frameOf = (html: string): string =>
      plainText(/<div class="key">.*?<h2>|<div class="key">.*/su.exec(html)?.[0] ?? "");
    expect(frameOf(sheetOf("sle/order.yaml"))).toContain("8.5 mL 1.9 mL from each of 4, 0.9 mL from 1");
    const mixed = (order: PreparationOrder): PreparationOrder => ({
      ...order,
      product: { ...order.product!, mayMixLots: true },
      lots: ["EX-1", "EX-2"].map((lot) => ({ ...order.lots![0]!, lot, containers: 3 })),
    });
    const frame = frameOf(sheetOf("sle/order.yaml", mixed)).replace(/ +/g, " ");
    expect(frame).toContain("EX-1: 1.9 mL from each of 3 EX-2: 1.9 mL from 1, 0.9 mL from 1");
    expect(frame).toContain("2.5 mL/min = 150 mL/h");
  });

  it("has record and signatures together beneath the result, before the calculation", () => {
    const html = sheetOf("sle/order.yaml");
    const places = ["To prepare", "Product and containers", "Recorded during preparation", "Signatures", "Calculation"];
    const found = places.map((heading) => html.indexOf(`>${heading}`));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
    expect(/<div class="together">.*Recorded during.*Signatures.*Calculation/su.test(html)).toBe(true);
    const css = SHEET_CSS.replace(/\s/gu, "");
    expect(css).toContain(".field,.signature,.together{break-inside:avoid}");
  });

  it("has a sheet for each component, and what the product's sources state on the last one", () => {
    const { preparation, document } = prepareExample("products/order-breyanzi.yaml");
    const html = toWorksheetHtml(preparation, document, "en");
    expect(html.split("CD8 1/2").length).toBe(2);
    const [first = "", last = ""] = html.split("CD4 2/2");
    for (const title of ["What the product's sources state", "Not stated by the product's sources"]) {
      expect([title, plainText(first).includes(title)]).toEqual([title, false]);
      expect([title, plainText(last).split(title).length]).toEqual([title, 2]);
    }
  });

  it("names the randomization number where the order has it", () => {
    const numbered = (order: PreparationOrder): PreparationOrder => ({
      ...order,
      identification: { ...order.identification, randomizationNumber: "R-0042" },
    });
    const { preparation, document } = prepareExample("sle/order.yaml", numbered);
    expect(plainText(toWorksheetHtml(preparation, document, "en"))).toMatch(/Randomization no\.\s*R-0042/u);
    expect(plainText(toWorksheetHtml(preparation, document, "zh"))).toMatch(/随机号\s*R-0042/u);
    expect(toBlindedRecordHtml(toBlindedPreparation(preparation, document), "en")).not.toContain("R-0042");
    const { preparation: bare } = prepareExample("sle/order.yaml");
    expect(toWorksheetHtml(bare, document, "en")).not.toContain("Randomization no.");
  });

  it("says of an open warning that nothing is ready", () => {
    const { preparation, document } = prepareExample("sle/order.yaml", coarse);
    const text = plainText(toWorksheetHtml(preparation, document, "en"));
    expect(text).toContain("NOT READY");
    expect(text).not.toContain("READY TO PREPARE");
    expect(plainText(toWorksheetHtml(preparation, document, "zh"))).toContain("不可配制");
  });

  it("names the lot that a warning speaks of", () => {
    const { preparation, document } = prepareExample("products/order-ryoncil.yaml");
    expect(preparation.warnings.map(({ path }) => path)).toEqual(["lots.0", "lots.0"]);
    const text = plainText(toWorksheetHtml(preparation, document, "en"));
    expect(text).toContain("[RY-12] The label's content");
    expect(text).toContain("EXAMPLE, content governs by the pharmacy's procedure; EXAMPLE pharmacist");
  });

  it("groups millilitres by thousands, as it does all numbers", () => {
    // Unusual, for an infusion and for a person of 72.4 kg: accepted.
    const path = "infusion.finalVolumeMl";
    const overrides = [{ code: "dose.unlikely_value", path, reason: "TEST", by: "TEST pharmacist" }];
    const { preparation, document } = prepareExample(
      "sle/order.yaml",
      (order) => ({ ...order, overrides }),
      undefined,
      {
        "infusion.finalVolume": "1.25 L",
        "infusion.rate": "750 mL/h",
      },
    );
    const text = plainText(toWorksheetHtml(preparation, document, "en"));
    expect(text).toContain("1,250 mL");
    expect(text).toContain("1,250 - 8.5 = 1,241.5 mL");
    expect(text).not.toMatch(/\b(?:1250|1241)/u);
    const blinded = toBlindedPreparation(preparation, document);
    expect(plainText(toBlindedRecordHtml(blinded, "en"))).toContain("1,250 mL");
    expect(plainText(toBagLabelHtml(blinded, { language: "en" }))).toContain("1,250 mL");
  });

  it("is prepared for a placebo without a lot", () => {
    const { preparation, document } = prepareExample("sle/order.yaml", placebo, "placebo");
    const text = plainText(toWorksheetHtml(preparation, document, "en"));
    expect(text).toContain("placebo");
    expect(text).not.toContain("EX-2401");
    // It was never frozen, and nothing is thawed.
    for (const name of ["Kept frozen in", "Thaw start", "Post-thaw", "EXAMPLE tank 3"])
      expect(text).not.toContain(name);
  });

  it("escapes what people wrote, and holds no script and nothing to load", { tags: ["SEC-002"] }, () => {
    const evil = `<script>alert(1)</script><img src=x onerror="1">&`;
    const { preparation, document } = prepareExample("sle/order.yaml", (order) => ({
      ...order,
      identification: { ...order.identification, subject: evil, visit: `"'${evil}` },
    }));
    const html = toWorksheetHtml(preparation, { ...document, route: evil, comments: evil }, "en");
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object)\b/);
    expect(html).not.toMatch(/\b(?:https?:|url\(|@import|javascript:)/);
    expect(html).toContain("&lt;script>alert(1)&lt;/script>");
    expect(html).toContain("default-src 'none'");
  });

  it("refuses details that it does not know", () => {
    const { preparation, document } = prepareExample("sle/order.yaml");
    const details = { ...document, arm: "low" } as typeof document;
    expect(issueOf(() => toWorksheetHtml(preparation, details, "en")).code).toBe("report.details_invalid");
  });
});

const ALLOWED: readonly (keyof BlindedPreparation)[] = [
  "subject",
  "kit",
  "visit",
  "finalVolumeMl",
  "rateMlPerMin",
  "route",
  "administration",
  "startBy",
  "expiresAt",
  "storage",
  "texts",
];
describe("the blinded record", { tags: ["BLIND-002"] }, () => {
  it("holds the allowed fields and nothing else", () => {
    const { preparation, document } = prepareExample("sle/order.yaml");
    const blinded = toBlindedPreparation(preparation, document);
    expect(Object.keys(blinded).sort()).toEqual([...ALLOWED].sort());
    expect(Object.isFrozen(blinded)).toBe(true);
  });

  it("is the same, byte for byte, whatever the arm, the weight and the lot", () => {
    const text = (arm: string, change: (order: PreparationOrder) => PreparationOrder): readonly string[] => {
      const { preparation, document } = prepareExample("sle/order.yaml", change, arm);
      const blinded = toBlindedPreparation(preparation, document);
      return (["en", "zh"] as const).flatMap((language) => [
        toBlindedRecordHtml(blinded, language),
        toBagLabelHtml(blinded, { language }),
      ]);
    };
    const wanted = text("placebo", placebo);
    fc.assert(
      fc.property(
        fc.constantFrom("low", "medium", "high"),
        fc.integer({ min: 400, max: 990 }),
        fc.constantFrom("EX-1", "Q9", "LOT 77"),
        fc.integer({ min: 11, max: 19 }),
        (arm, tenths, name, overfill) => {
          const changed = (order: PreparationOrder): PreparationOrder => ({
            ...order,
            weight: { ...order.weight!, weightKg: String(tenths / 10) },
            lots: order.lots!.map((lot) => ({ ...lot, lot: name, containers: 60 })),
            draw: { graduationMl: "0.1", overfillPercent: String(overfill) },
          });
          const { warnings } = prepareExample("sle/order.yaml", changed, arm).preparation;
          const overrides = warnings.map(({ code, path }) => ({ code, path, reason: "test", by: "test" }));
          expect(text(arm, (order) => ({ ...changed(order), overrides }))).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("differs with subject, kit and expiry, and so can fail", () => {
    const one = prepareExample("sle/order.yaml");
    const blinded = toBlindedPreparation(one.preparation, one.document);
    for (const [field, other] of [
      ["subject", "S9"],
      ["kit", "K9"],
      ["expiresAt", "2026-03-19T14:00"],
    ] as const) {
      expect(toBlindedRecordHtml({ ...blinded, [field]: other }, "en")).not.toBe(toBlindedRecordHtml(blinded, "en"));
    }
  });

  it("shows no number of the dose", () => {
    const { preparation, document } = prepareExample("sle/order.yaml");
    const blinded = toBlindedPreparation(preparation, document);
    const html = toBlindedRecordHtml(blinded, "en");
    for (const secret of [
      "low",
      "72.4",
      "72,",
      "EX-2401",
      "8.5",
      "91.5",
      "0.85",
      "cells",
      digestOf({ order: preparation.order, document }),
    ]) {
      expect(plainText(html), secret).not.toContain(secret);
    }
  });

  it("has lines for what the nurse writes, and for what nobody stated", () => {
    const { preparation, document } = prepareExample("sle/order.yaml");
    const html = toBlindedRecordHtml(toBlindedPreparation(preparation, document), "en");
    for (const name of ["Sponsor", "Site", "Contact, day and night", "Infusion started (date, time)"])
      expect(html).toContain(`<span class="name">${name}</span><i class="line"></i>`);
    for (const part of ["Infusion stopped", "Volume given, mL", "Paused (date, time)", "Reason", "Given by"])
      expect(html).toContain(part);
    for (const part of ["Ward", "Initials, sex, age", "Handed over by", "giving set", "Vital signs", "What is left"])
      expect(html).toContain(part);
    const zh = toBlindedRecordHtml(toBlindedPreparation(preparation, document, { site: "示例医院" }), "zh");
    for (const part of [
      "输注最迟开始时间",
      "输注最迟结束时间",
      "示例医院",
      "2.5 mL/min = 150 mL/h",
      "生命体征",
      "剩余药品处理",
    ])
      expect(zh).toContain(part);
  });

  it("gives the latest start by the clock, or as stated where there is no clock", () => {
    const { preparation, document } = prepareExample("sle/order.yaml", without("clock"));
    const times = { startBy: "2026-03-19T12:15", expiresAt: "2026-03-19T13:00" };
    const stated = toBlindedPreparation(preparation, { ...document, ...times });
    const byClock = prepareExample("sle/order.yaml");
    expect(stated).toEqual(toBlindedPreparation(byClock.preparation, byClock.document));
  });

  const leak = (change: (order: PreparationOrder) => PreparationOrder, details: object = {}): string => {
    const { preparation, document } = prepareExample("sle/order.yaml", change);
    return issueOf(() => toBlindedPreparation(preparation, { ...document, ...details })).code;
  };
  const named =
    (fields: object) =>
    (order: PreparationOrder): PreparationOrder => ({
      ...order,
      identification: { ...order.identification, ...fields },
    });

  it.each([
    ["the arm in the visit", named({ visit: "Day 1, low dose" }), {}],
    ["the lot in the kit", named({ kit: "EX-2401/3" }), {}],
    ["the dose in the storage", named({}), { storage: "72,400,000 viable cells at 20 °C" }],
    ["the product in the route", named({}), { route: "infusion of example msc" }],
    ["the word placebo", named({ visit: "placebo visit" }), {}],
  ])("refuses %s", (_, change, details) => {
    expect(leak(change, details)).toBe("report.blinded_leak");
  });

  it("refuses a final volume that follows from the dose", () => {
    expect(leak((order) => ofProtocol(order, { minutes: "10" }))).toBe("report.volume_not_fixed");
  });

  it.each([
    ["an open warning", coarse, {}, "dose.warning_open"],
    ["another expiry than the clock's", named({}), { expiresAt: "2026-03-19T12:59" }, "report.expiry_differs"],
    ["another latest start than the clock's", named({}), { startBy: "2026-03-19T12:14" }, "report.expiry_differs"],
    ["no clock and no expiry", without("clock"), { startBy: "2026-03-19T12:15" }, "report.field_missing"],
    ["no clock and no latest start", without("clock"), { expiresAt: "2026-03-19T13:00" }, "report.field_missing"],
    [
      "no kit",
      (order: PreparationOrder) => ({ ...order, identification: { subject: "S1", visit: "V1" } }),
      {},
      "report.field_missing",
    ],
    [
      "no rate",
      (order: PreparationOrder) => without("clock")(ofProtocol(order, { finalVolumeMl: "100" })),
      { expiresAt: "2026-03-19T13:00" },
      "report.field_missing",
    ],
  ] as const)("refuses %s", (_, change, details, code) => {
    expect(leak(change, details)).toBe(code);
  });
});
