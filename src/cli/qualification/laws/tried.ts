/** What must hold for every seed and weight, tried at fixed ones: the answer is the first breach, or nothing. */
export type Laws = Readonly<Record<string, (runs: number) => string | undefined>>;

/** The first breach of so many runs. */
export const first = (runs: number, breach: (run: number) => string | undefined): string | undefined =>
  Array.from({ length: runs }, (_, run) => breach(run)).find((found) => found !== undefined);

/** A text with one character changed. */
export const changed = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === "1" ? "2" : "1"}${text.slice(at + 1)}`;
