import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, digestOf, RunningDigest, sha256Hex } from "../../../src/foundation/index.js";
import { issueOf } from "../../support/issueOf.js";

const plain = fc.jsonValue();

describe("canonicalJson", () => {
  it("sorts keys by code unit, leaves absent fields out and writes no space", () => {
    const value = { b: [1, "x", null, true], a: { é: 1, z: -0, Z: 1e21 }, gone: undefined, "": 0 };
    expect(canonicalJson(value)).toBe('{"":0,"a":{"Z":1e+21,"z":0,"é":1},"b":[1,"x",null,true]}');
  });

  // RFC 8785, section 3.2.3: this order of keys (by UTF-16 code unit) is the example of the standard.
  it("orders the keys of RFC 8785 as the standard does", () => {
    const input = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    const order = [...canonicalJson(input).matchAll(/:(\d)/g)].map(([, digit]) => Number(digit));
    expect(order).toEqual([2, 4, 6, 7, 1, 5, 3]);
  });

  it("is read back by JSON.parse as the same data, whatever the order of keys", () => {
    fc.assert(
      fc.property(plain, (value) => {
        const shuffled = (data: unknown): unknown =>
          Array.isArray(data)
            ? data.map(shuffled)
            : typeof data === "object" && data !== null
              ? Object.fromEntries(
                  Object.entries(data)
                    .reverse()
                    .map(([k, v]) => [k, shuffled(v)]),
                )
              : data;
        fc.pre(!/\\u[dD][89a-fA-F]|__proto__/.test(JSON.stringify(value)));
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(shuffled(value))).toBe(text);
      }),
    );
  });

  const cycleFree: readonly [string, unknown, string][] = [
    ["a function", { f: () => 1 }, "f"],
    ["a symbol", [Symbol("s")], "0"],
    ["a bigint", { a: { b: 1n } }, "a.b"],
    ["NaN", { a: [0, NaN] }, "a.1"],
    ["infinity", -Infinity, ""],
    ["a lone surrogate", { a: "\ud800" }, "a"],
    ["a lone surrogate in a key", { "\udc00": 1 }, ""],
    ["a date", { at: new Date(0) }, "at"],
    ["a map", { m: new Map([[1, 2]]) }, "m"],
    ["a class instance", new RunningDigest(), ""],
    ["undefined in a list", [1, undefined], "1"],
    // eslint-disable-next-line no-sparse-arrays
    ["a hole in a list", { list: [1, , 3] }, "list.1"],
  ];
  it.each(cycleFree)("refuses %s and names the place", (_, value, path) => {
    expect(issueOf(() => canonicalJson(value))).toMatchObject({ code: "json.not_plain", path });
  });
});

describe("digests", () => {
  it("are SHA-256 of the UTF-8 bytes (node:crypto as oracle)", () => {
    const oracle = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
    // FIPS 180-4 examples.
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (pieces) => {
        const digest = new RunningDigest();
        for (const piece of pieces) digest.update(piece);
        expect(digest.finish()).toBe(oracle(pieces.join("")));
        expect(sha256Hex(pieces.join(""))).toBe(oracle(pieces.join("")));
      }),
    );
  });

  it("of data does not depend on the order of keys, but on that of lists", () => {
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
  });

  it("cannot be continued once it is finished", () => {
    const digest = new RunningDigest();
    digest.finish();
    expect(() => {
      digest.update("x");
    }).toThrow();
  });
});
