// Traps of dose arithmetic: each test shows what the naive way gives, and that it is something else.
import { describe, expect, it } from "vitest";
import { planAdministrations } from "../../../src/calendar/index.js";
import {
  compareChecks,
  requireChecksAgree,
  findSharedVolume,
  prepare,
  prepareRead,
  prepareWithoutSteps,
  parsePreparationOrder,
  planRepeatAdministrations,
  recordAdministration,
  resolveTrialDose,
  type PreparationOrder,
} from "../../../src/dose/index.js";
import { recordDecision } from "../../../src/trial/index.js";
import { sle, t1d, t2d, uc } from "../../../src/trials/index.js";
import { readable } from "../../../src/dose/shown.js";
import { issueOf } from "../../support/issueOf.js";
import { flat, lot, order, perKg, weighed } from "./preparationOrders.js";

const unitKind = "viable-cells" as const;

describe("floating point", () => {
  it("85 kg, 1E6/kg, vial 1E7, recovery 0.85, overfill 10 %: 11 vials, not 12", () => {
    expect(Math.ceil((85 * 1e6 * 1.1) / (1e7 * 0.85))).toBe(12);
    const result = prepare(
      order({
        weight: weighed("85"),
        lots: [lot({ recovery: "0.85" })],
        draw: { graduationMl: "0.1", overfillPercent: "10" },
      }),
    );
    expect(result.containers[0]?.containers).toBe(11);
    expect(result.steps.find(({ id }) => id === "containers")).toMatchObject({
      exact: "11",
      rounding: "up to a whole number",
    });
  });

  it("3 kg × 1E6 / 4E7 per mL = 0.075 mL: 0.08, not 0.07", () => {
    expect(((3 * 1e6) / 4e7).toFixed(2)).toBe("0.07");
    const result = prepare(
      order({
        weight: weighed("3"),
        lots: [lot({ content: "80000000" })],
        draw: { graduationMl: "0.01", overfillPercent: "0" },
        infusion: { finalVolumeMl: "10" },
      }),
    );
    expect(result.delivered).toMatchObject({ exactDrawMl: "0.075", drawMl: "0.08", roundingErrorPercent: "6.67" });
  });

  it("half-even rounding would give 0.12 for 0.125", () => {
    const halfEven = (x: number): number => (Math.floor(x) % 2 === 0 ? Math.floor(x) : Math.ceil(x));
    expect(halfEven(12.5) / 100).toBe(0.12);
    const result = prepare(
      order({
        dose: flat("1000000"),
        lots: [lot({ content: "16000000" })],
        draw: { graduationMl: "0.01", overfillPercent: "0" },
      }),
    );
    expect(result.delivered).toMatchObject({ exactDrawMl: "0.125", drawMl: "0.13" });
  });
});

describe("reading", { tags: ["DOSE-003"] }, () => {
  it.each([
    ["2 x 106", "quantity.lost_superscript"],
    ["15.107", "quantity.lost_superscript"],
    ["10 107", "quantity.lost_superscript"],
    ["106", "quantity.lost_superscript"],
    ["1,500", "quantity.comma"],
    ["3M", "quantity.ambiguous_suffix"],
    ["0", "quantity.zero"],
    ["-1", "quantity.negative"],
    ["NaN", "quantity.not_finite"],
  ])("a content of %j is refused (parseFloat gives a number for nearly all of them)", (content, code) => {
    expect(issueOf(() => prepare(order({ lots: [lot({ content })] })))).toMatchObject({ code, path: "lots.0.content" });
  });

  it.each(["122 lb", "122 lbs", "72000 g", "4300 oz"])("%s is never read as kilograms", (weightKg) => {
    expect(Number.parseFloat(weightKg)).toBeGreaterThan(100);
    expect(issueOf(() => prepare(order({ weight: weighed(weightKg) }))).code).toBe("quantity.weight_unit");
  });

  it.each(["0.4", "300.1", "72400"])("%s kg is no body weight", (weightKg) => {
    expect(issueOf(() => prepare(order({ weight: weighed(weightKg) }))).code).toBe("quantity.weight_out_of_range");
  });

  it("a number where text belongs is refused", () => {
    expect(issueOf(() => prepare(order({ weight: weighed(72.4 as never) }))).code).toBe("dose.preparation_invalid");
  });
});

describe("silent limits of public calculators", () => {
  it.each(["3000000", "5000000"])("%s/kg is not lowered to 2E6/kg", (amount) => {
    const clamped = Math.min(Number(amount), 2e6) * 60;
    const { target } = prepare(order({ dose: perKg(amount) }));
    expect(target.amount.amount).toBe(String(Number(amount) * 60));
    expect(target.amount.amount).not.toBe(String(clamped));
  });

  it("a weight of 25 kg or 140 kg is not moved to 30 or 120 kg", () => {
    expect(prepare(order({ weight: weighed("25") })).target.amount.amount).toBe("25000000");
    expect(prepare(order({ weight: weighed("140"), lots: [lot({ containers: 20 })] })).target.amount.amount).toBe(
      "140000000",
    );
  });

  it("a dose that is 1000 times too high is no level", () => {
    const levels = [{ kind: "per-kg", amount: "1E6", unitKind }] as const;
    expect(issueOf(() => prepare(order({ dose: perKg("1E9", { levels }) }))).code).toBe("dose.level_not_in_protocol");
  });
});

describe("counting", { tags: ["QTY-004"] }, () => {
  it("viability is not applied to 2.5E8 viable cells (published double count: × 0.95)", () => {
    const viable = lot({ content: "2.5E8" });
    const naive = 2.5e8 * 0.95;
    const result = prepare(order({ lots: [viable] }));
    expect(result.containers[0]?.usablePerContainer).toBe("250000000");
    expect(result.containers[0]?.usablePerContainer).not.toBe(String(naive));
    expect(issueOf(() => prepare(order({ lots: [{ ...viable, viability: "0.95" }] }))).code).toBe(
      "dose.viability_twice",
    );
  });

  it("total nucleated cells: content × viability × purity × recovery", () => {
    const tnc = lot({
      content: "2.5E8",
      counted: "total-nucleated-cells",
      viability: "0.9",
      purity: "0.8",
      recovery: "0.75",
    });
    expect(prepare(order({ lots: [tnc] })).containers[0]?.usablePerContainer).toBe("135000000");
  });

  it("a measured concentration is not multiplied by recovery, and takes the place of the nominal one", () => {
    const measured = lot({ recovery: "0.85", measuredPerMl: "4000000", fillMl: "3", extractableMl: "3" });
    const result = prepare(order({ lots: [measured] }));
    expect(result.containers[0]).toMatchObject({ concentrationPerMl: "4000000", isMeasured: true });
    expect(result.delivered.drawMl).toBe("15");
    expect(60e6 / (4e6 * 0.85)).not.toBe(15);
  });
});

describe("limits after rounding", { tags: ["DOSE-005"] }, () => {
  const capped = perKg("3000000", { cap: { amount: "100000000", unitKind } });
  const lots = [
    lot({ content: "10000000", fillMl: "1.5", extractableMl: "1.5", measuredPerMl: "6000000", containers: 20 }),
  ];

  it("half-up would give 100.2E6 of at most 100E6: refused, or one graduation less where that was ordered", () => {
    // 100E6 / 6E6 = 16.67: half-up 16.7 mL = 100.2E6
    expect(Math.round(16.67 * 10) / 10).toBe(16.7);
    const draw = { graduationMl: "0.1", overfillPercent: "20" };
    const infusion = { finalVolumeMl: "100" };
    expect(issueOf(() => prepare(order({ dose: capped, lots, draw, infusion }))).code).toBe(
      "dose.delivered_above_limit",
    );
    const less = prepare(order({ dose: capped, lots, infusion, draw: { ...draw, whenAbove: "one-graduation-less" } }));
    expect(less.delivered).toMatchObject({ drawMl: "16.6", isOneGraduationLess: true, amount: { amount: "99600000" } });
    expect(less.target).toMatchObject({ isCapped: true, uncapped: { amount: "180000000" } });
  });
});

describe("weight", { tags: ["DOSE-009"] }, () => {
  const adult = { ageYears: "30", sex: "male", heightCm: "180" } as const;
  const kg = (descriptor: string, more: object = {}, who: object = adult, measured = "90") =>
    prepare(order({ participant: who, weight: weighed(measured, { descriptor, ...more }) })).weight?.dosingKg;

  it("each descriptor gives its own dose, so none is a default", () => {
    expect(kg("actual")).toBe("90");
    expect(kg("predicted")).toBe("75.116");
    expect(kg("ideal")).toMatch(/^74\.99212598425196850393700787401574803/u);
    expect(kg("adjusted", { adjustmentFactor: "0.4" })).toMatch(/^80\.995275590551181102362204724409448818/u);
    expect(kg("lean", { leanMaleConstant: "120" })).toBe("69");
    expect(kg("lean", { leanMaleConstant: "128" })).toBe("67");
    expect(kg("lean", {}, { ...adult, sex: "female" })).toBe("59.3");
    expect(kg("predicted", {}, { ...adult, sex: "female" })).toBe("70.616");
  });

  it("refuses formulas for adults at 8 to 17.9 years, and without an age", () => {
    for (const ageYears of ["8", "12", "17.9"]) {
      const who = { ...adult, ageYears };
      for (const descriptor of ["ideal", "predicted", "adjusted", "lean"]) {
        expect(issueOf(() => kg(descriptor, { adjustmentFactor: "0.4", leanMaleConstant: "120" }, who)).code).toBe(
          "dose.adult_formula_for_child",
        );
      }
    }
    const ageless = { sex: adult.sex, heightCm: adult.heightCm };
    expect(issueOf(() => kg("ideal", {}, ageless)).code).toBe("dose.descriptor_input_missing");
    expect(kg("ideal", {}, { ...adult, ageYears: "18" })).toMatch(/^74/u);
  });

  it("refuses the lean weight where it falls again: h = 160 cm, above 117.33 kg", () => {
    const short = { ...adult, heightCm: "160" };
    const lean = (w: number): number => 1.1 * w - 120 * (w / 160) ** 2;
    expect(lean(150)).toBeLessThan(lean(117));
    expect(kg("lean", { leanMaleConstant: "120" }, short, "117")).toMatch(/^64/u);
    expect(issueOf(() => kg("lean", { leanMaleConstant: "120" }, short, "118")).code).toBe(
      "dose.descriptor_not_applicable",
    );
  });

  it.each([
    [">", "55", "50"],
    [">=", "55", "55"],
    [">", "55.01", "55.01"],
    [">", "45", "50"],
    [">=", "45", "45"],
  ])("re-weigh %s 10 %%: now %s kg against 50 kg doses on %s kg", (comparison, now, used) => {
    const reweigh = {
      reference: "last-dose",
      referenceWeightKg: "50",
      referenceWeighedOn: "2026-01-29",
      thresholdPercent: "10",
      comparison,
    };
    expect(kg("actual", { reweigh }, adult, now)).toBe(used);
  });
});

describe("containers", { tags: ["PREP-001"] }, () => {
  const L = (name: string, expiresOn: string, containers: number, content = "10000000") =>
    lot({ lot: name, expiresOn, containers, content });
  const used = (lots: ReturnType<typeof lot>[], mayMixLots: boolean, dose = flat("60000000")) =>
    prepare(
      order({
        dose,
        lots,
        product: { name: "MSC", mayMixLots, source: "x" },
        draw: { graduationMl: "0.01", overfillPercent: "0" },
      }),
    ).containers.map(
      ({ lot: name, containers, usablePerContainer }) => `${containers} × ${usablePerContainer} of ${name}`,
    );

  it("first expiring first, whatever the order of the list", () => {
    expect(used([L("B", "2027-02-01", 10), L("A", "2027-01-01", 10)], false)).toEqual(["6 × 10000000 of A"]);
  });

  it("without mixing: the first lot that suffices alone; with mixing: the first-expiring is used up", () => {
    const lots = [L("B", "2027-02-01", 10), L("A", "2027-01-01", 4)];
    expect(used(lots, false)).toEqual(["6 × 10000000 of B"]);
    expect(used(lots, true)).toEqual(["4 × 10000000 of A", "2 × 10000000 of B"]);
  });

  it("mixed sizes: the fewest, then the least left over (largest first alone would leave more)", () => {
    const lots = [
      L("A", "2027-01-01", 9, "50000000"),
      L("A", "2027-01-01", 9, "40000000"),
      L("A", "2027-01-01", 9, "20000000"),
    ];
    // Greedy: 50 + 50; 40 + 20 are as few and leave nothing.
    expect(used(lots, false)).toEqual(["1 × 40000000 of A", "1 × 20000000 of A"]);
  });
});

describe("administered doses are always recorded", { tags: ["PREP-006"] }, () => {
  const record = {
    number: 1,
    administeredOn: "2026-03-02",
    administeredBy: "B",
    unitKind,
    planned: "100000000",
    preparedAtInfusion: "100000000",
    preparedMl: "100",
    deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
  } as const;
  it.each([
    ["0", "-100", "major"],
    ["79.99", "-20.01", "major"],
    ["80", "-20", "minor"],
    ["90", "-10", "none"],
    ["100", "0", "none"],
    ["110", "10", "none"],
    ["120.5", "20.5", "major"],
    ["100000", "99900", "major"],
  ])("%s mL of 100: %s %%, %s", (infusedMl, deviationPercent, deviationClass) => {
    expect(recordAdministration({ ...record, infusedMl })).toMatchObject({ deviationPercent, deviationClass });
  });

  it(">= takes the limit into the class", () => {
    const deviation = { ...record.deviation, comparison: ">=" } as const;
    expect(recordAdministration({ ...record, deviation, infusedMl: "80" }).deviationClass).toBe("major");
    expect(recordAdministration({ ...record, deviation, infusedMl: "90" }).deviationClass).toBe("minor");
  });

  it.each([
    ["a volume that looks like a lost superscript", { infusedMl: "23.105" }, "23105000"],
    ["0 with places", { infusedMl: "0.00" }, "0"],
    ["a count that does not end", { preparedAtInfusion: "40131578.94736842105263157894736842105263" }, undefined],
    ["a planned dose that does not end", { planned: "72275590.55118110236220472440944881889764" }, "100000000"],
    ["a weight that no person has", { weightKg: "310" }, "100000000"],
    ["a weight of a formula", { weightKg: "0.4123456789012345678901234567890123456789" }, "100000000"],
    ["a range from nothing", { range: { minimum: "0" } }, "100000000"],
  ] as const)("%s", (_, change, amount) => {
    const given = recordAdministration({ ...record, infusedMl: "100", ...change });
    expect(given.actual.amount).toBe(amount ?? change.preparedAtInfusion);
  });

  it("what can be read in two ways is not guessed at, and no class is made of limits in the wrong order", () => {
    for (const planned of ["106", "2 x 106", "1,5"]) {
      const issue = issueOf(() => recordAdministration({ ...record, infusedMl: "1", planned }));
      expect(issue).toMatchObject({ code: "dose.record_invalid", path: "planned" });
    }
    const deviation = { minorPercent: "20", majorPercent: "10", comparison: ">" } as const;
    const given = recordAdministration({ ...record, infusedMl: "1", deviation });
    expect(given.deviationClass).toBe("unclassified");
    expect(given.warnings.map(({ code, path }) => [code, path])).toEqual([["dose.record_contradictory", "deviation"]]);
    const window = { from: "2026-03-05", to: "2026-03-01" };
    expect(recordAdministration({ ...record, infusedMl: "100", window }).warnings).toMatchObject([
      { code: "dose.record_contradictory", path: "window" },
    ]);
  });

  it("a placebo participant who received cells is a major deviation", () => {
    const found = recordAdministration({ ...record, planned: "0", infusedMl: "86" });
    expect(found).toMatchObject({ actual: { amount: "86000000" }, deviationClass: "major" });
    expect(found.deviationPercent).toBeUndefined();
    expect(found.warnings.map(({ code }) => code)).toEqual(["dose.given_without_plan"]);
  });

  it("numbers of a warning are grouped and carry what they count", () => {
    const range = { minimum: "110000000", maximum: "220000000" };
    const found = recordAdministration({ ...record, infusedMl: "100", range });
    expect(found.warnings[0]?.message).toBe(
      "100,000,000 viable cells were given, outside what is allowed: at least 110,000,000, at most 220,000,000.",
    );
  });

  it("a placebo has no deviation", () => {
    const found = recordAdministration({ ...record, planned: "0", preparedAtInfusion: "0", infusedMl: "50" });
    expect(found).toMatchObject({ actual: { amount: "0" }, deviationClass: "none", warnings: [] });
  });
});

describe("second check", { tags: ["PREP-005"] }, () => {
  const check = (by: string, weightKg = "60") => ({
    by,
    enteredFrom: "own reading",
    order: structuredClone(order({ weight: weighed(weightKg) })),
  });

  it("shows both values of each difference (122 lb entered as 122 kg beside 55.3 kg)", () => {
    expect(compareChecks(check("A", "122"), check("B", "55.3"))).toMatchObject({
      agree: false,
      differences: [{ field: "weight.weightKg", first: "122", second: "55.3" }],
    });
  });

  it("reads notations before it compares, and finds a field that one of them lacks", () => {
    const second = check("B");
    const first = { ...check("A"), order: order({ dose: { ...perKg("1E6"), levels: perKg("1000000").levels } }) };
    expect(compareChecks(first, second).agree).toBe(true);
    const more = { ...check("B"), order: order({ identification: { kit: "K1" } }) };
    expect(compareChecks(check("A"), more).differences).toEqual([
      { field: "identification.kit", first: undefined, second: "K1" },
    ]);
  });

  it("goes by names, not by places, capitals or spaces", () => {
    const lots = [lot({ lot: "A1" }), lot({ lot: "B2", content: "20000000" }), lot({ lot: "B2" })];
    const first = { ...check("A"), order: order({ lots, product: { ...order().product!, mayMixLots: true } }) };
    const turned = structuredClone({ ...first.order, lots: [...lots].reverse() });
    const second = { ...check("B"), order: { ...turned, weight: weighed("60", { weighedBy: " Nurse  A" }) } };
    expect(compareChecks(first, second)).toMatchObject({ agree: true, differences: [], faults: [] });
    const other = { ...second, order: { ...second.order, lots: [...lots.slice(1), lot({ lot: "A1", fillMl: "3" })] } };
    expect(compareChecks(first, { ...other, order: structuredClone(other.order) }).differences).toEqual([
      { field: "lots[A1].fillMl", first: "2", second: "3" },
    ]);
  });

  it("compares every entry of a lot, also where name and content are those of another", () => {
    const of = (...measured: readonly string[]) => ({
      lots: measured.map((measuredPerMl) => lot({ containers: 12, measuredPerMl })),
      product: { ...order().product!, mayMixLots: true },
    });
    const [first, second] = [of("6000000", "6500000"), of("6600000", "6000000")];
    expect(prepare(order(first)).delivered.drawMl).not.toBe(prepare(order(second)).delivered.drawMl);
    const found = compareChecks({ ...check("A"), order: order(first) }, { ...check("B"), order: order(second) });
    expect(found.differences).toEqual([
      { field: "lots[L1, 10000000, no. 2].measuredPerMl", first: "6500000", second: "6600000" },
    ]);
    const turned = { ...check("B"), order: order(of("6500000", "6000000")) };
    expect(compareChecks({ ...check("A"), order: order(first) }, turned).differences).toEqual([]);
  });

  it("sets a slip in a lot's name beside what was meant", () => {
    const lots = (name: string, fillMl = "2") => ({ lots: [lot({ lot: name, fillMl }), lot({ lot: "B" })] });
    const [first, second] = [check("A"), check("B")].map((one, index) => ({
      ...one,
      order: order(index === 0 ? lots("EX-2401") : lots("EX-2410", "3")),
    })) as [ReturnType<typeof check>, ReturnType<typeof check>];
    expect(compareChecks(first, second).differences).toEqual([
      { field: "lots[EX-2401 | EX-2410].lot", first: "EX-2401", second: "EX-2410" },
      { field: "lots[EX-2401 | EX-2410].fillMl", first: "2", second: "3" },
    ]);
  });

  it("compares what the documents say, but for comments", () => {
    const document = { route: "intravenous", diluent: { name: "NaCl", lot: "N1" }, comments: "mine" };
    const other = { route: "intravenous", diluent: { name: "NaCl", lot: "N2" }, comments: "theirs" };
    const { differences } = compareChecks({ ...check("A"), document }, { ...check("B"), document: other });
    expect(differences).toEqual([{ field: "document.diluent.lot", first: "N1", second: "N2" }]);
  });

  it("finds no agreement in one fault made twice", () => {
    const faulty = (by: string) => ({
      ...check(by),
      order: structuredClone(order({ lots: [lot({ containers: 1 })] })),
    });
    const found = compareChecks(faulty("A"), faulty("B"));
    expect(found).toMatchObject({ agree: false, differences: [] });
    expect(found.faults.map(({ by, issue }) => [by, issue.code])).toEqual([
      ["A", "dose.containers_short"],
      ["B", "dose.containers_short"],
    ]);
    expect(issueOf(() => requireChecksAgree(faulty("A"), faulty("B"))).code).toBe("dose.containers_short");
  });

  it("refuses a check that was given the first one's numbers", () => {
    const first = check("A");
    const code = "dose.check_not_independent";
    expect(issueOf(() => compareChecks(first, first)).code).toBe(code);
    expect(issueOf(() => compareChecks(first, { ...first, by: "B" })).code).toBe(code);
    expect(issueOf(() => compareChecks(first, { ...check("B"), order: { ...first.order } })).code).toBe(code);
    expect(
      issueOf(() => compareChecks(first, { ...check("B"), order: prepare(first.order).order, copiedFrom: "A" })).code,
    ).toBe(code);
    expect(issueOf(() => compareChecks(first, { ...check("B"), by: " a " })).code).toBe(code);
    const named = { ...first, by: "Dr  A" };
    expect(issueOf(() => compareChecks(named, { ...check("B"), by: "dr a" })).code).toBe(code);
    expect(issueOf(() => compareChecks(first, { ...check("B"), enteredFrom: "" })).code).toBe(code);
  });
});

describe("one volume for all arms", () => {
  const arms = ["1E6", "3E6", "5E6"].map((amount, index) => ({
    arm: `a${index}`,
    dose: { kind: "per-kg", amount, unitKind } as const,
  }));
  const base = {
    arms: [...arms, { arm: "placebo", dose: { kind: "placebo" } as const }],
    weightKg: { minimum: "40", maximum: "100" },
    concentrationPerMl: "1E7",
    graduationsMl: ["0.05"],
    maximumRoundingErrorPercent: "1",
    maximumFinalMl: "100",
  };

  it("what is feasible can be prepared at every weight and arm; one graduation less of volume cannot", () => {
    const [option] = findSharedVolume(base).options;
    expect(option?.finalVolumeMl).toEqual({ from: "50", to: "100" });
    const bag = (amount: string, kg: string, finalVolumeMl: string) =>
      prepare(
        order({
          weight: weighed(kg),
          dose: perKg(amount),
          lots: [lot({ content: "20000000" })],
          draw: { graduationMl: "0.05", overfillPercent: "0" },
          infusion: { finalVolumeMl },
        }),
      );
    for (const amount of ["1E6", "3E6", "5E6"]) {
      for (let kg = 400; kg <= 1000; kg += 7) {
        const { delivered } = bag(amount, String(kg / 10), "50");
        expect(Math.abs(Number(delivered.roundingErrorPercent))).toBeLessThanOrEqual(1);
      }
    }
    expect(issueOf(() => bag("5E6", "100", "49.95")).code).toBe("dose.diluent_negative");
  });

  it("says why none exists and which concentration would do it, and that one does", () => {
    const thick = { ...base, concentrationPerMl: "5E7" };
    const found = findSharedVolume(thick);
    expect(found.isFeasible).toBe(false);
    expect(found.obstacles[0]).toMatchObject({ kind: "rounding-error", arm: "a0" });
    expect(found.concentrations).toEqual([{ graduationMl: "0.05", perMl: { from: "5000000", to: "16000000" } }]);
    for (const concentrationPerMl of ["5000000", "9999991", "16000000"]) {
      expect(findSharedVolume({ ...base, concentrationPerMl }).isFeasible).toBe(true);
    }
    for (const concentrationPerMl of ["4990000", "16200000"]) {
      expect(findSharedVolume({ ...base, concentrationPerMl }).isFeasible).toBe(false);
    }
    // What is named is sufficient, not necessary: the least draw, 2.49 mL, is no half graduation.
    expect(findSharedVolume({ ...base, concentrationPerMl: "16050000" }).isFeasible).toBe(true);
  });

  it("finds by trying what the closed form does not: a single concentration fills the bag to the last graduation", () => {
    const query = {
      arms: ["1E6", "2E6"].map((amount, index) => ({
        arm: `a${index}`,
        dose: { kind: "per-kg", amount, unitKind } as const,
      })),
      weightKg: { minimum: "30", maximum: "100" },
      concentrationPerMl: "5E6",
      graduationsMl: ["0.1", "0.05", "1"],
      maximumRoundingErrorPercent: "2",
      minimumFinalMl: "20",
      maximumFinalMl: "20",
      minimumDrawMl: "0.5",
      availableMl: "60",
      finalPerMl: { minimum: "5E5", maximum: "1E7" },
    };
    const found = findSharedVolume(query);
    expect(found.isFeasible).toBe(false);
    // 2E8 cells in 20 mL are 1E7 for each mL, and no more.
    expect(found.concentrations).toEqual(
      ["0.1", "0.05"].map((graduationMl) => ({ graduationMl, perMl: { from: "10000000", to: "10000000" } })),
    );
    for (const concentrationPerMl of ["10000000", "10000001"]) {
      const isRight = concentrationPerMl === "10000000";
      expect(findSharedVolume({ ...query, concentrationPerMl }).isFeasible).toBe(isRight);
    }
  });

  it("names no concentration where the final concentrations of the arms exclude one another", () => {
    const found = findSharedVolume({ ...base, finalPerMl: { minimum: "1E6", maximum: "2E6" } });
    expect(found.obstacles[0]?.kind).toBe("final-concentration");
    expect(found.concentrations).toEqual([]);
  });
});

function withoutProduct(whole: PreparationOrder): PreparationOrder {
  const { preparedOn, weight, dose, infusion } = whole;
  return { preparedOn, dose, infusion, ...(weight === undefined ? {} : { weight }) };
}

describe("a height of an adult whose dose goes by a formula", () => {
  const by = (heightCm: string, weightKg = "100") =>
    prepare(
      order({
        participant: { ageYears: "40", sex: "male", heightCm },
        weight: weighed(weightKg, { descriptor: "adjusted", adjustmentFactor: "0.4" }),
      }),
    );

  it.each(["68", "119.9", "250.1"])("is not %s cm: inches and metres never pass for centimetres", (cm) => {
    expect(issueOf(() => by(cm))).toMatchObject({ code: "dose.height_implausible", path: "participant.heightCm" });
  });

  it.each(["1.75", "720"])("is not %s cm, as of nobody", (cm) => {
    expect(issueOf(() => by(cm))).toMatchObject({ code: "dose.impossible_value", path: "participant.heightCm" });
  });

  it.each(["120", "175", "250"])("may be %s cm", (cm) => {
    expect(by(cm).weight?.descriptor).toBe("adjusted");
  });
});

describe("the four trials", () => {
  const answers = (more: object) => ({
    "dose.countBasis": "viable-cells",
    "dose.weightDescriptor": "actual",
    "dose.cap": "none",
    "product.minViability": "0.7",
    "product.recovery": "1",
    "product.stability": "2 h at 2 to 8 °C",
    "product.concentration": "5E6 cells/mL",
    "product.vialContent": "1E7 cells in 2 mL",
    "product.extractableVolume": "2 mL",
    "infusion.finalVolume": "100 mL",
    "infusion.rate": "4 mL/min",
    ...more,
  });
  const opened = recordDecision(sle, {
    arm: "double",
    dataCut: "2026-01-15",
    decidedBy: "committee",
    decidedOn: "2026-02-01",
    dose: { kind: "per-kg", amount: "3E6", unitKind: "cells" },
    administrations: { count: 2, intervalDays: 28 },
  });
  const single = { "dose.administrations": "1" };
  const cases = [
    ["lupus low", opened, "low", single, undefined, "60000000"],
    ["lupus double", opened, "double", {}, undefined, "180000000"],
    ["lupus placebo", opened, "placebo", { ...single, "placebo.composition": "saline" }, "single-dose", "0"],
    ["colitis", uc, "exosome", { ...single, route: "rectal" }, undefined, "60000000"],
  ] as const;

  it.each(cases)("%s", (_, trial, arm, more, part, target) => {
    const keys = new Set(trial.assumptions.map(({ key }) => key));
    const stated = Object.fromEntries(Object.entries(answers(more)).filter(([key]) => keys.has(key)));
    const dose = resolveTrialDose({ trial, arm, assumptions: stated, ...(part === undefined ? {} : { part }) });
    const counted = dose.unitKind;
    const isViabilityStated = keys.has("product.minViability");
    const base = order({
      dose: { from: "trial", trial: dose },
      ...(isViabilityStated
        ? { product: { name: "MSC", mayMixLots: false, minimumViability: "0.7", source: "product file" } }
        : {}),
      lots: [lot({ counted, testedViability: { fraction: "0.9", method: "trypan blue" } })],
      infusion: { finalVolumeMl: "100", rateMlPerMin: "4" },
    });
    const bare = withoutProduct(base);
    const result = prepare(dose.isPlacebo ? bare : base);
    expect(result).toMatchObject({ trial: trial.id, arm, target: { amount: { amount: target } } });
    expect(result.infusion).toMatchObject({ finalVolumeMl: "100", minutes: "25" });
    expect(result.assumptions.length).toBeGreaterThan(3);
  });

  it.each(
    [t1d, t2d].flatMap((trial) =>
      trial.arms.flatMap(({ id, dose }) =>
        dose?.kind === "deferred" || dose?.kind === "none" ? [] : [[trial, id] as const],
      ),
    ),
  )("$0.id, arm $1, with answers in each format", (trial, arm) => {
    const answers = {
      dose: "1E6 cells/kg",
      administrations: "1",
      "count-basis": "viable-cells",
      "weight-descriptor": "actual",
      cap: "none",
      text: "stated",
      fraction: "100 %",
      volume: "2 mL",
      duration: "2 h after thawing",
      "rate-or-duration": "10 min",
      concentration: "5E6 viable cells/mL",
      "content-in-volume": "10E6 viable cells in 2 mL",
    };
    const stated = Object.fromEntries(trial.assumptions.map(({ key, format }) => [key, answers[format]]));
    stated["infusion.finalVolume"] = "0.3 L";
    const part = trial.parts.find(({ arms }) => arms.includes(arm))!.id;
    const testedViability = { fraction: "1", method: "x" };
    const dose = resolveTrialDose({ trial, arm, part, assumptions: stated });
    const base = order({
      dose: { from: "trial", trial: dose },
      lots: [{ ...lot({ counted: dose.unitKind }), testedViability }],
    });
    const bare = withoutProduct(base);
    const { target } = prepare(dose.isPlacebo ? bare : base);
    expect(target.amount.amount).toBe(dose.isPlacebo ? "0" : "60000000");
  });

  it.each([t1d, t2d])("an open assumptions stops: $id", (trial) => {
    const arm = trial.arms[0]!.id;
    const part = trial.parts.find(({ arms }) => arms.includes(arm))!.id;
    expect(issueOf(() => resolveTrialDose({ trial, arm, part, assumptions: {} })).code).toMatch(/^trial\./u);
  });
});

describe("results", () => {
  it("are frozen, leave the order as it was, and read once give the same", () => {
    const input = order();
    const copy = structuredClone(input);
    const result = prepare(input);
    expect(input).toEqual(copy);
    expect(Object.isFrozen(result) && Object.isFrozen(result.steps[0]?.inputs[0])).toBe(true);
    expect(prepareRead(parsePreparationOrder(input))).toEqual(result);
  });

  it.each<[keyof PreparationOrder, (read: PreparationOrder) => Partial<PreparationOrder>]>([
    ["lots", ({ lots = [] }) => ({ lots: lots.map((one) => ({ ...one, extractableMl: "1.8" })) })],
    ["product", ({ product }) => ({ product: { ...product!, minimumViability: "0.7" } })],
    ["infusion", ({ infusion }) => ({ infusion: { ...infusion, finalVolumeMl: "99" } })],
    ["clock", ({ clock }) => ({ clock: { ...clock!, stabilityMinutes: 241 } })],
  ])(
    "of an order that shares all but its %s with one that agreed are held against the assumptions too",
    (part, change) => {
      const assumptions = {
        "dose.countBasis": unitKind,
        "dose.weightDescriptor": "actual",
        "dose.cap": "none",
        "dose.administrations": "1",
        "product.minViability": "0.8",
        "product.recovery": "1",
        "product.stability": "240 min",
        "product.concentration": "5E6 cells/mL",
        "product.vialContent": "by lot",
        "product.extractableVolume": "2 mL",
        "infusion.finalVolume": "100 mL",
        "infusion.rate": "2.5 mL/min",
      };
      const read = parsePreparationOrder(
        order({
          dose: { from: "trial", trial: resolveTrialDose({ trial: sle, arm: "low", assumptions }) },
          product: { name: "MSC", mayMixLots: false, minimumViability: "0.8", source: "product file" },
          lots: [lot({ testedViability: { fraction: "0.9", method: "7-AAD" } })],
          infusion: { finalVolumeMl: "100", rateMlPerMin: "2.5" },
          clock: {
            thawedAt: "2026-02-27T09:00",
            startAt: "2026-02-27T09:40",
            stabilityMinutes: 240,
            lineFlushMinutes: 5,
          },
        }),
      );
      for (const run of [prepareWithoutSteps, prepareRead]) {
        expect(run(read).infusion.minutes).toBe("40");
        const changed = parsePreparationOrder({ ...read, ...change(read) });
        expect(issueOf(() => run({ ...read, [part]: changed[part] })).code).toBe("dose.assumption_conflict");
        expect(run(read).infusion.minutes).toBe("40");
      }
    },
  );

  it("say about once, and never show a number rounded to a half beside what it was rounded to", () => {
    const capped = prepare(order({ weight: weighed("62"), dose: perKg("1E6", { cap: { amount: "44E6", unitKind } }) }));
    expect(capped.target.cappedPerKg?.words).toBe("about 709,677.42 viable cells/kg");
    const million = prepare(
      order({ weight: weighed("70"), dose: perKg("2E6", { cap: { amount: "86E6", unitKind } }) }),
    );
    expect(million.target.cappedPerKg?.words).toBe("about 1.2286 million viable cells/kg");
    // 0.064998 would be read as 0.065, of which 0.06 is no rounding.
    expect(readable("0.0649983")).toBe("about 0.064998");
    expect(readable("-8.5499999")).toBe("about -8.5499999");
    expect(readable("8.51761234")).toBe("about 8.5176");
  });

  it.each<[string, Partial<PreparationOrder>, string]>([
    [
      "hard limits",
      {
        dose: perKg("1E6", {
          hard: { minimum: { kind: "flat", amount: "2E8" }, maximum: { kind: "flat", amount: "1E8" } },
        }),
      },
      "dose.hard",
    ],
    ["weights", { weight: weighed("60", { expectedKg: { minimum: "80", maximum: "50" } }) }, "weight.expectedKg"],
    [
      "concentrations",
      { product: { ...order().product!, concentrationPerMl: { minimum: "2E6", maximum: "1E6" } } },
      "product.concentrationPerMl",
    ],
    ["rates", { infusion: { limits: { minimumMlPerMin: "5", maximumMlPerMin: "4" } } }, "infusion.limits"],
  ])("of an order with %s that nobody can have are none", (_, change, path) => {
    expect(issueOf(() => prepare(order(change)))).toMatchObject({ code: "dose.preparation_invalid", path });
  });

  it("keep formula, worked line, inputs, exact and rounded value, rule and source in every step", () => {
    for (const step of prepare(order()).steps) {
      for (const text of [step.formula, step.worked, step.exact, step.result.value, step.rounding, step.source]) {
        expect(text).toMatch(/\S/u);
      }
    }
  });

  it("of repeats take no policy that is not known for another one", () => {
    const plan = { first: "2026-03-07", count: 2, intervalDays: 28, holidays: [] };
    const of = (more: object) => issueOf(() => planRepeatAdministrations({ ...plan, ...more } as never));
    const weigh = "every-administration";
    for (const weekend of ["nearset", undefined]) {
      expect(of({ weekend, weigh })).toMatchObject({ code: "calendar.plan_invalid", path: "weekend" });
    }
    for (const wrong of ["every", undefined]) {
      expect(of({ weekend: "next", weigh: wrong })).toMatchObject({ code: "calendar.plan_invalid", path: "weigh" });
    }
  });

  it("windows and spacing: 28 days after Day 1 is Day 29, and an empty window is an error", () => {
    const plan = {
      first: "2026-03-02",
      count: 2,
      intervalDays: 3,
      window: { earlyDays: 1, lateDays: 0, anchor: "planned" } as const,
    };
    expect(planAdministrations({ ...plan, minimumSpacingDays: 3 })[1]?.window?.from).toBe("2026-03-05");
    expect(issueOf(() => planAdministrations({ ...plan, minimumSpacingDays: 4 })).code).toBe("calendar.window_empty");
  });
});
