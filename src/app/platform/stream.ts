/** What the commands use of `node:stream`, for a page, in which every text is there as a whole. */

export const Readable: { readonly from: <T>(pieces: T) => T } = { from: (pieces) => pieces };

/** Puts the pieces of a text together and reads them. */
export async function* pipeline<T>(
  pieces: AsyncIterable<string>,
  read: (text: string) => Iterable<T>,
): AsyncGenerator<T, void, undefined> {
  let text = "";
  for await (const piece of pieces) text += piece;
  yield* read(text);
}
