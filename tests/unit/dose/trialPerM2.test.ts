// A trial whose arms have a dose per m²: prescribed, prepared, in rows of a file, and every slip of a height.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { prepare, prescribe, resolveTrialDose, type PreparationOrder } from "../../../src/dose/index.js";
import { defineTrial, recordDecision, type Trial } from "../../../src/trial/index.js";
import { read } from "../../independent/preparation/fraction.js";
import { findSurface } from "../../independent/preparation/surface.js";
import { issueOf } from "../../support/issueOf.js";
import { makeDesk } from "../cli/harness.js";
import { lot, order, weighed } from "./preparationOrders.js";

const example = (name: string): string => resolve("examples", name);
const TRIAL: Trial = defineTrial(parse(readFileSync("examples/protocol/trial-per-m2.yaml", "utf8")));
const ofArm = (arm: string) => resolveTrialDose({ trial: TRIAL, arm, assumptions: {} });
const given = (kg: string, cm: string, arm = "upper") =>
  prescribe({ trial: TRIAL, arm, weightKg: kg, heightCm: cm, ageYears: "8", assumptions: {} });

describe("a dose per m² of a trial's file", { tags: ["DOSE-001", "DOSE-004", "PREP-001"] }, () => {
  it("is prescribed by the formula and the rounding of the trial", () => {
    const made = given("26", "128");
    expect(made).toMatchObject({
      target: { amount: "24000000" },
      heightCm: "128",
      surface: { formula: "haycock", m2: "0.96" },
      warnings: [],
    });
    expect(made.steps.map(({ id }) => id)).toEqual(["weight", "surface", "target", "cumulative"]);
    expect(made.cumulative).not.toHaveProperty("perKg");
    expect(given("26", "128", "vehicle")).toMatchObject({ target: { amount: "0" } });
  });

  it("is that of the second program at every weight and height", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 1200 }), fc.integer({ min: 500, max: 2000 }), (tenthsOfKg, mm) => {
        const [kg, cm] = [String(tenthsOfKg / 10), String(mm / 10)];
        const sheet = { refusals: new Set<string>(), steps: [], results: {}, warnings: [] };
        const surface = { formula: "haycock", roundedToM2: "0.01" } as const;
        findSurface({ dose: { surface }, participant: { heightCm: cm } } as never, read(kg), sheet);
        const { m2 } = (sheet.results as { surface: { m2: string } }).surface;
        const made = given(kg, cm);
        expect(made.surface?.m2).toBe(m2);
        expect(BigInt(made.target.amount) * 100n).toBe(25_000_000n * BigInt(Math.round(Number(m2) * 100)));
      }),
      { numRuns: 200 },
    );
  });

  it("is prepared without that the order says dose or formula, in the same steps", () => {
    const made = prepare(
      order({
        weight: weighed("26"),
        participant: { ageYears: "8", heightCm: "128" },
        dose: { from: "trial", trial: ofArm("upper") },
        lots: [lot({ containers: 9 })],
      }),
    );
    expect(made.surface).toEqual({ formula: "haycock", m2: "0.96" });
    expect(made.target.amount.amount).toBe("24000000");
    expect(made.steps.slice(0, 3)).toEqual(given("26", "128").steps.slice(0, 3));
  });

  it("takes an order that says the same formula, and refuses another", () => {
    const asked = (roundedToM2: string): Partial<PreparationOrder> => ({
      weight: weighed("26"),
      participant: { heightCm: "128" },
      dose: { from: "trial", trial: ofArm("upper"), surface: { formula: "haycock", roundedToM2 } },
      lots: [lot({ containers: 9 })],
    });
    expect(prepare(order(asked("0.01"))).surface?.m2).toBe("0.96");
    const issue = issueOf(() => prepare(order(asked("0.1"))));
    expect([issue.code, issue.path]).toEqual(["dose.assumption_conflict", "dose.surface"]);
  });

  it("asks for weight and height, and is never of cell-equivalents", () => {
    const bare = { trial: TRIAL, arm: "upper", assumptions: {} };
    expect(issueOf(() => prescribe(bare))).toMatchObject({ code: "dose.weight_missing", path: "weightKg" });
    expect(issueOf(() => prescribe({ ...bare, weightKg: "26" }))).toMatchObject({
      code: "dose.surface_missing",
      path: "heightCm",
    });
    const [first, ...others] = TRIAL.arms;
    const dose = { ...first?.dose, unitKind: "cell-equivalents" };
    expect(issueOf(() => defineTrial({ ...TRIAL, arms: [{ ...first, dose }, ...others] })).code).toBe(
      "trial.unit_never_per_kg",
    );
  });

  it("may be decided later; a level that no arm has is warned of", () => {
    const [lower, upper, vehicle] = TRIAL.arms;
    const deferred = { kind: "deferred", tentative: upper?.dose, awaiting: "EXAMPLE committee" };
    const { administrations, ...closed } = upper ?? {};
    const waiting = defineTrial({ ...TRIAL, arms: [lower, { ...closed, dose: deferred }, vehicle] });
    const decide = (amount: string) => ({
      arm: "upper",
      dataCut: "2026-01-15",
      decidedBy: "EXAMPLE committee",
      decidedOn: "2026-02-01",
      dose: { ...lower?.dose, amount },
      administrations,
    });
    const codes = (amount: string): readonly string[] =>
      prescribe({
        trial: recordDecision(waiting, decide(amount)),
        arm: "upper",
        weightKg: "26",
        heightCm: "128",
        assumptions: {},
      }).warnings.map(({ code }) => code);
    expect(codes("10E6")).toEqual([]);
    expect(codes("100E6")).toContain("dose.decided_level_unlisted");
  });

  it("warns of a rounding of the surface that nobody uses", () => {
    const arms = TRIAL.arms.map((arm) =>
      arm.dose?.kind === "per-m2"
        ? { ...arm, dose: { ...arm.dose, surface: { ...arm.dose.surface, roundedToM2: "0.05" } } }
        : arm,
    );
    const { warnings } = prescribe({
      ...{ trial: defineTrial({ ...TRIAL, arms }), arm: "upper" },
      ...{ weightKg: "26", heightCm: "128", assumptions: {} },
    });
    expect(warnings.map(({ path }) => path)).toEqual(["rule.surface.roundedToM2"]);
  });
});

const HEIGHT_SLIPS = [
  ["metres", "1.28", "refused"],
  ["millimetres", "1280", "refused"],
  ["inches", "50.4", "warned of"],
  ["a digit too few", "12.8", "refused"],
  ["the weight", "26", "warned of"],
] as const;

describe("a height that was typed wrong", { tags: ["DOSE-001", "PREP-001"] }, () => {
  const CSV = "participant,arm,age_years,weight_kg,height_cm\n";
  const BATCH = "participant,kit,age_years,weight_kg,weighed_on,weighed_by,height_cm\n";
  const TEMPLATE = readFileSync(example("protocol/order-of-trial-per-m2.yaml"), "utf8")
    .replace(" subject: EX-6, kit: P-006,", "")
    .replace('weightKg: "26", weighedOn: "2026-03-09", weighedBy: EXAMPLE nurse', "maximumAgeDays: 7")
    .replace('participant: { ageYears: "8", heightCm: "128" }', 'participant: { ageYears: "8" }');
  const trialFile = readFileSync(example("protocol/trial-per-m2.yaml"), "utf8");

  it.each(HEIGHT_SLIPS)("in %s (%s) is %s by dose, doses and prepare-batch", async (_, height, verdict) => {
    const desk = makeDesk();
    desk.write("trial-per-m2.yaml", trialFile);
    const args = ["--trial", "trial-per-m2.yaml", "--arm", "upper", "--weight", "26 kg"];
    const one = await desk.run("dose", ...args, "--height", `${height} cm`, "--age", "8");
    desk.write("people.csv", `${CSV}EX-6,upper,8,26,${height}\n`);
    const rows = await desk.run("doses", "people.csv", "--trial", "trial-per-m2.yaml");
    desk.write("order.yaml", TEMPLATE);
    desk.write("batch.csv", `${BATCH}EX-6,P-006,8,26,2026-03-09,nurse,${height}\n`);
    const batch = await desk.run("prepare-batch", "batch.csv", "--order", "order.yaml");
    if (verdict === "refused") {
      expect(one.stderr).toContain("dose.impossible_value");
      expect(rows.stdout).toContain("dose.impossible_value");
      expect(rows.stderr).toContain("height_cm");
      expect(batch.stdout).toContain("dose.impossible_value");
      expect(batch.stderr).toContain("height_cm");
    } else {
      expect(one.stdout).toContain("dose.unlikely_value");
      expect(rows.stdout).toContain("dose.unlikely_value");
      expect(batch.stdout).toContain("dose.unlikely_value OPEN");
    }
  });

  it("exchanged with the weight is refused or warned of", async () => {
    const desk = makeDesk();
    desk.write("people.csv", `${CSV}EX-6,upper,8,128,26\n`);
    const { stdout } = await desk.run("doses", "people.csv", "--trial", example("protocol/trial-per-m2.yaml"));
    expect(stdout).toContain("dose.unlikely_value");
  });

  it("needs its unit in words: metres, inches and a bare number are refused", async () => {
    for (const height of ["128", "1.28 m", "50.4 in"]) {
      const { code, stderr } = await makeDesk().run(
        ...["dose", "--trial", example("protocol/trial-per-m2.yaml"), "--arm", "upper"],
        ...["--weight", "26 kg", "--height", height],
      );
      expect([code, stderr.includes("quantity.unit_missing")]).toEqual([2, true]);
    }
  });

  it("stands in the answer of both tables, with the surface; a missing one is told at its column", async () => {
    const desk = makeDesk();
    const rows = await desk.run(
      ...["doses", example("protocol/participants-per-m2.csv"), "--trial", example("protocol/trial-per-m2.yaml")],
    );
    const [header, first] = rows.stdout.split("\r\n");
    expect(header).toContain("weight_kg,height_cm,surface_m2,");
    expect(first).toContain("26,128,0.96,");
    desk.write("trial-per-m2.yaml", trialFile);
    desk.write("order.yaml", TEMPLATE);
    desk.write("batch.csv", `${BATCH}EX-6,P-006,8,26,2026-03-09,nurse,128\nEX-7,P-007,8,26,2026-03-09,nurse,\n`);
    const batch = await desk.run("prepare-batch", "batch.csv", "--order", "order.yaml");
    expect(batch.stdout).toContain("26,128,0.96,24000000,");
    expect(batch.stderr).toMatch(/line 3, height_cm: .*\n?.*dose\.surface_missing/u);
  });

  it("is read from a workbook as from the CSV", async () => {
    const desk = makeDesk();
    const made = await desk.run(
      ...["doses", example("protocol/participants-per-m2.csv"), "--trial", example("protocol/trial-per-m2.yaml")],
      ...["--out", "answer.xlsx"],
    );
    expect(made.code).toBe(0);
  });
});
