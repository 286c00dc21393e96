// Every code of the table in docs/errors/dose.md is provoked here, and no other; the table names every code of src.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { moveToWorkingDay, parseLocalTime } from "../../../src/calendar/index.js";
import {
  cumulativeExposure,
  computeProductVolume,
  findSharedVolume,
  prepare,
  productQuestions,
  PRODUCTS,
  recordAdministration,
  requireChecksAgree,
  compareChecks,
  requireReady,
  requireSubjectAndKit,
  resolveTrialDose,
  type AdministrationRecord,
  type InfusionOrder,
  type LotOrder,
  type PreparationOrder,
  type ProductOrder,
} from "../../../src/dose/index.js";
import { defineTrial, recordDecision, type Contradiction } from "../../../src/trial/index.js";
import { sle, TRIALS, uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";
import { flat, lot, ofProduct, order, perKg, weighed } from "./preparationOrders.js";
import { ERROR_CODES } from "../../../src/codes/index.js";
import { cellsOf, productsTable } from "./productsTable.js";

const docs = readFileSync("docs/products.md", "utf8");
const table = new Map(
  Object.entries(ERROR_CODES).map(([code, [meaning]]) => [code, meaning.startsWith("Warning") ? "warning" : "hard"]),
);

const product = (more: Partial<ProductOrder>): ProductOrder => ({
  name: "MSC",
  mayMixLots: false,
  source: "x",
  ...more,
});
const lots = (more: Partial<LotOrder>): Partial<PreparationOrder> => ({ lots: [lot(more)] });
const draw = (more: object): Partial<PreparationOrder> => ({
  draw: { graduationMl: "0.1", overfillPercent: "0", ...more },
});
const infusion = (more: InfusionOrder): Partial<PreparationOrder> => ({ infusion: more });
const adult = { ageYears: "40", sex: "male", heightCm: "180" } as const;
const unitKind = "viable-cells" as const;
const bound = (amount: string, kind: "flat" | "per-kg" = "flat") => ({ kind, amount });
const reweigh = {
  reference: "baseline",
  referenceWeightKg: "50",
  referenceWeighedOn: "2026-01-01",
  thresholdPercent: "10",
  comparison: ">",
};
const clock = { thawedAt: "2026-02-27T09:00", startAt: "2026-02-27T09:40", stabilityMinutes: 60, lineFlushMinutes: 5 };
const others = { otherDmsoG: "0", otherEndotoxinEu: "0" };
/** Whole containers of 400E6 in all, at 60 kg. */
const whole = (more: object): Partial<PreparationOrder> => ({
  dose: { from: "protocol", rule: { kind: "whole-containers", unitKind }, levels: [], source: "x", ...more },
  draw: undefined as never,
});
const upTo = { range: { maximum: bound("1E9") } };
const placebo = { from: "protocol", rule: { kind: "placebo", unitKind }, levels: [], source: "x" } as const;

const UC_ASSUMPTIONS = {
  "dose.administrations": "1",
  "product.concentration": "5E6 cells/mL",
  "product.vialContent": "by lot",
  "product.extractableVolume": "by lot",
  "infusion.finalVolume": "100 mL",
  route: "rectal",
};
const ucDose = resolveTrialDose({ trial: uc, arm: "exosome", assumptions: UC_ASSUMPTIONS });
const contradicted = resolveTrialDose({
  trial: {
    ...uc,
    contradictions: [{ id: "two-doses", bearsOn: ["dose"], statement: "Two doses.", sources: ["registry"] }],
  },
  arm: "exosome",
  assumptions: UC_ASSUMPTIONS,
});
const ofUc: Partial<PreparationOrder> = {
  dose: { from: "trial", trial: ucDose },
  lots: [lot({ counted: "cell-equivalents" })],
  infusion: { finalVolumeMl: "100" },
};

const SLE_ASSUMPTIONS = {
  "dose.countBasis": unitKind,
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "product.minViability": "0.7",
  "product.recovery": "by lot",
  "product.stability": "2 h",
  "product.concentration": "5E11 cells/mL",
  "product.vialContent": "by lot",
  "product.extractableVolume": "by lot",
  "infusion.finalVolume": "300 mL",
  "infusion.rate": "4 mL/min",
};
/** A decision of the day after the preparation, with a dose that no other arm of the trial has: 3E9 for 3E6. */
const ofDecided: Partial<PreparationOrder> = {
  dose: {
    from: "trial",
    trial: resolveTrialDose({
      trial: recordDecision(sle, {
        arm: "double",
        dataCut: "2026-01-15",
        decidedBy: "committee",
        decidedOn: "2026-02-28",
        administrations: { count: 2, intervalDays: 28 },
        dose: { kind: "per-kg", amount: "3E9", unitKind: "cells" },
      }),
      arm: "double",
      assumptions: SLE_ASSUMPTIONS,
    }),
  },
  lots: [lot({ content: "1E12", testedViability: { fraction: "0.9", method: "x" } })],
};

const hard: readonly (readonly [string, Partial<PreparationOrder>])[] = [
  ["dose.preparation_invalid", { preparedBy: "me" } as never],
  ["dose.weight_outside_stated_range", { weight: weighed("60", { expectedKg: { minimum: "20", maximum: "50" } }) }],
  [
    "dose.reference_after_weighing",
    { weight: weighed("60", { reweigh: { ...reweigh, referenceWeighedOn: "2026-02-27" } }) },
  ],
  ["dose.weighed_after_preparation", { weight: weighed("60", { weighedOn: "2026-02-28" }) }],
  [
    "dose.adult_formula_for_child",
    { participant: { ...adult, ageYears: "17.9" }, weight: weighed("60", { descriptor: "ideal" }) },
  ],
  ["dose.descriptor_input_missing", { participant: adult, weight: weighed("60", { descriptor: "lean" }) }],
  [
    "dose.height_implausible",
    { participant: { ...adult, heightCm: "68" }, weight: weighed("60", { descriptor: "ideal" }) },
  ],
  ["dose.label_concentration_missing", draw({ governingRule: "volume" })],
  [
    "dose.descriptor_not_applicable",
    {
      participant: { ...adult, heightCm: "150" },
      weight: weighed("120", { descriptor: "lean", leanMaleConstant: "128" }),
    },
  ],
  [
    "dose.descriptor_differs",
    {
      participant: adult,
      weight: weighed("60", { descriptor: "ideal" }),
      dose: ofProduct("ryoncil", { countBasis: unitKind }),
    },
  ],
  ["dose.level_not_in_protocol", { dose: perKg("1E9", { levels: [{ kind: "per-kg", amount: "1E6", unitKind }] }) }],
  ["dose.count_basis_missing", { dose: ofProduct("ryoncil") }],
  ["dose.count_basis_conflict", lots({ counted: "cd3-cells" })],
  ["dose.viability_twice", lots({ viability: "0.95" })],
  ["dose.purity_twice", lots({ purity: "0.95" })],
  ["dose.conversion_missing", lots({ counted: "total-nucleated-cells", purity: "0.9" })],
  ["dose.impossible_value", lots({ recovery: "85" })],
  ["dose.cap_unit_differs", { dose: perKg("1E6", { cap: { amount: "1E8", unitKind: "cd3-cells" } }) }],
  [
    "dose.unit_never_per_kg",
    {
      dose: perKg("1E6", {
        rule: { kind: "per-kg", amount: "1E6", unitKind: "cell-equivalents" },
        levels: [{ kind: "per-kg", amount: "1E6", unitKind: "cell-equivalents" }],
      }),
    },
  ],
  ["dose.product_unknown", { dose: ofProduct("panacea") }],
  ["dose.regimen_needed", { dose: ofProduct("kymriah") }],
  ["dose.rule_missing", { dose: ofProduct("casgevy") }],
  ["dose.surface_missing", { dose: perKg("1E6", { hard: { maximum: { kind: "per-m2", amount: "1E8" } } }) }],
  [
    "dose.maximum_missing",
    {
      dose: ofProduct("casgevy", { rule: { kind: "per-kg", amount: "3E6", unitKind: "cd34-cells" } }),
      ...lots({ counted: "cd34-cells" }),
    },
  ],
  ["dose.product_name_differs", { dose: ofProduct("yescarta"), product: product({ name: "Tecartus" }) }],
  ["dose.weight_band", { dose: perKg("1E6", { range: [{ below: { kg: "50", included: true }, range: {} }] }) }],
  [
    "dose.minimum_above_cap",
    { dose: perKg("1E6", { cap: { amount: "5E7", unitKind }, range: { minimum: bound("1E6", "per-kg") } }) },
  ],
  ["dose.outside_hard_limit", { dose: perKg("1E6", { hard: { maximum: bound("5E7") } }) }],
  ["dose.outside_range", { dose: perKg("1E6", { range: { minimum: bound("7E7") } }) }],
  [
    "dose.delivered_above_limit",
    { dose: perKg("1E6", { hard: { maximum: bound("6E7") } }), ...draw({ graduationMl: "7" }) },
  ],
  ["dose.product_missing", { lots: undefined } as never],
  ["dose.placebo_with_product", { dose: placebo }],
  ["dose.lot_expired", lots({ expiresOn: "2026-02-26" })],
  ["dose.lot_not_released", lots({ isReleased: false })],
  ["dose.lot_sizes_differ", { lots: [lot(), lot({ expiresOn: "2027-02-01" })] }],
  ["dose.lot_mixing_not_allowed", { lots: [lot({ containers: 4 }), lot({ lot: "L2", containers: 4 })] }],
  ["dose.containers_short", lots({ containers: 5 })],
  ["dose.extractable_above_fill", lots({ extractableMl: "2.1" })],
  ["dose.governing_rule_missing", lots({ labelPerMl: "5100000" })],
  [
    "dose.actual_concentration_missing",
    { dose: ofProduct("ebvallo", { countBasis: unitKind }), ...lots({ content: "5E7" }) },
  ],
  ["dose.viability_missing", { product: product({ minimumViability: "0.7" }) }],
  [
    "dose.viability_below_minimum",
    {
      product: product({ minimumViability: "0.7" }),
      ...lots({ testedViability: { fraction: "0.69", method: "trypan blue" } }),
    },
  ],
  ["dose.draw_above_available", { ...lots({ containers: 6, extractableMl: "1.9" }), dose: flat("60000000") }],
  ["dose.delivered_below_limit", { dose: { ...flat("60100000"), hard: { minimum: bound("60100000") } } }],
  [
    "dose.earlier_lots_above_target",
    {
      product: product({ mayMixLots: true }),
      lots: [
        lot({ lot: "A", expiresOn: "2027-01-01", containers: 4, measuredPerMl: "30000000" }),
        lot({ lot: "B", expiresOn: "2027-02-01" }),
      ],
    },
  ],
  ["dose.draw_zero", lots({ content: "1E10" })],
  ["dose.residual_below_dead_volume", draw({ deadVolumeMl: "0.5" })],
  [
    "dose.final_volume_missing",
    { dose: placebo, product: undefined, lots: undefined, draw: undefined, infusion: {} } as never,
  ],
  ["dose.diluent_negative", infusion({ finalVolumeMl: "11.9" })],
  ["dose.arm_volumes_differ", infusion({ finalVolumeMl: "100", otherArms: [{ arm: "b", finalVolumeMl: "90" }] })],
  ["dose.concentration_outside_range", { product: product({ concentrationPerMl: { minimum: "1E6" } }) }],
  ["dose.rate_and_minutes", infusion({ finalVolumeMl: "300", rateMlPerMin: "4", minutes: "75" })],
  ["dose.rate_outside_limits", infusion({ finalVolumeMl: "300", rateMlPerMin: "4", limits: { maximumMinutes: "60" } })],
  ["dose.clock_invalid", { clock }],
  ["dose.expires_before_end", { clock, ...infusion({ finalVolumeMl: "300", minutes: "16" }) }],
  ["dose.day_totals_missing", { product: product({ dmso: { percentVv: "10" } }) }],
  [
    "dose.dmso_limit_loosened",
    { product: product({ dmso: { percentVv: "10" } }), dayTotals: { ...others, dmsoLimitGPerKg: "1.1" } },
  ],
  [
    "dose.dmso_above_limit",
    { product: product({ dmso: { percentVv: "10" } }), dayTotals: { ...others, otherDmsoG: "58.7" } },
  ],
  ["dose.endotoxin_above_limit", { product: product({ endotoxinEuPerMl: "26" }), dayTotals: others }],
  ["dose.assumption_conflict", { ...ofUc, infusion: { finalVolumeMl: "50" } }],
  ["dose.override_without_warning", { overrides: [{ code: "dose.outside_range", reason: "in a hurry", by: "me" }] }],
  [
    "dose.override_ambiguous",
    {
      product: product({ expectedViability: "0.9", mayMixLots: true }),
      lots: ["L1", "L2"].map((name) =>
        lot({ lot: name, containers: 5, testedViability: { fraction: "0.89", method: "7-AAD" } }),
      ),
      overrides: [{ code: "dose.viability_below_expected", reason: "one sample", by: "me" }],
    },
  ],
  ["dose.range_missing", whole({})],
  ["dose.whole_above_cap", whole({ ...upTo, cap: { amount: "399999999", unitKind } })],
  ["dose.draw_with_whole_containers", { ...whole(upTo), ...draw({}) }],
  [
    "dose.lot_in_two_components",
    {
      component: "A",
      then: [
        { component: "B", dose: flat("1E7"), product: product({}), lots: [lot()], ...draw({}), infusion: {} },
      ] as never,
    },
  ],
  ["dose.weight_missing", { weight: undefined } as never],
  ["calendar.time_invalid", {}],
];

const warned: readonly (readonly [string, Partial<PreparationOrder>])[] = [
  ["dose.cap_applied", { dose: perKg("1E6", { cap: { amount: "5E7", unitKind } }) }],
  ["dose.outside_soft_limit", { dose: perKg("1E6", { soft: { maximum: bound("5E7") } }) }],
  ["dose.flat_differs_from_per_kg", { dose: { ...flat("5E7"), besidePerKg: "1E6" } }],
  ["dose.weight_changed", { weight: weighed("60", { reweigh }) }],
  ["dose.unlikely_value", { participant: { ageYears: "18" }, weight: weighed("29.9") }],
  ["calendar.planned_day_differs", { identification: { plannedOn: "2026-02-28" } }],
  [
    "dose.viabilities_differ",
    lots({
      counted: "total-nucleated-cells",
      viability: "0.8",
      purity: "1",
      testedViability: { fraction: "0.9", method: "7-AAD" },
    }),
  ],
  [
    "dose.nothing_drawn_from_lot",
    {
      product: product({ mayMixLots: true }),
      lots: [lot({ containers: 5, measuredPerMl: "6E6" }), lot({ lot: "L2", expiresOn: "2027-02-01" })],
    },
  ],
  ["dose.weight_too_old", { weight: weighed("60", { maximumAgeDays: 0 }) }],
  ["dose.weight_outside_eligibility", { ...ofUc, weight: weighed("39.9") }],
  ["dose.age_outside_eligibility", { ...ofUc, participant: { ageYears: "76" } }],
  ["dose.registry_contradiction", { ...ofUc, dose: { from: "trial", trial: contradicted } }],
  ["dose.label_values_inconsistent", { ...lots({ labelPerMl: "5100000" }), ...draw({ governingRule: "content" }) }],
  [
    "dose.viability_below_expected",
    {
      product: product({ expectedViability: "0.9" }),
      ...lots({ testedViability: { fraction: "0.89", method: "7-AAD" } }),
    },
  ],
  // 5.05 mL of bags with 5 mL: two bags for 5.1 mL, one for the 5 mL that are drawn.
  [
    "dose.waste_high",
    {
      dose: flat("50500000"),
      lots: [lot({ content: "50000000", fillMl: "5", extractableMl: "5" })],
      draw: { graduationMl: "0.5", overfillPercent: "0" },
    },
  ],
  [
    "dose.whole_differs_from_target",
    {
      ...whole({}),
      dose: ofProduct("ryoncil", { countBasis: unitKind, rule: { kind: "whole-containers", unitKind } }),
      ...lots({ containers: 1 }),
    },
  ],
  ["dose.rounding_error_high", draw({ graduationMl: "5" })],
  ["dose.measured_above_label", lots({ measuredPerMl: "5000001" })],
  [
    "dose.differs_from_label",
    {
      dose: ofProduct("ryoncil", { countBasis: unitKind }),
      ...lots({ content: "2.6E7", fillMl: "3.8", extractableMl: "3.8" }),
    },
  ],
  ["dose.administration_beyond_plan", { ...ofUc, identification: { administration: 2 } }],
  ["dose.before_decision", ofDecided],
  ["dose.decided_level_unlisted", ofDecided],
  ["calendar.outside_window", { identification: { window: { from: "2026-02-20", to: "2026-02-26" } } }],
  ["calendar.weekend", { preparedOn: "2026-02-28" }],
  [
    "dose.long_hold",
    { clock: { ...clock, longHoldMinutes: 50 }, ...infusion({ finalVolumeMl: "300", minutes: "11" }) },
  ],
  ["dose.long_infusion", infusion({ finalVolumeMl: "300", minutes: "61", longMinutes: "60" })],
];

const unlimited: AdministrationRecord = {
  number: 1,
  administeredOn: "2026-03-02",
  administeredBy: "B",
  unitKind,
  planned: "1E8",
  preparedAtInfusion: "1E8",
  preparedMl: "100",
  infusedMl: "100",
  weightKg: "50",
};
const record: AdministrationRecord = {
  ...unlimited,
  deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
};
const UNCLASSIFIED = "dose.deviation_unclassified";
const recorded: readonly (readonly [string, Partial<AdministrationRecord>])[] = [
  ["dose.deviation_minor", { infusedMl: "85" }],
  ["dose.deviation_major", { infusedMl: "0" }],
  [UNCLASSIFIED, { infusedMl: "95" }],
  ["dose.infused_more_than_prepared", { infusedMl: "101" }],
  ["dose.given_without_plan", { planned: "0" }],
  ["dose.given_to_another", { subject: "S2", plannedFor: { subject: "S1" } }],
  ["dose.given_before_preparation", { preparedOn: "2026-03-04" }],
  ["dose.given_after_expiry", { expiresAt: "2026-02-27T09:00" }],
  ["dose.started_out_of_time", { startedAt: "2026-03-02T10:01", startBy: "2026-03-02T10:00" }],
  ["dose.record_contradictory", { startedAt: "2026-03-02T10:00", endedAt: "2026-03-02T09:00" }],
  ["dose.unlikely_value", { weightKg: "310" }],
  ["dose.administered_outside_range", { range: { minimum: "1.1E8" } }],
  ["calendar.outside_window", { window: { from: "2026-03-03", to: "2026-03-04" } }],
];

const check = (by: string, change: Partial<PreparationOrder> = {}) => ({
  by,
  enteredFrom: "own reading",
  order: structuredClone(order(change)),
});
const query = {
  arms: [{ arm: "a", dose: { kind: "per-kg", amount: "1E6", unitKind } as const }],
  weightKg: { minimum: "40", maximum: "100" },
  concentrationPerMl: "1E7",
  graduationsMl: ["0.05"],
  maximumRoundingErrorPercent: "1",
  maximumFinalMl: "100",
};
const elsewhere: readonly (readonly [string, () => unknown])[] = [
  [
    "dose.warning_open",
    () => requireReady(prepare(order({ dose: perKg("1E6", { cap: { amount: "5E7", unitKind } }) }))),
  ],
  [
    "dose.wrong_subject_or_kit",
    () => {
      requireSubjectAndKit(prepare(order({ identification: { subject: "S1" } })), { subject: "S2" });
    },
  ],
  ["dose.check_not_independent", () => compareChecks(check("A"), { ...check("B"), copiedFrom: "A" })],
  ["dose.checks_differ", () => requireChecksAgree(check("A"), check("B", { weight: weighed("122") }))],
  ["dose.shared_volume_invalid", () => findSharedVolume({ ...query, weightKg: { minimum: "100", maximum: "40" } })],
  ["dose.record_invalid", () => recordAdministration({ ...record, infusedMl: "a bit" })],
  ["dose.product_not_by_volume", () => computeProductVolume("yescarta", "60")],
  ["dose.record_missing", () => cumulativeExposure([])],
  [
    "dose.cumulative_kinds_differ",
    () =>
      cumulativeExposure([recordAdministration(record), recordAdministration({ ...record, unitKind: "cd3-cells" })]),
  ],
  [
    "dose.cumulative_subjects_differ",
    () =>
      cumulativeExposure([
        recordAdministration({ ...record, subject: "S1" }),
        recordAdministration({ ...record, number: 2, subject: "S2" }),
      ]),
  ],
  ["calendar.time_invalid", () => parseLocalTime("2026-02-27 9:30", "x")],
];

const OF_CUMULATIVE = ["dose.cumulative_above_cap", "dose.administration_twice"];

/** A plain order, without what a change sets to undefined. */
const changed = (change: Partial<PreparationOrder>): PreparationOrder =>
  Object.fromEntries(Object.entries(order(change)).filter(([, value]) => value !== undefined)) as never;

describe("codes of docs/errors/dose.md", { tags: ["DOSE-003", "PREP-002", "PREP-003", "PREP-004", "PREP-011"] }, () => {
  it.each(hard.filter(([code]) => code.startsWith("dose.")))("%s stops", (code, change) => {
    const { message, code: found } = issueOf(() => prepare(changed(change)));
    expect(`${found}: ${message}`).toMatch(new RegExp(`^${code.replace(".", "\\.")}: \\S.*[.?)]`, "u"));
    expect(table.get(code)).toBe("hard");
  });

  it.each(warned)("%s warns, and passes with a reason and a name only", (code, change) => {
    const found = prepare(changed(change));
    expect(found.warnings.map((warning) => warning.code)).toContain(code);
    expect(found.isReady).toBe(false);
    expect(issueOf(() => requireReady(found)).code).toBe("dose.warning_open");
    const overrides = found.warnings.map(({ code: each, path }) => ({
      code: each,
      path,
      reason: "confirmed",
      by: "Dr. C",
    }));
    const accepted = prepare(changed({ ...change, overrides }));
    expect(requireReady(accepted).warnings[0]?.override).toEqual({ reason: "confirmed", by: "Dr. C" });
    expect(table.get(code)).toBe("warning");
  });

  it.each(recorded)("%s is said of a dose that is recorded all the same", (code, change) => {
    const found = recordAdministration({ ...(code === UNCLASSIFIED ? unlimited : record), ...change });
    expect(found.warnings.map((warning) => warning.code)).toContain(code);
    expect(table.get(code)).toBe("warning");
  });

  it.each(elsewhere)("%s stops", (code, act) => {
    expect(issueOf(act).code).toBe(code);
    expect(table.get(code)).toBe("hard");
  });

  it("says of a sum what is odd about it, and of a date that it stays on a weekend", () => {
    const once = recordAdministration(record);
    const { warnings } = cumulativeExposure([once, once], { maximumPerKg: "1999999" });
    expect(warnings.map(({ code }) => code).sort()).toEqual([...OF_CUMULATIVE].sort());
    const moved = moveToWorkingDay({ number: 1, studyDay: 1, date: "2026-02-28" }, "none", []);
    expect(moved.warnings[0]?.code).toBe("calendar.weekend");
  });

  it("of the sources all stand in the table, and each is provoked here", () => {
    const rooms = ["preparation", "administration", "secondCheck", "sharedVolume", "products", "plausibility"];
    const text = rooms
      .flatMap((room) => readdirSync(`src/dose/${room}`).map((file) => `src/dose/${room}/${file}`))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const paths = new Set([
      "dose.cap",
      "dose.range",
      "dose.hard",
      "dose.soft",
      "dose.rule",
      "dose.surface",
      "dose.trial",
      "dose.product",
      "dose.regimen",
    ]);
    const used = [...text.matchAll(/"(dose\.[a-z_]+)"/gu)]
      .map(([, code = ""]) => code)
      .filter((code) => !paths.has(code));
    expect(used.filter((code) => !table.has(code))).toEqual([]);
    const provoked = [...hard, ...warned, ...recorded, ...elsewhere].map(([code]) => code);
    const all: ReadonlySet<string> = new Set([...provoked, ...OF_CUMULATIVE, "calendar.weekend"]);
    expect(used.filter((code) => !all.has(code))).toEqual([]);
  });
});

describe(
  "products table of docs/products.md",
  { tags: ["DOSE-003", "PREP-002", "PREP-003", "PREP-004", "PREP-011"] },
  () => {
    it("is made from the data", () => {
      const written = /<!-- products -->([\s\S]*)<!-- \/products -->/u.exec(docs)?.[1] ?? "";
      expect(cellsOf(written)).toEqual(cellsOf(productsTable()));
    });

    it("cites a source everywhere, and what is missing is a question", () => {
      for (const each of PRODUCTS) {
        for (const { source } of [...each.regimens, ...each.facts]) expect(source).toMatch(/\S/u);
      }
      const [ryoncil] = PRODUCTS;
      expect(productQuestions(ryoncil!).map((question) => question.split(":")[0])).toEqual([
        "countBasis",
        "concentration",
        "finalVolume",
        "rate",
        "stability",
        "dmso",
        "minimumViability",
        "lotMixing",
      ]);
    });
  },
);

describe(
  "contradictions in a trial's sources",
  { tags: ["DOSE-003", "PREP-002", "PREP-003", "PREP-004", "PREP-011"] },
  () => {
    const warned = (change: Partial<Contradiction>): readonly string[] => {
      const about: Contradiction = { id: "x", bearsOn: ["dose"], statement: "X.", sources: ["registry"], ...change };
      const trial = resolveTrialDose({
        trial: defineTrial({ ...uc, contradictions: [about] }),
        arm: "exosome",
        assumptions: UC_ASSUMPTIONS,
      });
      return prepare(order({ ...ofUc, dose: { from: "trial", trial } })).warnings.map(({ code }) => code);
    };

    it("warn where they bear on the dose of this arm, until a question asks it or the sponsor settled it", () => {
      const code = "dose.registry_contradiction";
      expect(warned({})).toEqual([code]);
      expect(warned({ bearsOn: ["list", "dose"], arms: ["exosome"] })).toEqual([code]);
      expect(warned({ arms: ["placebo"] })).toEqual([]);
      expect(warned({ askedAs: "product.vialContent" })).toEqual([]);
      expect(warned({ settled: "EXAMPLE sponsor's letter of 2026-01-05" })).toEqual([]);
      for (const bearing of ["list", "schedule", "masking", "eligibility", "record"] as const)
        expect(warned({ bearsOn: [bearing] })).toEqual([]);
    });

    it("warn of none in the four trials but where two arms' descriptions are mixed up", () => {
      const doubtful = TRIALS.flatMap(({ id, arms, contradictions }) =>
        contradictions
          .filter(({ bearsOn, askedAs }) => bearsOn.includes("dose") && askedAs === undefined)
          .map((each) => `${id} ${each.id} ${(each.arms ?? arms.map((arm) => arm.id)).join("+")}`),
      );
      expect(doubtful).toEqual([
        "NCT07041801 same-dose-twice double",
        "NCT06853522 equal-amount placebo",
        "NCT06727721 which-control placebo+control",
      ]);
    });
  },
);
