import { fail } from "../foundation/index.js";
import type { EscalationDesign, Reason, Situation, Step } from "./model.js";
import type { Rule } from "./rules/rule.js";

/** More states than that are not enumerated. */
export const MOST_STATES = 2_000_000;

/** Where a part can end: its counts, how it ended, and in how many ways it can come there. */
export interface Ending extends Situation {
  readonly reason: Reason;
  readonly recommended: number | null;
  /**
   * Sum over all ways to this ending of the product of binomial coefficients, one a cohort. Times p^dlt (1 - p)^(n - dlt)
   * for each level it is the probability of the ending: rates need not be known for the walk. Exact up to 2^53, so for at
   * most 53 participants.
   */
  readonly weight: number;
}

/** All that can happen in a design. */
export interface OutcomeWalk {
  readonly endings: readonly Ending[];
  /** Situations, endings included: counts, level of the last cohort, highest open level. */
  readonly states: number;
  /** Steps from one situation to another, one for each number of DLTs of a cohort. */
  readonly transitions: number;
  /** Different sequences of cohorts (level and DLTs) from the start to an end; exact up to 2^53. */
  readonly pathways: number;
}

/** A step to another cohort. */
export type Going = Exclude<Step, { readonly action: "stop" }>;

/**
 * Situations that differ only in the DLTs at the level of the last cohort. With `k` of them, `weights[k]` is the weight as
 * in {@link Ending} and `paths[k]` the number of ways to come there; 0 ways: there is no such situation.
 */
interface Siblings extends Situation {
  readonly weights: number[];
  readonly paths: number[];
}

/** Siblings of one number of participants treated, by what they have in common. */
type Layer = Map<string, Siblings>;

/** The situation before the first cohort, and the step that begins the part. */
export function startOf({ levels, startLevel }: EscalationDesign): Situation {
  const zeros = levels.map(() => 0);
  return { n: zeros, dlt: zeros, current: startLevel, highestOpen: levels.length };
}

/** The situation after one more cohort, at the step's level. */
export function after({ n, dlt }: Situation, step: Going, size: number, toxic: number): Situation {
  const { level, highestOpen } = step;
  return {
    n: n.with(level - 1, (n[level - 1] ?? 0) + size),
    dlt: dlt.with(level - 1, (dlt[level - 1] ?? 0) + toxic),
    current: level,
    highestOpen,
  };
}

/**
 * Walks over every sequence of cohort outcomes; equal situations are walked once. Cohorts are whole.
 *
 * @param first - the step that begins the part
 * @param stepOf - asked once for each situation that can be reached
 * @throws AllocellError `escalation.too_many_states`, naming how many were found
 */
export function walk(
  design: EscalationDesign,
  first: Step,
  stepOf: Rule["step"],
  most: number = MOST_STATES,
): OutcomeWalk {
  // By the number of participants treated: every cohort leads to a later layer, so a layer is whole when it is walked.
  const layers: Layer[] = [new Map([["", { ...startOf(design), weights: [1], paths: [1] }]])];
  const endings: Ending[] = [];
  let [states, transitions, pathways] = [1, 0, 0];
  const visit = (from: Siblings, toxic: number, total: number): void => {
    const [weight, paths] = [from.weights[toxic] ?? 0, from.paths[toxic] ?? 0];
    if (paths === 0) return;
    const { n, current, highestOpen } = from;
    const dlt = from.dlt.with(current - 1, toxic);
    const situation = { n, dlt, current, highestOpen };
    const step = total === 0 ? first : stepOf(situation);
    if (step.action === "stop") {
      const { reason, recommended } = step;
      endings.push({ n, dlt, current, highestOpen: step.highestOpen, reason, recommended, weight });
      pathways += paths;
      return;
    }
    states += addCohort((layers[total + step.size] ??= new Map()), situation, step, weight, paths);
    transitions += step.size + 1;
    if (states > most) refuse(states, most);
  };
  for (let total = 0; total < layers.length; total += 1) {
    for (const siblings of layers[total]?.values() ?? [])
      for (let toxic = 0; toxic < siblings.paths.length; toxic += 1) visit(siblings, toxic, total);
    layers[total]?.clear();
  }
  return { endings, states, transitions, pathways };
}

/** Adds every outcome of one more cohort to the layer that it leads to; returns how many situations are new in it. */
function addCohort(layer: Layer, from: Situation, step: Going, weight: number, paths: number): number {
  const { level, size } = step;
  const before = from.dlt[level - 1] ?? 0;
  const siblings = siblingsIn(layer, from, step);
  let [choose, added] = [1, 0];
  for (let toxic = 0; toxic <= size; toxic += 1) {
    const at = before + toxic;
    const known = siblings.paths[at] ?? 0;
    if (known === 0) added += 1;
    siblings.paths[at] = known + paths;
    siblings.weights[at] = (siblings.weights[at] ?? 0) + weight * choose;
    choose = (choose * (size - toxic)) / (toxic + 1);
  }
  return added;
}

/** Numbers as text, one character each: a key that is quick to make and to compare. */
function packed(numbers: readonly number[]): string {
  let text = "";
  for (const number of numbers) text += String.fromCharCode(number);
  return text;
}

/** The siblings that one more cohort leads to, with no DLT at its level yet. */
function siblingsIn(layer: Layer, { n, dlt }: Situation, { level, size, highestOpen }: Going): Siblings {
  const treated = n.with(level - 1, (n[level - 1] ?? 0) + size);
  const others = dlt.with(level - 1, 0);
  const key = packed([level, highestOpen]) + packed(treated) + packed(others);
  const known = layer.get(key);
  if (known !== undefined) return known;
  const zeros = new Array<number>((treated[level - 1] ?? 0) + 1).fill(0);
  const made = { n: treated, dlt: others, current: level, highestOpen, weights: zeros, paths: zeros.slice() };
  layer.set(key, made);
  return made;
}

function refuse(states: number, most: number): never {
  return fail("escalation.too_many_states", "rule", `This design has more situations than ${most}.`, {
    expected: "a smaller design, or a simulation",
    received: `${states} situations, and not at the end`,
    parameters: { most },
  });
}
