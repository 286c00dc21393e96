import { describe, expect, it } from "vitest";
import {
  checkDynamicPlan,
  checkPlan,
  parseDynamicPlan,
  parsePlan,
  spreadsheetIssues,
} from "../../../src/list/index.js";
import { uc } from "../../../src/trials/index.js";

const arms = [
  { arm: "exosome", ratio: 1 },
  { arm: "placebo", ratio: 1 },
];
const found = (levels: readonly string[], more: object = {}): string[] =>
  spreadsheetIssues({ list: "UC-01", arms, factors: [{ factor: "age", levels }], factorsPath: "strata", ...more }).map(
    ({ code, path }) => `${code} ${path}`,
  );

describe("what a spreadsheet makes of the names in a list", { tags: ["LIST-010"] }, () => {
  it.each([
    "1-2",
    "6-9",
    "10-12",
    "1/2",
    "2020-01",
    "1-2-2020",
    "1-40",
    "MAR1",
    "Dec 10",
    "1 June",
    "sept-2",
    "1E5",
    "12e4",
    "1.5E3",
    "1.10",
    "2.0",
    "1234567890123456",
    "1 1/2",
    "TRUE",
    "false",
  ])("warns of the level %j", (level) => {
    expect(found([level])).toEqual(["list.spreadsheet_changes strata.0.levels.0"]);
  });

  it.each([
    "01",
    "1",
    "18-65",
    "65",
    ">=65",
    "≥65",
    "6 to 9",
    "0-2",
    "5-100",
    "3.5",
    "marker 1",
    "E5",
    "1E",
    "上海",
    "10%",
    "female",
    "May",
  ])("leaves the level %j", (level) => {
    expect(found([level])).toEqual([]);
  });

  it.each([
    ["1", "01"],
    ["001", "01"],
    ["≥65", ">=65"],
    ["≤ 6", "<=6"],
    ["≥65", "≥ 65"],
    ["site 1", "site 01"],
    ["Ａ", "A"],
    ["1.5", "01.5"],
  ])("warns of the levels %j and %j, which it or a reader takes for one", (one, other) => {
    expect(found(["x", one, other])).toEqual(["list.levels_alike strata.0.levels.2"]);
  });

  it("tells apart what differs", () => {
    expect(found(["1", "10", "100", "11", "0"])).toEqual([]);
    expect(found([">65", ">=65", "<65", "<=65"])).toEqual([]);
  });

  it("looks at the list's id and the arms, too", () => {
    expect(found([], { list: "DEC-01", arms: [{ arm: "jan1", ratio: 1 }] })).toEqual([
      "list.spreadsheet_changes list",
      "list.spreadsheet_changes arms.jan1",
    ]);
  });

  it("stands among the warnings of plans of both kinds", () => {
    const common = { trial: uc.id, part: "main", list: "UC-1", arms: { exosome: 1, placebo: 1 }, length: 40 };
    const factors = [{ factor: "age", levels: ["6-9", "10-12"] }];
    const listed = checkPlan(
      parsePlan({ ...common, procedure: { kind: "permuted-block", sizes: [4] }, strata: factors }),
      uc,
    );
    expect(listed.warnings.map(({ path }) => path)).toEqual(["strata.0.levels.0", "strata.0.levels.1"]);
    const procedure = { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } };
    const dynamic = checkDynamicPlan(parseDynamicPlan({ ...common, procedure, factors }), uc);
    expect(dynamic.warnings.map(({ path }) => path)).toEqual(["factors.0.levels.0", "factors.0.levels.1"]);
  });
});
