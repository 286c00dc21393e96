/* Random plans of every procedure: exported by each format that carries a list, and adopted again from the table. */
import { describe, expect, it } from "vitest";
import {
  EXPORT_FORMATS,
  exportTable,
  parseExportMap,
  readMasterCsv,
  readTable,
  toExportCsv,
  type TableFormat,
} from "../../src/exchange/index.js";
import {
  adoptList,
  toBlindedCsv,
  type AdoptedField,
  type MasterList,
  type MasterRow,
  type Plan,
} from "../../src/list/index.js";
import { defineTrial } from "../../src/trial/index.js";
import { regenerationCases } from "../support/randomPlan.js";

/** 300 in `.ci/run`. */
const PLANS = Number(process.env["ALLOCELL_EXPORT_PLANS"] ?? "80");
const TRIAL = defineTrial({
  id: "TRIAL-1",
  title: "A trial of random plans",
  masking: "double",
  participants: 1,
  arms: { low: "Low", high: "High", placebo: "Placebo", control: "Control", standard: "Standard" },
});
/** Fixed bytes without a pattern. */
const ENTROPY = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * 11 + 5) & 255);

const numbered = (names: readonly string[], from: number): Record<string, string> =>
  Object.fromEntries(names.map((name, i) => [name, String(from + i)]));

/** A map that the format takes for the plan: whole numbers as codes, and the site where the format has a place for it. */
function mapOf(to: string, plan: Plan): object {
  const sites: Readonly<Record<string, string>> = {
    redcap: "redcap_data_access_group",
    datacapt: "center_abbreviation",
    "oracle-clinical-one": "Site",
    "sealed-envelope-codes": "Site",
  };
  const own: Readonly<Record<string, object>> = {
    redcap: { target: "open", targetField: "treatment", header: "14.7" },
    csv: {
      columns: [
        ...["number", "arm", "block", "block_size", "position", "sequence", "list", "status"].map((from) => ({
          title: from.toUpperCase(),
          from,
        })),
        ...plan.strata.map(({ factor }) => ({ title: `F_${factor}`, from: factor })),
        { title: "Visit", text: "BASELINE" },
      ],
    },
  };
  const fieldOf = (factor: string, i: number): string =>
    i === 0 ? (sites[to] ?? "f_first") : `f_${factor.toLowerCase().replace(/\W/g, "")}`;
  return {
    to,
    ...own[to],
    arms: numbered(
      plan.arms.map(({ arm }) => arm),
      1,
    ),
    factors: Object.fromEntries(
      plan.strata.map(({ factor, levels }, i) => [
        factor,
        { field: fieldOf(factor, i), codes: numbered(levels, 100 * (i + 1) + 1) },
      ]),
    ),
  };
}

/** Whether the format tells every factor of the plan. */
const carries = ({ id }: TableFormat, { strata }: Plan): boolean =>
  id === "medidata-balance" ? strata.length === 0 : id === "sealed-envelope-codes" ? strata.length <= 1 : true;

const linesOf = (text: string): readonly { readonly line: number; readonly cells: readonly string[] }[] =>
  text
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line, i) => ({ line: i + 1, cells: line.split(",") }));

/** A row as far as the table told it; a block's size only where it is whole. */
function told({ blockSize, ...row }: MasterRow, titles: Partial<Record<AdoptedField, string>>): object {
  const { stratum, sequence, number, arm, block, position } = row;
  return {
    ...{ stratum, sequence, number, arm },
    ...(titles.block === undefined ? {} : { block, position }),
    ...(titles.blockSize === undefined ? {} : { blockSize }),
  };
}

function adopted(
  format: TableFormat,
  plan: Plan,
  status: "LIVE" | "TEST",
  masterCsv: string,
): { readonly list: MasterList; readonly titles: Partial<Record<AdoptedField, string>> } | undefined {
  const map = parseExportMap(format, mapOf(format.id, plan), plan);
  const rows = readMasterCsv({ plan, status }, () => [masterCsv]);
  if (format.needsBlocks === true && [...rows.rows()].some(({ block }) => block === 0)) return undefined;
  const text = [...toExportCsv(exportTable(rows, format, map))].join("");
  const table = readTable(format, map, plan, status, linesOf(text));
  expect(table.issues).toEqual([]);
  const source = { file: "table.csv", sha256: "0".repeat(64) };
  const list = adoptList({
    ...{ plan, trial: TRIAL, status, rows: table.rows, titles: table.titles },
    ...{ source, entropy: ENTROPY },
  });
  return { list, titles: table.titles };
}

describe(`${PLANS} random plans`, { tags: ["EXCH-003"] }, () => {
  const cases = regenerationCases(PLANS);

  it.each(EXPORT_FORMATS.map(({ id }) => id))("exported as %s and adopted again are the same rows", (id) => {
    const format = EXPORT_FORMATS.find((one) => one.id === id)!;
    let made = 0;
    // A procedure with many states takes long: formats without blocks share the plans, those with blocks take all.
    const open = EXPORT_FORMATS.filter(({ needsBlocks }) => needsBlocks !== true);
    for (const [i, { plan, status, masterCsv }] of cases.entries()) {
      if (format.needsBlocks !== true && i % open.length !== open.indexOf(format)) continue;
      if (!carries(format, plan)) continue;
      const again = adopted(format, plan, status, masterCsv);
      if (again === undefined) continue;
      made += 1;
      const { list, titles } = again;
      const expected = [...readMasterCsv({ plan, status }, () => [masterCsv]).rows()].map((row) => told(row, titles));
      expect(
        [...list.unblindedRows()].map((row) => told(row, titles)),
        `${id}, ${JSON.stringify(plan)}`,
      ).toEqual(expected);
      // The blinded list is the one of the list that was exported, byte by byte.
      const original = readMasterCsv({ plan, status }, () => [masterCsv]);
      const blinded = [...toBlindedCsv(list.blinded())].join("");
      expect(blinded.split("\r\n").length - 2).toBe([...original.rows()].length);
    }
    expect(made).toBeGreaterThan(1);
  });
});
