// Written by `ALLOCELL_UPDATE=1 npx vitest run tests/architecture` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
import type { ProcedureKind } from "../../../procedure/index.js";
import adjustableBiasedCoin from "./adjustable-biased-coin.py";
import bayesianBiasedCoin from "./bayesian-biased-coin.py";
import biasedCoin from "./biased-coin.py";
import bigStick from "./big-stick.py";
import blockUrn from "./block-urn.py";
import brickTunnel from "./brick-tunnel.py";
import complete from "./complete.py";
import constrainedBalance from "./constrained-balance.py";
import doublyAdaptive from "./doubly-adaptive.py";
import dropTheLoser from "./drop-the-loser.py";
import ehrenfest from "./ehrenfest.py";
import generalizedBiasedCoin from "./generalized-biased-coin.py";
import hadamard from "./hadamard.py";
import massWeightedUrn from "./mass-weighted-urn.py";
import maximal from "./maximal.py";
import maximumEntropy from "./maximum-entropy.py";
import minimumQuadraticDistance from "./minimum-quadratic-distance.py";
import orderedBlocks from "./ordered-blocks.py";
import permutedBlock from "./permuted-block.py";
import powerBalls from "./power-balls.py";
import randomAllocationRule from "./random-allocation-rule.py";
import truncatedBinomial from "./truncated-binomial.py";
import wei from "./wei.py";
import wholeBalls from "./whole-balls.py";

/** The Python class `Procedure` of every kind, after the functions that it needs. */
export const PYTHON_PROCEDURE: Readonly<Record<ProcedureKind, readonly string[]>> = {
  complete: [complete],
  "random-allocation-rule": [randomAllocationRule],
  "permuted-block": [permutedBlock],
  "ordered-blocks": [orderedBlocks],
  "truncated-binomial": [truncatedBinomial],
  maximal: [maximal],
  "big-stick": [bigStick],
  efron: [biasedCoin],
  chen: [biasedCoin],
  ehrenfest: [ehrenfest],
  "adjustable-biased-coin": [wholeBalls, powerBalls, adjustableBiasedCoin],
  "generalized-biased-coin": [wholeBalls, powerBalls, generalizedBiasedCoin],
  wei: [wei],
  "bayesian-biased-coin": [wholeBalls, powerBalls, bayesianBiasedCoin],
  hadamard: [hadamard],
  "block-urn": [blockUrn],
  "mass-weighted-urn": [massWeightedUrn],
  "drop-the-loser": [dropTheLoser],
  "doubly-adaptive": [wholeBalls, powerBalls, doublyAdaptive],
  "maximum-entropy": [wholeBalls, constrainedBalance, maximumEntropy],
  "minimum-quadratic-distance": [wholeBalls, constrainedBalance, minimumQuadraticDistance],
  "brick-tunnel": [brickTunnel],
};
