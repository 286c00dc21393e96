import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parsePreparationOrder,
  prepareRead,
  prepareWithoutSteps,
  prescribe,
  recordAdministration,
  type Preparation,
  type PreparationOrder,
} from "../../src/dose/index.js";
import { comparableFields } from "../../src/dose/secondCheck/comparableFields.js";
import { AllocellError } from "../../src/foundation/index.js";
import { divideDecimal, multiplyDecimal } from "../support/decimalMath.js";
import { orders } from "../independent/preparation/orders.js";
import { thawed } from "../support/thawed.js";
import { PRESCRIPTIONS } from "./prescriptions.js";

/** Drawn once for all laws, which takes longer than any of them. */
let drawn: readonly PreparationOrder[] | undefined;

/** Holds a law for each of 2,000 random orders; a failure names the order. */
function forRandomOrders(
  law: (order: PreparationOrder, place: number, all: readonly PreparationOrder[]) => void,
): void {
  drawn ??= fc.sample(orders, 2000) as readonly PreparationOrder[];
  for (const [place, order] of drawn.entries()) {
    try {
      law(order, place, drawn);
    } catch (cause) {
      throw new Error(`The law does not hold for ${JSON.stringify(order)}`, { cause });
    }
  }
}

/** What comes of each of them, worked out once too. */
let wholes: ReadonlyMap<PreparationOrder, unknown> | undefined;
const wholeOf = (order: PreparationOrder, all: readonly PreparationOrder[]): unknown => {
  wholes ??= new Map(all.map((one) => [one, outcome(one, prepareRead)]));
  return wholes.get(order);
};

/** What comes of an order: a result, or the code of its refusal. */
function outcome(order: PreparationOrder, run: (order: PreparationOrder) => object): unknown {
  try {
    return run(parsePreparationOrder(order));
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
}

describe("what was given can be recorded", { tags: ["PREP-006"] }, () => {
  it("whatever a preparation computed, however many digits it has", () => {
    let longest = 0;
    forRandomOrders((order, place, all) => {
      const percent = place % 121;
      const made = wholeOf(order, all);
      if (typeof made === "string") return;
      const { target, delivered, infusion, weight, unitKind } = made as Preparation;
      const record = {
        number: 1,
        administeredOn: "2026-02-27",
        administeredBy: "nurse",
        unitKind,
        planned: target.amount.amount,
        preparedAtInfusion: delivered.amount.amount,
        preparedMl: infusion.finalVolumeMl,
        infusedMl: multiplyDecimal(infusion.finalVolumeMl, divideDecimal(String(percent), "100")),
        ...(weight === undefined ? {} : { weightKg: weight.dosingKg }),
        ...(target.range === undefined ? {} : { range: target.range }),
        deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" as const },
      };
      const given = recordAdministration(record);
      expect(given.record).toEqual(record);
      expect(thawed(given)).toEqual([]);
      longest = Math.max(longest, delivered.amount.amount.length);
    });
    expect(longest).toBeGreaterThan(40);
  });
});

describe("what the dose room returns", () => {
  it.each(Object.entries(PRESCRIPTIONS))("is frozen all the way down: %s", (_, order) => {
    expect(thawed(prescribe(order))).toEqual([]);
  });

  it("is frozen all the way down, and the same without its steps, for random preparations", () => {
    let prepared = 0;
    forRandomOrders((order, _, all) => {
      const whole = wholeOf(order, all);
      const bare = outcome(order, prepareWithoutSteps);
      if (typeof whole === "string") {
        // The overrides of a batch are for any of its rows: one that this row does not ask for is passed over.
        if (whole !== "dose.override_without_warning") expect(bare).toBe(whole);
        return;
      }
      const { steps, ...others } = whole as Preparation;
      expect(steps.length).toBeGreaterThan(0);
      expect(bare).toEqual(others);
      expect([...thawed(whole), ...thawed(bare)]).toEqual([]);
      prepared += 1;
    });
    expect(prepared).toBeGreaterThan(200);
  });

  it("of an order that shares parts with others is what it would be without them, for random preparations", () => {
    const parts = ["dose", "product", "lots", "draw", "infusion", "clock", "weight"] as const;
    const bare = (order: PreparationOrder): unknown => {
      try {
        return prepareWithoutSteps(order);
      } catch (error) {
        if (AllocellError.is(error)) return error.issues;
        throw error;
      }
    };
    const seen = { prepared: 0, refused: 0 };
    forRandomOrders((first, place, all) => {
      const [second = first, part = "dose"] = [all.at(place - 1), parts[place % parts.length]];
      const [one, other] = [outcome(first, parsePreparationOrder), outcome(second, parsePreparationOrder)] as const;
      if (typeof one === "string" || typeof other === "string") return;
      const mixed = { ...(one as PreparationOrder), [part]: (other as PreparationOrder)[part] };
      bare(one as PreparationOrder);
      bare(other as PreparationOrder);
      const again = bare(mixed);
      expect(again).toEqual(bare(structuredClone(mixed)));
      seen[Array.isArray(again) ? "refused" : "prepared"] += 1;
    });
    expect(Math.min(seen.prepared, seen.refused)).toBeGreaterThan(100);
  });

  it("is another check wherever one field of the order is another, for random orders", { tags: ["PREP-005"] }, () => {
    const leavesOf = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
      typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
        : [path];
    const changedAt = (value: unknown, [key, ...rest]: readonly string[]): unknown =>
      key === undefined
        ? `${String(value)}9`
        : Array.isArray(value)
          ? value.map((inner: unknown, index) => (String(index) === key ? changedAt(inner, rest) : inner))
          : { ...(value as object), [key]: changedAt((value as Readonly<Record<string, unknown>>)[key], rest) };
    let compared = 0;
    forRandomOrders((order, which) => {
      const [copied, isTwice] = [which % 3, which % 2 === 0];
      const read = outcome(order, parsePreparationOrder);
      if (typeof read === "string") return;
      const { lots = [], ...others } = read as PreparationOrder;
      const again = lots[copied % Math.max(lots.length, 1)];
      // Entries of equal name and content are the hard case: nothing of either may be lost.
      const all = isTwice && again !== undefined ? [...lots, again] : lots;
      const one = { ...others, ...(all.length === 0 ? {} : { lots: all }) } as PreparationOrder;
      const leaves = leavesOf(one).filter(([top, , key]) => top !== "overrides" && key !== "assumptions");
      const other = changedAt(one, leaves[which % leaves.length] ?? []) as PreparationOrder;
      const said = (fields: ReadonlyMap<string, { readonly folded: string }>): readonly string[] =>
        [...fields].map(([path, { folded }]) => `${path}=${folded}`).sort();
      const [mine, theirs] = comparableFields({ order: one }, { order: other });
      expect(said(mine)).not.toEqual(said(theirs));
      if (all.length > 0) {
        const [straight, turned] = comparableFields({ order: one }, { order: { ...one, lots: [...all].reverse() } });
        expect(said(turned)).toEqual(said(straight));
      }
      compared += 1;
    });
    expect(compared).toBeGreaterThan(1000);
  });
});
