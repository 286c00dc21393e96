/* A list that another system made: taken over as it is, or refused with every fault at once. */
import { describe, expect, it } from "vitest";
import {
  applyEvent,
  blindedListOf,
  chainEvent,
  EMPTY_CONDUCT,
  extendListLog,
  openListLog,
} from "../../../src/allocation/index.js";
import { unblindedStatisticianView } from "../../../src/blinding/index.js";
import { exportFormat, parseExportMap, readTable } from "../../../src/exchange/index.js";
import {
  adoptedAgain,
  adoptList,
  blindedManifest,
  boundList,
  deriveAgain,
  extendList,
  generateList,
  keyOfAdopted,
  listBinding,
  parsePlan,
  parseUnblindedManifest,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  unblindedManifest,
  type AdoptedRow,
} from "../../../src/list/index.js";
import { sealEnvelopes } from "../../../src/custody/index.js";
import { Seed } from "../../../src/random/index.js";
import { webcrypto } from "node:crypto";
import { defineTrial } from "../../../src/trial/index.js";
import { faultsOf, issueAfter, issueOf } from "../../support/issueOf.js";

const PLAN = {
  trial: { id: "VENDOR-1", arms: ["active", "placebo"], masking: "double", participants: 12 },
  list: "V-01",
  arms: { active: 2, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [3] },
  strata: [{ factor: "site", levels: ["01", "02"] }],
  length: 6,
};
const ENTROPY = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * 11 + 5) & 255);
const ARMS = ["active", "placebo", "active", "placebo", "active", "active"];
/** Two sites of two blocks of three, with numbers of the vendor's own. */
const ROWS: readonly AdoptedRow[] = ["01", "02"].flatMap((site, s) =>
  ARMS.map((arm, i) => ({
    stratum: { site },
    arm,
    number: String(1001 + ((7 * (6 * s + i)) % 12)),
    block: `B${2 * s + Math.floor(i / 3) + 1}`,
    line: 6 * s + i + 2,
  })),
);
const TITLES = { number: "Rand_No", arm: "Group", block: "Block", stratum: "Centre" };
const source = { file: "vendor.csv", sha256: "a".repeat(64) };
const request = { plan: PLAN, status: "LIVE", rows: ROWS, titles: TITLES, source, entropy: ENTROPY } as const;
const list = adoptList({ ...request, system: "Vendor 4.1" });
const without = (rows: readonly AdoptedRow[], field: "block" | "number"): readonly AdoptedRow[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== field)));
const textOf = (pieces: Iterable<string>): string => [...pieces].join("");
/** The rows with one of them changed. */
const changed = (at: number, change: Partial<AdoptedRow>): readonly AdoptedRow[] =>
  ROWS.map((row, i) => (i === at ? { ...row, ...change } : row));
const faults = (rows: readonly AdoptedRow[], plan: object = PLAN): readonly string[] =>
  faultsOf(() => adoptList({ ...request, plan, rows }));

describe("a list that is adopted", { tags: ["EXCH-003"] }, () => {
  it("has the rows of its source, in the words of the plan", () => {
    expect(
      [...list.unblindedRows()].map(({ number, arm, block, position }) => [number, arm, block, position]).slice(0, 4),
    ).toEqual([
      ["1001", "active", 1, 1],
      ["1008", "placebo", 1, 2],
      ["1003", "active", 1, 3],
      ["1010", "placebo", 2, 1],
    ]);
    expect(list.unblindedRecord().algorithm).toBe("adopted");
    expect(list.unblindedBalance().map(({ imbalance }) => imbalance)).toEqual([0, 0]);
  });

  it("is made again from its manifest and its master file, to the byte", () => {
    const manifest = parseUnblindedManifest(JSON.parse(JSON.stringify(unblindedManifest(list, "t", []))));
    const again = adoptedAgain(manifest, list.unblindedRows());
    expect(textOf(toMasterCsv(again))).toBe(textOf(toMasterCsv(list)));
    expect(listBinding(again)).toBe(listBinding(list));
    const other = [...list.unblindedRows()].map((row, i) => (i === 0 ? { ...row, number: "2001" } : row));
    expect(issueOf(() => adoptedAgain(manifest, other)).code).toBe("list.manifest_altered");
  });

  it("says in its manifests that it was adopted, and names no seed", () => {
    const manifest = unblindedManifest(list, "t", []);
    expect(manifest).not.toHaveProperty("seedMark");
    expect(manifest.adopted).toMatchObject({ system: "Vendor 4.1", source });
    expect(blindedManifest(list, [], listBinding(list)).origin).toBe("adopted");
    const view = unblindedStatisticianView(list);
    expect(view).not.toHaveProperty("seedMark");
    expect(JSON.stringify(view)).not.toContain(manifest.adopted?.key);
  });

  it("refuses whatever needs a seed, by a code of its own", async () => {
    const manifest = parseUnblindedManifest(unblindedManifest(list, "t", []));
    const seed = Seed.test("no seed of this list");
    expect(issueOf(() => deriveAgain(manifest, seed)).code).toBe("list.adopted_has_no_seed");
    expect(issueOf(() => extendList(list, list)).code).toBe("list.adopted_has_no_seed");
    const made = generateList({ plan: { ...PLAN, list: "V-02" }, seed });
    expect(issueOf(() => keyOfAdopted(made)).code).toBe("list.not_adopted");
    const salt = Uint8Array.from(ENTROPY).reverse();
    const issue = await issueAfter(() => sealEnvelopes({ master: list, seed, salt }, webcrypto.subtle));
    expect([issue.code, issue.expected]).toEqual(["blinding.seed_differs", "keyOfAdopted(master)"]);
    expect(
      (await sealEnvelopes({ master: list, seed: keyOfAdopted(list), salt }, webcrypto.subtle)).envelopes,
    ).toHaveLength(12);
    const plan = list.unblindedRecord().plan;
    expect(issueOf(() => generateList({ plan, seed, trial: defineTrial(PLAN.trial) })).code).toBe("list.numbers_given");
  });

  it("gives a log its own numbers, and no extension", () => {
    const blinded = blindedListOf(JSON.parse(JSON.stringify(blindedManifest(list, [], listBinding(list)))));
    expect(blinded).toEqual(boundList(list));
    const by = { at: "2026-03-01T09:30:00Z", actor: "Dr A" };
    const opened = chainEvent(EMPTY_CONDUCT, openListLog(blinded), by);
    const state = applyEvent(EMPTY_CONDUCT, opened);
    const longer = { ...blinded, extends: blinded.binding };
    expect(faultsOf(() => chainEvent(state, extendListLog(longer, "more"), by))).toEqual([
      "conduct.extension_changes numbers.given",
    ]);
    const given = { ...blinded.numbers.given, "02": ["1001", ...(blinded.numbers.given?.["02"] ?? []).slice(1)] };
    const twice = openListLog({ ...blinded, numbers: { ...blinded.numbers, given } });
    expect(faultsOf(() => chainEvent(EMPTY_CONDUCT, twice, by))).toEqual(["conduct.shape_invalid numbers.given"]);
  });

  it("has blinded files that no exchange of the arms changes", () => {
    const swapped = ROWS.map((row, i) => ({ ...row, arm: ARMS[(i + 1) % 6] ?? "" }));
    const plan = { ...PLAN, procedure: { kind: "complete" } };
    const other = adoptList({ ...request, plan, rows: without(swapped, "block") });
    for (const write of [toBlindedCsv, toBlindedJson])
      expect(textOf(write(other.blinded()))).toBe(textOf(write(list.blinded())));
    // What differs is the hash of the binding, which a random key hides.
    expect(listBinding(other)).not.toBe(listBinding(list));
    const later = adoptList({ ...request, entropy: ENTROPY.map((byte) => byte ^ 255) });
    expect(listBinding(later)).not.toBe(listBinding(list));
  });

  it.each([
    [
      "a number twice, in another spelling too",
      [...changed(0, { number: "ab1" }).slice(0, 1), ...changed(1, { number: "AB1" }).slice(1)],
      ["list.adopted_number_twice line 3, Rand_No"],
    ],
    ["a number that no file holds", changed(2, { number: "10/01" }), ["list.adopted_number_invalid line 4, Rand_No"]],
    [
      "a row without number",
      ROWS.map(({ number, ...row }, i) => (i === 3 ? row : { ...row, number: number ?? "" })),
      ["list.adopted_number_invalid line 5, Rand_No"],
    ],
    ["an arm that the plan has not", changed(5, { arm: "low" }), ["list.arm_unknown line 7, Group"]],
    [
      "a stratum that the plan has not",
      changed(5, { stratum: { site: "03" } }),
      ["list.adopted_stratum_unknown line 7, Centre"],
    ],
    ["rows that are missing", ROWS.slice(0, 9), ["list.adopted_length length"]],
    [
      "more rows than planned",
      [...ROWS, { ...ROWS[11], number: "1999", block: "B5", line: 14 }],
      ["list.adopted_length length"],
    ],
    ["a block that is not balanced", changed(1, { arm: "active" }), ["list.adopted_block_unbalanced line 2, Block"]],
    ["a block of another size", changed(3, { block: "B1" }), ["list.adopted_block line 2, Block"]],
    [
      "a block in two pieces",
      changed(4, { block: "B1" }),
      ["list.adopted_block line 5, Block", "list.adopted_block line 6, Block", "list.adopted_block line 7, Block"],
    ],
    [
      "two faults at once",
      [...changed(0, { number: "?" }).slice(0, 7), { ...ROWS[7], arm: "low" }, ...ROWS.slice(8)],
      ["list.arm_unknown line 9, Group", "list.adopted_number_invalid line 2, Rand_No"],
    ],
  ])("refuses %s, at its line and column", (_, rows, expected) => {
    expect(faults(rows as readonly AdoptedRow[])).toEqual(expected);
  });

  it("holds rows without blocks to what the plan's procedure can give", () => {
    const bare = without(ROWS, "block");
    expect(faults(bare)).toEqual([]);
    expect(faults(bare.map((row, i) => (i === 1 ? { ...row, arm: "active" } : row)))).toEqual([
      "list.adopted_impossible line 4, Group",
    ]);
    expect(faults(ROWS, { ...PLAN, procedure: { kind: "complete" } })[0]).toBe("list.adopted_block line 2, Block");
    const { warnings } = adoptList({ ...request, rows: bare }).unblindedRecord();
    expect(warnings.map(({ code }) => code)).toContain("list.adopted_no_blocks");
  });

  it("takes the order of rows from their sequence, where they have one", () => {
    const numbered = ROWS.map((row, i) => ({ ...row, sequence: (i % 6) + 1 }));
    const sorted = adoptList({ ...request, rows: [...numbered].reverse() });
    expect(textOf(toMasterCsv(sorted))).toBe(textOf(toMasterCsv(list)));
    expect(faults(numbered.map((row, i) => (i === 4 ? { ...row, sequence: 7 } : row)))[0]).toBe(
      "list.adopted_sequence line 7, sequence",
    );
  });

  it("gives the plan's numbers where the table has none", () => {
    const rows = without(ROWS, "number");
    expect([...adoptList({ ...request, rows, status: "TEST" }).unblindedRows()][6]?.number).toBe("TR020001");
  });

  it("warns of numbers that tell the arm, and of those that a spreadsheet changes", () => {
    const telling = ROWS.map((row, i) => ({ ...row, number: `${row.arm === "active" ? "A" : "P"}${101 + i}` }));
    const codes = (rows: readonly AdoptedRow[]): readonly string[] =>
      adoptList({ ...request, rows })
        .unblindedRecord()
        .warnings.map(({ code }) => code);
    expect(codes(telling)).toContain("list.adopted_numbers_tell");
    expect(codes(ROWS)).not.toContain("list.adopted_numbers_tell");
    expect(codes(changed(0, { number: "001" }))).toContain("list.spreadsheet_changes");
  });
});

describe("a foreign table", { tags: ["EXCH-003"] }, () => {
  const plan = parsePlan(PLAN);
  const format = exportFormat("csv");
  const MAP = {
    to: "csv",
    columns: [
      { title: "Rand_No", from: "number" },
      { title: "Group", from: "arm" },
      { title: "Centre", from: "site" },
      { title: "Block", from: "block" },
    ],
    arms: { active: "A", placebo: "B" },
    factors: { site: { field: "Centre", codes: { "01": "Berlin", "02": "Basel" } } },
  };
  const map = parseExportMap(format, MAP, plan);
  const read = (text: string): ReturnType<typeof readTable> =>
    readTable(
      format,
      map,
      plan,
      "LIVE",
      text.split("\n").map((line, i) => ({ line: i + 1, cells: line.split(",") })),
    );

  it("is read by its codes, in any order of its columns", () => {
    const { rows, surplusColumns, issues } = read("Centre,Date,Group,Rand_No,Block\nBasel,2026,B,1001,7\n");
    expect(issues).toEqual([]);
    expect(surplusColumns).toEqual(["Date"]);
    expect(rows[0]).toEqual({
      stratum: { site: "02" },
      arm: "placebo",
      number: "1001",
      block: "7",
      line: 2,
      faults: [],
    });
  });

  it("has every fault of a cell at its line and column", () => {
    const { rows } = read("Rand_No,Group,Centre,Block\n10 01,C,Bern,\n1002,A,Berlin,1,surplus");
    expect(rows.flatMap(({ faults: own = [] }) => own.map(({ code, path }) => `${code} ${path}`))).toEqual([
      "exchange.cell_invalid line 2, Rand_No",
      "exchange.cell_invalid line 2, Group",
      "exchange.cell_invalid line 2, Centre",
      "exchange.cell_invalid line 2, Block",
      "exchange.cell_surplus line 3",
    ]);
  });

  it("is refused where a column is missing, stands twice, or no column tells what a list needs", () => {
    const codes = (found: ReturnType<typeof readTable>): readonly string[] =>
      found.issues.map(({ code, path }) => `${code} ${path}`);
    expect(codes(read("Rand_No,Group,Group,Block\n"))).toEqual([
      "exchange.column_missing Centre",
      "exchange.column_twice Group",
    ]);
    const bare = parseExportMap(format, { ...MAP, columns: [{ title: "Rand_No", from: "number" }] }, plan);
    expect(codes(readTable(format, bare, plan, "LIVE", [{ line: 1, cells: ["Rand_No"] }]))).toEqual([
      "exchange.column_untold arm",
      "exchange.column_untold site",
    ]);
  });
});
