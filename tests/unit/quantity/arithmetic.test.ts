import { Decimal } from "decimal.js";
import { describe, expect, it } from "vitest";
import {
  addDecimal,
  compareDecimal,
  divideDecimal,
  formatCount,
  formatDecimal,
  formatDoseRate,
  multiplyDecimal,
  roundHalfUp,
  subtractDecimal,
} from "../../../src/quantity/index.js";
import { issueOf } from "../../support/issueOf.js";

describe("arithmetic over decimal text", () => {
  it("keeps all 30 digits of a product of two inputs", () => {
    expect(multiplyDecimal("999999999999999", "999999999999999")).toBe("999999999999998000000000000001");
  });

  it("adds, subtracts and compares exactly", () => {
    expect(addDecimal("0.1", "0.2")).toBe("0.3");
    expect(subtractDecimal("0.3", "0.1")).toBe("0.2");
    expect(subtractDecimal("1", "1")).toBe("0");
    expect([compareDecimal("0.10", "0.1"), compareDecimal("9", "10"), compareDecimal("10", "9")]).toEqual([0, -1, 1]);
  });

  it("divides to 40 digits: 93.5e6 / 8.5e6 is 11, where floating point passes it", () => {
    expect(divideDecimal("93500000", multiplyDecimal("10000000", "0.85"))).toBe("11");
    expect(divideDecimal("1", "3")).toBe(`0.${"3".repeat(40)}`);
    expect(issueOf(() => divideDecimal("1", "0")).code).toBe("quantity.division_by_zero");
  });

  it("rounds half up to a step: 0.075 mL to 0.08 mL, where toFixed(2) says 0.07", () => {
    expect((0.075).toFixed(2)).toBe("0.07");
    expect(roundHalfUp("0.075", "0.01")).toBe("0.08");
    expect(roundHalfUp("1.25", "0.5")).toBe("1.5");
    expect(roundHalfUp("-0.075", "0.01")).toBe("-0.08");
    expect(roundHalfUp("0.0749999", "0.01")).toBe("0.07");
    expect(issueOf(() => roundHalfUp("1", "0")).code).toBe("quantity.step_invalid");
  });

  it("refuses what it could not hold exactly, and what is no plain decimal text", () => {
    expect(issueOf(() => multiplyDecimal("1".repeat(25), "1".repeat(16))).code).toBe("quantity.too_many_digits");
    expect(issueOf(() => addDecimal(`1${"0".repeat(39)}`, "0.1")).code).toBe("quantity.too_many_digits");
    for (const text of ["1E6", "1,000", " 1", "NaN", ".5", "1.", "007", 5 as never]) {
      expect(issueOf(() => addDecimal(text, "1")).code).toBe("quantity.not_decimal");
    }
  });

  it("does not hear what anybody sets on decimal.js", () => {
    Decimal.set({ precision: 3 });
    try {
      expect(multiplyDecimal("123456789", "72.4")).toBe("8938271523.6");
    } finally {
      Decimal.set({ precision: 20 });
    }
  });
});

describe("display", () => {
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
    expect(formatDoseRate({ amount: "3000000", unitKind: "viable-cells" })).toEqual({
      words: "3 million viable cells/kg",
      digits: "3,000,000 viable cells/kg",
    });
  });
});
