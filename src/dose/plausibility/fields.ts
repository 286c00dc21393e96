import type { Issue } from "../../foundation/index.js";
import { readFraction, sign } from "../../quantity/index.js";
import type { Quantity } from "./hold.js";
import { HELD, judge } from "./table.js";

type Holder = Readonly<Record<string, unknown>>;

/** A row's field: below which part of an order it stands, and the way from there. */
interface Field {
  readonly row: string;
  readonly way: readonly string[];
}

/** The fields of the table by the part of an order in which they stand. */
const FIELDS_OF: ReadonlyMap<string, readonly Field[]> = HELD.filter(({ kinds }) => kinds === undefined)
  .flatMap(({ id, fields }) => fields.map((field) => ({ row: id, way: field.split(".") })))
  .reduce((map, { row, way: [part = "", ...way] }) => {
    map.set(part, [...(map.get(part) ?? []), { row, way }]);
    return map;
  }, new Map<string, readonly Field[]>());

function valuesAt(holder: unknown, way: readonly string[], path: string): readonly (readonly [string, string])[] {
  const [next, ...rest] = way;
  if (next === undefined) {
    return typeof holder === "string" || typeof holder === "number" ? [[path, String(holder)]] : [];
  }
  if (typeof holder !== "object" || holder === null) return [];
  if (next === "*") {
    const entries: readonly unknown[] = Array.isArray(holder) ? holder : [];
    return entries.flatMap((entry, index) => valuesAt(entry, rest, `${path}.${index}`));
  }
  return valuesAt((holder as Holder)[next], rest, `${path}.${next}`);
}

function quantitiesOf(part: string, holder: unknown): readonly Quantity[] {
  return (FIELDS_OF.get(part) ?? []).flatMap(({ row, way }) =>
    valuesAt(holder, way, part).map(([path, text]) => ({ row, path, value: readFraction(text) })),
  );
}

/** What is to be said of one part of an order by itself, such as its lots. A field that takes 0 may hold it. */
export function judgeFields(part: string, holder: unknown): readonly Issue[] {
  return quantitiesOf(part, holder).flatMap((quantity) => (sign(quantity.value) === 0 ? [] : judge(quantity)));
}

/** The parts of an order of which the table has fields. */
export const PARTS: readonly string[] = [...FIELDS_OF.keys()];
