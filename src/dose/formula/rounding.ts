/** The rules of rounding that formulas have, in English. */
export const ROUNDINGS = {
  none: "none",
  reading: "half-up to 0.01, for reading only: no later step uses it",
  percent: "half away from zero to 0.01, for reading; the test is exact",
  percentOfClass: "half away from zero to 0.01, for reading; the class is exact",
  fourPlaces: "half-up to 0.0001, for reading; the test is exact",
  up: "up to a whole number",
  down: "down to a whole number",
  minutesUp: "minutes up to a whole one",
} as const;

/** A rule with a number of the order or the product, or what followed from it. */
const STATED = {
  halfUp: "half-up to {to}",
  weightHalfUp: "weight half-up to {to}",
  oneLess: "then one graduation less because the cap or maximum would be crossed",
  oneMore: "then one graduation more because the dose would fall below the minimum",
} as const;

/** A part of how a step is rounded: the key of a text, and what is put into it. */
export type RoundingPart =
  | { readonly key: keyof typeof ROUNDINGS | "oneLess" | "oneMore" }
  | { readonly key: "halfUp" | "weightHalfUp"; readonly to: string };

/** The texts of a language by the key of a part; `{to}` is the place of its number with its unit. */
export interface RoundingTexts {
  readonly texts: Readonly<Record<RoundingPart["key"], string>>;
  /** Between two parts. */
  readonly between: string;
}

const ENGLISH: RoundingTexts = { texts: { ...ROUNDINGS, ...STATED }, between: ", " };

/** How a step is rounded, in the words of a language. */
export const roundingInWords = (rounding: readonly RoundingPart[], words: RoundingTexts = ENGLISH): string =>
  rounding
    .map((part) => words.texts[part.key].replace("{to}", () => ("to" in part ? part.to : "")))
    .join(words.between);
