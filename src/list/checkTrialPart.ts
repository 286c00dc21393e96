import { fail, type Issue } from "../foundation/index.js";
import { requireOpenArm, requirePart, type Part, type Trial } from "../trial/index.js";
import type { ArmShare } from "./plan.js";

/** What a plan of any kind says of its trial. */
export interface PlannedPart {
  readonly trial: string;
  readonly part: string;
  readonly arms: readonly ArmShare[];
}

/**
 * The part of the trial that a plan is for: randomized, and with all arms of the plan, which must be open.
 *
 * @throws AllocellError `list.trial_differs`, `list.part_not_randomized`, `list.arm_not_in_part`; `trial.part_unknown`,
 *   `trial.arm_unknown`, `trial.arm_closed`
 */
export function checkTrialPart(plan: PlannedPart, trial: Trial): Part {
  if (plan.trial !== trial.id) {
    fail("list.trial_differs", "trial", `The plan is for trial ${plan.trial}, but it was given ${trial.id}.`, {
      expected: trial.id,
      received: plan.trial,
    });
  }
  const part = requirePart(trial, plan.part);
  if (part.kind !== "randomized") {
    fail("list.part_not_randomized", "part", `Part "${part.id}" is open and not randomized: it has no list.`, {
      expected: "a randomized part",
      received: part.id,
    });
  }
  for (const { arm } of plan.arms) {
    requireOpenArm(trial, arm, `arms.${arm}`);
    if (!part.arms.includes(arm)) {
      fail("list.arm_not_in_part", `arms.${arm}`, `Arm "${arm}" does not belong to part "${part.id}".`, {
        expected: part.arms.join(", "),
        received: arm,
      });
    }
  }
  return part;
}

/** A warning for each arm of the part that the plan gives no share. */
export function armsLeftOut(plan: PlannedPart, part: Part): readonly Issue[] {
  return part.arms
    .filter((arm) => !plan.arms.some((share) => share.arm === arm))
    .map((arm) => ({
      code: "list.arm_left_out",
      path: "arms",
      message: `Arm "${arm}" belongs to part "${part.id}" but has no share in the list.`,
    }));
}
