import { describeReceived, fail } from "./error.js";
import { pathTo } from "./issuePath.js";

/**
 * The one JSON text of plain data: keys sorted by UTF-16 code unit, no white space, absent fields left out (RFC 8785).
 *
 * @throws AllocellError `json.not_plain` for a function, symbol, bigint, NaN, infinity, lone surrogate or class instance.
 */
export function canonicalJson(value: unknown): string {
  return textAt(value, []);
}

/** @param keys - where the value stands; the same list for all, because a path is written for a fault alone */
function textAt(value: unknown, keys: (string | number)[]): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    // Array.from visits holes too, which then are refused as `undefined` is.
    return `[${Array.from(value, (item: unknown, index) => textBelow(index, item, keys)).join(",")}]`;
  }
  if (typeof value === "object") {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return recordText(value as Record<string, unknown>, keys);
    }
  }
  return fail("json.not_plain", pathTo("", ...keys), "Only plain data has a canonical JSON text.", {
    expected: "strings, finite numbers, booleans, null, lists and maps of them",
    received: describeReceived(value),
  });
}

function recordText(record: Record<string, unknown>, keys: (string | number)[]): string {
  const fields: string[] = [];
  for (const key of Object.keys(record).sort()) {
    const inner = record[key];
    if (inner !== undefined) fields.push(`${textAt(key, keys)}:${textBelow(key, inner, keys)}`);
  }
  return `{${fields.join(",")}}`;
}

function textBelow(key: string | number, inner: unknown, keys: (string | number)[]): string {
  keys.push(key);
  const text = textAt(inner, keys);
  keys.pop();
  return text;
}
