import { randomBytes } from "node:crypto";
import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AllocellError, sha256Hex } from "../../../src/foundation/index.js";
import { parseLiveSeed, Seed } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";

// 32 bytes that were drawn once; public by standing here, so never for a list.
const HEX = "c4a1f09be7d25338016fbe4e9a7c30d8b12f65e4730acd8896f1e25b4d3c07ea";
const BYTES = Uint8Array.from(HEX.match(/../g)!, (byte) => Number.parseInt(byte, 16));
const TEXT = `${HEX}-${sha256Hex(`allocell seed check 1:${HEX}`).slice(0, 8)}`;

describe("the text of a live seed", { tags: ["RAND-005"] }, () => {
  it("goes round, in upper case and with space around it too", () => {
    expect(Seed.live(BYTES).revealText()).toBe(TEXT);
    for (const text of [TEXT, TEXT.toUpperCase(), ` ${TEXT}\r\n`]) {
      const seed = parseLiveSeed(text);
      expect(seed.kind).toBe("LIVE");
      expect(seed.revealText()).toBe(TEXT);
    }
  });

  it("is refused with any single digit changed, wherever it stands", () => {
    for (let i = 0; i < TEXT.length; i += 1) {
      if (TEXT[i] === "-") continue;
      for (const digit of "0123456789abcdef") {
        if (digit === TEXT[i]) continue;
        const wrong = TEXT.slice(0, i) + digit + TEXT.slice(i + 1);
        expect(issueOf(() => parseLiveSeed(wrong)).code).toBe("random.seed_mistyped");
      }
    }
  });

  it("is refused with any two neighbours swapped", () => {
    for (let i = 0; i + 1 < TEXT.length; i += 1) {
      if (TEXT[i] === TEXT[i + 1]) continue;
      const wrong = TEXT.slice(0, i) + TEXT[i + 1]! + TEXT[i]! + TEXT.slice(i + 2);
      expect(issueOf(() => parseLiveSeed(wrong)).code).toMatch(/^random\.seed_(mistyped|not_live)$/);
    }
  });

  it("is refused with a digit missing, added, or no digit, and the error does not show it", () => {
    for (let i = 0; i < TEXT.length; i += 1) {
      for (const wrong of [
        TEXT.slice(0, i) + TEXT.slice(i + 1),
        `${TEXT.slice(0, i)}0${TEXT.slice(i)}`,
        `${TEXT.slice(0, i)}g${TEXT.slice(i + 1)}`,
        `${TEXT.slice(0, i)} ${TEXT.slice(i + 1)}`,
      ]) {
        const issue = issueOf(() => parseLiveSeed(wrong));
        expect(issue.code).toMatch(/^random\.seed_(mistyped|not_live)$/);
        expect(JSON.stringify(issue)).not.toContain(HEX.slice(20, 30));
      }
    }
  });

  it.each([undefined, null, 7, 20260101, true, {}, "", "  \n"])("is required: %o is none", (input) => {
    expect(issueOf(() => parseLiveSeed(input)).code).toBe("random.seed_missing");
  });

  it.each(["1", "2026-01-01", "correct horse battery staple", HEX, `${HEX}-`, "0".repeat(64)])("is not %o", (input) => {
    expect(issueOf(() => parseLiveSeed(input)).code).toBe("random.seed_not_live");
  });

  it("is no weak one, even with right check digits", () => {
    for (const hex of [
      "00".repeat(32),
      "ab".repeat(32),
      Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0")).join(""),
    ]) {
      const text = `${hex}-${sha256Hex(`allocell seed check 1:${hex}`).slice(0, 8)}`;
      expect(issueOf(() => parseLiveSeed(text)).code).toBe("random.seed_weak");
    }
  });
});

describe("Seed.live", { tags: ["RAND-005"] }, () => {
  const of = (byte: (i: number) => number, length = 32): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => byte(i) & 255);
  const weak: readonly [string, Uint8Array][] = [
    ["31 bytes", of((i) => BYTES[i]!, 31)],
    ["33 bytes", of((i) => BYTES[i % 32]!, 33)],
    ["no byte", of(() => 0, 0)],
    ["one byte repeated", of(() => 7)],
    ["a count", of((i) => i)],
    ["a count from 250, wrapping", of((i) => 250 + i)],
    ["a count backwards", of((i) => -i)],
    ["a count in threes", of((i) => 5 + 3 * i)],
    ["eight bytes repeated", of((i) => BYTES[i % 8]!)],
    ["15 different values", of((i) => BYTES[i % 15]!)],
    ["a passphrase", new TextEncoder().encode("The quick brown fox jumps over 2")],
    ["a date padded", new TextEncoder().encode("2026-01-01T09:41:53.187+02:00abc")],
  ];
  it.each(weak)("refuses %s", (_, bytes) => {
    expect(issueOf(() => Seed.live(bytes)).code).toBe("random.seed_weak");
  });

  it.each([undefined, null, "c4a1", 32, Array.from(BYTES), new Uint16Array(32), new DataView(new ArrayBuffer(32))])(
    "takes only bytes, not %o",
    (input) => {
      expect(issueOf(() => Seed.live(input as never)).code).toBe("random.seed_missing");
    },
  );

  it("says what came in place of bytes", () => {
    expect(issueOf(() => Seed.live("a passphrase" as never)).received).toBe("a text");
    expect(issueOf(() => Seed.live("" as never)).received).toBe("an empty text");
  });

  it("takes a buffer, keeps its own copy and leaves the caller's bytes alone", () => {
    const buffer = Buffer.from(BYTES);
    const seed = Seed.live(buffer);
    buffer.fill(0);
    expect(seed.revealText()).toBe(TEXT);
  });

  it("takes the platform's random bytes (refused less than once in 10^11)", () => {
    for (let i = 0; i < 2_000; i += 1) expect(Seed.live(randomBytes(32)).kind).toBe("LIVE");
  });

  it("refuses random bytes less than once in 10^11, by exact counting", () => {
    // P(d different values among 32 bytes), by one byte after another.
    let p: number[] = Array.from({ length: 33 }, (_, d) => (d === 0 ? 1 : 0));
    for (let byte = 0; byte < 32; byte += 1) {
      p = p.map((same, d) => same * (d / 256) + (d === 0 ? 0 : p[d - 1]! * ((257 - d) / 256)));
    }
    const fewValues = p.slice(0, 16).reduce((sum, x) => sum + x, 0);
    const printable = (95 / 256) ** 32;
    const progression = 256 ** -30;
    expect(p.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
    expect(fewValues + printable + progression).toBeLessThan(1e-11);
  });
});

describe("Seed.test", { tags: ["RAND-005"] }, () => {
  const key = (text: string): string => Seed.test(text).deriveHex(new Uint8Array());

  it("keeps apart what seedrandom would take for one seed", () => {
    const texts = [
      "1",
      "11",
      "111",
      "1\0",
      "ab",
      "abab",
      "\u0141",
      "A",
      "\u0161",
      "a",
      "\u8a66",
      "f",
      "[object Object]",
    ];
    expect(new Set(texts.map(key)).size).toBe(texts.length);
  });

  it("takes the NFC form of a text", () => {
    expect(key("\u00e9")).toBe(key("e\u0301"));
  });

  it.each(["", " ", "\t\n"])("is required: %o is none", (text) => {
    expect(issueOf(() => Seed.test(text)).code).toBe("random.seed_missing");
  });

  it.each([undefined, null, 1, 10n, ["x"], new Date(0)])(
    "takes only text, not %o, and never makes a seed up",
    (input) => {
      expect(issueOf(() => Seed.test(input as never)).code).toBe("random.seed_missing");
    },
  );

  it("refuses half a character, and what looks like a live seed", () => {
    expect(issueOf(() => Seed.test("a\ud800")).code).toBe("random.seed_invalid");
    for (const text of [TEXT, TEXT.toUpperCase(), HEX, `my ${HEX.slice(0, 40)}`]) {
      const issue = issueOf(() => Seed.test(text));
      expect(issue.code).toBe("random.seed_looks_live");
      expect(JSON.stringify(issue)).not.toContain(HEX.slice(0, 10));
    }
    expect(Seed.test(HEX.slice(0, 39)).kind).toBe("TEST");
  });

  it("has no live text form", () => {
    expect(issueOf(() => Seed.test("demo").revealText()).code).toBe("random.seed_test");
  });
});

describe("a seed shows nothing", { tags: ["RAND-005", "SEC-004"] }, () => {
  const shown = (seed: Seed): readonly string[] => [
    JSON.stringify({ seed, list: [seed] }),
    inspect(seed),
    inspect({ deep: { seed } }, { depth: 9, showHidden: true, getters: true }),
    inspect(seed, { customInspect: false, showHidden: true, depth: 9 }),
    format("%s %o %O %j", seed, seed, seed, seed),
    String(seed),
    seed.toString(),
    seed.toLocaleString(),
    // eslint-disable-next-line @typescript-eslint/no-misused-spread -- what a spread gives away is the question
    JSON.stringify({ ...seed }),
    Object.keys(seed).join() + Object.values(seed).join() + Reflect.ownKeys(seed).map(String).join(),
    JSON.stringify(Object.getOwnPropertyDescriptors(seed)),
    JSON.stringify(structuredClone(seed)),
    JSON.stringify(Object.assign({}, seed)),
  ];
  const everyErrorOf = (seed: Seed): string => {
    const errors: unknown[] = [];
    for (const act of [
      () => seed.deriveHex("x" as never),
      () => seed.deriveHex(undefined as never),
      () => Object.assign(seed, { kind: "TEST" }),
    ]) {
      try {
        act();
      } catch (error) {
        errors.push(inspect(error), (error as Error).stack, AllocellError.is(error) ? JSON.stringify(error) : "");
      }
    }
    return errors.join("\n");
  };

  it.each([
    ["LIVE", Seed.live(BYTES), [HEX.slice(0, 8), HEX.slice(20, 28), "196, 161", "196,161", "c4 a1"]],
    ["TEST", Seed.test("my secret passphrase"), ["secret", "109, 121", "6d7920"]],
  ])("%s: not in JSON, print-outs, strings, spreads, clones or errors", (_, seed, secrets) => {
    for (const text of [...shown(seed), everyErrorOf(seed)]) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    expect(Object.keys(seed)).toEqual(["kind"]);
    expect(Object.isFrozen(seed)).toBe(true);
  });
});
