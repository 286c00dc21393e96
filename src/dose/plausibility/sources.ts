import { CDC, WHO, type GrowthReference } from "./growth.js";
import type { HeldRow } from "./prescribedRows.js";
import { HELD } from "./table.js";

/** A row of the table of docs/plausibility.md. */
export interface PlausibleRow extends HeldRow {
  /** How a computed quantity comes about. */
  readonly computed?: string;
  readonly source: string;
}

const OURS = "chosen for this program";
const PRODUCTS = "the products of preparation.md";
const TRIALS = "products and trials in preparation.md";
const DEFINITION = "definition";
const AS_PER_KG = "the dose for each kilogram × 20 to 40 kg/m²";
const OF_DOSE =
  "the dose rule, the other levels, the cap, the ends of `dose.hard`, `soft` and `range`, the same of `together`, and what whole containers hold";

/** Where the ends of each row come from. Nothing is computed with it, and a page has no use for it. */
const SOURCES: Readonly<Partial<Record<string, Omit<PlausibleRow, keyof HeldRow>>>> = {
  age: { source: OURS },
  weight: {
    computed: "weight.weightKg and weight.reweigh.referenceWeightKg; usual by age, in the table below",
    source: "by age: in the table below",
  },
  height: { source: "the tallest person known: 272 cm; the rest chosen for this program" },
  bmi: {
    computed: "weight.weightKg / (participant.heightCm / 100)²; told at the height",
    source: "classes of obesity end at 50 kg/m²; the lower end chosen for this program",
  },
  bodySurface: {
    computed: "by the formula of dose.surface, rounded; told there",
    source: "Mosteller at 2 kg, 43 cm: 0.15, and at 160 kg, 175 cm: 2.8; " + OURS,
  },
  surfaceStep: { source: OURS },
  reweighThreshold: { source: "often 10, sometimes 5; " + OURS },
  weightAge: { source: OURS },
  adjustmentFactor: { source: "0.4 and 0.25 in PMC4411565" },
  dosePerKg: { computed: OF_DOSE, source: TRIALS },
  dosePerKgNucleated: { computed: OF_DOSE, source: "Hemacord; " + OURS },
  dosePerKgIslets: { computed: OF_DOSE, source: "Lantidra; " + OURS },
  dosePerM2: { computed: OF_DOSE, source: AS_PER_KG },
  dosePerM2Nucleated: { computed: OF_DOSE, source: AS_PER_KG },
  dosePerM2Islets: { computed: OF_DOSE, source: AS_PER_KG },
  flatDose: { computed: OF_DOSE, source: TRIALS },
  flatDoseNucleated: { computed: OF_DOSE, source: "Hemacord; " + OURS },
  flatDoseIslets: { computed: OF_DOSE, source: "Lantidra; " + OURS },
  administrations: { computed: "what the trial or its answers say", source: "8 (Ryoncil); " + OURS },
  viability: { source: DEFINITION + "; limits of 0.7 and 0.8 (Kymriah)" },
  purity: { source: DEFINITION + "; " + OURS },
  recovery: { source: DEFINITION + "; " + OURS },
  dmsoPercent: { source: DEFINITION + "; 7.5 (Kymriah) and 10 in use" },
  dmsoMgPerMl: { source: "pure DMSO: 1,100 mg/mL; 55 (Lenmeldy) in use" },
  endotoxin: { source: OURS },
  containersAtHand: { source: OURS },
  fill: { source: PRODUCTS },
  extractableShare: { computed: "lots.*.extractableMl / fillMl; told at extractableMl", source: OURS },
  containerConcentration: {
    computed: "lots.*.content / fillMl; told at content",
    source: "1.5E6 (Breyanzi) to 7.3E7 (Ebvallo)",
  },
  lotsAgree: {
    computed: "lots.*.content / fillMl, over that of the first lot with the same `counted`; told at content",
    source: OURS,
  },
  labelShare: {
    computed: "lots.*.labelPerMl × fillMl / content; told at labelPerMl",
    source: "above 1 % is warned of anyway, and may be accepted; " + OURS,
  },
  measuredShare: {
    computed: "lots.*.measuredPerMl × fillMl / (content × viability × purity); told at measuredPerMl",
    source: "as recovery",
  },
  graduation: { source: "syringes of 1 to 60 mL" },
  graduationsDrawn: {
    computed: "drawn volume / containers / draw.graduationMl, the greatest of the lots; told at the graduation",
    source: "a 1 mL syringe with 0.01 mL has 100, others fewer; " + OURS,
  },
  overfill: { source: OURS },
  deadVolume: { source: OURS },
  finalVolume: { source: "20 to 500 mL in the trials of preparation.md; " + OURS },
  diluentPerContainer: { source: "18 mL (Temcell); " + OURS },
  volumePerKg: {
    computed: "final volume / dosing weight; told at the final volume, or at the draw",
    source: "10 mL/kg (Elevidys)",
  },
  rate: {
    computed:
      "as stated, or final volume / minutes; told at the stated one; not of a product whose sources state a rate",
    source: "20 mL/min (Kymriah) is the highest; the lower end " + OURS,
  },
  minutes: {
    computed: "as stated, or final volume / rate; told at the stated one; not of a product whose sources state a rate",
    source: "10 to 120 min in the trials of preparation.md; " + OURS,
  },
  dropFactor: { source: "infusion sets on sale" },
  rateLimit: { source: "as the rate" },
  rateLimitPerKg: { source: OURS },
  minutesLimit: { source: "as the duration" },
  stability: {
    computed: "clock.stabilityMinutes; not of a product whose sources state one",
    source: "30 (Kymriah) to 240 min (Hemacord); " + OURS,
  },
  flush: { source: OURS },
  otherDmso: { source: "1 g/kg a day" },
  otherEndotoxin: { source: "5 EU/kg" },
  dmsoLimit: { source: "1 g/kg a day (Bekkem 2013), never above" },
};

/** Where weights by age are from. */
export const GROWTH_SOURCES: ReadonlyMap<GrowthReference, string> = /* @__PURE__ */ new Map([
  [WHO, "WHO Child Growth Standards 2006, weight for age: -3 SD of girls, +3 SD of boys"],
  [CDC, "CDC growth charts 2000, weight for age: the lower 3rd and the higher 97th percentile of the two sexes"],
]);

/** The table of docs/plausibility.md. */
export const PLAUSIBLE: readonly PlausibleRow[] = /* @__PURE__ */ HELD.map((row) => ({
  source: "",
  ...row,
  ...SOURCES[row.id],
}));
