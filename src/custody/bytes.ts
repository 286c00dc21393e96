import { concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { fail } from "../foundation/index.js";

/**
 * Bytes of their own, as WebCrypto takes them: `Uint8Array<ArrayBuffer>` from TypeScript 5.7 on, where the type is
 * generic, and `Uint8Array` before. Declarations that are packed must be read by both.
 */
export type OwnBytes = ReturnType<typeof Uint8Array.of>;

/** An integer from 0 to 2^32 - 1 as 4 bytes, big-endian. */
export function fourBytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** The number of bytes as 4 bytes, big-endian, then the bytes: what follows can never be taken for a part of them. */
export function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  return concatBytes(fourBytes(bytes.length), bytes);
}

/** A text as a length-prefixed field: UTF-8 of its NFC form. */
export function textField(text: string): Uint8Array {
  return lengthPrefixed(utf8ToBytes(text.normalize("NFC")));
}

/** The bytes of a text that a caller has checked to be an even number of lowercase hex digits. */
export function fromHex(hex: string): OwnBytes {
  return Uint8Array.from(hexToBytes(hex));
}

/**
 * Refuses anything but that many bytes from a cryptographic generator.
 *
 * @throws AllocellError `blinding.entropy_weak` for another number of bytes, or fewer than half of them different (32
 *   random bytes fail this less than once in 10^11; 12 less than once in 10^6, so the rule is for 16 bytes and more)
 */
export function requireRandom(bytes: Uint8Array, count: number, path: string): OwnBytes {
  const isBytes = Object.prototype.toString.call(bytes) === "[object Uint8Array]";
  if (!isBytes || bytes.length !== count || (count >= 16 && new Set(bytes).size < count / 2)) {
    return fail("blinding.entropy_weak", path, `${count} bytes from a cryptographic random generator are needed.`, {
      expected: `${count} random bytes`,
      received: isBytes && bytes.length === count ? "bytes that repeat" : "something else",
    });
  }
  return Uint8Array.from(bytes);
}

/** Text from UTF-8. Only for bytes that were written, or are authenticated: anything else becomes U+FFFD. */
export function utf8Text(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const [point, length] = codePointAt(bytes, i);
    text += String.fromCodePoint(point);
    i += length;
  }
  return text;
}

function codePointAt(bytes: Uint8Array, i: number): readonly [point: number, length: number] {
  const first = bytes[i] as number;
  if (first < 0x80) return [first, 1];
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let point = first & (0x7f >> length);
  for (let k = 1; k < length; k += 1) {
    const next = bytes[i + k];
    if (first < 0xc0 || next === undefined || (next & 0xc0) !== 0x80) return [0xfffd, 1];
    point = (point << 6) | (next & 0x3f);
  }
  return point > 0x10ffff ? [0xfffd, length] : [point, length];
}
