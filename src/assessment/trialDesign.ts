import { fail } from "../foundation/index.js";
import { dynamicUrn, type ArmShare, type DynamicFactor, type DynamicProcedure, type Factor } from "../list/index.js";
import { readyProcedure, type CovariateUrn, type ProcedureSpec } from "../procedure/index.js";
import { compile, type Chain } from "./chain.js";
import { guessRows, type GuessRows } from "./guessRows.js";
import { drawEdge, Thresholds } from "./walk.js";
import type { Words } from "./xoshiro.js";

/** What is randomized: arms with their ratio, and the factors that are looked at, the centre among them. */
export interface TrialFrame {
  readonly arms: readonly ArmShare[];
  readonly factors: readonly Factor[];
}

/** How a whole trial is randomized: by lists, one for each stratum, or dynamically. */
export type TrialDesign =
  | {
      readonly kind: "list";
      readonly procedure: ProcedureSpec;
      /** Names of the factors whose combinations have a list each; none: one list. */
      readonly strata: readonly string[];
      /** Rows of a list; whoever comes later gets the first row of another list. */
      readonly length: number;
    }
  | {
      readonly kind: "dynamic";
      readonly procedure: DynamicProcedure;
      /** The factors that it looks at, by name, with their weights. */
      readonly factors: readonly Pick<DynamicFactor, "factor" | "weight">[];
    };

/** One simulated trial's allocation as it goes on. */
export interface Allocator {
  /** P(arm) of the participant who was allocated last, for somebody who knows the state. */
  readonly chances: Float64Array;
  /** P(the best guess of that allocation is right), for somebody who knows the design and all earlier allocations. */
  best: number;
  /** P(that allocation was deterministic), for the same. */
  forced: number;
  /** Whether a guesser at one centre sees all that the allocations of that centre depend on. */
  readonly isByCentre: boolean;
  begin(): void;
  /** The arm of the next participant. */
  next(profile: readonly number[], words: Words): number;
}

/** @throws AllocellError as the procedure does; `assessment.option_invalid` for a factor that the frame has not */
export function allocatorOf(design: TrialDesign, frame: TrialFrame, centre: string | undefined): Allocator {
  const placeOf = (name: string): number => {
    const place = frame.factors.findIndex(({ factor }) => factor === name);
    if (place >= 0) return place;
    return fail("assessment.option_invalid", "factors", `The trial has no factor "${name}".`, {
      expected: frame.factors.map(({ factor }) => factor).join(", "),
      received: name,
    });
  };
  if (design.kind === "list") {
    const isByCentre = centre !== undefined && design.strata.includes(centre);
    return new ListAllocator(design, frame, design.strata.map(placeOf), isByCentre);
  }
  const places = design.factors.map(({ factor }) => placeOf(factor));
  const factors = design.factors.map((own, i) => ({ ...(frame.factors[places[i] as number] as Factor), ...own }));
  const urn = dynamicUrn({ arms: frame.arms, procedure: design.procedure, factors });
  return new DynamicAllocator(urn, places);
}

class DynamicAllocator implements Allocator {
  readonly chances: Float64Array;
  best = 0;
  forced = 0;
  readonly isByCentre = false;
  readonly #urn: CovariateUrn;
  readonly #places: readonly number[];
  readonly #profile: number[];
  #state: number[] = [];

  constructor(urn: CovariateUrn, places: readonly number[]) {
    this.#urn = urn;
    this.#places = places;
    this.#profile = places.map(() => 0);
    this.chances = new Float64Array(urn.arms);
  }

  begin(): void {
    this.#state = [...this.#urn.start];
  }

  next(profile: readonly number[], words: Words): number {
    const { chances } = this;
    this.#places.forEach((place, i) => (this.#profile[i] = profile[place] as number));
    const balls = this.#urn.balls(this.#state, this.#profile);
    let total = 0;
    for (const count of balls) total += Number(count);
    this.best = 0;
    let drawn = -1;
    let x = words.nextUniform();
    for (let arm = 0; arm < chances.length; arm += 1) {
      const chance = Number(balls[arm]) / total;
      chances[arm] = chance;
      if (chance > this.best) this.best = chance;
      if (chance > 0 && x >= 0) drawn = arm;
      x -= chance;
    }
    this.forced = this.best === 1 ? 1 : 0;
    this.#urn.add(this.#state, drawn, this.#profile);
    return drawn;
  }
}

class ListAllocator implements Allocator {
  readonly chances: Float64Array;
  best = 0;
  forced = 0;
  readonly isByCentre: boolean;
  readonly #chain: Chain;
  readonly #thresholds: Thresholds;
  readonly #guesses: GuessRows | undefined;
  readonly #places: readonly number[];
  readonly #levels: readonly number[];
  readonly #node: Int32Array;
  readonly #row: Int32Array;
  readonly #length: number;

  constructor(
    design: TrialDesign & { readonly kind: "list" },
    frame: TrialFrame,
    places: readonly number[],
    isByCentre: boolean,
  ) {
    const ratio = frame.arms.map((share) => share.ratio);
    const { urn } = readyProcedure(design.procedure, ratio, design.length);
    this.#length = design.length;
    this.#chain = compile(urn, { ratio, rows: design.length });
    this.#thresholds = new Thresholds(this.#chain);
    // By row, because what a guesser believes of hidden block sizes is no property of a node.
    this.#guesses = this.#chain.isHidden ? guessRows(this.#chain) : undefined;
    this.#places = places;
    this.#levels = places.map((place) => frame.factors[place]?.levels.length ?? 1);
    const strata = this.#levels.reduce((product, levels) => product * levels, 1);
    this.#node = new Int32Array(strata);
    this.#row = new Int32Array(strata);
    this.chances = new Float64Array(ratio.length);
    this.isByCentre = isByCentre;
  }

  begin(): void {
    this.#node.fill(0);
    this.#row.fill(0);
  }

  next(profile: readonly number[], words: Words): number {
    const chain = this.#chain;
    let stratum = 0;
    for (let i = 0; i < this.#places.length; i += 1) {
      stratum = stratum * (this.#levels[i] as number) + (profile[this.#places[i] as number] as number);
    }
    let row = this.#row[stratum] as number;
    if (row === this.#length) {
      row = 0;
      this.#node[stratum] = 0;
    }
    const node = this.#node[stratum] as number;
    if ((chain.edgeFrom[node] as number) < 0) this.#thresholds.open(node);
    for (let arm = 0; arm < this.chances.length; arm += 1) {
      this.chances[arm] = chain.armProbability[node * this.chances.length + arm] as number;
    }
    this.best = this.#guesses?.maximumProbability[row] ?? (chain.best[node] as number);
    this.forced = this.#guesses?.forced[row] ?? (chain.forced[node] as number);
    const edge = drawEdge(chain, this.#thresholds, node, words);
    this.#node[stratum] = chain.target[edge] as number;
    this.#row[stratum] = row + 1;
    return chain.edgeArm[edge] as number;
  }
}
