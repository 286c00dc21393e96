import { boldTextWidth } from "../page/textWidth.js";

const MM_PER_PT = 25.4 / 72;
/** Fonts differ a little: Helvetica Neue is wider than Arial, and a Chinese letter may be a hair above its square. */
const FONTS_DIFFER = 1.06;

export const mm = (points: number): number => points * MM_PER_PT;

/** Width of bold letters in millimetres, by the widest of the fonts that a label may be printed in. */
export const widthOf = (text: string, points: number): number =>
  mm(boldTextWidth(text.replace(/[\u00A0\u2007\u202F]/gu, " "), points) * FONTS_DIFFER);

/** A space at which no line may end belongs to its word. */
const SPACE = String.raw`[^\S\u00A0\u2007\u202F]`;
const INK = String.raw`(?:\S|[\u00A0\u2007\u202F])`;
/** A Chinese letter with the marks that may not begin a line, or end one. */
const HAN = String.raw`[（《〈「『【“‘]*\p{Script=Han}[，。、；：？！）》〉」』】”’…—·]*`;
const NOT_HAN = String.raw`(?:(?![（《〈「『【“‘]*\p{Script=Han})${INK})`;

const piecesBetween = (marks: string): RegExp =>
  new RegExp(`${HAN}|${NOT_HAN}+?(?:[${marks}]+|(?!${NOT_HAN}))|${SPACE}+`, "gu");

/**
 * Browsers differ in where they break a word: nowhere, behind hyphens, behind slashes, behind both, behind other marks, and
 * around what is no letter of the alphabet.
 */
const KINDS: readonly RegExp[] = [
  new RegExp(`${HAN}|${NOT_HAN}+|${SPACE}+`, "gu"),
  piecesBetween("-–"),
  piecesBetween("/"),
  piecesBetween("-–/"),
  piecesBetween("-–/?!|}…，。、；：？！）"),
  new RegExp(`${HAN}|[\\u{21}-\\u{24F}]+|${INK}[…，。、；：？！）]*|${SPACE}+`, "gu"),
];

/** Lines that pieces take, one after the other: a piece longer than a line is broken within. */
function linesOfPieces(pieces: readonly string[], points: number, width: number): number {
  let lines = 1;
  let used = 0;
  for (const piece of pieces) {
    const own = widthOf(piece, points);
    if (used + own <= width) {
      used += own;
      continue;
    }
    if (piece.trim() === "") continue;
    if (used > 0) lines += 1;
    used = 0;
    for (const letter of piece) {
      const step = widthOf(letter, points);
      if (used + step > width && used > 0) {
        lines += 1;
        used = 0;
      }
      used += step;
    }
  }
  return lines;
}

/**
 * How many lines a text takes at most. A browser that breaks at a hyphen may need more lines than one that does not, or
 * fewer: the most of all ways counts.
 */
export function linesOf(text: string, points: number, width: number): number {
  return Math.max(...KINDS.map((kind) => linesOfPieces(text.match(kind) ?? [], points, width)));
}
