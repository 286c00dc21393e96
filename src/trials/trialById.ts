import { describeReceived, fail } from "../foundation/index.js";
import type { Trial } from "../trial/index.js";
import { sle } from "./sle.js";
import { t1d } from "./t1d.js";
import { t2d } from "./t2d.js";
import { uc } from "./uc.js";

export { sle, t1d, t2d, uc };

/** The four registered trials that come with the package. */
export const TRIALS: readonly Trial[] = /* @__PURE__ */ Object.freeze([sle, uc, t1d, t2d]);

/**
 * The built-in trial of a registry number.
 *
 * @param id - such as `NCT07041801`
 * @throws AllocellError `trials.unknown`, naming the four
 * @example
 * trialById("NCT06853522").enrolment.count; // 40
 */
export function trialById(id: string): Trial {
  const known = TRIALS.map((trial) => trial.id).join(", ");
  return (
    TRIALS.find((trial) => trial.id === id) ??
    fail("trials.unknown", "id", `There is no built-in trial ${describeReceived(id)}; there are ${known}.`, {
      expected: known,
      received: describeReceived(id),
    })
  );
}
