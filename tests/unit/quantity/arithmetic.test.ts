import { Decimal } from "decimal.js";
import { describe, expect, it } from "vitest";
import {
  ceiling,
  compare,
  decimalText,
  floorTo,
  formatCount,
  formatDecimal,
  formatDose,
  fraction,
  fractionText,
  halfUp,
  lowest,
  minus,
  over,
  plus,
  readFraction,
  roundedText,
  times,
  toDecimal,
  toNumber,
} from "../../../src/quantity/index.js";
import { issueOf } from "../../support/issueOf.js";

const of = readFraction;

describe("the exact number", { tags: ["QTY-003"] }, () => {
  it("keeps all 30 digits of a product of two inputs", () => {
    expect(decimalText(times(of("999999999999999"), of("999999999999999")))).toBe("999999999999998000000000000001");
  });

  it("adds, subtracts and compares exactly", () => {
    expect(decimalText(plus(of("0.1"), of("0.2")))).toBe("0.3");
    expect(decimalText(minus(of("0.3"), of("0.1")))).toBe("0.2");
    expect(decimalText(minus(of("1"), of("1")))).toBe("0");
    expect([compare(of("0.10"), of("0.1")), compare(of("9"), of("10")), compare(of("10"), of("9"))]).toEqual([
      0, -1, 1,
    ]);
    expect(decimalText(plus(of(`1${"0".repeat(39)}`), of("0.1")))).toBe(`1${"0".repeat(39)}`);
  });

  it("divides exactly: 93.5e6 / 8.5e6 is 11, where floating point passes it", () => {
    expect(decimalText(over(of("93500000"), times(of("10000000"), of("0.85"))))).toBe("11");
    expect(decimalText(ceiling(over(of("93500000"), times(of("10000000"), of("0.85")))))).toBe("11");
    expect(decimalText(over(of("1"), of("3")))).toBe(`0.${"3".repeat(40)}`);
    expect(decimalText(times(over(of("1"), of("3")), of("3")))).toBe("1");
    expect(issueOf(() => over(of("1"), of("0"))).code).toBe("quantity.division_by_zero");
    expect(issueOf(() => fraction(1, 0)).code).toBe("quantity.division_by_zero");
  });

  it("rounds half up to a step: 0.075 mL to 0.08 mL, where toFixed(2) says 0.07", () => {
    expect((0.075).toFixed(2)).toBe("0.07");
    const rounded = (x: string, step: string): string => decimalText(halfUp(of(x), of(step)));
    expect(rounded("0.075", "0.01")).toBe("0.08");
    expect(rounded("1.25", "0.5")).toBe("1.5");
    expect(rounded("-0.075", "0.01")).toBe("-0.08");
    expect(rounded("0.0749999", "0.01")).toBe("0.07");
    expect(roundedText(of("-0.004"), 2)).toBe("0");
    expect(decimalText(floorTo(of("1.99"), of("0.5")))).toBe("1.5");
    expect(issueOf(() => rounded("1", "0")).code).toBe("quantity.division_by_zero");
  });

  it("is the nearest double, a text and a fraction in lowest terms", () => {
    expect(lowest(fraction(-6n, -4n))).toEqual({ numerator: 3n, denominator: 2n });
    expect(fractionText(lowest(fraction(6, -4)))).toBe("-3/2");
    expect(fractionText(lowest(fraction(6, 3)))).toBe("2");
    expect(lowest(fraction(0, 5))).toEqual({ numerator: 0n, denominator: 1n });
    expect([toNumber(fraction(1, 3)), toNumber(fraction(-(2n ** 80n), 2n ** 79n)), toNumber(fraction(0))]).toEqual([
      1 / 3,
      -2,
      0,
    ]);
  });

  it("refuses what is no plain decimal text", () => {
    for (const text of ["1E6", "1,000", " 1", "NaN", ".5", "1.", "007", 5 as never]) {
      expect(issueOf(() => of(text)).code).toBe("quantity.not_decimal");
    }
  });

  it("does not hear what anybody sets on decimal.js", () => {
    Decimal.set({ precision: 3 });
    try {
      expect(decimalText(over(of("123456789"), of("7")))).toBe("17636684.14285714285714285714285714285714");
      expect(toDecimal("123456789").times("72.4").toFixed()).toBe("8938271523.6");
      expect(toDecimal("1")).toBeInstanceOf(Decimal);
    } finally {
      Decimal.set({ precision: 20 });
    }
  });
});

describe("display", { tags: ["QTY-003"] }, () => {
  it.each([
    ["180000000", "180,000,000"],
    ["0.5", "0.5"],
    ["5.0", "5"],
    ["100", "100"],
    ["1000", "1,000"],
    ["1234.56789", "1,234.56789"],
    ["-1234.5", "-1,234.5"],
    ["1000000000000000000000000", "1,000,000,000,000,000,000,000,000"],
  ])("shows %s as %s", (decimal, expected) => {
    expect(formatDecimal(decimal)).toBe(expected);
  });

  it("shows a count in words and in digits, never as a power of ten", () => {
    expect(formatCount({ amount: "180000000", unitKind: "viable-cells" })).toEqual({
      words: "180 million viable cells",
      digits: "180,000,000 viable cells",
    });
    expect(formatCount({ amount: "72400000", unitKind: "cells" }).words).toBe("72.4 million cells");
    expect(formatCount({ amount: "999999", unitKind: "cells" }).words).toBe("999,999 cells");
    expect(formatCount({ amount: "0", unitKind: "cell-equivalents" }).words).toBe("0 cell-equivalents");
    expect(formatDose({ kind: "per-m2", amount: "25000000", unitKind: "viable-cells" }).digits).toBe(
      "25,000,000 viable cells/m²",
    );
    expect(formatDose({ kind: "flat", amount: "999", unitKind: "cells" }).words).toBe("999 cells");
    expect(formatDose({ kind: "per-kg", amount: "3000000", unitKind: "viable-cells" })).toEqual({
      words: "3 million viable cells/kg",
      digits: "3,000,000 viable cells/kg",
    });
  });
});
