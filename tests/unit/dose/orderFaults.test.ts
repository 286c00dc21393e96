import { describe, expect, it } from "vitest";
import { parsePreparationOrder } from "../../../src/dose/index.js";
import { AllocellError } from "../../../src/foundation/index.js";

const faultsOf = (order: unknown): readonly string[] => {
  try {
    parsePreparationOrder(order);
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ code, path, expected, received }) => `${code} ${path}: ${expected} (${received})`);
  }
};

describe("the reader of an order", { tags: ["PREP-001"] }, () => {
  it("tells every fault at once, what a quantity refuses with its own code", () => {
    const order = {
      trial: "NCT07041801",
      dose: { rule: { kind: "per-kg", amount: "106" }, source: "protocol" },
      unitKind: "cells",
      preparedOn: "2026-02-30",
      weight: { weightKg: "72,4", weighedOn: "2026-02-27", descriptor: "actual" },
      infusion: { diluent: "saline", unknownField: "1" },
    };
    expect(faultsOf(order)).toMatchInlineSnapshot(`
      [
        "calendar.no_such_day preparedOn: a date such as 2025-06-28 ("2026-02-30")",
        "quantity.comma weight.weightKg: a number such as 72.4, 1000000, 1E6, 3x10^6, 60×10⁶ or 3 million ("72,4")",
        "dose.preparation_invalid weight.weighedBy: must be text (nothing)",
        "dose.preparation_invalid dose.from: must be one of trial, protocol, product (nothing)",
        "dose.preparation_invalid infusion.diluent: no such field (undefined)",
        "dose.preparation_invalid infusion.unknownField: no such field (undefined)",
        "dose.preparation_invalid trial: no such field (undefined)",
        "dose.preparation_invalid unitKind: no such field (undefined)",
      ]
    `);
  });
});
