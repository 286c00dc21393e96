/* The examples of docs/escalation-worked.md, computed from the rules themselves. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  characteristics,
  choiceCharacteristics,
  decisionTable,
  ESCALATION_RULES,
  isotonicEstimates,
  parseChoiceRule,
  parseEscalationDesign,
  type EscalationDesign,
} from "../../src/escalation/index.js";
import { toNumber } from "../../src/quantity/index.js";

const PAGE = readFileSync("docs/escalation-worked.md", "utf8");
/** The rows of the table under a heading, without backticks. */
const rowsUnder = (heading: string): readonly (readonly string[])[] => {
  const start = PAGE.indexOf(`## ${heading}\n`);
  const [, body = ""] = /^## .+\n([\s\S]*?)(?=^## |$(?![\s\S]))/mu.exec(PAGE.slice(start)) ?? [];
  return body
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
};

const TABLE = parse(readFileSync("examples/t1d/escalation.yaml", "utf8")) as object;
const COMMON = {
  ...{ cohorts: [3], maxTotal: 18, lastCohort: "cut", atLowest: "stay", atHighest: "stay", reescalation: "allowed" },
  ...{ minToEscalate: 0, maxAtLevel: "none", earlyStop: "none", stopCohortWhenDecided: false, target: "0.25" },
  ...{ elimination: { cutoff: "0.95", minimum: 3 }, extraSafe: "none" },
  selection: { kind: "isotonic", mustNotExceed: "none" },
};
const equivalence = { below: "0.05", above: "0.05" };
const RULES: Readonly<Record<string, object>> = {
  boin: { ...COMMON, tooLow: "0.15", tooHigh: "0.35" },
  "i3+3": { ...COMMON, equivalence },
  "mtpi-2": { ...COMMON, equivalence, shortIntervals: "kept" },
  "3+3": { variant: "de-escalate", needSixAtMtd: false, maxTotal: "none", stopCohortWhenDecided: false },
};

function designOf(kind: string): EscalationDesign {
  if (kind === "own-table") return parseEscalationDesign(TABLE);
  const levels = ["low", "medium", "high"].map((label) => ({ label }));
  return parseEscalationDesign({
    ...{ trial: "DEMO", part: "open", levels, startLevel: 1 },
    rule: { kind, ...RULES[kind] },
  });
}

/** The numbers of a measure, of a list of measures, or of the probabilities in a list. */
function numbersAt(root: unknown, path: string): readonly number[] {
  const found = path
    .split(".")
    .reduce<readonly unknown[]>(
      (all, key) => all.flatMap((own) => (own as Readonly<Record<string, unknown>>)[key]),
      [root],
    );
  return found.map((own) => (own as { readonly value: number }).value);
}
const fractionsOf = (cell: string): readonly number[] =>
  cell.split(", ").map((text) => {
    const [top = NaN, bottom = 1] = text.split("/").map(Number);
    return top / bottom;
  });
function expectClose(found: readonly number[], cell: string, path: string): void {
  const expected = fractionsOf(cell);
  expect(found.length, path).toBe(expected.length);
  found.forEach((value, i) => {
    expect(value, path).toBeCloseTo(expected[i] ?? NaN, 12);
  });
}

/** The fields of an interface that hold a number, as paths. */
function measuresOf(file: string, name: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
  const declared = source.statements.filter(ts.isInterfaceDeclaration).find((own) => own.name.text === name);
  const ofMembers = (members: ts.NodeArray<ts.TypeElement>, path: string): readonly string[] =>
    members.filter(ts.isPropertySignature).flatMap((own) => ofType(own.type, path + (own.name as ts.Identifier).text));
  const ofType = (type: ts.TypeNode | undefined, path: string): readonly string[] => {
    if (type !== undefined && ts.isTypeOperatorNode(type)) return ofType(type.type, path);
    if (type !== undefined && ts.isArrayTypeNode(type)) return ofType(type.elementType, path);
    if (type !== undefined && ts.isTypeLiteralNode(type)) return ofMembers(type.members, `${path}.`);
    const isMeasure =
      type !== undefined && ts.isTypeReferenceNode(type) && (type.typeName as ts.Identifier).text === "Measure";
    return isMeasure ? [path] : [];
  };
  return declared === undefined ? [] : ofMembers(declared.members, "");
}

describe("docs/escalation-worked.md", () => {
  it.each(rowsUnder("Rules").map(([kind = "", dlts = "", , letter = ""]) => [kind, dlts, letter] as const))(
    "%s at %s gives %s",
    (kind, dlts, letter) => {
      const [, x, n] = /^(\d+) of (\d+)$/u.exec(dlts) ?? [];
      const row = decisionTable(designOf(kind)).rows.find((own) => own.n === Number(n));
      expect(row?.letters[Number(x)]).toBe(letter);
    },
  );

  it("has an example of every rule", () => {
    const kinds = new Set(rowsUnder("Rules").map(([kind = ""]) => kind));
    expect([...kinds].sort()).toEqual(Object.keys(ESCALATION_RULES).sort());
  });

  it("states the boundaries and the pooled estimate", () => {
    const { boundaries } = decisionTable(designOf("boin"));
    expect(PAGE).toContain(`= ${Number(boundaries?.escalate).toFixed(4)}`);
    expect(PAGE).toContain(`= ${Number(boundaries?.deescalate).toFixed(4)}`);
    const estimates = isotonicEstimates({ n: [3, 6], dlt: [1, 1] }, 2).map(({ estimate }) => toNumber(estimate));
    expect(estimates.map((own) => own.toFixed(4))).toEqual(["0.2169", "0.2169"]);
    expect(PAGE).toContain("= 0.2169 at both levels");
  });

  it("counts out the operating characteristics, each of them", () => {
    const rates = ["1/2", "1/2", "1/2"];
    const found = characteristics(parseEscalationDesign(TABLE), rates, { moreThan: 6, overdoseAbove: "0.4" });
    const rows = rowsUnder("Operating characteristics");
    for (const [path = "", , , value = ""] of rows) expectClose(numbersAt(found, path), value, path);
    const fields = measuresOf("src/escalation/characteristics.ts", "Characteristics");
    expect(fields.length).toBeGreaterThan(10);
    expect(rows.map(([path]) => path).sort()).toEqual([...fields].sort());
  });

  it("counts out the choice of a dose, each of its measures", () => {
    const rule = parseChoiceRule({
      ...{ trial: "DEMO", part: "one", candidates: ["low", "high"], comparator: "none", endpoint: "response" },
      ...{
        counted: "all-randomized",
        gate: { kind: "none" },
        leastShare: "none",
        marginOverComparator: "none",
        tie: "lowest",
      },
    });
    const found = choiceCharacteristics(rule, [
      { arm: "low", n: 1, response: "1/2" },
      { arm: "high", n: 1, response: "1/2" },
    ]);
    const rows = rowsUnder("The choice of a dose");
    for (const [path = "", , , value = ""] of rows) expectClose(numbersAt(found, path), value, path);
    const fields = measuresOf("src/escalation/choice/choiceCharacteristics.ts", "ChoiceCharacteristics");
    expect(rows.map(([path]) => path).sort()).toEqual([...fields].sort());
  });
});
