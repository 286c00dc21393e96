import { deepFreeze, describeReceived, fail, requireFields } from "../foundation/index.js";
import { readyProcedure, type Masses, type ProcedureSpec } from "../procedure/index.js";
import { carryRows, doublesOf } from "./carryRows.js";
import { compile, type Chain } from "./chain.js";
import { Tally } from "./distribution.js";
import { guessedArms, type Strategy } from "./guessedArms.js";
import { bestArms, countGuesses, MOST_ENTRIES, moved, together, UNIT, type Counts } from "./guessCounts.js";
import { maximalLevels } from "./maximalLevels.js";
import type { Distribution, ImbalanceScale, UndefinedMeasure } from "./model.js";

/** A number of one drawn list, and where it stands among all lists that the design can give, as long as this one. */
export interface Standing {
  /** The number of this list. */
  readonly value: number;
  /** P(a list has less), and P(a list has as much), both exact; absent where `undefinedMeasures` says why. */
  readonly below?: number;
  readonly equal?: number;
}

/** The design of one list: that of a plan, for one stratum. */
export interface ListDesign {
  readonly procedure: ProcedureSpec;
  readonly ratio: readonly number[];
  /** Rows of the whole list, a whole number from 1 to 10^6; a procedure may end with them. */
  readonly length: number;
}

/** Balance and predictability of one sequence of arms that was drawn. UNBLINDED. */
export interface DrawnMeasures {
  /** Rows of the sequence, at least 1. */
  readonly rows: number;
  readonly scale: ImbalanceScale;
  /** After each row: D = N_A - N_B for two arms at 1:1; otherwise max_k abs(N_k - n w_k / W). */
  readonly imbalance: readonly number[];
  /** By arm: how often it stands in the sequence. */
  readonly byArm: readonly number[];
  /** Size of the imbalance after the last row. */
  readonly finalImbalance: Standing;
  /** The largest size of the imbalance after any row. */
  readonly maximalImbalance: Standing;
  /** Rows whose arm is certain for who knows the design and all rows before. */
  readonly deterministic: Standing;
  /** Correct guesses of each strategy; where m arms are equally good guesses, a right one counts 1/m. */
  readonly correctGuesses: {
    readonly convergence: Standing;
    readonly divergence: Standing;
    /** Of who knows the design, but no block's drawn size: the arm with the greatest probability. */
    readonly maximumProbability: Standing;
  };
  readonly undefinedMeasures: readonly UndefinedMeasure[];
}

/** Most arms: the shares of a guess are counted in 1/27720. */
const MOST_ARMS = 12;

/**
 * Measures a sequence that was drawn: its imbalance row by row, its deterministic allocations, what each strategy of
 * guessing guesses right, and where these numbers stand among all lists of the design. UNBLINDED.
 *
 * @param sequence - arm indexes from 0 in row order: a whole list or its beginning, at least one row
 * @throws AllocellError `assessment.sequence_invalid` for a sequence that the design cannot give,
 *   `assessment.too_many_arms` above 12 arms, `assessment.too_many_states`, `procedure.*` for the design
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 * @example
 * const blocks = { procedure: { kind: "permuted-block", sizes: [4] }, ratio: [1, 1], length: 8 } as const;
 * drawnMeasures(blocks, [0, 0, 1, 1, 0, 1, 0, 1]).deterministic.value; // 3
 */
export function drawnMeasures(design: ListDesign, sequence: readonly number[]): DrawnMeasures {
  const chain = chainOf(design, sequence);
  if (chain.arms > MOST_ARMS) {
    fail("assessment.too_many_arms", "ratio", "A drawn list is measured for at most 12 arms.", {
      expected: `at most ${MOST_ARMS} arms`,
      received: `${chain.arms} arms`,
    });
  }
  const path = pathOf(chain, sequence);
  const unit = chain.scale === "difference" ? 1 : chain.ratioSum;
  const sizes = path.imbalance.map(Math.abs);
  const ofSize = (size: number, sizesOfAll: Distribution | undefined): Standing => ({
    ...standing(size, sizesOfAll),
    value: size / unit,
  });
  const guesses = countGuesses(chain);
  const among = {
    finalImbalance: finalLevels(chain),
    maximalImbalance: maximalLevels(chain),
    deterministic: guesses?.deterministic,
    convergence: countsByImbalance(chain, "convergence"),
    divergence: countsByImbalance(chain, "divergence"),
    maximumProbability: guesses?.best,
  };
  return deepFreeze({
    rows: sequence.length,
    scale: chain.scale,
    imbalance: path.imbalance.map((value) => value / unit),
    byArm: chain.ratio.map((_, arm) => sequence.filter((own) => own === arm).length),
    finalImbalance: ofSize(sizes.at(-1) ?? 0, among.finalImbalance),
    maximalImbalance: ofSize(Math.max(...sizes), among.maximalImbalance),
    deterministic: standing(path.deterministic, among.deterministic),
    correctGuesses: {
      convergence: standing(path.convergence, among.convergence),
      divergence: standing(path.divergence, among.divergence),
      maximumProbability: standing(path.best, among.maximumProbability),
    },
    undefinedMeasures: Object.entries(among).flatMap(([measure, known]) =>
      known === undefined ? [{ measure, reason: TOO_MUCH }] : [],
    ),
  });
}

const TOO_MUCH = "where it stands among all lists of the design takes too much work to be exact";

/**
 * P(arm of the next row) for somebody who knows the design and who has seen the arms of some rows only, such as those of
 * code breaks. UNBLINDED.
 *
 * @param seen - by row, from the first: the arm's index, or undefined where it was not seen
 * @returns by arm, adding up to 1
 * @throws AllocellError as {@link drawnMeasures}
 * @example
 * const blocks = { procedure: { kind: "permuted-block", sizes: [2] }, ratio: [1, 1], length: 8 } as const;
 * nextAllocation(blocks, [0, 1, 0]); // [0, 1]: the third block has one place left
 * nextAllocation(blocks, [0, undefined, undefined]); // [0.5, 0.5]
 */
export function nextAllocation(design: ListDesign, seen: readonly (number | undefined)[]): readonly number[] {
  requireFields({ seen }, "the arms that were seen, by row", { seen: "a list" });
  const { walk, arms } = chainOf(design, [...seen, undefined]);
  let belief: Masses<number> = walk.start();
  seen.forEach((arm, row) => {
    const { byArm } = walk.assign(belief);
    belief = arm === undefined ? walk.merge(byArm) : requirePossible(byArm[arm], row, arm);
  });
  const next = walk.assign(belief).byArm.map((own) => walk.sum(own) ?? 0);
  const total = next.reduce((sum, mass) => sum + mass, 0);
  return Object.freeze(Array.from({ length: arms }, (_, arm) => (next[arm] ?? 0) / total));
}

function chainOf(design: ListDesign, sequence: readonly (number | undefined)[]): Chain {
  requireFields(design, "the design of a list: procedure, ratio, length", { ratio: "a list", length: "a number" });
  requireFields({ sequence }, "a sequence of arms", { sequence: "a list" });
  const { procedure, ratio, length } = design;
  const { urn } = readyProcedure(procedure, ratio, length);
  const wrong = sequence.find((arm) => arm !== undefined && !(Number.isInteger(arm) && arm >= 0 && arm < ratio.length));
  if (wrong !== undefined) {
    fail("assessment.sequence_invalid", "sequence", "A sequence names its arms by their indexes.", {
      expected: `whole numbers from 0 to ${ratio.length - 1}`,
      received: describeReceived(wrong),
    });
  }
  return compile(urn, { ratio, rows: sequence.length });
}

function requirePossible(masses: Masses<number> | undefined, row: number, arm: number): Masses<number> {
  if (masses !== undefined && masses.size > 0) return masses;
  return fail("assessment.sequence_invalid", `sequence.${row}`, `The design cannot give this arm in row ${row + 1}.`, {
    expected: "a list of this procedure, ratio and length",
    received: `arm ${arm}`,
  });
}

/** What one sequence has: the imbalance in units of the chain, and the guesses that are right. */
interface Path {
  readonly imbalance: readonly number[];
  readonly deterministic: number;
  readonly best: number;
  readonly convergence: number;
  readonly divergence: number;
}

function pathOf(chain: Chain, sequence: readonly number[]): Path {
  const { walk, ratio, ratioSum, scale } = chain;
  const deviations = ratio.map(() => 0);
  const imbalance: number[] = [];
  const right = { deterministic: 0, best: 0, convergence: 0, divergence: 0 };
  const share = (guessed: readonly number[], arm: number): number => (guessed.includes(arm) ? 1 / guessed.length : 0);
  let belief: Masses<number> = walk.start();
  sequence.forEach((arm, row) => {
    const { byArm } = walk.assign(scaled(belief, walk.sum(belief) ?? 1));
    const shares = byArm.map((own) => walk.sum(own) ?? 0);
    belief = requirePossible(byArm[arm], row, arm);
    right.deterministic += byArm.filter((own) => own.size > 0).length === 1 ? 1 : 0;
    right.best += share(bestArms(shares), arm);
    right.convergence += share(guessedArms(deviations, ratio, "convergence"), arm);
    right.divergence += share(guessedArms(deviations, ratio, "divergence"), arm);
    for (const [k, own] of deviations.entries()) {
      deviations[k] = own - (ratio[k] as number) + (k === arm ? ratioSum : 0);
    }
    imbalance.push(scale === "difference" ? (deviations[0] ?? 0) : Math.max(...deviations.map(Math.abs)));
  });
  return { imbalance, ...right };
}

const scaled = (masses: Masses<number>, total: number): Masses<number> =>
  new Map([...masses].map(([state, mass]) => [state, mass / total]));

/** The number of correct guesses by the imbalance over all lists; undefined if that takes too much work. */
function countsByImbalance(chain: Chain, strategy: Strategy): Distribution | undefined {
  const guessedAt = new Map<number, readonly number[]>();
  const credit = (edge: number, node: number): number => {
    const own = chain.deviations.subarray(node * chain.arms, (node + 1) * chain.arms);
    const guessed = guessedAt.get(node) ?? guessedArms(own, chain.ratio, strategy);
    guessedAt.set(node, guessed);
    return guessed.includes(chain.edgeArm[edge] as number) ? UNIT / guessed.length : 0;
  };
  const counts = new Tally();
  const carried = {
    start: new Map([[0, 1]]),
    along: (mass: Counts, edge: number, node: number) =>
      moved(mass, credit(edge, node), chain.probability[edge] as number),
    add: together,
  };
  let entries = 0;
  const isWhole = carryRows(chain, carried, (row, { masses }) => {
    if (row === chain.rows) for (const mass of masses) for (const [count, p] of mass) counts.add(count, p);
    entries += masses.reduce((sum, { size }) => sum + size, 0);
    return entries <= MOST_ENTRIES;
  });
  return isWhole ? counts.toDistribution(UNIT) : undefined;
}

/** The size of the imbalance at the end over all lists, in units of the chain, as that of {@link maximalLevels}. */
function finalLevels(chain: Chain): Distribution {
  const levels = new Tally();
  carryRows(chain, doublesOf(chain), (row, { nodes, masses }) => {
    if (row === chain.rows)
      nodes.forEach((node, i) => {
        levels.add(chain.level[node] as number, masses[i] as number);
      });
    return undefined;
  });
  return levels.toDistribution();
}

/** Values that differ by less are one: a count is a sum of shares such as 1/3. */
const SAME = 1e-9;

function standing(value: number, among: Distribution | undefined): Standing {
  if (among === undefined) return { value };
  let [below, equal] = [0, 0];
  among.values.forEach((other, i) => {
    const probability = among.probabilities[i] as number;
    if (Math.abs(other - value) < SAME) equal += probability;
    else if (other < value) below += probability;
  });
  return { value, below, equal };
}
