import { deepFreeze, describeReceived, fail, requireFields } from "../foundation/index.js";
import { ONE, plus, times, ZERO, type Fraction } from "../quantity/index.js";
import { parseHistory, replay, type CohortSeen } from "./history.js";
import { exactMeasure, type Measure } from "./measure.js";
import type { Action, EscalationDesign, Reason, Situation, Step } from "./model.js";
import { binomial } from "./posterior.js";
import type { Rule } from "./rules/rule.js";
import { compileRule } from "./rules/rules.js";
import { readRates } from "./truth.js";
import { after, type Going } from "./walk.js";

/** Deeper trees cannot be read on paper. */
const DEEPEST = 4;
/** More pathways are not listed. */
const MOST_PATHWAYS = 20_000;

/** Where pathways begin, and what is known beside the design. */
export interface PathwayOptions {
  /** What was seen so far; absent: nothing. */
  readonly history?: string | readonly CohortSeen[];
  /** True rates of DLTs, for probabilities. */
  readonly truth?: readonly string[];
  /** Places of the part: what needs more is marked. */
  readonly places?: number;
}

/** One or several numbers of DLTs in a cohort that lead to the same. */
export interface Branch {
  /** Numbers of DLTs, both included. */
  readonly dltFrom: number;
  readonly dltTo: number;
  readonly action: Action;
  readonly reason: Reason;
  /** Level of the next cohort; null: the part stops. */
  readonly level: number | null;
  readonly recommended?: number | null;
  /** Given that this cohort is treated. */
  readonly probability?: Measure;
  /** The next cohort, if the tree goes on. */
  readonly next?: CohortNode;
}

/** A cohort that is treated, and what can come of it. */
export interface CohortNode {
  /** Level, from 1. */
  readonly level: number;
  /** Participants of the cohort, at least 1. */
  readonly size: number;
  /** Participants of the part when it is complete. */
  readonly treated: number;
  /** The part has fewer places. */
  readonly exceedsPlaces?: true;
  readonly branches: readonly Branch[];
}

/** The present step, and the tree of what can follow. */
export interface PathwayTree {
  readonly action: Action;
  readonly reason: Reason;
  readonly recommended?: number | null;
  readonly next?: CohortNode;
}

interface Walker {
  readonly rule: Rule;
  readonly rates?: readonly Fraction[];
  readonly places?: number;
}

/**
 * Dose transition pathways: what follows from every outcome of the next cohorts. Neighbouring numbers of DLTs that lead
 * to the same in every respect are one branch.
 *
 * @param depth - cohorts, 1 to 4
 * @throws AllocellError `escalation.depth_invalid`, `escalation.pending_outcomes`, and those of a history and of rates
 * @see source: Yap et al. 2017, PubMed 28733440
 */
export function transitionPathways(design: EscalationDesign, depth: number, options: PathwayOptions = {}): PathwayTree {
  if (!Number.isInteger(depth) || depth < 1 || depth > DEEPEST) {
    return fail("escalation.depth_invalid", "depth", "A tree of pathways is some cohorts deep.", {
      expected: `1 to ${DEEPEST}`,
      received: describeReceived(depth),
    });
  }
  const { walker, situation, step } = begin(design, options);
  const { action, reason } = step;
  if (step.action === "stop") return deepFreeze({ action, reason, recommended: step.recommended });
  return deepFreeze({ action, reason, next: nodeOf(walker, situation, step, depth) });
}

function begin(
  design: EscalationDesign,
  { history = "", truth, places }: PathwayOptions,
): { readonly walker: Walker; readonly situation: Situation; readonly step: Step } {
  requireFields(design, "a design as parseEscalationDesign returns it", { levels: "a list", rule: "a map" });
  const cohorts = typeof history === "string" ? parseHistory(history, design.levels.length) : history;
  if (cohorts.some(({ pending }) => pending > 0)) {
    return fail("escalation.pending_outcomes", "history", "Pathways begin where every outcome is known.", {
      expected: "a history without pending participants",
    });
  }
  const rule = compileRule(design);
  const { situation, step } = replay(design, rule, cohorts);
  const rates = truth === undefined ? undefined : readRates(truth, design.levels.length);
  const walker = {
    rule,
    ...(rates === undefined
      ? {}
      : { rates: rates.numerators.map((numerator) => ({ numerator, denominator: rates.denominator })) }),
    ...(places === undefined ? {} : { places }),
  };
  return { walker, situation, step };
}

const treatedIn = ({ n }: Situation): number => n.reduce((sum, count) => sum + count, 0);

/** Probabilities of 0, 1, 2 ... DLTs in a cohort. */
function shares({ rates }: Walker, { level, size }: Going): readonly Fraction[] | undefined {
  const rate = rates?.[level - 1];
  if (rate === undefined) return undefined;
  const { masses, denominator } = binomial(size, rate);
  return masses.map((numerator) => ({ numerator, denominator }));
}

/** A branch before its probability is a measure. */
type OpenBranch = Omit<Branch, "probability"> & { readonly share?: Fraction };

function nodeOf(walker: Walker, situation: Situation, step: Going, depth: number): CohortNode {
  const { level, size } = step;
  const masses = shares(walker, step);
  const branches: OpenBranch[] = [];
  for (let dlt = 0; dlt <= size; dlt += 1) {
    const branch = branchOf(walker, after(situation, step, size, dlt), dlt, masses?.[dlt], depth - 1);
    const last = branches.at(-1);
    if (last !== undefined && isSameBranch(last, branch)) {
      const share = last.share === undefined || branch.share === undefined ? undefined : plus(last.share, branch.share);
      branches[branches.length - 1] = { ...last, dltTo: dlt, ...(share === undefined ? {} : { share }) };
    } else branches.push(branch);
  }
  const treated = treatedIn(situation) + size;
  return {
    level,
    size,
    treated,
    ...(walker.places !== undefined && treated > walker.places ? { exceedsPlaces: true as const } : {}),
    branches: branches.map(({ share, ...branch }) => ({
      ...branch,
      ...(share === undefined ? {} : { probability: exactMeasure(share) }),
    })),
  };
}

function branchOf(
  walker: Walker,
  situation: Situation,
  dlt: number,
  share: Fraction | undefined,
  depth: number,
): OpenBranch {
  const step = walker.rule.step(situation);
  const { action, reason } = step;
  const common = { dltFrom: dlt, dltTo: dlt, action, reason, ...(share === undefined ? {} : { share }) };
  if (step.action === "stop") return { ...common, level: null, recommended: step.recommended };
  const next = depth > 0 ? { next: nodeOf(walker, situation, step, depth) } : {};
  return { ...common, level: step.level, ...next };
}

function isSameBranch(one: OpenBranch, other: OpenBranch): boolean {
  const text = ({ action, reason, level, recommended, next }: OpenBranch): string =>
    JSON.stringify([action, reason, level, recommended, next]);
  return text(one) === text(other);
}

/** One way through a part, from where it is to its end. */
export interface Pathway {
  readonly cohorts: readonly { readonly level: number; readonly size: number; readonly dlt: number }[];
  readonly reason: Reason;
  readonly recommended: number | null;
  /** Participants of the part at its end. */
  readonly treated: number;
  readonly exceedsPlaces?: true;
  readonly probability?: Measure;
}

/**
 * Every way in which a part can go to its end, cohort by cohort.
 *
 * @throws AllocellError `escalation.too_many_pathways`, `escalation.pending_outcomes`, and those of a history and of rates
 */
export function completePathways(design: EscalationDesign, options: PathwayOptions = {}): readonly Pathway[] {
  requireFields(options, "the options of pathways", {});
  const { walker, situation, step } = begin(design, options);
  const found: Pathway[] = [];
  follow(walker, situation, step, [], walker.rates === undefined ? undefined : ONE, found);
  return deepFreeze(found);
}

function follow(
  walker: Walker,
  situation: Situation,
  step: Step,
  cohorts: Pathway["cohorts"],
  share: Fraction | undefined,
  found: Pathway[],
): void {
  if (step.action !== "stop") {
    const masses = shares(walker, step);
    for (let dlt = 0; dlt <= step.size; dlt += 1) {
      const next = after(situation, step, step.size, dlt);
      const own = share === undefined ? undefined : times(share, masses?.[dlt] ?? ZERO);
      const longer = [...cohorts, { level: step.level, size: step.size, dlt }];
      follow(walker, next, walker.rule.step(next), longer, own, found);
    }
    return;
  }
  if (found.length >= MOST_PATHWAYS) {
    fail("escalation.too_many_pathways", "rule", `This design has more than ${MOST_PATHWAYS} pathways.`, {
      expected: "the tree of the next cohorts instead",
      parameters: { most: MOST_PATHWAYS },
    });
  }
  const treated = treatedIn(situation);
  found.push({
    cohorts,
    reason: step.reason,
    recommended: step.recommended,
    treated,
    ...(walker.places !== undefined && treated > walker.places ? { exceedsPlaces: true as const } : {}),
    ...(share === undefined ? {} : { probability: exactMeasure(share) }),
  });
}
