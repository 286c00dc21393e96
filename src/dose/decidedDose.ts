import type { Issue } from "../foundation/index.js";
import { formatDose } from "../quantity/index.js";
import { surfaceText } from "./shown.js";
import type { ActiveDose, Arm, Trial } from "../trial/index.js";

/** What has to be looked at where a decision opened an arm. */
export interface DecidedDose {
  /** `YYYY-MM-DD`; nobody is dosed before it. */
  readonly decidedOn: string;
  readonly decided: string;
  /** The doses of the trial's other arms, in words; empty if none of them states one of this kind. */
  readonly levels: readonly string[];
  readonly isListed: boolean;
}

/** With the formula of a dose per m²: two formulas are two levels. */
const textOf = (dose: ActiveDose): string =>
  dose.kind === "per-m2" ? `${formatDose(dose).digits} ${surfaceText(dose.surface)}` : formatDose(dose).digits;

/** Of an arm that a decision opened; undefined for all others. */
export function decidedDose(trial: Trial, { id, decision }: Arm): DecidedDose | undefined {
  if (decision === undefined) return undefined;
  const { dose, decidedOn } = decision;
  const stated = trial.arms.flatMap((arm) =>
    arm.id !== id && arm.dose !== undefined && "amount" in arm.dose && arm.decision === undefined
      ? [textOf(arm.dose)]
      : [],
  );
  const decided = textOf(dose);
  const levels = [...new Set(stated)];
  return { decidedOn, decided, levels, isListed: levels.length === 0 || levels.includes(decided) };
}

/**
 * Warnings of a decided dose: given before the decision, or a level that no arm of the trial has. Nothing else would
 * catch a decision that says 9E9 for 9E6.
 *
 * @param date - of the administration, where it is known
 * @param path - of the date's field
 */
export function decisionWarnings(found: DecidedDose | undefined, date: string | undefined, path: string): Issue[] {
  if (found === undefined) return [];
  const { decidedOn, decided, levels, isListed } = found;
  const issues: Issue[] = [];
  if (date !== undefined && date < decidedOn) {
    issues.push({
      code: "dose.before_decision",
      path,
      message: `The administration on ${date} is before the decision of ${decidedOn} that opened the arm.`,
      expected: `${decidedOn} or later`,
      received: date,
    });
  }
  if (!isListed) {
    issues.push({
      code: "dose.decided_level_unlisted",
      path: "decision.dose",
      message: `The decision says ${decided}; the trial's other arms have ${levels.join(", ")}. See that no power of ten was slipped.`,
      expected: levels.join(" or "),
      received: decided,
      parameters: { levels: levels.join(", ") },
    });
  }
  return issues;
}
