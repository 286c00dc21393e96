import { hkdfSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveStreamKey, encodeStreamName, Seed, type StreamName } from "../../../src/random/index.js";
import golden from "../../golden/default-stream.json" with { type: "json" };
import { issueOf } from "../../support/issueOf.js";
import { knownSeed } from "../../support/knownSeed.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const name = (more: Partial<StreamName> = {}): StreamName => ({
  algorithm: "example-1",
  list: "DEMO-B",
  purpose: "allocation",
  stratum: [["site", "01"]],
  ...more,
});

describe("the known answers", { tags: ["RAND-001"] }, () => {
  it("have this info and these keys", () => {
    expect(hex(encodeStreamName(name()))).toBe(golden.info);
    expect(deriveStreamKey(knownSeed, name())).toBe(golden.allocationKey);
    expect(deriveStreamKey(knownSeed, name({ purpose: "block-sizes" }))).toBe(golden.blockSizesKey);
  });
});

const text = fc.string({ unit: "grapheme" });
const streamName: fc.Arbitrary<StreamName> = fc.record({
  algorithm: text,
  list: text,
  purpose: fc.constantFrom("allocation", "block-sizes", "numbers", "kits", "salts", "seed-mark", "simulation"),
  stratum: fc.array(fc.tuple(text, text), { maxLength: 3 }),
});

describe("a stream's key", { tags: ["RAND-001"] }, () => {
  it("is HKDF-SHA256 without salt (node:crypto as oracle)", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), streamName, (seedText, stream) => {
        fc.pre(seedText.trim() !== "");
        const info = encodeStreamName(stream);
        const oracle = hkdfSync("sha256", Buffer.from(seedText.normalize("NFC")), "", info, 32);
        expect(deriveStreamKey(Seed.test(seedText), stream)).toBe(Buffer.from(oracle).toString("hex"));
      }),
    );
  });

  it("differs whenever any part of its name does", () => {
    const names = [
      name(),
      name({ algorithm: "example-2" }),
      name({ list: "DEMO-C" }),
      name({ purpose: "numbers" }),
      name({ stratum: [] }),
      name({ stratum: [["site", "1"]] }),
      name({ stratum: [["site", "11"]] }),
      name({ stratum: [["site0", "1"]] }),
      name({
        stratum: [
          ["site", ""],
          ["01", ""],
        ],
      }),
      name({
        stratum: [
          ["site", "01"],
          ["", ""],
        ],
      }),
      name({ stratum: [["a|b", "c"]] }),
      name({ stratum: [["a", "b|c"]] }),
      name({ stratum: [["a", "bc"]] }),
      name({ stratum: [["ab", "c"]] }),
      name({
        stratum: [
          ["sex", "f"],
          ["site", "01"],
        ],
      }),
      name({
        stratum: [
          ["site", "01"],
          ["sex", "f"],
        ],
      }),
      name({ algorithm: "example", list: "-1DEMO-B" }),
    ];
    expect(new Set(names.map((one) => deriveStreamKey(knownSeed, one))).size).toBe(names.length);
  });

  it("has an unambiguous name: the encoding can be read back", () => {
    const readFields = (bytes: Uint8Array): Uint8Array[] => {
      const fields: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) {
        const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
        fields.push(bytes.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
      return fields;
    };
    const readText = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    fc.assert(
      fc.property(streamName, ({ algorithm, list, purpose, stratum }) => {
        const fields = readFields(encodeStreamName({ algorithm, list, purpose, stratum }));
        const nfc = (one: string): string => one.normalize("NFC");
        expect(fields.slice(0, 3).map(readText)).toEqual([algorithm, list, purpose].map(nfc));
        expect(readFields(fields[3]!).map(readText)).toEqual(stratum.flat().map(nfc));
        expect(fields).toHaveLength(4);
      }),
    );
  });

  it("takes names in NFC, and all of a character, not its low byte", () => {
    const keyOf = (level: string): string => deriveStreamKey(knownSeed, name({ stratum: [["site", level]] }));
    expect(keyOf("\u00e9")).toBe(keyOf("e\u0301"));
    expect(keyOf("\u0141")).not.toBe(keyOf("A"));
    expect(keyOf("\u8a66")).not.toBe(keyOf("f"));
  });

  it("refuses half a character", () => {
    expect(issueOf(() => encodeStreamName(name({ list: "\udfff" }))).code).toBe("random.name_invalid");
  });
});
