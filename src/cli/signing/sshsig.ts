import { createHash, sign, verify } from "node:crypto";
import { ED25519, publicKeyOf, type SigningKey } from "./keys.js";
import { armored, WireReader, wireField } from "./sshWire.js";

/** What signatures of this package are for: one made for another purpose is not taken for one of these. */
export const NAMESPACE = "allocell";
/** What the signature of a package's sums is for: who signs reports is not thereby one who publishes the package. */
export const RELEASE_NAMESPACE = "allocell-release";
const LABEL = "SSH SIGNATURE";
const MAGIC = Buffer.from("SSHSIG", "latin1");
const VERSION = 1;
/** Characters of a line of base64, as ssh-keygen writes it. */
const LINE = 70;

/** A signature, not yet verified. */
export interface SshSignature {
  readonly publicBlob: Uint8Array;
  readonly namespace: string;
  readonly hash: "sha256" | "sha512";
  /** Kind and bytes of the signature itself. */
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** What is signed in the place of a message: its hash, bound to the purpose. */
const signedBytes = (message: Uint8Array, namespace: string, hash: string): Buffer =>
  Buffer.concat([
    MAGIC,
    wireField(namespace),
    wireField(""),
    wireField(hash),
    wireField(createHash(hash).update(message).digest()),
  ]);

/**
 * Signs a message as `ssh-keygen -Y sign -n NAMESPACE` does, with SHA-512.
 *
 * @returns the armored signature, which `ssh-keygen -Y verify` reads
 * @see OpenSSH, PROTOCOL.sshsig
 */
export function toSshSignature(
  message: Uint8Array,
  { key, publicBlob }: SigningKey,
  namespace: string = NAMESPACE,
): string {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(VERSION);
  const bytes = sign(null, signedBytes(message, namespace, "sha512"), key);
  const blob = Buffer.concat([
    MAGIC,
    version,
    wireField(publicBlob),
    wireField(namespace),
    wireField(""),
    wireField("sha512"),
    wireField(Buffer.concat([wireField(ED25519), wireField(bytes)])),
  ]).toString("base64");
  const lines = blob.match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return [`-----BEGIN ${LABEL}-----`, ...lines, `-----END ${LABEL}-----`, ""].join("\n");
}

/** Reads an armored signature; undefined for anything else, and for one that reserves what is not known here. */
export function parseSshSignature(text: string): SshSignature | undefined {
  const blob = armored(text, LABEL);
  if (blob === undefined) return undefined;
  const reader = new WireReader(blob);
  const magic = reader.take(MAGIC.length);
  if (magic === undefined || Buffer.compare(magic, MAGIC) !== 0 || reader.uint32() !== VERSION) return undefined;
  const [publicBlob, namespace, reserved] = [reader.bytes(), reader.text(), reader.bytes()];
  const [hash, signature] = [reader.text(), reader.bytes()];
  if (publicBlob === undefined || namespace === undefined || reserved?.length !== 0) return undefined;
  if ((hash !== "sha256" && hash !== "sha512") || signature === undefined || !reader.isAtEnd) return undefined;
  const inner = new WireReader(signature);
  const [kind, bytes] = [inner.text(), inner.bytes()];
  if (kind === undefined || bytes === undefined) return undefined;
  return { publicBlob, namespace, hash, kind, bytes };
}

/** Whether the key of a signature made it over this message. Ed25519 only: false for any other kind. */
export function isSignatureOf(
  message: Uint8Array,
  { publicBlob, namespace, hash, kind, bytes }: SshSignature,
): boolean {
  const key = publicKeyOf(publicBlob);
  if (key === undefined || kind !== ED25519 || bytes.length !== 64) return false;
  return verify(null, signedBytes(message, namespace, hash), key, bytes);
}
