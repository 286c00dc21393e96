import { inspect } from "node:util";
import * as fc from "fast-check";
import seedrandom from "seedrandom";
import { describe, expect, it, vi } from "vitest";
import { arc4Stream, type WordSource } from "../../../src/random/index.js";
import golden from "../../golden/default-stream.json" with { type: "json" };
import { issueOf } from "../../support/issueOf.js";

const words = (source: WordSource, n: number): number[] => Array.from({ length: n }, () => source.nextWord());
const COUNT_KEY = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, "0")).join("");
const hexKey = fc.string({
  unit: fc.constantFrom(..."0 1 2 3 4 5 6 7 8 9 a b c d e f".split(" ")),
  minLength: 64,
  maxLength: 64,
});

/** ARC4 from its description (key schedule, 256 bytes dropped, big-endian words): a second implementation. */
function* arc4FromDescription(key: string): Generator<number, never, undefined> {
  const s = Array.from({ length: 256 }, (_, i) => i);
  const swap = (i: number, j: number): void => {
    [s[i], s[j]] = [s[j]!, s[i]!];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + s[i]! + key.charCodeAt(i % key.length)) % 256;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  const byte = (): number => {
    i = (i + 1) % 256;
    j = (j + s[i]!) % 256;
    swap(i, j);
    return s[(s[i]! + s[j]!) % 256]!;
  };
  for (let k = 0; k < 256; k += 1) byte();
  for (;;) yield ((byte() * 256 + byte()) * 256 + byte()) * 256 + byte();
}

describe("arc4Stream", { tags: ["RAND-001"] }, () => {
  it("gives the known words", () => {
    expect(words(arc4Stream("00".repeat(32)), 4)).toEqual(golden.wordsOfZeroKey);
    expect(words(arc4Stream(COUNT_KEY), 4)).toEqual(golden.wordsOfCountKey);
    expect(words(arc4Stream(golden.allocationKey), 4)).toEqual(golden.allocationWords);
  });

  it("agrees with ARC4 written from its description, over the ends of its read-ahead", () => {
    fc.assert(
      fc.property(hexKey, (key) => {
        const oracle = arc4FromDescription(key);
        expect(words(arc4Stream(key), 200)).toEqual(Array.from({ length: 200 }, () => oracle.next().value));
      }),
      { numRuns: 20 },
    );
  });

  it("is seedrandom's int32, unsigned, word by word", () => {
    const plain = seedrandom(COUNT_KEY);
    expect(words(arc4Stream(COUNT_KEY), 1000)).toEqual(Array.from({ length: 1000 }, () => plain.int32() >>> 0));
  });

  it("gives two streams of one key the same words however their draws are mixed", () => {
    const [a, b] = [arc4Stream(COUNT_KEY), arc4Stream(COUNT_KEY)];
    const fromA = [...words(a, 70), ...words(arc4Stream("00".repeat(32)), 0)];
    const fromB = words(b, 30);
    words(arc4Stream("ff".repeat(32)), 100);
    expect([...fromB, ...words(b, 40)]).toEqual(fromA);
  });
});

describe("seedrandom's traps are shut", { tags: ["RAND-001"] }, () => {
  const trapped: readonly [string, unknown][] = [
    ["nothing, which seeds itself", undefined],
    ["null, which seeds itself", null],
    ["the empty text", ""],
    ["a short key, which is repeated", "1"],
    ["a number", 1],
    ["a bigint", 10n],
    ["a list, which is flattened", [COUNT_KEY]],
    ["an object with the key as its text", { toString: () => COUNT_KEY }],
    ["a map", { a: COUNT_KEY }],
    ["a date", new Date(0)],
    ["upper case", COUNT_KEY.toUpperCase()],
    ["63 digits", COUNT_KEY.slice(1)],
    ["65 digits", `${COUNT_KEY}0`],
    ["a line end after the key", `${COUNT_KEY}\n`],
    ["a character with a digit as its low byte", `\u0130${COUNT_KEY.slice(1)}`],
    ["a long text, which wraps", "a".repeat(300)],
  ];
  it.each(trapped)("takes not %s", (_, key) => {
    const issue = issueOf(() => arc4Stream(key as never));
    expect(issue).toMatchObject({ code: "random.key_invalid", path: "key" });
    expect(JSON.stringify(issue)).not.toContain(COUNT_KEY.slice(8, 20));
  });

  it("shows that they are there in seedrandom itself, so that the tests above can fail", () => {
    const first = (key: unknown): number => seedrandom(key as string).int32();
    expect(first("1")).toBe(first("11"));
    expect(first("\u0141")).toBe(first("A"));
    expect(first([COUNT_KEY])).toBe(first(COUNT_KEY));
    expect(first(undefined)).not.toBe(first(undefined));
  });

  it("neither reads nor replaces Math.random", () => {
    const original = Math.random;
    const spy = vi.spyOn(Math, "random").mockImplementation(() => {
      throw new Error("Math.random was read");
    });
    const spied = Math.random;
    try {
      expect(words(arc4Stream("00".repeat(32)), 4)).toEqual(golden.wordsOfZeroKey);
      expect(Math.random).toBe(spied);
    } finally {
      spy.mockRestore();
    }
    expect(Math.random).toBe(original);
  });

  it("shows no key, state or word", () => {
    const stream = arc4Stream(COUNT_KEY);
    stream.nextWord();
    expect(JSON.stringify(stream)).toBe("{}");
    expect(inspect(stream, { showHidden: true, depth: 9 })).not.toMatch(/\d{3}|state|key/i);
    expect("state" in stream).toBe(false);
  });
});
