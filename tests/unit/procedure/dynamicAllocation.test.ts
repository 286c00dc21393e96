import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atkinson } from "../../../src/procedure/atkinson.js";
import { efron } from "../../../src/procedure/efron.js";
import { huHu } from "../../../src/procedure/huHu.js";
import { minimization } from "../../../src/procedure/minimization.js";
import { permutedBlock } from "../../../src/procedure/permutedBlock.js";
import { replay } from "../../../src/procedure/replay.js";
import type { Urn } from "../../../src/procedure/urn.js";
import { issueOf } from "../../support/issueOf.js";

const ratio = [1, 1];
const LEVELS = [2, 3, 2];
const profile = fc.tuple(...(LEVELS.map((levels) => fc.nat(levels - 1)) as [fc.Arbitrary<number>]));
const steps = fc.array(fc.record({ profile, arm: fc.nat(1) }), { maxLength: 40 });
type Steps = readonly { readonly profile: readonly number[]; readonly arm: number }[];

const weighted = (weights: readonly number[], overallWeight: number, stratumWeight: number) =>
  huHu({
    ratio,
    factors: LEVELS.map((levels, i) => ({ levels, weight: weights[i]! })),
    overallWeight,
    stratumWeight,
    probability: "0.8",
  });

describe("huHu", { tags: ["DYN-002"] }, () => {
  const differenceOf = (past: Steps, isSame: (p: readonly number[]) => boolean): number =>
    past.filter((step) => isSame(step.profile)).reduce((D, { arm }) => D + (arm === 0 ? 1 : -1), 0);

  it("follows the sign of g = w_o D + sum w_i D_i + w_s D_s, counted afresh", () => {
    const urn = weighted([2, 1, 3], 1, 4);
    fc.assert(
      fc.property(steps, profile, (past: Steps, next: readonly number[]) => {
        const g =
          differenceOf(past, () => true) +
          [2, 1, 3].reduce((sum, w, i) => sum + w * differenceOf(past, (p) => p[i] === next[i]), 0) +
          4 * differenceOf(past, (p) => p.join() === next.join());
        const expected = g > 0 ? [1, 4] : g < 0 ? [4, 1] : [1, 1];
        expect(urn.balls(replay(urn, past), next)).toEqual(expected);
      }),
    );
  });

  it("is Efron's coin in every stratum with the stratum weight alone", () => {
    const urn = weighted([0, 0, 0], 0, 1);
    const coin = efron({ ratio, probability: "0.8" });
    fc.assert(
      fc.property(steps, profile, (past: Steps, next: readonly number[]) => {
        const D = differenceOf(past, (p) => p.join() === next.join());
        expect(urn.balls(replay(urn, past), next)).toEqual(coin.balls(D, undefined));
      }),
    );
  });

  it("is minimization by variance with the factor weights alone", () => {
    const urn = weighted([2, 1, 3], 0, 0);
    const other = minimization({
      ratio,
      factors: LEVELS.map((levels, i) => ({ levels, weight: [2, 1, 3][i]! })),
      measure: "variance",
      law: { kind: "fixed", probability: "0.8" },
    });
    fc.assert(
      fc.property(steps, profile, (past: Steps, next: readonly number[]) => {
        expect(urn.balls(replay(urn, past), next)).toEqual(other.balls(replay(other, past), next));
      }),
    );
  });

  it("refuses what it cannot do", () => {
    const factors = [{ levels: 2, weight: 0 }];
    const good = { ratio, factors, overallWeight: 1, stratumWeight: 1, probability: "0.8" };
    const codeOf = (change: object): string => issueOf(() => huHu({ ...good, ...change })).code;
    expect(codeOf({ overallWeight: 0, stratumWeight: 0 })).toBe("procedure.weights_invalid");
    expect(codeOf({ ratio: [2, 1] })).toBe("procedure.ratio_unsupported");
    expect(codeOf({ factors: [{ levels: 2 }] })).toBe("procedure.parameter_out_of_range");
    expect(codeOf({ overallWeight: -1 })).toBe("procedure.parameter_out_of_range");
    expect(codeOf({ probability: "0.4" })).toBe("procedure.parameter_out_of_range");
    expect(codeOf({ factors: Array(3).fill({ levels: 100, weight: 1 }) })).toBe("procedure.strata_too_many");
    expect(issueOf(() => huHu(good).balls([0, 0, 0, 0, 0], [2])).code).toBe("procedure.covariate_level_unknown");
  });
});

describe("atkinson", { tags: ["DYN-002"] }, () => {
  const urn = atkinson({ ratio, factors: LEVELS.map((levels) => ({ levels })) });

  it("gives participant 2 the other arm with certainty, whatever the two profiles are", () => {
    const profiles = LEVELS.reduce<number[][]>(
      (all, levels) => all.flatMap((head) => Array.from({ length: levels }, (_, level) => [...head, level])),
      [[]],
    );
    for (const first of profiles) {
      for (const second of profiles) {
        expect(urn.balls(urn.after(urn.start, 0, first), second)).toEqual([0, 1]);
        expect(urn.balls(urn.after(urn.start, 1, first), second)).toEqual([1, 0]);
      }
    }
  });

  /** x' beta by least squares in doubles; undefined where F'F is (nearly) singular. */
  function predicted(past: Steps, next: readonly number[]): number | undefined {
    const row = (p: readonly number[]): number[] => [
      1,
      ...p.flatMap((level, i) => Array.from({ length: LEVELS[i]! - 1 }, (_, l) => (level === l + 1 ? 1 : 0))),
    ];
    const q = row(next).length;
    const system = Array.from({ length: q }, () => Array<number>(q + 1).fill(0));
    for (const step of past) {
      const x = row(step.profile);
      for (let i = 0; i < q; i += 1) {
        for (let j = 0; j < q; j += 1) system[i]![j]! += x[i]! * x[j]!;
        system[i]![q]! += x[i]! * (step.arm === 0 ? 1 : -1);
      }
    }
    for (let pivot = 0; pivot < q; pivot += 1) {
      const best = [...system.keys()]
        .slice(pivot)
        .sort((a, b) => Math.abs(system[b]![pivot]!) - Math.abs(system[a]![pivot]!))[0]!;
      [system[pivot], system[best]] = [system[best]!, system[pivot]!];
      if (Math.abs(system[pivot]![pivot]!) < 1e-9) return undefined;
      for (let i = 0; i < q; i += 1) {
        if (i === pivot) continue;
        const factor = system[i]![pivot]! / system[pivot]![pivot]!;
        system[i] = system[i]!.map((value, j) => value - factor * system[pivot]![j]!);
      }
    }
    return row(next).reduce((sum, x, i) => sum + (x * system[i]![q]!) / system[i]![i]!, 0);
  }

  it("has P(A) = (1 - a)^2 / ((1 - a)^2 + (1 + a)^2) with a by least squares", () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ profile, arm: fc.nat(1) }), { minLength: 8, maxLength: 40 }),
        profile,
        (past, next) => {
          const a = predicted(past, next);
          if (a === undefined) return;
          compared += 1;
          const [first, second] = urn.balls(replay(urn, past), next).map(Number) as [number, number];
          expect(first / (first + second)).toBeCloseTo((1 - a) ** 2 / ((1 - a) ** 2 + (1 + a) ** 2), 9);
        },
      ),
    );
    expect(compared).toBeGreaterThan(50);
  });

  it("is a fair coin first, then worked by hand", () => {
    const two = atkinson({ ratio, factors: [{ levels: 2 }] });
    expect(two.balls(two.start, [1])).toEqual([1, 1]);
    // One participant, level 0, in A: beta = (1), a = 1 for both levels (the second was never seen): B for certain.
    const first = two.after(two.start, 0, [0]);
    expect([two.balls(first, [0]), two.balls(first, [1])]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    // Level 0: A, A, B; level 1: B. beta = (1/3, -4/3): a = 1/3 gives (2/3)^2 : (4/3)^2, a = -1 gives A.
    const state = replay(two, [
      { profile: [0], arm: 0 },
      { profile: [0], arm: 0 },
      { profile: [0], arm: 1 },
      { profile: [1], arm: 1 },
    ]);
    expect(state).toEqual([4, 1, 1, 0, -1]);
    expect([two.balls(state, [0]), two.balls(state, [1])]).toEqual([
      [1, 4],
      [1, 0],
    ]);
  });

  it("mirrors when the arms are exchanged, singular designs included", () => {
    fc.assert(
      fc.property(steps, profile, (past: Steps, next: readonly number[]) => {
        const mirrored = past.map((step) => ({ ...step, arm: 1 - step.arm }));
        const balls = urn.balls(replay(urn, past), next);
        expect([...balls].reverse()).toEqual(urn.balls(replay(urn, mirrored), next));
      }),
    );
  });

  it("refuses what it cannot do", () => {
    expect(issueOf(() => atkinson({ ratio: [2, 1], factors: [{ levels: 2 }] })).code).toBe(
      "procedure.ratio_unsupported",
    );
    expect(issueOf(() => atkinson({ ratio, factors: [] })).code).toBe("procedure.factors_invalid");
    expect(issueOf(() => atkinson({ ratio, factors: [{ levels: 2, weight: 1 } as never] })).code).toBe(
      "procedure.option_unknown",
    );
    expect(issueOf(() => urn.balls(urn.start, [0])).code).toBe("procedure.covariate_missing");
  });
});

describe("replay", { tags: ["DYN-002"] }, () => {
  const urn = minimization({
    ratio,
    factors: [{ levels: 2 }],
    measure: "range",
    law: { kind: "fixed", probability: 1 },
  });

  it("records forced arms that had no ball", () => {
    const state = replay(urn, [
      { profile: [0], arm: 0 },
      { profile: [0], arm: 0 },
    ]);
    expect(urn.balls(replay(urn, [{ profile: [0], arm: 0 }]), [0])).toEqual([0, 1]);
    expect(state).toEqual([2, 0, 0, 0]);
    expect(replay(urn, [])).toBe(urn.start);
  });

  it("names the step that is wrong", () => {
    const good = { profile: [0], arm: 0 };
    expect(issueOf(() => replay(urn, [good, { profile: [0], arm: 2 }]))).toMatchObject({
      code: "procedure.arm_unknown",
      path: "steps.1.arm",
    });
    expect(issueOf(() => replay(urn, [good, good, { profile: [7], arm: 0 }]))).toMatchObject({
      code: "procedure.covariate_level_unknown",
      path: "steps.2.profile.0",
    });
  });

  it("works for urns without profiles, and refuses those whose past is partly hidden", () => {
    const past = [0, 0, 1].map((arm) => ({ profile: undefined, arm }));
    expect(replay(efron({ ratio, probability: "2/3" }), past)).toBe(1);
    const hidden: Urn<unknown> = permutedBlock({ ratio, sizes: [2, 4] });
    expect(issueOf(() => replay(hidden, past)).code).toBe("procedure.replay_hidden");
  });
});
