import * as z from "zod/mini";
import { deepFreeze, parseWith, throwIfAny } from "../foundation/index.js";
import { maskingLevelSchema, maskingSchema } from "./armSchema.js";
import { checkMasking, checkUnique, reported } from "./consistency.js";
import type { Masking, Trial } from "./model.js";
import { armIdField, countField, idField, textField } from "./fieldSchema.js";

/** A trial of which only what a randomization list needs is stated: no doses, one randomized part, `main`. @internal */
export const genericTrialSchema: z.ZodMiniType<GenericTrial> = z.strictObject({
  id: idField,
  title: z.exactOptional(textField),
  arms: z
    .union([z.array(armIdField).check(z.minLength(1, "must hold at least one arm")), z.record(armIdField, textField)], {
      error: "must be a list of arm ids, or a map from each id to the name of the arm",
    })
    .check(z.refine((arms) => Object.keys(arms).length > 0, "must hold at least one arm")),
  masking: z.union([maskingLevelSchema, maskingSchema], {
    error: "must be none, single, double, triple or quadruple, or a map with level and who",
  }),
  participants: countField,
});

/** What a trial without doses is stated by. */
export interface GenericTrial {
  readonly id: string;
  /** Absent: the id. */
  readonly title?: string;
  /** Ids, or a map from ids to names. */
  readonly arms: readonly string[] | Readonly<Record<string, string>>;
  readonly masking: Masking["level"] | Masking;
  /** Planned participants, at least 1. */
  readonly participants: number;
}

/** Whether the description of a trial is the short one: only it has `participants`. */
export const isGenericTrial = (input: unknown): boolean =>
  typeof input === "object" && input !== null && !Array.isArray(input) && "participants" in input;

const NOT_STATED = "not stated";

/**
 * The trial that is stated by id, arms, masking and participants alone. It is checked for itself, so that a program
 * which only makes lists does not carry what reads a whole trial.
 *
 * @throws AllocellError `trial.invalid`, `trial.id_duplicate`, `trial.masking_mismatch`
 * @internal
 */
export function readGenericTrial(input: unknown): Trial {
  const stated = parseWith(genericTrialSchema, input, "trial.invalid", "The trial");
  const { id, title = id, participants } = stated;
  const names = Array.isArray(stated.arms)
    ? (stated.arms as readonly string[]).map((arm) => [arm, arm] as const)
    : Object.entries(stated.arms as Readonly<Record<string, string>>);
  const masking = typeof stated.masking === "string" ? { level: stated.masking } : stated.masking;
  throwIfAny(
    reported((report) => {
      checkUnique(
        names.map(([arm]) => arm),
        "arms",
        "id",
        report,
      );
      checkMasking(masking, "masking", report);
    }),
  );
  return deepFreeze<Trial>({
    id,
    title,
    identifiers: [],
    sponsor: { name: NOT_STATED },
    enrolment: { count: participants },
    allocation: "randomized",
    model: "parallel",
    masking,
    conditions: [NOT_STATED],
    interventions: [],
    arms: names.map(([arm, label]) => ({ id: arm, label, interventions: [] })),
    parts: [
      {
        id: GENERIC_PART,
        title: "whole trial",
        kind: "randomized",
        arms: names.map(([arm]) => arm),
        size: participants,
        masking,
      },
    ],
    eligibility: { sex: "all", numeric: [], inclusion: [], exclusion: [] },
    outcomes: [],
    assumptions: [],
    contradictions: [],
    sources: [{ id: "statement", kind: "protocol", citation: "as stated by whoever wrote the plan" }],
    provenance: { "": "statement" },
  });
}

/** The one part of a trial that is stated in short. */
export const GENERIC_PART = "main";
