import { productById } from "../../../src/dose/index.js";
import type { LotOrder, PreparationOrder, ProtocolDoseOrder, ProductDoseOrder } from "../../../src/dose/index.js";
import type { UnitKind } from "../../../src/quantity/index.js";

export const weighed = (weightKg: string, more: object = {}): NonNullable<PreparationOrder["weight"]> => ({
  descriptor: "actual",
  weightKg,
  weighedOn: "2026-02-26",
  weighedBy: "nurse A",
  ...more,
});

export const perKg = (amount: string, more: Partial<ProtocolDoseOrder> = {}): ProtocolDoseOrder => ({
  from: "protocol",
  rule: { kind: "per-kg", amount, unitKind: "viable-cells" },
  levels: [{ kind: "per-kg", amount, unitKind: "viable-cells" }],
  source: "protocol",
  ...more,
});

export const flat = (amount: string, unitKind: UnitKind = "viable-cells"): ProtocolDoseOrder => ({
  from: "protocol",
  rule: { kind: "flat", amount, unitKind },
  levels: [{ kind: "flat", amount, unitKind }],
  source: "protocol",
});

export const ofProduct = (product: string, more: Partial<ProductDoseOrder> = {}): ProductDoseOrder => ({
  from: "product",
  product,
  ...more,
});

export const lot = (more: Partial<LotOrder> = {}): LotOrder => ({
  lot: "L1",
  expiresOn: "2027-01-31",
  isReleased: true,
  containers: 40,
  content: "10000000",
  counted: "viable-cells",
  recovery: "1",
  fillMl: "2",
  extractableMl: "2",
  ...more,
});

/** A plain order, changed at will; of a licensed product it names that product. */
export function order(change: Partial<PreparationOrder> = {}): PreparationOrder {
  const name = change.dose?.from === "product" ? productById(change.dose.product).name : "MSC";
  return {
    preparedOn: "2026-02-27",
    weight: weighed("60"),
    dose: perKg("1000000"),
    product: { name, mayMixLots: false, source: "product file" },
    lots: [lot()],
    draw: { graduationMl: "0.1", overfillPercent: "0" },
    infusion: { finalVolumeMl: "300" },
    ...change,
  };
}
