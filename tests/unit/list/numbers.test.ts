import { describe, expect, it } from "vitest";
import { checkDigit, randomizationNumber, type NumberFormat } from "../../../src/list/index.js";
import { checkNumbers } from "../../../src/list/numbers.js";
import { draw, planOf, rowsOf } from "../../support/plans.js";
import { faultsOf } from "../../support/issueOf.js";

const site = { factor: "site", levels: ["01", "02"] };
const numbersOf = (more: Record<string, unknown>): string[] => rowsOf(draw(planOf(more))).map(({ number }) => number);

describe("the check digit of a number", { tags: ["LIST-009"] }, () => {
  it("is that of ISO 7064 MOD 11,10", () => {
    // The standard's own example, and the German VAT number that its tax office publishes as an example.
    expect(checkDigit("0794")).toBe("5");
    expect(checkDigit("13669597")).toBe("6");
  });

  it("finds every wrong digit and nearly every exchange of two neighbours", () => {
    let exchanges = 0;
    let found = 0;
    for (let n = 0; n < 10_000; n += 7) {
      const digits = String(n).padStart(4, "0");
      const right = checkDigit(digits);
      Array.from(digits).forEach((digit, at) => {
        for (let other = 0; other < 10; other += 1) {
          const wrong = digits.slice(0, at) + String(other) + digits.slice(at + 1);
          if (String(other) !== digit) expect(checkDigit(wrong)).not.toBe(right);
        }
        const next = digits[at + 1];
        if (next === undefined || next === digit) return;
        exchanges += 1;
        if (checkDigit(digits.slice(0, at) + next + digit + digits.slice(at + 2)) !== right) found += 1;
      });
    }
    expect(found / exchanges).toBeGreaterThan(0.97);
  });
});

describe("masks and shuffled numbers", { tags: ["LIST-005", "LIST-009"] }, () => {
  const mask = (text: string, more: object = {}): string[] =>
    numbersOf({ strata: [site], numbers: { prefix: "R", digits: 4, mask: text, ...more } });

  it("put stratum, place and check digit where the mask has them", () => {
    expect(mask("S{stratum}N{sequence}C{check}")[0]).toBe(`TRS01N0001C${checkDigit("010001")}`);
    expect(mask("{sequence}{stratum}")[0]).toBe("TR000101");
    expect(mask("{stratum}{sequence}")).toEqual(numbersOf({ strata: [site] }));
    expect(mask("{sequence}{stratum}", { levelDigits: 1 })[0]).toBe("TR00011");
  });

  it("are refused without the place, without the stratum, or with anything else in them", () => {
    for (const wrong of [
      "{stratum}",
      "",
      "{sequence}{sequence}",
      "{sequence}-{stratum}",
      "{sequence}{site}",
      "r{sequence}",
    ]) {
      expect(faultsOf(() => mask(wrong))).toEqual(["list.plan_invalid numbers.mask"]);
    }
    const check = (more: object, factors: number[]): readonly string[] =>
      faultsOf(() => {
        checkNumbers({ prefix: "R", digits: 4, ...more }, factors, 20);
      });
    expect(check({ mask: "{sequence}" }, [2])).toEqual(["list.numbers_mask_invalid numbers.mask"]);
    expect(check({ mask: "{sequence}" }, [])).toEqual([]);
    expect(check({ levelDigits: 1 }, [9, 2])).toEqual([]);
    expect(check({ levelDigits: 1 }, [10])).toEqual(["list.numbers_too_short numbers.levelDigits"]);
    expect(check({ mask: "{stratum}ABCDEFGH{sequence}{check}" }, [2])).toEqual(["list.numbers_too_long numbers"]);
  });

  it("are another order of all numbers, which no longer list changes", () => {
    const numbers = { prefix: "R", digits: 3, shuffle: "text-of-the-trial" };
    const short = numbersOf({ numbers, length: 12 });
    const long = numbersOf({ numbers, length: 996 });
    expect(long.slice(0, 12)).toEqual(short);
    expect(new Set(long).size).toBe(996);
    expect(long).not.toEqual([...long].sort());
    expect(numbersOf({ numbers: { ...numbers, shuffle: "another-text" }, length: 12 })).not.toEqual(short);
    const every = Array.from({ length: 10_000 }, (_, i) =>
      randomizationNumber({ ...numbers, digits: 4 }, "LIVE", "", i),
    );
    expect(new Set(every).size).toBe(10_000);
    const [first, second] = [
      numbersOf({ strata: [site], numbers }).slice(0, 12),
      numbersOf({ strata: [site], numbers }),
    ];
    expect(first.map((n) => n.slice(4))).not.toEqual(second.slice(12).map((n) => n.slice(4)));
  });

  it("say nothing of the order: the ranks of neighbours are as far apart as those of any two", () => {
    const format: NumberFormat = { prefix: "R", digits: 3, shuffle: "text-of-the-trial" };
    const values = Array.from({ length: 1000 }, (_, i) => Number(randomizationNumber(format, "LIVE", "", i).slice(1)));
    const apart = values.slice(1).map((value, i) => Math.abs(value - values[i]!));
    // Of two numbers below 1000 the mean distance is 1000 / 3, of 999 pairs with a standard error below 8.
    expect(Math.abs(apart.reduce((sum, d) => sum + d, 0) / apart.length - 1000 / 3)).toBeLessThan(32);
  });

  it("change no row: arms, blocks and places stay", () => {
    const numbers = { prefix: "R", digits: 4, shuffle: "text-of-the-trial", mask: "{stratum}{sequence}{check}" };
    const plain = rowsOf(draw(planOf({ strata: [site] })));
    const other = rowsOf(draw(planOf({ strata: [site], numbers })));
    expect(other.map((row) => ({ ...row, number: "" }))).toEqual(plain.map((row) => ({ ...row, number: "" })));
  });
});

describe("more factors", { tags: ["LIST-005", "LIST-009"] }, () => {
  const factors = (count: number): object[] =>
    Array.from({ length: count }, (_, i) => ({ factor: `f${i}`, levels: ["a", "b"] }));

  it("are ten at most, with one digit a level where two are too many", () => {
    const numbers = { prefix: "R", digits: 3, levelDigits: 1 };
    const ten = rowsOf(draw(planOf({ strata: factors(10), numbers, length: 4 })));
    expect(ten).toHaveLength(4096);
    expect(ten[4095]?.number).toBe("TR2222222222004");
    expect(faultsOf(() => planOf({ strata: factors(11) }))).toEqual(["list.plan_invalid strata"]);
  });
});
