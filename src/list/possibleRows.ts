import { readyProcedure, UrnStates } from "../procedure/index.js";
import type { Plan } from "./plan.js";
import type { Stratum } from "./strata.js";

/** States that are followed at one row; a procedure with more (hidden draws without end) is not judged. */
const MOST_STATES = 5_000;

/** Finds, in a stratum and its arms by their index in the plan, the first row that cannot be. */
export type FindImpossible = (stratum: Stratum, arms: ArrayLike<number>) => number | undefined;

/**
 * The first row of a stratum whose arm its procedure can never give after the rows before it, whatever was hidden: its
 * index, from 0; undefined where the procedure can give all of them, or has too many states to say.
 *
 * @throws AllocellError `procedure.*`, when a stratum is looked at whose procedure has no list of its length
 */
export function impossibleIn(plan: Plan): FindImpossible {
  const ratio = plan.arms.map((share) => share.ratio);
  // Strata of one procedure and length have the same states, and states are dear.
  const known = new Map<string, UrnStates<unknown>>();
  return (stratum, arms) => {
    const key = JSON.stringify([stratum.procedure, stratum.length]);
    const states = known.get(key) ?? new UrnStates(readyProcedure(stratum.procedure, ratio, stratum.length).urn);
    known.set(key, states);
    return firstImpossible(states, arms);
  };
}

function firstImpossible(states: UrnStates<unknown>, arms: ArrayLike<number>): number | undefined {
  let current: ReadonlySet<number> = new Set([states.start]);
  for (let i = 0; i < arms.length; i += 1) {
    const open = withHidden(states, current);
    if (open === undefined) return undefined;
    const next = new Set<number>();
    for (const state of open) {
      const arm = arms[i] as number;
      if (hasBall(states, state, arm)) next.add(states.follow(state, arm));
    }
    if (next.size === 0) return i;
    current = next;
  }
  return undefined;
}

const hasBall = (states: UrnStates<unknown>, state: number, ball: number): boolean =>
  Number(states.describe(state).balls[ball] ?? 0) > 0;

/** The states themselves, and those that hidden draws lead to; undefined where they are too many. */
function withHidden(states: UrnStates<unknown>, from: ReadonlySet<number>): ReadonlySet<number> | undefined {
  const all = new Set(from);
  for (const state of all) {
    if (all.size > MOST_STATES) return undefined;
    const { balls } = states.describe(state);
    for (let ball = states.arms; ball < balls.length; ball += 1) {
      if (hasBall(states, state, ball)) all.add(states.follow(state, ball));
    }
  }
  return all;
}
