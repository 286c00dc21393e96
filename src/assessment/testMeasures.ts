import { deepFreeze, fail, requireFields } from "../foundation/index.js";
import { requireChain, type Chain } from "./chain.js";
import { ResponseModel, type SequenceSums } from "./biasModel.js";
import type { BiasModel, TestMeasure } from "./model.js";
import { carryRows, NEGLIGIBLE } from "./carryRows.js";
import { drawEdge, Thresholds } from "./walk.js";
import { Words, Xoshiro128 } from "./xoshiro.js";

/** Most different sums that are carried exactly. */
export const MOST_SUMS = 20_000;

/** What {@link testMeasure} does where the exact sums would be too many. */
export interface TestOptions {
  /** Seed of the simulation that takes over where the sums are too many; absent: such a test is refused. */
  readonly seed?: string;
  /** Lists to simulate then, from 200 to 10^7; absent: 10,000. */
  readonly trials?: number;
}

/** Sums of sequences with their probability, by the text of the sums. */
type BySums = Map<string, { readonly sums: SequenceSums; readonly probability: number }>;

const NOTHING: SequenceSums = { inA: 0, shiftA: 0, shiftB: 0, shifted: 0, trendA: 0, cross: 0 };

/**
 * Rejection probability of the two-sided pooled t test under selection and chronological bias: the type I error without
 * an effect, the power with one.
 *
 * Given a sequence it is exact (the doubly noncentral series). Over the sequences it is exact as long as at most
 * {@link MOST_SUMS} different sums occur, by carrying them forward and merging equal ones; beyond, sequences are
 * simulated.
 *
 * @throws AllocellError `assessment.measure_undefined` (not two arms, fewer than 3 rows, or too many sums and no seed),
 *   `assessment.trend_unknown`, `assessment.strategy_unknown`, `assessment.model_invalid`, `assessment.seed_invalid`,
 *   `assessment.trials_invalid`
 * @see Proschan 1994, Stat Sinica 4:219; Tamm & Hilgers 2014, Methods Inf Med 53:501
 */
export function testMeasure(chain: Chain, model: BiasModel, options: TestOptions = {}): TestMeasure {
  requireChain(chain);
  requireFields(model, "a model of bias and effect", {});
  requireFields(options, "the options of a test", {});
  if (chain.arms !== 2) {
    fail("assessment.measure_undefined", "arms", "The pooled t test compares two arms.", {
      expected: "2 arms",
      received: `${chain.arms} arms`,
    });
  }
  const responses = new ResponseModel(model, chain.rows);
  const exact = exactRejection(chain, responses);
  if (exact !== undefined) {
    return deepFreeze({ model: { ...model }, rejection: { value: exact, standardError: 0 }, method: "exact" });
  }
  if (options.seed === undefined) {
    fail("assessment.measure_undefined", "seed", "This test has too many different sums to be exact; simulate it.", {
      expected: `at most ${MOST_SUMS} different sums, or a seed for the simulation`,
    });
  }
  return deepFreeze({
    model: { ...model },
    rejection: simulatedRejection(chain, responses, options.seed, options.trials ?? 10_000),
    method: "simulated",
  });
}

/**
 * P(reject | this sequence) of the same test, for two arms.
 *
 * @param arms - arm indexes in row order, 0 or 1
 * @throws AllocellError `assessment.sequence_invalid`, and as {@link testMeasure}
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 * @example
 * sequenceRejection([0, 1, 0, 1], { selection: { eta: 0.5 } }); // 0.0615...
 */
export function sequenceRejection(
  arms: readonly number[],
  model: BiasModel,
  ratio: readonly [number, number] = [1, 1],
): number {
  requireFields({ arms, ratio }, "a sequence of arms", { arms: "a list", ratio: "a list" });
  requireFields(model, "a model of bias and effect", {});
  if (arms.some((arm) => arm !== 0 && arm !== 1)) {
    fail("assessment.sequence_invalid", "arms", "A sequence for the t test names its two arms 0 and 1.", {
      expected: "a list of 0 and 1",
    });
  }
  const responses = new ResponseModel(model, arms.length);
  let sums = NOTHING;
  let ahead = 0;
  arms.forEach((arm, row) => {
    sums = addRow(sums, arm, row, ahead, responses);
    ahead += arm === 0 ? ratio[1] : -ratio[0];
  });
  return responses.rejection(sums);
}

function addRow(sums: SequenceSums, arm: number, row: number, ahead: number, responses: ResponseModel): SequenceSums {
  const shift = responses.eta === 0 ? 0 : -Math.sign(ahead);
  const step = responses.steps[row] as number;
  return {
    inA: sums.inA + (arm === 0 ? 1 : 0),
    shiftA: sums.shiftA + (arm === 0 ? shift : 0),
    shiftB: sums.shiftB + (arm === 0 ? 0 : shift),
    shifted: sums.shifted + Math.abs(shift),
    trendA: sums.trendA + (arm === 0 ? step : 0),
    cross: sums.cross + shift * step,
  };
}

function exactRejection(chain: Chain, responses: ResponseModel): number | undefined {
  const put = (into: BySums, sums: SequenceSums, probability: number): void => {
    const { inA, shiftA, shiftB, shifted, trendA, cross } = sums;
    const key = `${inA},${shiftA},${shiftB},${shifted},${trendA},${cross}`;
    into.set(key, { sums, probability: probability + (into.get(key)?.probability ?? 0) });
  };
  const carried = {
    start: new Map([["", { sums: NOTHING, probability: 1 }]]),
    along: (bySums: BySums, edge: number, node: number, row: number): BySums => {
      const moved: BySums = new Map();
      const ahead = chain.deviations[2 * node] as number;
      for (const { sums, probability } of bySums.values()) {
        const mass = probability * (chain.probability[edge] as number);
        if (mass >= NEGLIGIBLE) put(moved, addRow(sums, chain.edgeArm[edge] as number, row, ahead, responses), mass);
      }
      return moved;
    },
    add: (a: BySums, b: BySums): BySums => {
      for (const { sums, probability } of b.values()) put(a, sums, probability);
      return a;
    },
  };
  let end: BySums = new Map();
  const isDone = carryRows(chain, carried, (row, { masses }) => {
    if (row === chain.rows) end = masses.reduce(carried.add, new Map());
    return masses.reduce((sum, { size }) => sum + size, 0) <= MOST_SUMS;
  });
  if (!isDone) return undefined;
  return [...end.values()].reduce((sum, own) => sum + own.probability * responses.rejection(own.sums), 0);
}

function simulatedRejection(
  chain: Chain,
  responses: ResponseModel,
  seed: string,
  trials: number,
): { readonly value: number; readonly standardError: number } {
  if (!Number.isInteger(trials) || trials < 200 || trials > 1e7) {
    fail("assessment.trials_invalid", "trials", "A simulated test has 200 to 10^7 trials.", {
      expected: "a whole number from 200 to 10000000",
      received: String(trials),
    });
  }
  const words = new Words(Xoshiro128.fromText(`${seed}|test`));
  const thresholds = new Thresholds(chain);
  const opened = new Set<number>();
  let [mean, spread] = [0, 0];
  for (let trial = 1; trial <= trials; trial += 1) {
    let node = 0;
    let sums = NOTHING;
    for (let row = 0; row < chain.rows; row += 1) {
      // The measures may have expanded a node that has no thresholds yet.
      if (!opened.has(node)) {
        thresholds.open(node);
        opened.add(node);
      }
      if (chain.edgeFrom[node] === chain.edgeTo[node]) chain.requireEdges(node, row);
      const edge = drawEdge(chain, thresholds, node, words);
      sums = addRow(sums, chain.edgeArm[edge] as number, row, chain.deviations[2 * node] as number, responses);
      node = chain.target[edge] as number;
    }
    const value = responses.rejection(sums);
    const before = value - mean;
    mean += before / trial;
    spread += before * (value - mean);
  }
  return { value: mean, standardError: Math.sqrt(spread / (trials - 1) / trials) };
}
