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

interface Node extends Situation {
  weight: number;
  paths: number;
}

/** Situations that differ only in the DLTs at the level of the last cohort, each at its number of them. */
type Siblings = Node[];

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

/** Numbers as text, one character each: a key that is quick to make and to compare. */
function packed(numbers: readonly number[]): string {
  let text = "";
  for (const number of numbers) text += String.fromCharCode(number);
  return text;
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
  const layers: Map<string, Siblings>[] = [new Map([["", [{ ...startOf(design), weight: 1, paths: 1 }]]])];
  const endings: Ending[] = [];
  let [states, transitions, pathways] = [1, 0, 0];
  const go = (node: Node, total: number, { level, size, highestOpen }: Going): void => {
    const n = node.n.with(level - 1, (node.n[level - 1] ?? 0) + size);
    const before = node.dlt[level - 1] ?? 0;
    const key = packed([level, highestOpen, ...n, ...node.dlt.with(level - 1, 0)]);
    const siblings = siblingsIn((layers[total + size] ??= new Map<string, Siblings>()), key);
    let choose = 1;
    for (let toxic = 0; toxic <= size; toxic += 1) {
      const known = siblings[before + toxic];
      if (known === undefined) {
        const dlt = node.dlt.with(level - 1, before + toxic);
        const [weight, paths] = [node.weight * choose, node.paths];
        siblings[before + toxic] = { n, dlt, current: level, highestOpen, weight, paths };
        states += 1;
      } else {
        known.weight += node.weight * choose;
        known.paths += node.paths;
      }
      choose = (choose * (size - toxic)) / (toxic + 1);
      transitions += 1;
    }
    if (states > most) refuse(states, most);
  };
  const visit = (node: Node, total: number): void => {
    const step = total === 0 ? first : stepOf(node);
    if (step.action !== "stop") {
      go(node, total, step);
      return;
    }
    const { n, dlt, current, weight } = node;
    const { reason, recommended, highestOpen } = step;
    endings.push({ n, dlt, current, highestOpen, reason, recommended, weight });
    pathways += node.paths;
  };
  for (let total = 0; total < layers.length; total += 1) {
    for (const siblings of layers[total]?.values() ?? [])
      siblings.forEach((node) => {
        visit(node, total);
      });
    layers[total]?.clear();
  }
  return { endings, states, transitions, pathways };
}

function siblingsIn(layer: Map<string, Siblings>, key: string): Siblings {
  const known = layer.get(key) ?? [];
  if (known.length === 0) layer.set(key, known);
  return known;
}

function refuse(states: number, most: number): never {
  return fail("escalation.too_many_states", "rule", `This design has more situations than ${most}.`, {
    expected: "a smaller design, or a simulation",
    received: `${states} situations, and not at the end`,
  });
}
