import { createCipheriv, createDecipheriv, pbkdf2Sync } from "node:crypto";
import { canonical, sha256 } from "./secondBytes.js";

// Second programming of docs/custody.md, section 5. Random parts of a new file come from the caller.

export interface SealedParts {
  readonly plaintext: Uint8Array;
  readonly passphrase: string;
  readonly status: string;
  readonly list: string;
  readonly manifestSha256: string;
  readonly iterations: number;
  readonly salt: Buffer;
  readonly wrapNonce: Buffer;
  readonly nonce: Buffer;
  readonly dataKey: Buffer;
}

const PAGE = 4096;

const wrappingKey = (passphrase: string, salt: Buffer, iterations: number): Buffer =>
  pbkdf2Sync(Buffer.from(passphrase.normalize("NFC"), "utf8"), salt, iterations, 32, "sha256");

const encrypt = (key: Buffer, nonce: Buffer, authenticated: string, plaintext: Uint8Array): Buffer => {
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(authenticated));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
};

const decrypt = (key: Buffer, nonce: Buffer, authenticated: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(authenticated));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
};

export function sealFile(parts: SealedParts): Buffer {
  const { plaintext, salt, iterations } = parts;
  const padded = Buffer.alloc(Math.ceil((4 + plaintext.length) / PAGE) * PAGE);
  padded.writeUInt32BE(plaintext.length);
  padded.set(plaintext, 4);
  const unwrapped = {
    format: "allocell-sealed-1",
    status: parts.status,
    list: parts.list,
    manifestSha256: parts.manifestSha256,
    kdf: { name: "PBKDF2-HMAC-SHA256", iterations, salt: salt.toString("hex") },
    cipher: "AES-256-GCM",
    wrapNonce: parts.wrapNonce.toString("hex"),
    nonce: parts.nonce.toString("hex"),
    bodyBytes: padded.length + 16,
  };
  const key = wrappingKey(parts.passphrase, salt, iterations);
  const wrappedKey = encrypt(key, parts.wrapNonce, `${canonical(unwrapped)}\n`, parts.dataKey).toString("hex");
  const header = `${canonical({ ...unwrapped, wrappedKey })}\n`;
  const file = Buffer.concat([Buffer.from(header), encrypt(parts.dataKey, parts.nonce, header, padded)]);
  return Buffer.concat([file, sha256(file)]);
}

interface Header extends Readonly<Record<string, unknown>> {
  readonly kdf: { readonly iterations: number; readonly salt: string };
  readonly wrapNonce: string;
  readonly wrappedKey: string;
  readonly nonce: string;
  readonly bodyBytes: number;
}

/** Header and plaintext of a sealed file; throws where anything is not as it was written. */
export function unsealFile(bytes: Uint8Array, passphrase: string): { readonly header: Header; plaintext: Buffer } {
  const file = Buffer.from(bytes);
  const line = file.subarray(0, file.indexOf(0x0a) + 1).toString("ascii");
  const header = JSON.parse(line) as Header;
  if (`${canonical(header)}\n` !== line) throw new Error("header is not canonical");
  if (file.length !== line.length + header.bodyBytes + 32) throw new Error("length");
  if (!sha256(file.subarray(0, -32)).equals(file.subarray(-32))) throw new Error("checksum");
  const { wrappedKey, ...unwrapped } = header;
  const dataKey = decrypt(
    wrappingKey(passphrase, Buffer.from(header.kdf.salt, "hex"), header.kdf.iterations),
    Buffer.from(header.wrapNonce, "hex"),
    `${canonical(unwrapped)}\n`,
    Buffer.from(wrappedKey, "hex"),
  );
  const padded = decrypt(dataKey, Buffer.from(header.nonce, "hex"), line, file.subarray(line.length, -32));
  const end = 4 + padded.readUInt32BE();
  if (padded.length % PAGE !== 0 || end > padded.length || end + PAGE <= padded.length) throw new Error("padding");
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new Error("padding");
  return { header, plaintext: padded.subarray(4, end) };
}
