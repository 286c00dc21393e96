import { createCipheriv, createDecipheriv } from "node:crypto";
import { canonical, field, hkdf32, sha256, streamName, uint32, type Pairs } from "./secondBytes.js";

// Second programming of docs/custody.md, section 2.

export interface EnvelopeRow {
  readonly stratum: Pairs;
  readonly sequence: number;
  readonly number: string;
  readonly arm: string;
}

export interface EnvelopeHead {
  readonly status: string;
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly binding: string;
  readonly salt: string;
}

export interface EnvelopeFile extends EnvelopeHead {
  readonly format: string;
  readonly envelopes: readonly { readonly number: string; readonly sealed: string }[];
}

const NONCE = Buffer.alloc(12);

export const envelopeKey = (seed: Uint8Array, algorithm: string, head: EnvelopeHead, row: EnvelopeRow): Buffer =>
  hkdf32(
    seed,
    Buffer.concat([
      streamName(algorithm, head.list, "envelopes", row.stratum),
      field(Buffer.from(head.salt, "hex")),
      field(uint32(row.sequence)),
    ]),
  );

export function keyCard(key: Uint8Array): string {
  const digits = Buffer.from(key).toString("hex");
  const check = sha256(Buffer.from(`allocell envelope key check 1:${digits}`, "ascii"));
  return `${digits}-${check.toString("hex").slice(0, 8)}`;
}

const authenticated = (head: EnvelopeHead, number: string): Buffer => {
  const { status, trial, part, list, binding, salt } = head;
  return Buffer.from(canonical({ format: "allocell-envelopes-1", status, trial, part, list, binding, salt, number }));
};

const contentOf = ({ arm, number, sequence, stratum }: EnvelopeRow): Buffer =>
  Buffer.from(canonical({ arm, number, sequence, stratum }));

/** The least multiple of 256 that two bytes of length and the longest content fit into, with an arm of 20 letters too. */
export function plaintextBytes(rows: readonly EnvelopeRow[], arms: readonly string[]): number {
  const names = ["x".repeat(20), ...arms];
  const longest = Math.max(...rows.flatMap((row) => names.map((arm) => contentOf({ ...row, arm }).length)));
  return Math.ceil((2 + longest) / 256) * 256;
}

export function sealEnvelope(key: Uint8Array, head: EnvelopeHead, row: EnvelopeRow, bytes: number): string {
  const content = contentOf(row);
  const plaintext = Buffer.alloc(bytes);
  plaintext.writeUInt16BE(content.length);
  content.copy(plaintext, 2);
  const cipher = createCipheriv("aes-256-gcm", key, NONCE).setAAD(authenticated(head, row.number));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]).toString("hex");
}

/** Content of one envelope; throws where key or envelope do not fit. */
export function openSealed(file: EnvelopeFile, number: string, card: string): unknown {
  const key = Buffer.from(card.slice(0, 64), "hex");
  if (keyCard(key) !== card) throw new Error("key mistyped");
  const sealed = Buffer.from(file.envelopes.find((envelope) => envelope.number === number)!.sealed, "hex");
  const decipher = createDecipheriv("aes-256-gcm", key, NONCE).setAAD(authenticated(file, number));
  decipher.setAuthTag(sealed.subarray(-16));
  const plaintext = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = 2 + plaintext.readUInt16BE();
  if (plaintext.subarray(end).some((byte) => byte !== 0)) throw new Error("padding");
  return JSON.parse(plaintext.subarray(2, end).toString("utf8"));
}
