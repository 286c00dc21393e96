// A strict consumer that uses the package as a program would; it is compiled, not run.
import { AllocellError, generateList, Seed, toBlindedCsv, type BlindedList, type Issue } from "allocell";
import { prescribe, type Prescription } from "allocell/dose";
import { sle, uc } from "allocell/trials";

export function blindedListOf(plan: unknown): BlindedList {
  return generateList({ plan, trial: uc, seed: Seed.test("types") }).blinded();
}

export function targetOf(weightKg: string): string | readonly Issue[] {
  try {
    const prescription: Prescription = prescribe({ trial: sle, arm: "low", weightKg, assumptions: {} });
    return prescription.target.digits;
  } catch (error) {
    if (AllocellError.is(error)) return error.issues;
    throw error;
  }
}

export const lines: Iterable<string> = toBlindedCsv(blindedListOf({}));

// @ts-expect-error -- a blinded list has no arms
export const arm: unknown = blindedListOf({}).arms;
