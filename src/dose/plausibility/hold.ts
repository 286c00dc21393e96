import type { Issue } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  groupThousands,
  readFraction,
  type UnitKind,
} from "../../quantity/index.js";
import { readable } from "../shown.js";
import { HELD, type Ends, type HeldRow } from "./table.js";

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

const ROWS: ReadonlyMap<string, ReadRow> = new Map(
  HELD.map((row) => [
    row.id,
    {
      row,
      possible: readEnds(row.possible),
      usual: readEnds(row.usual),
      oneOf: row.oneOf?.map((one) => readFraction(one)),
    },
  ]),
);

function rowOf(id: string): ReadRow {
  const found = ROWS.get(id);
  if (found === undefined) throw new Error(`The table of plausible values has no row ${id}.`);
  return found;
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
export function judge(quantity: Quantity, usualHere?: ReadEnds): Issue | undefined {
  const read = rowOf(quantity.row);
  const { possible, usual, oneOf } = read;
  const { value } = quantity;
  if (isOutside(value, possible)) return issue(read, quantity, endsText(possible), false);
  if (oneOf !== undefined && !oneOf.some((one) => compare(one, value) === 0))
    return issue(read, quantity, (read.row.oneOf ?? []).map(groupThousands).join(" or "), true);
  const ends = usualHere ?? usual;
  return isOutside(value, ends) ? issue(read, quantity, endsText(ends), true) : undefined;
}

/** The one of several rows, one for each kind of what is counted, that holds for a kind. */
export function rowForKind(ids: readonly string[], kind: UnitKind): string | undefined {
  return ids.find((id) => rowOf(id).row.kinds?.includes(kind) === true);
}
