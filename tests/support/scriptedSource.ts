import type { WordSource } from "../../src/random/source.js";

/** A source that replays given words and fails when it is asked for more. */
export class ScriptedSource implements WordSource {
  #at = 0;

  constructor(readonly words: readonly number[]) {}

  get used(): number {
    return this.#at;
  }

  nextWord(): number {
    const word = this.words[this.#at];
    if (word === undefined) throw new Error(`the script of ${this.words.length} words is used up`);
    this.#at += 1;
    return word;
  }
}
