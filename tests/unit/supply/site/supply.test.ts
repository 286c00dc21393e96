import { describe, expect, it } from "vitest";
import {
  resupplyPlan,
  shipmentsDue,
  siteSupply,
  stockOutProbability,
  type ResupplyRequest,
  type SiteAllocation,
  type SupplyRequest,
} from "../../../../src/supply/index.js";
import { AllocellError } from "../../../../src/index.js";
import { drawProbability } from "./bruteForce.js";

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
  return "nothing thrown";
};
const ALLOCATIONS: readonly SiteAllocation[] = [
  { kind: "complete", ratio: [1, 1] },
  { kind: "complete", ratio: [2, 1] },
  { kind: "complete", ratio: [1, 1, 1] },
  { kind: "permuted-block", ratio: [1, 1], sizes: [4] },
  { kind: "permuted-block", ratio: [1, 1], sizes: [2, 4, 6], weights: [1, 2, 3] },
  { kind: "permuted-block", ratio: [4, 2], sizes: [3, 6] },
  { kind: "permuted-block", ratio: [1, 1, 1], sizes: [3, 6] },
];

describe("the probability that a site runs out", { tags: ["KIT-003"] }, () => {
  it.each(ALLOCATIONS.map((allocation) => [JSON.stringify(allocation), allocation] as const))(
    "is that of all sequences together: %s",
    (_, allocation) => {
      const arms = allocation.ratio.length;
      for (const count of [1, 2, 5, 7]) {
        for (const base of [0, 1, 2, 4]) {
          const stock = allocation.ratio.map((_, k) => base + (k % 2));
          const found = stockOutProbability(allocation, { count }, stock);
          expect(found.error).toBe(0);
          expect(found.probability).toBeCloseTo(1 - drawProbability(allocation, count, stock), 12);
        }
      }
      expect(stockOutProbability(allocation, { count: 5 }, Array<number>(arms).fill(5)).probability).toBe(0);
    },
  );

  it("by hand: two of four from a block AABB, one kit each: 1/3 runs out; three coin tosses with two kits each: 1/4", () => {
    const block: SiteAllocation = { kind: "permuted-block", ratio: [1, 1], sizes: [4] };
    expect(stockOutProbability(block, { count: 2 }, [1, 1]).exact).toBe("1/3");
    const coin: SiteAllocation = { kind: "complete", ratio: [1, 1] };
    expect(stockOutProbability(coin, { count: 3 }, [2, 2]).exact).toBe("1/4");
  });

  it("for a Poisson number is the sum over the numbers, and for coins the product over the arms", () => {
    const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
    for (const allocation of ALLOCATIONS) {
      const stock = allocation.ratio.map(() => 3);
      let sum = 0;
      for (let n = 0; n <= 9; n += 1) {
        const chance = (Math.exp(-2.5) * 2.5 ** n) / factorial(n);
        sum += chance * (n === 0 ? 1 : 1 - stockOutProbability(allocation, { count: n }, stock).probability);
      }
      expect(stockOutProbability(allocation, { poissonMean: 2.5 }, stock).probability).toBeCloseTo(1 - sum, 11);
    }
  });
});

describe("the supply of a site", { tags: ["KIT-003"] }, () => {
  const request = (allocation: SiteAllocation, more: Partial<SupplyRequest> = {}): SupplyRequest => ({
    arms: allocation.ratio.map((_, k) => `arm${k}`),
    allocation,
    participants: { count: 12 },
    kitsPerParticipant: 1,
    stockOutProbability: "0.05",
    ...more,
  });

  it.each(ALLOCATIONS.map((allocation) => [JSON.stringify(allocation), allocation] as const))(
    "keeps to the accepted probability, no kit of it is superfluous, and the total is at most one above the least: %s",
    (_, allocation) => {
      for (const stockOutProbabilityText of ["0.2", "0.05", "1/100"]) {
        for (const count of [4, 9, 12]) {
          const supply = siteSupply(
            request(allocation, { participants: { count }, stockOutProbability: stockOutProbabilityText }),
          );
          const limit = { "0.2": 0.2, "0.05": 0.05, "1/100": 0.01 }[stockOutProbabilityText]!;
          const stock = supply.arms.map(({ kits }) => kits);
          const risk = (of: readonly number[]): number => stockOutProbability(allocation, { count }, of).probability;
          expect(supply.stockOut.probability).toBe(risk(stock));
          expect(risk(stock)).toBeLessThanOrEqual(limit);
          stock.forEach((kits, k) => {
            if (kits > 0) expect(risk(stock.map((n, i) => (i === k ? n - 1 : n)))).toBeGreaterThan(limit);
          });
          // The least total of all stocks.
          let least = Infinity;
          const walk = (chosen: readonly number[]): void => {
            const total = chosen.reduce((a, b) => a + b, 0);
            if (total >= least) return;
            if (chosen.length < stock.length) for (let n = 0; n <= count; n += 1) walk([...chosen, n]);
            else if (risk(chosen) <= limit) least = total;
          };
          walk([]);
          expect(supply.totalKits).toBeLessThanOrEqual(least + 1);
        }
      }
    },
    20_000,
  );

  it("counts the kits that a participant uses up", () => {
    const [one, two] = [1, 2].map((kitsPerParticipant) => siteSupply(request(ALLOCATIONS[0]!, { kitsPerParticipant })));
    expect(two!.arms.map(({ kits }) => kits)).toEqual(one!.arms.map(({ kits }) => 2 * kits));
    expect(two!.stockOut).toEqual(one!.stockOut);
  });

  it("for a Poisson number is enough, error included", () => {
    const supply = siteSupply(request(ALLOCATIONS[3]!, { participants: { poissonMean: 10 } }));
    expect(supply.stockOut.probability + supply.stockOut.error).toBeLessThanOrEqual(0.05);
    expect(supply.arms.map(({ kits }) => kits).every((kits) => kits >= 8 && kits <= 12)).toBe(true);
  });

  it("rule 1: does not depend on what the arms are called", () => {
    const names = (arms: readonly string[]): unknown =>
      siteSupply(request(ALLOCATIONS[1]!, { arms })).arms.map(({ kits }) => kits);
    expect(names(["a", "b"])).toEqual(names(["b", "a"]));
  });

  it.each([
    ["a ratio of one arm", { allocation: { kind: "complete", ratio: [1] }, arms: ["a"] }],
    ["sizes for coins", { allocation: { kind: "complete", ratio: [1, 1], sizes: [2] } }],
    ["a block of no whole ratio", { allocation: { kind: "permuted-block", ratio: [1, 1], sizes: [3] } }],
    ["no block size", { allocation: { kind: "permuted-block", ratio: [1, 1] } }],
    ["a weight too few", { allocation: { kind: "permuted-block", ratio: [1, 1], sizes: [2, 4], weights: [1] } }],
    ["arms that do not fit the ratio", { arms: ["a"] }],
    ["an arm twice", { arms: ["a", "a"] }],
    ["half a participant", { participants: { count: 1.5 } }],
    ["no participant", { participants: { count: 0 } }],
    ["a mean of 0", { participants: { poissonMean: 0 } }],
    ["no mean", { participants: { poissonMean: NaN } }],
    ["too many participants", { participants: { count: 201 } }],
    ["no kit", { kitsPerParticipant: 0 }],
    ["a certain stock-out", { stockOutProbability: "1" }],
    ["none accepted at all", { stockOutProbability: "0" }],
  ] as [string, Partial<SupplyRequest>][])("is refused with %s", (_, more) => {
    expect(codeOf(() => siteSupply({ ...request(ALLOCATIONS[0]!), ...more }))).toBe("blinding.supply_invalid");
  });
});

describe("a masked resupply", { tags: ["KIT-003"] }, () => {
  const allocation: SiteAllocation = { kind: "permuted-block", ratio: [2, 1], sizes: [3, 6] };
  const first = siteSupply({
    arms: ["active", "placebo"],
    allocation,
    participants: { count: 10 },
    kitsPerParticipant: 2,
    stockOutProbability: "0.05",
  });
  const base = { first, allocation, kitsPerParticipant: 2, every: 6, lead: 2, participants: 20 };

  it("sends the same every time, by the ratio, at a number of participants", () => {
    const plan = resupplyPlan(base);
    expect(plan.shipment).toEqual([
      { arm: "active", kits: 8 },
      { arm: "placebo", kits: 4 },
    ]);
    // Parts of a participant are rounded up: 14/3 and 7/3.
    expect(resupplyPlan({ ...base, every: 7 }).shipment.map(({ kits }) => kits)).toEqual([10, 6]);
    expect(plan.periods.map(({ participants }) => participants)).toEqual([8, 14, 20]);
    expect(plan.warnings).toEqual([]);
    expect([0, 5, 6, 11, 12, 13].map((n) => shipmentsDue(6, n, 0))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(shipmentsDue(6, 13, 2)).toBe(0);
    expect(shipmentsDue(6, 5, 2)).toBe(0);
  });

  it("says for every period how likely the site has run out, and bounds the whole", () => {
    const plan = resupplyPlan(base);
    const stock = first.arms.map(({ servedParticipants }) => servedParticipants);
    plan.periods.forEach(({ participants, stockOut }, s) => {
      const now = [stock[0]! + 4 * s, stock[1]! + 2 * s];
      expect(stockOut).toBe(stockOutProbability(allocation, { count: participants }, now).probability);
    });
    expect(plan.stockOutBound).toBeLessThan(1);
    expect(plan.stockOutBound).toBeCloseTo(
      plan.periods.reduce((sum, { stockOut }) => sum + stockOut, 0),
      12,
    );
  });

  it("warns of shipments with kits for one participant of an arm", () => {
    expect(resupplyPlan({ ...base, every: 3 }).warnings.map(({ code }) => code)).toEqual(["blinding.shipment_small"]);
  });

  it.each([
    { every: 0 },
    { lead: -1 },
    { participants: 0.5 },
    { kitsPerParticipant: 0 },
    { allocation: { kind: "complete", ratio: [1, 1, 1] } },
  ] as readonly Partial<ResupplyRequest>[])("is refused with %j", (more) => {
    expect(codeOf(() => resupplyPlan({ ...base, ...more }))).toBe("blinding.supply_invalid");
  });
});
