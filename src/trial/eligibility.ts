import { requireTrial } from "./requireTrial.js";
import * as z from "zod/mini";
import {
  AllocellError,
  deepFreeze,
  describeReceived,
  fail,
  type Issue,
  parseWith,
  throwIfAny,
} from "../foundation/index.js";
import { compare, parsePositiveDecimal, readFraction } from "../quantity/index.js";
import {
  type BodyMassIndex,
  compareBodyMassIndex,
  computeBodyMassIndex,
  toBodyMassIndexText,
} from "./bodyMassIndex.js";
import type { NumericCriterion, Sex, Trial } from "./model.js";

/** What is known of a participant; a field that is left out is not assessed. Numbers are decimal text. */
export interface ParticipantFacts {
  /** Completed years, a whole number >= 0: who is 65 and eleven months old is "65". */
  readonly ageYears?: string;
  readonly weightKg?: string;
  readonly heightCm?: string;
  /** kg/m²; taken as given. Left out, it is computed exactly from weight and height where both are there. */
  readonly bmi?: string;
  readonly sex?: Sex;
}

/** The one criterion that is no number: a trial for one sex. */
export interface SexCriterion {
  readonly id: "sex";
  readonly measure: "sex";
  readonly sex: Sex;
}

/** How one criterion in numbers turned out for a participant. */
export interface CriterionResult {
  readonly criterion: NumericCriterion | SexCriterion;
  readonly result: "met" | "not-met" | "not-assessed";
  /** What was compared, with its unit; of a computed body-mass index, that it was computed. */
  readonly received?: string;
}

/** What the criteria in numbers say of a participant, and which criteria a person has yet to read. */
export interface EligibilityCheck {
  /** `eligible-by-numbers` says nothing about `toRead`, which a person has to decide. */
  readonly verdict: "eligible-by-numbers" | "not-eligible" | "incomplete";
  readonly criteria: readonly CriterionResult[];
  readonly toRead: readonly { readonly kind: "inclusion" | "exclusion"; readonly text: string }[];
}

// Here a field may also be present and undefined, as callers without strict types write it.
const text = z.optional(z.string("must be text"));
const factsShape = z.strictObject({
  ageYears: text,
  weightKg: text,
  heightCm: text,
  bmi: text,
  sex: z.optional(z.enum(["female", "male"], 'must be "female" or "male"')),
});
type Facts = z.infer<typeof factsShape>;

interface Reading {
  readonly received: string;
  readonly compare: (limit: string) => -1 | 0 | 1;
}

type Readings = Readonly<Partial<Record<NumericCriterion["measure"], Reading>>>;

function readAge(text: string): string {
  if (/^(0|[1-9]\d{0,2})$/.test(text)) return text;
  return fail("trial.facts_invalid", "ageYears", "The age must be in completed years, a whole number such as 42.", {
    expected: "completed years, a whole number",
    received: describeReceived(text),
  });
}

function ofIndex(index: BodyMassIndex, weightKg: string, heightCm: string): Reading {
  const received = `${toBodyMassIndexText(index)} kg/m2, computed from ${weightKg} kg and ${heightCm} cm`;
  return { received, compare: (limit) => compareBodyMassIndex(index, limit) };
}

const compareTexts = (a: string, b: string): -1 | 0 | 1 => compare(readFraction(a), readFraction(b));

function read(facts: Facts): Readings {
  const issues: Issue[] = [];
  const attempt = (text: string | undefined, path: string, parse: (text: string) => string): string | undefined => {
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      for (const { message, expected, received } of error.issues) {
        issues.push({
          ...{ code: "trial.facts_invalid", path, message },
          ...(expected === undefined ? {} : { expected }),
          ...(received === undefined ? {} : { received }),
        });
      }
      return undefined;
    }
  };
  const decimal = (path: "weightKg" | "heightCm" | "bmi"): string | undefined =>
    attempt(facts[path], path, (text) => parsePositiveDecimal(text, path));
  const age = attempt(facts.ageYears, "ageYears", readAge);
  const [weight, height, bmi] = [decimal("weightKg"), decimal("heightCm"), decimal("bmi")];
  throwIfAny(issues);
  return {
    ...(age !== undefined && { age: { received: `${age} years`, compare: (limit) => compareTexts(age, limit) } }),
    ...(weight !== undefined && {
      weight: { received: `${weight} kg`, compare: (limit) => compareTexts(weight, limit) },
    }),
    ...(bmi !== undefined
      ? { bmi: { received: `${bmi} kg/m2`, compare: (limit) => compareTexts(bmi, limit) } }
      : weight !== undefined &&
        height !== undefined && { bmi: ofIndex(computeBodyMassIndex(weight, height), weight, height) }),
  };
}

function assess(criterion: NumericCriterion, readings: Readings): CriterionResult {
  const reading = readings[criterion.measure];
  if (reading === undefined) return { criterion, result: "not-assessed" };
  const { minimum, maximum } = criterion;
  const low = minimum === undefined ? 1 : reading.compare(minimum);
  const high = maximum === undefined ? -1 : reading.compare(maximum);
  const met =
    (low > 0 || (low === 0 && criterion.minimumExcluded !== true)) &&
    (high < 0 || (high === 0 && criterion.maximumExcluded !== true));
  return { criterion, result: met ? "met" : "not-met", received: reading.received };
}

/**
 * Compares a participant with the numeric limits of a trial, and with its sex if the trial is for one.
 *
 * Every limit has to hold: where two sources state different limits, that means both. Comparison is exact. The criteria
 * in words are handed back to be read; no verdict speaks of them.
 *
 * @param participant - age in completed years, weight in kg, height in cm, body-mass index in kg/m², sex
 * @returns frozen; `not-eligible` if a criterion is not met, else `incomplete` if one is not assessed
 * @throws AllocellError `trial.facts_invalid`, one issue a fact that cannot be read
 * @example
 * checkEligibility(uc, { ageYears: "40", weightKg: "39.9" }).verdict; // "not-eligible": the minimum is 40 kg
 */
export function checkEligibility(trial: Trial, participant: ParticipantFacts): EligibilityCheck {
  requireTrial(trial);
  const facts = parseWith(factsShape, participant, "trial.facts_invalid", "The participant");
  const readings = read(facts);
  const { numeric, sex, inclusion, exclusion } = trial.eligibility;
  const criteria = numeric.map((criterion) => assess(criterion, readings));
  if (sex !== "all") {
    const criterion: SexCriterion = { id: "sex", measure: "sex", sex };
    if (facts.sex === undefined) criteria.push({ criterion, result: "not-assessed" });
    else criteria.push({ criterion, result: facts.sex === sex ? "met" : "not-met", received: facts.sex });
  }
  const has = (result: CriterionResult["result"]): boolean => criteria.some((one) => one.result === result);
  return deepFreeze({
    verdict: has("not-met") ? "not-eligible" : has("not-assessed") ? "incomplete" : "eligible-by-numbers",
    criteria,
    toRead: [
      ...inclusion.map((text) => ({ kind: "inclusion" as const, text })),
      ...exclusion.map((text) => ({ kind: "exclusion" as const, text })),
    ],
  });
}
