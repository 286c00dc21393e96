import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKitCode, generateKits, KIT_ALPHABET, kitCheckCharacter } from "../../../../src/supply/index.js";
import { Seed } from "../../../../src/random/index.js";
import { liveSeed } from "../../../support/plans.js";

const LETTERS = Array.from(KIT_ALPHABET).filter((c) => c > "9");
const body = fc
  .array(fc.constantFrom(...Array.from(KIT_ALPHABET)), { minLength: 6, maxLength: 6 })
  .map((some) => some.join(""));
const prefix = fc.tuple(fc.constantFrom(...LETTERS.filter((c) => c !== "T")), fc.constantFrom(...LETTERS));
/** Any sound code, of a LIVE or of a TEST list. */
const code = fc
  .tuple(fc.boolean(), prefix, body)
  .map(([test, start, rest]) => `${test ? "T" : ""}${start.join("")}${rest}`)
  .map((characters) => characters + kitCheckCharacter(characters))
  .filter((text) => /[2-9]$/.test(text));
const isSound = (text: string): boolean => checkKitCode(text).length === 0;
/** The bare sum of the check, without the form. */
const isBalanced = (text: string): boolean => kitCheckCharacter(text.slice(0, -1)) === text.slice(-1);
const NEIGHBOURS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcxyz -");

describe("rule 14: the characters of a kit code", { tags: ["KIT-001"] }, () => {
  it("are a prime number, in the order of ASCII, without vowels and look-alikes", () => {
    expect(KIT_ALPHABET).toHaveLength(23);
    expect(Array.from(KIT_ALPHABET).sort().join("")).toBe(KIT_ALPHABET);
    expect(KIT_ALPHABET).not.toMatch(/[01AEIOULQBSZGa-z]/);
    for (const pair of ["0O", "1I", "1L", "IL", "5S", "2Z", "8B", "6G", "0Q", "0D", "UV"]) {
      expect(Array.from(pair).filter((c) => KIT_ALPHABET.includes(c)).length, pair).toBeLessThan(2);
    }
  });
});

describe("rule 14: the check character", { tags: ["KIT-001"] }, () => {
  // The sum is linear, so one wrong character changes it by weight x difference, and an exchange of two characters by
  // (difference of weights) x (difference of characters): these products, all of them, decide about every code.
  it("tells every single error and every exchange of two characters, whatever the code: all 23 x 23 x 10 x 10 cases", () => {
    const base = "2".repeat(10); // places 0: the sum of a code with one or two other characters is that of these
    const sum = (text: string): number => KIT_ALPHABET.indexOf(kitCheckCharacter(text));
    const put = (at: number, c: string, text: string): string => text.slice(0, at) + c + text.slice(at + 1);
    for (let at = 0; at < 9; at += 1) {
      const values = Array.from(KIT_ALPHABET).map((c) => sum(put(at, c, base.slice(0, 9))));
      expect(new Set(values).size, `place ${at}`).toBe(23);
      for (let other = at + 1; other < 9; other += 1) {
        for (const a of KIT_ALPHABET) {
          for (const b of KIT_ALPHABET) {
            const one = sum(put(other, b, put(at, a, base.slice(0, 9))));
            const exchanged = sum(put(other, a, put(at, b, base.slice(0, 9))));
            if (a !== b) expect(one === exchanged, `${a} ${b} at ${at}, ${other}`).toBe(false);
          }
        }
      }
    }
  });

  it("tells every substitution, adjacent exchange, other exchange, doubled pair, loss and insertion in random codes", () => {
    fc.assert(
      fc.property(code, (text) => {
        expect(checkKitCode(text)).toEqual([]);
        for (let i = 0; i < text.length; i += 1) {
          for (const c of NEIGHBOURS) {
            const changed = text.slice(0, i) + c + text.slice(i + 1);
            if (changed !== text) expect(isSound(changed), changed).toBe(false);
            expect(isSound(text.slice(0, i) + c + text.slice(i)), "inserted").toBe(false);
          }
          expect(isSound(`${text}${NEIGHBOURS[i]!}`)).toBe(false);
          expect(isSound(text.slice(0, i) + text.slice(i + 1)), "lost").toBe(false);
          for (let j = i + 1; j < text.length; j += 1) {
            const cs = Array.from(text);
            [cs[i], cs[j]] = [cs[j]!, cs[i]!];
            // By the check alone, without the help of the form.
            if (cs.join("") !== text) expect(isBalanced(cs.join("")), cs.join("")).toBe(false);
          }
          if (i > 0 && text[i] === text[i - 1]) {
            for (const c of KIT_ALPHABET) {
              const twin = text.slice(0, i - 1) + c + c + text.slice(i + 1);
              if (twin !== text) expect(isBalanced(twin)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("would miss errors with one weight for two places, or over 24 characters (so this test can fail)", () => {
    const weak = (text: string): number => Array.from(text).reduce((sum, c) => sum + KIT_ALPHABET.indexOf(c), 0) % 23;
    expect(weak("KM234567")).toBe(weak("KM234576"));
  });

  it("is refused with its own code for a mistyped code, and by form for anything else", () => {
    const [kit] = generateKits(
      { trial: "T", list: "K", prefix: "KM", batches: [[{ arm: "a", count: 1 }]] },
      liveSeed,
    ).blinded().kits;
    const good = kit!.code;
    expect(checkKitCode(good)).toEqual([]);
    const other = good[8] === "2" ? "3" : "2";
    expect(checkKitCode(good.slice(0, 8) + other)[0]).toMatchObject({
      code: "blinding.kit_code_mistyped",
      path: "code",
    });
    for (const bad of [
      "",
      good.toLowerCase(),
      ` ${good}`,
      `${good}\n`,
      good.slice(1),
      "KM1234567",
      7 as unknown as string,
    ]) {
      expect(checkKitCode(bad)[0]?.code, JSON.stringify(bad)).toBe("blinding.kit_code_form");
    }
  });
});

describe("rule 14: codes of a list", { tags: ["KIT-001"] }, () => {
  const plan = (more: object = {}): object => ({
    trial: "T",
    list: "K",
    prefix: "KM",
    batches: [
      [
        { arm: "a", count: 1500 },
        { arm: "b", count: 500 },
      ],
    ],
    ...more,
  });
  const codesOf = (input: unknown, seed: Seed): string[] =>
    generateKits(input, seed)
      .blinded()
      .kits.map((kit) => kit.code);

  it("are unique, at least two edits apart, never one another backwards, never a number or a date", () => {
    const codes = [
      ...codesOf(plan(), liveSeed),
      ...codesOf(plan({ list: "K2", prefix: "MK" }), liveSeed),
      ...codesOf(plan(), Seed.test("t")),
    ];
    const known = new Set(codes);
    expect(known.size).toBe(6000);
    const months = /JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MRZ|MAI|OKT|DEZ|TRUE|FALSE/i;
    for (const text of codes) {
      expect(text).toMatch(/^[A-Z].*[2-9]$/);
      expect(known.has(Array.from(text).reverse().join(""))).toBe(false);
      expect(Number(text)).toBeNaN();
      expect(text).not.toMatch(/^\d+[eE]\d+$/);
      expect(text).not.toMatch(months);
      expect(checkKitCode(text)).toEqual([]);
      for (let i = 0; i < text.length; i += 1) expect(known.has(text.slice(0, i) + text.slice(i + 1))).toBe(false);
    }
    // No two of equal length differ in one character only: no two are equal with one character hidden.
    const hidden = codes.flatMap((text) => Array.from(text).map((_, i) => `${text.slice(0, i)}*${text.slice(i + 1)}`));
    expect(new Set(hidden).size).toBe(hidden.length);
  });

  it("are scattered: gaps between codes in order are as irregular as chance makes them", () => {
    const value = (text: string): number =>
      Array.from(text.slice(2, 8)).reduce((n, c) => n * 23 + KIT_ALPHABET.indexOf(c), 0);
    const values = codesOf(plan(), liveSeed).map(value);
    const gaps = values.slice(1).map((v, i) => v - values[i]!);
    expect(Math.min(...gaps)).toBeGreaterThan(0); // in order within the batch
    const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const sd = Math.sqrt(gaps.reduce((a, g) => a + (g - mean) ** 2, 0) / gaps.length);
    // Exponential gaps have sd = mean; the sample's ratio has a standard error of about 1 / sqrt(2000) = 0.022.
    expect(Math.abs(sd / mean - 1)).toBeLessThan(0.1);
  });
});
