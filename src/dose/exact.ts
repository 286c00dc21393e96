/**
 * An exact number: top / bottom, bottom > 0, in no lowest terms.
 *
 * The chain multiplies and divides without ever rounding an intermediate, and a rounding looks at the fraction itself,
 * so `ceiling` and `halfUp` are right for every input. Text is decimal, as everywhere in this package.
 */
export interface Exact {
  readonly top: bigint;
  readonly bottom: bigint;
  /** Its {@link decimalOf}, once that is known; always there, so that all fractions are of one shape to the engine. */
  text: string | undefined;
}

const DIGITS = 40;
const ZERO_DIGIT = 48;
const SHORT_PLACES = 6;
const SHORT_SCALE = 10n ** 6n;
const SHORT_LIMIT = 10n ** 40n;
const POWERS: readonly bigint[] = Array.from({ length: 121 }, (_, power) => 10n ** BigInt(power));

const powerOfTen = (power: number): bigint => POWERS[power] ?? 10n ** BigInt(power);

const fraction = (top: bigint, bottom: bigint): Exact => ({ top, bottom, text: undefined });

/** The same texts are read again and again: of an order in each of its steps, of a batch in each of its rows. */
const READ = new Map<string, Exact>();
const MOST_READ = 1_024;

/** Reads plain decimal text that was checked before. */
export function exact(decimal: string): Exact {
  const known = READ.get(decimal);
  if (known !== undefined) return known;
  if (READ.size >= MOST_READ) READ.clear();
  const read = readDecimal(decimal);
  READ.set(decimal, read);
  return read;
}

function readDecimal(decimal: string): Exact {
  const point = decimal.indexOf(".");
  if (point < 0) return { top: BigInt(decimal), bottom: 1n, text: decimal };
  const places = decimal.length - point - 1;
  return { top: BigInt(decimal.slice(0, point) + decimal.slice(point + 1)), bottom: powerOfTen(places), text: decimal };
}

/** A whole number of things, such as containers. */
export const whole = (count: number): Exact => fraction(BigInt(count), 1n);

export const ZERO: Exact = exact("0");
export const ONE: Exact = exact("1");
export const HUNDRED: Exact = exact("100");

export const times = (a: Exact, b: Exact): Exact => fraction(a.top * b.top, a.bottom * b.bottom);

export function plus(a: Exact, b: Exact): Exact {
  if (a.bottom === b.bottom) return fraction(a.top + b.top, a.bottom);
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

export const minus = (a: Exact, b: Exact): Exact => plus(a, negated(b));

const negated = (a: Exact): Exact => fraction(-a.top, a.bottom);

/** a / b; b is not 0. */
export function over(a: Exact, b: Exact): Exact {
  const [top, bottom] = [a.top * b.bottom, a.bottom * b.top];
  return bottom < 0n ? fraction(-top, -bottom) : fraction(top, bottom);
}

/** Negative, 0 or positive, as a - b is. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Negative, 0 or positive, as a is. */
export const sign = ({ top }: Exact): number => (top < 0n ? -1 : top > 0n ? 1 : 0);

export const absolute = (a: Exact): Exact => (a.top < 0n ? negated(a) : a);

export const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b);

/** The largest whole number <= a, for a >= 0. */
export const floor = (a: Exact): Exact => fraction(a.top / a.bottom, 1n);

/** The smallest whole number >= a, for a >= 0. */
export const ceiling = (a: Exact): Exact => fraction((a.top + a.bottom - 1n) / a.bottom, 1n);

/** The multiple of `step` nearest to a, a tie away from zero. */
export function halfUp(a: Exact, step: Exact): Exact {
  const { top, bottom } = over(a, step);
  const size = top < 0n ? -top : top;
  const steps = (2n * size + bottom) / (2n * bottom);
  return times(fraction(top < 0n ? -steps : steps, 1n), step);
}

/** The largest multiple of `step` that is not above a, for a >= 0. */
export const floorTo = (a: Exact, step: Exact): Exact => times(floor(over(a, step)), step);

/** A whole number, such as {@link ceiling} gives, as a JavaScript number. */
export const toCount = (a: Exact): number => Number(a.top / a.bottom);

/** Decimal text: exact if it ends within 40 significant digits, otherwise half-up in the 40th. */
export function decimalOf(value: Exact): string {
  return (value.text ??= writeDecimal(value));
}

/** Decimal text of the multiple of 10^-`places` nearest to the value, a tie away from zero. */
export function roundedTo(places: number, { top, bottom }: Exact): string {
  const size = top < 0n ? -top : top;
  return withPoint(top < 0n, (2n * size * powerOfTen(places) + bottom) / (2n * bottom), places);
}

function writeDecimal(value: Exact): string {
  const { top, bottom } = value;
  if (bottom === 1n) return top.toString();
  const size = top < 0n ? -top : top;
  const scaled = size * SHORT_SCALE;
  const short = scaled / bottom;
  // Most values end soon: no 40 digits need be made of them.
  if (short * bottom === scaled && short < SHORT_LIMIT) return withPoint(top < 0n, short, SHORT_PLACES);
  // Digits before the point, or minus the zeros after it, so that 40 significant ones are kept.
  const wholes = size / bottom;
  let lead = wholes === 0n ? 0 : wholes.toString().length;
  if (wholes === 0n) for (let tenfold = size * 10n; tenfold < bottom; tenfold *= 10n) lead -= 1;
  return roundedTo(Math.max(DIGITS - lead, 0), value);
}

/** `digits` × 10^-`places` without zeros at the end of the fraction. */
function withPoint(isNegative: boolean, digits: bigint, places: number): string {
  const text = digits.toString().padStart(places + 1, "0");
  const point = text.length - places;
  let end = text.length;
  while (end > point && text.charCodeAt(end - 1) === ZERO_DIGIT) end -= 1;
  const decimal = end === point ? text.slice(0, point) : `${text.slice(0, point)}.${text.slice(point, end)}`;
  return isNegative && digits > 0n ? `-${decimal}` : decimal;
}
