import { describe, expect, it } from "vitest";
import { assess } from "../../../src/assessment/index.js";
import { pooledComplete } from "../../../src/assessment/pooled.js";

describe("the pooled imbalance of complete randomization", { tags: ["ASSESS-001"] }, () => {
  it("is that of all sequences of six participants, of whom some belong to other strata", () => {
    const [inside, shares] = [0.4, [2 / 3, 1 / 3]];
    const wanted = new Map<number, number>();
    for (let path = 0; path < 3 ** 6; path += 1) {
      let [rest, probability, arm, all] = [path, 1, 0, 0];
      for (let i = 0; i < 6; i += 1) {
        const where = rest % 3;
        rest = Math.floor(rest / 3);
        probability *= where === 2 ? 1 - inside : inside * shares[where]!;
        if (where < 2) all += 1;
        if (where === 0) arm += 1;
      }
      const deviation = 3 * arm - 2 * all;
      wanted.set(deviation, (wanted.get(deviation) ?? 0) + probability);
    }
    const { values, probabilities } = pooledComplete("x", inside, 6, [2, 1])!.byArm[0]!.distribution;
    expect(values.map((value) => Math.round(3 * value))).toEqual([...wanted.keys()].sort((a, b) => a - b));
    values.forEach((value, i) => {
      expect(probabilities[i]).toBeCloseTo(wanted.get(Math.round(3 * value))!, 13);
    });
  });

  const plan = (arms: object, length: number): object => ({
    trial: "DEMO",
    part: "main",
    list: "CR",
    arms,
    procedure: { kind: "complete" },
    strata: [
      { factor: "site", levels: Array.from({ length: 12 }, (_, i) => `s${i}`) },
      { factor: "sex", levels: ["f", "m"] },
    ],
    length,
  });

  it("has the standard deviation sqrt(n p (1 - p)) for 240 in 24 strata, within a second", () => {
    const before = performance.now();
    const { pooled, undefinedMeasures } = assess(plan({ a: 2, b: 1 }, 60), undefined, {
      enrolment: { participants: 240 },
    });
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(undefinedMeasures.filter(({ measure }) => measure.startsWith("pooled"))).toEqual([]);
    const [overall] = pooled;
    expect(overall?.of).toBe("overall");
    expect(overall?.byArm[0]?.standardDeviation).toBeCloseTo(Math.sqrt((240 * 2) / 9), 10);
    expect(pooled.find(({ of }) => of === "sex f")?.byArm[1]?.standardDeviation).toBeCloseTo(
      Math.sqrt((120 * 2) / 9),
      10,
    );
  });

  it("is left to the convolution where lists run out", () => {
    const short = assess(plan({ a: 1, b: 1 }, 4), undefined, { enrolment: { participants: 40 } });
    const sd = short.pooled.find(({ of }) => of === "site s0")?.byArm[0]?.standardDeviation ?? 0;
    // Some of the 40 / 12 who come to the site find no row.
    expect(sd).toBeLessThan(Math.sqrt(40 / 12 / 4));
    expect(sd).toBeGreaterThan(0.8 * Math.sqrt(40 / 12 / 4));
  });
});
