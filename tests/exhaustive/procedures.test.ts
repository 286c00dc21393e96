import { describe, expect, it } from "vitest";
import { bigStick } from "../../src/procedure/bigStick.js";
import { blockUrn } from "../../src/procedure/blockUrn.js";
import { brickTunnel } from "../../src/procedure/brickTunnel.js";
import { chen } from "../../src/procedure/chen.js";
import { complete } from "../../src/procedure/complete.js";
import { dropTheLoser } from "../../src/procedure/dropTheLoser.js";
import { efron } from "../../src/procedure/efron.js";
import { ehrenfest } from "../../src/procedure/ehrenfest.js";
import { enumerateSequences } from "../../src/procedure/enumerateSequences.js";
import { hadamard } from "../../src/procedure/hadamard.js";
import { massWeightedUrn } from "../../src/procedure/massWeightedUrn.js";
import { maximal } from "../../src/procedure/maximal.js";
import { mergedArms } from "../../src/procedure/mergedArms.js";
import { orderedBlocks } from "../../src/procedure/orderedBlocks.js";
import { permutedBlock } from "../../src/procedure/permutedBlock.js";
import { randomAllocationRule } from "../../src/procedure/randomAllocationRule.js";
import { sequenceProbability, sequenceProbabilityBounds } from "../../src/procedure/sequenceProbability.js";
import { truncatedBinomial } from "../../src/procedure/truncatedBinomial.js";
import type { Urn } from "../../src/procedure/urn.js";
import { wei } from "../../src/procedure/wei.js";
import {
  allSequences,
  countsOf,
  largestImbalance,
  multinomial,
  productOf,
  rules,
  type Pair,
  type Rule,
} from "../support/closedForms.js";
import { countScripts, replayDraws } from "../support/replayDraws.js";
import { fraction, fractionText, lowest, ONE, plus, toNumber, ZERO, type Fraction } from "../../src/quantity/index.js";

const EVEN = [1, 1];
const TWO_TO_ONE = [2, 1];
const THREE = [1, 1, 1];

interface Design {
  readonly name: string;
  readonly urn: Urn<unknown>;
  readonly rows: number;
  /** P(sequence) from the definition. */
  readonly closedForm: (arms: readonly number[]) => Pair;
}

function design(name: string, urn: Urn<unknown>, rows: number, closedForm: Design["closedForm"]): Design {
  return { name, urn, rows, closedForm };
}

function byRule(name: string, urn: Urn<unknown>, rows: number, rule: Rule): Design {
  return design(name, urn, rows, (arms) => productOf(rule, arms, urn.arms));
}

/** 1 / multinomial if the totals are met. */
function uniformOver(totals: readonly number[]): Design["closedForm"] {
  return (arms) => [
    countsOf(arms, totals.length).every((count, k) => count === totals[k]) ? 1n : 0n,
    multinomial(totals),
  ];
}

/** One over the number of sequences that end in balance and never leave the tolerance. */
function uniformWithin(w: readonly number[], rows: number, tolerance: number): Design["closedForm"] {
  const W = w.reduce((a, b) => a + b, 0);
  const isAllowed = (arms: readonly number[]): boolean =>
    arms.every((_, i) =>
      countsOf(arms.slice(0, i + 1), w.length).every(
        (count, k) => Math.abs(count - ((i + 1) * w[k]!) / W) <= tolerance / 2 + 1e-9,
      ),
    ) && countsOf(arms, w.length).every((count, k) => count * W === rows * w[k]!);
  const allowed = BigInt(allSequences(w.length, rows).filter(isAllowed).length);
  return (arms) => [isAllowed(arms) ? 1n : 0n, allowed];
}

const designs: readonly Design[] = [
  byRule("CR 1:1", complete({ ratio: EVEN }), 6, rules.complete(EVEN)),
  byRule("CR 3:2:1", complete({ ratio: [6, 4, 2] }), 5, rules.complete([3, 2, 1])),
  design("RAR 3:3", randomAllocationRule({ totals: [3, 3] }), 6, uniformOver([3, 3])),
  design("RAR 4:2", randomAllocationRule({ totals: [4, 2] }), 6, uniformOver([4, 2])),
  design("RAR 2:1:1", randomAllocationRule({ totals: [2, 1, 1] }), 4, uniformOver([2, 1, 1])),
  design("blocks of 2, 4 in order", orderedBlocks({ ratio: EVEN, sizes: [2, 4] }), 6, (arms) => {
    const [first, second] = [uniformOver([1, 1])(arms.slice(0, 2)), uniformOver([2, 2])(arms.slice(2))];
    return [first[0] * second[0], first[1] * second[1]];
  }),
  design("RAR 2:2:2", randomAllocationRule({ totals: [2, 2, 2] }), 6, uniformOver([2, 2, 2])),
  design("RAR 5:2", randomAllocationRule({ totals: [5, 2] }), 7, uniformOver([5, 2])),
  design("TBD 1:1 whole list", truncatedBinomial({ ratio: EVEN, totals: [4, 4] }), 8, (arms) => {
    const counts = countsOf(arms, 2);
    const untilFull = arms.findIndex((_, i) => Math.max(...countsOf(arms.slice(0, i + 1), 2)) === 4) + 1;
    return [counts[0] === 4 && counts[1] === 4 ? 1n : 0n, 2n ** BigInt(untilFull)];
  }),
  byRule("TBD 1:1 blocks of 4", truncatedBinomial({ ratio: EVEN, size: 4 }), 8, rules.truncatedBinomial(EVEN, [2, 2])),
  byRule(
    "TBD 2:1 blocks of 6",
    truncatedBinomial({ ratio: TWO_TO_ONE, size: 6 }),
    8,
    rules.truncatedBinomial(TWO_TO_ONE, [4, 2]),
  ),
  byRule(
    "truncated multinomial, three arms",
    truncatedBinomial({ ratio: THREE, totals: [2, 2, 2] }),
    6,
    rules.truncatedBinomial(THREE, [2, 2, 2]),
  ),
  ...[1, 2, 3].map((b) =>
    design(`MP 1:1 b ${b}`, maximal({ ratio: EVEN, rows: 8, tolerance: b }), 8, uniformWithin(EVEN, 8, b)),
  ),
  ...[1, 2, 3].map((b) =>
    design(`MP 2:1 b ${b}`, maximal({ ratio: TWO_TO_ONE, rows: 9, tolerance: b }), 9, uniformWithin(TWO_TO_ONE, 9, b)),
  ),
  ...[2, 3].map((b) =>
    design(`MP three arms b ${b}`, maximal({ ratio: THREE, rows: 6, tolerance: b }), 6, uniformWithin(THREE, 6, b)),
  ),
  ...[1, 2, 3].map((b) =>
    design(`BSD ${b}`, bigStick({ ratio: EVEN, tolerance: b }), 7, (arms) => {
      const free = arms.filter((_, i) => {
        const [A, B] = countsOf(arms.slice(0, i), 2);
        return Math.abs(A! - B!) < b;
      }).length;
      return [largestImbalance(arms) <= b ? 1n : 0n, 2n ** BigInt(free)];
    }),
  ),
  byRule("EBC 2/3", efron({ ratio: EVEN, probability: "2/3" }), 7, rules.efron(2, 3)),
  byRule("EBC 0.75", efron({ ratio: EVEN, probability: "0.75" }), 7, rules.efron(3, 4)),
  byRule("EBC 1/2 is CR", efron({ ratio: EVEN, probability: "1/2" }), 6, rules.complete(EVEN)),
  byRule("EBC 1 is PBR 2", efron({ ratio: EVEN, probability: 1 }), 6, rules.truncatedBinomial(EVEN, [1, 1])),
  byRule("CHEN 2/3, 2", chen({ ratio: EVEN, probability: "2/3", tolerance: 2 }), 7, rules.chen(2, 3, 2)),
  byRule("CHEN 1/2, 3 is BSD 3", chen({ ratio: EVEN, probability: "0.5", tolerance: 3 }), 7, rules.chen(1, 2, 3)),
  byRule("EUD 2", ehrenfest({ ratio: EVEN, tolerance: 2 }), 7, rules.ehrenfest(2)),
  byRule("EUD 5", ehrenfest({ ratio: [2, 2], tolerance: 5 }), 7, rules.ehrenfest(5)),
  byRule("UD(1,1)", wei({ ratio: EVEN, initial: 1, added: 1 }), 6, rules.wei(1, 1)),
  byRule("UD(0,1)", wei({ ratio: EVEN, initial: 0, added: 1 }), 6, rules.wei(0, 1)),
  byRule("UD(2,3), three arms", wei({ ratio: THREE, initial: 2, added: 3 }), 5, rules.wei(2, 3)),
  byRule("UD(0,2), three arms", wei({ ratio: THREE, initial: 0, added: 2 }), 5, rules.wei(0, 2)),
  byRule("BUD 1 is PBR 2", blockUrn({ ratio: EVEN, lambda: 1 }), 6, rules.truncatedBinomial(EVEN, [1, 1])),
  byRule("BUD 3", blockUrn({ ratio: EVEN, lambda: 3 }), 8, rules.blockUrn(EVEN, 3)),
  byRule("BUD 2, 2:1", blockUrn({ ratio: [4, 2], lambda: 2 }), 8, rules.blockUrn(TWO_TO_ONE, 2)),
  byRule("BUD 2, 3:2:1", blockUrn({ ratio: [3, 2, 1], lambda: 2 }), 7, rules.blockUrn([3, 2, 1], 2)),
  byRule("MWUD 2", massWeightedUrn({ ratio: EVEN, alpha: 2 }), 7, rules.massWeightedUrn(EVEN, 2, 1)),
  byRule("MWUD 4, 2:1", massWeightedUrn({ ratio: TWO_TO_ONE, alpha: 4 }), 7, rules.massWeightedUrn(TWO_TO_ONE, 4, 1)),
  byRule(
    "MWUD 5/2, 2:1",
    massWeightedUrn({ ratio: TWO_TO_ONE, alpha: "5/2" }),
    6,
    rules.massWeightedUrn(TWO_TO_ONE, 5, 2),
  ),
  byRule("MWUD 1, 1:2:3", massWeightedUrn({ ratio: [1, 2, 3], alpha: 1 }), 6, rules.massWeightedUrn([1, 2, 3], 1, 1)),
  byRule("BTR 1:1 is PBR 2", brickTunnel({ ratio: EVEN }), 6, rules.truncatedBinomial(EVEN, [1, 1])),
  byRule("BTR 2:1", brickTunnel({ ratio: TWO_TO_ONE }), 8, rules.brickTunnel(2, 1)),
  byRule("BTR 3:5", brickTunnel({ ratio: [3, 5] }), 11, rules.brickTunnel(3, 5)),
];

describe.each(designs)("$name", { tags: ["LIST-007"] }, ({ urn, rows, closedForm }) => {
  const sequences = enumerateSequences(urn, rows);

  it("has total probability exactly 1", () => {
    const total = sequences.map(({ probability }) => probability).reduce((a, b) => lowest(plus(a, b)), ZERO);
    expect(total).toEqual(ONE);
  });

  it("gives every one of the k^n sequences the probability of its definition", () => {
    const listed = new Map(sequences.map(({ arms, probability }) => [arms.join(""), fractionText(probability)]));
    for (const arms of allSequences(urn.arms, rows)) {
      const [top, bottom] = closedForm(arms);
      const expected = fractionText(lowest(fraction(top, bottom)));
      expect(listed.get(arms.join("")) ?? "0").toBe(expected);
      // Past the end of a fixed list an impossible prefix has no next row to ask about.
      if (top > 0n) expect(fractionText(sequenceProbability(urn, arms))).toBe(expected);
    }
  });

  it("generates with exactly these probabilities when every word is replayed", () => {
    const law = replayDraws(urn, rows);
    expect(law.size).toBe(sequences.length);
    for (const { arms, probability } of sequences) expect(law.get(arms.join(""))).toEqual(probability);
  });
});

describe("hidden balls", { tags: ["LIST-007"] }, () => {
  const hidden: readonly (readonly [string, Urn<unknown>, number])[] = [
    ["HADA", hadamard({ ratio: EVEN }), 13],
    ["PBR 2 or 4, size hidden, 3 to 1", permutedBlock({ ratio: EVEN, sizes: [2, 4], weights: [3, 1] }), 8],
    [
      "BUD 2 merged to 2:1",
      mergedArms({
        ratio: TWO_TO_ONE,
        procedure: (ratio) => blockUrn({ ratio, lambda: 2 }),
      }),
      6,
    ],
    [
      "UD(0,1) merged to 2:1:1",
      mergedArms({
        ratio: [2, 1, 1],
        procedure: (ratio) => wei({ ratio, initial: 0, added: 1 }),
      }),
      5,
    ],
    [
      "PBR 3 or 6 merged to 2:1",
      mergedArms({
        ratio: TWO_TO_ONE,
        procedure: (ratio) => permutedBlock({ ratio, sizes: [3, 6] }),
      }),
      6,
    ],
  ];

  it.each(hidden)("%s: total 1, and the generator's law is the computed one", (_, urn, rows) => {
    const sequences = enumerateSequences(urn, rows);
    expect(sequences.map(({ probability }) => probability).reduce((a, b) => lowest(plus(a, b)), ZERO)).toEqual(ONE);
    const law = replayDraws(urn, rows);
    expect(law.size).toBe(sequences.length);
    for (const { arms, probability } of sequences) {
      expect(law.get(arms.join(""))).toEqual(probability);
      expect(sequenceProbability(urn, arms)).toEqual(probability);
    }
  });

  it("merging the equal procedure sums over every way to split an arm into its fictitious arms", () => {
    const merged = mergedArms({ ratio: TWO_TO_ONE, procedure: (ratio) => blockUrn({ ratio, lambda: 2 }) });
    const equal = blockUrn({ ratio: THREE, lambda: 2 });
    const sums = new Map<string, Fraction>();
    for (const { arms, probability } of enumerateSequences(equal, 6)) {
      const key = arms.map((arm) => (arm < 2 ? 0 : 1)).join("");
      sums.set(key, lowest(plus(sums.get(key) ?? ZERO, probability)));
    }
    for (const { arms, probability } of enumerateSequences(merged, 6))
      expect(sums.get(arms.join(""))).toEqual(probability);
  });

  it("merging a permuted block of W arms gives the permuted block of the ratio", () => {
    const merged = mergedArms({ ratio: TWO_TO_ONE, procedure: (ratio) => permutedBlock({ ratio, sizes: [6] }) });
    const direct = permutedBlock({ ratio: TWO_TO_ONE, sizes: [6] });
    expect(enumerateSequences(merged, 7)).toEqual(enumerateSequences(direct, 7));
    expect(merged.blockAt?.(merged.start)).toBe(6);
  });

  it("P(prefix) under hidden block sizes follows the segment recursion", () => {
    // alpha(0) = 1; alpha(t + b) += alpha(t) pi_b / multinomial(block), for A B B A A B and sizes 2, 4 equally likely:
    // a full AB or BA counts 1/2 x 1/2, a full ABBA or BAAB 1/2 x 1/6, an open block of 4 after AB 1/2 x 2/6.
    const urn = permutedBlock({ ratio: EVEN, sizes: [2, 4] });
    const segments = [
      lowest(fraction(1, 4 * 4 * 4)), // AB BA AB
      lowest(fraction(1, 12 * 4)), // ABBA AB
      lowest(fraction(1, 4 * 12)), // AB BAAB
      lowest(fraction(1, 4 * 4 * 6)), // AB BA AB..
      lowest(fraction(1, 12 * 6)), // ABBA AB..
    ];
    const total = segments.reduce((a, b) => lowest(plus(a, b)));
    expect(sequenceProbability(urn, [0, 1, 1, 0, 0, 1])).toEqual(total);
  });
});

describe("drop the loser", { tags: ["LIST-007"] }, () => {
  /** P(k) = sum over h of [prod_{i<h} 1/(1 + S_i)] (u_k + h a w_k)/(1 + S_h), by recursion over the hidden draws too. */
  function probability(
    u: readonly number[],
    w: readonly number[],
    a: number,
    arms: readonly number[],
    depth = 0,
  ): number {
    const [arm, ...rest] = arms;
    if (arm === undefined) return 1;
    if (depth > 14) return 0;
    const balls = 1 + u.reduce((x, y) => x + y, 0);
    const drawn = u.map((count, k) => (k === arm ? count - 1 : count));
    const now = u[arm] === 0 ? 0 : (u[arm]! / balls) * probability(drawn, w, a, rest);
    const immigrated = u.map((count, k) => count + a * w[k]!);
    return now + probability(immigrated, w, a, arms, depth + 1) / balls;
  }

  it.each([
    [[1, 1], 1, [0, 0, 1, 0]],
    [[1, 1], 1, [0, 0, 0, 0]],
    [[2, 1], 1, [1, 1, 0, 0]],
    [[2, 1], 2, [0, 1, 1, 1]],
    [[1, 2, 3], 1, [0, 0, 1]],
  ])("ratio %j, immigration %i, sequence %j: bounds enclose the series and close", (ratio, immigration, arms) => {
    const urn = dropTheLoser({ ratio, immigration });
    const { lower, upper } = sequenceProbabilityBounds(urn, arms, 20);
    const series = probability(ratio, ratio, immigration, arms);
    expect(toNumber(upper) - toNumber(lower)).toBeLessThan(1e-15);
    expect(Math.abs(toNumber(lower) - series)).toBeLessThan(1e-12);
  });

  it("has total probability 1 between the bounds", () => {
    const urn = dropTheLoser({ ratio: TWO_TO_ONE, immigration: 1 });
    const bounds = allSequences(2, 5).map((arms) => sequenceProbabilityBounds(urn, arms, 6));
    const total = (end: "lower" | "upper"): number =>
      toNumber(bounds.map((bound) => bound[end]).reduce((a, b) => lowest(plus(a, b)), ZERO));
    expect(total("lower")).toBeLessThan(1);
    expect(total("lower")).toBeGreaterThan(0.9999);
    expect(total("upper")).toBeGreaterThan(1);
  });
});

describe("every script of words, none merged", { tags: ["LIST-007"] }, () => {
  it.each([
    ["AABB", [2, 2], 24, 6],
    ["AABBCC", [2, 2, 2], 720, 90],
    ["AAAABB", [4, 2], 720, 15],
  ] as const)("%s: as many scripts for each arrangement", (_, totals, scripts, arrangements) => {
    const counts = [
      ...countScripts(
        randomAllocationRule({ totals }),
        totals.reduce((a: number, b) => a + b, 0),
      ).values(),
    ];
    expect(counts.length).toBe(arrangements);
    expect(counts.every((count) => count === scripts / arrangements)).toBe(true);
  });
});
