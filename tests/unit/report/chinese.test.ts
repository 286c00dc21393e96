/* No English word of the program stands on a Chinese paper, and a Chinese amount is the exact one. */
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalText, fraction, readFraction, times } from "../../../src/quantity/index.js";
import {
  toBagLabelHtml,
  toBlindedPreparation,
  toBlindedRecordHtml,
  toOpenLabelHtml,
  toProcessRecordHtml,
  toWorksheetHtml,
} from "../../../src/report/index.js";
import { countText, largeText } from "../../../src/report/worksheet/shownValues.js";
import { englishOf, textsOf, written } from "./englishOf.js";
import { EXAMPLES, plainText, prepareExample, WAYS } from "./exampleOrders.js";

const LARGE: Readonly<Record<string, bigint>> = { 万: 10_000n, 亿: 100_000_000n };

describe("a Chinese amount", { tags: ["PAPER-002"] }, () => {
  const over10 = (value: bigint, places: number): ReturnType<typeof fraction> => fraction(value, 10n ** BigInt(places));
  const cells = fc
    .tuple(fc.bigInt({ min: 1n, max: 999_999n }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 2 }))
    .map(([digits, zeros, places]) => decimalText(over10(digits * 10n ** BigInt(zeros), places)));

  it("in 万 or 亿, read back, is the exact one", () => {
    fc.assert(
      fc.property(cells, (amount) => {
        const said = largeText("zh", amount);
        if (said === undefined) {
          expect(isSmall(readFraction(amount))).toBe(true);
          return;
        }
        const [, digits = "", word = ""] = /^([\d.,]+) (万|亿)$/u.exec(said) ?? [];
        const back = times(readFraction(digits.replaceAll(",", "")), fraction(LARGE[word] ?? 0n));
        expect(decimalText(back)).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });
  const isSmall = ({ numerator, denominator }: ReturnType<typeof fraction>): boolean =>
    numerator < 1_000_000n * denominator;

  it.each([
    ["72400000", "72,400,000 个活细胞（7240 万）"],
    ["1000000", "1,000,000 个活细胞（100 万）"],
    ["180000000", "180,000,000 个活细胞（1.8 亿）"],
    ["180000001", "180,000,001 个活细胞（18000.0001 万）"],
    ["999999", "999,999 个活细胞"],
  ])("of %s is %s", (amount, text) => {
    expect(countText("zh", { amount, unitKind: "viable-cells" })).toBe(text);
  });
});

describe("a name that people gave", () => {
  // Words of the program, their parts, and what would be read as a form or a place in a text.
  const name = fc.oneof(
    fc.stringMatching(/^[A-Za-z]$/u),
    fc.constantFrom(
      "e",
      "C",
      "target",
      "at most 5 mL",
      "ceiling",
      "{lot}",
      "$1",
      "of lot",
      "批号",
      "about 3",
      "draw - 7",
    ),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9 {}$-]{0,8}[A-Za-z0-9]$/u),
  );
  const MARK = "ZQXJKVW";
  const paper = (language: "en" | "zh", lot: string, by: string): string => {
    const { preparation, document } = prepareExample("sle/order.yaml", (order) => ({
      ...order,
      ...(order.weight === undefined ? {} : { weight: { ...order.weight, weighedBy: by } }),
      ...(order.lots === undefined ? {} : { lots: order.lots.map((one) => ({ ...one, lot })) }),
    }));
    return plainText(toWorksheetHtml(preparation, document, language)).replace(/[0-9a-f]{64}/u, "");
  };

  it.each(["en", "zh"] as const)("changes no other word of a sheet in %s", (language) => {
    const [lots, people] = [paper(language, MARK, "nurse"), paper(language, "L-1", MARK)];
    fc.assert(
      fc.property(name, (given) => {
        expect(paper(language, given, "nurse")).toBe(lots.replaceAll(MARK, () => given));
        expect(paper(language, "L-1", given)).toBe(people.replaceAll(MARK, () => given));
      }),
      { numRuns: 100, seed: 20261130 },
    );
  });
});

describe("a Chinese paper of an example", { tags: ["PAPER-002"] }, () => {
  it.each([...EXAMPLES, ...WAYS])("has no English word of the program: %s", (name) => {
    const { preparation, document } = prepareExample(name);
    // Of a licensed product: who says it. The words of the dose room in a source are held by texts.test.ts.
    const citations = preparation.steps
      .map(({ source }) => source)
      .filter((source) => !/the order|label|definition/.test(source));
    const facts = (preparation.labelFacts ?? []).flatMap(({ statement, source }) => [statement, source]);
    const own = [
      ...written(readFileSync(`examples/${name}`, "utf8")),
      ...textsOf(preparation.order),
      ...facts,
      ...citations,
    ];
    const papers = [toWorksheetHtml(preparation, document, "zh"), toProcessRecordHtml(preparation, document, {}, "zh")];
    if (preparation.order.dose.from === "product") {
      papers.push(toOpenLabelHtml(preparation, document, { language: "zh" }));
    } else {
      const blinded = toBlindedPreparation(preparation, document);
      papers.push(toBlindedRecordHtml(blinded, "zh"), toBagLabelHtml(blinded, { language: "zh" }));
    }
    expect(papers.flatMap((paper) => englishOf(paper, own))).toEqual([]);
    expect(papers.join("")).not.toMatch(/百万|医嘱|药盒号/);
  });
});
