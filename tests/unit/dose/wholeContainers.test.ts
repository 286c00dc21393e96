// All containers are given: what they hold is held against cap, range and limits.
import { describe, expect, it } from "vitest";
import { prepare, type PreparationOrder, type ProtocolDoseOrder } from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { flat, lot, ofProduct, order, weighed } from "./preparationOrders.js";

const unitKind = "viable-cells" as const;
const perKg = (amount: string) => ({ kind: "per-kg", amount }) as const;
const whole = (more: Partial<ProtocolDoseOrder> = {}): ProtocolDoseOrder => ({
  from: "protocol",
  rule: { kind: "whole-containers", unitKind },
  levels: [],
  source: "protocol",
  range: { minimum: perKg("1000000"), maximum: perKg("2000000") },
  ...more,
});
const bag = lot({ containers: 3, content: "30000000", fillMl: "10", extractableMl: "10" });

/** 60 kg: 3 bags of 30E6, 1.5E6/kg. */
function ordered(change: Partial<PreparationOrder> = {}): PreparationOrder {
  const all = order({ dose: whole(), lots: [bag], infusion: {}, ...change });
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== "draw")) as never;
}
const codes = (change: Partial<PreparationOrder>): readonly string[] =>
  prepare(ordered(change)).warnings.map(({ code }) => code);

describe("whole containers", { tags: ["PREP-009"] }, () => {
  it("give all that they hold, and say the dose for each kilogram", () => {
    const made = prepare(ordered());
    expect(made.delivered).toMatchObject({ drawMl: "30", amount: { amount: "90000000" }, roundingErrorPercent: "0" });
    expect(made.delivered.perKg).toMatchObject({ amount: "1500000", isExact: true });
    expect(made.target).toMatchObject({ amount: { amount: "90000000" }, range: { maximum: "120000000" } });
    expect(made.containers).toMatchObject([{ containers: 3, draws: [{ containers: 3, drawMl: "10" }] }]);
    expect(made.infusion).toMatchObject({ finalVolumeMl: "30", diluentMl: "0", concentrationPerMl: "3000000" });
    expect(made.steps.map(({ id }) => id)).toEqual(
      "weight usable concentration emptied target range given-per-kg diluent final-concentration".split(" "),
    );
    expect(made.isReady).toBe(true);
  });

  it("goes by recovery, by what can be taken out, and by a measured concentration", () => {
    const given = (more: object): string => prepare(ordered({ lots: [{ ...bag, ...more }] })).delivered.amount.amount;
    expect(given({ recovery: "0.8" })).toBe("72000000");
    expect(given({ extractableMl: "9.5" })).toBe("85500000");
    expect(given({ measuredPerMl: "2900000" })).toBe("87000000");
  });

  it.each([
    ["40", "dose.outside_range"],
    ["45", undefined],
    ["90", undefined],
    ["90.1", "dose.outside_range"],
  ])("at %s kg: %s", (kg, code) => {
    const make = (): unknown => prepare(ordered({ weight: weighed(kg) }));
    if (code === undefined) expect(make).not.toThrow();
    else expect(issueOf(make).code).toBe(code);
  });

  it("is refused above a cap, above a hard limit, and warned of outside the soft ones", () => {
    const cap = { cap: { amount: "80000000", unitKind } };
    expect(issueOf(() => prepare(ordered({ dose: whole(cap) })))).toMatchObject({
      code: "dose.whole_above_cap",
      path: "lots",
      received: "90,000,000 viable cells",
    });
    const flatEnd = { kind: "flat", amount: "80000000" } as const;
    const hard = whole({ hard: { maximum: flatEnd } });
    expect(issueOf(() => prepare(ordered({ dose: hard }))).code).toBe("dose.outside_hard_limit");
    expect(codes({ dose: whole({ soft: { maximum: flatEnd } }) })).toEqual(["dose.outside_soft_limit"]);
  });

  it("takes no draw, needs a range, and mixes lots only where that is allowed", () => {
    expect(issueOf(() => prepare(order({ dose: whole(), lots: [bag] }))).code).toBe("dose.draw_with_whole_containers");
    const two = [{ ...bag, containers: 1 }, lot({ ...bag, lot: "L2", containers: 2 })];
    expect(issueOf(() => prepare(ordered({ lots: two }))).code).toBe("dose.lot_mixing_not_allowed");
    const product = { name: "MSC", mayMixLots: true, source: "x" };
    expect(prepare(ordered({ lots: two, product })).delivered.amount.amount).toBe("90000000");
    expect(issueOf(() => prepare(ordered({ dose: flat("90000000") }))).code).toBe("dose.product_missing");
  });

  it("tells a content in which a power of ten slipped, and a label that disagrees with itself", () => {
    const unlimited = whole({ range: { minimum: perKg("1000") } });
    expect(codes({ dose: unlimited, lots: [{ ...bag, content: "30000000000" }] })).toContain("dose.unlikely_value");
    expect(codes({ lots: [{ ...bag, labelPerMl: "3031000" }] })).toEqual(["dose.label_values_inconsistent"]);
    expect(codes({ lots: [{ ...bag, labelPerMl: "3030000" }] })).toEqual([]);
  });

  it("is held against what a label aims at: Tecartus 1E6/kg for leukaemia, at most 1E8", () => {
    const rule = { kind: "whole-containers", unitKind: "car-positive-cells" } as const;
    const dose = ofProduct("tecartus", { regimen: "all", countBasis: "car-positive-cells", rule });
    const of = (content: string, kg = "60"): Partial<PreparationOrder> => ({
      dose,
      weight: weighed(kg),
      lots: [lot({ containers: 1, content, counted: "car-positive-cells", fillMl: "68", extractableMl: "68" })],
      product: { name: "Tecartus", mayMixLots: false, source: "x" },
    });
    expect(codes(of("66000000"))).toEqual([]);
    expect(codes(of("66000001"))).toEqual(["dose.whole_differs_from_target"]);
    expect(codes(of("53999999"))).toEqual(["dose.whole_differs_from_target"]);
    expect(codes(of("100000000", "120"))).toEqual([]);
    expect(issueOf(() => prepare(ordered(of("100000001", "120")))).code).toBe("dose.whole_above_cap");
  });
});
