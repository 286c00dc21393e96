import type { Issue } from "../foundation/index.js";
import { isBlockInRatio, largestBlock, type ProcedureSpec } from "../procedure/index.js";
import type { AdoptedRow, FaultAt, RowsOfStratum } from "./adoptedRow.js";
import type { Plan } from "./plan.js";
import { stratumText } from "./strata.js";

/** The blocks of one stratum, in order; empty where the table has none. */
export interface BlocksOfStratum {
  /** Index of the first row of each block, from 0. */
  readonly starts: readonly number[];
  /** Rows of each block when complete: as stated, else as many as there are. */
  readonly sizes: readonly number[];
  /** Whether the last block is cut and only the plan's sizes say how long it would have been. */
  readonly isLastGuessed: boolean;
}

/** The block sizes that a procedure states; none for procedures without blocks. */
function sizesOf(procedure: ProcedureSpec): readonly number[] {
  const largest = largestBlock(procedure);
  if (largest === 0) return [];
  return "sizes" in procedure ? procedure.sizes : [largest];
}

/** Rows that follow each other and whose block is called the same are a block. */
export function blocksOf(plan: Plan, strata: readonly RowsOfStratum[]): readonly BlocksOfStratum[] {
  return strata.map(({ stratum, rows }) => {
    const starts = rows.flatMap(({ block }, i) => (block !== undefined && block !== rows[i - 1]?.block ? [i] : []));
    const sizes = starts.map((start, i) => rows[start]?.blockSize ?? (starts[i + 1] ?? rows.length) - start);
    const lastStart = starts.at(-1);
    if (lastStart === undefined || rows[lastStart]?.blockSize !== undefined)
      return { starts, sizes, isLastGuessed: false };
    // The last block may be cut, and then only the plan says how long it could have been.
    const last = rows.slice(lastStart);
    const fitting = sizesOf(stratum.procedure).filter((size) => holdsRatio(plan, stratum.procedure, last, size));
    const isWhole = fitting.length === 0 || fitting.includes(last.length);
    if (isWhole) return { starts, sizes, isLastGuessed: false };
    return { starts, sizes: [...sizes.slice(0, -1), Math.min(...fitting)], isLastGuessed: fitting.length > 1 };
  });
}

/** Where blocks are given: each in one piece, of a size that the plan states, and in its ratio. */
export function blockIssues(
  plan: Plan,
  { stratum, rows }: RowsOfStratum,
  { starts, sizes }: BlocksOfStratum | undefined = { starts: [], sizes: [], isLastGuessed: false },
  faultAt: FaultAt,
): readonly Issue[] {
  if (starts.length === 0) return [];
  const where = stratumText(stratum.levels);
  const declared = sizesOf(stratum.procedure);
  const fault = (row: AdoptedRow, message: string, more: Partial<Issue> = {}): Issue =>
    faultAt(row, "block", "list.adopted_block", `${where}: ${message}`, more);
  const first = rows[starts[0] ?? 0] as AdoptedRow;
  if (declared.length === 0) {
    const { kind } = stratum.procedure;
    return [fault(first, `the table has blocks, and the plan's procedure (${kind}) has none.`)];
  }
  const without = rows.find(({ block }) => block === undefined);
  if (without !== undefined) return [fault(without, "this row has no block, and others have one.")];
  const names = starts.map((start) => rows[start]?.block ?? "");
  const firsts = new Map([...names.entries()].reverse().map(([i, name]) => [name, i]));
  return starts.flatMap((start, i): readonly Issue[] => {
    const own = rows.slice(start, starts[i + 1]);
    const row = own[0] as AdoptedRow;
    const size = sizes[i] as number;
    const name = `block ${names[i] ?? ""}`;
    if (firsts.get(names[i] ?? "") !== i) return [fault(row, `${name} stands in two pieces.`)];
    if (own.some(({ blockSize }) => blockSize !== row.blockSize)) return [fault(row, `${name} has two sizes.`)];
    if (!declared.includes(size)) {
      const expected = `a block of ${declared.join(" or ")} rows`;
      return [fault(row, `${name} has ${size} rows, a size that the plan does not state.`, { expected })];
    }
    const isLast = i === starts.length - 1;
    if (own.length > size || (own.length < size && !isLast)) {
      return [fault(row, `${name} has ${own.length} of ${size} rows.`, { expected: `${size} rows` })];
    }
    const displaced = own.find(({ position }, k) => position !== undefined && position !== k + 1);
    if (displaced !== undefined) return [fault(displaced, `${name} does not number its rows from 1.`)];
    if (holdsRatio(plan, stratum.procedure, own, size)) return [];
    const textOf = (values: readonly number[]): string =>
      plan.arms.map(({ arm }, k) => `${arm} ${values[k] ?? 0}`).join(", ");
    const counts = textOf(countsOf(plan, own));
    const shares = textOf(sharesOf(plan, size));
    const more = { expected: own.length === size ? shares : `at most ${shares}`, received: counts };
    const message = `${where}: ${name} is not balanced: ${counts}.`;
    return [faultAt(row, "block", "list.adopted_block_unbalanced", message, more)];
  });
}

/** Arms of a block of `size` rows, by the ratio. */
const sharesOf = ({ arms }: Plan, size: number): readonly number[] => {
  const total = arms.reduce((sum, { ratio }) => sum + ratio, 0);
  return arms.map(({ ratio }) => (ratio * size) / total);
};
const countsOf = ({ arms }: Plan, rows: readonly AdoptedRow[]): readonly number[] =>
  arms.map(({ arm }) => rows.filter((row) => row.arm === arm).length);

/** A whole block holds the ratio exactly; a cut one holds no more of an arm than the whole one would. */
function holdsRatio(plan: Plan, procedure: ProcedureSpec, rows: readonly AdoptedRow[], size: number): boolean {
  if (rows.length > size) return false;
  if (!isBlockInRatio(procedure)) return true;
  const shares = sharesOf(plan, size);
  return countsOf(plan, rows).every((count, k) => count <= (shares[k] as number));
}
