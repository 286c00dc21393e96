// Two components of one dose: each with its own dose, lots and draw; what holds for all is held against their sum.
import { describe, expect, it } from "vitest";
import { prepare, type ComponentOrder, type PreparationOrder } from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { flat, lot, ofProduct, order, perKg, weighed } from "./preparationOrders.js";

const product = (name: string, more: object = {}) => ({ name, mayMixLots: false, source: "file", ...more });
const cd4 = (more: Partial<ComponentOrder> = {}): ComponentOrder => ({
  component: "CD4",
  dose: flat("40000000"),
  product: product("CD4"),
  lots: [lot({ lot: "L4", content: "20000000" })],
  draw: { graduationMl: "0.1", overfillPercent: "0" },
  infusion: {},
  ...more,
});
const two = (change: Partial<PreparationOrder> = {}, second: Partial<ComponentOrder> = {}): PreparationOrder =>
  order({
    component: "CD8",
    dose: flat("60000000"),
    product: product("CD8"),
    lots: [lot({ lot: "L8" })],
    infusion: {},
    then: [cd4(second)],
    ...change,
  });
const without = (given: PreparationOrder, keys: readonly string[]): PreparationOrder =>
  Object.fromEntries(Object.entries(given).filter(([key]) => !keys.includes(key))) as never;
const clock = (thawedAt: string, startAt: string) => ({
  thawedAt: `2026-02-27T${thawedAt}`,
  startAt: `2026-02-27T${startAt}`,
  stabilityMinutes: 120,
  lineFlushMinutes: 5,
});
const issue = (change: Partial<PreparationOrder>, second: Partial<ComponentOrder> = {}) =>
  issueOf(() => prepare(two(change, second)));

describe("two components of one dose", { tags: ["PREP-008"] }, () => {
  it("have each its target, containers, draw and volume, and a place in the order in which they are given", () => {
    const made = prepare(two());
    const [second] = made.then ?? [];
    expect(made.component).toEqual({ name: "CD8", number: 1, of: 2 });
    expect(made.delivered).toMatchObject({ drawMl: "12", amount: { amount: "60000000" } });
    expect(made.containers).toMatchObject([{ lot: "L8", containers: 6 }]);
    expect(second?.component).toEqual({ name: "CD4", number: 2, of: 2 });
    expect(second?.delivered).toMatchObject({ drawMl: "4", amount: { amount: "40000000" } });
    expect(second?.containers).toMatchObject([{ lot: "L4", containers: 2 }]);
    expect(second?.order).not.toHaveProperty("then");
    expect(made.together).toBeUndefined();
    expect(made.isReady).toBe(true);
  });

  it("are each computed as an order of its own", () => {
    const alone = prepare(without(two(), ["then", "component"]));
    const made = prepare(two());
    expect(made.steps).toEqual(alone.steps);
    expect(made.then?.[0]?.steps.map(({ id }) => id)).toEqual(alone.steps.map(({ id }) => id));
  });

  it("never share a lot, whatever its spelling", () => {
    expect(issue({}, { lots: [lot({ lot: "ｌ8" })] })).toMatchObject({
      code: "dose.lot_in_two_components",
      path: "then.0.lots.0.lot",
    });
  });

  it("have names, of which no two are equal, and one source of their doses", () => {
    expect(issue({}, { component: " cd8" }).path).toBe("then");
    expect(issueOf(() => prepare(order({ component: "CD8" }))).path).toBe("component");
    expect(issueOf(() => prepare(order({ together: { source: "x" } }))).path).toBe("together");
    expect(issueOf(() => prepare(without(two(), ["component"]))).path).toBe("component");
    const dose = ofProduct("breyanzi", { regimen: "eu", countBasis: "car-positive-cells" });
    expect(issue({}, { dose }).path).toBe("then");
  });

  it("are held together against a range, hard limits, a cap and soft limits", () => {
    const ends = (minimum: string, maximum: string) => ({
      minimum: { kind: "flat", amount: minimum } as const,
      maximum: { kind: "flat", amount: maximum } as const,
    });
    const together = (more: object) => ({ together: { source: "protocol", ...more } });
    const fits = prepare(two(together({ range: ends("100000000", "100000000") })));
    expect(fits.together?.amount).toBe("100000000");
    expect(fits.steps.slice(-2).map(({ id }) => id)).toEqual(["together", "range"]);
    expect(issue(together({ range: ends("100000001", "200000000") })).code).toBe("dose.outside_range");
    expect(issue(together({ hard: ends("1", "99999999") })).code).toBe("dose.outside_hard_limit");
    const cap = { amount: "99999999", unitKind: "viable-cells" };
    expect(issue(together({ range: ends("1", "200000000"), cap })).code).toBe("dose.whole_above_cap");
    const soft = together({ range: ends("1000000", "200000000"), soft: ends("1000000", "99999999") });
    expect(prepare(two(soft)).warnings).toMatchObject([{ code: "dose.outside_soft_limit", path: "together" }]);
    const overrides = [{ code: "dose.outside_soft_limit", path: "together", reason: "TEST", by: "TEST" }];
    expect(prepare(two({ ...soft, overrides })).isReady).toBe(true);
  });

  it("have plausible limits together: a slip in them is told at its field", () => {
    const most = (amount: string) => ({ range: { maximum: { kind: "flat", amount } as const } });
    const unusual = two({ together: { source: "protocol", ...most("100000000000") } });
    expect(prepare(unusual).warnings).toMatchObject([
      { code: "dose.unlikely_value", path: "together.range.maximum.amount" },
    ]);
    const overrides = [
      { code: "dose.unlikely_value", path: "together.range.maximum.amount", reason: "TEST", by: "TEST" },
    ];
    expect(prepare({ ...unusual, overrides }).isReady).toBe(true);
    expect(prepare(two({ together: { source: "protocol", ...most("1000000000") } })).warnings).toEqual([]);
  });

  it("tell faults and warnings at their place, and take an override by its path", () => {
    expect(issue({}, { lots: [lot({ lot: "L4", isReleased: false })] }).path).toBe("then.0.lots.0.isReleased");
    const coarse = { draw: { graduationMl: "3", overfillPercent: "0" } };
    const made = prepare(two({}, coarse));
    expect(made.warnings).toMatchObject([{ code: "dose.rounding_error_high", path: "then.0.draw.graduationMl" }]);
    expect(made.isReady).toBe(false);
    const accept = (path: string) => ({
      overrides: [{ code: "dose.rounding_error_high", path, reason: "TEST", by: "TEST" }],
    });
    expect(prepare(two(accept("then.0.draw.graduationMl"), coarse)).isReady).toBe(true);
    expect(issue(accept("draw.graduationMl"), coarse).code).toBe("dose.override_without_warning");
    expect(issue(accept("then.1.draw.graduationMl"), coarse).code).toBe("dose.override_without_warning");
  });

  it("say of person and days once what holds of both, and of each what holds of it alone", () => {
    const old = { weight: weighed("60", { weighedOn: "2026-02-17", maximumAgeDays: 10 }) };
    const day = (date: string, from: string) => ({
      clock: { ...clock("09:00", from), thawedAt: `${date}T${from}`, startAt: `${date}T${from}` },
      infusion: { minutes: "10" },
    });
    const friday = day("2026-02-27", "23:00");
    const window = { window: { from: "2026-02-27", to: "2026-02-27" } };
    const both = prepare(two({ ...old, identification: window, ...friday }, day("2026-02-28", "00:10")));
    expect(both.warnings.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      "calendar.outside_window then.0.identification.window",
      "calendar.weekend then.0.clock.startAt",
      "dose.weight_too_old then.0.weight.weighedOn",
    ]);
    const late = prepare(two({ weight: weighed("60", { weighedOn: "2026-02-01", maximumAgeDays: 10 }), ...friday }));
    expect(late.warnings.map(({ path }) => path)).toEqual(["weight.weighedOn"]);
  });

  it("have one total of DMSO for the day", () => {
    const dmso = { dmso: { percentVv: "10" } };
    const dayTotals = { otherDmsoG: "58.2", otherEndotoxinEu: "0" };
    const made = prepare(two({ product: product("CD8", dmso), dayTotals }, { product: product("CD4", dmso) }));
    expect(made.dayTotals?.dmsoG).toBe("59.52");
    expect(made.then?.[0]?.dayTotals?.dmsoG).toBe("59.96");
    const more = { product: product("CD8", dmso), dayTotals: { ...dayTotals, otherDmsoG: "58.25" } };
    expect(issue(more, { product: product("CD4", dmso) }).code).toBe("dose.dmso_above_limit");
  });

  it("start one after the other, and where it is said not too late", () => {
    const first = { clock: clock("09:00", "09:20"), infusion: { minutes: "10" } };
    const second = (at: string, startWithinMinutes?: number): Partial<ComponentOrder> => ({
      clock: clock("09:05", at),
      infusion: { minutes: "10" },
      ...(startWithinMinutes === undefined ? {} : { startWithinMinutes }),
    });
    // The first ends at 09:35, with its flush.
    expect(prepare(two(first, second("09:35", 60))).isReady).toBe(true);
    expect(prepare(two(first, second("10:35", 60))).isReady).toBe(true);
    expect(issue(first, second("09:34")).code).toBe("dose.clock_invalid");
    expect(issue(first, second("10:36", 60)).code).toBe("dose.clock_invalid");
    expect(issue({}, { startWithinMinutes: 60 }).code).toBe("dose.clock_invalid");
  });

  it("of Breyanzi are held together against the label: EU, 44E6 to 120E6", () => {
    const kind = "car-positive-cells" as const;
    const part = (amount: string, name: string) => ({
      dose: ofProduct("breyanzi", {
        regimen: "eu",
        countBasis: kind,
        rule: { kind: "flat", amount, unitKind: kind },
      }),
      product: product(`Breyanzi ${name}`),
      lots: [lot({ lot: name, content: "46000000", counted: kind, fillMl: "4.6", extractableMl: "4.6" })],
    });
    const make = (a: string, b: string) => prepare(two(part(a, "CD8"), part(b, "CD4")));
    expect(make("60000000", "60000000").together?.amount).toBe("120000000");
    expect(make("50000000", "50000000").warnings).toEqual([]);
    // Above 10 % from the 100E6 that the label aims at.
    expect(make("22000000", "22000000").warnings).toMatchObject([{ code: "dose.whole_differs_from_target" }]);
    expect(issueOf(() => make("61000000", "60000000")).code).toBe("dose.outside_range");
    expect(issueOf(() => make("21000000", "22000000")).code).toBe("dose.outside_range");
  });

  it("of a product whose sources state no dose are given whole, each within its own hard limits", () => {
    const ends = { minimum: { kind: "flat", amount: "600000000" } as const };
    const rule = { kind: "whole-containers", unitKind: "viable-cells" } as const;
    const dose = (more: object) => ofProduct("omisirge", { countBasis: "viable-cells", rule, ...more });
    const bag = (name: string, content: string) =>
      lot({ lot: name, containers: 1, content, fillMl: "20", extractableMl: "20" });
    const make = (content: string, more: object = { hard: ends }) => {
      const second = { dose: dose({ hard: ends }), product: product("Omisirge NF"), lots: [bag("NF", "700000000")] };
      const first = { dose: dose(more), product: product("Omisirge CF"), lots: [bag("CF", content)] };
      const { then = [], ...own } = without(two(first, second), ["draw"]);
      return prepare({ ...own, then: then.map((one) => without(one as never, ["draw"]) as never) });
    };
    const made = make("600000000");
    expect(made.then?.[0]?.delivered.amount.amount).toBe("700000000");
    expect([made.together, made.isReady]).toEqual([undefined, true]);
    expect(made.labelFacts?.map(({ statement }) => statement).join()).toContain("NF starts within 1 h after CF");
    expect(issueOf(() => make("599999999")).code).toBe("dose.outside_hard_limit");
    expect(issueOf(() => make("600000000", {}))).toMatchObject({ code: "dose.range_missing", path: "dose.hard" });
    const named = without(order({ dose: dose({ hard: ends, regimen: "label" }) }), ["draw"]);
    expect(issueOf(() => prepare(named)).code).toBe("dose.regimen_needed");
  });

  it("may be per kg", () => {
    expect(prepare(two({ dose: perKg("1000000") })).delivered.amount.amount).toBe("60000000");
  });
});
