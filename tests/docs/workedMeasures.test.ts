/* The tables of docs/assessment-worked.md and docs/assessment-worked-trial.md, computed from the measures themselves. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  assess,
  compile,
  drawnMeasures,
  exactMeasures,
  simulateTrial,
  suggest,
  type Assessment,
} from "../../src/assessment/index.js";
import { complete, permutedBlock } from "../../src/procedure/index.js";

type Row = readonly string[];

/** The rows of a page's tables of fields under each heading, without backticks. */
function tablesOf(file: string): ReadonlyMap<string, readonly Row[]> {
  const tables = new Map<string, Row[]>();
  let heading = "";
  for (const line of readFileSync(file, "utf8").split("\n")) {
    heading = /^#+ (.+)$/u.exec(line)?.[1] ?? heading;
    if (!line.startsWith("| `")) continue;
    const cells = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim().replaceAll("`", ""));
    tables.set(heading, [...(tables.get(heading) ?? []), cells]);
  }
  return tables;
}

const ONE_LIST = tablesOf("docs/assessment-worked.md").get("Measures worked by hand") ?? [];
const OF_TRIAL = tablesOf("docs/assessment-worked-trial.md");

/** The number of a cell such as `17/24`, `(ln 6)/4` or `sqrt(3)/4`. */
function numberOf(text: string): number {
  const program = text
    .replaceAll(/ln (\d+)/gu, "Math.log($1)")
    .replaceAll("sqrt", "Math.sqrt")
    .replaceAll("×", "*")
    .replaceAll("^", "**");
  if (/[^\d+\-*/().\s]/u.test(program.replaceAll(/Math\.(?:log|sqrt)/gu, ""))) throw new Error(`no number: ${text}`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- digits and signs alone, as the line above holds
  return (new Function(`return ${program}`) as () => number)();
}

/** A cell as numbers: one, several, or the values and probabilities of a distribution. */
const numbersOf = (cell: string): readonly number[] => cell.split(/[,:] /u).map(numberOf);

/** What a measure holds, as a cell has it. */
function valuesOf(measure: unknown): readonly number[] {
  if (typeof measure === "number") return [measure];
  if (Array.isArray(measure)) return measure.flatMap(valuesOf);
  const held = measure as { value?: number; values?: readonly number[]; probabilities?: readonly number[] };
  if (held.values !== undefined) return held.values.flatMap((value, i) => [value, held.probabilities?.[i] ?? NaN]);
  return [held.value ?? NaN];
}

/** The value at a path such as `byStratum.share`: of a list the first entry. */
const at = (root: unknown, path: string): unknown =>
  path.split(".").reduce((own: unknown, key) => {
    const map = (Array.isArray(own) ? own[0] : own) as Readonly<Record<string, unknown>>;
    return map[key];
  }, root);

function expectClose(found: unknown, cell: string, path: string): void {
  const [values, expected] = [valuesOf(found), numbersOf(cell)];
  expect(values.length, path).toBe(expected.length);
  values.forEach((value, i) => {
    expect(value, path).toBeCloseTo(expected[i] ?? NaN, 10);
  });
}

const BY_ROW = /^byRow|^distributionByRow/u;
const ratio = [1, 1];
const BLOCK = { kind: "permuted-block", sizes: [4] } as const;
const [block, free] = [permutedBlock({ ratio, sizes: [4] }), complete({ ratio })].map((urn) =>
  exactMeasures(compile(urn, { ratio, rows: 4 }), { distributionByRow: true }),
);

/** The example of a whole plan: lists of two rows in a block of two. */
const planOf = (sites: readonly string[]): object => ({
  trial: "T",
  part: "main",
  list: "T-1",
  arms: { A: 1, B: 1 },
  procedure: { kind: "permuted-block", sizes: [2] },
  length: 2,
  ...(sites.length === 0 ? {} : { strata: [{ factor: "site", levels: sites }] }),
});
const assessed = (sites: readonly string[], options: object): Assessment => assess(planOf(sites), undefined, options);
const twoSites = assessed(["01", "02"], { enrolment: { participants: 3 }, runOutLimit: 0.2 });
const shared = assessed([], { siteShare: 0.5 });

/** A dynamic trial by the simulation of so many trials. */
function simulated(participants: number, design: object): unknown {
  const frame = {
    arms: ["A", "B"].map((arm) => ({ arm, ratio: 1 })),
    factors: [{ factor: "site", levels: ["01", "02"] }],
  };
  const simulation = { seed: "worked by hand", trials: 40_000, responses: {} };
  return simulateTrial(frame, design as never, { participants }, simulation);
}
const MINIMIZED = {
  kind: "dynamic",
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: 1 } },
  factors: [{ factor: "site" }],
};
const FREE = { kind: "list", procedure: { kind: "complete" }, strata: [], length: 3 };

describe("docs/assessment-worked.md", () => {
  it.each(ONE_LIST.map((row) => [row[0] ?? "", row] as const))("%s", (path, row) => {
    const [, formula = "", source = "", ofBlock = "", ofFree = ""] = row;
    expect([formula, source].filter((cell) => cell === "")).toEqual([]);
    if (!BY_ROW.test(path)) {
      expectClose(at(block, path), ofBlock, path);
      expectClose(at(free, path), ofFree, path);
      return;
    }
    const found = at(block, path) as readonly unknown[];
    // Of an arm the first; of a band, and of the distributions, the second.
    const chosen = path.endsWith("armProbability") ? found[0] : /Bands$|^distribution/u.test(path) ? found[1] : found;
    expectClose(chosen, ofBlock, path);
  });
});

describe("docs/assessment-worked-trial.md", () => {
  const rowsUnder = (heading: string): readonly Row[] => OF_TRIAL.get(heading) ?? [];

  it("counts out how lists are used up, pooled imbalance and one site of a shared list", () => {
    for (const [path = "", , , value = ""] of rowsUnder("How lists are used up")) {
      expectClose(at(twoSites.fill, path), value, path);
    }
    for (const [path = "", , , value = ""] of rowsUnder("Pooled imbalance")) {
      expectClose(at(twoSites.pooled, path), value, path);
    }
    for (const [path = "", , , value = ""] of rowsUnder("One site of a shared list")) {
      expectClose(at(shared, path), value, path);
    }
  });

  it("counts out the criteria by which designs are ranked", () => {
    const designs = suggest({ n: 4, ratio });
    const own = designs.find(({ procedure, alsoKnownAs }) =>
      [procedure, ...alsoKnownAs].some((one) => JSON.stringify(one) === JSON.stringify({ ...BLOCK, lastBlock: "cut" })),
    );
    const twoLists = suggest({ n: 2, ratio, sites: 2 }).find(
      ({ procedure }) => procedure.kind === "random-allocation-rule",
    );
    for (const [path = "", , , value = ""] of rowsUnder("Designs by rank")) {
      expectClose(at({ ...own, ...own?.criteria, margins: twoLists?.criteria.margins }, path), value, path);
    }
  });

  it("counts out a dynamic allocation, which is simulated", () => {
    const rows = rowsUnder("A dynamic allocation");
    for (const [isTest, found] of [
      [false, simulated(2, MINIMIZED)],
      [true, simulated(3, FREE)],
    ] as const) {
      for (const [path = "", , , value = ""] of rows.filter(([own = ""]) => own.startsWith("rejection") === isTest)) {
        const { value: mean, standardError } = at(found, path) as { value: number; standardError: number };
        // 15 comparisons: a false alarm in 10^5 runs; the seed is fixed.
        expect(Math.abs(mean - numberOf(value)), path).toBeLessThanOrEqual(5 * standardError + 1e-12);
        expect(standardError, path).toBeLessThan(0.01);
      }
    }
    expect(rows.length).toBeGreaterThan(14);
  });

  it("counts out a list that was drawn", () => {
    const drawn = drawnMeasures({ procedure: BLOCK, ratio, length: 4 }, [0, 1, 0, 1]);
    for (const [path = "", , , value = "", below = "", equal = ""] of rowsUnder("A list that was drawn")) {
      expectClose(at(drawn, path), value, path);
      if (below !== "") expectClose(at(drawn, `${path}.below`), below, path);
      if (equal !== "") expectClose(at(drawn, `${path}.equal`), equal, path);
    }
  });

  it("gives each row a formula and a source that the page lists", () => {
    const text = readFileSync("docs/assessment-worked-trial.md", "utf8");
    const sources = text.slice(text.indexOf("## Sources"));
    for (const [path = "", formula = "", source = ""] of [...OF_TRIAL.values()].flat()) {
      expect(formula.length, path).toBeGreaterThan(2);
      const names = source.match(/[A-Z][^;]*?\d{4}/gu) ?? [];
      for (const name of names) expect(sources, path).toContain(name.trim());
      if (names.length === 0) expect(source, path).toMatch(/^(?:definition|binomial law|a convention|F test)$/u);
    }
  });
});

/** Fields that say what was asked for, or how it was computed, and measure nothing; and the measures by participant. */
const NOT_MEASURES =
  /^(?:rows|ratio|knowledge|method|trials|scale|states|participants|sharesAssumed|runOutLimit|of|world)$|(?:^|\.)(?:stratum|share|length|site|siteShare|factor|level|standardErrors|row|arm)(?:\.|$)|^(?:simulated|undefinedMeasures|overTime)/u;

/** The leaves of an interface of src/assessment, as paths. */
function leavesOf(name: string): readonly string[] {
  const declared = new Map<string, ts.InterfaceDeclaration>();
  for (const file of ["model", "simulateTrial", "drawn", "suggestion"]) {
    const text = readFileSync(`src/assessment/${file}.ts`, "utf8");
    for (const own of ts.createSourceFile(file, text, ts.ScriptTarget.ES2022).statements)
      if (ts.isInterfaceDeclaration(own)) declared.set(own.name.text, own);
  }
  const LEAVES = ["Estimate", "Distribution", "Standing"];
  const ofMembers = (members: ts.NodeArray<ts.TypeElement>, path: string): readonly string[] =>
    members
      .filter(ts.isPropertySignature)
      .flatMap((own) => ofType(own.type, [path, (own.name as ts.Identifier).text].filter(Boolean).join(".")));
  const ofType = (type: ts.TypeNode | undefined, path: string): readonly string[] => {
    if (type === undefined) return [path];
    if (ts.isTypeOperatorNode(type)) return ofType(type.type, path);
    if (ts.isArrayTypeNode(type)) return ofType(type.elementType, path);
    if (ts.isTypeLiteralNode(type)) return ofMembers(type.members, path);
    if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((own) => ofType(own, path));
    const reference = ts.isTypeReferenceNode(type) ? (type.typeName as ts.Identifier).text : "";
    const own = LEAVES.includes(reference) ? undefined : declared.get(reference);
    return own === undefined ? [path] : ofMembers(own.members, path);
  };
  const root = declared.get(name);
  if (root === undefined) throw new Error(`no interface ${name}`);
  return ofMembers(root.members, "").filter((path) => !NOT_MEASURES.test(path));
}

describe("every measure has a row with its worked value", () => {
  it.each([
    ["Measures", ONE_LIST],
    ["FillMeasures", OF_TRIAL.get("How lists are used up")],
    ["PooledImbalance", OF_TRIAL.get("Pooled imbalance")],
    ["Criteria", OF_TRIAL.get("Designs by rank")],
    ["TrialMeasures", OF_TRIAL.get("A dynamic allocation")],
    ["DrawnMeasures", OF_TRIAL.get("A list that was drawn")],
  ] as const)("of %s", (name, rows = []) => {
    const named = rows.map(([path = ""]) => path);
    const leaves = [...new Set(leavesOf(name))];
    expect(leaves.length).toBeGreaterThan(3);
    expect(leaves.filter((path) => !named.includes(path) && !named.includes(path.replace(/\.value$/u, "")))).toEqual(
      [],
    );
    expect(new Set(named).size).toBe(named.length);
  });

  it("has a row for whoever sees one site", () => {
    expect(OF_TRIAL.get("One site of a shared list")?.map(([path]) => path)).toEqual(["siteGuess.convergence"]);
  });
});
