import { deepFreeze, describeReceived, fail, requireFields } from "../../foundation/index.js";
import { compare, fraction, ONE, over, plus, times, ZERO, type Fraction } from "../../quantity/index.js";
import { exactMeasure, type Measure } from "../measure.js";
import type { ShareText } from "../model.js";
import { binomial } from "../posterior.js";
import { readShare } from "../share.js";
import type { ChoiceRule } from "./choiceRule.js";
import { hasLeastShare, hasMargin } from "./chooseArm.js";
import { passesGate } from "./gate.js";

/** Size and true rates of one arm. */
export interface ArmTruth {
  readonly arm: string;
  /** Participants of the arm, at least 1. */
  readonly n: number;
  readonly response: ShareText;
  /** True rate of the events of the gate; needed where there is one. */
  readonly event?: ShareText;
}

/** How the rule behaves for true rates. */
export interface ChoiceCharacteristics {
  readonly none: Measure;
  readonly chosen: readonly { readonly arm: string; readonly probability: Measure }[];
  /** Candidates with the largest true rate of response, and the probability that one of them is chosen. */
  readonly best: { readonly arms: readonly string[]; readonly probability: Measure };
  /** Two or more arms share the largest share of responders. */
  readonly tie: Measure;
}

/** By the share of responders of the best arms so far: the set of these arms, as bits, and its probability. */
type Front = Map<string, { readonly n: number; readonly responders: number; readonly byArms: Map<number, Fraction> }>;

/** No arm may be chosen so far. */
const NOBODY = "";

/**
 * The probability that each arm is chosen, exactly: products of binomials, arm by arm. Responses and events are taken to
 * be independent. A tie that is drawn goes to each of its arms with equal probability.
 *
 * @throws AllocellError `escalation.truths_invalid`, `escalation.share_invalid`, `escalation.gate_without_row`
 * @see definitions, sources and worked values: docs/escalation.md and docs/escalation-worked.md
 */
export function choiceCharacteristics(rule: ChoiceRule, truths: readonly ArmTruth[]): ChoiceCharacteristics {
  requireFields(rule, "a rule as parseChoiceRule returns it", { candidates: "a list", gate: "a map", tie: "text" });
  const arms = rule.candidates.map((arm) => truthOf(truths, arm));
  const comparator = rule.marginOverComparator === "none" ? undefined : truthOf(truths, rule.comparator);
  const chosen = arms.map((): Fraction => ZERO);
  let [none, tie]: Fraction[] = [ZERO, ZERO];
  for (const [best, probability] of bestSets(rule, arms, comparator)) {
    if (best.length > 1) tie = plus(tie ?? ZERO, probability);
    const shares = sharesOf(rule.tie, best);
    if (shares.length === 0) none = plus(none ?? ZERO, probability);
    for (const [j, part] of shares) chosen[j] = plus(chosen[j] ?? ZERO, times(probability, part));
  }
  const rates = arms.map(({ response }) => readShare(response, "response"));
  const bestArms = rates.flatMap((rate, j) => (rates.every((other) => compare(rate, other) >= 0) ? [j] : []));
  return deepFreeze({
    none: exactMeasure(none ?? ZERO),
    chosen: arms.map(({ arm }, j) => ({ arm, probability: exactMeasure(chosen[j] ?? ZERO) })),
    best: {
      arms: bestArms.map((j) => arms[j]?.arm ?? ""),
      probability: exactMeasure(bestArms.reduce((sum, j) => plus(sum, chosen[j] ?? ZERO), ZERO)),
    },
    tie: exactMeasure(tie ?? ZERO),
  });
}

/** The sets of arms that can be best, as places, and the probability of each after each response of the comparator. */
function* bestSets(
  rule: ChoiceRule,
  arms: readonly ArmTruth[],
  comparator: ArmTruth | undefined,
): Generator<readonly [best: readonly number[], probability: Fraction]> {
  for (const { responders, share } of responsesOf(comparator)) {
    const seen = comparator === undefined ? undefined : { n: comparator.n, responders };
    for (const { byArms } of frontOf(rule, arms, seen).values()) {
      for (const [bits, probability] of byArms) {
        yield [arms.flatMap((_, j) => ((bits >> j) & 1 ? [j] : [])), times(probability, share)];
      }
    }
  }
}

function truthOf(truths: readonly ArmTruth[], arm: string): ArmTruth {
  const own = truths.find((truth) => truth.arm === arm);
  if (own !== undefined && Number.isInteger(own.n) && own.n >= 1 && own.n <= 1000) return own;
  return fail("escalation.truths_invalid", arm, `Arm "${arm}" needs its number of participants and its true rates.`, {
    expected: "n from 1 to 1000, response, and event where the rule has a limit of events",
    received: own === undefined ? "nothing" : describeReceived(own.n),
  });
}

/** Every number of responders with its probability; a sure 0 where there is no comparator. */
function responsesOf(arm: ArmTruth | undefined): readonly { readonly responders: number; readonly share: Fraction }[] {
  if (arm === undefined) return [{ responders: 0, share: ONE }];
  const { masses, denominator } = binomial(arm.n, readShare(arm.response, `${arm.arm}.response`));
  return masses.map((numerator, responders) => ({ responders, share: { numerator, denominator } }));
}

/** P(the arm passes the limit of events). */
function passing({ gate }: ChoiceRule, { arm, n, event }: ArmTruth): Fraction {
  if (gate.kind === "none") return ONE;
  if (event === undefined) {
    return fail("escalation.truths_invalid", `${arm}.event`, "The rule has a limit of events: state their true rate.");
  }
  const { masses, denominator } = binomial(n, readShare(event, `${arm}.event`));
  const numerator = masses.reduce((sum, mass, events) => (passesGate(gate, n, events) ? sum + mass : sum), 0n);
  return { numerator, denominator };
}

function frontOf(
  rule: ChoiceRule,
  arms: readonly ArmTruth[],
  comparator: { readonly n: number; readonly responders: number } | undefined,
): Front {
  let front: Front = new Map([[NOBODY, { n: 1, responders: -1, byArms: new Map([[0, ONE]]) }]]);
  arms.forEach((arm, j) => {
    const next: Front = new Map();
    const pass = passing(rule, arm);
    for (const { responders, share } of responsesOf(arm)) {
      const own = { n: arm.n, responders };
      const isIn = hasLeastShare(rule.leastShare, own) && hasMargin(rule.marginOverComparator, own, comparator);
      const eligible = isIn ? times(share, pass) : ZERO;
      const out = isIn ? times(share, { ...pass, numerator: pass.denominator - pass.numerator }) : share;
      for (const before of front.values()) {
        put(next, before, before.byArms, out, (bits) => bits);
        const order = own.responders * before.n - before.responders * own.n;
        put(next, order > 0 ? own : before, before.byArms, eligible, (bits) => bestWith(bits, j, order));
      }
    }
    front = next;
  });
  return front;
}

/** The best arms once arm `j` is eligible, whose share is smaller than theirs (order < 0), equal or larger. */
function bestWith(bits: number, j: number, order: number): number {
  if (order < 0) return bits;
  return order === 0 ? bits | (1 << j) : 1 << j;
}

function put(
  front: Front,
  { n, responders }: { readonly n: number; readonly responders: number },
  byArms: ReadonlyMap<number, Fraction>,
  share: Fraction,
  change: (bits: number) => number,
): void {
  if (share.numerator === 0n) return;
  const key = responders < 0 ? NOBODY : `${responders}/${n}`;
  const own = front.get(key) ?? { n, responders, byArms: new Map<number, Fraction>() };
  front.set(key, own);
  for (const [bits, probability] of byArms) {
    const changed = change(bits);
    own.byArms.set(changed, plus(own.byArms.get(changed) ?? ZERO, times(probability, share)));
  }
}

/** Which of the best arms are chosen, and with which probability. */
function sharesOf(tie: ChoiceRule["tie"], best: readonly number[]): readonly (readonly [number, Fraction])[] {
  const [lowest] = best;
  if (lowest === undefined) return [];
  if (best.length === 1 || tie === "lowest") return [[lowest, ONE]];
  if (tie === "highest") return [[best.at(-1) ?? lowest, ONE]];
  return tie === "none" ? [] : best.map((j) => [j, over(ONE, fraction(best.length))] as const);
}
