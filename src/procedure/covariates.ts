import { describeReceived, fail } from "../foundation/index.js";
import { wholeNumber } from "./checkOptions.js";
import type { Urn } from "./urn.js";

/** A participant's covariates: the index of the level, from 0, one entry a factor in declared order. */
export type Profile = readonly number[];

/** One prognostic factor of a dynamic procedure. Its labels live with the trial; here levels are indexes. */
export interface CovariateFactor {
  /** How many levels it has, a whole number from 1 to 1000. */
  readonly levels: number;
}

/** A dynamic procedure: its state is a list of whole numbers, to which a participant is added. */
export interface CovariateUrn extends Urn<readonly number[], Profile> {
  /** Adds a participant to a state that the caller owns: the change that `after` makes in a frozen copy. */
  add(state: number[], arm: number, profile: Profile): void;
}

/** The urn of which it is said how a participant is added to its state. */
export function covariateUrn(own: Omit<CovariateUrn, "after">): CovariateUrn {
  return {
    ...own,
    after: (state, arm, profile) => {
      const next = [...state]; // slice() copies a frozen list twenty times slower
      own.add(next, arm, profile);
      return Object.freeze(next);
    },
  };
}

const MOST_FACTORS = 50;

/**
 * Checks the factors and returns where each one's levels begin when all levels are laid out in order.
 *
 * @returns one offset a factor, then the number of all levels
 * @throws AllocellError `procedure.factors_invalid`, `procedure.parameter_out_of_range`
 */
export function levelOffsets(factors: readonly CovariateFactor[]): readonly number[] {
  if (factors.length < 1 || factors.length > MOST_FACTORS) {
    fail("procedure.factors_invalid", "factors", "A dynamic procedure needs at least one covariate.", {
      expected: `1 to ${MOST_FACTORS} factors`,
      received: `${factors.length} factors`,
    });
  }
  const offsets = [0];
  factors.forEach((factor, i) => {
    offsets.push((offsets[i] as number) + wholeNumber(factor.levels, `factors.${i}.levels`, 1, 1000));
  });
  return Object.freeze(offsets);
}

/**
 * Refuses a participant whose covariates are not all known: nothing is assigned by guessing a level.
 *
 * @throws AllocellError `procedure.covariate_missing`, `procedure.covariate_level_unknown`, `procedure.covariate_unknown`
 */
export function checkProfile(profile: Profile, offsets: readonly number[]): void {
  const factors = offsets.length - 1;
  const given = (profile as Profile | undefined)?.length ?? 0;
  if (given > factors) {
    fail("procedure.covariate_unknown", `profile.${factors}`, "The participant has more covariates than the plan.", {
      expected: `${factors} levels`,
      received: `${given} levels`,
    });
  }
  for (let i = 0; i < factors; i += 1) {
    const level = i < given ? profile[i] : undefined;
    const levels = (offsets[i + 1] as number) - (offsets[i] as number);
    if (typeof level !== "number") {
      fail("procedure.covariate_missing", `profile.${i}`, "The participant's level of a covariate is missing.", {
        expected: `a whole number from 0 to ${levels - 1}`,
        received: describeReceived(level),
      });
    }
    if (!Number.isInteger(level) || level < 0 || level >= levels) {
      fail("procedure.covariate_level_unknown", `profile.${i}`, "The participant's covariate has no such level.", {
        expected: `a whole number from 0 to ${levels - 1}`,
        received: describeReceived(level),
      });
    }
  }
}

/**
 * Refuses an arm that the procedure does not have.
 *
 * @throws AllocellError `procedure.arm_unknown`
 */
export function checkArm(arm: number, arms: number): void {
  if (!Number.isInteger(arm) || arm < 0 || arm >= arms) {
    fail("procedure.arm_unknown", "arm", "An arm is named by its index.", {
      expected: `a whole number from 0 to ${arms - 1}`,
      received: describeReceived(arm),
    });
  }
}
