import { describe, expect, it } from "vitest";
import { isBlinded, toBlindedPreparation, toOpenLabelHtml, toWorksheetHtml } from "../../../src/report/index.js";
import type { PreparationOrder } from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText, prepareExample } from "./exampleOrders.js";

const { preparation, document } = prepareExample("products/order-ryoncil.yaml");

/** Given as it is, at no stated rate, without a clock. */
const undiluted = (order: PreparationOrder): PreparationOrder => {
  const { clock, ...others } = order;
  expect(clock).toBeDefined();
  return { ...others, infusion: {} };
};

describe("a licensed product", () => {
  it("has a worksheet that speaks of no blinding and no trial, and cites what its sources state", () => {
    expect(isBlinded(preparation)).toBe(false);
    const text = plainText(toWorksheetHtml(preparation, document, "en"));
    expect(text).not.toMatch(/blinded/i);
    expect(text).not.toContain("Assumptions");
    expect(text).toContain("What the product's sources state");
    for (const { statement, source } of preparation.labelFacts ?? [])
      expect(text).toContain(`${statement} (${source})`);
    for (const question of preparation.openQuestions) expect(text).toContain(question);
    expect(plainText(toWorksheetHtml(preparation, document, "zh"))).toContain("产品资料已载明的事项");
  });

  it("has an open label with name, dose and lots, and no blinded record", () => {
    const text = plainText(toOpenLabelHtml(preparation, document, { language: "en" }));
    for (const part of ["Ryoncil", "EX-1", "P-001", "RY-12", "cells", "50 mL", "1 mL/min", "2026-03-10 13:00"]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/clinical trial|blinded/i);
    expect(issueOf(() => toBlindedPreparation(preparation, document)).code).toBe("report.not_blinded");
    const ofTrial = prepareExample("sle/order.yaml");
    const issue = issueOf(() => toOpenLabelHtml(ofTrial.preparation, ofTrial.document, { language: "en" }));
    expect([issue.code, issue.path]).toEqual(["report.not_open", "dose.from"]);
  });

  it("may be given undiluted and without a stated rate: what is not stated is written in", () => {
    const bare = prepareExample("products/order-ryoncil.yaml", undiluted);
    const { order } = bare.preparation;
    expect(order.infusion).toEqual({});
    const html = toOpenLabelHtml(bare.preparation, document, { language: "en" });
    expect(html.match(/class="line"/g)).toHaveLength(3); // rate, latest start and end
    expect(toWorksheetHtml(bare.preparation, document, "en")).toContain("Ryoncil");
  });
});
