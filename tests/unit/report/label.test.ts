import { describe, expect, it } from "vitest";
import { toBagLabelHtml, toBlindedPreparation } from "../../../src/report/index.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText, prepareExample } from "./exampleOrders.js";

const { preparation, document } = prepareExample("sle/order.yaml");
const blinded = toBlindedPreparation(preparation, document);

describe("the label of the bag", () => {
  it("shows what a blinded person may read, in both languages", () => {
    for (const language of ["en", "zh"] as const) {
      const text = plainText(toBagLabelHtml(blinded, { language }));
      for (const part of [
        "S02-003",
        "K-1047",
        "Visit 2, Day 1",
        "100 mL",
        "2.5 mL/min",
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

  it.each([{ widthMm: 79 }, { heightMm: 298 }, { copies: 0 }, { copies: 1.5 }])("refuses %o", (options) => {
    expect(issueOf(() => toBagLabelHtml(blinded, { language: "en", ...options })).code).toBe("report.label_invalid");
  });
});
