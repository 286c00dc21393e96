import { describe, expect, it } from "vitest";
import {
  characteristics,
  characteristicsGrid,
  completePathways,
  enumerateDesign,
  simulateCharacteristics,
  transitionPathways,
  type EscalationDesign,
} from "../../../src/escalation/index.js";
import { arc4Stream } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import {
  boinSpec,
  designOf,
  i3plus3Spec,
  mtpi2Spec,
  threeByThreeSpec,
  threePlusThreeSpec,
} from "../../support/escalationDesigns.js";

const DESIGNS: readonly EscalationDesign[] = [
  designOf(3, threePlusThreeSpec("escalate-only")),
  designOf(3, threePlusThreeSpec("de-escalate", true)),
  designOf(3, threeByThreeSpec(2)),
  designOf(3, boinSpec("1/4")),
  designOf(3, i3plus3Spec("1/4", "1/20")),
  designOf(3, mtpi2Spec("1/4", "1/20")),
];

describe("operating characteristics", { tags: ["ESC-004"] }, () => {
  it("are those of the closed form for 3+3: going up, participants, and DLTs of a level", () => {
    const p = 0.22;
    const up = (1 - p) ** 3 + 3 * p * (1 - p) ** 5;
    const found = characteristics(designOf(2, threePlusThreeSpec("escalate-only")), ["0.22", "0"]);
    expect(found.none.value).toBeCloseTo(1 - up, 14);
    const participants = 3 + 9 * p * (1 - p) ** 2;
    expect(found.expectedTreatedByLevel[0]!.value).toBeCloseTo(participants, 14);
    expect(found.expectedDltByLevel[0]!.value).toBeCloseTo(p * participants, 14);
  });

  it("recommend the top without any DLT and stop after the first cohort when everybody has one", () => {
    for (const design of DESIGNS) {
      const none = characteristics(design, ["0", "0", "0"], { fractions: true });
      expect(none.recommended.map(({ exact }) => exact)).toEqual(["0", "0", "1"]);
      const all = characteristics(design, ["1", "1", "1"], { fractions: true });
      expect([all.none.exact, all.expectedTreated.exact]).toEqual(["1", "3"]);
    }
  });

  it("add up to 1, with the expected DLTs of a level its rate times those treated there", () => {
    const truth = ["0.3", "0.1", "0.55"];
    for (const design of DESIGNS) {
      const { none, recommended, total, expectedDltByLevel, expectedTreatedByLevel } = characteristics(design, truth);
      const sum = [none, ...recommended].reduce((before, { value }) => before + value, 0);
      expect(sum).toBeCloseTo(1, 12);
      expect(total.reduce((before, { probability }) => before + probability.value, 0)).toBeCloseTo(1, 12);
      expectedDltByLevel.forEach(({ value }, j) => {
        expect(value).toBeCloseTo(Number(truth[j]) * expectedTreatedByLevel[j]!.value, 12);
      });
    }
  });

  it("agree with the sum over all pathways, and with simulation within its standard errors", () => {
    const truth = ["0.08", "0.16", "0.32"];
    for (const design of DESIGNS) {
      const exact = characteristics(design, truth);
      const pathways = completePathways(design, { truth });
      exact.recommended.forEach(({ value }, j) => {
        const own = pathways.filter(({ recommended }) => recommended === j + 1);
        expect(own.reduce((sum, { probability }) => sum + probability!.value, 0)).toBeCloseTo(value, 12);
      });
      const source = arc4Stream("5".repeat(64));
      const simulated = simulateCharacteristics(design, truth, { runs: 4000, source });
      // 4.5 standard errors: a false alarm in about 1 of 150,000 numbers, of which 54 are looked at.
      for (const name of ["none", "expectedTreated", "expectedDlt"] as const) {
        const { value, standardError } = simulated[name];
        expect(Math.abs(value - exact[name].value)).toBeLessThan(4.5 * standardError + 1e-9);
      }
      simulated.recommended.forEach(({ value, standardError }, j) => {
        expect(Math.abs(value - exact.recommended[j]!.value)).toBeLessThan(4.5 * standardError + 1e-9);
      });
    }
  });

  it("are the same one by one and over a grid", () => {
    const truths = ["0.05", "0.15", "0.25"].map((rate) => [rate, "0.3", "0.4"]);
    const [design] = DESIGNS;
    expect(characteristicsGrid(design!, truths)).toEqual(truths.map((truth) => characteristics(design!, truth)));
  });

  it("tell overdosing: by the design's target, or by a stated rate", () => {
    const truth = ["0.1", "0.2", "0.4"];
    const boin = characteristics(designOf(3, boinSpec("1/4")), truth);
    expect(boin.overdose?.rate).toBe("1/4");
    expect(boin.overdose?.expectedTreated).toEqual(boin.expectedTreatedByLevel[2]);
    expect(boin.overdose?.recommended).toEqual(boin.recommended[2]);
    const three = designOf(3, threePlusThreeSpec("escalate-only"));
    expect(characteristics(three, truth).overdose).toBeUndefined();
    expect(characteristics(three, ["0", "0", "0.4"], { overdoseAbove: "0.3" }).overdose?.someTreated.value).toBe(1);
  });

  it("refuse rates that are none, and take rates that fall", () => {
    const [design] = DESIGNS;
    expect(issueOf(() => characteristics(design!, ["0.1", "0.2"])).code).toBe("escalation.rates_invalid");
    expect(issueOf(() => characteristics(design!, ["0.1", "0.2", "1.1"]))).toMatchObject({
      ...{ code: "escalation.share_invalid", path: "truth.2" },
    });
    expect(characteristics(design!, ["0.5", "0.2", "0.1"]).truth).toEqual(["0.5", "0.2", "0.1"]);
  });

  it("refuse more situations than are enumerated, with their number", () => {
    const issue = issueOf(() => enumerateDesign(designOf(6, boinSpec("3/10", { maxTotal: 30 })), 1000));
    expect(issue.code).toBe("escalation.too_many_states");
    expect(issue.received).toMatch(/^1\d{3} situations/);
    const source = arc4Stream("5".repeat(64));
    expect(issueOf(() => simulateCharacteristics(DESIGNS[0]!, ["0", "0", "0"], { runs: 1, source })).code).toBe(
      "escalation.runs_invalid",
    );
  });

  it("walk BOIN with six levels and thirty participants as often as an independent program does", () => {
    expect(enumerateDesign(designOf(6, boinSpec("3/10", { maxTotal: 30 }))).states).toBe(17_472);
  });
});

describe("transition pathways", { tags: ["ESC-004"] }, () => {
  const design = designOf(3, threePlusThreeSpec("de-escalate"));

  it("join neighbouring outcomes that lead to the same, and give the probability of each", () => {
    const { next } = transitionPathways(design, 1, { truth: ["0.5", "0.5", "0.5"] });
    expect(
      next?.branches.map(({ dltFrom, dltTo, action, level, probability }) => [
        ...[dltFrom, dltTo, action, level, probability?.exact],
      ]),
    ).toEqual([
      [0, 0, "escalate", 2, "1/8"],
      [1, 1, "stay", 1, "3/8"],
      [2, 3, "stop", null, "1/2"],
    ]);
  });

  it("go on from what was seen, and mark what needs more places than there are", () => {
    const { next } = transitionPathways(design, 2, { history: "1NNN 2NNT", places: 9 });
    expect(next).toMatchObject({ level: 2, size: 3, treated: 9 });
    expect(next?.exceedsPlaces).toBeUndefined();
    expect(next?.branches[0]?.next).toMatchObject({ level: 3, treated: 12, exceedsPlaces: true });
    expect(transitionPathways(design, 1, { history: "1TTT" })).toMatchObject({ action: "stop", recommended: null });
  });

  it("have at most (size + 1) ^ depth ends, and are refused beyond four cohorts or with pending outcomes", () => {
    for (const own of DESIGNS) {
      for (const depth of [1, 2, 3, 4]) {
        const count = (tree: ReturnType<typeof transitionPathways>["next"]): number =>
          tree === undefined ? 1 : tree.branches.reduce((sum, { next }) => sum + count(next), 0);
        expect(count(transitionPathways(own, depth).next)).toBeLessThanOrEqual(4 ** depth);
      }
    }
    expect(issueOf(() => transitionPathways(design, 5)).code).toBe("escalation.depth_invalid");
    expect(issueOf(() => transitionPathways(design, 2, { history: "1NNP" })).code).toBe("escalation.pending_outcomes");
  });

  it("are 6 * 2^K - 5 complete ones for 3+3 without de-escalation", () => {
    for (let levels = 1; levels <= 5; levels += 1) {
      const found = completePathways(designOf(levels, threePlusThreeSpec("escalate-only")));
      expect(found).toHaveLength(6 * 2 ** levels - 5);
      expect(Math.max(...found.map(({ treated }) => treated))).toBe(6 * levels);
    }
    expect(issueOf(() => completePathways(designOf(3, boinSpec("3/10", { maxTotal: 30 })))).code).toBe(
      "escalation.too_many_pathways",
    );
  });
});
