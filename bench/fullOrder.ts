import {
  parsePreparationOrder,
  prepare,
  prepareRead,
  prepareWithoutSteps,
  type PreparationOrder,
} from "../src/dose/index.js";

/** A full order: dose per kg with cap and range, labelled lot, overfill, diluent, rate, clock, DMSO and endotoxin. */
export const FULL_ORDER: PreparationOrder = {
  identification: { subject: "S-001", kit: "K-17", visit: "Day 1" },
  preparedOn: "2026-02-27",
  participant: { ageYears: "41", sex: "female", heightCm: "168" },
  weight: { descriptor: "actual", weightKg: "72.4", weighedOn: "2026-02-26", weighedBy: "nurse A" },
  dose: {
    from: "protocol",
    rule: { kind: "per-kg", amount: "1000000", unitKind: "viable-cells" },
    levels: [{ kind: "per-kg", amount: "1000000", unitKind: "viable-cells" }],
    cap: { amount: "100000000", unitKind: "viable-cells" },
    source: "protocol 2.0, section 6",
  },
  product: {
    name: "MSC",
    mayMixLots: false,
    dmso: { percentVv: "10" },
    endotoxinEuPerMl: "0.5",
    source: "product file",
  },
  lots: [
    {
      lot: "L1",
      expiresOn: "2027-01-31",
      isReleased: true,
      containers: 20,
      content: "10000000",
      counted: "viable-cells",
      recovery: "0.85",
      fillMl: "2",
      extractableMl: "1.9",
    },
  ],
  draw: { graduationMl: "0.1", overfillPercent: "10" },
  infusion: { finalVolumeMl: "100", rateMlPerMin: "4", dropsPerMl: "20" },
  clock: {
    thawedAt: "2026-02-27T09:00",
    startAt: "2026-02-27T09:40",
    stabilityMinutes: 120,
    lineFlushMinutes: 5,
  },
  dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" },
};

/** A full preparation: of an order that was read before, with the reading, and without its steps. */
export function prepareRuns(): Readonly<Record<"read" | "whole" | "withoutSteps", () => unknown>> {
  const read = parsePreparationOrder(FULL_ORDER);
  return {
    read: () => prepareRead(read),
    whole: () => prepare(FULL_ORDER),
    withoutSteps: () => prepareWithoutSteps(read),
  };
}
