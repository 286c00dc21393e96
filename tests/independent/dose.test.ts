// A second calculation of the dose, written from docs/dosing.md alone: fractions of whole numbers, no decimal library.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prescribe } from "../../src/dose/index.js";
import { recordDecision } from "../../src/trial/index.js";
import { sle } from "../../src/trials/index.js";

/** top / bottom, both whole, bottom > 0. */
type Fraction = readonly [top: bigint, bottom: bigint];

function fractionOf(decimal: string): Fraction {
  const point = decimal.indexOf(".");
  if (point < 0) return [BigInt(decimal), 1n];
  const places = decimal.length - point - 1;
  return [BigInt(decimal.replace(".", "")), 10n ** BigInt(places)];
}

const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const over = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1], a[1] * b[0]];
const isSame = (a: Fraction, b: Fraction): boolean => a[0] * b[1] === b[0] * a[1];
const isAbove = (a: Fraction, b: Fraction): boolean => a[0] * b[1] > b[0] * a[1];
/** Nearest hundredth, a tie upwards. */
const hundredth = (a: Fraction): Fraction => [(a[0] * 200n + a[1]) / (a[1] * 2n), 100n];

const grams = fc.integer({ min: 500, max: 300_000 });
const kgText = (g: number): string => `${Math.trunc(g / 1000)}.${String(g % 1000).padStart(3, "0")}`;
const perKg = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 2, max: 9 }));
const capText = fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined });

const ASSUMPTIONS = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.administrations": "1",
};

function run(amount: string, weightKg: string, count: number, cap: string) {
  const trial = recordDecision(sle, {
    arm: "double",
    dataCut: "2026-01-15",
    decidedBy: "committee",
    decidedOn: "2026-02-01",
    dose: { kind: "per-kg", amount, unitKind: "cells" },
    administrations: count === 1 ? { count } : { count, intervalDays: 28 },
  });
  return prescribe({ trial, arm: "double", weightKg, assumptions: { ...ASSUMPTIONS, "dose.cap": cap } });
}

describe("prescribe against fractions of whole numbers", { tags: ["DOSE-001", "DOSE-005", "QTY-003"] }, () => {
  it("agrees on target, cap, total and what is left per kg", () => {
    fc.assert(
      fc.property(perKg, grams, fc.integer({ min: 1, max: 8 }), capText, ([mantissa, power], g, count, capMillions) => {
        const amount = `${mantissa}E${power}`;
        const rate: Fraction = [BigInt(mantissa) * 10n ** BigInt(power), 1n];
        const weight: Fraction = [BigInt(g), 1000n];
        const uncapped = times(rate, weight);
        const cap: Fraction | undefined = capMillions === undefined ? undefined : [BigInt(capMillions) * 1000000n, 1n];
        const acts = cap !== undefined && isAbove(uncapped, cap);
        const target = acts ? cap : uncapped;
        const total = times(target, [BigInt(count), 1n]);

        const result = run(
          amount,
          kgText(g),
          count,
          cap === undefined ? "none" : `${capMillions} million viable cells`,
        );

        expect(isSame(fractionOf(result.target.amount), target)).toBe(true);
        expect(isSame(fractionOf(result.cumulative.total.amount), total)).toBe(true);
        expect(result.cap?.isApplied ?? false).toBe(acts);
        expect(result.warnings.some((warning) => warning.code === "dose.cap_applied")).toBe(acts);
        const exactRate = over(total, weight);
        const shown = fractionOf(result.cumulative.perKg!.amount);
        expect(isSame(shown, hundredth(exactRate))).toBe(true);
        expect(result.cumulative.perKg!.isExact).toBe(isSame(shown, exactRate));
        if (acts)
          expect(isSame(fractionOf(result.cap!.resultingPerKg!.amount), hundredth(over(cap, weight)))).toBe(true);
        expect(result.administrations.at(-1)?.studyDay).toBe(1 + (count - 1) * 28);
      }),
      { numRuns: 300 },
    );
  });

  it("is linear in the weight and rises with it", () => {
    fc.assert(
      fc.property(perKg, fc.integer({ min: 500, max: 99_000 }), fc.integer({ min: 1, max: 3 }), ([m, p], g, factor) => {
        const at = (kg: string): Fraction => fractionOf(run(`${m}E${p}`, kg, 1, "none").target.amount);
        const once = at(kgText(g));
        expect(isSame(at(kgText(g * factor)), times(once, [BigInt(factor), 1n]))).toBe(true);
        expect(isAbove(at(kgText(g + 1)), once)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("never passes the cap, and never falls as the weight rises", () => {
    fc.assert(
      fc.property(grams, fc.integer({ min: 1, max: 100_000 }), (g, more) => {
        const heavier = Math.min(g + more, 300_000);
        const at = (kg: string): Fraction => fractionOf(run("3E6", kg, 1, "300E6 viable cells").target.amount);
        expect(isAbove(at(kgText(g)), [300_000_000n, 1n])).toBe(false);
        expect(isAbove(at(kgText(g)), at(kgText(heavier)))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
