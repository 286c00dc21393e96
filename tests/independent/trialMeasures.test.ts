/*
 * Double programming: what `suggest` says of minimization, against a second program that was written from the documents
 * and simulates with a generator of its own.
 */
import { describe, expect, it } from "vitest";
import { suggest, type TrialSuggestion } from "../../src/assessment/index.js";
import { lehmer, means, minimized } from "./trialMeasures/secondTrials.js";

const TRIALS = 1500;

describe("minimization as suggest measures it", { tags: ["ASSESS-003"] }, () => {
  it.each([
    [[1, 1], "0.8"],
    [[1, 1, 1], "0.9"],
    [[1, 1], "1"],
  ] as const)("%j, p = %s", (ratio, probability) => {
    const arms = ratio.length;
    const [participants, sites, sexes] = [36, 3, 2];
    const found = suggest({ n: participants, ratio, sites, factors: [sexes] }).find(
      (own): own is TrialSuggestion =>
        own.of === "trial" &&
        own.trialDesign.kind === "dynamic" &&
        own.trialDesign.factors.length === 2 &&
        JSON.stringify(own.procedure).includes(`"probability":"${probability}"`) &&
        own.procedure.kind === "minimization",
    )!;
    const random = lehmer(20_261_130);
    const trial = { arms, levels: [sites, sexes], participants };
    const second = means(TRIALS, () => minimized(trial, Number(probability), random));
    const errors = found.standardErrors;
    // 24 comparisons at fixed seeds, each of two independent errors: 4.5 of them by chance once in 6,000.
    const near = (value: number, error: number, [mean, own]: readonly [number, number]): void => {
      expect(Math.abs(value - mean), `${value} for ${mean}`).toBeLessThanOrEqual(4.5 * Math.hypot(error, own) + 1e-12);
    };
    const root = ([mean, own]: readonly [number, number]): [number, number] => [
      Math.sqrt(mean),
      own / (2 * Math.sqrt(mean)),
    ];
    const beyond = ([mean, own]: readonly [number, number]): [number, number] => [
      (mean - 1 / arms) / (1 - 1 / arms),
      own / (1 - 1 / arms),
    ];
    near(found.pooledDeviation, errors.pooledDeviation, root(second.pooled));
    near(found.marginDeviation!, errors.marginDeviation, root(second.margins));
    near(found.imbalance, errors.imbalance, second.largest);
    near(found.loss.overall.value, found.loss.overall.standardError, second.lossOverall);
    near(found.loss.strata.value, found.loss.strata.standardError, second.lossStrata);
    near(found.byGuesser.everything.value, found.byGuesser.everything.standardError, beyond(second.everything));
    const own = found.byGuesser["own-centre"];
    near(own.value, own.standardError, beyond(second.ownCentre));
    near(found.deterministic!.value, found.deterministic!.standardError, second.deterministic);
  });
});
