import type { ProcedureKind, ProcedureSpec } from "../../src/procedure/index.js";

const ratios: Partial<Record<ProcedureKind, readonly [number, number]>> = {
  complete: [2, 1],
  "random-allocation-rule": [2, 1],
  "permuted-block": [2, 1],
  "ordered-blocks": [2, 1],
  "block-urn": [2, 1],
  "mass-weighted-urn": [2, 1],
  "drop-the-loser": [2, 1],
  "doubly-adaptive": [2, 1],
  "maximum-entropy": [2, 1],
  "minimum-quadratic-distance": [2, 1],
  "brick-tunnel": [2, 1],
  maximal: [2, 1],
};

const parameters: Record<ProcedureKind, object> = {
  complete: {},
  "random-allocation-rule": {},
  "permuted-block": { sizes: [3, 6], weights: [2, 1], lastBlock: "whole" },
  "ordered-blocks": { sizes: [6, 3, 3] },
  "truncated-binomial": { size: 6 },
  maximal: { tolerance: 3 },
  "big-stick": { tolerance: 3 },
  efron: { probability: "2/3" },
  chen: { probability: "3/4", tolerance: 3 },
  ehrenfest: { tolerance: 4 },
  "adjustable-biased-coin": { steepness: "3/2" },
  "generalized-biased-coin": { exponent: "5/2" },
  wei: { initial: 1, added: 2 },
  "bayesian-biased-coin": { gamma: "1/10" },
  hadamard: {},
  "block-urn": { lambda: 2 },
  "mass-weighted-urn": { alpha: "5/2" },
  "drop-the-loser": { immigration: 1 },
  "doubly-adaptive": { gamma: "3/2" },
  "maximum-entropy": { eta: "1/2" },
  "minimum-quadratic-distance": { eta: "1/2" },
  "brick-tunnel": {},
};

/** A kind of procedure with the parameters of its frozen list. */
export const procedureExample = (kind: ProcedureKind): ProcedureSpec =>
  ({ kind, ...parameters[kind] }) as ProcedureSpec;

/** The plan of a kind of procedure whose list is frozen, from the seed {@link FROZEN_SEED}: a kind without one is a type error. */
export function procedurePlan(kind: ProcedureKind, more: object): object {
  const [a, b] = ratios[kind] ?? [1, 1];
  return {
    trial: "NOREG",
    part: "main",
    list: `NOREG-${kind}`,
    arms: { a, b },
    procedure: procedureExample(kind),
    strata: [{ factor: "site", levels: ["01", "02"] }],
    length: 60,
    ...more,
  };
}

export const FROZEN_SEED = "20260101";

/** The streams of a plan, by what stands behind the algorithm's id in algorithms.json. */
export const STREAMS: Readonly<Record<string, object>> = { "": {}, "/r-mt-1": { stream: "r-mersenne-twister" } };
