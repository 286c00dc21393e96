/** Plans whose outputs are frozen for the algorithm id allocell-pb-1; keys are names in allocell-pb-1.json. */
export const FROZEN_PLANS: Readonly<Record<string, Record<string, unknown>>> = {
  "one size, 1:1": {},
  "two sizes, 1:1, whole": { procedure: { kind: "permuted-block", sizes: [4, 6], lastBlock: "whole" }, length: 30 },
  "weights, 1:1, whole": {
    procedure: { kind: "permuted-block", sizes: [2, 4, 6], weights: [1, 3, 2], lastBlock: "whole" },
    length: 50,
  },
  "2:1, cut": {
    arms: { active: 2, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [3, 6], lastBlock: "cut" },
    length: 29,
  },
  "fill, equal sizes": { procedure: { kind: "permuted-block", sizes: [4, 6], lastBlock: "fill" }, length: 58 },
  "fill, weights": {
    procedure: { kind: "permuted-block", sizes: [2, 4, 6], weights: [1, 3, 9], lastBlock: "fill" },
    length: 58,
  },
  "fill, counts beyond one word": {
    procedure: { kind: "permuted-block", sizes: [2, 4, 6], lastBlock: "fill" },
    length: 400,
  },
  "5 arms, 58 participants, cut": {
    arms: { low: 1, medium: 1, high: 1, double: 1, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [5, 10], lastBlock: "cut" },
    length: 58,
  },
  "3:3:3:1": {
    arms: { low: 3, medium: 3, high: 3, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [10] },
    length: 60,
  },
  "two factors, own length, names in Unicode": {
    strata: [
      { factor: "site", levels: ["01", "Łódź", "試験"] },
      { factor: "age", levels: ["<65", "≥65"] },
    ],
    procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "whole" },
    length: 20,
    lengths: [{ stratum: { site: "試験", age: "≥65" }, length: 7 }],
    numbers: { prefix: "AB", digits: 5 },
  },
};
