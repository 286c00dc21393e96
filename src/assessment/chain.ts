import { fail, requireFields } from "../foundation/index.js";
import { DOUBLES, reducedRatio, requireUrn, UrnStates, Walk, type Urn } from "../procedure/index.js";
import { guessedArms } from "./guessedArms.js";
import type { ImbalanceScale, Knowledge } from "./model.js";

/** Most states that are compiled unless more are asked for: about 100 MB. */
export const MOST_STATES = 400_000;

/**
 * For what {@link compile} makes its table: the ratio (whole numbers, one an arm), the rows, and what a guesser knows
 * (absent: `set-known`).
 */
export interface CompileOptions {
  readonly ratio: readonly number[];
  /** Rows that will be looked at, a whole number from 1 to 10^6. */
  readonly rows: number;
  readonly knowledge?: Knowledge;
  /** Bound on the states, a whole number from 1 to 10^7; absent: {@link MOST_STATES}. */
  readonly mostStates?: number;
  /** Told how many rows of the list a computation has behind it; the measures are several computations, one after another. */
  readonly onRow?: (done: number, rows: number) => unknown;
}

/**
 * The compiled form of the walk over an urn: tables that are filled in as nodes are reached.
 *
 * A node is a state of the urn together with the imbalance, kept in whole numbers as W N_k - n w_k. Its edges lead to
 * the nodes after the next row, with all hidden draws between. What a guesser knows needs no place in it: a guess by the
 * imbalance is right with the mean over the nodes, and guesses by the design are walked apart (see `beliefs.ts`).
 */
export class Chain {
  readonly arms: number;
  readonly rows: number;
  readonly ratio: readonly number[];
  readonly ratioSum: number;
  readonly knowledge: Knowledge;
  readonly onRow: CompileOptions["onRow"];
  readonly scale: ImbalanceScale;
  /** Whether something is drawn that a guesser does not see, so that what he knows is not the state itself. */
  readonly isHidden: boolean;
  /** The walk that the tables are compiled from. */
  readonly walk: Walk<number>;

  /** By node: first edge (-1: not expanded yet), and the edge after its last. */
  edgeFrom: Int32Array;
  edgeTo: Int32Array;
  /** By node and arm: W N_k - n w_k. */
  deviations: Int32Array;
  /** By node: |N_A - N_B| or max_k |W N_k - n w_k|. */
  level: Int32Array;
  /** By node and arm: P(arm of the next row). */
  armProbability: Float64Array;
  convergence: Float64Array;
  divergence: Float64Array;
  best: Float64Array;
  entropy: Float64Array;
  forcing: Float64Array;
  forced: Uint8Array;

  /** By edge. */
  target: Int32Array;
  probability: Float64Array;
  edgeArm: Uint8Array;

  readonly #most: number;
  readonly #stateOf: number[] = [];
  readonly #nodeOf = new Map<number | string, number>();
  #edges = 0;

  constructor(urn: Urn<unknown>, options: CompileOptions) {
    this.ratio = reducedRatio(options.ratio);
    this.rows = wholeNumber(options.rows, "rows", 1_000_000);
    this.#most = wholeNumber(options.mostStates ?? MOST_STATES, "mostStates", 10_000_000);
    if (this.ratio.length !== urn.arms) {
      fail("assessment.ratio_differs", "ratio", "The ratio and the procedure have different numbers of arms.", {
        expected: `${urn.arms} entries`,
        received: `${this.ratio.length} entries`,
      });
    }
    this.arms = urn.arms;
    if (this.arms > 255) {
      fail("assessment.too_many_arms", "ratio", "An assessment has at most 255 arms.", { received: `${this.arms}` });
    }
    this.ratioSum = this.ratio.reduce((sum, w) => sum + w, 0);
    this.knowledge = options.knowledge ?? "set-known";
    this.onRow = options.onRow;
    this.scale = this.arms === 2 && this.ratioSum === 2 ? "difference" : "deviation";
    this.walk = new Walk(new UrnStates(urn), DOUBLES);
    const { balls } = this.walk.states.describe(this.walk.states.start);
    // Where hidden balls compete with the arms (drop the loser), the urn's contents are taken as known after each row.
    const isMixed =
      balls.some((n, ball) => ball < this.arms && Number(n) > 0) &&
      balls.some((n, ball) => ball >= this.arms && Number(n) > 0);
    this.isHidden = balls.length > this.arms && !isMixed;
    const room = 1024;
    this.edgeFrom = new Int32Array(room);
    this.edgeTo = new Int32Array(room);
    this.level = new Int32Array(room);
    this.deviations = new Int32Array(room * this.arms);
    this.armProbability = new Float64Array(room * this.arms);
    this.convergence = new Float64Array(room);
    this.divergence = new Float64Array(room);
    this.best = new Float64Array(room);
    this.entropy = new Float64Array(room);
    this.forcing = new Float64Array(room);
    this.forced = new Uint8Array(room);
    this.target = new Int32Array(2 * room);
    this.probability = new Float64Array(2 * room);
    this.edgeArm = new Uint8Array(2 * room);
    const none = new Int32Array(this.arms);
    this.#add(this.walk.states.start, none);
  }

  /** Nodes reached so far. */
  get size(): number {
    return this.#stateOf.length;
  }

  /** Makes the edges of a node and what a guesser has at it, unless they are there already. */
  expand(node: number): void {
    if ((this.edgeFrom[node] as number) >= 0) return;
    const { byArm } = this.walk.assign(new Map([[this.stateOf(node), 1]]));
    const { arms } = this;
    const own = this.deviations.slice(node * arms, (node + 1) * arms);
    const moved = new Int32Array(arms);
    this.edgeFrom[node] = this.#edges;
    const shares = new Float64Array(arms);
    byArm.forEach((masses, arm) => {
      for (let k = 0; k < arms; k += 1) {
        moved[k] = (own[k] as number) - (this.ratio[k] as number) + (k === arm ? this.ratioSum : 0);
      }
      for (const [state, probability] of masses) {
        this.#addEdge(arm, this.#add(state, moved), probability);
        shares[arm] = (shares[arm] as number) + probability;
      }
    });
    this.edgeTo[node] = this.#edges;
    const isForced = byArm.filter((masses) => masses.size > 0).length === 1;
    this.#describe(node, own, shares, isForced);
  }

  /** The urn's state at a node, by its number. */
  stateOf(node: number): number {
    return this.#stateOf[node] as number;
  }

  #addEdge(arm: number, target: number, probability: number): void {
    const edge = this.#edges;
    if (edge === this.target.length) {
      this.target = grown(this.target, Int32Array);
      this.probability = grown(this.probability, Float64Array);
      this.edgeArm = grown(this.edgeArm, Uint8Array);
    }
    this.target[edge] = target;
    this.probability[edge] = probability;
    this.edgeArm[edge] = arm;
    this.#edges += 1;
  }

  /** Refuses a walk that goes on where nobody more can be assigned. */
  requireEdges(node: number, row: number): void {
    if (this.edgeFrom[node] === this.edgeTo[node]) {
      fail(
        "assessment.rows_beyond_end",
        "rows",
        "The procedure comes to its end before the rows that were asked for.",
        {
          expected: `at most ${row} rows`,
          received: `${this.rows} rows`,
        },
      );
    }
  }

  #describe(node: number, lag: Int32Array, shares: Float64Array, isForced: boolean): void {
    const { arms, ratio, ratioSum } = this;
    const meanOf = (guessed: readonly number[]): number =>
      guessed.reduce((sum, k) => sum + (shares[k] as number), 0) / guessed.length;
    let [best, entropy, square] = [0, 0, 0];
    for (let k = 0; k < arms; k += 1) {
      const p = shares[k] as number;
      this.armProbability[node * arms + k] = p;
      if (p > best) best = p;
      if (p > 0 && p < 1) entropy -= p * Math.log(p);
      square += (p - (ratio[k] as number) / ratioSum) ** 2;
    }
    this.convergence[node] = meanOf(guessedArms(lag, ratio, "convergence"));
    this.divergence[node] = meanOf(guessedArms(lag, ratio, "divergence"));
    this.best[node] = best;
    this.entropy[node] = isForced ? 0 : entropy;
    this.forcing[node] = this.scale === "difference" ? 4 * (best - 0.5) : Math.sqrt(square);
    this.forced[node] = isForced ? 1 : 0;
  }

  #add(state: number, deviation: Int32Array): number {
    const key = this.arms === 2 ? state * 536870912 + (deviation[0] as number) : `${state}|${deviation.join()}`;
    const known = this.#nodeOf.get(key);
    if (known !== undefined) return known;
    const node = this.#stateOf.length;
    if (node >= this.#most) tooManyStates(this.#most);
    if (node === this.edgeFrom.length) this.#grow();
    this.#nodeOf.set(key, node);
    this.#stateOf.push(state);
    this.edgeFrom[node] = -1;
    let level = 0;
    for (let k = 0; k < this.arms; k += 1) {
      const value = deviation[k] as number;
      this.deviations[node * this.arms + k] = value;
      if (Math.abs(value) > level) level = Math.abs(value);
    }
    this.level[node] = level;
    return node;
  }

  #grow(): void {
    this.edgeFrom = grown(this.edgeFrom, Int32Array);
    this.edgeTo = grown(this.edgeTo, Int32Array);
    this.level = grown(this.level, Int32Array);
    this.deviations = grown(this.deviations, Int32Array);
    this.armProbability = grown(this.armProbability, Float64Array);
    this.convergence = grown(this.convergence, Float64Array);
    this.divergence = grown(this.divergence, Float64Array);
    this.best = grown(this.best, Float64Array);
    this.entropy = grown(this.entropy, Float64Array);
    this.forcing = grown(this.forcing, Float64Array);
    this.forced = grown(this.forced, Uint8Array);
  }
}

/** D^2, or sum_k (N_k - n w_k / W)^2. */
export function squareOf(chain: Chain, node: number): number {
  const { arms, ratioSum } = chain;
  if (chain.scale === "difference") return (chain.deviations[2 * node] as number) ** 2;
  let sum = 0;
  for (let k = 0; k < arms; k += 1) sum += (chain.deviations[node * arms + k] as number) ** 2;
  return sum / ratioSum ** 2;
}

/** sum_k (N_k - n rho_k)^2 / (n rho_k) after row n, from 1. */
export function lossOf({ deviations, ratio, ratioSum }: Chain, node: number, n: number): number {
  const arms = ratio.length;
  let sum = 0;
  for (let k = 0; k < arms; k += 1) sum += (deviations[node * arms + k] as number) ** 2 / (ratio[k] as number);
  return sum / (ratioSum * n);
}

/** Holds what should be a compiled procedure to its class. @throws AllocellError `input.invalid` */
export function requireChain(chain: Chain): void {
  requireFields(chain, "a procedure, as compile returns it", {
    arms: "a number",
    rows: "a number",
    ratio: "a list",
    walk: "a map",
    expand: "a function",
  });
}

type Column = Int32Array | Float64Array | Uint8Array;

function grown<T extends Column>(column: T, make: new (length: number) => T): T {
  const longer = new make(2 * column.length);
  longer.set(column);
  return longer;
}

function wholeNumber(value: number, path: string, most: number): number {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    fail(`assessment.${path === "rows" ? "rows_invalid" : "option_invalid"}`, path, `"${path}" is out of range.`, {
      expected: `a whole number from 1 to ${most}`,
      received: String(value),
    });
  }
  return value;
}

/** The bound of every compilation: it never explodes silently. */
function tooManyStates(most: number): never {
  return fail(
    "assessment.too_many_states",
    "mostStates",
    `This procedure needs more than ${most} states; it can be simulated instead.`,
    { expected: `at most ${most} states: simulate (--simulate), or look at fewer rows` },
  );
}

/**
 * Compiles a procedure into tables of states, transitions by arm and weights, as they are reached.
 *
 * @throws AllocellError `assessment.too_many_states` (also later, when more states are reached), `assessment.rows_invalid`
 *   (0 rows included), `assessment.ratio_differs`, `assessment.option_invalid`, `procedure.ratio_invalid` (one arm)
 */
export function compile(urn: Urn<unknown>, options: CompileOptions): Chain {
  requireUrn(urn);
  requireFields(options, "what a procedure is compiled for: ratio and rows", { ratio: "a list" });
  return new Chain(urn, options);
}
