import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
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

function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  const length = bytes.length;
  return concatBytes(Uint8Array.of(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255), bytes);
}

function field(text: string): Uint8Array {
  requireString(text, "stratum", "a name that is text");
  if (/\p{Surrogate}/u.test(text)) {
    return fail("random.name_invalid", "stratum", "A name holds half a character (a lone surrogate).");
  }
  return lengthPrefixed(utf8ToBytes(text.normalize("NFC")));
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
  const stratum = name.stratum.flatMap(([factor, level]) => [field(factor), field(level)]);
  return concatBytes(
    field(name.algorithm),
    field(name.list),
    field(name.purpose),
    lengthPrefixed(concatBytes(...stratum)),
  );
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
