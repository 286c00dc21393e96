import { requireUrn } from "../procedure/index.js";
import { AllocellError, deepFreeze, fail, requireFields, throwIfAny, type Issue } from "../foundation/index.js";
import type { Urn } from "../procedure/index.js";
import { armProbabilities } from "./armProbability.js";
import { BatchMeans, SUMMED, type SummedMeasure } from "./batchMeans.js";
import { compile, MOST_STATES, type CompileOptions } from "./chain.js";
import { requirePrecision } from "./exactMeasures.js";
import type { Measures, SimulationProgress } from "./model.js";
import { RowSums } from "./rowSums.js";
import { guessesOf, type Guesses } from "./simulateGuesses.js";
import { drawEdge, MOST_VISITS, Thresholds, walkLists, type VisitCounts } from "./walk.js";
import { Words, Xoshiro128 } from "./xoshiro.js";

/** How {@link simulate} draws lists: the stream, how many lists, and when it may stop earlier. */
export interface SimulationOptions {
  /** Text that names the stream; the same text gives the same result. */
  readonly seed: string;
  /** Most lists to simulate, from 200 to 10^9; absent: 10,000. */
  readonly trials?: number;
  /** Standard errors at which to stop, each above 0; absent: all `trials` are run. */
  readonly precision?: Readonly<Partial<Record<SummedMeasure, number>>>;
  /** Whether to return the distribution of the imbalance after every row; absent: after the last only. */
  readonly distributionByRow?: boolean;
  /** Called after every batch; return false to stop there. */
  readonly onProgress?: (progress: SimulationProgress) => boolean | undefined;
}

/** Batches that a standard error rests on before the simulation may stop early. */
const FEWEST_BATCHES = 30;
/** States at which the tables of a simulation beyond the dense counts are begun anew. */
const STREAMED_STATES = 200_000;

/**
 * Simulates lists and measures them. At every row the exact chances of the next one are used (a guess is credited with
 * the probability of being right), so only the paths are random.
 *
 * The trials are run in batches of equal size, and standard errors come from the spread of the batches' means. The state
 * space needs no bound: where it does not fit into tables, they are thrown away and begun anew.
 *
 * @throws AllocellError `assessment.seed_invalid`, `assessment.trials_invalid`, `assessment.precision_invalid`,
 *   `assessment.rows_beyond_end`, and what {@link compile} throws
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function simulate(urn: Urn<unknown>, options: CompileOptions, simulation: SimulationOptions): Measures {
  requireUrn(urn);
  requireFields(options, "what a procedure is compiled for: ratio and rows", { ratio: "a list" });
  requireFields(simulation, "what a simulation needs: seed", {});
  const trials = simulation.trials ?? 10_000;
  if (!Number.isInteger(trials) || trials < 200 || trials > 1e9) {
    fail("assessment.trials_invalid", "trials", "A simulation has 200 to 10^9 trials.", {
      expected: "a whole number from 200 to 1000000000",
      received: String(trials),
    });
  }
  checkPrecision(simulation.precision);
  const size = simulation.precision === undefined ? Math.floor(trials / 100) : Math.min(100, Math.floor(trials / 100));
  const batchSize = Math.max(2, size);
  const measures =
    runInTables(urn, options, simulation, trials, batchSize) ??
    runStreaming(urn, options, simulation, trials, batchSize);
  const chain = compile(urn, { ...options, mostStates: MOST_STATES });
  if (!chain.isHidden || chain.knowledge === "hidden") return measures;
  return deepFreeze(withGuesses(measures, guessesOf(chain, simulation.seed, trials)));
}

/** What a guesser believes who does not see all that is drawn is walked apart from the lists. */
function withGuesses(measures: Measures, { byRow, mean }: Guesses): Measures {
  return {
    ...measures,
    correctGuesses: { ...measures.correctGuesses, maximumProbability: mean.maximumProbability },
    forcedShare: mean.forced,
    entropy: mean.entropy,
    forcingIndex: mean.forcing,
    byRow: { ...measures.byRow, ...byRow },
  };
}

function checkPrecision(precision: SimulationOptions["precision"]): void {
  const issues: Issue[] = Object.keys(precision ?? {})
    .filter((name) => !(SUMMED as readonly string[]).includes(name))
    .map((name) => ({
      code: "assessment.precision_invalid",
      path: `precision.${name}`,
      message: `"${name}" is no measure with a precision.`,
      expected: SUMMED.join(", "),
    }));
  throwIfAny(issues);
  for (const value of Object.values(precision ?? {})) requirePrecision(value);
}

/** Runs batches until all trials are done, the precision is met or the caller stops. */
function runBatches(
  simulation: SimulationOptions,
  trials: number,
  batchSize: number,
  means: BatchMeans,
  runBatch: () => boolean,
): boolean {
  const wanted = Object.entries(simulation.precision ?? {}) as [SummedMeasure, number][];
  while ((means.batches + 1) * batchSize <= trials) {
    if (!runBatch()) return false;
    const errors = wanted.map(([name, target]) => means.standardError(name) / target);
    const done = means.batches * batchSize;
    const standardError = wanted.length === 0 ? NaN : Math.max(...wanted.map(([name]) => means.standardError(name)));
    if (simulation.onProgress?.({ trials: done, mostTrials: trials, standardError }) === false) break;
    if (wanted.length > 0 && means.batches >= FEWEST_BATCHES && Math.max(...errors) <= 1) break;
  }
  return true;
}

function runInTables(
  urn: Urn<unknown>,
  options: CompileOptions,
  simulation: SimulationOptions,
  trials: number,
  batchSize: number,
): Measures | undefined {
  const chain = compile(urn, options);
  const columns = chain.rows + 1;
  if (16 * columns > MOST_VISITS) return undefined;
  const words = new Words(Xoshiro128.fromText(simulation.seed));
  const thresholds = new Thresholds(chain);
  const means = new BatchMeans(chain.rows, batchSize);
  const counts: VisitCounts = {
    visits: new Uint32Array(Math.max(16, chain.size) * columns),
    batch: new Uint32Array(Math.max(16, chain.size)),
    largest: new Uint32Array(16),
  };
  const atEnd = (node: number, largest: number): void => {
    means.endList(chain, node, largest);
  };
  const runBatch = (): boolean => {
    counts.batch.fill(0);
    if (!walkLists(chain, thresholds, words, batchSize, counts, atEnd)) return false;
    const nodes = Math.min(chain.size, counts.batch.length);
    for (let node = 0; node < nodes; node += 1) {
      const times = counts.batch[node] as number;
      if (times > 0) means.visit(chain, node, times);
    }
    means.close();
    return true;
  };
  try {
    if (!runBatches(simulation, trials, batchSize, means, runBatch)) return undefined;
  } catch (error) {
    if (AllocellError.is(error) && error.code === "assessment.too_many_states") return undefined;
    throw error;
  }
  const sums = new RowSums(chain);
  for (let cell = 0; cell < counts.visits.length; cell += 1) {
    const times = counts.visits[cell] as number;
    if (times > 0) sums.add(chain, Math.floor(cell / columns), cell % columns, times);
  }
  counts.largest.forEach((times, level) => {
    if (times > 0) sums.addLargest(level, times);
  });
  return deepFreeze(sums.toMeasures(means, simulation.distributionByRow === true, armProbabilities(urn, chain.rows)));
}

/** Row by row, for state spaces beyond any table: tables are begun anew when they are full. */
function runStreaming(
  urn: Urn<unknown>,
  options: CompileOptions,
  simulation: SimulationOptions,
  trials: number,
  batchSize: number,
): Measures {
  // One list may add a few states a row and arm before the bound is looked at again.
  const mostStates = Math.min(10_000_000, STREAMED_STATES + 1000 * options.ratio.length * options.rows);
  let chain = compile(urn, { ...options, mostStates });
  let thresholds = new Thresholds(chain);
  const words = new Words(Xoshiro128.fromText(simulation.seed));
  const means = new BatchMeans(chain.rows, batchSize);
  const sums = new RowSums(chain);
  const { rows } = chain;
  const runBatch = (): boolean => {
    for (let list = 0; list < batchSize; list += 1) {
      if (chain.size > STREAMED_STATES) {
        chain = compile(urn, { ...options, mostStates });
        thresholds = new Thresholds(chain);
      }
      let node = 0;
      let largest = 0;
      for (let row = 0; row < rows; row += 1) {
        if ((chain.edgeFrom[node] as number) < 0) thresholds.open(node);
        if (chain.edgeFrom[node] === chain.edgeTo[node]) chain.requireEdges(node, row);
        sums.add(chain, node, row, 1);
        means.visit(chain, node, 1);
        node = chain.target[drawEdge(chain, thresholds, node, words)] as number;
        largest = Math.max(largest, chain.level[node] as number);
      }
      sums.add(chain, node, rows, 1);
      sums.addLargest(largest, 1);
      means.endList(chain, node, largest);
    }
    means.close();
    return true;
  };
  runBatches(simulation, trials, batchSize, means, runBatch);
  return deepFreeze(sums.toMeasures(means, simulation.distributionByRow === true, armProbabilities(urn, chain.rows)));
}
