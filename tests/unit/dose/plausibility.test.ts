import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  PLAUSIBLE,
  PRODUCTS,
  prepare,
  prescribe,
  recordAdministration,
  type PreparationOrder,
} from "../../../src/dose/index.js";
import { ORDER_SECTIONS } from "../../../src/cli/fields/orderFields.js";
import { sle, t1d } from "../../../src/trials/index.js";
import { AllocellError } from "../../../src/index.js";
import { WITHOUT_LIMITS } from "../../docs/formatExamples.js";
import { TABLES } from "./plausibilityPage.js";
import { IMPOSSIBLE, ROWS } from "./plausibilityRows.js";
import { lot, order, weighed } from "./preparationOrders.js";
import { cellsOf } from "./productsTable.js";
import {
  BY_VOLUME,
  EXAMPLES,
  OF_PRODUCTS,
  outcome,
  readOrderFile,
  unseenSlips,
  unseenVolumes,
  type OrderFile,
} from "./slips.js";

const PAGE = "docs/plausibility.md";
const between = (name: string): string =>
  new RegExp(`<!-- ${name} -->([\\s\\S]*)<!-- /${name} -->`, "u").exec(readFileSync(PAGE, "utf8"))?.[1] ?? "";

describe("docs/plausibility.md", { tags: ["DOSE-008"] }, () => {
  it.each(Object.entries(TABLES))("has the table of %s as the data are", (name, table) => {
    if (process.env["ALLOCELL_UPDATE"] === "1") {
      const page = readFileSync(PAGE, "utf8");
      const place = new RegExp(`(<!-- ${name} -->)[\\s\\S]*(<!-- /${name} -->)`, "u");
      writeFileSync(PAGE, page.replace(place, `$1\n\n${table}\n\n$2`));
    }
    expect(cellsOf(between(name))).toEqual(cellsOf(table));
  });

  const files: Readonly<Record<string, OrderFile>> = {
    ...Object.fromEntries(EXAMPLES.map((file) => [file, readOrderFile(file)])),
    ...OF_PRODUCTS,
  };

  it("names every slip in every number of the examples that nothing is said of, and no other", () => {
    const unseen = new Set([
      ...Object.values(files).flatMap(unseenSlips),
      ...BY_VOLUME.flatMap(([product, kg]) => unseenVolumes(product, kg)),
    ]);
    const listed = cellsOf(between("slips"))
      .slice(1)
      .flatMap(([field = "", slips = ""]) => slips.split(", ").map((slip) => `${field.replaceAll("`", "")} | ${slip}`));
    expect([...unseen].sort()).toEqual([...listed].sort());
  });

  it("tries an order, or the weight, of each of the 19 products", () => {
    const tried = Object.values(files).map(({ order }) => (order["dose"] as { readonly product?: string }).product);
    const all = new Set([...tried, ...BY_VOLUME.map(([product]) => product)].filter((id) => id !== undefined));
    expect([...all].sort()).toEqual(PRODUCTS.map(({ id }) => id).sort());
  });

  it.each(Object.keys(files))("has nothing to say of %s as it is", (name) => {
    const found = outcome(files[name] as OrderFile);
    expect(found).not.toBe("refused");
    expect(Array.from(found).filter((each) => each.startsWith("dose.unlikely_value"))).toEqual([]);
  });
});

const said = (change: Partial<PreparationOrder>): readonly string[] => {
  try {
    const { warnings } = prepare(order({ infusion: { finalVolumeMl: "100" }, ...change }));
    return warnings.flatMap(({ code, path }) => (code === "dose.unlikely_value" ? [path] : []));
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ code, path }) => `${code} ${path}`);
  }
};

describe("each row of the table", { tags: ["DOSE-008"] }, () => {
  it.each(ROWS)("%s warns on its outer side and not on its end", (_row, unusual, path, usual) => {
    expect(said(unusual)).toContain(path);
    expect(said(usual)).toEqual([]);
  });

  it("has its case here, or in the prescription of a trial", () => {
    const tried = ROWS.map(([row]) => row);
    expect(PLAUSIBLE.map(({ id }) => id).filter((id) => !tried.includes(id))).toEqual(["administrations"]);
  });

  it("is there for every number of an order but these, so that a new one is thought of", () => {
    const held = PLAUSIBLE.flatMap(({ fields = [] }) => fields);
    const without = ORDER_SECTIONS.flatMap(({ fields }) => fields)
      .filter(({ kind }) => ["amount", "count", "whole", "number"].includes(kind))
      .map(({ path }) => path.replace("order.", ""))
      .filter((path) => !held.includes(path))
      // Doses and weights have tables of their own, labels the limits of the printer.
      .filter((path) => !/^(?:dose|together|document)\.|^weight\..*[kK]g(?:\.|$)/u.test(path));
    expect([...without].sort()).toEqual([...WITHOUT_LIMITS].sort());
  });

  it.each(IMPOSSIBLE)("refuses what is not possible: %j", (change, path) => {
    expect(said(change)).toContain(`dose.impossible_value ${path}`);
  });

  it("tells everything impossible at once, and one thing of a field", () => {
    expect(said({ participant: { ageYears: "121", heightCm: "1.72" }, lots: [lot({ recovery: "85" })] })).toEqual([
      "dose.impossible_value participant.ageYears",
      "dose.impossible_value participant.heightCm",
      "dose.impossible_value lots.0.recovery",
    ]);
    expect(said({ infusion: { finalVolumeMl: "100", rateMlPerMin: "150" } })).toEqual(["infusion.rateMlPerMin"]);
  });
});

describe("weights by age, and dates", { tags: ["DOSE-008"] }, () => {
  it.each([
    ["2", "96", true],
    ["9", "31.2", false],
    ["9", "68.8", true],
    ["17.9", "250", false],
    ["18", "29.9", true],
    ["18", "30", false],
    ["40", "250.1", true],
    ["0", "1.9", true],
  ])("at %s years %s kg is unusual: %s", (ageYears, kg, isUnusual) => {
    const found = said({
      participant: { ageYears },
      weight: weighed(kg),
      lots: [lot({ content: "1E7", containers: 200 })],
      infusion: {},
    });
    expect(found.includes("weight.weightKg")).toBe(isUnusual);
  });

  const assumptions = {
    "dose.countBasis": { value: "viable-cells" },
    "dose.weightDescriptor": { value: "actual" },
    "dose.cap": { value: "none" },
    "dose.administrations": { value: "1" },
  };
  const ofSle = (more: object): readonly string[] =>
    prescribe({ trial: sle, part: "single-dose", arm: "medium", assumptions, ...more }).warnings.map(
      ({ path }) => path,
    );

  it("takes the ages of the trial where no age is stated", () => {
    expect(ofSle({ weightKg: "7.24" })).toEqual(["weightKg"]);
    expect(ofSle({ weightKg: "72.4" })).toEqual([]);
    expect(ofSle({ weightKg: "7.24", ageYears: "0.5" })).toEqual([]);
    const child = { trial: t1d, part: "randomized", arm: "experimental", weightKg: "12" };
    const levels = { ...assumptions, "dose.levels.experimental": { value: "1E6 viable cells/kg" } };
    expect(prescribe({ ...child, assumptions: levels }).warnings.map(({ path }) => path)).toEqual(["weightKg"]);
  });

  it("warns of a year outside the trial, and of twenty administrations", () => {
    expect(ofSle({ weightKg: "72.4", firstAdministration: "0226-03-02" })).toEqual(["firstAdministration"]);
    expect(ofSle({ weightKg: "72.4", firstAdministration: "2062-03-02" })).toEqual(["firstAdministration"]);
    expect(ofSle({ weightKg: "72.4", firstAdministration: "2026-03-02", weighedOn: "2062-03-01" })).toEqual([
      "weighedOn",
    ]);
    const often = { ...assumptions, "dose.administrations": { value: "20 every 14 days" } };
    expect(ofSle({ weightKg: "72.4", assumptions: often })).toEqual(["administrations"]);
  });

  it("warns of the years in an order", () => {
    expect(said({ weight: weighed("60", { weighedOn: "2023-02-26" }) })).toEqual(["weight.weighedOn"]);
    expect(said({ lots: [lot({ expiresOn: "2072-01-31" })] })).toEqual(["lots.0.expiresOn"]);
  });
});

describe("a record", { tags: ["DOSE-008"] }, () => {
  const given = (more: object): readonly string[] =>
    recordAdministration({
      number: 1,
      administeredOn: "2026-02-27",
      administeredBy: "nurse B",
      unitKind: "viable-cells",
      planned: "60E6",
      preparedAtInfusion: "60E6",
      preparedMl: "50",
      infusedMl: "50",
      ...more,
    })
      .warnings.filter(({ code }) => code === "dose.unlikely_value")
      .map(({ path }) => path);

  it("is warned of and never refused", () => {
    expect(given({ weightKg: "60" })).toEqual([]);
    expect(given({ weightKg: "6", ageYears: { minimum: "18", maximum: "65" } })).toEqual(["weightKg"]);
    expect(given({ weightKg: "310" })).toEqual(["weightKg"]);
    expect(given({ preparedMl: "0.05", infusedMl: "0.05" })).toEqual(["preparedMl"]);
    expect(given({ weightKg: "0.5" })).toEqual(["preparedAtInfusion"]);
    expect(given({ startedAt: "2026-03-27T09:00", endedAt: "2026-03-27T09:40" })).toEqual(["startedAt", "endedAt"]);
    expect(given({ startedAt: "2026-02-27T09:00", endedAt: "2026-02-27T15:00" })).toEqual(["endedAt"]);
  });
});
