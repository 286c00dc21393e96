import { createHash, createHmac } from "node:crypto";

// Second programming of docs/custody.md: bytes, fields, canonical JSON, HKDF. Written from the documents alone.

/** Bytes of a 32-bit whole number, big-endian. */
export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A field: the number of bytes as 4 bytes, big-endian, then the bytes; a text is the UTF-8 of its form NFC. */
export function field(value: string | Uint8Array): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value.normalize("NFC"), "utf8") : Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash("sha256").update(Buffer.concat(parts)).digest();

/** HKDF-SHA256 without salt for 32 bytes, RFC 5869: extract with 32 zero bytes, then one block of expansion. */
export function hkdf32(keyMaterial: Uint8Array, info: Uint8Array): Buffer {
  const pseudoRandomKey = createHmac("sha256", Buffer.alloc(32)).update(keyMaterial).digest();
  return createHmac("sha256", pseudoRandomKey)
    .update(Buffer.concat([info, Buffer.of(1)]))
    .digest();
}

/** JSON with keys in the order of UTF-16 code units and no white space (RFC 8785); numbers here are whole. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  // JavaScript compares strings by their UTF-16 code units.
  entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`;
}

export type Pairs = readonly (readonly [factor: string, level: string])[];

/** Name of a stream (docs/algorithm.md, section 2): algorithm id, list id, purpose, stratum. */
export const streamName = (algorithm: string, list: string, purpose: string, stratum: Pairs): Buffer =>
  Buffer.concat([
    field(algorithm),
    field(list),
    field(purpose),
    field(Buffer.concat(stratum.flatMap(([factor, level]) => [field(factor), field(level)]))),
  ]);
