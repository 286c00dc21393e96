import { fail, requireFields } from "../foundation/index.js";
import { lowest, plus, ZERO, type Fraction } from "../quantity/index.js";
import { requireUrn, type Urn } from "./urn.js";
import { ExactWalk, unbounded, urnEmpty } from "./walk.js";

/**
 * Exact probability that the first rows of a list are `arms`, summed over everything hidden.
 *
 * @param arms - arm indexes in row order, each in [0, urn.arms); none: probability 1
 * @returns a fraction in lowest terms; 0 for a sequence that cannot happen
 * @throws AllocellError `procedure.arm_unknown`, `procedure.urn_empty` (more rows than the procedure has),
 *   `procedure.hidden_draws_unbounded` (drop the loser: see {@link sequenceProbabilityBounds})
 * @see definitions, sources and worked values: docs/procedures.md and docs/procedures-worked.md
 * @example
 * sequenceProbability(bigStick({ ratio: [1, 1], tolerance: 2 }), [0, 0, 1]); // 1/4
 */
export function sequenceProbability<State>(urn: Urn<State>, arms: readonly number[]): Fraction {
  const { lower, omitted } = walk(urn, arms);
  if (omitted.numerator !== 0n) unbounded();
  return lower;
}

/** Both ends of an interval that contains a probability. */
export interface ProbabilityBounds {
  readonly lower: Fraction;
  readonly upper: Fraction;
}

/**
 * Bounds of a sequence's probability when at most `mostHiddenDraws` hidden draws in a row are followed.
 *
 * `upper` - `lower` is the probability of what was left out. For drop the loser it falls faster than geometrically with
 * the number of draws: 20 are enough for doubles.
 *
 * @throws AllocellError `procedure.arm_unknown`, `procedure.urn_empty`, `procedure.parameter_out_of_range`
 */
export function sequenceProbabilityBounds<State>(
  urn: Urn<State>,
  arms: readonly number[],
  mostHiddenDraws: number,
): ProbabilityBounds {
  if (!Number.isInteger(mostHiddenDraws) || mostHiddenDraws < 0 || mostHiddenDraws > 1000) {
    fail("procedure.parameter_out_of_range", "mostHiddenDraws", "The number of hidden draws is from 0 to 1000.", {
      expected: "a whole number from 0 to 1000",
      received: String(mostHiddenDraws),
    });
  }
  const { lower, omitted } = walk(urn, arms, mostHiddenDraws);
  return Object.freeze({ lower, upper: lowest(plus(lower, omitted)) });
}

function walk<State>(
  urn: Urn<State>,
  arms: readonly number[],
  mostHiddenDraws?: number,
): { lower: Fraction; omitted: Fraction } {
  requireFields({ arms }, "a sequence of arms by their index", { arms: "a list" });
  requireUrn(urn);
  const wrong = arms.findIndex((arm) => !Number.isInteger(arm) || arm < 0 || arm >= urn.arms);
  if (wrong >= 0) {
    fail("procedure.arm_unknown", `arms.${wrong}`, "A sequence names arms by their index.", {
      expected: `a whole number from 0 to ${urn.arms - 1}`,
      received: String(arms[wrong]),
    });
  }
  const exact = ExactWalk.of(urn);
  let masses = exact.start();
  let omitted = ZERO;
  for (const arm of arms) {
    const next = exact.assign(masses, mostHiddenDraws);
    if (next.isEnded) urnEmpty();
    omitted = lowest(plus(omitted, exact.massOf(next.omitted)));
    masses = next.byArm[arm] ?? new Map();
    if (masses.size === 0) return { lower: ZERO, omitted };
  }
  return { lower: exact.massOf(masses), omitted };
}
