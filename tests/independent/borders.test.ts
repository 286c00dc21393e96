// The borders of a preparation, proven complete: a second program, written from docs/preparation-checks.md alone, computes every
// weight of the range at its resolution, and must find the same changes at the same weights, and the same values.
import { describe, expect, it } from "vitest";
import { findWeightBorders, parsePreparationOrder, type BorderRow } from "../../src/dose/index.js";
import { compute } from "./preparation/secondProgram.js";
import type { Order } from "./preparation/shape.js";

const perKg = { kind: "per-kg", amount: "1000000", unitKind: "viable-cells" } as const;
const lot = {
  lot: "A",
  expiresOn: "2027-01-31",
  isReleased: true,
  containers: 2,
  content: "20000000",
  counted: "viable-cells",
  recovery: "0.85",
  fillMl: "2",
  extractableMl: "1.9",
} as const;

/** Cap, bands with an edge on either side, soft and hard limits, two lots, a reweigh rule, DMSO, an adult's weight. */
const ORDERS: Readonly<Record<string, { readonly order: Order; readonly from: number; readonly to: number }>> = {
  "a dose per kg, capped, in bands": {
    from: 20,
    to: 130,
    order: {
      preparedOn: "2026-03-19",
      participant: { ageYears: "34" },
      weight: {
        descriptor: "actual",
        weightKg: "70",
        weighedOn: "2026-03-19",
        weighedBy: "nurse",
        expectedKg: { minimum: "22", maximum: "128.5" },
        reweigh: {
          reference: "baseline",
          referenceWeightKg: "70",
          referenceWeighedOn: "2026-03-01",
          thresholdPercent: "10",
          comparison: ">",
        },
      },
      dose: {
        from: "protocol",
        rule: perKg,
        levels: [perKg],
        source: "protocol 6.2",
        cap: { amount: "90000000", unitKind: "viable-cells" },
        range: [
          { below: { kg: "50", included: true }, range: { maximum: { kind: "flat", amount: "50500000" } } },
          { above: { kg: "50", included: false }, range: { maximum: { kind: "per-kg", amount: "1100000" } } },
        ],
        hard: { minimum: { kind: "flat", amount: "25000000" } },
        soft: { maximum: { kind: "flat", amount: "85000000" } },
      },
      product: { name: "MSC", mayMixLots: true, source: "file", dmso: { percentVv: "10" } },
      lots: [lot, { ...lot, lot: "B", expiresOn: "2027-02-28", containers: 3, content: "25000000" }],
      draw: { graduationMl: "0.1", overfillPercent: "5", whenAbove: "one-graduation-less" },
      infusion: { finalVolumeMl: "100", rateMlPerMin: "2" },
      dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" },
    },
  },
  "a flat dose with whatever the weight limits": {
    from: 0.5,
    to: 60,
    order: {
      preparedOn: "2026-03-19",
      weight: { descriptor: "actual", weightKg: "40", weighedOn: "2026-03-19", weighedBy: "nurse" },
      dose: {
        from: "protocol",
        rule: { kind: "flat", amount: "50000000", unitKind: "viable-cells" },
        levels: [{ kind: "flat", amount: "50000000", unitKind: "viable-cells" }],
        source: "protocol 6.2",
        hard: { maximum: { kind: "per-kg", amount: "4000000" } },
        soft: { maximum: { kind: "per-kg", amount: "2500000" } },
      },
      product: { name: "MSC", mayMixLots: false, source: "file", dmso: { percentVv: "10" } },
      lots: [{ ...lot, containers: 6 }],
      draw: { graduationMl: "0.1", overfillPercent: "0" },
      infusion: { finalVolumeMl: "50", minutes: "25", limits: { maximumMlPerKgPerHour: "6" } },
      dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" },
    },
  },
};

const STEP = 0.1;
const kgOf = (tenths: number): string => String(tenths / 10);

interface Second {
  readonly isRefused: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

function second(order: Order, weightKg: string): Second {
  const { sheet } = compute({ ...order, weight: { ...order.weight!, weightKg } });
  const results = sheet.results as {
    readonly containers?: readonly { lot: string; containers: number; draws: unknown }[];
    readonly delivered?: Readonly<Record<string, unknown>>;
    readonly target?: { readonly isCapped: boolean; readonly amount: string };
    readonly dosingKg?: string;
  };
  const { containers: used = [], delivered = {}, target, dosingKg } = results;
  return {
    isRefused: sheet.refusals.size > 0,
    values: {
      containers: used.map((one) => `${one.containers} ${one.lot}`),
      draw: used.map(({ draws }) => draws),
      cap: target?.isCapped,
      warnings: sheet.warnings.map(({ code }) => code).sort(),
      graduation: [delivered["isOneGraduationLess"], delivered["isOneGraduationMore"]],
      shown: [dosingKg, target?.amount, delivered["drawMl"], delivered["amount"]],
    },
  };
}

const shownOf = ({ parts: [part] = [], warnings = [] }: BorderRow): readonly unknown[] => [
  part?.containers.map((one) => `${one.containers} ${one.lot}`),
  part?.isCapped,
  [...warnings].sort(),
  [part?.dosingKg, part?.target, part?.drawMl, part?.delivered],
];

describe.each(Object.entries(ORDERS))("the borders of %s", { tags: ["PREP-012"] }, (_name, { order, from, to }) => {
  const found = findWeightBorders(parsePreparationOrder(order), {
    fromKg: String(from),
    toKg: String(to),
    stepKg: String(STEP),
  });
  const rows = new Map(found.rows.map((row) => [row.weightKg, row]));
  const tenths = Array.from({ length: Math.round((to - from) * 10) + 1 }, (_, i) => Math.round(from * 10) + i);
  const all = tenths.map((at) => second(order, kgOf(at)));

  it("are those that a second program finds at every weight of the range, and no others", () => {
    const missed: string[] = [];
    for (const [i, at] of tenths.entries()) {
      const [below, here] = [all[i - 1], all[i]!];
      if (below === undefined || (below.isRefused && here.isRefused)) continue;
      const changed = ["containers", "draw", "cap", "warnings", "graduation"].some(
        (key) => JSON.stringify(below.values[key]) !== JSON.stringify(here.values[key]),
      );
      const isBand = order.dose.range !== undefined && at === 501;
      const isBorder = here.isRefused !== below.isRefused || (!here.isRefused && (changed || isBand));
      const said = (rows.get(kgOf(at))?.changes ?? []).length > 0;
      if (said !== isBorder) missed.push(`${kgOf(at)} kg: ${isBorder ? "not told" : "told, and none"}`);
    }
    expect(missed).toEqual([]);
  });

  it("have the values of the second program, and the weights one step below and above beside them", () => {
    for (const [i, at] of tenths.entries()) {
      const row = rows.get(kgOf(at));
      if (row === undefined) continue;
      const { isRefused, values } = all[i]!;
      expect(row.refused !== undefined, row.weightKg).toBe(isRefused);
      if (!isRefused)
        expect(shownOf(row), row.weightKg).toEqual([
          values["containers"],
          values["cap"],
          values["warnings"],
          values["shown"],
        ]);
      if (row.changes.length > 0) expect([rows.has(kgOf(at - 1)), rows.has(kgOf(at + 1))]).toEqual([true, true]);
    }
  });

  it("reach refusals, warnings, containers and draws", () => {
    const kinds = new Set(found.rows.flatMap(({ changes }) => changes));
    expect(found.rows.some(({ refused }) => refused !== undefined)).toBe(true);
    expect(kinds.has("limits")).toBe(true);
    if (order.dose.range !== undefined)
      expect([...kinds].sort()).toEqual(["band", "cap", "containers", "draw", "limits"]);
  });
});
