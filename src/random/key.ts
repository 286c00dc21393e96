import { utf8ToBytes } from "@noble/hashes/utils.js";
import { fail, requireFields, requireString } from "../foundation/index.js";
import type { Seed } from "./seed.js";

/** What a stream is used for. Each use has a stream of its own, so that none says anything about another. */
export type StreamPurpose =
  "allocation" | "block-sizes" | "numbers" | "kits" | "salts" | "seed-mark" | "simulation" | "committee" | "envelopes";

/** Names one stream: everything that separates it from all other streams of the same seed. */
export interface StreamName {
  /** Frozen algorithm id, such as `allocell-pb-1`. */
  readonly algorithm: string;
  readonly list: string;
  readonly purpose: StreamPurpose;
  /** Factor and level pairs in declared order; empty when unstratified. */
  readonly stratum: readonly (readonly [factor: string, level: string])[];
}

function bytesOf(text: string): Uint8Array {
  requireString(text, "stratum", "a name that is text");
  if (/\p{Surrogate}/u.test(text)) {
    return fail("random.name_invalid", "stratum", "A name holds half a character (a lone surrogate).");
  }
  return utf8ToBytes(text.normalize("NFC"));
}

/** The fields one after the other, each after its byte count. */
function lengthPrefixed(fields: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(fields.reduce((sum, { length }) => sum + 4 + length, 0));
  const counts = new DataView(all.buffer);
  let at = 0;
  for (const field of fields) {
    counts.setUint32(at, field.length);
    all.set(field, at + 4);
    at += 4 + field.length;
  }
  return all;
}

/**
 * The HKDF `info` of a stream: algorithm id, list id, purpose and stratum, each as a 4-byte big-endian byte count and
 * the UTF-8 bytes of its NFC form; the stratum is one such field that holds factor, level, factor, level ... encoded
 * the same way. The counts make the encoding unambiguous: ("a", "bc") and ("ab", "c") differ.
 *
 * @throws AllocellError `random.name_invalid`
 */
export function encodeStreamName(name: StreamName): Uint8Array {
  requireFields(name, "the name of a stream", { algorithm: "text", list: "text", purpose: "text", stratum: "a list" });
  for (const pair of name.stratum)
    requireFields({ stratum: pair }, "a pair of factor and level", { stratum: "a list" });
  const stratum = name.stratum.flatMap(([factor, level]) => [bytesOf(factor), bytesOf(level)]);
  return lengthPrefixed([bytesOf(name.algorithm), bytesOf(name.list), bytesOf(name.purpose), lengthPrefixed(stratum)]);
}

/**
 * The key of a stream: HKDF-SHA256 of the seed with {@link encodeStreamName}, 64 lowercase hex digits.
 *
 * @throws AllocellError `random.name_invalid`
 */
export function deriveStreamKey(seed: Seed, name: StreamName): string {
  requireFields(seed, "a seed", { deriveHex: "a function" });
  return seed.deriveHex(encodeStreamName(name));
}
