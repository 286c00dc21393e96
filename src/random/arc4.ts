// The file of its default stream alone, without its other generators.
import seedrandom from "seedrandom/seedrandom.js";
import { fail } from "../foundation/index.js";
import type { WordSource } from "./source.js";

const KEY_FORM = /^[0-9a-f]{64}$/;

/**
 * The default stream: seedrandom's ARC4 (first 256 bytes dropped), keyed by the ASCII of 64 hex digits.
 *
 * Word n is keystream bytes 4n ... 4n + 3, big-endian. Only a full-entropy key of that fixed form is taken: seedrandom
 * by itself reads only the low byte of each character and repeats short keys, so that "1" and "11" are one stream.
 *
 * @throws AllocellError `random.key_invalid` if `key` is not 64 lowercase hex digits (see {@link deriveStreamKey})
 */
export function arc4Stream(key: string): WordSource {
  // By type too: a list that holds the key would pass the pattern, and be flattened by seedrandom.
  if (typeof key !== "string" || !KEY_FORM.test(key)) {
    return fail("random.key_invalid", "key", "A stream key is 64 lowercase hex digits; derive it from a seed.");
  }
  return new Arc4Stream(seedrandom(key, { state: true }).state());
}

/**
 * ARC4's recurrence from the state in which seedrandom leaves a keyed generator: the bytes that its `int32()` joins,
 * without a call for each of them, at less than half the time.
 */
class Arc4Stream implements WordSource {
  readonly #bytes: Uint8Array;
  #i: number;
  #j: number;

  constructor({ S, i, j }: seedrandom.State.Arc4) {
    this.#bytes = new Uint8Array(S);
    this.#i = i;
    this.#j = j;
  }

  nextWord(): number {
    const s = this.#bytes;
    let i = this.#i;
    let j = this.#j;
    let word = 0;
    for (let n = 0; n < 4; n += 1) {
      i = (i + 1) & 255;
      const a = s[i] as number;
      j = (j + a) & 255;
      const b = s[j] as number;
      s[i] = b;
      s[j] = a;
      word = (word << 8) | (s[(a + b) & 255] as number);
    }
    this.#i = i;
    this.#j = j;
    return word >>> 0;
  }
}
