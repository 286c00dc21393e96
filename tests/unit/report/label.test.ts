import { describe, expect, it } from "vitest";
import { SHEET_CSS, toBagLabelHtml, toBlindedPreparation } from "../../../src/report/index.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText, prepareExample } from "./exampleOrders.js";

const { preparation, document } = prepareExample("sle/order.yaml");
const blinded = toBlindedPreparation(preparation, document);

describe("the label of the bag", { tags: ["LABEL-001"] }, () => {
  it("shows what a blinded person may read, in both languages", () => {
    for (const language of ["en", "zh"] as const) {
      const text = plainText(toBagLabelHtml(blinded, { language }));
      for (const part of [
        "S02-003",
        "K-1047",
        "Visit 2, Day 1",
        "100 mL",
        "2.5 mL/min = 150 mL/h",
        "2026-03-19 12:15",
        "2026-03-19 13:00",
        "15 to 25 °C",
      ])
        expect(text).toContain(part);
      for (const secret of ["low", "cells", "EX-2401", "8.5"]) expect(text).not.toContain(secret);
    }
  });

  it("has the size and the copies that are asked for", () => {
    const html = toBagLabelHtml(blinded, { language: "en", widthMm: 80, heightMm: 50, copies: 3 });
    expect(html).toContain("size:80mm 50mm");
    expect(html.match(/<main/g)).toHaveLength(3);
    expect(toBagLabelHtml(blinded, { language: "en" })).toContain("size:100mm 60mm");
  });

  it("refuses a text that would be cut off, with its field, and takes it on a larger label", () => {
    const storage = "15 to 25 °C, do not refrigerate, do not shake, protect from light, ".repeat(9).trim();
    const issue = issueOf(() => toBagLabelHtml({ ...blinded, storage }, { language: "en" }));
    expect([issue.code, issue.path]).toEqual(["report.label_text_too_long", "storage"]);
    expect([issue.expected, issue.received]).toEqual([
      expect.stringMatching(/a shorter text, or a label of at least \d+ mm/),
      `${storage.length} characters`,
    ]);
    expect(toBagLabelHtml({ ...blinded, storage }, { language: "en", heightMm: 120 })).toContain("protect from light");
  });

  it("has no letter below 7 points, and a sheet none below 8", () => {
    const label = /<style>([\s\S]*)<\/style>/.exec(toBagLabelHtml(blinded, { language: "en" }))?.[1] ?? "";
    for (const [css, least] of [
      [SHEET_CSS, 8],
      [label, 7],
    ] as const) {
      const points = [...css.matchAll(/font(?:-size)?:([\d.]+)pt/g)].map(([, size]) => Number(size));
      expect(points.length).toBeGreaterThan(3);
      expect(Math.min(...points)).toBeGreaterThanOrEqual(least);
    }
    // A field's name is a part of the text beside it, but where it has a size of its own, as on sheets.
    const parts = [...label.matchAll(/\.name\{[^}]*font-size:([\d.]+)em/g)].map(([, part]) => Number(part));
    expect(Math.min(...parts) * 9).toBeGreaterThanOrEqual(7);
    expect(SHEET_CSS).toContain(".sheet .name{font-size:8pt");
  });

  it.each([
    { widthMm: 49 },
    { heightMm: 29 },
    { heightMm: 298 },
    { printerDpi: 600 as 300 },
    { copies: 0 },
    { copies: 1.5 },
  ])("refuses %o", (options) => {
    expect(issueOf(() => toBagLabelHtml(blinded, { language: "en", ...options })).code).toBe("report.label_invalid");
  });
});
