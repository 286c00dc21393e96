/**
 * An exact number: top / bottom, bottom > 0, in no lowest terms.
 *
 * The chain multiplies and divides without ever rounding an intermediate, and a rounding looks at the fraction itself,
 * so `ceiling` and `halfUp` are right for every input. Text is decimal, as everywhere in this package.
 */
export interface Exact {
  readonly top: bigint;
  readonly bottom: bigint;
  /** Its {@link decimalOf}, once that is known. */
  text?: string;
}

const DIGITS = 40;
const SHORT_PLACES = 6;
const SHORT_SCALE = 10n ** 6n;
const SHORT_LIMIT = 10n ** 40n;
const POWERS: readonly bigint[] = Array.from({ length: 121 }, (_, power) => 10n ** BigInt(power));

const powerOfTen = (power: number): bigint => POWERS[power] ?? 10n ** BigInt(power);

/** Reads plain decimal text that was checked before. */
export function exact(decimal: string): Exact {
  const point = decimal.indexOf(".");
  if (point < 0) return { top: BigInt(decimal), bottom: 1n, text: decimal };
  const places = decimal.length - point - 1;
  return { top: BigInt(decimal.slice(0, point) + decimal.slice(point + 1)), bottom: powerOfTen(places), text: decimal };
}

export const ZERO: Exact = exact("0");
export const ONE: Exact = exact("1");
export const HUNDRED: Exact = exact("100");

export const times = (a: Exact, b: Exact): Exact => ({ top: a.top * b.top, bottom: a.bottom * b.bottom });

export function plus(a: Exact, b: Exact): Exact {
  if (a.bottom === b.bottom) return { top: a.top + b.top, bottom: a.bottom };
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

export const minus = (a: Exact, b: Exact): Exact => plus(a, { top: -b.top, bottom: b.bottom });

/** a / b; b is not 0. */
export function over(a: Exact, b: Exact): Exact {
  const [top, bottom] = [a.top * b.bottom, a.bottom * b.top];
  return bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom };
}

/** Negative, 0 or positive, as a - b is. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b);

/** The largest whole number <= a, for a >= 0. */
export const floor = (a: Exact): Exact => ({ top: a.top / a.bottom, bottom: 1n });

/** The smallest whole number >= a, for a >= 0. */
export const ceiling = (a: Exact): Exact => ({ top: (a.top + a.bottom - 1n) / a.bottom, bottom: 1n });

/** The multiple of `step` nearest to a, a tie away from zero. */
export function halfUp(a: Exact, step: Exact): Exact {
  const { top, bottom } = over(a, step);
  const size = top < 0n ? -top : top;
  const steps = (2n * size + bottom) / (2n * bottom);
  return times({ top: top < 0n ? -steps : steps, bottom: 1n }, step);
}

/** The largest multiple of `step` that is not above a, for a >= 0. */
export const floorTo = (a: Exact, step: Exact): Exact => times(floor(over(a, step)), step);

/** Decimal text: exact if it ends within 40 significant digits, otherwise half-up in the 40th. */
export function decimalOf(value: Exact): string {
  return (value.text ??= writeDecimal(value));
}

function writeDecimal({ top, bottom }: Exact): string {
  if (top === 0n) return "0";
  const isNegative = top < 0n;
  const size = isNegative ? -top : top;
  let places: number;
  let whole: bigint;
  const quotient = size / bottom;
  const scaled = size * SHORT_SCALE;
  const short = scaled / bottom;
  if (quotient * bottom === size) {
    places = 0;
    whole = quotient;
  } else if (short * bottom === scaled && short < SHORT_LIMIT) {
    // Most values end soon: no 40 digits need be made of them.
    places = SHORT_PLACES;
    whole = short;
  } else {
    // Digits before the point, or minus the zeros after it, so that 40 significant ones are kept.
    let lead = quotient === 0n ? 0 : quotient.toString().length;
    if (quotient === 0n) for (let scaled = size * 10n; scaled < bottom; scaled *= 10n) lead -= 1;
    places = DIGITS - lead;
    const scale = powerOfTen(Math.max(places, 0));
    whole = (2n * size * scale + bottom) / (2n * bottom);
  }
  const digits = whole.toString();
  let text = digits;
  if (places > 0) {
    const padded = digits.padStart(places + 1, "0");
    let end = padded.length;
    const point = padded.length - places;
    while (end > point && padded.charCodeAt(end - 1) === 48) end -= 1;
    text = end === point ? padded.slice(0, point) : `${padded.slice(0, point)}.${padded.slice(point, end)}`;
  }
  return isNegative ? `-${text}` : text;
}
