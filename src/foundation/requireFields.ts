import { describeReceived, fail, throwIfAny, type Issue } from "./error.js";

/** What a field of an argument must be, in the words of the message. A field that may be absent is not named. */
export type FieldKind = "text" | "a number" | "a list" | "a map" | "a function" | "anything";

type Fields<T> = Readonly<Partial<Record<Exclude<keyof T, "toString">, FieldKind>>>;

const isOf = (kind: FieldKind, value: unknown): boolean => {
  if (kind === "text") return typeof value === "string";
  if (kind === "a number") return typeof value === "number" && !Number.isNaN(value);
  if (kind === "a list") return Array.isArray(value);
  if (kind === "a map") return typeof value === "object" && value !== null && !Array.isArray(value);
  if (kind === "a function") return typeof value === "function";
  return value !== undefined;
};

/**
 * Holds an argument to the fields that are read of it, because a caller without types may hand over anything. What is in
 * a field is read where it is used.
 *
 * @param what - what is wanted, for the message: `a trial as defineTrial returns it`
 * @throws AllocellError `input.invalid`, one issue a field
 * @example
 * requireFields(list, "a blinded list", { strata: "a list", list: "text" });
 */
export function requireFields<T>(value: T, what: string, fields: Fields<T>): void {
  if (typeof value !== "object" || value === null) {
    return fail("input.invalid", "", `This is not ${what}.`, { expected: what, received: describeReceived(value) });
  }
  const issues: Issue[] = [];
  // Not by Object.entries: nearly every function of the package begins here.
  for (const name in fields) {
    const kind: FieldKind = (fields as Record<string, FieldKind>)[name] ?? "anything";
    const field = (value as Record<string, unknown>)[name];
    if (isOf(kind, field)) continue;
    const message = `This is not ${what}: "${name}" must be ${kind === "anything" ? "there" : kind}.`;
    issues.push({ code: "input.invalid", path: name, message, expected: what, received: describeReceived(field) });
  }
  throwIfAny(issues);
}

/** Refuses what is not text. @throws AllocellError `input.invalid` */
export function requireString(value: unknown, path: string, what: string): asserts value is string {
  // The usual case first: every part of the name of a stream is held to it.
  if (typeof value !== "string") requireFields({ [path]: value }, what, { [path]: "text" });
}

/** As {@link requireFields}, of each entry of a list. @throws AllocellError `input.invalid` */
export function requireEach<T>(list: readonly T[], what: string, fields: Fields<T>): void {
  requireFields({ list }, `a list of which each entry is ${what}`, { list: "a list" });
  for (const entry of list) requireFields(entry, what, fields);
}
