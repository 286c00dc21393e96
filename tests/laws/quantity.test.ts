import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
import {
  compare,
  decimalsAsText,
  decimalText,
  formatCount,
  formatDose,
  lowest,
  minus,
  over,
  parseCountText,
  parseDoseText,
  parsePositiveDecimal,
  parseWeightKg,
  plus,
  readFraction,
  roundedText,
  times,
  toDecimal,
  UNIT_KINDS,
  type UnitKind,
} from "../../src/quantity/index.js";
import { addDecimal, divideDecimal, multiplyDecimal, roundHalfUp, subtractDecimal } from "../support/decimalMath.js";

const unitKinds = fc.constantFrom(...(Object.keys(UNIT_KINDS) as UnitKind[]));

/** Canonical positive decimals: up to 12 digits, up to 6 of them after the point. */
const decimals = fc.tuple(fc.bigInt({ min: 1n, max: 999999999999n }), fc.nat({ max: 6 })).map(([digits, places]) => {
  const text = String(digits).padStart(places + 1, "0");
  if (places === 0) return text;
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, "");
});

/** What the parser makes of any text: the value, or the code of a refusal; nothing else may come out. */
function outcome(parse: () => unknown): string {
  try {
    return JSON.stringify(parse());
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
}

const parsers = [
  (text: string) => parsePositiveDecimal(text, ""),
  (text: string) => parseDoseText(text, ""),
  (text: string) => parseCountText(text, ""),
  (text: string) => parseWeightKg(text, "", { unitInName: true }),
];
const numberish = fc.string({ unit: fc.constantFrom(..."0123456789.,xX×^eE+-−⁶ kKmMg/".split("")), maxLength: 14 });

describe("laws of quantities", { tags: ["QTY-001", "QTY-002", "QTY-003"] }, () => {
  it("reads back what it shows: parse(format(x)) = x", () => {
    fc.assert(
      fc.property(decimals, unitKinds, (amount, unitKind) => {
        // A count of 101 to 1019 looks like a lost superscript, and 15.107 too: those are refused as input on purpose.
        fc.pre(!/(?:^|\.)10(?:[1-9]|1[0-9])$/.test(amount));
        const { words, digits } = formatCount({ amount, unitKind });
        expect(parseCountText(digits.replaceAll(",", ""), "")).toEqual({ amount, unitKind });
        expect(parseCountText(words.replaceAll(",", ""), "")).toEqual({ amount, unitKind });
        const rate = formatDose({ kind: "per-kg", amount, unitKind });
        expect(parseDoseText(rate.digits.replaceAll(",", ""), "")).toEqual({ kind: "per-kg", amount, unitKind });
      }),
    );
  });

  it("reads one number the same in every notation", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 12 }), (mantissa, power) => {
        const raised = String(power).replace(/./g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!);
        const expected = `${mantissa}${"0".repeat(power)}`;
        for (const text of [
          `${mantissa}E${power}`,
          `${mantissa}e${power}`,
          `${mantissa}x10^${power}`,
          `${mantissa} × 10\\^${power}`,
          `${mantissa}×10${raised}`,
        ]) {
          expect(parsePositiveDecimal(text, "")).toBe(expected);
        }
      }),
    );
  });

  it("is idempotent, and never answers a text with anything but a value or a coded refusal", () => {
    fc.assert(
      fc.property(fc.oneof(numberish, fc.string()), (text) => {
        for (const parse of parsers) {
          const first = outcome(() => parse(text));
          expect(first).toMatch(/^(?:"|\{|quantity\.)/);
        }
        const number = outcome(() => parsePositiveDecimal(text, ""));
        if (!number.startsWith('"')) return;
        const value = JSON.parse(number) as string;
        expect(value).toMatch(/^(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?$/);
        if (!/\.10(?:[1-9]|1[0-9])$/.test(value)) expect(parsePositiveDecimal(value, "")).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it("never reads a text with a comma", () => {
    fc.assert(
      fc.property(
        numberish,
        fc.nat({ max: 14 }),
        fc.constantFrom("", " cells", " cells/kg", " kg"),
        (text, at, unit) => {
          const withComma = `${text.slice(0, at)},${text.slice(at)}${unit}`;
          for (const parse of parsers) expect(outcome(() => parse(withComma))).toMatch(/^quantity\./);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("never reads a power of ten that lost its superscript", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 19 }),
        fc.constantFrom("x", " x ", "×", " × ", "X", "·", ".", " "),
        (mantissa, power, sign) => {
          const text = `${mantissa}${sign}10${power}`;
          expect(outcome(() => parsePositiveDecimal(text, ""))).toBe("quantity.lost_superscript");
          expect(outcome(() => parseDoseText(`${text} viable cells/kg`, ""))).toBe("quantity.lost_superscript");
          expect(outcome(() => parseDoseText(`10${power} viable cells/kg`, ""))).toBe("quantity.lost_superscript");
        },
      ),
    );
  });

  it("computes with fractions as decimal.js does, and division undoes multiplication", () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        const [x, y, z] = [readFraction(a), readFraction(b), readFraction(c)];
        expect(decimalText(plus(x, y))).toBe(addDecimal(a, b));
        expect(decimalText(minus(x, y))).toBe(subtractDecimal(a, b));
        expect(decimalText(times(x, plus(y, z)))).toBe(multiplyDecimal(a, addDecimal(b, c)));
        expect(decimalText(over(x, y))).toBe(divideDecimal(a, b));
        expect(roundedText(over(x, y), 3)).toBe(roundHalfUp(a, "0.001", b));
        expect(compare(over(times(x, y), y), x)).toBe(0);
        expect(compare(plus(x, y), x)).toBe(1);
        const { numerator, denominator } = lowest(over(times(x, y), times(y, z)));
        expect(numerator * z.numerator * x.denominator).toBe(denominator * x.numerator * z.denominator);
        expect(gcd(numerator, denominator)).toBe(1n);
      }),
    );
  });

  it("takes a Decimal wherever numeric text is, whatever the number looks like, and gives one back", () => {
    for (const value of ["106", "1018", "15.107", "3.105", "0.5", "100", "299.95"]) {
      expect(parsePositiveDecimal(new Decimal(value), "")).toBe(value);
      expect(toDecimal(value).toFixed()).toBe(value);
    }
    fc.assert(
      fc.property(decimals, (text) => {
        expect(parsePositiveDecimal(new Decimal(text), "")).toBe(text);
        expect(toDecimal(readFraction(text)).equals(new Decimal(text))).toBe(true);
        expect(decimalsAsText({ deep: [{ value: new Decimal(text) }], kept: 5 })).toEqual({
          deep: [{ value: expect.stringMatching(/00$/) as string }],
          kept: 5,
        });
      }),
    );
    expect(parseWeightKg(new Decimal("72.4"), "weightKg", { unitInName: true })).toBe("72.4");
    for (const value of [NaN, Infinity, -1, 0]) {
      expect(outcome(() => parsePositiveDecimal(new Decimal(value), ""))).toMatch(/^quantity\./);
    }
  });
});

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
