import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
import {
  addDecimal,
  compareDecimal,
  divideDecimal,
  formatCount,
  formatDoseRate,
  multiplyDecimal,
  parseCountText,
  parseDoseText,
  parsePositiveDecimal,
  parseWeightKg,
  UNIT_KINDS,
  type UnitKind,
} from "../../src/quantity/index.js";

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

describe("laws of quantities", () => {
  it("reads back what it shows: parse(format(x)) = x", () => {
    fc.assert(
      fc.property(decimals, unitKinds, (amount, unitKind) => {
        // A count of 101 to 1019 looks like a lost superscript, and 15.107 too: those are refused as input on purpose.
        fc.pre(!/(?:^|\.)10(?:[1-9]|1[0-9])$/.test(amount));
        const { words, digits } = formatCount({ amount, unitKind });
        expect(parseCountText(digits.replaceAll(",", ""), "")).toEqual({ amount, unitKind });
        expect(parseCountText(words.replaceAll(",", ""), "")).toEqual({ amount, unitKind });
        const rate = formatDoseRate({ amount, unitKind });
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

  it("adds and multiplies as numbers do, and division undoes multiplication", () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(addDecimal(a, b)).toBe(addDecimal(b, a));
        expect(addDecimal(addDecimal(a, b), c)).toBe(addDecimal(a, addDecimal(b, c)));
        expect(multiplyDecimal(a, addDecimal(b, c))).toBe(addDecimal(multiplyDecimal(a, b), multiplyDecimal(a, c)));
        expect(divideDecimal(multiplyDecimal(a, b), b)).toBe(a);
        expect(compareDecimal(addDecimal(a, b), a)).toBe(1);
      }),
    );
  });
});
