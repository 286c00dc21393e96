import { createPrivateKey, createPublicKey, createHash, type KeyObject } from "node:crypto";
import { failAt } from "../../store/disk/index.js";
import { armored, WireReader, wireField } from "./sshWire.js";

export const ED25519 = "ssh-ed25519";

/** The key of a person who signs. */
export interface SigningKey {
  readonly key: KeyObject;
  /** The public key as OpenSSH writes it: kind and 32 bytes, each as a field. */
  readonly publicBlob: Uint8Array;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** The public key as OpenSSH writes it. */
const blobOf = (publicBytes: Uint8Array): Uint8Array => Buffer.concat([wireField(ED25519), wireField(publicBytes)]);

/** How OpenSSH names a key: `SHA256:` and the hash of its public form in base64. */
export const fingerprintOf = (publicBlob: Uint8Array): string =>
  `SHA256:${createHash("sha256").update(publicBlob).digest("base64").replace(/=+$/, "")}`;

/** The public key of a blob; undefined for any kind but Ed25519. */
export function publicKeyOf(publicBlob: Uint8Array): KeyObject | undefined {
  const reader = new WireReader(publicBlob);
  const [kind, bytes] = [reader.text(), reader.bytes()];
  if (kind !== ED25519 || bytes?.length !== 32 || !reader.isAtEnd) return undefined;
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: base64url(bytes) }, format: "jwk" });
}

/** The kind that a public key says it is. */
export const kindOf = (publicBlob: Uint8Array): string => new WireReader(publicBlob).text() ?? "an unknown kind";

/**
 * Reads a private key as `ssh-keygen -t ed25519` writes it. Only a key without a passphrase is read: nobody here asks for
 * one, and `ssh-keygen -Y sign` does.
 *
 * @throws AllocellError `cli.signing_key_invalid`, `cli.signing_key_locked`, `cli.signing_key_kind`; none of them shows the key
 * @see OpenSSH, PROTOCOL.key
 */
export function readPrivateKey(text: string, file: string): SigningKey {
  if (/^(?:#.*\n)*AGE-SECRET-KEY-/mu.test(text)) {
    return failAt({
      code: "cli.signing_key_kind",
      path: "--key",
      file,
      message: "This is a key of age, which encrypts and cannot sign.",
      expected: "an Ed25519 key of OpenSSH: ssh-keygen -t ed25519",
    });
  }
  const bytes = armored(text, "OPENSSH PRIVATE KEY");
  if (bytes === undefined) return invalid(file);
  const reader = new WireReader(bytes);
  const magic = reader.take(15);
  const [cipher, kdf] = [reader.text(), reader.text()];
  if (magic === undefined || Buffer.from(magic).toString("latin1") !== "openssh-key-v1\0") return invalid(file);
  if (cipher !== "none" || kdf !== "none") {
    return failAt({
      code: "cli.signing_key_locked",
      path: "--key",
      file,
      message: "This key has a passphrase, and a key with one is not read here.",
      expected: "--detached, and then ssh-keygen -Y sign, which asks for the passphrase",
    });
  }
  reader.bytes();
  if (reader.uint32() !== 1) return invalid(file);
  const publicBlob = reader.bytes();
  const inner = reader.bytes();
  if (publicBlob === undefined || inner === undefined || !reader.isAtEnd) return invalid(file);
  return keyIn(inner, publicBlob, file);
}

/** The private part: two check numbers that are equal, then kind, public and private bytes. */
function keyIn(inner: Uint8Array, publicBlob: Uint8Array, file: string): SigningKey {
  const reader = new WireReader(inner);
  const isWhole = reader.uint32() === reader.uint32();
  const kind = reader.text();
  if (!isWhole || kind === undefined) return invalid(file);
  if (kind !== ED25519) {
    return failAt({
      code: "cli.signing_key_kind",
      path: "--key",
      file,
      message: `A key of the kind ${kind} does not sign here.`,
      expected: "an Ed25519 key; or --detached, and then ssh-keygen -Y sign with this one",
      received: kind,
    });
  }
  const [publicBytes, secret] = [reader.bytes(), reader.bytes()];
  if (publicBytes?.length !== 32 || secret?.length !== 64) return invalid(file);
  const blob = blobOf(publicBytes);
  if (Buffer.compare(blob, publicBlob) !== 0 || Buffer.compare(secret.subarray(32), publicBytes) !== 0) {
    return invalid(file);
  }
  const jwk = { kty: "OKP", crv: "Ed25519", d: base64url(secret.subarray(0, 32)), x: base64url(publicBytes) };
  return { key: createPrivateKey({ key: jwk, format: "jwk" }), publicBlob: blob };
}

function invalid(file: string): never {
  return failAt({
    code: "cli.signing_key_invalid",
    path: "--key",
    file,
    message: "This is no private key of OpenSSH that can be read.",
    expected: "a file that `ssh-keygen -t ed25519` wrote, without .pub",
  });
}
