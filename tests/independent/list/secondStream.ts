/*
 * From a seed to the words of a stream: docs/algorithm.md, sections 1 to 4.
 * Written from that page and RFC 5869 alone. Nothing of allocell is imported here.
 */
import { createHash, createHmac } from "node:crypto";

/** The bytes a seed enters HKDF with, and the word that every row of its lists carries. */
export interface SecondSeed {
  readonly status: "LIVE" | "TEST";
  readonly bytes: Buffer;
}

export type Purpose = "allocation" | "block-sizes" | "seed-mark";

/** Answers the next integer of the stream in [0, n - 1]. */
export type DrawBelow = (n: bigint) => bigint;

export function testSeed(text: string): SecondSeed {
  return { status: "TEST", bytes: utf8(text) };
}

export function liveSeed(bytes: Uint8Array): SecondSeed {
  return { status: "LIVE", bytes: Buffer.from(bytes) };
}

/** The written form of a LIVE seed: 64 hex digits, a hyphen, 8 check digits. */
export function writeLiveSeed(bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString("hex");
  const check = createHash("sha256").update(`allocell seed check 1:${digits}`, "ascii").digest("hex");
  return `${digits}-${check.slice(0, 8)}`;
}

/** The key of one stream, as 64 hex digits in lower case. */
export function streamKey(
  seed: SecondSeed,
  algorithm: string,
  list: string,
  purpose: Purpose,
  stratum: readonly (readonly [factor: string, level: string])[],
): string {
  const names = stratum.flat().map((name) => counted(utf8(name)));
  const info = [utf8(algorithm), utf8(list), utf8(purpose), Buffer.concat(names)].map(counted);
  return hkdfSha256(seed.bytes, Buffer.concat(info)).toString("hex");
}

/** The mark of a seed: the first 16 hex digits of the `seed-mark` key, without strata. */
export function seedMark(seed: SecondSeed, algorithm: string, list: string): string {
  return streamKey(seed, algorithm, list, "seed-mark", []).slice(0, 16);
}

/** Bounded draws from the stream of a key. */
export function drawsOf(key: string): DrawBelow {
  const words = wordsOf(key);
  return (n) => {
    // As many words as it takes for their range to hold n values.
    let range = 1n << 32n;
    let count = 1;
    while (range < n) {
      range <<= 32n;
      count += 1;
    }
    const limit = range - (range % n);
    for (;;) {
      let joined = 0n;
      for (let i = 0; i < count; i += 1) joined = (joined << 32n) | BigInt(words.next().value);
      if (joined < limit) return joined % n;
    }
  };
}

/** Words of 32 bits, big-endian, from ARC4 without its first 256 bytes. */
export function* wordsOf(key: string): Generator<number, never> {
  const bytes = arc4(Buffer.from(key, "ascii"));
  for (let dropped = 0; dropped < 256; dropped += 1) bytes.next();
  for (;;) {
    const word = Buffer.of(bytes.next().value, bytes.next().value, bytes.next().value, bytes.next().value);
    yield word.readUInt32BE();
  }
}

/** Exported so that it can be held against the test vectors of RFC 6229. */
export function* arc4(key: Uint8Array): Generator<number, never> {
  const box = Uint8Array.from({ length: 256 }, (_, place) => place);
  const swap = (a: number, b: number): void => {
    const kept = box[a]!;
    box[a] = box[b]!;
    box[b] = kept;
  };
  for (let a = 0, b = 0; a < 256; a += 1) {
    b = (b + box[a]! + key[a % key.length]!) & 255;
    swap(a, b);
  }
  for (let a = 1, b = 0; ; a = (a + 1) & 255) {
    b = (b + box[a]!) & 255;
    swap(a, b);
    yield box[(box[a]! + box[b]!) & 255]!;
  }
}

/** RFC 5869 for exactly one output block of 32 bytes; without a salt the extracting key is 32 zero bytes. */
export function hkdfSha256(inputKey: Uint8Array, info: Uint8Array): Buffer {
  const extracted = createHmac("sha256", Buffer.alloc(32)).update(inputKey).digest();
  return createHmac("sha256", extracted).update(info).update(Buffer.of(1)).digest();
}

function counted(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

function utf8(text: string): Buffer {
  return Buffer.from(text.normalize("NFC"), "utf8");
}
