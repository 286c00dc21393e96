interface Scaled {
  readonly digits: bigint;
  /** Number of decimal places. */
  readonly places: number;
}

function scaled(decimal: string): Scaled {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

/** A body-mass index as the exact fraction `numerator / denominator` of whole numbers, in kg/m². */
export interface BodyMassIndex {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** weightKg / (heightCm / 100)², exact; both canonical plain decimals > 0. */
export function computeBodyMassIndex(weightKg: string, heightCm: string): BodyMassIndex {
  const weight = scaled(weightKg);
  const height = scaled(heightCm);
  return {
    numerator: weight.digits * 10n ** BigInt(4 + 2 * height.places),
    denominator: height.digits ** 2n * 10n ** BigInt(weight.places),
  };
}

/** -1, 0 or 1 as the index is below, at or above a limit (a canonical plain decimal, kg/m²); no rounding. */
export function compareBodyMassIndex(index: BodyMassIndex, limit: string): -1 | 0 | 1 {
  const { digits, places } = scaled(limit);
  const left = index.numerator * 10n ** BigInt(places);
  const right = digits * index.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** For display: two decimal places, half rounded up, with "about" where that is not the exact value. */
export function toBodyMassIndexText(index: BodyMassIndex): string {
  const hundredths = (index.numerator * 200n + index.denominator) / (index.denominator * 2n);
  const text = `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`.replace(/\.?0+$/, "");
  return index.numerator * 100n === hundredths * index.denominator ? text : `about ${text}`;
}
