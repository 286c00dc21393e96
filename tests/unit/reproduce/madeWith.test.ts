import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockrand, type MadeWithList, randolist, verifyMadeWith } from "../../../src/reproduce/lists/index.js";
import { numberLabel } from "../../../src/reproduce/lists/numberLabel.js";

type Options = Readonly<Record<string, unknown>> & { readonly seed: number; readonly sampleKind: "Rejection" };
type Columns = Readonly<Record<string, readonly (string | number)[]>>;

interface Case {
  readonly call: string;
  readonly seed: number;
  readonly rngKind: readonly ["Mersenne-Twister", "Inversion", "Rejection"];
  readonly nrow: number;
  readonly columns: Columns;
  readonly runifAfter: string;
}

function golden(name: string): readonly unknown[] {
  const url = new URL(`../../golden/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, "utf8")) as { cases: readonly unknown[] }).cases;
}

function make(program: string, options: Options): MadeWithList {
  return program === "blockrand" ? blockrand(options as never) : randolist(options as never);
}

const columnsOf = ({ columns, rows }: MadeWithList): Columns =>
  Object.fromEntries(columns.map((column) => [column, rows.map((row) => row[column]!)]));

function rowsOf(columns: Columns): Record<string, string>[] {
  const names = Object.keys(columns);
  return columns[names[0]!]!.map((_, i) => Object.fromEntries(names.map((name) => [name, String(columns[name]![i])])));
}

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "nothing thrown";
};

/** The arguments of the calls in the golden files, in our words. */
const options: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "blockrand(n=20)": { n: 20 },
  'blockrand(n=58, num.levels=5, levels=c("Placebo","0.1 mg/kg","0.3 mg/kg","1 mg/kg","3 mg/kg"), block.sizes=1:2)': {
    n: 58,
    numLevels: 5,
    levels: ["Placebo", "0.1 mg/kg", "0.3 mg/kg", "1 mg/kg", "3 mg/kg"],
    blockSizes: [1, 2],
  },
  'blockrand(n=60, levels=c("A","A","B"), num.levels=3, block.sizes=1:4)': {
    n: 60,
    levels: ["A", "A", "B"],
    numLevels: 3,
    blockSizes: [1, 2, 3, 4],
  },
  'blockrand(n=40, id.prefix="S1-", block.prefix="B", stratum="Site 01; male", block.sizes=1:4)': {
    n: 40,
    idPrefix: "S1-",
    blockPrefix: "B",
    stratum: "Site 01; male",
    blockSizes: [1, 2, 3, 4],
  },
  "blockrand(n=50, num.levels=2, block.sizes=1:4, uneq.beg=TRUE, uneq.min=1)": {
    n: 50,
    numLevels: 2,
    blockSizes: [1, 2, 3, 4],
    uneqBeg: true,
    uneqMin: 1,
  },
  "randolist(20)": { n: 20 },
  'randolist(60, arms=c("A","A","B"), blocksizes=1:3)': { n: 60, arms: ["A", "A", "B"], blocksizes: [1, 2, 3] },
  'randolist(20, strata=list(sex=c("M","F")))': { n: 20, strata: { sex: ["M", "F"] } },
};

describe.each(["blockrand", "randotools"])("complete lists of %s", { tags: ["RAND-004"] }, (program) => {
  const cases = golden(program) as readonly Case[];

  it("has all cases of the file", () => {
    expect(cases).toHaveLength(program === "blockrand" ? 5 : 3);
  });

  it.each(cases)("$call", ({ call, seed, rngKind, nrow, columns, runifAfter }) => {
    const given = options[call.replace(/^set\.seed\([^)]*\); /, "")];
    const all: Options = { seed, sampleKind: rngKind[2], ...given! };
    const list = make(program, all);
    expect(columnsOf(list)).toEqual(columns);
    expect(list.columns).toEqual(Object.keys(columns));
    expect(list.rows).toHaveLength(nrow);
    expect(list.runifAfter).toBe(Number(runifAfter));
    expect(verifyMadeWith(program, all as never, rowsOf(columns))).toMatchObject({
      identical: true,
      fits: { columnsMissing: [], rowsCut: 0, strataInOrder: true },
    });
  });
});

interface CrossCase {
  readonly program: "blockrand" | "randotools";
  readonly seed: number;
  readonly sampleKind: "Rejection";
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly columns: Columns;
  readonly runifAfter: string;
}

describe("uneven blocks, prefixes, numbered strata, many sizes", { tags: ["RAND-004"] }, () => {
  it.each(golden("madeWith-cross") as readonly CrossCase[])("$program $arguments", (item) => {
    const camel = (name: string): string => name.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
    const given = Object.entries(item.arguments).map(([name, value]) => [camel(name), value]);
    const all: Options = {
      seed: item.seed,
      sampleKind: item.sampleKind,
      ...(Object.fromEntries(given) as Record<string, unknown>),
    };
    const list = make(item.program, all);
    expect(columnsOf(list)).toEqual(item.columns);
    expect(list.columns).toEqual(Object.keys(item.columns));
    expect(list.runifAfter).toBe(Number(item.runifAfter));
  });

  it("writes whole numbers as R does", () => {
    const url = new URL("../../golden/r-cross.json", import.meta.url);
    const { labels } = JSON.parse(readFileSync(url, "utf8")) as { labels: readonly (readonly [number, string])[] };
    expect(labels.map(([value]) => numberLabel(value))).toEqual(labels.map(([, label]) => label));
  });
});

const start = { seed: 1, sampleKind: "Rejection" } as const;

describe("blockrand", { tags: ["RAND-004"] }, () => {
  it("joins several calls on one stream", () => {
    const one = blockrand({ ...start, n: 10, blockSizes: [1], stratum: "Male", idPrefix: "M" });
    const both = blockrand({
      ...start,
      calls: [
        { n: 10, blockSizes: [1], stratum: "Male", idPrefix: "M" },
        { n: 6, blockSizes: [1], stratum: "Female", idPrefix: "F" },
      ],
    });
    expect(both.rows.slice(0, 10)).toEqual(one.rows);
    expect(both.rows.slice(10).map((row) => row["id"])).toEqual(["F1", "F2", "F3", "F4", "F5", "F6"]);
    expect(both.warnings).toEqual([]);
    const again = blockrand({ ...start, calls: [{ n: 2 }, { n: 2 }] });
    expect(again.warnings.map((warning) => warning.code)).toContain("madeWith.duplicate_ids");
  });

  it("keeps every ordinary block balanced and the list at least n long", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), sizes, (seed, n, blockSizes) => {
        const { rows } = blockrand({ seed: seed === -2147483648 ? 0 : seed, sampleKind: "Rounding", n, blockSizes });
        expect(rows.length).toBeGreaterThanOrEqual(n);
        const balance = new Map<unknown, number>();
        for (const row of rows) {
          balance.set(row["block.id"], (balance.get(row["block.id"]) ?? 0) + (row["treatment"] === "A" ? 1 : -1));
        }
        expect([...balance.values()].every((difference) => difference === 0)).toBe(true);
      }),
    );
  });

  it("tells what blockrand does without a word", () => {
    const long = blockrand({ ...start, n: 1, blockSizes: [4] });
    expect(long.rows).toHaveLength(8);
    expect(long.warnings.map((warning) => warning.code)).toEqual(["madeWith.more_rows_than_n"]);
    const even = blockrand({ ...start, n: 8, uneqBeg: true, uneqMin: 100, uneqMaxit: 2 });
    expect(even.warnings.map((warning) => warning.code)).toContain("madeWith.uneven_block_too_even");
  });

  it.each([
    { n: 9, numLevels: 3, levels: ["A", "B"] },
    { n: 9, uneqMin: 1 },
    { n: 9, uneqMaxit: 3, uneqBeg: false },
    { calls: [{ n: 9, stratum: "x" }, { n: 9 }] },
    { calls: [{ n: 9, idPrefix: "x" }, { n: 9 }] },
  ])("refuses options that would be ignored or do not fit together: %j", (given) => {
    expect(code(() => blockrand({ ...start, ...given }))).toBe("madeWith.options_conflict");
  });

  it.each([
    { n: 0 },
    {},
    { n: 9, blockSizes: [1.5] },
    { n: 9, blockSizes: [0] },
    { n: 9, blockSizes: [] },
    { n: 9, levels: ["A"] },
    { n: 9, "block.sizes": [1] },
    { n: 9, seed: -2147483648 },
    { n: 9, seed: undefined },
    { n: 9, sampleKind: undefined },
    { n: 9, sampleKind: "rejection" },
    { n: 9, calls: [{ n: 9 }] },
    { calls: [] },
    { n: 9, uneqMaxit: 0, uneqBeg: true },
  ])("refuses unknown and impossible options: %j", (given) => {
    expect(code(() => blockrand({ ...start, ...given } as never))).toBe("madeWith.options_invalid");
  });

  it("writes block numbers from 10,000 on as formatC() of R 4.2.2 does, with four significant digits", () => {
    const made = blockrand({ ...start, n: 199_998, blockSizes: [1], blockPrefix: "b" });
    const id = (block: number): unknown => made.rows[2 * (block - 1)]?.["block.id"];
    // What R 4.2.2 printed for formatC(c(...), width = 5, flag = "0").
    expect([1, 9999, 10_000, 10_001, 12_345, 12_355, 99_949, 99_999].map(id)).toEqual(
      ["00001", "09999", "1e+04", "1e+04", "1.234e+04", "1.236e+04", "9.995e+04", "1e+05"].map((text) => `b${text}`),
    );
  });

  it("draws one size up to it in versions up to 1.3", () => {
    const sizes = (version: "1.3" | "1.5"): unknown[] => [
      ...new Set(blockrand({ ...start, n: 400, blockSizes: [4], version }).rows.map((row) => row["block.size"])),
    ];
    expect(sizes("1.5")).toEqual([8]);
    expect(sizes("1.3").sort()).toEqual([2, 4, 6, 8]);
    const several = { ...start, n: 400, blockSizes: [1, 2, 3] } as const;
    expect(blockrand({ ...several, version: "1.3" }).rows).toEqual(blockrand(several).rows);
  });

  it("refuses block numbers that R writes in another notation", () => {
    const run = (): unknown => blockrand({ ...start, n: 200_000, blockSizes: [1], blockPrefix: "B" });
    expect(code(run)).toBe("madeWith.unsupported");
  });
});

describe("randolist", { tags: ["RAND-004"] }, () => {
  it("makes n rows or more in each stratum, the first factor fastest", () => {
    const list = randolist({ ...start, n: 4, blocksizes: [2], strata: { sex: ["M", "F"], site: ["x", "y"] } });
    expect(list.rows.filter((row) => row["seq_in_strata"] === 1).map((row) => row["strata_txt"])).toEqual([
      "M; x",
      "F; x",
      "M; y",
      "F; y",
    ]);
    expect(list.rows).toHaveLength(16);
    expect(list.warnings).toEqual([]);
  });

  it.each([{ arm: ["x"] }, { "1": ["x"] }, { sex: ["M", "M"] }, {}, { stratum: ["x"] }])(
    "refuses strata that R would rename, reorder or repeat: %j",
    (strata) => {
      expect(code(() => randolist({ ...start, n: 4, strata }))).toBe("madeWith.strata_invalid");
    },
  );

  it.each([
    { n: 1 },
    { n: 9, pascal: false },
    { n: 9, unknown: 1 },
    { n: 9, arms: ["A"] },
    { n: 9, blocksizes: [1.5] },
    { n: 9, strata: { sex: [] } },
    { n: 9, strata: { sex: ["M", 1] } },
  ])("refuses unknown, ignored and impossible options: %j", (given) => {
    expect(code(() => randolist({ ...start, ...given } as never))).toBe("madeWith.options_invalid");
  });

  it("takes pascal = true, which is what it does", () => {
    expect(randolist({ ...start, n: 9, pascal: true })).toEqual(randolist({ ...start, n: 9 }));
  });
});

describe("verifyMadeWith", { tags: ["RAND-004"] }, () => {
  const given = { ...start, n: 8, blockSizes: [2], idPrefix: "S-", stratum: "x" } as const;
  const rows = (): Record<string, string | number>[] => blockrand(given).rows.map((row) => ({ ...row }));

  it("takes numbers as text and the row numbers of write.csv", () => {
    const read = rows().map((row, i) => ({ "": String(i + 1), ...row, "block.size": "4" }));
    expect(verifyMadeWith("blockrand", given, read)).toMatchObject({
      identical: true,
      fits: { columnsMissing: [], rowsCut: 0, strataInOrder: true },
    });
    expect(
      verifyMadeWith("blockrand", { ...start, n: 2, idPrefix: 100000, blockSizes: [1] }, [
        ...blockrand({ ...start, n: 2, idPrefix: 100000, blockSizes: [1] }).rows.map((row) =>
          row["id"] === 100000 ? { ...row, id: "1e+05" } : row,
        ),
      ]),
    ).toMatchObject({ identical: true, fits: { columnsMissing: [], rowsCut: 0, strataInOrder: true } });
  });

  it("names any changed cell, whatever it is", () => {
    const columns = blockrand(given).columns;
    fc.assert(
      fc.property(fc.nat(7), fc.nat(columns.length - 1), fc.constantFrom("", "?", 77, null), (i, k, value) => {
        const changed: Record<string, unknown>[] = rows();
        const column = columns[k]!;
        const expected = changed[i]![column];
        changed[i]![column] = value;
        expect(verifyMadeWith("blockrand", given, changed)).toEqual({
          identical: false,
          firstDifference: { row: i + 1, column, expected, received: value },
        });
      }),
    );
  });

  it("names lost, added and moved rows and columns", () => {
    const first = (changed: unknown[]): unknown => {
      const verdict = verifyMadeWith("blockrand", given, changed);
      return verdict.identical ? undefined : verdict.firstDifference;
    };
    expect(first(rows().slice(0, 7))).toEqual({ row: 8, column: "id", expected: "S-8", received: null });
    expect(first([])).toEqual({ row: 1, column: "id", expected: "S-1", received: null });
    expect(first([...rows(), { id: "S-9" }])).toEqual({ row: 9, column: "id", expected: null, received: "S-9" });
    expect(first(rows().reverse())).toMatchObject({ row: 1, column: "id", expected: "S-1", received: "S-8" });
    expect(first(rows().map((row) => ({ ...row, note: "n" })))).toEqual({
      row: 1,
      column: "note",
      expected: null,
      received: "n",
    });
    expect(first(rows().map((row) => ({ ...row, "": "1" })))).toMatchObject({ row: 2, column: "", expected: 2 });
  });

  it("sees another seed, and says which kind of sample() gives the list where it is not the stated one", () => {
    expect(verifyMadeWith("blockrand", { ...given, seed: 2 }, rows()).identical).toBe(false);
    expect(verifyMadeWith("blockrand", { ...given, sampleKind: "Rounding" }, rows())).toMatchObject({
      identical: true,
      fits: { programVersion: "1.5", sampleKind: "Rejection" },
    });
  });

  it("takes a list without columns other than the treatment, and never one without that", () => {
    const only = rows().map(({ id = "", treatment = "" }) => ({ id, treatment }));
    expect(verifyMadeWith("blockrand", given, only)).toMatchObject({
      fits: { columnsMissing: ["stratum", "block.id", "block.size"] },
    });
    expect(
      verifyMadeWith(
        "blockrand",
        given,
        rows().map(({ id = "" }) => ({ id })),
      ),
    ).toMatchObject({
      identical: false,
      firstDifference: { column: "treatment" },
    });
    const one = only.map((row, i) => (i === 5 ? { ...row, treatment: row.treatment === "A" ? "B" : "A" } : row));
    expect(verifyMadeWith("blockrand", given, one)).toMatchObject({ identical: false, firstDifference: { row: 6 } });
  });

  it("takes a list that ends with its n rows, and no other cut", () => {
    const call = { ...start, n: 10, blockSizes: [4] } as const;
    const { rows: made } = blockrand(call);
    expect(made).toHaveLength(16);
    expect(verifyMadeWith("blockrand", call, made.slice(0, 10))).toMatchObject({ fits: { rowsCut: 6 } });
    for (const end of [9, 11, 15]) {
      expect(verifyMadeWith("blockrand", call, made.slice(0, end)).identical).toBe(false);
    }
  });

  it("takes strata in another order, each cut at its n rows, and finds a row in the wrong one", () => {
    const joined = {
      ...start,
      calls: [
        { n: 5, idPrefix: "M", stratum: "M", blockSizes: [2] },
        { n: 7, idPrefix: "F", stratum: "F", blockSizes: [2] },
        { n: 4, idPrefix: "X", stratum: "X", blockSizes: [2] },
      ],
    } as const;
    const all = blockrand(joined).rows;
    const of = (stratum: string, n = Infinity): typeof all =>
      all.filter((row) => row["stratum"] === stratum).slice(0, n);
    expect(verifyMadeWith("blockrand", joined, [...of("X"), ...of("F", 7), ...of("M", 5)])).toMatchObject({
      identical: true,
      fits: { strataInOrder: false, rowsCut: 1 + 3 },
    });
    expect(verifyMadeWith("blockrand", joined, [...of("M", 4), ...of("F"), ...of("X")]).identical).toBe(false);
    expect(verifyMadeWith("blockrand", joined, [...of("M"), ...of("F")]).identical).toBe(false);
    const strata = { sex: ["M", "F"] };
    const randomized = randolist({ ...start, n: 8, strata }).rows;
    const turned = [...randomized.filter(({ sex }) => sex === "F"), ...randomized.filter(({ sex }) => sex === "M")];
    expect(verifyMadeWith("randotools", { ...start, n: 8, strata }, turned)).toMatchObject({
      fits: { programVersion: "0.2.4", strataInOrder: false },
    });
  });

  it("refuses other programs and what are no rows", () => {
    expect(code(() => verifyMadeWith("ralloc", given, rows()))).toBe("madeWith.program_unknown");
    expect(code(() => verifyMadeWith("blockrand", given, "x" as never))).toBe("madeWith.rows_invalid");
    expect(code(() => verifyMadeWith("blockrand", given, [["S-1"]]))).toBe("madeWith.rows_invalid");
  });
});
