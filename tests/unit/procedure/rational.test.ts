import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactBalls } from "../../../src/procedure/exactBalls.js";
import {
  addRationals,
  compareRationals,
  multiplyRationals,
  parseRational,
  rational,
  rationalToNumber,
  rationalToText,
  subtractRationals,
} from "../../../src/procedure/rational.js";

describe("parseRational", () => {
  it.each([
    ["2/3", "2/3"],
    ["4/6", "2/3"],
    ["0.75", "3/4"],
    ["0.70", "7/10"],
    ["3", "3"],
    ["007", "7"],
    [0, "0"],
    [12, "12"],
    ["0/5", "0"],
    ["999999999999999/1000000000000000".slice(0, 31), "999999999999999/100000000000000"],
  ])("reads %j as %s", (input, text) => {
    expect(rationalToText(parseRational(input, "x"))).toBe(text);
  });

  it.each([
    0.75,
    1.5,
    -1,
    Number.NaN,
    Infinity,
    2 ** 53,
    "",
    " 1",
    "1 ",
    "-1",
    "+1",
    "1e3",
    ".5",
    "5.",
    "1/0",
    "1/2/3",
  ])("refuses %j", (input) => {
    expect(() => parseRational(input, "x")).toThrow(
      expect.objectContaining({ code: "procedure.rational_invalid", path: "x" }) as Error,
    );
  });

  it.each(["1234567890123456", "1/1234567890123456", "0,5", "2∕3", "٣"])("refuses %j", (input) => {
    expect(() => parseRational(input, "x")).toThrow(
      expect.objectContaining({ code: "procedure.rational_invalid" }) as Error,
    );
  });
});

describe("rational", () => {
  it("is in lowest terms with a positive denominator", () => {
    expect(rational(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(0, -4)).toEqual({ numerator: 0n, denominator: 1n });
    expect(() => rational(1, 0)).toThrow(expect.objectContaining({ code: "procedure.rational_invalid" }) as Error);
  });

  it("keeps the laws of arithmetic", () => {
    const value = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
      .map(([top, bottom]) => rational(top, bottom));
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(subtractRationals(addRationals(a, b), b)).toEqual(a);
        expect(multiplyRationals(a, addRationals(b, c))).toEqual(
          addRationals(multiplyRationals(a, b), multiplyRationals(a, c)),
        );
        expect(Math.sign(compareRationals(a, b))).toBe(-Math.sign(compareRationals(b, a)) + 0);
        expect(compareRationals(a, a)).toBe(0);
      }),
    );
  });

  it("becomes the double that one IEEE division gives", () => {
    const whole = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(whole, whole, (top, bottom) => {
        expect(rationalToNumber(rational(top, bottom))).toBe(top / bottom);
        expect(rationalToNumber(rational(-top, bottom))).toBe(-top / bottom);
      }),
    );
  });

  it("becomes a number also where its parts are beyond doubles", () => {
    const huge = 10n ** 400n;
    expect(rationalToNumber(rational(huge + 1n, 2n * huge))).toBe(0.5);
    expect(rationalToNumber(rational(1n, 10n ** 300n))).toBe(1e-300);
    expect(rationalToNumber(rational(10n ** 300n, 1n))).toBe(1e300);
    expect(rationalToNumber(rational(0))).toBe(0);
    // Just above half way between two doubles, by less than 64 bits show.
    expect(rationalToNumber(rational(2n ** 200n + 2n ** 147n + 1n, 2n ** 200n))).toBe(1 + 2 ** -52);
    expect(rationalToNumber(rational(2n ** 200n + 2n ** 147n, 2n ** 200n))).toBe(1);
  });
});

describe("exactBalls", () => {
  it("gives numbers while the sum is at most 2^53 - 1, and bigints from there on", () => {
    const largest = BigInt(Number.MAX_SAFE_INTEGER);
    expect(exactBalls([largest - 1n, 1n])).toEqual([Number.MAX_SAFE_INTEGER - 1, 1]);
    expect(exactBalls([largest, 1n])).toEqual([largest, 1n]);
  });
});
