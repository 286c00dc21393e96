import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPrivateKey } from "../../src/cli/signing/keys.js";
import { toSshSignature } from "../../src/cli/signing/sshsig.js";
import { TEST_PUBLIC_KEY, TEST_SIGNING_KEY } from "../support/signingKey.js";
import { run } from "./checks.js";

const KEY = "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8";

/** Changes a file by a function, acts, and puts the file back. */
async function whileChanged(file: string, change: (bytes: Buffer) => Buffer, act: () => Promise<void>): Promise<void> {
  const before = readFileSync(file);
  writeFileSync(file, change(before));
  await act();
  writeFileSync(file, before);
}

/** One bit of the byte in the middle. */
const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy.writeUInt8(copy.readUInt8(middle) ^ 1, middle);
  return copy;
};

/**
 * `iq` of an installed package whose sums are signed by the TEST key: passes, and names the signer; a changed byte, a file
 * less, a file more, sums that were changed to fit, a signature by another key and none at all are each found.
 *
 * @returns the first words of the verdict
 */
export async function checkInstallation(consumer: string): Promise<string> {
  const command = join(consumer, "node_modules/.bin/allocell");
  const folder = join(consumer, "node_modules/allocell");
  const iq = async (...options: readonly string[]): Promise<string> =>
    (await run(command, ["iq", "--accept-platform", "test", ...options], consumer)).stdout;
  writeFileSync(join(consumer, "signers"), `test@publisher.example namespaces="allocell-release" ${TEST_PUBLIC_KEY}\n`);
  const signers = ["--signers", "signers"];

  const signed = await iq(...signers);
  assert.match(signed, /^IQ PASSED (\d+) of \1, /m);
  assert.ok(signed.includes(`signature of dist/SHA256SUMS by test@publisher.example, key ${KEY}`), signed);
  assert.match(signed, /SHA-512 in npm's lockfile of this installation against dist\/sbom\.cdx\.json/);
  const unasked = await iq();
  assert.match(unasked, /^IQ PASSED (\d+) of \1, /m);
  assert.ok(unasked.includes(`by the key ${KEY}. It was not held against a key from elsewhere`), unasked);

  const page = join(folder, "docs/cli.md");
  await whileChanged(page, flipped, async () => {
    for (const options of [[], signers]) await assert.rejects(iq(...options), /FAIL {2}changed: docs\/cli\.md/);
  });
  const more = join(folder, "dist/more.js");
  writeFileSync(more, "");
  await assert.rejects(iq(), /FAIL {2}not of the package: dist\/more\.js/);
  rmSync(more);
  const other = join(consumer, "node_modules/preact/package.json");
  assert.ok(existsSync(other), "a dependency");
  const newer = (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString().replace(/"version": "[^"]+"/, '"version": "99.0.0"'));
  await whileChanged(other, newer, async () => {
    await assert.rejects(iq(), /FAIL {2}dependency preact: expected [\d.]+, found 99\.0\.0/);
  });
  await checkForgeries(folder, iq, signers);
  return /IQ PASSED \d+ of \d+/.exec(signed)?.[0] ?? "";
}

type Iq = (...options: readonly string[]) => Promise<string>;

/** A file and its sum that were changed together are found by the signature, and by nothing else. */
async function checkForgeries(folder: string, iq: Iq, signers: readonly string[]): Promise<void> {
  const page = join(folder, "docs/cli.md");
  const sums = join(folder, "dist/SHA256SUMS");
  const signature = join(folder, "dist/SHA256SUMS.sig");
  const sumOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
  const before = readFileSync(page);
  const fitted = (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString().replace(sumOf(before), sumOf(flipped(before))));
  await whileChanged(page, flipped, () =>
    whileChanged(sums, fitted, async () => {
      for (const options of [[], signers])
        await assert.rejects(iq(...options), /the sums or their signature were changed/);
      // A forger signs with a key of their own: only a key from elsewhere tells.
      const forged = toSshSignature(readFileSync(sums), otherKey(), "allocell-release");
      await whileChanged(
        signature,
        () => Buffer.from(forged),
        async () => {
          assert.match(await iq(), /^IQ PASSED .*/m);
          await assert.rejects(iq(...signers), /a key that is not that of an allowed signer/);
        },
      );
      const kept = readFileSync(signature);
      rmSync(signature);
      assert.match(await iq(), /This package is not signed/);
      await assert.rejects(iq(...signers), /found none: this package is not signed/);
      writeFileSync(signature, kept);
    }),
  );
}

/** The key of RFC 8032, section 7.1, TEST 2, which is nobody's either. */
function otherKey(): ReturnType<typeof readPrivateKey> {
  const [secret, open] = [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
  ];
  const [mine, theirs] = [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  ];
  const lines = TEST_SIGNING_KEY.split("\n").slice(1, -2).join("");
  const hex = Buffer.from(lines, "base64").toString("hex").replaceAll(theirs, open).replace(mine, secret);
  const text = Buffer.from(hex, "hex").toString("base64");
  return readPrivateKey(`-----BEGIN OPENSSH PRIVATE KEY-----\n${text}\n-----END OPENSSH PRIVATE KEY-----\n`, "other");
}
