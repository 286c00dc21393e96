import { Decimal } from "decimal.js";
import { describe, expect, it } from "vitest";
import { prepare, prescribe, recordAdministration, type PreparationOrder } from "../../../src/dose/index.js";
import { toDecimal } from "../../../src/quantity/index.js";
import { sle } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";
import { order } from "./preparationOrders.js";

/** The order with every numeric text as a Decimal, but for dates and names. */
const inDecimals = (value: unknown): unknown => {
  if (typeof value === "string") return /^\d+(?:\.\d+)?$/.test(value) ? new Decimal(value) : value;
  if (Array.isArray(value)) return value.map(inDecimals);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inDecimals(inner)]));
};

describe("a Decimal in place of numeric text", () => {
  it("prepares as the text does", () => {
    expect(prepare(inDecimals(order()) as PreparationOrder)).toEqual(prepare(order()));
    const { delivered } = prepare(order());
    expect(toDecimal(delivered.amount.amount).dividedBy("1000000").toFixed()).toBe("60");
  });

  it("prescribes and records as the text does", () => {
    const assumptions = {
      "dose.countBasis": "viable-cells",
      "dose.weightDescriptor": "actual",
      "dose.cap": "none",
      "dose.administrations": "1",
    };
    const asked = { trial: sle, arm: "low", assumptions };
    expect(prescribe({ ...asked, weightKg: new Decimal("72.4") })).toEqual(prescribe({ ...asked, weightKg: "72.4" }));
    const record = {
      number: 1,
      administeredOn: "2026-02-27",
      administeredBy: "nurse",
      unitKind: "viable-cells" as const,
      planned: "72400000",
      preparedAtInfusion: "72250000",
      preparedMl: "100",
      infusedMl: "94.5",
    };
    expect(recordAdministration({ ...record, infusedMl: new Decimal("94.5") })).toEqual(recordAdministration(record));
  });

  it("is refused as the text is", () => {
    const weight = { ...order().weight!, weightKg: new Decimal("1000") };
    expect(issueOf(() => prepare({ ...order(), weight })).code).toBe("quantity.weight_out_of_range");
    const nan = { ...order().weight!, weightKg: new Decimal(NaN) };
    expect(issueOf(() => prepare({ ...order(), weight: nan })).code).toMatch(/^quantity\./);
  });
});
