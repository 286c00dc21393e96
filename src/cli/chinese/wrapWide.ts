import { widthOf } from "../textTable.js";

/** What may not begin a line, and what may not end one. */
const CLOSING = /^[，。；：、！？）》”’】］％…]/u;
const OPENING = /[（《“‘【［]$/u;

/** Words of letters that stand together, single Chinese characters, and spaces; signs stay with what they belong to. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const piece of text.match(/ +|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+|./gsu) ?? []) {
    const last = pieces.at(-1);
    const isOfLast = last !== undefined && (CLOSING.test(piece) || OPENING.test(last));
    if (isOfLast) pieces[pieces.length - 1] = `${last}${piece}`;
    else pieces.push(piece);
  }
  return pieces;
}

/** Breaks Chinese text between characters and at spaces, by the places that it takes in a terminal; later lines stand under the first. */
export function wrapWide(text: string, first: string, columns = 80): readonly string[] {
  const indent = " ".repeat(widthOf(first));
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const piece of piecesOf(text)) {
    if (!isEmpty && widthOf(line) + widthOf(piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = indent;
      isEmpty = true;
    }
    if (isEmpty && /^ +$/u.test(piece)) continue;
    line += piece;
    isEmpty = false;
  }
  return [...lines, line.trimEnd()];
}
