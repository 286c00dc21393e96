import { requireFields } from "../foundation/index.js";

/**
 * A source of uniformly distributed 32-bit words. It is the only thing that randomness ever enters by, always as an
 * argument: production streams, R's Mersenne Twister and the scripted sources of the tests all have this one method.
 */
export interface WordSource {
  /** The next word, an integer in [0, 2^32), both the 0 and the largest 2^32 - 1 possible. */
  nextWord(): number;
}

/** Holds what should be a stream of words to it. @throws AllocellError `input.invalid` */
export function requireSource(source: WordSource): void {
  // The usual case first: a draw is the innermost loop of everything.
  if (typeof source === "object" && typeof (source as WordSource | null)?.nextWord === "function") return;
  requireFields(source, "a stream of words, such as arc4Stream gives", { nextWord: "a function" });
}
