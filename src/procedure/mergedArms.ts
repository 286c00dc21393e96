import { fail } from "../foundation/index.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import { exactBalls } from "./exactBalls.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link mergedArms}. */
export interface MergedArmsOptions<State> {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Makes the procedure for W fictitious arms from their ratio 1:1:...:1, W the sum of the reduced ratio. */
  readonly procedure: (equalRatio: readonly number[]) => Urn<State>;
}

/** `inner`: the equal procedure's state; `assigned`: the arm whose fictitious arm is not yet settled, else -1. */
export interface MergedArmsState<State> {
  readonly inner: State;
  readonly assigned: number;
}

/**
 * An unequal ratio from an equal procedure: it runs on W fictitious arms, and w_k of them count as arm k.
 *
 * Arm k has the balls of all its fictitious arms together. Which of them it was is drawn as a hidden ball before the
 * next participant (unless only one had a ball), since the equal procedure goes on from there. The fictitious arms are
 * exchangeable, so the ratio is kept at every row. Not for procedures with profiles: the settling draw would see the
 * profile of the next participant. Balls: the arms, then the fictitious arms, then the inner hidden ones.
 *
 * @throws AllocellError `procedure.merged_arms_mismatch` if the made procedure has not W arms;
 *   `procedure.ratio_invalid`, `procedure.option_unknown`, and whatever the equal procedure refuses
 * @example
 * mergedArms({ ratio: [2, 1], procedure: (ratio) => blockUrn({ ratio, lambda: 2 }) });
 * @see Kuznetsova & Tymofyeyev 2012, Stat Med 31:701
 */
export function mergedArms<State>(options: MergedArmsOptions<State>): Urn<MergedArmsState<State>> {
  refuseUnknownOptions(options, ["ratio", "procedure"]);
  const ratio = reducedRatio(options.ratio);
  const armOf = ratio.flatMap((w, arm) => Array.from({ length: w }, () => arm));
  const urn = options.procedure(Object.freeze(armOf.map(() => 1)));
  if (urn.arms !== armOf.length) {
    fail("procedure.merged_arms_mismatch", "procedure", "The merged procedure must have one arm for each ratio unit.", {
      expected: `${armOf.length} arms`,
      received: `${urn.arms} arms`,
    });
  }
  const blockAt = urn.blockAt?.bind(urn);
  const settled = (inner: State): MergedArmsState<State> => Object.freeze({ inner, assigned: -1 });

  return {
    arms: ratio.length,
    start: settled(urn.start),
    balls: ({ inner, assigned }) => {
      const counts = urn.balls(inner, undefined).map(BigInt);
      if (assigned >= 0) {
        return exactBalls([
          ...ratio.map(() => 0n),
          ...armOf.map((arm, i) => (arm === assigned ? (counts[i] ?? 0n) : 0n)),
        ]);
      }
      const merged = ratio.map(() => 0n);
      armOf.forEach((arm, i) => {
        merged[arm] = (merged[arm] ?? 0n) + (counts[i] ?? 0n);
      });
      return exactBalls([...merged, ...armOf.map(() => 0n), ...counts.slice(armOf.length)]);
    },
    after: ({ inner }, ball) => {
      if (ball >= ratio.length) return settled(urn.after(inner, ball - ratio.length, undefined));
      const counts = urn.balls(inner, undefined);
      const candidates = armOf.flatMap((arm, i) => (arm === ball && BigInt(counts[i] ?? 0) > 0n ? [i] : []));
      const [only] = candidates;
      return candidates.length === 1 && only !== undefined
        ? settled(urn.after(inner, only, undefined))
        : Object.freeze({ inner, assigned: ball });
    },
    // Fictitious arms of one arm are exchangeable, so what they hold is put in order.
    ...(urn.isByArm === true
      ? {
          alike: ({ inner, assigned }: MergedArmsState<State>) => ({
            inner: inOrder(inner as readonly number[], ratio) as State,
            assigned,
          }),
        }
      : {}),
    ...(blockAt === undefined
      ? {}
      : { blockAt: (state: MergedArmsState<State>) => (state.assigned < 0 ? blockAt(state.inner) : 0) }),
  };
}

/** The entries of each arm's fictitious arms in rising order. */
function inOrder(entries: readonly number[], ratio: readonly number[]): readonly number[] {
  let end = 0;
  return ratio.flatMap((w) => entries.slice(end, (end += w)).sort((a, b) => a - b));
}
