/* The R programs in real R: the list of every plan regenerated from its seed. */
import { describe, expect, it } from "vitest";
import { parsePlan } from "../../src/list/index.js";
import { ALGORITHMS } from "../../src/procedure/index.js";
import { Seed } from "../../src/random/index.js";
import { PLAN_COUNT, regenerationCases, toCase } from "../support/randomPlan.js";
import { agreement, isWithoutR, runAll } from "./rRun.js";

const isAbsent = isWithoutR(`${PLAN_COUNT} random plans and 25 at the edges`);

/** Long lists and parameters at the ends of their ranges, where numbers are large and draws take several words. */
const EDGES: readonly (readonly [procedure: object, ratio: readonly number[], length: number])[] = [
  [{ kind: "maximal", tolerance: 3 }, [1, 1], 400],
  [{ kind: "maximal", tolerance: 1_000_000 }, [2, 1], 60],
  [{ kind: "permuted-block", sizes: [4, 6, 8, 10], weights: [1, 1_000_000, 7, 3], lastBlock: "fill" }, [1, 1], 600],
  [{ kind: "permuted-block", sizes: [2000, 1000], lastBlock: "cut" }, [499, 501], 5000],
  [{ kind: "permuted-block", sizes: [6, 3], lastBlock: "fill", mergedArms: true }, [2, 1], 300],
  [{ kind: "random-allocation-rule" }, [7, 5, 3], 6000],
  [{ kind: "mass-weighted-urn", alpha: "999999999999999/1000000000" }, [1000, 999, 1], 100],
  [{ kind: "mass-weighted-urn", alpha: "123456.123456789012345" }, [3, 2], 100],
  [{ kind: "efron", probability: "0.500000000000001" }, [1, 1], 200],
  [{ kind: "efron", probability: "1.000000000000000" }, [1, 1], 20],
  [{ kind: "adjustable-biased-coin", steepness: "999/10" }, [1, 1], 100],
  [{ kind: "generalized-biased-coin", exponent: "1.500000000000000" }, [1, 1], 40],
  [{ kind: "generalized-biased-coin", exponent: "1/1000" }, [1, 1], 5],
  [{ kind: "bayesian-biased-coin", gamma: "1/100" }, [1, 1], 25],
  [{ kind: "bayesian-biased-coin", gamma: "999/1000" }, [1, 1], 5],
  [{ kind: "doubly-adaptive", gamma: "199/2" }, [4, 3, 2], 10],
  [{ kind: "doubly-adaptive", gamma: 100, mergedArms: true }, [3, 2], 60],
  [{ kind: "maximum-entropy", eta: "999/1000" }, [19, 12, 9, 5], 30],
  [{ kind: "minimum-quadratic-distance", eta: "1/1000" }, [7, 6, 5, 4, 3, 2, 1, 1, 1, 1], 60],
  [{ kind: "minimum-quadratic-distance", eta: "0.900000000000000" }, [1000, 999, 1], 30],
  [{ kind: "drop-the-loser", immigration: 1_000_000 }, [1000, 1], 1500],
  [{ kind: "wei", initial: 10_000, added: 10_000 }, [1, 1, 1, 1, 1], 1000],
  [{ kind: "block-urn", lambda: 1_000_000 }, [997, 1000, 991, 983, 977], 100],
  [{ kind: "brick-tunnel" }, [1000, 999], 3000],
  [{ kind: "random-allocation-rule", totals: [4, 3, 3] }, [1, 1, 1], 10],
  [{ kind: "ordered-blocks", sizes: [20, 5, 5, 10], lastBlock: "cut" }, [3, 2], 333],
  [{ kind: "hadamard", lastBlock: "cut", mergedArms: true }, [2, 2], 500],
];

describe.skipIf(isAbsent)("R regenerates lists (skipped without Rscript)", { tags: ["REPRO-001"] }, () => {
  it(
    "of every procedure, and every byte agrees",
    () => {
      const cases = regenerationCases();
      const answers = runAll(cases);
      const faults = answers.flatMap(({ code, output }, i) =>
        code === 0 ? [] : [{ plan: JSON.stringify(cases[i]!.plan), output }],
      );
      expect(faults).toEqual([]);
      expect(answers.map(({ output }) => output)).toEqual(cases.map(agreement));
      const kinds = Object.keys(ALGORITHMS);
      if (cases.length >= kinds.length) {
        expect([...new Set(cases.map(({ plan }) => plan.procedure.kind))].sort()).toEqual(kinds.sort());
      }
    },
    60_000 + PLAN_COUNT * 4_000,
  );

  it("at the edges of their parameters, and where a plan's free texts look like code", { timeout: 240_000 }, () => {
    const trap = 'x")\n\u2028quit()\u202e # ${x} \\" {y}\u0000\ud800 🎲';
    const cases = EDGES.map(([procedure, ratio, length]) => {
      const arms = ratio.map((share, k) => ({ arm: `a${k + 1}`, ratio: share }));
      const plan = parsePlan({ trial: trap, part: trap, list: "EDGE", arms, procedure, length });
      return toCase(plan, Seed.test("edges TEST"), "edges TEST");
    });
    expect(runAll(cases)).toEqual(cases.map((one) => ({ code: 0, output: agreement(one) })));
  });
});
