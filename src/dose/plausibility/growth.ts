import {
  ceiling,
  compare,
  decimalText,
  floorTo,
  type Fraction,
  over,
  readFraction,
  times,
} from "../../quantity/index.js";

/** By what the figures of a growth reference are multiplied to give what is usual; `sources.ts` says which it is. */
export interface GrowthReference {
  readonly low: string;
  readonly high: string;
}

export const WHO: GrowthReference = { low: "1", high: "1" };
export const CDC: GrowthReference = { low: "0.75", high: "1.3" };

/** A weight in kg that a growth reference states at an age in years. */
export interface WeightAtAge {
  readonly years: string;
  readonly low: string;
  readonly high: string;
  readonly reference: GrowthReference;
}

const at = (reference: GrowthReference, years: string, low: string, high: string): WeightAtAge => ({
  years,
  low,
  high,
  reference,
});

/** From birth on; the figures as published. */
export const WEIGHT_AT_AGE: readonly WeightAtAge[] = [
  at(WHO, "0", "2", "5"),
  at(WHO, "0.08", "2.7", "6.6"),
  at(WHO, "0.16", "3.4", "8"),
  at(WHO, "0.25", "4", "9"),
  at(WHO, "0.5", "5", "10.9"),
  at(WHO, "1", "6.2", "13.3"),
  at(WHO, "1.5", "7", "15.3"),
  at(CDC, "2", "9.99", "15.6"),
  at(CDC, "3", "11.39", "18.05"),
  at(CDC, "4", "12.57", "21.29"),
  at(CDC, "5", "14.34", "24.94"),
  at(CDC, "6", "16.01", "28.92"),
  at(CDC, "7", "17.73", "33.37"),
  at(CDC, "8", "19.54", "38.54"),
  at(CDC, "9", "21.59", "44.58"),
  at(CDC, "10", "23.99", "51.43"),
  at(CDC, "11", "26.6", "58.72"),
  at(CDC, "12", "29.47", "65.9"),
  at(CDC, "13", "32.97", "72.38"),
  at(CDC, "14", "36.7", "77.69"),
  at(CDC, "15", "39.59", "83.24"),
  at(CDC, "16", "41.83", "88.95"),
  at(CDC, "17", "43.34", "93.78"),
];

/** From 18 years on. */
export const ADULT: { readonly years: string; readonly minimum: string; readonly maximum: string } = {
  years: "18",
  minimum: "30",
  maximum: "250",
};

/** Usual weights from an age on (least) and up to it (greatest). */
interface Usual {
  readonly years: Fraction;
  readonly minimum: Fraction;
  readonly maximum: Fraction;
}

const TENTH = readFraction("0.1");

/** What is usual at a listed age, to 0.1 kg outwards. */
export const usualAt = ({
  low,
  high,
  reference,
}: WeightAtAge): { readonly minimum: string; readonly maximum: string } => ({
  minimum: decimalText(floorTo(times(readFraction(low), readFraction(reference.low)), TENTH)),
  maximum: decimalText(times(ceiling(over(times(readFraction(high), readFraction(reference.high)), TENTH)), TENTH)),
});

const USUAL: readonly Usual[] = [...WEIGHT_AT_AGE.map((row) => ({ years: row.years, ...usualAt(row) })), ADULT].map(
  ({ years, minimum, maximum }) => ({
    years: readFraction(years),
    minimum: readFraction(minimum),
    maximum: readFraction(maximum),
  }),
);

/** Years of age, both included; of one person both are the same. */
export interface AgeRange {
  readonly from: Fraction;
  readonly to: Fraction;
}

/** The least usual weight of the youngest, and the greatest of the oldest, in kg. Between two listed ages the wider end holds. */
export function usualWeight({ from, to }: AgeRange): { readonly minimum: Fraction; readonly maximum: Fraction } {
  const [youngest, oldest] = [USUAL[0] as Usual, USUAL[USUAL.length - 1] as Usual];
  const least = USUAL.findLast(({ years }) => compare(years, from) <= 0) ?? youngest;
  const greatest = USUAL.find(({ years }) => compare(years, to) >= 0) ?? oldest;
  return { minimum: least.minimum, maximum: greatest.maximum };
}
