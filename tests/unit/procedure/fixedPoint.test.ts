import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BALL_UNITS, fixedPower, floorRoot, powerBalls, scaledBalls } from "../../../src/procedure/fixedPoint.js";
import { fraction, lowest } from "../../../src/quantity/index.js";

const big = fc.bigInt({ min: 0n, max: 2n ** 900n });

describe("floorRoot", () => {
  it("is the largest integer whose power is not above the value", () => {
    fc.assert(
      fc.property(big, fc.integer({ min: 1, max: 40 }), (value, degree) => {
        const root = floorRoot(value, degree);
        expect(root ** BigInt(degree) <= value && value < (root + 1n) ** BigInt(degree)).toBe(true);
      }),
    );
  });

  it("is exact at powers and next to them", () => {
    for (const degree of [2, 3, 7, 1000]) {
      for (const root of [1n, 2n, 255n, 256n, 2n ** 64n - 1n, 2n ** 64n]) {
        const power = root ** BigInt(degree);
        expect(floorRoot(power, degree)).toBe(root);
        expect(floorRoot(power - 1n, degree)).toBe(root - 1n);
        if (power > 1n) expect(floorRoot(power + 1n, degree)).toBe(root);
      }
    }
  });
});

describe("fixedPower", () => {
  const parts = fc.record({
    numerator: fc.bigInt({ min: 1n, max: 10n ** 6n }),
    more: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    top: fc.integer({ min: 1, max: 30 }),
    bottom: fc.integer({ min: 1, max: 30 }),
  });

  it("is floor(2^64 x^(s/t)): f^t <= 2^(64 t) x^s < (f + 1)^t, unless the floor is 0", () => {
    fc.assert(
      fc.property(parts, ({ numerator, more, top, bottom }) => {
        const denominator = numerator + more;
        const { numerator: s, denominator: t } = lowest(fraction(top, bottom));
        const f = fixedPower(numerator, denominator, lowest(fraction(top, bottom)));
        const target = (numerator ** s) << (64n * t);
        const isBelowNext = (f + 1n) ** t * denominator ** s > target;
        const isAboveFloor = f ** t * denominator ** s <= target;
        expect(isBelowNext && (isAboveFloor || f === 1n)).toBe(true);
      }),
    );
  });

  it("knows the ends", () => {
    expect(fixedPower(0n, 5n, fraction(1, 2))).toBe(0n);
    expect(fixedPower(0n, 5n, fraction(0))).toBe(2n ** 64n);
    expect(fixedPower(5n, 5n, fraction(1, 3))).toBe(2n ** 64n);
    expect(fixedPower(1n, 4n, fraction(1, 2))).toBe(2n ** 63n);
    expect(fixedPower(1n, 10n, lowest(fraction(99, 1)))).toBe(1n);
  });
});

describe("scaledBalls", () => {
  it("is off by less than arms x 2^-31, leaves nobody possible without a ball, and fits one word", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 2n ** 70n }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(weights, (given) => {
        fc.pre(given.some((weight) => weight > 0n));
        const total = given.reduce((a, b) => a + b, 0n);
        const balls = scaledBalls(given).map(BigInt);
        const sum = balls.reduce((a, b) => a + b, 0n);
        expect(sum < 2n ** 32n).toBe(true);
        balls.forEach((count, k) => {
          const weight = given[k]!;
          expect(count > 0n).toBe(weight > 0n);
          const error = count * total - weight * sum; // over sum x total
          const size = error < 0n ? -error : error;
          expect(size * BALL_UNITS < BigInt(given.length) * sum * total).toBe(true);
        });
      }),
    );
  });

  it("keeps weights that are small enough in lowest terms, and scales the others by floor", () => {
    expect(scaledBalls([6n, 4n])).toEqual([3, 2]);
    expect(scaledBalls([2n ** 64n, 2n ** 65n])).toEqual([1, 2]);
    // 2^31 / (1 + 2^40) < 1: raised to one ball
    expect(scaledBalls([1n, 2n ** 40n])).toEqual([1, 2 ** 31 - 1]);
  });
});

describe("powerBalls", () => {
  it("is exact for whole exponents, in bigints where numbers end", () => {
    expect(powerBalls([6n, 4n], fraction(2))).toEqual([9, 4]);
    expect(powerBalls([3n, 1n], fraction(40))).toEqual([3n ** 40n, 1n]);
    expect(powerBalls([2n, 1n], fraction(1), [1, 3])).toEqual([2, 3]);
  });

  // Frozen: 2^31 sqrt(2) / (1 + sqrt(2)) and 2^31 / (1 + sqrt(2)), rounded down, by a decimal calculator with 40 places.
  it("gives the published balls of an irrational weight", () => {
    expect(powerBalls([2n, 1n], fraction(1, 2))).toEqual([1257966796, 889516851]);
  });
});
