// Six records of the registry (ctgov/registry), held against what a person read in each: no number is another one, and
// what is doubtful or missing is told.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importCtgov } from "../../src/exchange/index.js";

interface Imported {
  readonly enrolment: unknown;
  readonly phases?: readonly string[];
  readonly allocation: string;
  readonly model: string;
  readonly masking: { readonly level: string; readonly who?: readonly string[] };
  readonly arms: readonly {
    readonly id: string;
    readonly label: string;
    readonly type: string;
    readonly interventions: readonly string[];
  }[];
  readonly interventions: readonly { readonly id: string; readonly name: string }[];
  readonly parts: readonly { readonly size?: number }[];
  readonly eligibility: { readonly numeric: readonly object[]; readonly sex: string; readonly inclusion: string[] };
}

interface Read {
  readonly count: number;
  readonly phases?: readonly string[];
  readonly design: readonly [allocation: string, model: string];
  /** Level, then who is masked. */
  readonly masking: readonly string[];
  /** Smallest and largest age in years. */
  readonly ages?: readonly [minimum: string, maximum?: string];
  /** Label and type of each arm, and which interventions the record joins with it. */
  readonly arms: readonly (readonly [label: string, type: string, ...interventions: string[]])[];
  /** Of each arm, by its place, the doses that its texts state, with how many doubts. */
  readonly doses: Readonly<Record<number, readonly (readonly [reading: string, doubts: number])[]>>;
  readonly warnings: readonly (readonly [code: string, path: string])[];
}

const ALL = ["quadruple", "participant", "care-provider", "investigator", "outcomes-assessor"];
const missing = (...paths: readonly string[]): Read["warnings"] =>
  paths.map((path) => ["exchange.ctgov_missing", path] as const);
/** What no reconstructed record has. */
const NOT_RECONSTRUCTED = missing("sponsor.name", "conditions", "eligibility.sex");
const RANGE = [
  ["2E6 per kg", 2],
  ["1.5E6 per kg", 2],
  ["2.5E6 per kg", 2],
  ["200E6", 3],
] as const;

const READ: Readonly<Record<string, Read>> = {
  // 400 mg and 200 mg are no cells, so no dose is quoted; the placebo of the record is of type OTHER.
  "NCT02552212.aact.json": {
    ...{ count: 317, phases: ["phase-3"], design: ["randomized", "parallel"], masking: ALL, ages: ["18"] },
    arms: [
      ["Certolizumab Pegol 200 mg Q2W", "experimental", "certolizumab-pegol"],
      ["Placebo", "placebo-comparator", "placebo"],
    ],
    ...{ doses: {}, warnings: [] },
  },
  // The sign of the power is lost in each label; the texts of the interventions name all four levels, and no arm.
  "NCT02611167.reconstructed.json": {
    ...{ count: 20, phases: ["phase-1"], design: ["non-randomized", "sequential"], masking: ["none"] },
    arms: ["1", "3", "6", "10"].map(
      (million) => [`Bone marrow-derived MSC transplantation (${million} x 10 6 MSC/kg)`, "experimental"] as const,
    ),
    doses: { 0: [["1E6 per kg", 1]], 1: [["3E6 per kg", 1]], 2: [["6E6 per kg", 1]], 3: [["10E6 per kg", 1]] },
    warnings: [
      ...missing(
        ...["1", "3", "6", "10"].map((dose) => `interventions.allogeneic-bone-marrow-derived-mscs-${dose}-x.arms`),
      ),
      ...NOT_RECONSTRUCTED,
    ],
  },
  // Two interventions have one name; the doses stand in the labels of the arms.
  "NCT02846883.reconstructed.json": {
    ...{ count: 28, phases: ["phase-1"], design: ["randomized", "parallel"] },
    masking: ["triple", "participant", "care-provider", "outcomes-assessor"],
    arms: [
      ["Intravenous infusion of 1 million allogenic MSC's/Kg", "active-comparator"],
      ["Intravenous infusion of 3 million allogeneic MSCs/kg", "active-comparator"],
      ["Intravenous infusion of Plasmalyte A (placebo)", "placebo-comparator"],
    ],
    doses: { 0: [["1E6 per kg", 0]], 1: [["3E6 per kg", 0]] },
    warnings: [
      ...missing("interventions.mscs.arms", "interventions.mscs-b.arms", "interventions.placebo.arms"),
      ...NOT_RECONSTRUCTED,
    ],
  },
  // Each arm group is cells or placebo by chance: two treatments.
  "NCT03186417.reconstructed.json": {
    ...{ count: 20, phases: ["phase-1"], design: ["randomized", "sequential"], masking: ALL },
    arms: [1, 2, 3].map((n) => [`Cohort ${n}`, "experimental"] as const),
    doses: { 0: [["2E6 per kg", 1]], 1: [["4E6 per kg", 1]], 2: [["6E6 per kg", 1]] },
    warnings: [
      ...missing(...[2, 4, 6].map((million) => `interventions.id-${million}-million-hmsc-kg.arms`)),
      ...missing("interventions.placebo.arms"),
      ...[1, 2, 3].map((n) => ["exchange.ctgov_arm_of_two", `arms.cohort-${n}`] as const),
      ...NOT_RECONSTRUCTED,
    ],
  },
  // A dose, a range and a cap in one sentence; arms are a treatment and a schedule; 5 % DMSO is no dose.
  "NCT04918706.reconstructed.json": {
    ...{ count: 30, phases: ["phase-2"], design: ["randomized", "parallel"], masking: ALL },
    arms: [
      ["MSC week 4 and 3 before LVRS2", "experimental"],
      ["Placebo week 4 and 3 before LVRS2", "placebo-comparator"],
      ["MSC week 12 and 11 before LVRS2", "experimental"],
      ["Placebo week 12 and 11 before LVRS2", "placebo-comparator"],
    ],
    doses: { 0: RANGE, 2: RANGE },
    warnings: [...missing("interventions.allogeneic-msc.arms", "interventions.placebo.arms"), ...NOT_RECONSTRUCTED],
  },
  // Nobody is treated by a plan: no arms, no allocation, no masking, no phase.
  "NCT06171568.aact.json": {
    ...{ count: 400, design: ["TO-STATE", "TO-STATE"], masking: ["TO-STATE"], ages: ["18"], arms: [], doses: {} },
    warnings: [
      ...missing("masking.level", "allocation", "interventions.tests-and-questionnaires.arms", "model"),
      ["exchange.ctgov_not_interventional", "studyType"],
    ],
  },
};

const folder = new URL("ctgov/registry/", import.meta.url);
const imported = (file: string) => {
  const { trial, ...rest } = importCtgov(JSON.parse(readFileSync(new URL(file, folder), "utf8")));
  return { trial: trial as unknown as Imported, ...rest };
};

describe("a record of the registry", { tags: ["EXCH-002"] }, () => {
  it("is read by a person, each of the folder", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(READ));
  });

  it.each(Object.entries(READ))(
    "%s has the arms, masking, ages and number of participants of the record",
    (file, read) => {
      const { trial } = imported(file);
      expect([trial.enrolment, trial.parts.map(({ size }) => size)]).toEqual([{ count: read.count }, [read.count]]);
      expect(trial.phases).toEqual(read.phases);
      expect([trial.allocation, trial.model]).toEqual(read.design);
      expect([trial.masking.level, ...(trial.masking.who ?? [])]).toEqual(read.masking);
      const [minimum, maximum] = read.ages ?? [];
      const age = { id: "age", measure: "age", unit: "years", minimum, maximum };
      expect(trial.eligibility.numeric).toEqual(read.ages === undefined ? [] : [age]);
      expect(trial.arms.map(({ label, type, interventions }) => [label, type, ...interventions])).toEqual(read.arms);
    },
  );

  it.each(Object.entries(READ))("%s: doses are quoted with their doubts, and none is another number", (file, read) => {
    const { trial, proposals } = imported(file);
    for (const [place, { id }] of trial.arms.entries()) {
      const own = proposals.filter(({ arm }) => arm === id);
      expect(own.map(({ reading, doubts }) => [reading, doubts.length])).toEqual(read.doses[place] ?? []);
    }
  });

  it.each(Object.entries(READ))("%s: everything that is missing or does not fit is told", (file, read) => {
    const told = imported(file).warnings.map(({ code, path }) => `${code} ${path}`);
    expect([...told].sort()).toEqual(read.warnings.map((words) => words.join(" ")).sort());
  });

  it.each(Object.keys(READ))("%s: no id holds a number that its text does not state", (file) => {
    const { trial } = imported(file);
    const numbersOf = (text: string): readonly string[] => text.match(/\d+/g) ?? [];
    for (const { id, label } of trial.arms)
      expect(numbersOf(label)).toEqual(expect.arrayContaining([...numbersOf(id)]));
    for (const { id, name } of trial.interventions)
      expect(numbersOf(name)).toEqual(expect.arrayContaining([...numbersOf(id)]));
  });

  it("states a criterion as it is meant: the registry writes >= with a backslash", () => {
    const { inclusion } = imported("NCT02552212.aact.json").trial.eligibility;
    expect(inclusion).toHaveLength(6);
    expect(inclusion[4]).toContain("(BASDAI) score >= 4 Spinal pain >= 4 on a 0 to 10");
  });
});
