/* Archives are held against another program for them: fflate, which is in no part of the package. */
import * as fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { unzip, zip } from "../../../src/cli/zip.js";

const files = fc.dictionary(
  fc.stringMatching(/^[a-zé中 ]{1,8}(?:\/[a-z]{1,4}\.txt)?$/u),
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // What a compressor finds much in.
    fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(400)).map(([part, times]) => {
      return new Uint8Array(part.length * times).map((_, at) => part[at % part.length] ?? 0);
    }),
  ),
  { maxKeys: 6, noNullPrototype: true },
);
const plain = (archive: Readonly<Record<string, Uint8Array>>): object =>
  Object.fromEntries(Object.entries(archive).map(([path, bytes]) => [path, [...bytes]]));

describe("an archive", { tags: ["FILE-002"] }, () => {
  it("is read by another program, and another program's by us, stored or compressed", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom(0, 1, 6, 9), async (own, level) => {
        expect(plain(unzipSync(zip(own)))).toEqual(plain(own));
        expect(plain(await unzip(zip(own)))).toEqual(plain(own));
        expect(plain(await unzip(zipSync(own, { level: level })))).toEqual(plain(own));
      }),
      { numRuns: 150 },
    );
  });

  it("is the same bytes for the same files", () => {
    fc.assert(
      fc.property(files, (own) => {
        expect(zip(own)).toEqual(zip({ ...own }));
      }),
    );
  });

  it("in which any byte of a file was changed is refused", async () => {
    const bytes = zip({ "a.txt": new TextEncoder().encode("72.4 kg") });
    const from = bytes.indexOf("7".charCodeAt(0), 30 + "a.txt".length);
    for (let at = from; at < from + 7; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(unzip(changed)).rejects.toThrow("a.txt is broken");
    }
  });

  it("that was cut off anywhere is refused, and so is one with a password", async () => {
    const bytes = zipSync({ "a.txt": new TextEncoder().encode("72.4 kg ".repeat(20)) });
    for (let length = 0; length < bytes.length; length += 1)
      await expect(unzip(bytes.subarray(0, length)), String(length)).rejects.toThrow();
    const locked = zip({ a: new Uint8Array(3) });
    // Behind the head, the name and the three bytes of the file.
    const directory = 30 + 1 + 3;
    locked[directory + 8] = (locked[directory + 8] ?? 0) | 1;
    await expect(unzip(locked)).rejects.toThrow("it has a password");
  });

  it("may have a file with the name of a prototype", async () => {
    const files = await unzip(zip(Object.fromEntries([["__proto__", new Uint8Array([7])]])));
    expect(Object.entries(files)).toEqual([["__proto__", new Uint8Array([7])]]);
  });

  it("has no more files than its numbers can count", () => {
    const none = new Uint8Array();
    expect(() => zip(Object.fromEntries(Array.from({ length: 65_536 }, (_, i) => [String(i), none])))).toThrow(
      RangeError,
    );
  });

  it("with a comment at its end is read", async () => {
    const bytes = zip({ a: new Uint8Array([1, 2]) });
    const comment = new TextEncoder().encode("a comment");
    const said = new Uint8Array([...bytes, ...comment]);
    said[bytes.length - 2] = comment.length;
    expect(plain(await unzip(said))).toEqual({ a: [1, 2] });
  });
});
