import { requireUrn, type Urn } from "./urn.js";
import { fail, movePaths, requireEach } from "../foundation/index.js";
import { checkArm } from "./covariates.js";

/** One recorded assignment. The arm may be forced: one that the procedure gave no ball to, or that nobody drew. */
export interface RecordedStep<Profile> {
  readonly profile: Profile;
  /** Index of the arm that was really assigned. */
  readonly arm: number;
}

/**
 * The state after a recorded past, so that the next allocation depends on the plan and on what really happened only.
 *
 * Nothing is drawn and no stream is replayed; recording a forced arm is never refused. To go on from a known state give
 * it as `from`: a trial that keeps the last state takes one step a participant.
 *
 * @throws AllocellError `procedure.arm_unknown`, `procedure.replay_hidden` (a procedure with hidden balls: its state does
 *   not follow from the arms), and what the urn throws for an unusable profile; the path names the step
 * @example
 * replay(urn, [{ profile: [0, 1], arm: 1 }]);
 */
export function replay<State, Profile>(
  urn: Urn<State, Profile>,
  steps: readonly RecordedStep<Profile>[],
  from?: State,
): State {
  requireUrn(urn);
  requireEach(steps, "a recorded step: profile and arm", { arm: "a number" });
  const start = from ?? urn.start;
  const [first] = steps;
  if (first !== undefined && urn.balls(start, first.profile).length > urn.arms) {
    fail(
      "procedure.replay_hidden",
      "steps",
      "The past of a procedure with hidden balls does not follow from the arms.",
      {
        expected: "a procedure that remembers nothing but the assignments",
      },
    );
  }
  let state = start;
  steps.forEach(({ profile, arm }, i) => {
    movePaths(
      (path) => `steps.${i}.${path}`,
      () => {
        checkArm(arm, urn.arms);
        state = urn.after(state, arm, profile);
      },
    );
  });
  return state;
}
