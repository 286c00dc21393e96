import {
  compare,
  decimalText,
  formatCount,
  type Fraction,
  groupThousands,
  halfUp,
  over,
  readFraction,
  roundedText,
  UNIT_KINDS,
  type UnitKind,
} from "../quantity/index.js";
import type { SurfaceOrder } from "../trial/index.js";
import type { ShownCount, ShownRate } from "./model.js";

const HUNDREDTH: Fraction = readFraction("0.01");
const MILLION: Fraction = readFraction("1000000");
const LONGEST = 6;
const ABOUT = "about ";
const READING_PLACES = 4;
const MOST_PLACES = 12;
/** Ends on a 5 within three places: half of a graduation, or of a hundredth. */
const HALF = /\.[0-9]{0,2}5$/u;

/**
 * A number for a worked line: as it is if it ends within 6 places, otherwise "about" half-up to 0.0001.
 *
 * @param about - the word in another language, with its space
 */
export function readable(decimal: string, about: string = ABOUT): string {
  const point = decimal.indexOf(".");
  if (point < 0 || decimal.length - point - 1 <= LONGEST) return groupThousands(decimal);
  // The digit after the last place decides; what follows it changes nothing.
  const at = (places: number): string => roundedText(readFraction(decimal.slice(0, point + places + 2)), places);
  let text = at(READING_PLACES);
  // What was rounded to a half would seem to be rounded the wrong way in the next step: it gets more digits.
  for (let places = READING_PLACES + 1; HALF.test(text) && places <= MOST_PLACES; places += 1) text = at(places);
  return `${about}${groupThousands(text)}`;
}

/** A count with its two texts, in full however long it is. */
export function shownInFull(value: Fraction, unitKind: UnitKind): ShownCount {
  const amount = decimalText(value);
  const { words, digits } = formatCount({ amount, unitKind });
  return Object.freeze({ amount, unitKind, words, digits });
}

/** A count with its two texts; one that does not end within 6 places is shown "about". */
export function shownCount(value: Fraction, unitKind: UnitKind, amount: string = decimalText(value)): ShownCount {
  const unit = UNIT_KINDS[unitKind];
  const digits = `${readable(amount)} ${unit}`;
  const isSmall = compare(value, MILLION) < 0;
  const words = isSmall ? digits : `${readable(decimalText(over(value, MILLION)))} million ${unit}`;
  return Object.freeze({ amount, unitKind, words, digits });
}

/** A quotient per kg for reading: half-up to 0.01 unless it is exact. */
export function shownRate(value: Fraction, unitKind: UnitKind): ShownRate {
  const rounded = halfUp(value, HUNDREDTH);
  const isExact = compare(rounded, value) === 0;
  const { amount, words, digits } = shownCount(rounded, unitKind);
  const said = (text: string): string => `${isExact || text.startsWith(ABOUT) ? "" : ABOUT}${text}/kg`;
  return Object.freeze({ amount, unitKind, words: said(words), digits: said(digits), isExact });
}

/** How a body surface comes about, behind a dose per m². */
export const surfaceText = ({ formula, roundedToM2 }: SurfaceOrder): string =>
  `(body surface by ${formula}, to ${roundedToM2} m²)`;

/** Half-up to 0.01 as text. */
export const hundredths = (value: Fraction): string => roundedText(value, 2);
