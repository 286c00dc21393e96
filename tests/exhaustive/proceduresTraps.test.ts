import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
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
import { permutedBlock } from "../../src/procedure/permutedBlock.js";
import { randomAllocationRule } from "../../src/procedure/randomAllocationRule.js";
import { sequenceProbability } from "../../src/procedure/sequenceProbability.js";
import { truncatedBinomial } from "../../src/procedure/truncatedBinomial.js";
import { wei } from "../../src/procedure/wei.js";
import { replayDraws, tallyDraws } from "../support/replayDraws.js";
import { fraction, lowest } from "../../src/quantity/index.js";

// Faults seen in published tools, each with the test that keeps it out of these procedures.

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
  return "no error";
}

const EVEN = [1, 1];

describe("trap 1: block counts made of float shares lose rows", { tags: ["LIST-007"] }, () => {
  it("3:8 in a block of 55 has 15 and 40 rows, not 54 together", () => {
    expect(truncatedBinomial({ ratio: [3, 8], size: 55 }).start).toEqual([15, 40]);
    expect(permutedBlock({ ratio: [3, 8], sizes: [55] }).start.left).toEqual([15, 40]);
  });

  it("49 equal arms in a block of 49 have one row each, not none", () => {
    const ratio = Array.from({ length: 49 }, () => 1);
    expect(truncatedBinomial({ ratio, size: 49 }).start).toEqual(ratio);
  });

  it("the ratio is divided by its common divisor only, in integers", () => {
    expect(blockUrn({ ratio: [6, 16], lambda: 5 }).balls([0, 0], undefined)).toEqual([15, 40]);
    expect(
      mergedArms({ ratio: [6, 16], procedure: (ratio) => complete({ ratio }) }).balls(
        { inner: 0, assigned: -1 },
        undefined,
      ),
    ).toEqual([3, 8, ...Array.from({ length: 11 }, () => 0)]);
  });
});

describe("trap 3: the set of possible lists and the generator disagree", { tags: ["LIST-007"] }, () => {
  const urn = hadamard({ ratio: EVEN });
  const blocks = enumerateSequences(urn, 12);

  it("Hadamard blocks: 22 of 1/22 each, mirrors included, and the generator makes just these", () => {
    expect(blocks.length).toBe(22);
    for (const { probability } of blocks) expect(probability).toEqual(fraction(1, 22));
    const texts = new Set(blocks.map(({ arms }) => arms.join("")));
    for (const { arms } of blocks) expect(texts.has(arms.map((arm) => 1 - arm).join(""))).toBe(true);
    expect([...replayDraws(urn, 12).keys()].sort()).toEqual([...texts].sort());
  });

  it("Hadamard blocks: balanced, and two different rows agree in exactly half of the positions", () => {
    for (const { arms } of blocks) {
      expect(arms.filter((arm) => arm === 0).length).toBe(6);
      for (const { arms: other } of blocks) {
        const agreements = arms.filter((arm, i) => arm === other[i]).length;
        expect([0, 6, 12]).toContain(agreements);
      }
    }
  });

  it("Hadamard blocks: every two positions get the same arm in 10 of the 22", () => {
    for (let i = 0; i < 12; i += 1)
      for (let j = i + 1; j < 12; j += 1) expect(blocks.filter(({ arms }) => arms[i] === arms[j]).length).toBe(10);
  });
});

describe("trap 5: imbalance at unequal ratio taken on raw counts", { tags: ["LIST-007"] }, () => {
  it("the maximal procedure lets a perfectly balanced 2:1 list pass at its tightest tolerance", () => {
    // After 9 rows of A B A the raw difference is 3; from the ratio no arm is ever more than 1/3 away.
    const urn = maximal({ ratio: [2, 1], rows: 9, tolerance: 1 });
    expect(enumerateSequences(urn, 9)).toEqual([{ arms: [0, 1, 0, 0, 1, 0, 0, 1, 0], probability: fraction(1) }]);
  });

  it("two arms at 1:1 have the same tolerance as abs(N_A - N_B)", () => {
    const urn = maximal({ ratio: EVEN, rows: 12, tolerance: 3 });
    expect(sequenceProbability(urn, [0, 0, 0]).numerator).toBeGreaterThan(0n);
    expect(sequenceProbability(urn, [0, 0, 0, 0]).numerator).toBe(0n);
  });
});

describe("trap 7: an option is accepted and ignored", { tags: ["LIST-007"] }, () => {
  const ratio = EVEN;
  const extra = { pascal: false };
  it.each<readonly [string, () => unknown]>([
    ["complete", () => complete({ ratio, ...extra })],
    ["randomAllocationRule", () => randomAllocationRule({ totals: [2, 2], ...extra })],
    ["truncatedBinomial", () => truncatedBinomial({ ratio, size: 4, ...extra })],
    ["maximal", () => maximal({ ratio, rows: 4, tolerance: 2, ...extra })],
    ["bigStick", () => bigStick({ ratio, tolerance: 2, ...extra })],
    ["efron", () => efron({ ratio, probability: "2/3", ...extra })],
    ["chen", () => chen({ ratio, probability: "2/3", tolerance: 2, ...extra })],
    ["ehrenfest", () => ehrenfest({ ratio, tolerance: 2, ...extra })],
    ["wei", () => wei({ ratio, initial: 1, added: 1, ...extra })],
    ["hadamard", () => hadamard({ ratio, ...extra })],
    ["blockUrn", () => blockUrn({ ratio, lambda: 2, ...extra })],
    ["massWeightedUrn", () => massWeightedUrn({ ratio, alpha: 2, ...extra })],
    ["dropTheLoser", () => dropTheLoser({ ratio, immigration: 1, ...extra })],
    ["brickTunnel", () => brickTunnel({ ratio, ...extra })],
    ["mergedArms", () => mergedArms({ ratio, procedure: (equal) => complete({ ratio: equal }), ...extra })],
  ])("%s refuses an option that it does not have", (_, make) => {
    expect(codeOf(make)).toBe("procedure.option_unknown");
  });

  it("conflicting or missing options are refused, not ranked", () => {
    const both = { ratio, size: 4, totals: [2, 2] };
    expect(codeOf(() => truncatedBinomial(both))).toBe("procedure.option_conflict");
    expect(codeOf(() => truncatedBinomial({ ratio } as never))).toBe("procedure.option_conflict");
  });

  it("a block size of 1.5 is refused", () => {
    expect(codeOf(() => truncatedBinomial({ ratio, size: 1.5 }))).toBe("procedure.block_size_invalid");
  });
});

describe("trap 9: labels used as indexes", { tags: ["LIST-007"] }, () => {
  it("ratio entries are counts and arms are their indexes, whatever numbers the ratio holds", () => {
    const sequences = enumerateSequences(complete({ ratio: [10, 20] }), 2);
    expect(sequences.map(({ arms }) => arms)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(sequences[3]?.probability).toEqual(lowest(fraction(4, 9)));
  });

  it("a single number is not read as that many arms", () => {
    expect(codeOf(() => complete({ ratio: [5] }))).toBe("procedure.ratio_invalid");
    expect(codeOf(() => randomAllocationRule({ totals: [5] }))).toBe("procedure.totals_invalid");
  });

  it("a sequence of labels or of indexes from 1 is refused", () => {
    const urn = complete({ ratio: EVEN });
    expect(codeOf(() => sequenceProbability(urn, ["A", "B"] as never))).toBe("procedure.arm_unknown");
    expect(codeOf(() => sequenceProbability(urn, [1, 2]))).toBe("procedure.arm_unknown");
  });
});

describe("trap 13: a scaled uniform number used as an inclusive index", { tags: ["LIST-007", "RAND-002"] }, () => {
  it("every ball of every arm is drawn by exactly one word, the first and the last included", () => {
    const urn = blockUrn({ ratio: [3, 2, 1], lambda: 4 });
    const balls = urn.balls(urn.start, undefined);
    expect(tallyDraws(balls)).toEqual({ total: 24, tally: [12, 8, 4] });
  });

  it("two tied arms share evenly", () => {
    expect(tallyDraws(ehrenfest({ ratio: EVEN, tolerance: 7 }).balls(0, undefined)).tally).toEqual([7, 7]);
  });
});

describe("trap 15: order left to chance, feasibility not checked first", { tags: ["LIST-007"] }, () => {
  it("turning the ratio round turns the balls round, and nothing else", () => {
    const forth = enumerateSequences(massWeightedUrn({ ratio: [2, 1], alpha: 3 }), 5);
    const back = enumerateSequences(massWeightedUrn({ ratio: [1, 2], alpha: 3 }), 5);
    const turned = forth.map(({ arms, probability }) => ({ arms: arms.map((arm) => 1 - arm), probability })).reverse();
    expect(back).toEqual(turned);
  });

  it("an impossible tolerance or length is refused before any draw", () => {
    expect(codeOf(() => maximal({ ratio: [1, 1, 1], rows: 6, tolerance: 1 }))).toBe("procedure.maximal_infeasible");
    expect(codeOf(() => maximal({ ratio: [2, 1], rows: 10, tolerance: 3 }))).toBe("procedure.rows_invalid");
    expect(codeOf(() => truncatedBinomial({ ratio: [2, 1], size: 4 }))).toBe("procedure.block_size_invalid");
  });
});

describe("trap 16: an inverse distribution function that can return an arm too many", { tags: ["LIST-007"] }, () => {
  it("the last word goes to the last arm that has a ball", () => {
    const urn = bigStick({ ratio: EVEN, tolerance: 1 });
    expect(tallyDraws(urn.balls(1, undefined))).toEqual({ total: 1, tally: [0, 1] });
    expect(tallyDraws(urn.balls(-1, undefined))).toEqual({ total: 1, tally: [1, 0] });
    const third = massWeightedUrn({ ratio: [1, 1, 1], alpha: "1/3" });
    const { total, tally } = tallyDraws(third.balls(third.start, undefined));
    expect(tally).toEqual([1, 1, 1]);
    expect(total).toBe(3);
  });
});

describe("trap 18: lists of permutations typed by hand", { tags: ["LIST-007"] }, () => {
  it("blocks of 6 at 1:1 have 20 arrangements, not 18, each 1/20", () => {
    for (const sequences of [
      enumerateSequences(permutedBlock({ ratio: EVEN, sizes: [6] }), 6),
      enumerateSequences(randomAllocationRule({ totals: [3, 3] }), 6),
    ]) {
      expect(sequences.length).toBe(20);
      for (const { probability } of sequences) expect(probability).toEqual(fraction(1, 20));
    }
  });
});

describe("trap 20: a partial block left as sentinel values", { tags: ["LIST-007"] }, () => {
  it("a list that ends inside a block holds arms only", () => {
    for (const urn of [truncatedBinomial({ ratio: [2, 1], size: 6 }), truncatedBinomial({ ratio: [2, 1], size: 12 })]) {
      for (const { arms } of enumerateSequences(urn, 7)) {
        expect(arms.length).toBe(7);
        expect(arms.every((arm) => arm === 0 || arm === 1)).toBe(true);
      }
    }
  });

  it("past the end of a list of fixed length there is an error, not a value", () => {
    const urn = randomAllocationRule({ totals: [2, 1] });
    expect(codeOf(() => enumerateSequences(urn, 4))).toBe("procedure.urn_empty");
    expect(codeOf(() => sequenceProbability(maximal({ ratio: EVEN, rows: 2, tolerance: 1 }), [0, 1, 0]))).toBe(
      "procedure.urn_empty",
    );
    expect(codeOf(() => enumerateSequences(truncatedBinomial({ ratio: EVEN, totals: [1, 1] }), 3))).toBe(
      "procedure.urn_empty",
    );
  });
});
