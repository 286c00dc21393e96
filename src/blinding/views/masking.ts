import { deepFreeze, describeReceived, fail, pathTo } from "../../foundation/index.js";
import {
  closeAssumptions,
  requirePart,
  type AssumptionInputs,
  type ClosedAssumption,
  type MaskedRole,
  type MaskingLevel,
  type Trial,
} from "../../trial/index.js";

/** People who are named by `masking.unblindedRoles`. The statistician of the list keeps it and is always unblinded. */
export type UnblindedRole = "statistician" | "pharmacy" | "committee" | "sponsor";

/** Who is masked in one part of a trial. */
export interface PartMasking {
  readonly part: string;
  readonly level: MaskingLevel;
  /** In the order of the registry's roles; empty in an open part. */
  readonly masked: readonly MaskedRole[];
  /** People without a masked role who nevertheless know treatments; all of them in an open part. */
  readonly unblinded: readonly UnblindedRole[];
  /** The answers of the trial's assumptions that this rests on. */
  readonly assumptions: readonly ClosedAssumption[];
}

const MASKED: readonly MaskedRole[] = ["participant", "care-provider", "investigator", "outcomes-assessor"];
const UNBLINDED: readonly UnblindedRole[] = ["statistician", "pharmacy", "committee", "sponsor"];
const COUNT: Readonly<Record<MaskingLevel, number>> = { none: 0, single: 1, double: 2, triple: 3, quadruple: 4 };

/**
 * Who is masked in a part, by its own masking and not by that of the trial: an open part may stand beside a masked one.
 *
 * Where the record names the level only, the assumptions's `masking.roles` says who; who is unblinded, its
 * `masking.unblindedRoles`. Both are names joined by commas. No level is ever turned into roles.
 *
 * @throws AllocellError `blinding.masked_roles_unstated`, `blinding.unblinded_roles_unstated` (neither the record nor a
 *   line of the assumptions say it), `blinding.roles_unreadable`, `blinding.roles_mismatch` (not as many roles as the level
 *   has); `trial.part_unknown`, `trial.assumption_missing` and its kin for every question that the blinding waits for
 * @example
 * maskingOf(t1d, "open", {}).masked; // []
 */
export function maskingOf(trial: Trial, partId: string, inputs: AssumptionInputs): PartMasking {
  const { id, masking } = requirePart(trial, partId);
  const { level, who } = masking;
  if (level === "none") {
    return deepFreeze({ part: id, level, masked: [], unblinded: [...UNBLINDED], assumptions: [] });
  }
  const assumptions = closeAssumptions(trial, inputs, { use: "blinding", part: id });
  const answer = (key: string): string | undefined => assumptions.find((line) => line.key === key)?.value;
  const stated = answer("masking.roles");
  const masked = who ?? (stated === undefined ? undefined : readRoles(stated, MASKED, "masking.roles"));
  if (masked === undefined) {
    return fail(
      "blinding.masked_roles_unstated",
      pathTo("parts", id, "masking", "who"),
      `Nothing says who is masked in part "${id}".`,
      {
        expected: "roles in the trial's record, or a line masking.roles in its assumptions",
        received: `the level "${level}" alone`,
      },
    );
  }
  if (masked.length !== COUNT[level]) {
    return fail(
      "blinding.roles_mismatch",
      pathTo("assumptions", "masking.roles"),
      `Masking "${level}" has ${COUNT[level]} masked roles.`,
      {
        expected: `${COUNT[level]} of ${MASKED.join(", ")}`,
        received: masked.join(", "),
      },
    );
  }
  const unblinded = answer("masking.unblindedRoles");
  if (unblinded === undefined) {
    return fail(
      "blinding.unblinded_roles_unstated",
      pathTo("assumptions", "masking.unblindedRoles"),
      "Nothing says who is unblinded.",
      {
        expected: "a line masking.unblindedRoles in the trial's assumptions, with its answer",
      },
    );
  }
  return deepFreeze({
    part: id,
    level,
    masked: MASKED.filter((role) => masked.includes(role)),
    unblinded: readRoles(unblinded, UNBLINDED, "masking.unblindedRoles"),
    assumptions,
  });
}

function readRoles<Role extends string>(text: string, known: readonly Role[], key: string): readonly Role[] {
  const names = text.split(",").map((name) => name.trim());
  if (text.trim() === "none") return [];
  const roles = known.filter((role) => names.includes(role));
  if (roles.length === names.length) return roles;
  return fail(
    "blinding.roles_unreadable",
    pathTo("assumptions", key),
    `"${key}" must name different roles, joined by commas.`,
    {
      expected: `some of ${known.join(", ")}; or none`,
      received: describeReceived(text),
    },
  );
}
