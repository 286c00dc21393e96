import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareText, groupThousands, requireDecimal, shiftPoint } from "../../src/quantity/decimalText.js";
import { issueOf } from "../support/issueOf.js";

/** decimal.js as the oracle, wide enough for every text that is made here. */
const Wide = Decimal.clone({ precision: 300, toExpNeg: -300, toExpPos: 300 });

/** Plain decimal text that need not be canonical: zeros at the end of the fraction, a minus before zero. */
const plain = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.string({ unit: fc.constantFrom("0", "1", "9") }))
  .map(([isNegative, whole, fraction]) => `${isNegative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`);
const unsigned = plain.map((text) => text.replace("-", ""));
const canonical = (text: string): string => {
  const value = new Wide(text);
  return value.isZero() ? "0" : value.toFixed();
};

describe("decimal text is what decimal.js says", () => {
  it("in canonical form", () => {
    fc.assert(
      fc.property(plain, (text) => {
        expect(requireDecimal(text, "x")).toBe(canonical(text));
      }),
    );
  });

  it("with its point moved", () => {
    fc.assert(
      fc.property(unsigned, fc.integer({ min: -40, max: 40 }), (text, power) => {
        expect(shiftPoint(text, power)).toBe(canonical(new Wide(text).times(new Wide(10).pow(power)).toFixed()));
      }),
    );
  });

  it("with zeros in front, as where a point was taken out", () => {
    for (const [digits, power, expected] of [
      ["0.075", 2, "7.5"],
      ["0.075", 3, "75"],
      ["0.075", 9, "75000000"],
      ["0", 6, "0"],
      ["0.000", 2, "0"],
      ["1000000", -6, "1"],
      ["1", -6, "0.000001"],
      ["10", -2, "0.1"],
    ] as const) {
      expect(shiftPoint(digits, power)).toBe(expected);
    }
  });

  it("in order", () => {
    const near = fc
      .tuple(plain, plain)
      .chain(([a, b]) => fc.constantFrom([a, b], [a, a], [a, `${a.split(".")[0]!}.1`]));
    fc.assert(
      fc.property(near, ([a, b]) => {
        const [left, right] = [requireDecimal(a, "a"), requireDecimal(b, "b")];
        expect(compareText(left, right)).toBe(new Wide(a).comparedTo(new Wide(b)));
        // `+ 0` makes one zero of both.
        expect(compareText(right, left)).toBe(-compareText(left, right) + 0);
      }),
    );
  });

  it("with commas that can be taken out again", () => {
    fc.assert(
      fc.property(plain, (text) => {
        const decimal = requireDecimal(text, "x");
        const grouped = groupThousands(decimal);
        expect(grouped.replaceAll(",", "")).toBe(decimal);
        expect(grouped).toMatch(/^-?[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?$/);
      }),
    );
  });

  it("and nothing else is taken", () => {
    for (const text of ["", "1.", ".5", "01", "1e6", "+1", "1,000", " 1", "--1", "1.2.3", "NaN", 5, null, undefined]) {
      expect(issueOf(() => requireDecimal(text as string, "x"))).toMatchObject({
        code: "quantity.not_decimal",
        path: "x",
      });
    }
  });
});
