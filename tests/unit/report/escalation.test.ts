import { describe, expect, it } from "vitest";
import { characteristics, completePathways, transitionPathways } from "../../../src/escalation/index.js";
import { decisionPlot, escalationTables, toEscalationHtml, toTableCsv } from "../../../src/report/index.js";
import { boinSpec, designOf, threePlusThreeSpec } from "../../support/escalationDesigns.js";

const boin = designOf(3, boinSpec("3/10", { maxTotal: 9 }));
const korn = designOf(3, threePlusThreeSpec("de-escalate"));
const truth = ["0.08", "0.16", "0.32"];

describe("the report of an escalation", () => {
  it("shows the signs that the rule has: <= and >=, never > for >=", () => {
    const [, decisions] = escalationTables({ design: boin });
    expect(decisions?.columns.slice(1, 4)).toEqual([
      ...["Escalate if DLTs <=", "De-escalate if DLTs >=", "Eliminate or stop if DLTs >="],
    ]);
    expect(decisions?.rows[2]).toEqual(["3", "0", "2", "3", "E S D U"]);
  });

  it("names every option of the design", () => {
    const [options] = escalationTables({ design: boin });
    const names = options!.rows.map(([name]) => name);
    for (const name of Object.keys(boin.rule))
      expect(
        names.some((own) => own!.split(".")[0] === name),
        name,
      ).toBe(true);
  });

  it("has one row a pathway and the probabilities of each table add up to 1", () => {
    const tree = transitionPathways(korn, 2, { truth, places: 9 });
    const pathways = completePathways(korn, { truth, places: 9 });
    const tables = escalationTables({
      design: korn,
      characteristics: [characteristics(korn, truth)],
      tree,
      pathways,
      places: 9,
    });
    for (const title of ["The next cohorts", "All pathways: 118"]) {
      const table = tables.find((own) => own.title === title)!;
      const sum = table.rows.reduce((before, row) => before + Number(row.at(-1)), 0);
      expect(sum, title).toBeCloseTo(1, 2);
    }
    expect(tables.at(-1)!.rows).toHaveLength(118);
    expect(tables.at(-1)!.rows.some(([, participants]) => participants === "12 *")).toBe(true);
  });

  it("is a page without script and a CSV with one line a row", () => {
    const page = toEscalationHtml({
      design: { ...korn, trial: "<b>", part: "open" },
      characteristics: [characteristics(korn, truth)],
    });
    expect(page).toContain("Trial &lt;b>, part open");
    expect(page).not.toContain("<script");
    const [, decisions] = escalationTables({ design: korn });
    expect(toTableCsv(decisions!).split("\r\n")).toHaveLength(4);
    // A text that a spreadsheet would run gets a sign before it; a number keeps its own.
    const cells = ["=1+1", "-2+3", "@SUM(A1)", "-1.5", "+2", "-3E5", "-", "-5 %"];
    expect(toTableCsv({ columns: ["a"], rows: cells.map((cell) => [cell]) })).toBe(
      "a\r\n'=1+1\r\n'-2+3\r\n'@SUM(A1)\r\n-1.5\r\n+2\r\n-3E5\r\n-\r\n-5 %\r\n",
    );
  });

  it("is a figure with one mark a cell", () => {
    const plot = decisionPlot(boin);
    expect(plot.rows).toHaveLength(54);
    expect(plot.rows.filter(({ n, letter }) => n === 3 && letter === "U")).toHaveLength(1);
  });
});
