/**
 * Exact fractions of whole numbers for the second program. Nothing is rounded unless a function says so.
 * Written for the comparison with the package and shared with nothing in it.
 */
export interface Fraction {
  readonly top: bigint;
  /** Above zero. */
  readonly bottom: bigint;
}

/** Most numbers fit into a double, which divides faster than whole numbers of any size. */
const FITS = BigInt(Number.MAX_SAFE_INTEGER);

const greatestDivisor = (one: bigint, other: bigint): bigint => {
  let [a, b] = [one < 0n ? -one : one, other];
  while (b !== 0n && (a > FITS || b > FITS)) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let [c, d] = [Number(a), Number(b)];
  while (d !== 0) [c, d] = [d, c % d];
  return BigInt(c);
};

export const over = (top: bigint, bottom: bigint): Fraction => {
  if (bottom === 1n) return { top, bottom };
  const sign = bottom < 0n ? -1n : 1n;
  const divisor = greatestDivisor(top, sign * bottom);
  return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
};

export const whole = (value: number | bigint): Fraction => ({ top: BigInt(value), bottom: 1n });

/** "1.5E6" and "-0.25" as fractions. The orders made here use no other notation. */
export const read = (text: string): Fraction => {
  if (/^\d+$/.test(text)) return whole(BigInt(text));
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E(\d+))?$/.exec(text);
  if (match === null) throw new Error(`the second program cannot read "${text}"`);
  const places = match[3] ?? "";
  const digits = BigInt(`${match[1] ?? ""}${match[2] ?? ""}${places}`);
  return over(digits * 10n ** BigInt(match[4] ?? "0"), 10n ** BigInt(places.length));
};

export const plus = (a: Fraction, b: Fraction): Fraction =>
  over(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom });
export const times = (...all: readonly Fraction[]): Fraction => {
  let [top, bottom] = [1n, 1n];
  for (const factor of all) [top, bottom] = [top * factor.top, bottom * factor.bottom];
  return over(top, bottom);
};
export const divided = (a: Fraction, b: Fraction): Fraction => over(a.top * b.bottom, a.bottom * b.top);
export const sumOf = (all: readonly Fraction[]): Fraction => all.reduce(plus, whole(0));
export const size = (a: Fraction): Fraction => (a.top < 0n ? { top: -a.top, bottom: a.bottom } : a);

/** Below zero, zero or above zero, as a is below, at or above b. */
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const isAbove = (a: Fraction, b: Fraction): boolean => compare(a, b) > 0;
export const isBelow = (a: Fraction, b: Fraction): boolean => compare(a, b) < 0;
export const isSame = (a: Fraction, b: Fraction): boolean => compare(a, b) === 0;

export const floor = (a: Fraction): bigint => {
  const cut = a.top / a.bottom;
  return a.top < 0n && cut * a.bottom !== a.top ? cut - 1n : cut;
};
export const ceiling = (a: Fraction): bigint => -floor({ top: -a.top, bottom: a.bottom });

/** floor(x / step) × step. */
export const downTo = (a: Fraction, step: Fraction): Fraction => times(whole(floor(divided(a, step))), step);

/** floor(x / step + 1/2) × step for x >= 0; below zero the same of its size, with the sign: half away from zero. */
export const halfUpTo = (a: Fraction, step: Fraction): Fraction => {
  const rounded = downTo(plus(size(a), divided(step, whole(2))), step);
  return a.top < 0n ? minus(whole(0), rounded) : rounded;
};

const endsInDecimals = (a: Fraction): number | undefined => {
  let [rest, twos, fives] = [a.bottom, 0, 0];
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  return rest === 1n ? Math.max(twos, fives) : undefined;
};

const digitsWithPlaces = (value: bigint, places: number): string => {
  const sign = value < 0n ? "-" : "";
  const digits = `${sign === "" ? value : -value}`.padStart(places + 1, "0");
  const cut = digits.length - places;
  const decimals = digits.slice(cut).replace(/0+$/, "");
  return `${sign}${digits.slice(0, cut)}${decimals === "" ? "" : `.${decimals}`}`;
};

/** Plain decimal text; a value that does not end has 40 significant digits, half-up in the last. */
export const write = (a: Fraction): string => {
  const ends = endsInDecimals(a);
  if (ends !== undefined) return digitsWithPlaces((a.top * 10n ** BigInt(ends)) / a.bottom, ends);
  const scaled = size(a);
  // places such that the whole part of value × 10^places has 40 digits
  let places = 40 - `${scaled.top / scaled.bottom}`.length;
  if (scaled.top < scaled.bottom) {
    places = 40;
    while (scaled.top * 10n ** BigInt(places) < scaled.bottom * 10n ** 39n) places += 1;
  }
  const rounded = halfUpTo(times(scaled, whole(10n ** BigInt(places))), whole(1)).top;
  return digitsWithPlaces(a.top < 0n ? -rounded : rounded, places);
};

/** A value shown to a reader: half away from zero to the given step. */
export const show = (a: Fraction, step = "0.01"): string => write(halfUpTo(a, read(step)));

/** Text that an order may hold: at most 15 significant digits and 15 places; undefined where it has more. */
export const writeAsInput = (a: Fraction): string | undefined => {
  const ends = endsInDecimals(a);
  if (ends === undefined || ends > 15 || a.top <= 0n) return undefined;
  const text = write(a);
  const significant = text.replace(".", "").replace(/^0+/, "");
  return significant.length > 15 ? undefined : text;
};
