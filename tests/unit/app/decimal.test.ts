/* The pages' own numbers are those of decimal.js, as far as a page uses it. */
import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal as PageDecimal } from "../../../src/app/platform/decimal.js";

const Digits40 = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -100, toExpPos: 100 });

const digits = fc.stringMatching(/^[0-9]{1,45}$/u);
const text = fc.oneof(
  fc.tuple(fc.constantFrom("", "-"), digits, fc.integer({ min: -60, max: 60 })).map(([s, d, e]) => `${s}${d}e${e}`),
  fc.tuple(fc.constantFrom("", "-"), digits, digits).map(([s, d, p]) => `${s}${d}.${p}`),
  fc.bigInt({ min: -(10n ** 50n), max: 10n ** 50n }).map(String),
);
const divisor = fc.oneof(
  fc.bigInt({ min: 1n, max: 10n ** 45n }).map(String),
  // Quotients that end, and those whose 41st digit is a 5 with nothing behind it.
  fc.nat(60).map((power) => String(10n ** BigInt(power))),
  fc.nat(60).map((power) => String(2n ** BigInt(power))),
);

const saidOf = (own: Decimal | PageDecimal): unknown => ({
  ...{ text: own.toFixed(), e: own.e, precision: own.precision(), places: own.decimalPlaces() },
  ...{ isZero: own.isZero(), isInteger: own.isInteger(), isFinite: own.isFinite() },
});

describe("a decimal number in a page", { tags: ["PAGE-001"] }, () => {
  it("is read, measured and written as by decimal.js", () => {
    fc.assert(
      fc.property(text, (own) => {
        expect(saidOf(new PageDecimal(own))).toEqual(saidOf(new Digits40(own)));
      }),
      { numRuns: 3000 },
    );
  });

  it("is divided as by decimal.js, to 40 significant digits, half away from zero", () => {
    fc.assert(
      fc.property(text, divisor, fc.boolean(), (own, by, isNegative) => {
        const under = isNegative ? `-${by}` : by;
        expect(saidOf(new PageDecimal(own).dividedBy(under))).toEqual(saidOf(new Digits40(own).dividedBy(under)));
      }),
      { numRuns: 5000 },
    );
  });

  it("is rounded up from a half, and down from less", () => {
    const nines = "9".repeat(40);
    for (const [own, by] of [
      [`${nines}5`, "1"],
      [`${nines}49`, "1"],
      [`1${"0".repeat(39)}5`, "1"],
      ["1", "3"],
      ["2", "3"],
      ["1", nines],
      [nines, "1"],
      ["-5", "8"],
    ] as const)
      expect(new PageDecimal(own).dividedBy(by).toFixed()).toBe(new Digits40(own).dividedBy(by).toFixed());
  });

  it("refuses what is no number, and a division by zero", () => {
    for (const wrong of ["", "a", "1.", ".5", "1e", "0x1", " 1"]) expect(() => new PageDecimal(wrong)).toThrow();
    expect(() => new PageDecimal("1").dividedBy("0")).toThrow();
  });
});
