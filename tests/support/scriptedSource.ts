import type { WordSource } from "../../src/random/source.js";

/** A source that replays given words and fails when it is asked for more. */
export class ScriptedSource implements WordSource {
  readonly words: readonly number[];
  #at = 0;

  constructor(words: readonly number[]) {
    this.words = words;
  }

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
