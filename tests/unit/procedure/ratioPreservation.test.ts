import { describe, expect, it } from "vitest";
import { bigStick } from "../../../src/procedure/bigStick.js";
import { blockUrn } from "../../../src/procedure/blockUrn.js";
import { brickTunnel } from "../../../src/procedure/brickTunnel.js";
import { chen } from "../../../src/procedure/chen.js";
import { complete } from "../../../src/procedure/complete.js";
import { dropTheLoser } from "../../../src/procedure/dropTheLoser.js";
import { efron } from "../../../src/procedure/efron.js";
import { ehrenfest } from "../../../src/procedure/ehrenfest.js";
import { hadamard } from "../../../src/procedure/hadamard.js";
import { massWeightedUrn } from "../../../src/procedure/massWeightedUrn.js";
import { maximal } from "../../../src/procedure/maximal.js";
import { mergedArms } from "../../../src/procedure/mergedArms.js";
import { permutedBlock } from "../../../src/procedure/permutedBlock.js";
import { randomAllocationRule } from "../../../src/procedure/randomAllocationRule.js";
import { ratioPreservation } from "../../../src/procedure/ratioPreservation.js";
import { sequenceProbabilityBounds } from "../../../src/procedure/sequenceProbability.js";
import { truncatedBinomial } from "../../../src/procedure/truncatedBinomial.js";
import type { Urn } from "../../../src/procedure/urn.js";
import { wei } from "../../../src/procedure/wei.js";
import { allSequences } from "../../support/closedForms.js";
import { fraction, fractionText, lowest, plus, toNumber, ZERO } from "../../../src/quantity/index.js";

const E = [1, 1];
const THREE = [1, 1, 1];
const T = [2, 1];

type Kept = readonly [name: string, urn: unknown, ratio: readonly number[]];

const keep: readonly Kept[] = [
  ["CR 3:2:1", complete({ ratio: [3, 2, 1] }), [3, 2, 1]],
  ["RAR 8:4", randomAllocationRule({ totals: [8, 4] }), T],
  ["RAR 6:4:2", randomAllocationRule({ totals: [6, 4, 2] }), [3, 2, 1]],
  ["PBR 2:1 in 3 or 6", permutedBlock({ ratio: T, sizes: [3, 6] }), T],
  ["BTR 2:1", brickTunnel({ ratio: T }), T],
  ["BTR 5:7", brickTunnel({ ratio: [5, 7] }), [5, 7]],
  ["merged BUD 2:1", mergedArms({ ratio: T, procedure: (ratio) => blockUrn({ ratio, lambda: 2 }) }), T],
  ["merged MP 2:1", mergedArms({ ratio: T, procedure: (ratio) => maximal({ ratio, rows: 12, tolerance: 3 }) }), T],
  ["TBD 1:1", truncatedBinomial({ ratio: E, totals: [6, 6] }), E],
  ["TBD 1:1:1 in blocks", truncatedBinomial({ ratio: THREE, size: 6 }), THREE],
  ["MP 1:1", maximal({ ratio: E, rows: 12, tolerance: 3 }), E],
  ["MP 1:1:1", maximal({ ratio: THREE, rows: 12, tolerance: 2 }), THREE],
  ["BSD", bigStick({ ratio: E, tolerance: 2 }), E],
  ["EBC", efron({ ratio: E, probability: "2/3" }), E],
  ["CHEN", chen({ ratio: E, probability: "2/3", tolerance: 3 }), E],
  ["EUD", ehrenfest({ ratio: E, tolerance: 4 }), E],
  ["UD(1,1), three arms", wei({ ratio: THREE, initial: 1, added: 1 }), THREE],
  ["HADA", hadamard({ ratio: E }), E],
  ["BUD 1:1:1", blockUrn({ ratio: THREE, lambda: 2 }), THREE],
  ["MWUD 1:1:1", massWeightedUrn({ ratio: THREE, alpha: 4 }), THREE],
];

const stray: readonly (readonly [...Kept, deviation: string, row: number])[] = [
  ["BUD(2) 2:1", blockUrn({ ratio: T, lambda: 2 }), T, "2/75", 5],
  ["MWUD(4) 2:1", massWeightedUrn({ ratio: T, alpha: 4 }), T, "7/5184", 5],
  ["TBD 2:1 in blocks of 6", truncatedBinomial({ ratio: T, size: 6 }), T, "31/243", 6],
  ["MP 2:1 b 2", maximal({ ratio: T, rows: 12, tolerance: 2 }), T, "37/723", 5],
];

describe("ratioPreservation over 12 rows", () => {
  it.each(keep)("%s keeps its ratio exactly", (_, urn, ratio) => {
    const { largestDeviation, row } = ratioPreservation(urn as Urn<unknown>, ratio, 12);
    expect(largestDeviation).toEqual(ZERO);
    expect(row).toBe(0);
  });

  it.each(stray)("%s does not", (_, urn, ratio, deviation, at) => {
    const { largestDeviation, row } = ratioPreservation(urn as Urn<unknown>, ratio, 12);
    expect(fractionText(largestDeviation)).toBe(deviation);
    expect(row).toBe(at);
  });

  it("agrees with the reference figures 0.027 for BUD(2) and 0.0014 for MWUD(4)", () => {
    const of = (urn: Urn<readonly number[]>): number => toNumber(ratioPreservation(urn, T, 12).largestDeviation);
    expect(of(blockUrn({ ratio: T, lambda: 2 })).toFixed(3)).toBe("0.027");
    expect(of(massWeightedUrn({ ratio: T, alpha: 4 })).toFixed(4)).toBe("0.0014");
  });

  it("drop the loser keeps an unequal ratio too, within bounds that close", () => {
    const urn = dropTheLoser({ ratio: T, immigration: 1 });
    for (let row = 1; row <= 4; row += 1) {
      const bounds = allSequences(2, row)
        .filter((arms) => arms.at(-1) === 0)
        .map((arms) => sequenceProbabilityBounds(urn, arms, 14));
      const total = (end: "lower" | "upper"): number =>
        toNumber(bounds.map((bound) => bound[end]).reduce((a, b) => lowest(plus(a, b)), ZERO));
      expect(Math.abs(total("lower") - 2 / 3)).toBeLessThan(1e-12);
      expect(Math.abs(total("upper") - 2 / 3)).toBeLessThan(1e-12);
    }
  });

  it("names the first row where the largest deviation occurs", () => {
    // Balls 1 : 1 at a ratio of 2:1 are off by 1/6 from the first row on.
    expect(ratioPreservation(complete({ ratio: E }), T, 3)).toEqual({
      largestDeviation: fraction(1, 6),
      row: 1,
      arm: 0,
    });
  });

  it("refuses what it cannot compute", () => {
    const refused = (code: string): Error => expect.objectContaining({ code: `procedure.${code}` }) as Error;
    const urn = complete({ ratio: E });
    expect(() => ratioPreservation(urn, THREE, 3)).toThrow(refused("ratio_invalid"));
    expect(() => ratioPreservation(urn, E, 0)).toThrow(refused("rows_invalid"));
    expect(() => ratioPreservation(urn, E, 1001)).toThrow(refused("rows_invalid"));
    expect(() => ratioPreservation(randomAllocationRule({ totals: [1, 1] }), E, 3)).toThrow(refused("urn_empty"));
    expect(() => ratioPreservation(dropTheLoser({ ratio: E, immigration: 1 }), E, 2)).toThrow(
      refused("hidden_draws_unbounded"),
    );
  });
});
