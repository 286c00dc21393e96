// Written by `ALLOCELL_UPDATE=1 npx vitest run tests/architecture` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
import type { ProcedureKind } from "./spec.js";

/**
 * The kinds of list procedures in the order in which a person is offered them, those that are used most first; a plan
 * begins with the first. Loads nothing of the procedures themselves.
 */
export const PROCEDURE_KINDS: readonly [ProcedureKind, ...ProcedureKind[]] = [
  "permuted-block",
  "big-stick",
  "maximal",
  "block-urn",
  "brick-tunnel",
  "mass-weighted-urn",
  "ordered-blocks",
  "random-allocation-rule",
  "complete",
  "efron",
  "chen",
  "ehrenfest",
  "adjustable-biased-coin",
  "generalized-biased-coin",
  "bayesian-biased-coin",
  "wei",
  "truncated-binomial",
  "hadamard",
  "drop-the-loser",
  "doubly-adaptive",
  "maximum-entropy",
  "minimum-quadratic-distance",
];
