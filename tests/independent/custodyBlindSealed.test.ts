import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sealWithPassphrase, unsealWithPassphrase } from "../../src/custody/index.js";
import { sealFile, unsealFile } from "./custody/secondSealed.js";

// Double programming: custody/second*.ts is written from docs/custody.md and docs/algorithm.md alone, by somebody who
// has not read the package. Both are run on the same random files.

const { subtle } = globalThis.crypto;

describe("file sealed with a passphrase, by another programmer", () => {
  const passphrase = "Zu\u0308rich zinc owl paper";
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const plaintext = Buffer.from("what nobody else may read ".repeat(400));
  const parts = {
    passphrase,
    status: "TEST",
    list: "DEMO-1",
    manifestSha256: digest("manifest").toString("hex"),
    iterations: 600_001,
    salt: digest("salt"),
    wrapNonce: digest("wrap").subarray(0, 12),
    nonce: digest("body").subarray(0, 12),
    dataKey: digest("data key"),
  };
  let theirs: Uint8Array;
  beforeAll(async () => {
    const entropy = (bytes: number) => globalThis.crypto.getRandomValues(new Uint8Array(bytes));
    theirs = await sealWithPassphrase(
      { plaintext, passphrase, list: parts.list, manifestSha256: parts.manifestSha256, status: "TEST" },
      { subtle, entropy },
    );
  });

  it("unseals the package's file, whatever form the passphrase has", () => {
    const { header, plaintext: read } = unsealFile(theirs, passphrase.normalize("NFC"));
    expect(read.equals(plaintext)).toBe(true);
    expect(header).toMatchObject({ format: "allocell-sealed-1", status: "TEST", list: "DEMO-1" });
  });

  // A plaintext that fills its pages to the last byte, one of a byte more, and none: the corners of the padding.
  it.each([[4092], [4093], [0]])("writes a file of %i bytes that the package unseals", async (length) => {
    const written = sealFile({ ...parts, plaintext: Buffer.alloc(length, 7) });
    const { plaintext: read, header } = await unsealWithPassphrase(written, passphrase, subtle);
    expect(Buffer.from(read).equals(Buffer.alloc(length, 7))).toBe(true);
    expect(header.kdf.iterations).toBe(600_001);
  });

  it("refuses, as the package does, a file with one altered bit, and one that was cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: theirs.length * 8 - 1 }), fc.nat({ max: theirs.length - 1 }), async (bit, cut) => {
        const altered = Uint8Array.from(theirs);
        altered[bit >> 3]! ^= 1 << (bit & 7);
        for (const file of [altered, theirs.subarray(0, cut)]) {
          expect(() => unsealFile(file, passphrase)).toThrow();
          await expect(unsealWithPassphrase(file, passphrase, subtle)).rejects.toMatchObject({
            code: expect.stringMatching(/^blinding\.sealed_/) as string,
          });
        }
      }),
    );
  });

  it("calls a body that was altered together with its checksum altered, and a forged header not opened", async () => {
    const forge = (place: number, byte: number) => {
      const file = Buffer.from(theirs);
      file[place] = byte;
      return Buffer.concat([file.subarray(0, -32), createHash("sha256").update(file.subarray(0, -32)).digest()]);
    };
    const body = theirs.length - 40;
    const altered = forge(body, theirs[body]! ^ 1);
    expect(() => unsealFile(altered, passphrase)).toThrow();
    await expect(unsealWithPassphrase(altered, passphrase, subtle)).rejects.toMatchObject({
      code: "blinding.sealed_altered",
    });
    const list = Buffer.from(theirs).indexOf("DEMO-1") + 5;
    await expect(unsealWithPassphrase(forge(list, 0x32), passphrase, subtle)).rejects.toMatchObject({
      code: "blinding.sealed_not_opened",
    });
  });
});
