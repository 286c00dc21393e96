import { describe, expect, it } from "vitest";
import { AllocellError, keysOfPath } from "../../src/foundation/index.js";
import { closeAssumptions, type AssumptionInputs, type ClosingContext, type Trial } from "../../src/trial/index.js";
import { TRIALS } from "../../src/trials/index.js";

/** Every use that a question names, for each arm in each part. */
function contextsOf({ arms, parts, assumptions }: Trial): readonly ClosingContext[] {
  const uses = [...new Set(assumptions.flatMap(({ neededFor }) => neededFor))];
  return uses.flatMap((use) => parts.flatMap(({ id: part }) => arms.map(({ id: arm }) => ({ use, arm, part }))));
}

function missingKeys(trial: Trial, inputs: AssumptionInputs, context: ClosingContext): readonly string[] {
  try {
    closeAssumptions(trial, inputs, context);
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    expect(new Set(error.issues.map(({ code }) => code))).toEqual(new Set(["trial.assumption_missing"]));
    return error.issues.map(({ path }) => keysOfPath(path)[1] ?? "");
  }
}

describe.each(TRIALS.map((trial) => [trial.id, trial] as const))(
  "the open questions of %s",
  { tags: ["TRIAL-002"] },
  (_, trial) => {
    const keys = trial.assumptions.map(({ key }) => key);

    it("are all asked for where nothing is answered, in every use, and no answer is in the trial", () => {
      for (const context of contextsOf(trial)) {
        const missing = missingKeys(trial, {}, context);
        expect(new Set(missing).size, JSON.stringify(context)).toBe(missing.length);
        for (const key of missing) expect(keys).toContain(key);
      }
      for (const question of trial.assumptions) expect(question).not.toHaveProperty("value");
    });

    it("are each asked for by some use", () => {
      const asked = new Set(contextsOf(trial).flatMap((context) => missingKeys(trial, {}, context)));
      expect(keys.filter((key) => !asked.has(key))).toEqual([]);
    });
  },
);
