import { parseWith, throwIfAny } from "../foundation/index.js";
import { checkConsistency, reported } from "./consistency.js";
import type { Trial } from "./model.js";
import { isGenericTrial, readGenericTrial } from "./genericTrial.js";
import { trialSchema } from "./schema.js";

/**
 * Reads the description of a trial and holds it to its own word: first its shape, then everything across its fields.
 *
 * All faults of the shape come together in one error; so do, once the shape is right, all faults across fields.
 * Amounts become plain decimals ("1E6" becomes "1000000"); nothing else is changed and nothing is filled in. A defined
 * trial passed in again comes out equal.
 *
 * A trial without doses can be stated in short, by `id`, `arms`, `masking` and `participants` ({@link GenericTrial}): it
 * has one randomized part, `main`.
 *
 * @param input - plain data, for example read from YAML; amounts and limits are text
 * @returns the frozen trial
 * @throws AllocellError `trial.invalid` for a wrong shape; otherwise, each where it applies: `trial.id_duplicate`,
 *   `trial.intervention_unknown`, `trial.arm_unknown`, `trial.part_unknown`, `trial.source_unknown`,
 *   `trial.path_unknown`, `trial.provenance_incomplete`, `trial.arm_unused`, `trial.interval_missing`,
 *   `trial.interval_unneeded`, `trial.masking_mismatch`, `trial.open_part_masked`, `trial.parts_exceed_enrolment`,
 *   `trial.criterion_invalid`, `trial.deferred_arm_has_administrations`, `trial.decision_arm_differs`,
 *   `trial.decision_before_data_cut`, `trial.decision_not_followed`, `trial.unit_never_per_kg`
 * @example
 * const data = { id: "DEMO-1", arms: ["active", "placebo"], masking: "double", participants: 60 };
 * defineTrial(data).parts[0].id; // "main"
 */
export function defineTrial(input: unknown): Trial {
  if (isGenericTrial(input)) return readGenericTrial(input);
  const trial = parseWith(trialSchema, input, "trial.invalid", "The trial");
  throwIfAny(
    reported((report) => {
      checkConsistency(trial, report);
    }),
  );
  return trial;
}
