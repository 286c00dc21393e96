import seedrandom from "seedrandom";
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
  return new Arc4Stream(seedrandom(key));
}

/** Words are read ahead in short runs, which costs less than one at a time and changes none of them. */
class Arc4Stream implements WordSource {
  readonly #generator: { int32(): number };
  readonly #ahead = new Uint32Array(64);
  #at = 64;

  constructor(generator: { int32(): number }) {
    this.#generator = generator;
  }

  nextWord(): number {
    if (this.#at === 64) this.#read();
    return this.#ahead[this.#at++] as number;
  }

  #read(): void {
    const generator = this.#generator;
    for (let i = 0; i < 64; i += 1) this.#ahead[i] = generator.int32();
    this.#at = 0;
  }
}
