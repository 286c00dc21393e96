import { foldId, pathTo } from "../../foundation/index.js";
import { sourceInWords } from "../formula/sources.js";
import type { LotOrder, PreparationOrder } from "../preparation/model.js";

/** A field's own text, and the text by which it is compared: two people write one name with other spaces or capitals. */
export interface ComparableField {
  readonly text: string;
  readonly folded: string;
}

/** The fields of one order by their path, and of what a check states under `document`. */
export type ComparableFields = ReadonlyMap<string, ComparableField>;

interface Stated {
  readonly order: PreparationOrder;
  readonly document?: Readonly<Record<string, unknown>> | undefined;
}

/** Each person accepts warnings, and comments, for himself. */
const OWN = new Set(["overrides", "document.comments"]);

export const folded: (text: string) => string = foldId;

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function flatten(value: unknown, path: string, into: Map<string, ComparableField>): void {
  if (OWN.has(path)) return;
  if (!isMap(value)) {
    // A field that took another one's place would never be compared.
    if (into.has(path)) throw new Error(`Two fields of one order are called ${path}.`);
    const text = String(value);
    into.set(path, { text, folded: folded(text) });
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    flatten(inner, pathTo(path, key), into);
  }
}

/** The lots of all components: a lot is never of two. */
const lotsOf = ({ order: { lots = [], then = [] } }: Stated): readonly LotOrder[] => [
  ...lots,
  ...then.flatMap((component) => component.lots ?? []),
];

/** Each lot's name as it was written first, by its folded name. */
const namesOf = (stated: Stated): ReadonlyMap<string, string> =>
  new Map([...lotsOf(stated)].reverse().map(({ lot }) => [folded(lot), lot.trim()]));

/**
 * What each lot is called in the comparison. Lots go by their names; names that only one of the two orders has, equally
 * many on both sides, are taken for slips of one another and stand side by side.
 */
function lotTitles(first: Stated, second: Stated): ReadonlyMap<string, string> {
  const [mine, theirs] = [namesOf(first), namesOf(second)];
  const onlyMine = [...mine.keys()].filter((name) => !theirs.has(name)).sort();
  const onlyTheirs = [...theirs.keys()].filter((name) => !mine.has(name)).sort();
  const titles = new Map([...theirs, ...mine]);
  if (onlyMine.length !== onlyTheirs.length) return titles;
  onlyMine.forEach((name, index) => {
    const other = onlyTheirs[index] ?? "";
    const title = `${mine.get(name) ?? ""} | ${theirs.get(other) ?? ""}`;
    titles.set(name, title).set(other, title);
  });
  return titles;
}

/** The lots with their places: the name, the content where one lot has several sizes, a number where these are equal. */
function placedLots(lots: readonly LotOrder[], titles: ReadonlyMap<string, string>): readonly [string, LotOrder][] {
  const count = new Map<string, number>();
  // Entries that differ in neither are told apart by their other fields, whatever stands first.
  const sorted = [...lots].sort((a, b) => (folded(JSON.stringify(a)) < folded(JSON.stringify(b)) ? -1 : 1));
  return sorted.map((one) => {
    const title = titles.get(folded(one.lot)) ?? one.lot;
    const isOneSize = lots.filter(({ lot }) => folded(lot) === folded(one.lot)).length === 1;
    const name = isOneSize ? title : `${title}, ${one.content}`;
    const before = count.get(name) ?? 0;
    count.set(name, before + 1);
    return [`lots[${name}${before === 0 ? "" : `, no. ${before + 1}`}]`, one];
  });
}

function fieldsOf({ order, document = {} }: Stated, titles: ReadonlyMap<string, string>): ComparableFields {
  const fields = new Map<string, ComparableField>();
  const { lots = [], then = [], dose, ...others } = order;
  flatten({ ...others, document }, "", fields);
  for (const [place, lot] of placedLots(lots, titles)) flatten(lot, place, fields);
  // The order in which components are given is itself compared.
  for (const [index, { lots: ofComponent = [], ...component }] of then.entries()) {
    flatten(component, `then.${index}`, fields);
    for (const [place, lot] of placedLots(ofComponent, titles)) flatten(lot, `then.${index}.${place}`, fields);
  }
  if (dose.from !== "trial") {
    flatten(dose, "dose", fields);
    return fields;
  }
  const { assumptions, sources, ...trial } = dose.trial;
  const said = Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, sourceInWords(source)]));
  flatten({ ...dose, trial: { ...trial, sources: said } }, "dose", fields);
  for (const { key, value } of assumptions) flatten(value, `assumptions[${key}]`, fields);
  return fields;
}

/**
 * Every field of two read orders by its path, and of what else their checks state under `document`. Numbers are plain
 * decimals, so "1E6" and "1000000" are the same; lots go by their name within their component, and an assumptions file's lines by their key, whatever stands
 * first. No field of an order is left out, however many entries of one lot it has.
 */
export function comparableFields(first: Stated, second: Stated): readonly [ComparableFields, ComparableFields] {
  const titles = lotTitles(first, second);
  return [fieldsOf(first, titles), fieldsOf(second, titles)];
}
