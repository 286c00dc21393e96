import * as z from "zod/mini";
import type { PlainCode } from "../codes/index.js";
import { AllocellError, describeReceived, throwIfAny, type Issue } from "./error.js";
import { deepFreeze } from "./freeze.js";
import { pathTo } from "./issuePath.js";
import { nearName } from "./nearestKeys.js";
import { schemaWords } from "./schemaWords.js";

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<PropertyKey, unknown>)[key];
  }
  return here;
}

/** A path in a message; one with a key in quotation marks needs no others. */
const quoted = (path: string): string => (path.includes('"') ? path : `"${path}"`);

/** The message of a fault that neither its schema nor {@link schemaWords} words. */
const NO_WORDS = "Invalid input";

/** Innermost faults of a zod error: of a union, those of the branch that fits best (the fewest faults). */
function flatten(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue): z.core.$ZodIssue[] => {
    const path = [...base, ...issue.path];
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const best = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
      // A value of a type that no branch takes: the union's own words say more than those of one branch.
      const isOwn =
        issue.message !== NO_WORDS && best.every((fault) => fault.code === "invalid_type" && fault.path.length === 0);
      if (best.length > 0 && !isOwn) return flatten(best, path);
    }
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ ...issue, path: [...path, key] }));
    }
    return [{ ...issue, path }];
  });
}

/** Names that every JavaScript object has: as keys of a map they are dropped by some readers and taken for more by others. */
const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Maps and lists as a file gives them. A value of a class, such as a Decimal, is read as a whole where it stands. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Array.isArray(value);
}

/** Keys of plain data that no map may have. What is frozen was read before. */
function reservedKeys(input: unknown, code: PlainCode, what: string): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<unknown>();
  const open: (readonly [value: unknown, path: string])[] = [[input, ""]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, above] = next;
    if (typeof value !== "object" || value === null || Object.isFrozen(value) || !isPlain(value)) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    for (const key of Object.keys(value)) {
      const inner = (value as Readonly<Record<string, unknown>>)[key];
      if (RESERVED.has(key)) {
        const path = pathTo(above, key);
        const message = `${what}: ${quoted(path)} cannot be a name here: every JavaScript object has it.`;
        issues.push({ code, path, message, expected: "another name" });
      } else if (typeof inner === "object") open.push([inner, pathTo(above, key)]);
    }
  }
  return issues;
}

/** The `params` of a custom fault of a schema that a reader of another room found: its code is kept. @internal */
export interface FoundByReader {
  readonly found: Issue;
}

/**
 * Reads untrusted input with a strict schema; the result is a frozen copy.
 *
 * @param code - error code of every fault, for example `trial.invalid`
 * @param keepsCodes - whether a fault that a reader of another room found keeps the code that it has there
 * @throws AllocellError with one issue a fault, each with its path.
 */
export function parseWith<T>(
  schema: z.ZodMiniType<T>,
  input: unknown,
  code: PlainCode,
  what: string,
  keepsCodes = false,
): T {
  throwIfAny(reservedKeys(input, code, what));
  const result = schema.safeParse(input, { error: schemaWords });
  if (result.success) return deepFreeze(result.data);
  const issues = flatten(result.error.issues, []).map((issue): Issue => {
    const path = pathTo("", ...issue.path.map(String));
    const value = at(input, issue.path);
    const received = describeReceived(value);
    // The value of an unknown field may be anything, a secret included: it is not repeated.
    if (issue.code === "unrecognized_keys") {
      const near = nearName(String(issue.path.at(-1)), issue.message.split(" "));
      const expected = near === undefined ? "no such field" : `"${near}", or no such field`;
      return { code, path, message: `${what}: ${quoted(path)} is not a known field.`, expected };
    }
    if (keepsCodes && issue.code === "custom" && issue.params !== undefined) {
      return {
        received,
        ...(issue.params as unknown as FoundByReader).found,
        path,
        message: `${quoted(path)}: ${issue.message}`,
      };
    }
    const message = `${what}: ${path === "" ? "the whole input" : quoted(path)}: ${issue.message} (got ${received}).`;
    return { code, path, message, expected: issue.message, received };
  });
  // What is refused has a fault.
  throw new AllocellError(issues as unknown as AllocellError["issues"]);
}
