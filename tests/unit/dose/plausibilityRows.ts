import type { PreparationOrder } from "../../../src/dose/index.js";
import { lot, weighed } from "./preparationOrders.js";

const draw = { graduationMl: "0.1", overfillPercent: "0" };
const product = { name: "MSC", mayMixLots: false, source: "product file" };
const infusion = { finalVolumeMl: "100", rateMlPerMin: "2" };
const clock = {
  thawedAt: "2026-02-27T09:00",
  startAt: "2026-02-27T09:05",
  stabilityMinutes: 240,
  lineFlushMinutes: 1,
};
const reweigh = {
  reference: "baseline" as const,
  referenceWeightKg: "60",
  referenceWeighedOn: "2026-02-01",
  thresholdPercent: "10",
  comparison: ">" as const,
};
const body = { ageYears: "30", sex: "male" as const, heightCm: "175" };
const dose = (
  kind: "per-kg" | "per-m2" | "flat",
  amount: string,
  unitKind: "viable-cells" | "total-nucleated-cells" | "islet-equivalents",
) => {
  const rule = { kind, amount, unitKind };
  return { from: "protocol" as const, rule, levels: [rule], source: "protocol" };
};
/** √(128 × 28.125 / 3600) = 1 m². */
const child = { weight: weighed("28.125"), participant: { heightCm: "128" } };
const large = { draw: { graduationMl: "2", overfillPercent: "0" }, infusion: { finalVolumeMl: "250" } };
const perM2 = (
  amount: string,
  unitKind: "viable-cells" | "total-nucleated-cells" | "islet-equivalents" = "viable-cells",
  roundedToM2 = "0.01",
) => ({ ...dose("per-m2", amount, unitKind), surface: { formula: "mosteller" as const, roundedToM2 } });
const of = (kind: "total-nucleated-cells" | "islet-equivalents", content: string) => [
  lot({ counted: kind, content, fillMl: "100", extractableMl: "100" }),
];
/** A row of the table, an order that it speaks of, the path, and one on the other side of which nothing is said. */
export const ROWS: readonly (readonly [string, Partial<PreparationOrder>, string, Partial<PreparationOrder>])[] = [
  ["age", { participant: { ageYears: "101" } }, "participant.ageYears", { participant: { ageYears: "100" } }],
  [
    "weight",
    { participant: { ageYears: "2" }, weight: weighed("20.4") },
    "weight.weightKg",
    { participant: { ageYears: "2" }, weight: weighed("20.3") },
  ],
  [
    "height",
    { participant: { heightCm: "221" }, weight: weighed("100") },
    "participant.heightCm",
    { participant: { heightCm: "220" }, weight: weighed("100") },
  ],
  [
    "bmi",
    { participant: { heightCm: "100" }, weight: weighed("50.1") },
    "participant.heightCm",
    { participant: { heightCm: "100" }, weight: weighed("50") },
  ],
  [
    "bodySurface",
    { weight: weighed("161"), participant: { heightCm: "180" }, dose: perM2("10000000") },
    "dose.surface",
    { weight: weighed("156.8"), participant: { heightCm: "180" }, dose: perM2("10000000") },
  ],
  [
    "surfaceStep",
    { ...child, dose: perM2("10000000", "viable-cells", "0.05") },
    "dose.surface.roundedToM2",
    { ...child, dose: perM2("10000000", "viable-cells", "0.1") },
  ],
  [
    "dosePerM2",
    {
      ...child,
      dose: perM2("4000000001"),
      lots: [lot({ content: "600000000", containers: 10, fillMl: "10", extractableMl: "10" })],
      infusion: { finalVolumeMl: "200" },
    },
    "dose.rule",
    {
      ...child,
      dose: perM2("2000000000"),
      lots: [lot({ content: "600000000", containers: 10, fillMl: "10", extractableMl: "10" })],
      infusion: { finalVolumeMl: "200" },
    },
  ],
  [
    "dosePerM2Nucleated",
    {
      ...child,
      ...large,
      dose: perM2("40000000001", "total-nucleated-cells"),
      lots: of("total-nucleated-cells", "2E10"),
    },
    "dose.rule",
    {
      ...child,
      ...large,
      dose: perM2("40000000000", "total-nucleated-cells"),
      lots: of("total-nucleated-cells", "2E10"),
    },
  ],
  [
    "dosePerM2Islets",
    { ...child, ...large, dose: perM2("1200001", "islet-equivalents"), lots: of("islet-equivalents", "1E6") },
    "dose.rule",
    { ...child, ...large, dose: perM2("1200000", "islet-equivalents"), lots: of("islet-equivalents", "1E6") },
  ],
  [
    "reweighThreshold",
    { weight: weighed("60", { reweigh: { ...reweigh, thresholdPercent: "0.1" } }) },
    "weight.reweigh.thresholdPercent",
    { weight: weighed("60", { reweigh }) },
  ],
  [
    "weightAge",
    { weight: weighed("60", { maximumAgeDays: 61 }) },
    "weight.maximumAgeDays",
    { weight: weighed("60", { maximumAgeDays: 60 }) },
  ],
  [
    "adjustmentFactor",
    { participant: body, weight: weighed("60", { descriptor: "adjusted", adjustmentFactor: "0.04" }) },
    "weight.adjustmentFactor",
    { participant: body, weight: weighed("60", { descriptor: "adjusted", adjustmentFactor: "0.4" }) },
  ],
  [
    "dosePerKg",
    { dose: dose("per-kg", "9999", "viable-cells"), draw: { graduationMl: "0.01", overfillPercent: "0" } },
    "dose.rule",
    { dose: dose("per-kg", "10000", "viable-cells"), draw: { graduationMl: "0.01", overfillPercent: "0" } },
  ],
  [
    "dosePerKgNucleated",
    { dose: dose("per-kg", "999999", "total-nucleated-cells"), lots: of("total-nucleated-cells", "1E9") },
    "dose.rule",
    { dose: dose("per-kg", "1000000", "total-nucleated-cells"), lots: of("total-nucleated-cells", "1E9") },
  ],
  [
    "dosePerKgIslets",
    {
      dose: dose("per-kg", "30001", "islet-equivalents"),
      draw: { graduationMl: "2", overfillPercent: "0" },
      lots: of("islet-equivalents", "1E6"),
      infusion: { finalVolumeMl: "500" },
    },
    "dose.rule",
    {
      dose: dose("per-kg", "30000", "islet-equivalents"),
      draw: { graduationMl: "2", overfillPercent: "0" },
      lots: of("islet-equivalents", "1E6"),
      infusion: { finalVolumeMl: "500" },
    },
  ],
  [
    "flatDose",
    { dose: dose("flat", "999999", "viable-cells") },
    "dose.rule",
    { dose: dose("flat", "1000000", "viable-cells") },
  ],
  [
    "flatDoseNucleated",
    { dose: dose("flat", "49999999", "total-nucleated-cells"), lots: of("total-nucleated-cells", "1E9") },
    "dose.rule",
    { dose: dose("flat", "50000000", "total-nucleated-cells"), lots: of("total-nucleated-cells", "1E9") },
  ],
  [
    "flatDoseIslets",
    { dose: dose("flat", "49999", "islet-equivalents"), lots: of("islet-equivalents", "1E6") },
    "dose.rule",
    { dose: dose("flat", "50000", "islet-equivalents"), lots: of("islet-equivalents", "1E6") },
  ],
  [
    "viability",
    { product: { ...product, expectedViability: "0.49" } },
    "product.expectedViability",
    { product: { ...product, expectedViability: "0.5" } },
  ],
  [
    "purity",
    { lots: [lot({ counted: "total-nucleated-cells", content: "1E9", viability: "0.9", purity: "0.049" })] },
    "lots.0.purity",
    { lots: [lot({ counted: "total-nucleated-cells", content: "1E9", viability: "0.9", purity: "0.05" })] },
  ],
  ["recovery", { lots: [lot({ recovery: "0.39" })] }, "lots.0.recovery", { lots: [lot({ recovery: "0.4" })] }],
  [
    "dmsoPercent",
    { product: { ...product, dmso: { percentVv: "0.1" } }, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" } },
    "product.dmso.percentVv",
    { product: { ...product, dmso: { percentVv: "10" } }, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" } },
  ],
  [
    "dmsoMgPerMl",
    { product: { ...product, dmso: { mgPerMl: "10" } }, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" } },
    "product.dmso.mgPerMl",
    { product: { ...product, dmso: { mgPerMl: "55" } }, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" } },
  ],
  [
    "endotoxin",
    { product: { ...product, endotoxinEuPerMl: "3.1" }, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" } },
    "product.endotoxinEuPerMl",
    { product: { ...product, endotoxinEuPerMl: "3" }, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" } },
  ],
  ["containersAtHand", { lots: [lot({ containers: 201 })] }, "lots.0.containers", { lots: [lot({ containers: 200 })] }],
  [
    "fill",
    { lots: [lot({ fillMl: "0.49", extractableMl: "0.49", containers: 60 })] },
    "lots.0.fillMl",
    { lots: [lot({ fillMl: "0.5", extractableMl: "0.5" })] },
  ],
  [
    "extractableShare",
    {
      lots: [lot({ fillMl: "2", extractableMl: "0.99", measuredPerMl: "5.1E6", containers: 99 })],
      dose: dose("flat", "9E6", "viable-cells"),
      draw: { graduationMl: "0.1", overfillPercent: "20" },
    },
    "lots.0.extractableMl",
    { lots: [lot({ fillMl: "2", extractableMl: "1", containers: 99 })], dose: dose("flat", "5E6", "viable-cells") },
  ],
  [
    "containerConcentration",
    { lots: [lot({ content: "999999", containers: 100 })], infusion: { finalVolumeMl: "300" } },
    "lots.0.content",
    { lots: [lot({ content: "1000000", containers: 100 })], infusion: { finalVolumeMl: "300" } },
  ],
  [
    "lotsAgree",
    { lots: [lot(), lot({ lot: "L2", content: "51E6" })] },
    "lots.1.content",
    { lots: [lot(), lot({ lot: "L2", content: "50E6" })] },
  ],
  [
    "labelShare",
    { lots: [lot({ labelPerMl: "6.3E6" })], draw: { ...draw, governingRule: "content" } },
    "lots.0.labelPerMl",
    { lots: [lot({ labelPerMl: "6.2E6" })], draw: { ...draw, governingRule: "content" } },
  ],
  [
    "measuredShare",
    { lots: [lot({ measuredPerMl: "1.9E6" })], dose: dose("flat", "3E6", "viable-cells") },
    "lots.0.measuredPerMl",
    { lots: [lot({ measuredPerMl: "5E6" })] },
  ],
  [
    "graduation",
    { draw: { ...draw, graduationMl: "6" } },
    "draw.graduationMl",
    { draw: { ...draw, graduationMl: "4" } },
  ],
  [
    "graduationsDrawn",
    { draw: { ...draw, graduationMl: "0.01" } },
    "draw.graduationMl",
    { draw: { ...draw, graduationMl: "0.02" } },
  ],
  [
    "overfill",
    { draw: { ...draw, overfillPercent: "0.05" } },
    "draw.overfillPercent",
    { draw: { ...draw, overfillPercent: "2" } },
  ],
  [
    "deadVolume",
    { draw: { ...draw, deadVolumeMl: "0.01", overfillPercent: "20" } },
    "draw.deadVolumeMl",
    { draw: { ...draw, deadVolumeMl: "0.5", overfillPercent: "20" } },
  ],
  [
    "finalVolume",
    { infusion: { finalVolumeMl: "1001" }, weight: weighed("120") },
    "infusion.finalVolumeMl",
    { infusion: { finalVolumeMl: "1000" }, weight: weighed("120") },
  ],
  [
    "diluentPerContainer",
    { infusion: { diluentPerContainerMl: "0.9" } },
    "infusion.diluentPerContainerMl",
    { infusion: { diluentPerContainerMl: "1" } },
  ],
  [
    "volumePerKg",
    { infusion: { finalVolumeMl: "601" } },
    "infusion.finalVolumeMl",
    { infusion: { finalVolumeMl: "600" } },
  ],
  [
    "rate",
    { infusion: { ...infusion, rateMlPerMin: "150" } },
    "infusion.rateMlPerMin",
    { infusion: { finalVolumeMl: "100", rateMlPerHour: "150" } },
  ],
  [
    "minutes",
    { infusion: { finalVolumeMl: "100", minutes: "5.9" } },
    "infusion.minutes",
    { infusion: { finalVolumeMl: "100", minutes: "6" } },
  ],
  [
    "dropFactor",
    { infusion: { ...infusion, dropsPerMl: "200" } },
    "infusion.dropsPerMl",
    { infusion: { ...infusion, dropsPerMl: "20" } },
  ],
  [
    "rateLimit",
    { infusion: { ...infusion, limits: { maximumMlPerMin: "150" } } },
    "infusion.limits.maximumMlPerMin",
    { infusion: { ...infusion, limits: { maximumMlPerMin: "30" } } },
  ],
  [
    "rateLimitPerKg",
    { infusion: { ...infusion, limits: { maximumMlPerKgPerHour: "31" } } },
    "infusion.limits.maximumMlPerKgPerHour",
    { infusion: { ...infusion, limits: { maximumMlPerKgPerHour: "30" } } },
  ],
  [
    "minutesLimit",
    { infusion: { ...infusion, limits: { maximumMinutes: "481" } } },
    "infusion.limits.maximumMinutes",
    { infusion: { ...infusion, limits: { maximumMinutes: "480" } } },
  ],
  [
    "stability",
    { infusion, clock: { ...clock, stabilityMinutes: 481 } },
    "clock.stabilityMinutes",
    { infusion, clock: { ...clock, stabilityMinutes: 480 } },
  ],
  [
    "flush",
    { infusion, clock: { ...clock, lineFlushMinutes: 31 } },
    "clock.lineFlushMinutes",
    { infusion, clock: { ...clock, lineFlushMinutes: 30 } },
  ],
  [
    "otherDmso",
    { weight: weighed("120"), dayTotals: { otherDmsoG: "101", otherEndotoxinEu: "0" } },
    "dayTotals.otherDmsoG",
    { weight: weighed("120"), dayTotals: { otherDmsoG: "100", otherEndotoxinEu: "0" } },
  ],
  [
    "otherEndotoxin",
    { weight: weighed("120"), dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "501" } },
    "dayTotals.otherEndotoxinEu",
    { weight: weighed("120"), dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "500" } },
  ],
  [
    "dmsoLimit",
    { dayTotals: { otherDmsoG: "1", otherEndotoxinEu: "0", dmsoLimitGPerKg: "0.09" } },
    "dayTotals.dmsoLimitGPerKg",
    { dayTotals: { otherDmsoG: "1", otherEndotoxinEu: "0", dmsoLimitGPerKg: "0.1" } },
  ],
];

/** What is not possible, and where it is told. */
export const IMPOSSIBLE: readonly (readonly [change: Partial<PreparationOrder>, path: string])[] = [
  [{ participant: { ageYears: "121" } }, "participant.ageYears"],
  [{ participant: { heightCm: "1.72" } }, "participant.heightCm"],
  [{ ...child, dose: perM2("10000000", "viable-cells", "1") }, "dose.surface.roundedToM2"],
  [{ product: { ...product, minimumViability: "80" } }, "product.minimumViability"],
  [{ product: { ...product, dmso: { mgPerMl: "5000" } } }, "product.dmso.mgPerMl"],
  [{ product: { ...product, dmso: { percentVv: "101" } } }, "product.dmso.percentVv"],
  [{ weight: weighed("240"), participant: { heightCm: "250" }, dose: perM2("10000000") }, "dose.surface"],
  [{ lots: [lot({ recovery: "85" })] }, "lots.0.recovery"],
  [{ infusion: { finalVolumeMl: "5001" } }, "infusion.finalVolumeMl"],
];
