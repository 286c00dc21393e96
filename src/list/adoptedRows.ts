import type { Issue } from "../foundation/index.js";
import { blockIssues, blocksOf, type BlocksOfStratum } from "./adoptedBlocks.js";
import type { AdoptedRow, ColumnTitles, FaultAt, RowsOfStratum } from "./adoptedRow.js";
import type { DrawnStratum } from "./masterList.js";
import { isGivenNumber, type Plan } from "./plan.js";
import { impossibleIn } from "./possibleRows.js";
import { strataOf, stratumText, type Stratum } from "./strata.js";

/** What the rows are, and everything that is against them. */
export interface ReadRows {
  readonly issues: readonly Issue[];
  readonly strata: readonly DrawnStratum[];
  /** Numbers by the code of their stratum; absent where the table has none. */
  readonly given?: Readonly<Record<string, readonly string[]>>;
  /** Strata whose last block is cut at a length that the table does not tell. */
  readonly guessedSizes: readonly Stratum[];
  readonly hasBlocks: boolean;
}

/** Reads the rows of a table against a plan: all faults, and what is made of the rows where there is none. */
export function readAdoptedRows(plan: Plan, rows: readonly AdoptedRow[], titles: ColumnTitles): ReadRows {
  const places = new Map(rows.map((row, i) => [row, i]));
  const faultAt: FaultAt = (row, field, code, message, more = {}) =>
    ({
      code,
      path: `${row.line === undefined ? `rows.${places.get(row) ?? 0}` : `line ${row.line}`}, ${titles[field] ?? field}`,
      message,
      ...more,
    }) as Issue;
  const cells = rows.flatMap((row) => row.faults ?? []);
  const grouped = groupRows(plan, rows, faultAt);
  const ordered = grouped.strata.map(({ stratum, rows: own }) => orderRows(stratum, own, faultAt));
  const isWhole = cells.length === 0 && grouped.issues.length === 0;
  const strata = ordered.map(({ stratum, rows: own }) => ({ stratum, rows: own }));
  const blocks = blocksOf(plan, strata);
  const issues = [
    ...cells,
    ...grouped.issues,
    ...numberIssues(rows, faultAt),
    ...ordered.flatMap((each) => each.issues),
    // What is missing because its cells could not be read is not told a second time.
    ...(isWhole ? [...lengthIssues(strata), ...rowsIssues(plan, strata, blocks, faultAt)] : []),
  ];
  const made = issues.length > 0 ? [] : strata.map((each, i) => drawnStratum(plan, each, blocks[i]));
  const hasNumbers = rows.some(({ number }) => number !== undefined);
  return {
    issues,
    strata: made,
    guessedSizes: strata.flatMap(({ stratum }, i) => (blocks[i]?.isLastGuessed === true ? [stratum] : [])),
    hasBlocks: blocks.some(({ starts }) => starts.length > 0),
    ...(hasNumbers
      ? {
          given: Object.fromEntries(
            strata.map(({ stratum, rows: own }) => [stratum.code, own.map(({ number = "" }) => number)]),
          ),
        }
      : {}),
  };
}

function groupRows(
  plan: Plan,
  rows: readonly AdoptedRow[],
  faultAt: FaultAt,
): { readonly strata: readonly RowsOfStratum[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const strata = strataOf(plan).map((stratum) => ({ stratum, rows: [] as AdoptedRow[] }));
  const keyOf = (levels: readonly (string | undefined)[]): string => JSON.stringify(levels);
  const byLevels = new Map(strata.map((each) => [keyOf(each.stratum.levels.map(([, level]) => level)), each]));
  const arms = plan.arms.map(({ arm }) => arm);
  for (const row of rows) {
    if (row.faults !== undefined && row.faults.length > 0) continue;
    const { stratum = {}, arm = "" } = row;
    const own = byLevels.get(
      keyOf(plan.strata.map(({ factor }) => (Object.hasOwn(stratum, factor) ? stratum[factor] : undefined))),
    );
    if (own === undefined) {
      const expected = "one declared level of each factor of the plan";
      issues.push(
        faultAt(row, "stratum", "list.adopted_stratum_unknown", "The plan has no such stratum.", { expected }),
      );
    } else own.rows.push(row);
    if (arms.includes(arm)) continue;
    const message = `"${arm}" is no arm of the plan.`;
    issues.push(faultAt(row, "arm", "list.arm_unknown", message, { expected: arms.join(", "), received: arm }));
  }
  return { strata, issues };
}

/** Numbers of all rows or of none, in a form that files and logs hold, each once in any spelling. */
function numberIssues(rows: readonly AdoptedRow[], faultAt: FaultAt): readonly Issue[] {
  const first = new Map<string, AdoptedRow>();
  const isNumbered = rows.some(({ number }) => number !== undefined);
  return rows.flatMap((row, i): readonly Issue[] => {
    const { number, faults = [] } = row;
    if (number === undefined) {
      if (!isNumbered || faults.length > 0) return [];
      const message = "This row has no number, and others have one.";
      return [faultAt(row, "number", "list.adopted_number_invalid", message, { received: "nothing" })];
    }
    if (!isGivenNumber(number)) {
      const expected = "at most 20 letters and digits, with single hyphens or underscores between them";
      const message = `"${number}" cannot be a randomization number.`;
      return [faultAt(row, "number", "list.adopted_number_invalid", message, { expected, received: number })];
    }
    const before = first.get(number.toLowerCase());
    first.set(number.toLowerCase(), before ?? row);
    if (before === undefined) return [];
    const other = before.line === undefined ? `row ${rows.indexOf(before) + 1}` : `line ${before.line}`;
    const message = `${row.line === undefined ? `Row ${i + 1}` : `Line ${row.line}`} has the number of ${other}.`;
    const more = { expected: `a number of its own: ${other} has this one`, received: number };
    return [faultAt(row, "number", "list.adopted_number_twice", message, more)];
  });
}

/** The rows of a stratum by their sequence, where the table has one: 1, 2, 3 and so on, each once. */
function orderRows(
  stratum: Stratum,
  rows: readonly AdoptedRow[],
  faultAt: FaultAt,
): RowsOfStratum & { readonly issues: readonly Issue[] } {
  if (rows.every(({ sequence }) => sequence === undefined)) return { stratum, rows, issues: [] };
  const sorted = [...rows].sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  const at = sorted.findIndex(({ sequence }, i) => sequence !== i + 1);
  const wrong = sorted[at];
  if (wrong === undefined) return { stratum, rows: sorted, issues: [] };
  const message = `${stratumText(stratum.levels)}: the rows are not numbered 1, 2, 3 and so on within their stratum.`;
  const more = { expected: String(at + 1), received: String(wrong.sequence ?? "nothing") };
  return { stratum, rows: sorted, issues: [faultAt(wrong, "sequence", "list.adopted_sequence", message, more)] };
}

function lengthIssues(strata: readonly RowsOfStratum[]): readonly Issue[] {
  return strata
    .filter(({ stratum, rows }) => rows.length !== stratum.length)
    .map(({ stratum, rows }): Issue => {
      const where = stratumText(stratum.levels);
      return {
        code: "list.adopted_length",
        path: "length",
        message: `${where}: the table has ${rows.length} rows, and the plan says ${stratum.length}.`,
        expected: `${stratum.length} rows, or a plan with the length of the table`,
        received: `${rows.length} rows`,
        parameters: { stratum: where, rows: rows.length, length: stratum.length },
      };
    });
}

/** Blocks against the plan, then rows that its procedure could never give. */
function rowsIssues(
  plan: Plan,
  strata: readonly RowsOfStratum[],
  blocks: readonly BlocksOfStratum[],
  faultAt: FaultAt,
): readonly Issue[] {
  const findImpossible = impossibleIn(plan);
  return strata.flatMap((each, i) => {
    const own = blockIssues(plan, each, blocks[i], faultAt);
    if (own.length > 0 || each.rows.length !== each.stratum.length) return own;
    const at = findImpossible(each.stratum, armsOf(plan, each.rows));
    const row = at === undefined ? undefined : each.rows[at];
    if (row === undefined || at === undefined) return [];
    const { kind } = each.stratum.procedure;
    const message = `${stratumText(each.stratum.levels)}: the plan's procedure (${kind}) can never give this arm at row ${at + 1}.`;
    const expected = "rows that the procedure of the plan can give, or the procedure by which the list was made";
    return [faultAt(row, "arm", "list.adopted_impossible", message, { expected })];
  });
}

function armsOf(plan: Plan, rows: readonly AdoptedRow[]): Uint8Array {
  const places = new Map(plan.arms.map(({ arm }, k) => [arm, k]));
  return Uint8Array.from(rows, ({ arm = "" }) => places.get(arm) ?? 0);
}

function drawnStratum(plan: Plan, { stratum, rows }: RowsOfStratum, blocks: BlocksOfStratum | undefined): DrawnStratum {
  return {
    ...stratum,
    arms: armsOf(plan, rows),
    blockStarts: blocks?.starts ?? [],
    blockSizes: blocks?.sizes ?? [],
  };
}
