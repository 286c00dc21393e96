import { requireDynamicPlan, requireSeed } from "./requireList.js";
import { deepFreeze, fail, pathTo, requireFields } from "../foundation/index.js";
import { fraction, fractionText, lowest } from "../quantity/index.js";
import { drawBall, requireUrn, type Profile } from "../procedure/index.js";
import { arc4Stream, deriveStreamKey, type Seed } from "../random/index.js";
import type { DynamicPlan } from "./dynamicPlan.js";
import { DYNAMIC_ALGORITHMS, dynamicUrn, type DynamicUrn } from "./dynamicProcedure.js";
import { randomizationNumber } from "./numbers.js";

/** What counts of an earlier participant: the levels as randomized, and the arm that was assigned or forced. UNBLINDED. */
export interface PastAssignment {
  readonly stratum: Readonly<Record<string, string>>;
  readonly arm: string;
}

/** The next allocation, with everything that a person needs to check it. UNBLINDED. */
export interface DynamicAllocation {
  /** Which participant this is, from 1. */
  readonly sequence: number;
  readonly number: string;
  readonly arm: string;
  /** P(this arm), an exact fraction: "4/5". */
  readonly probability: string;
  /** P(arm), by arm in the plan's order. */
  readonly probabilities: Readonly<Record<string, string>>;
  /** Minimization only: the score of each arm, and the arms with the least one. */
  readonly scores?: Readonly<Record<string, string>>;
  readonly preferred?: readonly string[];
}

/**
 * Allocates the next participant of a dynamic allocation: a pure function of plan, seed, recorded past and levels.
 *
 * Participant n = (length of the past) + 1 draws one ball from a stream of their own, named by the algorithm id, the
 * list id, the purpose `allocation` and the stratum `participant` = n, so nothing is replayed from the start of a
 * stream, and what was forced in between takes no draw from anybody.
 *
 * @param past - all who were assigned or forced so far, in order; see {@link dynamicPast}
 * @param stratum - one level of every factor
 * @throws AllocellError `list.length_reached`, `list.covariate_missing`, `list.covariate_unknown`, `list.arm_unknown`
 */
export function allocateNext(
  plan: DynamicPlan,
  seed: Seed,
  past: readonly PastAssignment[],
  stratum: Readonly<Record<string, string>>,
): DynamicAllocation {
  requireFields({ past }, "the recorded past", { past: "a list" });
  requireFields(stratum, "a stratum: a level of each factor", {});
  requireDynamicPlan(plan);
  requireSeed(seed);
  const urn = dynamicUrn(plan);
  let state = urn.start;
  past.forEach((step, i) => {
    state = stateAfter(plan, urn, state, step, `past.${i}`);
  });
  return allocateFrom(plan, seed, urn, state, past.length + 1, stratum);
}

/**
 * The state of the urn after one more participant.
 *
 * @throws AllocellError `list.arm_unknown`, `list.covariate_missing`, `list.covariate_unknown`
 */
export function stateAfter(
  plan: DynamicPlan,
  urn: DynamicUrn,
  state: readonly number[],
  assignment: PastAssignment,
  path: string,
): readonly number[] {
  requireDynamicPlan(plan);
  requireUrn(urn);
  requireFields(assignment, "a past assignment: stratum and arm", { stratum: "a map", arm: "text" });
  const { stratum, arm } = assignment;
  const index = plan.arms.findIndex((share) => share.arm === arm);
  if (index < 0)
    return fail("list.arm_unknown", `${path}.arm`, "The recorded past holds an arm that the plan has not.");
  return urn.after(state, index, profileOf(plan, stratum, `${path}.stratum`));
}

/**
 * {@link allocateNext} from a known state, for whoever walks through a whole trial.
 *
 * @throws AllocellError `random.seed_missing`, `random.name_invalid`, `list.length_reached`,
 *   `list.covariate_missing`, `list.covariate_unknown`, `procedure.urn_empty`
 */
export function allocateFrom(
  plan: DynamicPlan,
  seed: Seed,
  urn: DynamicUrn,
  state: readonly number[],
  participant: number,
  stratum: Readonly<Record<string, string>>,
): DynamicAllocation {
  requireFields(stratum, "a stratum: a level of each factor", {});
  requireDynamicPlan(plan);
  requireSeed(seed);
  if (participant > plan.length) {
    fail("list.length_reached", "length", `The plan has ${plan.length} participants, and all have been allocated.`, {
      expected: "an extension of the plan",
      parameters: { length: plan.length },
    });
  }
  const profile = profileOf(plan, stratum, "stratum");
  const balls = urn.balls(state, profile);
  const stream = arc4Stream(
    deriveStreamKey(seed, {
      algorithm: DYNAMIC_ALGORITHMS[plan.procedure.kind],
      list: plan.list,
      purpose: "allocation",
      stratum: [["participant", String(participant)]],
    }),
  );
  const drawn = drawBall(balls, stream);
  const total = balls.reduce<bigint>((sum, count) => sum + BigInt(count), 0n);
  const names = plan.arms.map(({ arm }) => arm);
  const shares = balls.map((count) => fractionText(lowest(fraction(count, total))));
  const why = urn.explain?.(state, profile);
  return deepFreeze({
    sequence: participant,
    number: randomizationNumber(plan.numbers, seed.kind, "", participant),
    arm: names[drawn] as string,
    probability: shares[drawn] as string,
    probabilities: byArm(names, shares),
    ...(why === undefined
      ? {}
      : { scores: byArm(names, why.scores), preferred: why.preferred.map((arm) => names[arm] as string) }),
  });
}

function byArm(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name, k) => [name, values[k] as string]));
}

/** The index of the level in every factor: missing or unknown levels are faults, never guesses. */
function profileOf(plan: DynamicPlan, stratum: Readonly<Record<string, string>>, path: string): Profile {
  const known = plan.factors.map(({ factor }) => factor);
  const foreign = Object.keys(stratum).find((factor) => !known.includes(factor));
  if (foreign !== undefined) {
    fail("list.covariate_unknown", pathTo(path, foreign), `The plan has no factor "${foreign}".`, {
      expected: known.join(", "),
    });
  }
  return plan.factors.map(({ factor, levels }) => {
    const level = Object.hasOwn(stratum, factor) ? stratum[factor] : undefined;
    if (level === undefined) {
      return fail("list.covariate_missing", pathTo(path, factor), `The level of "${factor}" is missing.`, {
        expected: levels.join(", "),
      });
    }
    const index = levels.indexOf(level);
    if (index >= 0) return index;
    return fail("list.covariate_unknown", pathTo(path, factor), `"${factor}" has no level "${level}".`, {
      expected: levels.join(", "),
      received: level,
    });
  });
}
