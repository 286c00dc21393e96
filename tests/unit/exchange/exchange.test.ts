import { describe, expect, it } from "vitest";
import {
  compareTable,
  EXPORT_FORMATS,
  exportFormat,
  exportTable,
  parseExportMap,
  readMasterCsv,
  toMapTemplate,
  toExportCsv,
  unblindedRowsOf,
} from "../../../src/exchange/index.js";
import { drawList } from "../../../src/list/generateList.js";
import { parsePlan, toMasterCsv, type Plan } from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import { faultsOf } from "../../support/issueOf.js";

const PLAN = {
  trial: "NCT07041801",
  part: "single-dose",
  list: "SLE-SD-01",
  arms: { low: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4], lastBlock: "whole" },
  strata: [
    { factor: "site", levels: ["01", "02"] },
    { factor: "sex", levels: ["female", "male"] },
  ],
  length: 6,
};
const plan = parsePlan(PLAN);
const master = drawList(plan, Seed.test("exchange"));
const list = unblindedRowsOf(master);

const MAP = {
  to: "redcap",
  target: "open",
  targetField: "treatment",
  header: "14.7",
  arms: { low: "1", placebo: "2" },
  factors: {
    site: { field: "redcap_data_access_group", codes: { "01": "101", "02": "102" } },
    sex: { field: "sex", codes: { female: "1", male: "2" } },
  },
};
/** A map of each format, so that every format is tried. */
const MAPS: Readonly<Record<string, object>> = {
  redcap: MAP,
  csv: {
    to: "csv",
    separator: "semicolon",
    columns: [
      { title: "Rand_No", from: "number" },
      { title: "Treatment", from: "arm" },
      { title: "Centre", from: "site" },
      { title: "Block", from: "block" },
      { title: "Visit", text: "BASELINE" },
    ],
    arms: { low: "A", placebo: "B" },
    factors: MAP.factors,
  },
  ...Object.fromEntries(
    [
      "sealed-envelope",
      "sealed-envelope-codes",
      "medidata-balance",
      "oracle-clinical-one",
      "secutrial",
      "datacapt",
    ].map((to) => [
      to,
      {
        to,
        arms: MAP.arms,
        factors: {
          site: { field: to === "datacapt" ? "center_abbreviation" : "Site", codes: { "01": "S1", "02": "S2" } },
          sex: { field: "SEX", codes: { female: "F", male: "M" } },
        },
      },
    ]),
  ),
};

const tableOf = (to: string, map: object = MAPS[to] ?? {}, of: Plan = plan): ReturnType<typeof exportTable> => {
  const format = exportFormat(to);
  return exportTable(list, format, parseExportMap(format, map, of));
};
const linesOf = (to: string, map?: object): readonly string[] =>
  [...toExportCsv(tableOf(to, map))].map((line) => line.trimEnd());

describe("the table of a list in each format", { tags: ["EXCH-001"] }, () => {
  const heads: readonly (readonly [to: string, header: string, first: RegExp])[] = [
    [
      "redcap",
      "redcap_randomization_number,redcap_randomization_group,redcap_data_access_group,sex",
      /^TR01010001,[12],101,1$/,
    ],
    ["csv", "Rand_No;Treatment;Centre;Block;Visit", /^TR01010001;[AB];101;1;BASELINE$/],
    ["sealed-envelope", "Site,SEX,Block,Block size,Sequence,Treatment", /^S1,F,1,4,1,[12]$/],
    [
      "sealed-envelope-codes",
      "Block,Code,Site,Treatment group,On site?,Used?,Date used",
      /^1,TR01010001,S1,[12],No,No,$/,
    ],
    [
      "medidata-balance",
      "List Name,Block ID,Randomization ID,Arm Code,Arm Name",
      /^SLE-SD-01,1,TR01010001,[12],(low|placebo)$/,
    ],
    [
      "oracle-clinical-one",
      "Randomization number,Block number,Treatment ID,Stratum group,Sequence number,Site",
      /^TR01010001,1,[12],F,1,S1$/,
    ],
    ["secutrial", "Number,Group,Site,SEX", /^TR01010001,[12],value = S1,value = F$/],
    ["datacapt", "treatment_arm_code,center_abbreviation,$SEX,$PAYLOAD", /^[12],S1,F,TR01010001$/],
  ];

  it.each(heads)("%s: its columns and its first row", (to, header, first) => {
    const [head, row] = linesOf(to);
    expect(head).toBe(header);
    expect(row).toMatch(first);
  });

  it("is tried for every format there is", () => {
    expect(heads.map(([to]) => to)).toEqual(EXPORT_FORMATS.map(({ id }) => id));
  });

  it.each(EXPORT_FORMATS.map(({ id }) => id))(
    "%s: has the rows that can be issued, with the arms of the list, in its order",
    (to) => {
      const rows = [...master.unblindedPublishedRows()];
      expect(master.unblindedRowCount).toBe(32);
      const [, ...lines] = linesOf(to);
      expect(lines).toHaveLength(24);
      const at = tableOf(to).columns.findIndex(({ title }) => /treatment|group$|arm.?code/i.test(title));
      const separator = to === "csv" ? ";" : ",";
      const codes = (MAPS[to] as { arms: Record<string, string> }).arms;
      expect(lines.map((line) => line.split(separator)[at])).toEqual(rows.map(({ arm }) => codes[arm]));
    },
  );

  it.each(EXPORT_FORMATS.map(({ id }) => id))("%s: compared with itself has no fault and no difference", (to) => {
    const table = tableOf(to);
    const cells = [table.columns.map(({ title }) => title), ...table.rows()];
    expect(compareTable(table, cells)).toEqual({
      rows: { expected: 24, received: 24 },
      issues: [],
      surplusColumns: [],
    });
  });

  it.each(EXPORT_FORMATS.map(({ id }) => id))(
    "%s: has a file name with list, status and UNBLINDED, and one period",
    (to) => {
      expect(tableOf(to).file).toMatch(/^SLE-SD-01_TEST_UNBLINDED_[a-z-]+\.csv$/);
    },
  );

  it("counts blocks over all strata", () => {
    const blocks = linesOf("medidata-balance")
      .slice(1)
      .map((line) => line.split(",")[1]);
    expect(blocks).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((id) => Array.from({ length: id % 2 === 1 ? 4 : 2 }, () => String(id))),
    );
  });

  it.each(EXPORT_FORMATS.filter(({ needsBlocks }) => needsBlocks).map(({ id }) => id))(
    "%s: refuses a list without blocks",
    (to) => {
      const without = parsePlan({ ...PLAN, procedure: { kind: "complete" } });
      const format = exportFormat(to);
      const rows = unblindedRowsOf(drawList(without, Seed.test("1")));
      const table = exportTable(rows, format, parseExportMap(format, MAPS[to], without));
      expect(faultsOf(() => [...toExportCsv(table)])).toEqual(["exchange.no_blocks procedure"]);
    },
  );
});

describe("REDCap's header and target", { tags: ["EXCH-001"] }, () => {
  it.each([
    ["open", "14.7", "redcap_randomization_number,redcap_randomization_group,redcap_data_access_group,sex"],
    ["concealed", "14.7", "redcap_randomization_number,redcap_randomization_group,redcap_data_access_group,sex"],
    ["open", "before-14.7", "treatment,sex,redcap_data_access_group"],
    ["concealed", "before-14.7", "treatment,sex,redcap_data_access_group"],
  ])("%s, %s: %s", (target, header, expected) => {
    const [head, row = ""] = linesOf("redcap", { ...MAP, target, header });
    expect(head).toBe(expected);
    if (header === "before-14.7") expect(row).toMatch(target === "open" ? /^[12],1,101$/ : /^TR01010001,1,101$/);
  });
});

describe("a map", { tags: ["EXCH-001"] }, () => {
  const of =
    (change: object): (() => unknown) =>
    () =>
      parseExportMap(exportFormat("redcap"), { ...MAP, ...change }, plan);
  const sex = (entry: object): object => ({ factors: { ...MAP.factors, sex: entry } });

  it.each([
    ["an arm without a code", { arms: { low: "1" } }, ["arms.placebo"]],
    ["an arm that is not in the plan", { arms: { ...MAP.arms, high: "3" } }, ["arms.high"]],
    ["two arms with one code", { arms: { low: "1", placebo: "1" } }, ["arms.placebo"]],
    ["two arms with one code but for capitals", { arms: { low: "a", placebo: "A" } }, ["arms.placebo"]],
    ["a code still to be stated", { arms: { low: "TO-STATE", placebo: "2" } }, ["arms.low"]],
    ["a code as a number", { arms: { low: 1, placebo: "2" } }, ["arms.low"]],
    ["a code that runs in a spreadsheet", { arms: { low: "=1+1", placebo: "@x" } }, ["arms.low", "arms.placebo"]],
    ["a code with a comma, one with a quote", { arms: { low: "1,2", placebo: '"' } }, ["arms.low", "arms.placebo"]],
    ["a code with a line end", { arms: { low: "1\n", placebo: "2" } }, ["arms.low"]],
    ["an empty code", { arms: { low: "", placebo: "2" } }, ["arms.low"]],
    ["a missing factor", { factors: { site: MAP.factors.site } }, ["factors.sex"]],
    ["an unknown factor", { factors: { ...MAP.factors, age: { field: "age", codes: {} } } }, ["factors.age"]],
    ["a missing level", sex({ field: "sex", codes: { female: "1" } }), ["factors.sex.codes.male"]],
    [
      "an unknown level",
      sex({ field: "sex", codes: { female: "1", male: "2", other: "3" } }),
      ["factors.sex.codes.other"],
    ],
    ["two levels with one code", sex({ field: "sex", codes: { female: "1", male: "1" } }), ["factors.sex.codes.male"]],
    [
      "two factors with one field",
      sex({ field: "redcap_data_access_group", codes: { female: "1", male: "2" } }),
      ["factors.sex.field"],
    ],
    [
      "a field that is no variable name",
      sex({ field: "Sex at birth", codes: { female: "1", male: "2" } }),
      ["factors.sex.field"],
    ],
    ["the target as a stratum", sex({ field: "treatment", codes: { female: "1", male: "2" } }), ["factors.sex.field"]],
    [
      "a group that is no numeric id",
      { factors: { ...MAP.factors, site: { field: "redcap_data_access_group", codes: { "01": "A", "02": "102" } } } },
      ["factors.site.codes.01"],
    ],
    ["another format's map", { to: "csv" }, ["to"]],
    ["an unknown field", { blocks: "yes" }, ["blocks"]],
    ["an unknown target and header", { target: "hidden", header: "15" }, ["target", "header"]],
  ])("with %s is refused, with the path", (_, change, paths) => {
    expect(faultsOf(of(change))).toEqual(paths.map((path) => `exchange.map_invalid ${path}`));
  });

  it("tells all faults of its names at once", () => {
    expect(faultsOf(of({ arms: { low: "1" }, factors: {} }))).toEqual(
      ["arms.placebo", "factors.site", "factors.sex"].map((path) => `exchange.map_invalid ${path}`),
    );
  });

  it.each([
    ["oracle-clinical-one", { arms: { low: "01", placebo: "2" } }, ["arms.low"]],
    ["oracle-clinical-one", { arms: { low: "a_b", placebo: "2.5" } }, ["arms.low", "arms.placebo"]],
    ["datacapt", { arms: { low: "A", placebo: "2" } }, ["arms.low"]],
    [
      "csv",
      {
        columns: [
          { title: "X", from: "dose" },
          { title: "X", text: "y" },
        ],
      },
      ["columns.0.from", "columns.1.title"],
    ],
    ["csv", { columns: [] }, ["columns"]],
  ])("of %s with a fault of its own is refused", (to, change, paths) => {
    const act = (): unknown => parseExportMap(exportFormat(to), { ...MAPS[to], ...change }, plan);
    expect(faultsOf(act)).toEqual(paths.map((path) => `exchange.map_invalid ${path}`));
  });

  it.each(EXPORT_FORMATS.map(({ id }) => id))(
    "%s: the template names everything, and is refused until it is filled in",
    (to) => {
      const text = toMapTemplate(exportFormat(to), plan);
      for (const word of [...Object.keys(PLAN.arms), "site", "sex", "01", "02", "female", "male"])
        expect(text).toContain(`"${word}":`);
    },
  );

  it("of an unknown format does not exist", () => {
    expect(faultsOf(() => exportFormat("castor"))).toEqual(["exchange.format_unknown to"]);
  });
});

describe("a file that REDCap takes, or refuses", { tags: ["EXCH-001"] }, () => {
  const table = tableOf("redcap");
  const titles = table.columns.map(({ title }) => title);
  const rows = [...table.rows()];
  const compare = (header: readonly string[], cells: readonly (readonly string[])[]): ReturnType<typeof compareTable> =>
    compareTable(table, [header, ...cells]);
  const edited = (row: number, column: number, text: string): readonly (readonly string[])[] =>
    rows.map((cells, i) => (i === row ? cells.map((cell, k) => (k === column ? text : cell)) : cells));

  it.each([
    ["a code that is no choice", edited(2, 1, "9"), "exchange.cell_invalid", "row 3, redcap_randomization_group"],
    ["an empty cell", edited(0, 3, ""), "exchange.cell_invalid", "row 1, sex"],
    ["a group that is not there", edited(5, 2, "999"), "exchange.cell_invalid", "row 6, redcap_data_access_group"],
    [
      "a number twice (which REDCap takes)",
      edited(1, 0, rows[0]?.[0] ?? ""),
      "exchange.number_twice",
      "row 2, redcap_randomization_number",
    ],
    ["a number that runs", edited(1, 0, "=A1"), "exchange.cell_invalid", "row 2, redcap_randomization_number"],
  ])("%s", (_, cells, code, path) => {
    const { issues, firstDifference } = compare(titles, cells);
    expect(issues.map((issue) => `${issue.code} ${issue.path}`)).toEqual([`${code} ${path}`]);
    expect(firstDifference?.kind).toBe("edited");
  });

  it("whose columns stand in another order is the same table, and surplus columns are named", () => {
    const reversed = [...titles].reverse();
    const cells = rows.map((row) => [...row].reverse());
    expect(compare(reversed, cells).firstDifference).toBeUndefined();
    const more = compare(
      [...titles, "is_used"],
      rows.map((row) => [...row, "0"]),
    );
    expect([more.firstDifference, more.surplusColumns, more.issues]).toEqual([undefined, ["is_used"], []]);
  });

  it("without a column, or with one twice, is refused", () => {
    expect(compare(titles.slice(1), rows).issues.map(({ code }) => code)).toEqual(["exchange.column_missing"]);
    expect(compare([...titles, "sex"], rows).issues.map(({ code }) => code)).toEqual(["exchange.column_twice"]);
    expect(compareTable(table, []).issues).toHaveLength(4);
  });

  it("with its rows in another order, one lost or one more, is named as such", () => {
    expect(compare(titles, [...rows].reverse()).firstDifference).toMatchObject({ kind: "re-sorted", row: 1 });
    expect(compare(titles, rows.slice(0, -1)).firstDifference).toMatchObject({ kind: "truncated", row: 24 });
    expect(compare(titles, [...rows, rows[0] ?? []]).firstDifference).toMatchObject({ kind: "surplus-rows", row: 25 });
  });
});

describe("a file that each other system takes, or refuses", { tags: ["EXCH-001"] }, () => {
  /** Of each format and each of its columns: cells that its documents do not allow; of a column of anything, none. */
  const REFUSED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    csv: {
      Rand_No: ["", "a b", "=A1", "R-", "R123456789012345678901"],
      Treatment: ["", "C", "a"],
      Centre: ["", "S1", "0101"],
      Block: ["", "-1", "01", "1.0", "B1"],
      Visit: ["", "baseline"],
    },
    "sealed-envelope": {
      Site: ["", "s1", "S3"],
      SEX: ["", "female"],
      Block: ["", "0", "01"],
      "Block size": ["", "0", "4.0"],
      Sequence: ["", "0", "+1"],
      Treatment: ["", "low", "3"],
    },
    "sealed-envelope-codes": {
      Block: ["", "0"],
      Code: ["", "=A1"],
      Site: ["", "S3"],
      "Treatment group": ["", "placebo"],
      "On site?": ["", "no", "maybe"],
      "Used?": ["", "TRUE"],
      "Date used": [],
    },
    "medidata-balance": {
      "List Name": ["", "SLE-SD-02", "sle-sd-01"],
      "Block ID": ["", "0", "1a"],
      "Randomization ID": ["", "1 2"],
      "Arm Code": ["", "0", "low"],
      "Arm Name": ["", "1", "Low"],
    },
    "oracle-clinical-one": {
      // A first 0 is removed at the upload: another number would come out.
      "Randomization number": ["", "0123", "a b"],
      "Block number": ["", "0"],
      "Treatment ID": ["", "01", "3"],
      "Stratum group": ["", "f", "F_M"],
      "Sequence number": ["", "0", "1.5"],
      Site: ["", "S3"],
    },
    secutrial: {
      Number: ["", "1,2"],
      Group: ["", "3"],
      Site: ["", "S1", "value=S1", "value = S3"],
      SEX: ["", "F", "value = f"],
    },
    datacapt: {
      treatment_arm_code: ["", "A", "1.0", "3"],
      center_abbreviation: ["", "s1"],
      $SEX: ["", "X"],
      $PAYLOAD: ["", "=A1"],
    },
  };

  it("is tried for every format and every column", () => {
    const others = EXPORT_FORMATS.map(({ id }) => id).filter((id) => id !== "redcap");
    expect(Object.keys(REFUSED).sort()).toEqual([...others].sort());
    for (const to of others) {
      expect(Object.keys(REFUSED[to] ?? {})).toEqual(tableOf(to).columns.map(({ title }) => title));
    }
  });

  it.each(Object.entries(REFUSED))(
    "%s: each cell that is not allowed is told with its row and its column",
    (to, cells) => {
      const table = tableOf(to);
      const rows = [...table.rows()];
      const titles = table.columns.map(({ title }) => title);
      const issuesOf = (column: number, cell: string): readonly string[] =>
        compareTable(table, [titles, ...rows.map((row, i) => (i === 3 ? row.with(column, cell) : row))]).issues.map(
          ({ code, path }) => `${code} ${path}`,
        );
      for (const [title, refused] of Object.entries(cells)) {
        const column = titles.indexOf(title);
        for (const cell of refused)
          expect(issuesOf(column, cell), `${title}: ${cell}`).toEqual([`exchange.cell_invalid row 4, ${title}`]);
        if (refused.length === 0) expect(issuesOf(column, "anything")).toEqual([]);
      }
    },
  );
});

describe("the master CSV read back", { tags: ["EXCH-001"] }, () => {
  const text = [...toMasterCsv(master)].join("");
  const identity = { plan, status: "TEST" as const };
  const read = (from: string, size = 7): unknown[] => {
    const pieces = function* (): Generator<string> {
      for (let i = 0; i < from.length; i += size) yield from.slice(i, i + size);
    };
    return [...readMasterCsv(identity, pieces).rows()];
  };

  it("gives the rows of the list, whatever its pieces are", () => {
    expect(read(text)).toEqual([...master.unblindedPublishedRows()]);
    expect(read(text, 100_000)).toEqual([...master.unblindedPublishedRows()]);
  });

  it.each([
    ["an unknown arm", text.replace(/,(low|placebo)\r/, ",high\r")],
    ["another list", text.replace("TEST,SLE-SD-01,01", "TEST,SLE-SD-02,01")],
    ["another header", text.replace("sequence", "seq")],
    ["a sequence that is no number", text.replace(",1,TR", ",x,TR")],
    ["an unknown level", text.replace("SD-01,02,female", "SD-01,03,female")],
    ["a cell too many", text.replace("\r\n", ",\r\n")],
  ])("is refused with %s", (_, changed) => {
    expect(changed).not.toBe(text);
    expect(faultsOf(() => read(changed))[0]).toMatch(/^exchange\.master_unreadable line \d+$/);
  });
});
