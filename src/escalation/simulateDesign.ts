import { deepFreeze, describeReceived, fail, requireFields } from "../foundation/index.js";
import { below, type WordSource } from "../random/index.js";
import { overdoseOf, type Characteristics, type CharacteristicsOptions } from "./characteristics.js";
import { firstStep } from "./firstStep.js";
import type { Measure } from "./measure.js";
import type { EscalationDesign, Reason, Situation } from "./model.js";
import type { Rule } from "./rules/rule.js";
import { compileRule } from "./rules/rules.js";
import { readRates, type Rates } from "./truth.js";
import { after, startOf } from "./walk.js";

const MOST_RUNS = 1_000_000;

interface Run extends Situation {
  readonly reason: Reason;
  readonly recommended: number | null;
}

/** Mean and standard error of a number that each run gives. */
class Mean {
  #sum = 0;
  #squares = 0;
  #runs = 0;

  add(value: number): void {
    this.#sum += value;
    this.#squares += value * value;
    this.#runs += 1;
  }

  measure(): Measure {
    const value = this.#sum / this.#runs;
    const variance = Math.max(0, this.#squares / this.#runs - value * value);
    return { value, standardError: Math.sqrt(variance / Math.max(1, this.#runs - 1)) };
  }
}

/**
 * The characteristics of a design that is too large to be enumerated, from simulated parts, with standard errors.
 *
 * Each participant has a DLT with exactly the level's probability: one bounded draw below the rates' common denominator.
 *
 * @param runs - simulated parts, 2 to 1,000,000
 * @param source - the words that outcomes are drawn from; it is used up
 * @throws AllocellError `escalation.runs_invalid`, `escalation.rates_invalid`, `escalation.share_invalid`
 */
export function simulateCharacteristics(
  design: EscalationDesign,
  truth: readonly string[],
  by: { readonly runs: number; readonly source: WordSource },
  options: CharacteristicsOptions = {},
): Characteristics {
  requireFields(by, "how to simulate: runs and source", { runs: "a number", source: "a map" });
  const { runs, source } = by;
  if (!Number.isInteger(runs) || runs < 2 || runs > MOST_RUNS) {
    return fail("escalation.runs_invalid", "runs", "The number of simulated parts is a whole number.", {
      expected: `2 to ${MOST_RUNS}`,
      received: describeReceived(runs),
    });
  }
  const rule = compileRule(design);
  const rates = readRates(truth, design.levels.length);
  const all = Array.from({ length: runs }, () => simulateOne(design, rule, rates, source));
  const mean = (value: (run: Run) => number): Measure => {
    const sum = new Mean();
    for (const run of all) sum.add(value(run));
    return sum.measure();
  };
  const share = (isSo: (run: Run) => boolean): Measure => mean((run) => (isSo(run) ? 1 : 0));
  const treated = ({ n }: Run): number => n.reduce((sum, count) => sum + count, 0);
  const totals = [...new Set(all.map(treated))].sort((a, b) => a - b);
  const overdose = overdoseOf(design, options, rates);
  const { moreThan } = options;
  const isAbove = (level: number): boolean => overdose?.isAbove[level - 1] === true;
  const above = ({ n }: Run): number => n.reduce((sum, count, j) => (isAbove(j + 1) ? sum + count : sum), 0);
  return deepFreeze({
    truth: [...truth],
    method: "simulated",
    runs,
    none: share(({ recommended }) => recommended === null),
    recommended: design.levels.map((_, j) => share(({ recommended }) => recommended === j + 1)),
    expectedTreated: mean(treated),
    expectedTreatedByLevel: design.levels.map((_, j) => mean(({ n }) => n[j] ?? 0)),
    expectedDlt: mean(({ dlt }) => dlt.reduce((sum, count) => sum + count, 0)),
    expectedDltByLevel: design.levels.map((_, j) => mean(({ dlt }) => dlt[j] ?? 0)),
    total: totals.map((participants) => ({ participants, probability: share((run) => treated(run) === participants) })),
    endsBecause: [...new Set(all.map(({ reason }) => reason))].map((reason) => ({
      reason,
      probability: share((run) => run.reason === reason),
    })),
    ...(moreThan === undefined
      ? {}
      : { moreThan: { participants: moreThan, probability: share((run) => treated(run) > moreThan) } }),
    ...(overdose === undefined
      ? {}
      : {
          overdose: {
            rate: overdose.rate,
            someTreated: share((run) => above(run) > 0),
            expectedTreated: mean(above),
            recommended: share(({ recommended }) => recommended !== null && isAbove(recommended)),
          },
        }),
  });
}

function simulateOne(
  design: EscalationDesign,
  rule: Rule,
  { numerators, denominator }: Rates,
  source: WordSource,
): Run {
  let situation = startOf(design);
  let step = firstStep(design);
  while (step.action !== "stop") {
    const numerator = numerators[step.level - 1] ?? 0n;
    let toxic = 0;
    for (let k = 0; k < step.size; k += 1) if (below(source, denominator) < numerator) toxic += 1;
    situation = after(situation, step, step.size, toxic);
    step = rule.step(situation);
  }
  return { ...situation, reason: step.reason, recommended: step.recommended };
}
