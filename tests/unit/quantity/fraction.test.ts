import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, fraction, lowest, minus, plus, times, toNumber } from "../../../src/quantity/index.js";

describe("a fraction", { tags: ["QTY-003"] }, () => {
  it("has a positive denominator, and lowest terms by `lowest`", () => {
    expect(lowest(fraction(6, -4))).toEqual({ numerator: -3n, denominator: 2n });
    expect(lowest(fraction(0, -4))).toEqual({ numerator: 0n, denominator: 1n });
    expect(() => lowest(fraction(1, 0))).toThrow(
      expect.objectContaining({ code: "quantity.division_by_zero" }) as Error,
    );
  });

  it("keeps the laws of arithmetic", () => {
    const value = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
      .map(([top, bottom]) => lowest(fraction(top, bottom)));
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(lowest(minus(plus(a, b), b))).toEqual(a);
        expect(lowest(times(a, plus(b, c)))).toEqual(lowest(plus(times(a, b), times(a, c))));
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        expect(compare(a, a)).toBe(0);
      }),
    );
  });

  it("becomes the double that one IEEE division gives", () => {
    const whole = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(whole, whole, (top, bottom) => {
        expect(toNumber(lowest(fraction(top, bottom)))).toBe(top / bottom);
        expect(toNumber(lowest(fraction(-top, bottom)))).toBe(-top / bottom);
      }),
    );
  });

  it("becomes a number also where its parts are beyond doubles", () => {
    const huge = 10n ** 400n;
    expect(toNumber(lowest(fraction(huge + 1n, 2n * huge)))).toBe(0.5);
    expect(toNumber(lowest(fraction(1n, 10n ** 300n)))).toBe(1e-300);
    expect(toNumber(lowest(fraction(10n ** 300n, 1n)))).toBe(1e300);
    expect(toNumber(lowest(fraction(0)))).toBe(0);
    // Just above half way between two doubles, by less than 64 bits show.
    expect(toNumber(lowest(fraction(2n ** 200n + 2n ** 147n + 1n, 2n ** 200n)))).toBe(1 + 2 ** -52);
    expect(toNumber(lowest(fraction(2n ** 200n + 2n ** 147n, 2n ** 200n)))).toBe(1);
  });
});
