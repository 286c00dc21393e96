import { describeReceived, fail, nearName } from "../foundation/index.js";
import type { Arm, Part, Trial } from "./model.js";
import { requireTrial } from "./requireTrial.js";

/**
 * The arm of that id.
 *
 * @param trial - built in, or as `defineTrial` returns it
 * @param armId - such as `low`
 * @param path - where the id stands in the caller's input
 * @throws AllocellError `trial.arm_unknown`, naming the arms that there are
 * @example
 * requireArm(trial, "lwo"); // throws trial.arm_unknown
 */
export function requireArm(trial: Trial, armId: string, path = "arm"): Arm {
  requireTrial(trial);
  const found = trial.arms.find((arm) => arm.id === armId);
  if (found !== undefined) return found;
  const ids = trial.arms.map((arm) => arm.id);
  const known = ids.join(", ");
  const near = typeof armId === "string" ? nearName(armId, ids) : undefined;
  return fail(
    "trial.arm_unknown",
    path,
    `Trial ${trial.id} has no arm ${describeReceived(armId)}; its arms are ${known}.`,
    {
      expected: near === undefined ? known : `Did you mean ${near}? One of ${known}`,
      received: describeReceived(armId),
      parameters: { trial: trial.id },
    },
  );
}

/** The part of that id. @throws AllocellError `trial.part_unknown`, naming the parts that there are. */
export function requirePart(trial: Trial, partId: string): Part {
  requireTrial(trial);
  const known = trial.parts.map((part) => part.id).join(", ");
  return (
    trial.parts.find((part) => part.id === partId) ??
    fail(
      "trial.part_unknown",
      "part",
      `Trial ${trial.id} has no part ${describeReceived(partId)}; its parts are ${known}.`,
      {
        expected: known,
        received: describeReceived(partId),
        parameters: { trial: trial.id },
      },
    )
  );
}
