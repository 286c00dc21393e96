import type { Issue } from "../../foundation/index.js";
import { compare, decimalText, type Fraction, groupThousands, readFraction } from "../../quantity/index.js";
import { readable } from "../shown.js";
import { PRESCRIBED_ROWS, type Ends, type HeldRow } from "./prescribedRows.js";

/** A quantity of an order, a prescription or a record: by which row it is held, and where it stands. */
export interface Quantity {
  readonly row: string;
  readonly path: string;
  readonly value: Fraction;
}

/** A row whose ends are read. */
interface ReadRow {
  readonly row: HeldRow;
  readonly possible: ReadEnds;
  readonly usual: ReadEnds;
  readonly oneOf: readonly Fraction[] | undefined;
}

export interface ReadEnds {
  readonly minimum?: Fraction;
  readonly maximum?: Fraction;
}

function readEnds({ minimum, maximum }: Ends = {}): ReadEnds {
  return {
    ...(minimum === undefined ? {} : { minimum: readFraction(minimum) }),
    ...(maximum === undefined ? {} : { maximum: readFraction(maximum) }),
  };
}

const isOutside = (value: Fraction, { minimum, maximum }: ReadEnds): boolean =>
  (minimum !== undefined && compare(value, minimum) < 0) || (maximum !== undefined && compare(value, maximum) > 0);

function endsText({ minimum, maximum }: ReadEnds): string {
  const [low, high] = [minimum, maximum].map((end) => (end === undefined ? "" : readable(decimalText(end))));
  if (low === "") return `at most ${high}`;
  return high === "" ? `at least ${low}` : `${low} to ${high}`;
}

const withUnit = (text: string, unit: string): string => (unit === "" ? text : `${text} ${unit}`);

/** @param isPossible - false: what the value is, nobody can have */
function issue({ row }: ReadRow, { path, value }: Quantity, expected: string, isPossible: boolean): Issue {
  const received = withUnit(readable(decimalText(value)), row.unit);
  const allowed = withUnit(expected, row.unit);
  const found = isPossible ? `is unusual, ${allowed} is usual` : `is not possible, ${allowed} is`;
  return {
    code: isPossible ? "dose.unlikely_value" : "dose.impossible_value",
    path,
    message: `${row.quantity}: ${received} ${found}. Check the value and its unit (confused with: ${row.confusedWith}).`,
    expected: allowed,
    received,
    parameters: { quantity: row.quantity, confusedWith: row.confusedWith },
  };
}

/** What is to be said of a quantity: nothing, that it is impossible, or that it is unusual. */
function judgeRow(read: ReadRow, quantity: Quantity, ends: ReadEnds): readonly Issue[] {
  const { row, possible, oneOf } = read;
  const { value } = quantity;
  if (isOutside(value, possible)) return [issue(read, quantity, endsText(possible), false)];
  if (oneOf !== undefined && !oneOf.some((one) => compare(one, value) === 0))
    return [issue(read, quantity, (row.oneOf ?? []).map(groupThousands).join(" or "), true)];
  return isOutside(value, ends) ? [issue(read, quantity, endsText(ends), true)] : [];
}

/** Holds a quantity against its row of a table; `usual` replaces what the row says is usual. */
export type Judge = (quantity: Quantity, usual?: ReadEnds) => readonly Issue[];

export function judgeBy(rows: readonly HeldRow[]): Judge {
  const read = new Map(
    rows.map((row): [string, ReadRow] => [
      row.id,
      {
        row,
        possible: readEnds(row.possible),
        usual: readEnds(row.usual),
        oneOf: row.oneOf?.map((one) => readFraction(one)),
      },
    ]),
  );
  return (quantity, usual) => {
    const row = read.get(quantity.row);
    if (row === undefined) throw new Error(`The table of plausible values has no row ${quantity.row}.`);
    return judgeRow(row, quantity, usual ?? row.usual);
  };
}

/** By the rows that a prescription needs. */
export const judgePrescribed: Judge = judgeBy(PRESCRIBED_ROWS);
