import { describeReceived, fail } from "./error.js";

/**
 * The one JSON text of plain data: keys sorted by UTF-16 code unit, no white space, absent fields left out (RFC 8785).
 *
 * @throws AllocellError `json.not_plain` for a function, symbol, bigint, NaN, infinity, lone surrogate or class instance.
 */
export function canonicalJson(value: unknown, path = ""): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    // Array.from visits holes too, which then are refused as `undefined` is.
    return `[${Array.from(value, (item: unknown, index) => canonicalJson(item, `${path}.${index}`)).join(",")}]`;
  }
  if (typeof value === "object") {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      const record = value as Record<string, unknown>;
      const fields = Object.keys(record)
        .filter((key) => record[key] !== undefined)
        .sort((a, b) => (a < b ? -1 : 1))
        .map((key) => `${canonicalJson(key, path)}:${canonicalJson(record[key], `${path}.${key}`)}`);
      return `{${fields.join(",")}}`;
    }
  }
  return fail("json.not_plain", path.replace(/^\./, ""), "Only plain data has a canonical JSON text.", {
    expected: "strings, finite numbers, booleans, null, lists and maps of them",
    received: describeReceived(value),
  });
}
