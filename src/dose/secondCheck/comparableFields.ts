import type { LotOrder, PreparationOrder } from "../preparation/model.js";

/** A field's own text, and the text by which it is compared: two people write one name with other spaces or capitals. */
export interface ComparableField {
  readonly text: string;
  readonly folded: string;
}

/** Each person accepts warnings, and comments, for himself. */
const OWN = new Set(["overrides", "document.comments"]);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function flatten(value: unknown, path: string, into: Map<string, ComparableField>): void {
  if (OWN.has(path)) return;
  if (!isMap(value)) {
    const text = String(value);
    into.set(path, { text, folded: text.trim().replace(/\s+/gu, " ").toLowerCase() });
    return;
  }
  for (const [key, inner] of Object.entries(value)) flatten(inner, path === "" ? key : `${path}.${key}`, into);
}

/** What a lot is found by in the other order: its name, and its content where one lot has several sizes. */
function lotName({ lot, content }: LotOrder, lots: readonly LotOrder[]): string {
  const isOneSize = lots.filter((other) => other.lot === lot).length === 1;
  return isOneSize ? `lots[${lot}]` : `lots[${lot}, ${content}]`;
}

/**
 * Every field of a read order by its path, of what else a check states under `document`. Numbers are plain decimals, so
 * "1E6" and "1000000" are the same; lots go by their name and a ledger's lines by their key, whatever stands first.
 */
export function comparableFields(
  order: PreparationOrder,
  document: Readonly<Record<string, unknown>> = {},
): ReadonlyMap<string, ComparableField> {
  const fields = new Map<string, ComparableField>();
  const { lots = [], dose, ...others } = order;
  flatten({ ...others, document }, "", fields);
  for (const lot of lots) flatten(lot, lotName(lot, lots), fields);
  if (dose.from !== "trial") {
    flatten(dose, "dose", fields);
    return fields;
  }
  const { assumptions, ...trial } = dose.trial;
  flatten({ ...dose, trial }, "dose", fields);
  for (const { key, value } of assumptions) flatten(value, `ledger[${key}]`, fields);
  return fields;
}
