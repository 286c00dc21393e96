import { fail, type Issue, pathTo, throwIfAny } from "../foundation/index.js";
import { requireOpenArm, requirePart, requireTrial, type Part, type Trial } from "../trial/index.js";
import type { NumberFormat } from "./numbers.js";
import type { ArmShare, Factor } from "./plan.js";

/** What a plan of any kind says of its trial. */
export interface PlannedPart {
  readonly trial: string;
  readonly part: string;
  readonly arms: readonly ArmShare[];
  readonly numbers: NumberFormat;
}

/** Prefix of the numbers of a trial's first randomized part, where a plan states none. */
const DEFAULT_PREFIX = "R";

/**
 * The part of the trial that a plan is for: randomized, and with all arms of the plan, which must be open.
 *
 * @param factors - the plan's factors, which stand at `factorsPath` in it
 * @throws AllocellError `list.trial_differs`, `list.part_not_randomized`, `list.arm_not_in_part`,
 *   `list.numbers_prefix_taken`, `list.level_is_arm`; `trial.part_unknown`, `trial.arm_unknown`, `trial.arm_closed`
 */
export function checkTrialPart(
  plan: PlannedPart,
  trial: Trial,
  factors: readonly Factor[],
  factorsPath: "strata" | "factors",
): Part {
  requireTrial(trial);
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
    requireOpenArm(trial, arm, pathTo("arms", arm));
    if (!part.arms.includes(arm)) {
      fail("list.arm_not_in_part", pathTo("arms", arm), `Arm "${arm}" does not belong to part "${part.id}".`, {
        expected: part.arms.join(", "),
        received: arm,
        parameters: { part: part.id },
      });
    }
  }
  checkPrefix(plan, trial, part);
  throwIfAny(levelsThatAreArms(trial, factors, factorsPath));
  return part;
}

/** Two parts of one trial with one prefix would both have the number R0001. */
function checkPrefix({ numbers }: PlannedPart, trial: Trial, part: Part): void {
  const first = trial.parts.find(({ kind }) => kind === "randomized");
  if (numbers.prefix !== DEFAULT_PREFIX || first === undefined || first.id === part.id) return;
  const [letter] = part.id.toUpperCase().replace(/[^A-Z]/g, "");
  const free = letter === undefined || letter === "T" || letter === DEFAULT_PREFIX ? "P" : letter;
  fail(
    "list.numbers_prefix_taken",
    "numbers.prefix",
    `The numbers of part "${first.id}" begin with ${DEFAULT_PREFIX}; part "${part.id}" needs a prefix of its own, or two participants of the trial could have one number.`,
    {
      expected: `numbers: { prefix: ${free} } in the plan, or another prefix that no other part has`,
      parameters: { other: first.id, prefix: DEFAULT_PREFIX, part: part.id },
    },
  );
}

/** A blinded list shows factors and levels: one that is called like an arm is read as the treatment, or is it. */
function levelsThatAreArms(trial: Trial, factors: readonly Factor[], factorsPath: string): readonly Issue[] {
  const folded = (text: string): string => text.trim().replace(/\s+/gu, " ").toLowerCase();
  const arms = new Map(trial.arms.flatMap(({ id, label }) => [id, label].map((name) => [folded(name), id] as const)));
  const fault = (path: string, what: string, name: string): readonly Issue[] => {
    const arm = arms.get(folded(name));
    if (arm === undefined) return [];
    const message = `${what} "${name}" is the name of arm "${arm}", and the blinded list shows it.`;
    return [
      {
        code: "list.level_is_arm",
        path,
        message,
        expected: "a name that no arm has",
        received: name,
        parameters: { arm },
      },
    ];
  };
  return factors.flatMap(({ factor, levels }, i) => [
    ...fault(`${factorsPath}.${i}.factor`, "Factor", factor),
    ...levels.flatMap((level, j) => fault(`${factorsPath}.${i}.levels.${j}`, `Level of "${factor}":`, level)),
  ]);
}

/** A warning for each arm of the part that the plan gives no share. */
export function armsLeftOut(plan: PlannedPart, part: Part): readonly Issue[] {
  return part.arms
    .filter((arm) => !plan.arms.some((share) => share.arm === arm))
    .map((arm) => ({
      code: "list.arm_left_out",
      path: "arms",
      message: `Arm "${arm}" belongs to part "${part.id}" but has no share in the list.`,
      parameters: { arm, part: part.id },
    }));
}
