import { Seed } from "../../src/random/index.js";

/**
 * The seed of the known answers, bytes 00 ... 1f. No live seed may be a count, but a test seed's bytes are those of its
 * text, and these 32 bytes are the UTF-8 of 32 control characters.
 */
export const knownSeed: Seed = Seed.test(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));
