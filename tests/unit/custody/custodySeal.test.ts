import { createHash, webcrypto } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  checkPassphrase,
  padBytes,
  parseBundle,
  sealWithPassphrase,
  toBundleText,
  unpadBytes,
  unsealWithPassphrase,
  type SubtleLike,
} from "../../../src/custody/index.js";
import { AllocellError, canonicalJson } from "../../../src/foundation/index.js";
import { issueOf } from "../../support/issueOf.js";
import { entropyOf, subtle } from "./custodyFixture.js";

const passphrase = "zinc owl paper drum lake";
const plaintext = new TextEncoder().encode("arm verum-x of R010001");
const request = { plaintext, passphrase, status: "LIVE", list: "DEMO-1", manifestSha256: "ab".repeat(32) } as const;

/** The platform's cryptography with a key derivation of one iteration, so that thousands of files can be tried. */
const quick: SubtleLike = {
  importKey: (...args) => subtle.importKey(...args),
  encrypt: (...args) => subtle.encrypt(...args),
  decrypt: (...args) => subtle.decrypt(...args),
  deriveBits: (parameters, key, length) => subtle.deriveBits({ ...parameters, iterations: 1 }, key, length),
};

const codeOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    expect(JSON.stringify(error)).not.toMatch(/verum|zinc owl/);
    return error.code;
  }
  return "opened";
};
const openQuick = (file: Uint8Array, words: string = passphrase): Promise<string> =>
  codeOf(unsealWithPassphrase(file, words, quick));

/** The file with its checksum made right, as somebody makes it who alters it on purpose. */
function resum(file: Uint8Array): Uint8Array {
  const before = file.subarray(0, file.length - 32);
  return Buffer.concat([before, createHash("sha256").update(before).digest()]);
}

let file: Uint8Array;
beforeAll(async () => {
  file = await sealWithPassphrase(request, { subtle: quick, entropy: entropyOf() });
});

describe("a sealed file", () => {
  it("opens with its passphrase, at the full number of iterations", async () => {
    const real = await sealWithPassphrase(request, { subtle: webcrypto.subtle, entropy: entropyOf(2) });
    const { header, plaintext: opened } = await unsealWithPassphrase(real, passphrase, webcrypto.subtle);
    expect(opened).toEqual(plaintext);
    expect(header).toMatchObject({ list: "DEMO-1", status: "LIVE", kdf: { iterations: 600_000 } });
    expect(await codeOf(unsealWithPassphrase(real, `${passphrase} `, webcrypto.subtle))).toBe(
      "blinding.sealed_not_opened",
    );
  });

  it("is padded, and shows nothing of the content", async () => {
    const length = file.length;
    const text = Buffer.from(file).toString("latin1");
    expect(text).not.toMatch(/verum|R010001/);
    const longer = { ...request, plaintext: new Uint8Array(4000) };
    expect((await sealWithPassphrase(longer, { subtle: quick, entropy: entropyOf(3) })).length).toBe(length);
    expect(length).toBe(text.indexOf("\n") + 1 + 4096 + 16 + 32);
  });

  it("is another one every time", async () => {
    const again = await sealWithPassphrase(request, { subtle: quick, entropy: entropyOf(4) });
    expect(Buffer.from(again).equals(Buffer.from(file))).toBe(false);
  });

  it("rule 23: is refused with any single byte flipped", async () => {
    const seen = new Set<string>();
    for (let i = 0; i < file.length; i += 1) {
      const flipped = Uint8Array.from(file);
      flipped[i]! ^= 1 << (i % 8);
      seen.add(await openQuick(flipped));
    }
    expect(seen).not.toContain("opened");
    for (const code of seen) expect(code).toMatch(/^blinding\.sealed_(altered|truncated|unknown|weak)$/);
  });

  it("is refused with any single byte flipped and the checksum made right", async () => {
    const seen = new Set<string>();
    for (let i = 0; i < file.length - 32; i += 1) {
      const flipped = Uint8Array.from(file);
      flipped[i]! ^= 1 << (i % 8);
      seen.add(await openQuick(resum(flipped)));
    }
    expect(seen).not.toContain("opened");
    expect(seen).toContain("blinding.sealed_not_opened");
    expect(seen).toContain("blinding.sealed_altered");
  });

  it("is refused wherever it is cut off, and with anything behind it", async () => {
    for (let length = 1; length < file.length; length += 1) {
      expect(await openQuick(file.subarray(0, length)), String(length)).toBe("blinding.sealed_truncated");
    }
    expect(await openQuick(new Uint8Array())).toBe("blinding.sealed_unknown");
    expect(await openQuick(Buffer.concat([file, Buffer.of(0)]))).toBe("blinding.sealed_altered");
  });

  it("tells a wrong passphrase, and any other file, apart from damage", async () => {
    expect(await openQuick(file, "zinc owl paper drum lane")).toBe("blinding.sealed_not_opened");
    expect(await openQuick(new TextEncoder().encode("status,list\r\n"))).toBe("blinding.sealed_unknown");
  });

  it("reads the passphrase in NFC", async () => {
    const made = await sealWithPassphrase(
      { ...request, passphrase: "Łódź ma sześć słów é" },
      { subtle: quick, entropy: entropyOf(6) },
    );
    expect(await openQuick(made, "Łódź ma sześć słów é".normalize("NFD"))).toBe("opened");
  });

  it("is bound to its manifest, list and status", async () => {
    const opened = unsealWithPassphrase(file, passphrase, quick, "cd".repeat(32));
    expect(await codeOf(opened)).toBe("blinding.manifest_differs");
    expect(await codeOf(unsealWithPassphrase(file, passphrase, quick, "AB".repeat(32)))).toBe("opened");
    for (const change of [{ manifestSha256: "cd".repeat(32) }, { list: "DEMO-2" }, { status: "TEST" }]) {
      expect(await openQuick(withHeader(change))).toBe("blinding.sealed_not_opened");
    }
  });

  it("is not opened with a weaker, or an endless, key derivation", async () => {
    for (const iterations of [1, 599_999, 10_000_001]) {
      const made = withHeader({ kdf: { name: "PBKDF2-HMAC-SHA256", iterations, salt: "00".repeat(32) } });
      expect(await openQuick(made)).toBe("blinding.sealed_weak");
    }
    const weak = sealWithPassphrase({ ...request, iterations: 1000 }, { subtle: quick, entropy: entropyOf() });
    expect(await codeOf(weak)).toBe("blinding.sealed_weak");
  });

  it("needs a long passphrase, real entropy and the hash of a manifest", async () => {
    const seal = (change: object, entropy = entropyOf()): Promise<string> =>
      codeOf(sealWithPassphrase({ ...request, ...change }, { subtle: quick, entropy }));
    expect(await seal({ passphrase: "fifteen letters" })).toBe("blinding.passphrase_short");
    expect(await seal({ passphrase: "a".repeat(40) })).toBe("blinding.passphrase_short");
    expect(await seal({ manifestSha256: "ab" })).toBe("blinding.manifest_hash_invalid");
    expect(await seal({}, (count) => new Uint8Array(count))).toBe("blinding.entropy_weak");
    expect(await seal({}, () => new Uint8Array(5))).toBe("blinding.entropy_weak");
    expect(() => {
      checkPassphrase("sixteen letters!");
    }).not.toThrow();
  });
});

/** The file with fields of its header changed and the checksum made right. */
function withHeader(change: object): Uint8Array {
  const end = file.indexOf(10);
  const header = JSON.parse(Buffer.from(file.subarray(0, end)).toString()) as object;
  const line = Buffer.from(`${canonicalJson({ ...header, ...change })}\n`);
  return resum(Buffer.concat([line, file.subarray(end + 1)]));
}

describe("padding", () => {
  it.each([0, 1, 4091, 4092, 4093, 10_000])("of %i bytes comes off again", (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => i & 255);
    expect(padBytes(bytes).length % 4096).toBe(0);
    expect(unpadBytes(padBytes(bytes))).toEqual(bytes);
  });

  it("is refused where it is not as it is made", () => {
    const padded = padBytes(plaintext);
    expect(unpadBytes(padded.subarray(1))).toBeUndefined();
    expect(unpadBytes(Uint8Array.from([...padded.subarray(0, -1), 1]))).toBeUndefined();
    expect(unpadBytes(new Uint8Array())).toBeUndefined();
    expect(unpadBytes(new Uint8Array(8192))).toBeUndefined();
  });
});

describe("a bundle", () => {
  const bundle = {
    format: "allocell-unblinded-bundle-1",
    status: "LIVE",
    list: "D",
    manifestSha256: "ab".repeat(32),
  } as const;
  it("is read as it was written", () => {
    const whole = { ...bundle, files: [{ file: "a.csv", text: "x\r\n" }] };
    expect(parseBundle(toBundleText(whole))).toEqual(whole);
  });

  it.each(["../a", "/a", "a/b", "a\\b", "..", ".a", "", "C:a"])("has no file called %j", (name) => {
    const text = JSON.stringify({ ...bundle, files: [{ file: name, text: "x" }] });
    expect(issueOf(() => parseBundle(text)).code).toBe("blinding.bundle_invalid");
  });

  it("has no two files of one name, and is a bundle", () => {
    const twice = {
      ...bundle,
      files: [
        { file: "a", text: "" },
        { file: "A", text: "" },
      ],
    };
    expect(issueOf(() => parseBundle(JSON.stringify(twice))).code).toBe("blinding.bundle_invalid");
    expect(issueOf(() => parseBundle("x")).code).toBe("blinding.bundle_invalid");
  });
});
