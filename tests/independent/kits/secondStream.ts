import { hkdf32, streamName, type Pairs } from "../custody/secondBytes.js";

// Second programming of docs/algorithm.md, sections 2 to 4, for docs/kits.md.

/** Bytes of ARC4 under the ASCII characters of a key; the first 256 are dropped. */
function* arc4(key: Uint8Array): Generator<number, never> {
  const state = Array.from({ length: 256 }, (_, place) => place);
  const swap = (i: number, j: number) => ([state[i], state[j]] = [state[j]!, state[i]!]);
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + state[i]! + key[i % key.length]!) % 256;
    swap(i, j);
  }
  for (let i = 0, j = 0, made = 0; ; made += 1) {
    i = (i + 1) % 256;
    j = (j + state[i]!) % 256;
    swap(i, j);
    const byte = state[(state[i]! + state[j]!) % 256]!;
    if (made >= 256) yield byte;
  }
}

export interface SecondStream {
  readonly key: string;
  /** The next word, 0 to 2^32 - 1. */
  word(): number;
  /** A whole number from 0 to n - 1, every one equally likely; n at most 2^32. */
  below(n: number): number;
}

export function openStream(seed: Uint8Array, list: string, stratum: Pairs): SecondStream {
  const key = hkdf32(seed, streamName("allocell-kit-1", list, "kits", stratum)).toString("hex");
  const bytes = arc4(Buffer.from(key, "ascii"));
  const word = () => {
    let value = 0;
    for (let place = 0; place < 4; place += 1) value = value * 256 + bytes.next().value;
    return value;
  };
  const below = (n: number) => {
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const taken = word();
      if (taken < limit) return taken % n;
    }
  };
  return { key, word, below };
}
