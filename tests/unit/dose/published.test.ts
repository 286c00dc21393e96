// Every worked number of the products, trials and edges in docs/preparation.md and docs/products.md, with the source that prints it.
import { describe, expect, it } from "vitest";
import { planAdministrations } from "../../../src/calendar/index.js";
import {
  computeProductVolume,
  computeBandVolume,
  cumulativeExposure,
  planRepeatAdministrations,
  prepare,
  productById,
  recordAdministration,
} from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { flat, lot, ofProduct, order, perKg, weighed } from "./preparationOrders.js";

const codes = (result: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  result.warnings.map(({ code }) => code);

describe("Ryoncil (drugs.com): 2E6/kg, 25E6 in 3.8 mL and 6.68E6/mL", { tags: ["PROD-001"] }, () => {
  const vial = lot({ content: "25000000", fillMl: "3.8", extractableMl: "3.8", labelPerMl: "6680000" });
  const ryoncil = (kg: string, governingRule: "content" | "volume" = "content") =>
    prepare(
      order({
        weight: weighed(kg),
        dose: ofProduct("ryoncil", { countBasis: "viable-cells" }),
        lots: [vial],
        draw: { graduationMl: "0.01", overfillPercent: "0", governingRule },
        infusion: {},
      }),
    );

  it("12.6 kg: 25.2E6; 2 vials by content, 1 by volume (3.77 mL); the label differs by 1.54 %", () => {
    const byContent = ryoncil("12.6");
    expect(byContent.target.amount.amount).toBe("25200000");
    expect(byContent.rules).toEqual([
      {
        lot: "L1",
        byContent: "2",
        byVolume: "1",
        labelDifferencePercent: "1.54",
        isConsistent: false,
        governing: "content",
      },
    ]);
    expect(byContent.containers[0]?.containers).toBe(2);
    const byVolume = ryoncil("12.6", "volume");
    expect(byVolume.containers[0]?.containers).toBe(1);
    expect(byVolume.delivered.drawMl).toBe("3.77");
    expect(codes(byVolume)).toContain("dose.label_values_inconsistent");
  });

  it.each([
    ["12.5", "1", "1"],
    ["12.501", "2", "1"],
    ["12.692", "2", "1"],
    ["12.693", "2", "2"],
  ])("%s kg: %s and %s vials: the rules disagree for 12.5 < w <= 12.692", (kg, byContent, byVolume) => {
    expect(ryoncil(kg).rules[0]).toMatchObject({ byContent, byVolume, isConsistent: false });
  });

  it("8 infusions, twice a week for 4 weeks, never less than 3 days apart", () => {
    const offsetDays = [0, 3, 7, 10, 14, 17, 21, 24];
    const window = { earlyDays: 1, lateDays: 1, anchor: "planned" } as const;
    const plan = planAdministrations({ first: "2026-03-02", count: 8, offsetDays, window, minimumSpacingDays: 3 });
    expect(plan.map(({ studyDay }) => studyDay)).toEqual([1, 4, 8, 11, 15, 18, 22, 25]);
    expect(plan[1]?.window).toEqual({ from: "2026-03-05", to: "2026-03-06", anchor: "planned" });
  });
});

describe("other stromal products", { tags: ["PROD-001"] }, () => {
  it.each([
    ["36", "72000000", 1],
    ["36.1", "72200000", 2],
  ])("Temcell (group-nexus.jp) %s kg: %s, %i bag(s) of 72E6", (kg, amount, bags) => {
    const result = prepare(
      order({
        weight: weighed(kg),
        dose: ofProduct("temcell", { countBasis: "viable-cells" }),
        lots: [lot({ content: "72000000", fillMl: "10", extractableMl: "10" })],
        infusion: { rateMlPerMin: "4" },
      }),
    );
    expect(result.target.amount.amount).toBe(amount);
    expect(result.containers[0]?.containers).toBe(bags);
  });

  it.each([
    ["28000000", "5", "5"],
    ["73000000", "1.92", "1.917808219178082191780821917808219178082"],
  ])("Ebvallo (SmPC) 70 kg at %s/mL: %s mL, from the actual concentration", (measuredPerMl, drawMl, exact) => {
    const result = prepare(
      order({
        weight: weighed("70"),
        dose: ofProduct("ebvallo", { countBasis: "viable-cells" }),
        lots: [lot({ content: "200000000", fillMl: "5", extractableMl: "5", measuredPerMl })],
        draw: { graduationMl: "0.01", overfillPercent: "0" },
        infusion: {},
      }),
    );
    expect(result.target.amount.amount).toBe("140000000");
    expect(result.delivered).toMatchObject({ drawMl, exactDrawMl: exact });
  });

  it("Lecheng: 5E7 for 50 to 90 kg is -44 % of 1E6/kg at 90 kg", () => {
    const result = prepare(order({ weight: weighed("90"), dose: { ...flat("50000000"), besidePerKg: "1000000" } }));
    const warning = result.warnings.find(({ code }) => code === "dose.flat_differs_from_per_kg");
    expect(warning?.message).toContain("-44.44 %");
    const near = prepare(order({ weight: weighed("50"), dose: { ...flat("50000000"), besidePerKg: "1000000" } }));
    expect(codes(near)).not.toContain("dose.flat_differs_from_per_kg");
  });
});

describe("CAR products", { tags: ["PROD-001"] }, () => {
  const car = lot({
    content: "400000000",
    fillMl: "68",
    extractableMl: "68",
    containers: 1,
    counted: "car-positive-cells",
  });
  const yescarta = (kg: string) =>
    prepare(
      order({
        weight: weighed(kg),
        dose: ofProduct("yescarta", { countBasis: "car-positive-cells" }),
        lots: [car],
        draw: { graduationMl: "0.01", overfillPercent: "0", whenAbove: "one-graduation-less" },
        infusion: {},
      }),
    );

  it.each([
    ["70", "140000000", false, undefined],
    ["100", "200000000", false, undefined],
    ["110", "200000000", true, "1818181.82"],
  ])("Yescarta (drugs.com; SmPC) %s kg: %s, capped %s (%s/kg)", (kg, amount, isCapped, rate) => {
    const { target } = yescarta(kg);
    expect(target.amount.amount).toBe(amount);
    expect(target.isCapped).toBe(isCapped);
    expect(target.cappedPerKg?.amount).toBe(rate);
    if (isCapped) expect(target.uncapped.amount).toBe("220000000");
  });

  it("Yescarta above 200 kg: the least dose exceeds the cap, an error and no cap", () => {
    expect(yescarta("200").target.amount.amount).toBe("200000000");
    expect(issueOf(() => yescarta("200.1")).code).toBe("dose.minimum_above_cap");
  });

  it.each([
    ["50", "10000000", "250000000"],
    ["50.1", "10000000", "250000000"],
    ["40", "8000000", "200000000"],
    ["80", "10000000", "250000000"],
  ])("Kymriah %s kg: %s to %s (per kg up to 50 kg, flat above)", (kg, minimum, maximum) => {
    const rule = { kind: "flat", amount: "100000000", unitKind: "car-positive-cells" } as const;
    const dose = ofProduct("kymriah", { regimen: "paediatric", rule });
    expect(prepare(order({ weight: weighed(kg), dose, lots: [car] })).target.range).toEqual({ minimum, maximum });
  });

  it("Kymriah: dose = %CAR × viable concentration × volume", () => {
    const rule = { kind: "flat", amount: "60000000", unitKind: "car-positive-cells" } as const;
    const cells = lot({ content: "400000000", fillMl: "20", extractableMl: "20", purity: "0.3" });
    const result = prepare(
      order({
        dose: ofProduct("kymriah", { regimen: "paediatric", rule }),
        lots: [cells],
        infusion: { rateMlPerMin: "10" },
      }),
    );
    // 0.3 × 20E6/mL × 10 mL
    expect(result.delivered).toMatchObject({ drawMl: "10", amount: { amount: "60000000" } });
  });

  it.each([
    ["6900000", "1500000"],
    ["322000000", "70000000"],
  ])("Breyanzi vial (SmPC) %s / 4.6 mL = %s/mL: consistent", (content, labelPerMl) => {
    const rule = { kind: "flat", amount: "70000000", unitKind: "viable-cells" } as const;
    const vial = lot({ content, fillMl: "4.6", extractableMl: "4.6", labelPerMl });
    const dose = ofProduct("breyanzi", { regimen: "us", countBasis: "viable-cells", rule });
    const draw = { graduationMl: "0.01", overfillPercent: "0" };
    const result = prepare(order({ dose, lots: [vial], draw }));
    expect(result.rules[0]).toMatchObject({ labelDifferencePercent: "0", isConsistent: true });
  });

  it("Aucatzyl (drugs.com): 410E6 are shared by Day 1 and Day 10 ± 2, in bags of 10, 100 and 300E6", () => {
    const bag = (content: string) => lot({ content, fillMl: "10", extractableMl: "10", containers: 1 });
    const onOneDay = (amount?: string) =>
      prepare(
        order({
          dose: ofProduct("aucatzyl", {
            countBasis: "viable-cells",
            ...(amount === undefined ? {} : { rule: { kind: "flat", amount, unitKind: "viable-cells" } }),
          }),
          lots: [bag("10000000"), bag("100000000"), bag("300000000")],
          infusion: {},
        }),
      );
    // No day has a dose of its own before somebody states it, and no day has all of it.
    expect(issueOf(() => onOneDay()).code).toBe("dose.rule_missing");
    expect(issueOf(() => onOneDay("410000000")).code).toBe("dose.outside_range");
    const used = (amount: string) => onOneDay(amount).containers.map(({ usablePerContainer }) => usablePerContainer);
    const differing = (amount: string) =>
      onOneDay(amount).warnings.flatMap(({ code, path }) => (code === "dose.differs_from_label" ? [path] : []));
    expect(differing("310000000")).toEqual([]);
    expect(differing("155000000")).toEqual(["dose"]);
    expect(used("100000000")).toEqual(["100000000"]);
    expect(used("310000000")).toEqual(["300000000", "10000000"]);
    expect(productById("aucatzyl").facts.map(({ statement }) => statement)).toContain("Bags of 10E6, 100E6 and 300E6.");
    const window = { earlyDays: 2, lateDays: 2, anchor: "actual-first" } as const;
    const [, tenth] = planAdministrations({ first: "2026-03-02", count: 2, intervalDays: 9, window });
    expect(tenth).toMatchObject({ studyDay: 10, window: { from: "2026-03-09", to: "2026-03-13" } });
  });
});

describe("an order of a licensed product against what its sources say", { tags: ["PROD-001"] }, () => {
  const ryoncil = (change: Parameters<typeof order>[0] = {}) =>
    prepare(
      order({
        weight: weighed("12"),
        dose: ofProduct("ryoncil", { countBasis: "viable-cells" }),
        lots: [lot({ content: "25000000", fillMl: "3.8", extractableMl: "3.8" })],
        infusion: { finalVolumeMl: "50" },
        ...change,
      }),
    );
  const differences = (change: Parameters<typeof order>[0]) =>
    ryoncil(change).warnings.flatMap(({ code, path }) => (code === "dose.differs_from_label" ? [path] : []));

  it("a dose ten times the label's is no dose of Ryoncil, Temcell or Ebvallo", () => {
    for (const product of ["ryoncil", "temcell", "ebvallo"]) {
      const rule = { kind: "per-kg", amount: "20000000", unitKind: "viable-cells" } as const;
      const issue = issueOf(() =>
        ryoncil({
          dose: ofProduct(product, { countBasis: "viable-cells", rule }),
          product: { name: product, mayMixLots: false, source: "x" },
        }),
      );
      expect(issue).toMatchObject({
        code: "dose.level_not_in_protocol",
        expected: "2,000,000/kg viable cells",
        received: "20,000,000/kg viable cells",
      });
    }
  });

  it("another product at hand than the one that is ordered stops", () => {
    const product = { name: "Yescarta", mayMixLots: false, source: "x" };
    expect(issueOf(() => ryoncil({ product })).code).toBe("dose.product_name_differs");
    expect(ryoncil({ product: { ...product, name: "RYONCIL (remestemcel)" } }).target.amount.amount).toBe("24000000");
  });

  it("only cells are counted where a source says cells", () => {
    for (const countBasis of ["vector-genomes", "islet-equivalents", "tissue-mm2", "cell-equivalents"] as const) {
      const issue = issueOf(() => ryoncil({ dose: ofProduct("ryoncil", { countBasis }) }));
      expect(issue).toMatchObject({ code: "dose.count_basis_conflict", received: countBasis });
    }
  });

  it("a vial with ten times the content of the label's is said, with the source", () => {
    expect(differences({})).toEqual([]);
    const lots = [lot({ content: "250000000", fillMl: "3.8", extractableMl: "3.8" })];
    expect(differences({ lots })).toEqual(["lots.0.content"]);
    const warning = ryoncil({ lots }).warnings.find(({ code }) => code === "dose.differs_from_label");
    expect(warning?.message).toBe(
      "The order says 250,000,000 a container; the sources of Ryoncil (drugs.com) say: A vial holds 25E6 cells.",
    );
    expect(differences({ lots: [lot({ content: "25000000", fillMl: "4", extractableMl: "3.8" })] })).toEqual([
      "lots.0.fillMl",
    ]);
  });

  it("Kymriah: 30 minutes after thawing, 10 to 20 mL/min, 7.5 % DMSO, viability at least 80 %", () => {
    const rule = { kind: "flat", amount: "100000000", unitKind: "car-positive-cells" } as const;
    const kymriah = (change: Parameters<typeof order>[0]) =>
      prepare(
        order({
          weight: weighed("40"),
          dose: ofProduct("kymriah", { regimen: "paediatric", rule }),
          lots: [lot({ counted: "car-positive-cells", content: "100000000", fillMl: "10", extractableMl: "10" })],
          infusion: { finalVolumeMl: "50", rateMlPerMin: "10" },
          ...change,
        }),
      ).warnings.flatMap(({ code, path }) => (code === "dose.differs_from_label" ? [path] : []));
    const named = { name: "Kymriah", mayMixLots: false, source: "x" };
    const clock = { thawedAt: "2026-02-27T09:00", startAt: "2026-02-27T09:05", lineFlushMinutes: 1 };
    const dayTotals = { otherDmsoG: "0", otherEndotoxinEu: "0" };
    expect(kymriah({ clock: { ...clock, stabilityMinutes: 30 } })).toEqual([]);
    expect(kymriah({ clock: { ...clock, stabilityMinutes: 600 } })).toEqual(["clock.stabilityMinutes"]);
    expect(kymriah({ infusion: { finalVolumeMl: "50", rateMlPerMin: "20.1" } })).toEqual(["infusion.rateMlPerMin"]);
    expect(kymriah({ infusion: { finalVolumeMl: "50", minutes: "6" } })).toEqual(["infusion.minutes"]);
    expect(kymriah({ product: { ...named, dmso: { percentVv: "7.5" } }, dayTotals })).toEqual([]);
    expect(kymriah({ product: { ...named, dmso: { percentVv: "10" } }, dayTotals })).toEqual([
      "product.dmso.percentVv",
    ]);
    const bag = { counted: "car-positive-cells", content: "100000000", fillMl: "10", extractableMl: "10" } as const;
    const tested = (fraction: string) => [lot({ ...bag, testedViability: { fraction, method: "7-AAD" } })];
    expect(kymriah({ lots: [lot({ ...bag, fillMl: "9", extractableMl: "9" })] })).toEqual(["lots.0.fillMl"]);
    expect(kymriah({ lots: tested("0.8") })).toEqual([]);
    expect(kymriah({ lots: tested("0.79") })).toEqual(["lots.0.testedViability.fraction"]);
  });

  it("Carvykti: infused within 30 minutes, and within 2.5 h after thawing", () => {
    const rule = { kind: "per-kg", amount: "750000", unitKind: "viable-cells" } as const;
    const carvykti = (change: Parameters<typeof order>[0]) =>
      prepare(
        order({
          dose: ofProduct("carvykti", { countBasis: "viable-cells", rule }),
          infusion: { finalVolumeMl: "70", minutes: "30" },
          ...change,
        }),
      ).warnings.flatMap(({ code, path }) => (code === "dose.differs_from_label" ? [path] : []));
    const clock = { thawedAt: "2026-02-27T09:00", startAt: "2026-02-27T09:05", lineFlushMinutes: 1 };
    expect(carvykti({ clock: { ...clock, stabilityMinutes: 150 } })).toEqual([]);
    expect(carvykti({ clock: { ...clock, stabilityMinutes: 151 } })).toEqual(["clock.stabilityMinutes"]);
    expect(carvykti({ infusion: { finalVolumeMl: "70", minutes: "31" } })).toEqual(["infusion.minutes"]);
    // At most 1E8: the cap acts from 100 kg on at 1E6/kg.
    const most = { ...rule, amount: "1000000" };
    const heavy = prepare(
      order({
        weight: weighed("120"),
        dose: ofProduct("carvykti", { countBasis: "viable-cells", rule: most }),
        lots: [lot()],
      }),
    );
    expect(heavy.target).toMatchObject({ isCapped: true, amount: { amount: "100000000" } });
    expect(
      issueOf(() =>
        carvykti({ dose: ofProduct("carvykti", { countBasis: "viable-cells", rule: { ...rule, amount: "499999" } }) }),
      ).code,
    ).toBe("dose.outside_range");
  });

  it("Tecartus has the dose of Yescarta for lymphoma, and half of it for leukaemia; Kymriah of adults 0.6E8 to 6.0E8; Breyanzi 50E6 to 110E6 or 44E6 to 120E6", () => {
    const [lymphoma, leukaemia] = productById("tecartus").regimens;
    const [yescarta] = productById("yescarta").regimens;
    const dose = { id: "", title: "", indication: {} };
    expect({ ...lymphoma, ...dose }).toEqual({ ...yescarta, ...dose });
    expect(leukaemia).toMatchObject({ target: { kind: "per-kg", amount: "1000000" }, cap: "100000000" });
    expect(issueOf(() => prepare(order({ dose: ofProduct("tecartus") }))).code).toBe("dose.regimen_needed");
    const code = (
      product: string,
      regimen: string,
      amount: string,
      unitKind: "car-positive-cells" | "viable-cells",
    ) => {
      const rule = { kind: "flat", amount, unitKind } as const;
      const dose = ofProduct(product, { regimen, rule, ...(product === "breyanzi" ? { countBasis: unitKind } : {}) });
      try {
        return prepare(order({ dose, lots: [lot({ counted: unitKind, containers: 90 })], infusion: {} })).target.amount
          .amount;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    for (const [regimen, low, high] of [
      ["us", 50e6, 110e6],
      ["eu", 44e6, 120e6],
    ] as const) {
      expect(code("breyanzi", regimen, String(low), "viable-cells")).toBe(String(low));
      expect(code("breyanzi", regimen, String(high), "viable-cells")).toBe(String(high));
      expect(code("breyanzi", regimen, String(low - 1), "viable-cells")).toBe("dose.outside_range");
      expect(code("breyanzi", regimen, String(high + 1), "viable-cells")).toBe("dose.outside_range");
    }
    expect(code("kymriah", "adult", "60000000", "car-positive-cells")).toBe("60000000");
    expect(code("kymriah", "adult", "600000000", "car-positive-cells")).toBe("600000000");
    expect(code("kymriah", "adult", "59999999", "car-positive-cells")).toBe("dose.outside_range");
    expect(code("kymriah", "adult", "600000001", "car-positive-cells")).toBe("dose.outside_range");
  });

  it("Ebvallo goes by the concentration of the lot, within 2.8E7 to 7.3E7/mL", () => {
    const ebvallo = (measuredPerMl?: string) =>
      prepare(
        order({
          dose: ofProduct("ebvallo", { countBasis: "viable-cells" }),
          lots: [
            lot({
              content: "900000000",
              fillMl: "3",
              extractableMl: "3",
              ...(measuredPerMl === undefined ? {} : { measuredPerMl }),
            }),
          ],
          infusion: {},
        }),
      ).warnings.map(({ code }) => code);
    expect(issueOf(() => ebvallo()).code).toBe("dose.actual_concentration_missing");
    expect(ebvallo("73000000")).not.toContain("dose.differs_from_label");
    expect(ebvallo("280000000")).toContain("dose.differs_from_label");
  });

  it("products with a least dose and no greatest one ask for the most", () => {
    for (const [product, unitKind] of [
      ["hemacord", "total-nucleated-cells"],
      ["skysona", "cd34-cells"],
      ["casgevy", "cd34-cells"],
    ] as const) {
      const rule = { kind: "per-kg", amount: "25000000", unitKind } as const;
      expect(issueOf(() => prepare(order({ dose: ofProduct(product, { rule }) }))).code).toBe("dose.maximum_missing");
    }
  });

  it("Elevidys and Zolgensma by their own rules", () => {
    expect(computeProductVolume("elevidys", "10.5")).toMatchObject({ volumeMl: "110", vials: "11" });
    expect(computeProductVolume("elevidys", "85")).toMatchObject({ volumeMl: "700", vials: "70" });
    for (const [kg, volumeMl, vials] of [
      ["2.6", "16.5", "2"],
      ["3.0", "16.5", "2"],
      ["3.1", "19.3", "3"],
      ["12.5", "68.8", "9"],
      ["16.5", "90.8", "11"],
      ["21.0", "115.5", "14"],
    ] as const)
      expect(computeProductVolume("zolgensma", kg), kg).toMatchObject({ volumeMl, vials });
    for (const kg of ["1.0", "2.5", "2.59", "21.1"])
      expect(
        issueOf(() => computeProductVolume("zolgensma", kg)),
        kg,
      ).toMatchObject({
        code: "dose.weight_band",
        path: "weightKg",
        expected: "from 2.6 kg to 21 kg",
      });
    expect(computeProductVolume("elevidys", "10.0")).toMatchObject({ volumeMl: "100", vials: "10" });
    expect(issueOf(() => computeProductVolume("elevidys", "9.9")).code).toBe("dose.weight_band");
    expect(issueOf(() => computeProductVolume("ryoncil", "2.8")).code).toBe("dose.product_not_by_volume");
  });
});

describe("stem cells, cord blood and islets", { tags: ["PROD-001"] }, () => {
  const cells = (counted: "cd34-cells" | "total-nucleated-cells" | "islet-equivalents") =>
    lot({ counted, content: "2000000000", fillMl: "20", extractableMl: "20", containers: 3 });
  const least = (product: string, amount: string, counted: Parameters<typeof cells>[0], regimen?: string) =>
    prepare(
      order({
        dose: ofProduct(product, {
          rule: { kind: "per-kg", amount, unitKind: counted },
          hard: { maximum: { kind: "flat", amount: "2000000000" } },
          ...(regimen === undefined ? {} : { regimen }),
        }),
        lots: [cells(counted)],
        draw: { graduationMl: "0.001", overfillPercent: "0" },
        infusion: {},
      }),
    );

  it.each([
    ["hemacord", "25000000", "total-nucleated-cells", undefined],
    ["lenmeldy", "4200000", "cd34-cells", "minimum-4.2"],
    ["lenmeldy", "9000000", "cd34-cells", "minimum-9"],
    ["lenmeldy", "6600000", "cd34-cells", "minimum-6.6"],
    ["skysona", "5000000", "cd34-cells", undefined],
    ["casgevy", "3000000", "cd34-cells", undefined],
    ["lantidra", "5000", "islet-equivalents", "first"],
    ["lantidra", "4500", "islet-equivalents", "later"],
  ] as const)("%s: %s/kg is the least, one less is refused", (product, amount, counted, regimen) => {
    expect(least(product, amount, counted, regimen).target.range?.minimum).toBe(String(Number(amount) * 60));
    const below = String(Number(amount) - 100);
    expect(issueOf(() => least(product, below, counted, regimen)).code).toBe("dose.outside_range");
  });

  it("Lantidra: at most 1E6 EIN in one infusion, whatever the order states", () => {
    const first = (amount: string) => least("lantidra", amount, "islet-equivalents", "first");
    expect(first("16666").target.range?.maximum).toBe("1000000");
    expect(issueOf(() => first("16667")).code).toBe("dose.outside_range");
  });

  it("Lenmeldy: at most 30E6/kg", () => {
    expect(least("lenmeldy", "30000000", "cd34-cells", "minimum-9").target.range?.maximum).toBe("1800000000");
    expect(issueOf(() => least("lenmeldy", "30000001", "cd34-cells", "minimum-9")).code).toBe("dose.outside_range");
  });

  it("products without a dose that can be computed say so", () => {
    for (const id of ["rethymic", "omisirge", "dli"]) {
      expect(productById(id).regimens).toEqual([]);
      expect(issueOf(() => prepare(order({ dose: ofProduct(id, { countBasis: "viable-cells" }) }))).code).toMatch(
        /^dose\.(regimen_needed|count_basis_conflict)$/,
      );
    }
  });

  it("donor lymphocytes (PMC8357755): 0.69, 0.78 and 2.31E6/kg, 28 days apart: 3.78E6/kg together", () => {
    const doses = ["690000", "780000", "2310000"].map((amount, index) =>
      recordAdministration({
        number: index + 1,
        administeredOn: "2026-03-02",
        administeredBy: "B",
        unitKind: "cd3-cells",
        planned: String(Number(amount) * 70),
        preparedAtInfusion: String(Number(amount) * 70),
        preparedMl: "10",
        infusedMl: "10",
        weightKg: "70",
        deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
      }),
    );
    expect(cumulativeExposure(doses).actualPerKg).toMatchObject({ amount: "3780000", isExact: true });
    const days = planAdministrations({ first: "2026-03-02", count: 3, intervalDays: 28 });
    expect(days.map(({ studyDay }) => studyDay)).toEqual([1, 29, 57]);
  });
});

describe("DMSO and endotoxin", { tags: ["PREP-004", "PROD-001"] }, () => {
  const bags = (kg: string) =>
    prepare(
      order({
        weight: weighed(kg),
        dose: flat("600000000"),
        product: { name: "cord blood", mayMixLots: false, dmso: { percentVv: "10" }, source: "Bekkem 2013" },
        lots: [lot({ content: "100000000", fillMl: "100", extractableMl: "100" })],
        infusion: {},
        dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" },
      }),
    );

  it("6 bags × 100 mL × 10 % = 66 g: passes at 66 kg, fails at 65.9 kg (Bekkem 2013)", () => {
    expect(bags("66").dayTotals).toMatchObject({ dmsoG: "66", dmsoGPerKg: "1" });
    expect(issueOf(() => bags("65.9")).code).toBe("dose.dmso_above_limit");
  });

  it("70 kg: 350 EU (PMC5079635); equality passes", () => {
    const endotoxin = (euPerMl: string) =>
      prepare(
        order({
          weight: weighed("70"),
          dose: flat("100000000"),
          product: { name: "MSC", mayMixLots: false, endotoxinEuPerMl: euPerMl, source: "x" },
          dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "50" },
        }),
      );
    expect(endotoxin("15").dayTotals).toEqual({ endotoxinEu: "350", endotoxinLimitEu: "350" });
    expect(issueOf(() => endotoxin("15.01")).code).toBe("dose.endotoxin_above_limit");
  });

  it("Lenmeldy: 55 mg DMSO/mL, 20 mL: 1.1 g", () => {
    const result = prepare(
      order({
        dose: flat("100000000", "cd34-cells"),
        product: { name: "Lenmeldy", mayMixLots: false, dmso: { mgPerMl: "55" }, source: "SmPC" },
        lots: [lot({ content: "100000000", counted: "cd34-cells", fillMl: "20", extractableMl: "20" })],
        infusion: {},
        dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" },
      }),
    );
    expect(result.dayTotals?.dmsoG).toBe("1.1");
  });
});

describe("trials", { tags: ["PROD-001"] }, () => {
  it("STAT (NCT03818854): 10E6/kg of predicted weight in 300 mL, 60 to 80 minutes", () => {
    const result = prepare(
      order({
        participant: { ageYears: "60", sex: "male", heightCm: "180" },
        weight: weighed("95", { descriptor: "predicted" }),
        dose: perKg("10000000"),
        lots: [lot({ content: "100000000", fillMl: "10", extractableMl: "10" })],
        infusion: { finalVolumeMl: "300", minutes: "80", limits: { minimumMinutes: "60", maximumMinutes: "80" } },
      }),
    );
    // 50 + 0.91 × (180 - 152.4)
    expect(result.weight?.dosingKg).toBe("75.116");
    expect(result.target.amount.amount).toBe("751160000");
    expect(result.infusion).toMatchObject({ finalVolumeMl: "300", rateMlPerMin: "3.75" });
  });

  it("Schlosser: total at most 300E6, which binds above 100 kg", () => {
    const cap = { amount: "300000000", unitKind: "viable-cells" } as const;
    expect(prepare(order({ weight: weighed("100"), dose: perKg("3000000", { cap }) })).target.isCapped).toBe(false);
    expect(prepare(order({ weight: weighed("100.1"), dose: perKg("3000000", { cap }) })).target.isCapped).toBe(true);
  });

  it.each([
    ["300000", "10", "20", "0.5"],
    ["1000000", "35", "40", "0.88"],
    ["3000000", "100", "60", "1.67"],
  ])("Schlosser: %s/kg, %s mL in %s min: %s mL/min", (amount, finalVolumeMl, minutes, rateMlPerMin) => {
    const lots = [lot({ content: "100000000" })];
    const draw = { graduationMl: "0.01", overfillPercent: "0" };
    const result = prepare(order({ dose: perKg(amount), lots, draw, infusion: { finalVolumeMl, minutes } }));
    expect(result.infusion).toMatchObject({ finalVolumeMl, minutes, rateMlPerMin });
  });

  it("Schlosser: 10, 35 and 100 mL by cohort would unblind a parallel trial", () => {
    const infusion = { finalVolumeMl: "100", otherArms: [{ arm: "b", finalVolumeMl: "35" }] };
    expect(issueOf(() => prepare(order({ infusion }))).code).toBe("dose.arm_volumes_differ");
  });

  it("Lanzoni: 100 ± 20E6, 50 mL in 10 ± 5 min: 5 mL/min", () => {
    const range = {
      minimum: { kind: "flat", amount: "80000000" },
      maximum: { kind: "flat", amount: "120000000" },
    } as const;
    const infusion = { finalVolumeMl: "50", minutes: "10", limits: { minimumMinutes: "5", maximumMinutes: "15" } };
    const result = prepare(order({ dose: { ...flat("100000000"), range }, infusion }));
    expect(result.infusion.rateMlPerMin).toBe("5");
    expect(issueOf(() => prepare(order({ dose: { ...flat("120000001"), range }, infusion }))).code).toBe(
      "dose.outside_range",
    );
  });

  it("Kebriaei (PMC9043315): 4 to 6 mL/min", () => {
    const infusion = (rateMlPerMin: string) => ({
      rateMlPerMin,
      limits: { minimumMlPerMin: "4", maximumMlPerMin: "6" },
    });
    expect(prepare(order({ infusion: infusion("6") })).infusion.minutes).toBe("2");
    expect(issueOf(() => prepare(order({ infusion: infusion("6.1") }))).code).toBe("dose.rate_outside_limits");
  });

  it("Kebriaei (PMC9043315): 10 % DMSO, 12 mL hold 1.32 g", () => {
    const product = { ...order().product!, dmso: { percentVv: "10" } };
    const dayTotals = { otherDmsoG: "0", otherEndotoxinEu: "0" };
    expect(prepare(order({ product, dayTotals }))).toMatchObject({
      delivered: { drawMl: "12" },
      dayTotals: { dmsoG: "1.32", dmsoGPerKg: "0.022" },
    });
  });

  it("NCT06693362: 3E7 are 3 vials of 1E7 in 500 mL", () => {
    const result = prepare(order({ dose: flat("30000000"), infusion: { finalVolumeMl: "500", minutes: "120" } }));
    expect(result.containers[0]?.containers).toBe(3);
    expect(result.infusion).toMatchObject({ diluentMl: "494", concentrationPerMl: "60000" });
  });

  it("NCT04441658: 0.75E6/kg in weeks 0, 1, 5 and 6: Days 1, 8, 36, 43", () => {
    expect(prepare(order({ dose: perKg("750000") })).target.amount.amount).toBe("45000000");
    const plan = planAdministrations({ first: "2026-03-02", count: 4, offsetDays: [0, 7, 35, 42] });
    expect(plan.map(({ studyDay }) => studyDay)).toEqual([1, 8, 36, 43]);
  });

  it("Zang 2022: 3 infusions 4 weeks apart, on working days", () => {
    const plan = planRepeatAdministrations({
      first: "2026-03-02",
      count: 3,
      intervalDays: 28,
      weekend: "next",
      holidays: ["2026-03-30"],
      weigh: "every-administration",
    });
    expect(plan.map(({ studyDay, workingDate }) => [studyDay, workingDate])).toEqual([
      [1, "2026-03-02"],
      [29, "2026-03-31"],
      [57, "2026-04-27"],
    ]);
  });

  it("VUM02: a bag of 5E7 in 10 mL is 5E6/mL", () => {
    const result = prepare(order({ lots: [lot({ content: "50000000", fillMl: "10", extractableMl: "10" })] }));
    expect(result.containers[0]?.concentrationPerMl).toBe("5000000");
  });

  const given = (planned: string, actual: string, range?: { minimum: string; maximum: string }) =>
    recordAdministration({
      number: 1,
      administeredOn: "2026-03-02",
      administeredBy: "B",
      unitKind: "car-positive-cells",
      planned,
      preparedAtInfusion: actual,
      preparedMl: "1",
      infusedMl: "1",
      ...(range === undefined ? {} : { range }),
      deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
    });

  it.each([
    ["1000000", "300000", "-70", "major"],
    ["3000000", "2000000", "-33.33", "major"],
    ["5000000", "4300000", "-14", "minor"],
  ])("AUTO3: of %s/kg were given %s: %s %%, %s", (planned, actual, percent, found) => {
    expect(given(planned, actual)).toMatchObject({ deviationPercent: percent, deviationClass: found });
  });

  it.each([
    ["5000000", "5400000", { minimum: "200000", maximum: "5000000" }],
    ["10000000", "3000000", { minimum: "10000000", maximum: "250000000" }],
    ["250000000", "260000000", { minimum: "10000000", maximum: "250000000" }],
  ])("ELIANA: of %s were given %s, outside the range: recorded with a warning", (planned, actual, range) => {
    const result = given(planned, actual, range);
    expect(result.actual.amount).toBe(actual);
    expect(codes(result)).toContain("dose.administered_outside_range");
  });

  it("86 % of planned is -14 %", () => {
    expect(given("100000000", "86000000").deviationPercent).toBe("-14");
  });

  it.each([
    ["1000000", "60 million viable cells"],
    ["3000000", "180 million viable cells"],
    ["5000000", "300 million viable cells"],
  ])("lupus arms at 60 kg: %s/kg is %s", (amount, words) => {
    expect(prepare(order({ dose: perKg(amount) })).target.amount.words).toBe(words);
  });

  it("lupus double dose: 180 million twice is 6E6/kg, and the cap on the sum is 6E6/kg", () => {
    const one = { planned: "180000000", preparedAtInfusion: "180000000", preparedMl: "100", weightKg: "60" };
    const dose = (number: number, infusedMl: string) =>
      recordAdministration({
        ...one,
        number,
        infusedMl,
        administeredOn: "2026-03-02",
        administeredBy: "B",
        unitKind: "viable-cells",
        deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
      });
    const full = cumulativeExposure([dose(1, "100"), dose(2, "100")], { maximumPerKg: "6000000" });
    expect(full.actualPerKg).toMatchObject({ amount: "6000000", isExact: true });
    expect(full.warnings).toEqual([]);
    const above = cumulativeExposure([dose(1, "100"), dose(2, "100.1")], { maximumPerKg: "6000000" });
    expect(codes(above)).toEqual(["dose.cumulative_above_cap"]);
  });
});

describe("products by volume and weight band", { tags: ["PROD-001"] }, () => {
  const zolgensma = {
    kind: "band-upper-limit",
    bandUpperKg: ["3.0", "8.5", "13.5"],
    mlPerKg: "5.5",
    stepMl: "0.1",
  } as const;
  it.each([
    ["3", "16.5", "2"],
    ["3.1", "46.8", "6"],
    ["13.5", "74.3", "9"],
  ])("Zolgensma (drugs.com) %s kg: %s mL, %s vials of 8.3 mL", (kg, volumeMl, vials) => {
    expect(computeBandVolume(kg, zolgensma, "8.3", "drugs.com")).toMatchObject({ volumeMl, vials });
    expect(issueOf(() => computeBandVolume("13.6", zolgensma, "8.3", "drugs.com")).code).toBe("dose.weight_band");
  });

  const elevidys = { kind: "rounded-weight", stepKg: "1", mlPerKg: "10", flatFromKg: "70" } as const;
  it.each([
    ["10.4", "100", "10"],
    ["10.5", "110", "11"],
    ["69.4", "690", "69"],
    ["70", "700", "70"],
    ["95", "700", "70"],
  ])("Elevidys in Japan (MHLW notice) %s kg: %s mL, %s vials", (kg, volumeMl, vials) => {
    expect(computeBandVolume(kg, elevidys, "10", "MHLW notice")).toMatchObject({ volumeMl, vials });
  });
});
