// Written by `ALLOCELL_UPDATE=1 npx vitest run tests/architecture` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
import type { ProcedureKind } from "../../../procedure/index.js";
import adjustableBiasedCoin from "./adjustable-biased-coin.R";
import bayesianBiasedCoin from "./bayesian-biased-coin.R";
import bigStick from "./big-stick.R";
import blockUrn from "./block-urn.R";
import brickTunnel from "./brick-tunnel.R";
import chen from "./chen.R";
import complete from "./complete.R";
import distances from "./distances.R";
import doublyAdaptive from "./doubly-adaptive.R";
import dropTheLoser from "./drop-the-loser.R";
import efron from "./efron.R";
import ehrenfest from "./ehrenfest.R";
import excess from "./excess.R";
import fraction from "./fraction.R";
import generalizedBiasedCoin from "./generalized-biased-coin.R";
import hadamard from "./hadamard.R";
import helpers from "./helpers.R";
import massWeightedUrn from "./mass-weighted-urn.R";
import maximal from "./maximal.R";
import maximumEntropy from "./maximum-entropy.R";
import minimumQuadraticDistance from "./minimum-quadratic-distance.R";
import orderedBlocks from "./ordered-blocks.R";
import permutedBlock from "./permuted-block.R";
import powers from "./powers.R";
import randomAllocationRule from "./random-allocation-rule.R";
import truncatedBinomial from "./truncated-binomial.R";
import wei from "./wei.R";

/** The R function `procedure(ratio, rows)` of every kind, which gives the urn, after the functions that it needs. */
export const R_PROCEDURE: Readonly<Record<ProcedureKind, readonly string[]>> = {
  complete: [helpers, complete],
  "random-allocation-rule": [helpers, randomAllocationRule],
  "permuted-block": [helpers, permutedBlock],
  "ordered-blocks": [helpers, orderedBlocks],
  "truncated-binomial": [helpers, truncatedBinomial],
  maximal: [helpers, maximal],
  "big-stick": [helpers, bigStick],
  efron: [helpers, fraction, efron],
  chen: [helpers, fraction, chen],
  ehrenfest: [helpers, ehrenfest],
  "adjustable-biased-coin": [helpers, fraction, powers, adjustableBiasedCoin],
  "generalized-biased-coin": [helpers, fraction, powers, generalizedBiasedCoin],
  wei: [helpers, wei],
  "bayesian-biased-coin": [helpers, fraction, powers, bayesianBiasedCoin],
  hadamard: [helpers, hadamard],
  "block-urn": [helpers, excess, blockUrn],
  "mass-weighted-urn": [helpers, fraction, massWeightedUrn],
  "drop-the-loser": [helpers, dropTheLoser],
  "doubly-adaptive": [helpers, fraction, powers, doublyAdaptive],
  "maximum-entropy": [helpers, fraction, excess, distances, powers, maximumEntropy],
  "minimum-quadratic-distance": [helpers, fraction, excess, distances, powers, minimumQuadraticDistance],
  "brick-tunnel": [helpers, brickTunnel],
};
