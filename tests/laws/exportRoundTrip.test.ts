/* Random plans through every format, read back by a reader that knows nothing of the writer. */
import readXlsx from "read-excel-file/universal";
import { describe, expect, it } from "vitest";
import {
  assignNext,
  forceNext,
  openListLog,
  replaceNext,
  skipNext,
  type ConductEvent,
} from "../../src/allocation/index.js";
import { edcCoreLines } from "../../src/cli/edcCoreLines.js";
import { EXPORTED_TO } from "../../src/cli/exchangeCommands.js";
import { workbookOfSheets } from "../../src/cli/writeWorkbook.js";
import { EXPORT_FORMATS, exportTable, parseExportMap, toExportCsv, unblindedRowsOf } from "../../src/exchange/index.js";
import { drawList } from "../../src/list/generateList.js";
import { boundList, parsePlan, toBlindedCsv, toMasterCsv, type MasterRow, type Plan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { openDesk } from "../support/conductDesk.js";

/** 1,000 in `.ci/run`. */
const PLANS = Number(process.env["ALLOCELL_EXPORT_PLANS"] ?? "25");

/** Whole numbers from a seed, so that a failure can be made again. */
function numbersFrom(seed: number): (below: number) => number {
  let x = seed * 2654435761 + 1;
  return (below) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return Math.floor((x / 2 ** 32) * below);
  };
}

const ARMS = ["low", "medium", "high", "placebo", "control"];
const LEVELS = [
  ["01", "02", "10", "Zurich"],
  ["F", "M", "other"],
];

function randomPlan(seed: number): Plan {
  const next = numbersFrom(seed);
  const arms = ARMS.slice(0, 2 + next(4));
  const ratio = arms.map(() => 1 + next(2));
  const unit = ratio.reduce((sum, share) => sum + share, 0);
  const factors = ["site", "sex"].slice(0, 1 + next(2));
  return parsePlan({
    trial: "NCT07041801",
    part: "single-dose",
    list: `L-${seed}`,
    arms: Object.fromEntries(arms.map((arm, i) => [arm, ratio[i]])),
    procedure: { kind: "permuted-block", sizes: next(2) === 0 ? [unit] : [unit, 2 * unit], lastBlock: "whole" },
    strata: factors.map((factor, i) => ({ factor, levels: (LEVELS[i] ?? []).slice(0, 1 + next(3)) })),
    length: 1 + next(30),
  });
}

/** Codes that need no format's own rules: whole numbers from 1. */
const codes = (names: readonly string[], from: number): Record<string, string> =>
  Object.fromEntries(names.map((name, i) => [name, String(from + i)]));

function mapOf(to: string, plan: Plan): object {
  const fieldOf = (factor: string): string =>
    factor !== "site"
      ? factor
      : to === "redcap"
        ? "redcap_data_access_group"
        : to === "datacapt"
          ? "center_abbreviation"
          : "site";
  const own: Readonly<Record<string, object>> = {
    redcap: { target: "open", targetField: "treatment", header: "14.7" },
    csv: {
      columns: [
        { title: "No", from: "number" },
        { title: "Arm", from: "arm" },
        ...plan.strata.map(({ factor }) => ({ title: `F_${factor}`, from: factor })),
      ],
    },
  };
  return {
    to,
    ...own[to],
    arms: codes(
      plan.arms.map(({ arm }) => arm),
      1,
    ),
    factors: Object.fromEntries(
      plan.strata.map(({ factor, levels }, i) => [
        factor,
        { field: fieldOf(factor), codes: codes(levels, 100 * (i + 1) + 1) },
      ]),
    ),
  };
}

/** A table as a spreadsheet would take it: lines, and cells between commas or semicolons. */
const tableIn = (text: string): readonly (readonly string[])[] =>
  text
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) => line.split(","));

/** Whether some column of the table says, row by row, what the list says. */
const hasColumn = (rows: readonly (readonly string[])[], wanted: readonly string[]): boolean =>
  (rows[0] ?? []).some((_, column) => rows.every((row, i) => row[column] === wanted[i]));

/** Blocks counted over all strata, from 1. */
function blockIds(rows: readonly MasterRow[]): readonly string[] {
  let count = 0;
  let last = "";
  return rows.map(({ stratum, block }) => {
    const own = JSON.stringify([stratum, block]);
    if (own !== last) count += 1;
    last = own;
    return String(count);
  });
}

interface Names {
  readonly arms: Readonly<Record<string, string>>;
  readonly factors: Readonly<Record<string, { readonly codes: Readonly<Record<string, string>> }>>;
}

/** What the table of each format says of a row beside its arm, by the documents of that system. */
const CARRIED: Readonly<
  Record<
    string,
    {
      readonly block?: true;
      readonly size?: true;
      readonly level?: (code: string) => string;
      /** Between the codes of all factors in one cell. */
      readonly joined?: string;
    }
  >
> = {
  redcap: { level: (code) => code },
  csv: { level: (code) => code },
  datacapt: { level: (code) => code },
  "sealed-envelope": { block: true, size: true, level: (code) => code },
  "sealed-envelope-codes": { block: true },
  "medidata-balance": { block: true },
  "oracle-clinical-one": { block: true, joined: "_" },
  secutrial: { level: (code) => `value = ${code}` },
};

/** The formats that are no table of {@link CARRIED}, each with its own test below. */
const OTHERS = ["xlsx", "edc-core"];

/** Events of a log at random: mostly assignments, with replacements, skipped positions and forced treatments. */
function randomLog(seed: number, list: ReturnType<typeof drawList>): readonly ConductEvent[] {
  const next = numbersFrom(seed + 7919);
  const desk = openDesk(openListLog(boundList(list)));
  const places = new Map(list.blinded().strata.map(({ levels, rows }) => [Object.fromEntries(levels), rows]));
  const given = new Map<object, string>();
  for (let n = 1; n <= 40; n += 1) {
    const free = [...places].filter(([, rows]) => rows > 0);
    const [stratum, rows] = free[next(Math.max(1, free.length))] ?? [];
    if (stratum === undefined || rows === undefined) break;
    const participant = `P-${n}`;
    const kind = next(8);
    const last = given.get(stratum);
    if (kind === 0) desk.add(skipNext(desk.state, { stratum, reason: "kit lost" }));
    else if (kind === 1) {
      const arm = list.unblindedRecord().plan.arms[0]?.arm ?? "";
      const stated = next(2) === 0 ? {} : { arm };
      desk.add(forceNext(desk.state, { participant, stratum, position: "used", reason: "emergency", ...stated }));
    } else if (kind === 2 && last !== undefined) {
      desk.add(replaceNext(desk.state, { participant: last, by: participant, stratum, reason: "withdrew" }));
      given.delete(stratum);
    } else {
      desk.add(assignNext(desk.state, { participant, stratum }));
      given.set(stratum, participant);
    }
    places.set(stratum, rows - 1);
  }
  return desk.events;
}

interface Payload {
  readonly subjectKey: string;
  readonly arm: string;
  readonly randomizationId: string;
  readonly assignedAt: string;
  readonly strata: Readonly<Record<string, string>>;
}

/** The other side, as edc-core documents it: it keeps what it is sent once, by receipt, and a number belongs to one subject. */
class Receiver {
  readonly kept = new Map<string, Payload>();
  duplicates = 0;

  take(text: string): void {
    for (const line of text.split("\n").slice(0, -1)) {
      const { receipt, assignment } = JSON.parse(line) as { receipt: string; assignment: Payload };
      const before = this.kept.get(receipt);
      if (before === undefined) this.kept.set(receipt, assignment);
      else {
        this.duplicates += 1;
        expect(assignment).toEqual(before);
      }
    }
    const numbers = [...this.kept.values()].map(({ randomizationId }) => randomizationId);
    expect(new Set(numbers).size).toBe(numbers.length);
  }
}

/** Who has which number, when and in which stratum, told from the lines of the log alone. */
function givenIn(events: readonly ConductEvent[]): readonly (Omit<Payload, "arm"> & { readonly arm?: string })[] {
  return events.flatMap((event) => {
    const { type, by, participant, number, at, stratum, arm } = JSON.parse(JSON.stringify(event)) as Record<
      string,
      string
    > & { stratum: Record<string, string> };
    if (number === undefined || at === undefined) return [];
    // What was forced is not what the list has: without an arm in the log nobody knows what it was.
    if (type === "forced" && arm === undefined) return [];
    const subjectKey = (type === "replaced" ? by : participant) ?? "";
    const forced = type === "forced" && arm !== undefined ? { arm } : {};
    return [{ subjectKey, randomizationId: number, assignedAt: at, strata: stratum, ...forced }];
  });
}

describe(`${PLANS} random plans`, { tags: ["EXCH-001"] }, () => {
  it("go through every format of the command", () => {
    expect(Object.keys(CARRIED).sort()).toEqual(EXPORT_FORMATS.map(({ id }) => id).sort());
    expect([...Object.keys(CARRIED), ...OTHERS].sort()).toEqual([...EXPORTED_TO].sort());
  });

  it.each(EXPORT_FORMATS.map(({ id }) => id))("through %s: every row, in order, with its arm", (id) => {
    const format = EXPORT_FORMATS.find((one) => one.id === id)!;
    for (let seed = 1; seed <= PLANS; seed += 1) {
      const plan = randomPlan(seed);
      const map = mapOf(format.id, plan) as Names;
      const list = unblindedRowsOf(drawList(plan, Seed.test(`export ${seed}`)));
      const expected: readonly MasterRow[] = [...list.rows()];
      const table = exportTable(list, format, parseExportMap(format, map, plan));
      const [titles = [], ...rows] = tableIn([...toExportCsv(table)].join(""));
      const where = `${format.id}, plan ${seed}`;
      expect(rows.length, where).toBe(expected.length);
      expect(
        rows.every((row) => row.length === titles.length),
        where,
      ).toBe(true);
      const armCodes = expected.map(({ arm }) => map.arms[arm] ?? "");
      expect(
        hasColumn(rows, armCodes) ||
          hasColumn(
            rows,
            expected.map(({ arm }) => arm),
          ),
        where,
      ).toBe(true);
      const carried = CARRIED[format.id] ?? {};
      if (carried.block === true) expect(hasColumn(rows, blockIds(expected)), `${where}, blocks`).toBe(true);
      if (carried.size === true) {
        const sizes = expected.map(({ blockSize }) => String(blockSize));
        expect(hasColumn(rows, sizes), `${where}, sizes`).toBe(true);
      }
      const codesOf = ({ stratum }: MasterRow): readonly string[] =>
        plan.strata.map(
          ({ factor }) => map.factors[factor]?.codes[stratum.find(([name]) => name === factor)?.[1] ?? ""] ?? "",
        );
      plan.strata.forEach(({ factor }, i) => {
        if (carried.level === undefined) return;
        const levels = expected.map((row) => carried.level?.(codesOf(row)[i] ?? "") ?? "");
        expect(hasColumn(rows, levels), `${where}, ${factor}`).toBe(true);
      });
      if (carried.joined !== undefined) {
        const strata = expected.map((row) => codesOf(row).join(carried.joined));
        expect(hasColumn(rows, strata), `${where}, strata`).toBe(true);
      }
      if (table.columns.some(({ isUnique }) => isUnique)) {
        expect(
          hasColumn(
            rows,
            expected.map(({ number }) => number),
          ),
          where,
        ).toBe(true);
      }
    }
  });

  it("through a workbook: every cell of the master list and of the blinded list, read by another program", async () => {
    for (let seed = 1; seed <= PLANS; seed += 1) {
      const list = drawList(randomPlan(seed), Seed.test(`export ${seed}`));
      for (const pieces of [toMasterCsv(list), toBlindedCsv(list.blinded())]) {
        const rows = tableIn([...pieces].join(""));
        const read = await readXlsx(new Uint8Array(workbookOfSheets([{ sheet: "list", rows }])).buffer);
        expect(read, `plan ${seed}`).toEqual([{ sheet: "list", data: rows }]);
      }
    }
  });

  it("through edc-core: every assignment of a log with the arm of its list, kept once however often it is sent", () => {
    for (let seed = 1; seed <= PLANS; seed += 1) {
      const list = drawList(randomPlan(seed), Seed.test(`export ${seed}`));
      const events = randomLog(seed, list);
      const rows = tableIn([...toMasterCsv(list)].join(""));
      const [titles = []] = rows;
      const [number, arm] = [titles.indexOf("number"), titles.indexOf("arm")];
      const armOf = new Map(rows.slice(1).map((row) => [row[number], row[arm]]));
      const expected = givenIn(events).map((one) => ({
        source: "allocell",
        arm: armOf.get(one.randomizationId),
        ...one,
      }));
      const sent = (count: number): string =>
        edcCoreLines(events.slice(0, count), unblindedRowsOf(list).rows()).lines.join("");
      const receiver = new Receiver();
      const half = Math.floor(events.length / 2);
      receiver.take(sent(half));
      const early = receiver.kept.size;
      receiver.take(sent(events.length));
      receiver.take(sent(events.length));
      expect([...receiver.kept.values()], `plan ${seed}`).toEqual(expected);
      expect([...receiver.kept.keys()].every((receipt) => events.some(({ hash }) => hash === receipt))).toBe(true);
      expect(receiver.duplicates).toBe(early + expected.length);
      expect(sent(events.length).startsWith(sent(half)), `plan ${seed}`).toBe(true);
    }
  });
});
