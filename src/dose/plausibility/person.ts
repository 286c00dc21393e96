import { throwIfAny, type Issue } from "../../foundation/index.js";
import {
  compare,
  type Fraction,
  fraction,
  over,
  parseDecimalOrZero,
  parsePositiveDecimal,
  readFraction,
  times,
} from "../../quantity/index.js";
import type { NumericCriterion } from "../../trial/index.js";
import { usualWeight, type AgeRange } from "./growth.js";
import { judgePrescribed } from "./hold.js";

const HUNDRED: Fraction = fraction(100);
const OLDEST: Fraction = fraction(120);
const BIRTH: Fraction = fraction(0);

/** Ages as they are stated: of one person, or those that a trial or a product takes. */
export interface StatedAges {
  readonly minimum?: string;
  readonly maximum?: string;
}

/**
 * An age in years as text.
 *
 * @throws AllocellError `dose.impossible_value` above 120 years, and those of a number
 */
export function parseAge(text: unknown, path: string): string {
  const years = parseDecimalOrZero(text, path);
  throwIfAny(judgePrescribed({ row: "age", path, value: readFraction(years) }));
  return years;
}

/**
 * A height in cm as text.
 *
 * @throws AllocellError `dose.impossible_value` for a height that nobody has, and those of a number
 */
export function parseHeightCm(text: unknown, path: string): string {
  const cm = parsePositiveDecimal(text, path);
  const found = judgePrescribed({ row: "height", path, value: readFraction(cm) });
  throwIfAny(found.filter(({ code }) => code === "dose.impossible_value"));
  return cm;
}

/** The ages that a trial takes, over all its criteria of age. */
export function agesOfTrial(criteria: readonly NumericCriterion[]): StatedAges | undefined {
  const ofAge = criteria.filter(({ measure }) => measure === "age");
  if (ofAge.length === 0) return undefined;
  const extreme = (ends: readonly (string | undefined)[], side: 1 | -1): string | undefined =>
    ends.reduce((best, end) =>
      best === undefined || end === undefined || compare(readFraction(end), readFraction(best)) === side ? end : best,
    );
  const minimum = extreme(
    ofAge.map((each) => each.minimum),
    -1,
  );
  const maximum = extreme(
    ofAge.map((each) => each.maximum),
    1,
  );
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

function rangeOf({ minimum, maximum }: StatedAges): AgeRange {
  return {
    from: minimum === undefined ? BIRTH : readFraction(minimum),
    to: maximum === undefined ? OLDEST : readFraction(maximum),
  };
}

/** A weight against the ages that are known; without any, no weight is unusual. */
export function judgeWeight(weightKg: string, path: string, ages: StatedAges | undefined): readonly Issue[] {
  const usual = ages === undefined ? {} : usualWeight(rangeOf(ages));
  return judgePrescribed({ row: "weight", path, value: readFraction(weightKg) }, usual);
}

/** The weight against the height, told at the height. */
export function judgeBodyMass(weightKg: string, heightCm: string, path: string): readonly Issue[] {
  const metres = over(readFraction(heightCm), HUNDRED);
  const value = over(readFraction(weightKg), times(metres, metres));
  return judgePrescribed({ row: "bmi", path, value });
}
