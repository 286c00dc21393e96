import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupThousands, requireDecimal } from "../../src/quantity/decimalText.js";
import { compare, readFraction } from "../../src/quantity/index.js";
import { issueOf } from "../support/issueOf.js";

/** decimal.js as the oracle, wide enough for every text that is made here. */
const Wide = Decimal.clone({ precision: 300, toExpNeg: -300, toExpPos: 300 });

/** Plain decimal text that need not be canonical: zeros at the end of the fraction, a minus before zero. */
const plain = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.string({ unit: fc.constantFrom("0", "1", "9") }))
  .map(([isNegative, whole, fraction]) => `${isNegative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`);
const canonical = (text: string): string => {
  const value = new Wide(text);
  return value.isZero() ? "0" : value.toFixed();
};

describe("decimal text is what decimal.js says", { tags: ["QTY-003"] }, () => {
  it("in canonical form", () => {
    fc.assert(
      fc.property(plain, (text) => {
        expect(requireDecimal(text, "x")).toBe(canonical(text));
      }),
    );
  });

  it("in order", () => {
    const near = fc
      .tuple(plain, plain)
      .chain(([a, b]) => fc.constantFrom([a, b], [a, a], [a, `${a.split(".")[0]!}.1`]));
    fc.assert(
      fc.property(near, ([a, b]) => {
        const [left, right] = [readFraction(a), readFraction(b)];
        expect(compare(left, right)).toBe(new Wide(a).comparedTo(new Wide(b)));
        // `+ 0` makes one zero of both.
        expect(compare(right, left)).toBe(-compare(left, right) + 0);
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
