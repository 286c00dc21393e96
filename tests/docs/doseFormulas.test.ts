/* The page of all formulas of a dose: made of the table of formulas and of steps that the program computes. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { ORDER_SECTIONS } from "../../src/cli/fields/orderFields.js";
import { ROUNDINGS } from "../../src/dose/formula/rounding.js";
import { FORMULAS, type FormulaId } from "../../src/dose/formula/formulas.js";
import {
  computeBandVolume,
  cumulativeExposure,
  prepare,
  prescribe,
  recordAdministration,
  type PreparationOrder,
  type Step,
} from "../../src/dose/index.js";
import { AllocellError } from "../../src/foundation/index.js";
import { PRESCRIPTIONS } from "../laws/prescriptions.js";
import { FORMAT_EXAMPLES } from "./formatExamples.js";
import { EXAMPLES, prepareExample, WAYS } from "../unit/report/exampleOrders.js";

const PAGE = new URL("../../docs/dose-formulas.md", import.meta.url);

/** Headings, each before the formula with which it begins. */
const GROUPS: Readonly<Partial<Record<FormulaId, string>>> = {
  weight: "Weight, body surface, target and cap",
  "weight:reference": "Other weights",
  "target:whole": "Whole containers, sum and range",
  usable: "Containers",
  emptied: "The draw",
  "final-volume": "The bag and its infusion",
  "dmso:percent": "The day",
  "band-volume:upper": "Volumes by weight",
  "study-day": "All administrations",
  administered: "What was given",
};

/** Where the value of a step stands in a preparation; several where each of the lots, sizes or rules has its own. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  reweigh: ["weight.change.percent"],
  weight: ["weight.dosingKg"],
  surface: ["surface.m2"],
  target: ["target.uncapped.amount"],
  cap: ["target.amount.amount"],
  "capped-per-kg": ["target.cappedPerKg.amount"],
  range: ["target.amount.amount", "together.amount"],
  usable: ["containers[].usablePerContainer"],
  "label-difference": ["rules[].labelDifferencePercent"],
  containers: ["containers[].containers, added up"],
  concentration: ["containers[].concentrationPerMl"],
  emptied: ["containers[].delivered"],
  draw: ["delivered.drawMl"],
  delivered: ["delivered.amount.amount"],
  "rounding-error": ["delivered.roundingErrorPercent"],
  "given-per-kg": ["delivered.perKg.amount"],
  together: ["together.amount"],
  "final-volume": ["infusion.finalVolumeMl"],
  diluent: ["infusion.diluentMl"],
  "final-concentration": ["infusion.concentrationPerMl"],
  minutes: ["infusion.minutes"],
  rate: ["infusion.rateMlPerMin"],
  "ml-per-kg-per-hour": ["infusion.mlPerKgPerHour"],
  "cells-per-kg-per-min": ["infusion.cellsPerKgPerMin"],
  "drops-per-min": ["infusion.dropsPerMin"],
  stability: ["stability.spareMinutes"],
  dmso: ["dayTotals.dmsoG"],
  "dmso-per-kg": ["dayTotals.dmsoGPerKg"],
  "dmso-most-containers": ["dayTotals.mostContainers"],
  endotoxin: ["dayTotals.endotoxinEu"],
};

/** The values at a path, of each element where it has `[]`. */
function valuesAt(value: unknown, path: string): readonly string[] {
  const [names = "", isSum] = path.split(", added up").map((part, i) => (i === 0 ? part : "sum"));
  const found = names.split(".").reduce<readonly unknown[]>(
    (all, name) =>
      all.flatMap((one) => {
        const inner = (one as Readonly<Record<string, unknown>> | undefined)?.[name.replace("[]", "")];
        return name.endsWith("[]") ? inner : [inner];
      }),
    [value],
  );
  const texts = found.filter((one) => one !== undefined).map(String);
  return isSum === undefined ? texts : [String(texts.reduce((sum, text) => sum + Number(text), 0))];
}

function attempt(run: () => readonly Step[]): readonly Step[] {
  try {
    return run();
  } catch (error) {
    if (AllocellError.is(error)) return [];
    throw error;
  }
}

type Change = (order: PreparationOrder) => PreparationOrder;

/** Changes of one example, for the formulas that no example has. */
const CHANGES: readonly Change[] = [
  ...(["mosteller", "du-bois"] as const).map((formula): Change => (order) => ({
    ...order,
    dose: { ...order.dose, surface: { formula, roundedToM2: "0.01" } },
  })),
  (order) => ({ ...order, lots: order.lots?.map((lot) => ({ ...lot, containers: 9, extractableMl: "0.9" })) ?? [] }),
  (order) => ({ ...order, infusion: { diluentPerContainerMl: "15", rateMlPerHour: "120" } }),
];

/** The example of each field of an infusion or a draw, for a formula that only an order with that field has. */
const OF_FIELDS: readonly Change[] = Object.entries(FORMAT_EXAMPLES["order"] ?? {}).flatMap(([path, value]) => {
  const [, part, name, ...inner] = path.split(".");
  if ((part !== "infusion" && part !== "draw") || name === undefined || inner.length > 0) return [];
  return [(order: PreparationOrder): PreparationOrder => ({ ...order, [part]: { ...order[part], [name]: value } })];
});

/** Steps that are computed here: of the example orders first, then of the stored ones that have what those have not. */
function stepsMade(): readonly Step[] {
  const file = new URL("../noreg/preparations/orders.json", import.meta.url);
  const { orders, products, records } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly orders: readonly PreparationOrder[];
    readonly products: readonly PreparationOrder[];
    readonly records: readonly Parameters<typeof recordAdministration>[0][];
  };
  const given = records.map((record) => recordAdministration(record));
  const upper = { kind: "band-upper-limit", bandUpperKg: ["12", "15"], mlPerKg: "5.5", stepMl: "0.5" } as const;
  const rounded = { kind: "rounded-weight", stepKg: "0.5", mlPerKg: "5.5", flatFromKg: "70" } as const;
  return [
    ...[...EXAMPLES, ...WAYS].flatMap((name) => prepareExample(name).preparation.steps),
    ...CHANGES.flatMap((change) => prepareExample("protocol/order-per-m2.yaml", change).preparation.steps),
    ...[...orders, ...products].flatMap((order) => attempt(() => prepare(order).steps)),
    ...Object.values(PRESCRIPTIONS).flatMap((order) => prescribe(order).steps),
    ...given.flatMap(({ steps }) => steps),
    ...given.flatMap((dose, i) => attempt(() => cumulativeExposure([dose, ...given.slice(i + 1, i + 2)]).steps)),
    ...[upper, rounded].flatMap((rule) => computeBandVolume("13.55", rule, "5.5", "a label").steps),
    ...OF_FIELDS.flatMap((change) =>
      attempt(() => prepareExample("protocol/order-per-m2.yaml", change).preparation.steps),
    ),
  ];
}

/** Where a formula's own definition was published, beyond what the table of formulas prints on a sheet. */
const PUBLISHED: Readonly<Partial<Record<FormulaId, string>>> = Object.fromEntries(
  (["ideal", "predicted", "adjusted", "lean"] as const).map((name) => [`weight:${name}`, "PMC4411565, Table 3"]),
);

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "\\<").replaceAll("*", "\\*");

/** Symbols with names and units; `{unit}` is what the dose counts. */
function symbolsOf(id: FormulaId): string {
  const { inputs, unit } = FORMULAS[id];
  const said = (text: string): string =>
    text.replaceAll("{unit}", "count").replaceAll("{counted}", "count").replaceAll("{containers}", "containers");
  const named = Object.entries(inputs).map(([symbol, [name, of]]) => {
    const what = said(name).replace(/\{(\w+)\}/gu, "…");
    return `${what === symbol ? symbol : `${symbol} ${what}`}${of === "" ? "" : ` (${said(of)})`}`;
  });
  return [...named, `result: ${said(unit) || "a number"}`].join("; ");
}

/** The table of fields. */
const fieldLines = (): readonly string[] => [
  "## Fields of the result",
  "",
  "Where the value of a step stands in what `prepare` returns. A step that is not made leaves no field.",
  "",
  "| step | field of `Preparation` |",
  "| --- | --- |",
  ...Object.entries(FIELDS).map(([id, fields]) => `| \`${id}\` | ${fields.map((one) => `\`${one}\``).join(", ")} |`),
  "",
  "Before its rounding the draw of the last lot is `delivered.exactDrawMl`. Steps of [what was given](preparation-checks.md#what-was-given) and of volumes by weight stand in their own results.",
];

function pageOf(steps: readonly Step[]): string {
  const missing = (Object.keys(FORMULAS) as FormulaId[]).filter((id) => !steps.some((step) => step.formulaId === id));
  if (missing.length > 0) throw new Error(`no step has the formulas ${missing.join(", ")}`);
  const lines: string[] = [];
  for (const id of Object.keys(FORMULAS) as FormulaId[]) {
    const heading = GROUPS[id];
    if (heading !== undefined) {
      lines.push("", `## ${heading}`, "", "| id | title, formula | symbols | rounding | source | example |");
      lines.push("| --- | --- | --- | --- | --- | --- |");
    }
    const step = steps.find(({ formulaId }) => formulaId === id);
    if (step === undefined) throw new Error(`no step has the formula ${id}`);
    const { rounding = "none", source, citation } = FORMULAS[id];
    const rounded = step.rounding === ROUNDINGS[rounding] ? ROUNDINGS[rounding] : step.rounding;
    const cells = [
      `\`${id}\``,
      cell(`${step.title}: ${step.formula}`),
      cell(symbolsOf(id)),
      cell(rounded),
      cell(PUBLISHED[id] ?? citation ?? source ?? "by definition"),
      cell(step.worked),
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return [...lines, "", ...fieldLines()].join("\n");
}

const HEAD = `# Every formula of a dose

The appendix to [doses](dosing.md), [preparation](preparation.md) and [what surrounds it](preparation-checks.md): each formula of \`src/dose/formula\`, from which the value, the printed line and this page are made. Which of them a dose needs, and in which order, is said in [the chain](preparation.md#the-chain).

- **id**: \`Step.formulaId\`; what stands before the colon is \`Step.id\`. Formulas of one step differ in what follows the colon.
- **symbols**: "count" is what the dose counts, such as viable cells.
- **rounding**: the rule that \`Step.rounding\` names in the example. The draw, the body surface and the containers are rounded for use; what is rounded for reading is used by no later step.
- **source**: "by definition" is arithmetic alone; what an order, a label or a trial states is named in \`Step.source\`.
- **example**: the worked line of a step that the program computed; the test that makes this page computes it again.
`;

const PREPARATION = new URL("../../docs/preparation.md", import.meta.url);
const IDS = Object.keys(FORMULAS) as readonly FormulaId[];
/** The steps of a preparation. From there on: volumes by weight alone, the administrations and what was given. */
const STEPS: readonly string[] = [
  ...new Set(IDS.slice(0, IDS.indexOf("band-volume:upper")).map((id) => id.split(":")[0] ?? id)),
];
const rowsOf = (page: string): readonly string[] => page.split("\n").filter((line) => line.startsWith("| "));

/** docs/preparation.md with a row for each step that has none, after that of the step before it. What is there stays. */
function withRows(page: string): string {
  return STEPS.reduce((text, id, place) => {
    const rows = rowsOf(text);
    if (rows.some((row) => row.includes(`\`${id}\``))) return text;
    const before = rows.find((row) => row.split(" | ")[0]?.includes(`\`${STEPS[place - 1] ?? ""}\``)) ?? "";
    const { line } = FORMULAS[IDS.find((one) => one.split(":")[0] === id) ?? "weight"];
    return text.replace(before, () => `${before}\n| \`${id}\` | ${cell(line.replace(/\{(\w+)\}/gu, "$1"))} |`);
  }, page);
}

describe("docs/dose-formulas.md", () => {
  it("is what the table of formulas makes of it", async () => {
    const page = await format(`${HEAD}${pageOf(stepsMade())}\n`, { parser: "markdown", printWidth: 120 });
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, "utf8")).toBe(page);
  });

  it("and docs/preparation.md have every step of a preparation, and so have the second program and those in Python and R", async () => {
    if (process.env["ALLOCELL_UPDATE"] === "1") {
      const page = withRows(readFileSync(PREPARATION, "utf8"));
      writeFileSync(PREPARATION, await format(page, { parser: "markdown", printWidth: 120 }));
    }
    const folder = new URL("../independent/preparation/", import.meta.url);
    const second = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const rows = rowsOf(readFileSync(PREPARATION, "utf8"));
    const without = (texts: readonly string[], mark: string): readonly unknown[] =>
      STEPS.filter((id) => !texts.some((text) => text.includes(`${mark}${id}${mark}`)));
    const programs = ["python/recompute-dose.py", "r/recompute-dose.R"].map((file) =>
      readFileSync(new URL(`../../src/reproduce/programs/${file}`, import.meta.url), "utf8"),
    );
    expect([without(rows, "`"), without(second, '"')]).toEqual([[], []]);
    expect(programs.map((program) => without([program], '"'))).toEqual([[], []]);
  });

  it("and the random orders of the second program have every field of a draw and of an infusion", () => {
    const made = readFileSync(new URL("../independent/preparation/orders.ts", import.meta.url), "utf8");
    const fields = ORDER_SECTIONS.flatMap(({ fields: own }) => own.map(({ path }) => path))
      .filter((path) => /^order\.(?:draw|infusion)\.\w+$/u.test(path))
      .map((path) => path.split(".")[2] ?? path);
    expect(fields.filter((name) => !new RegExp(`\\b${name}:`, "u").test(made))).toEqual([]);
  });

  it("names fields in which the values of the steps stand", () => {
    const preparations = [
      ...[...EXAMPLES, ...WAYS].map((name) => prepareExample(name).preparation),
      ...CHANGES.map((change) => prepareExample("protocol/order-per-m2.yaml", change).preparation),
      prepareExample("sle/order.yaml", (order) => order, undefined, { "dose.cap": "70E6 viable cells" }).preparation,
    ];
    const seen = new Set<string>();
    for (const preparation of preparations) {
      for (const { id, result } of preparation.steps) {
        const fields = FIELDS[id];
        if (fields === undefined) continue;
        seen.add(id);
        const values = fields.flatMap((field) => valuesAt(preparation, field));
        expect(values, id).toContain(result.value);
      }
    }
    const unseen = Object.keys(FIELDS).filter((id) => !seen.has(id));
    expect(unseen).toEqual([]);
  });

  it("has a group for the first formula and every group has one", () => {
    const ids = Object.keys(FORMULAS);
    expect(GROUPS[ids[0] as FormulaId]).toBeDefined();
    expect(Object.keys(GROUPS).every((id) => ids.includes(id))).toBe(true);
  });
});
