import * as z from "zod";
import { AllocellError, describeReceived, type Issue } from "./error.js";
import { deepFreeze } from "./freeze.js";

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<PropertyKey, unknown>)[key];
  }
  return here;
}

/** Innermost faults of a zod error: of a union, those of the branch that fits best (the fewest faults). */
function flatten(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue): z.core.$ZodIssue[] => {
    const path = [...base, ...issue.path];
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const best = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
      if (best.length > 0) return flatten(best, path);
    }
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ ...issue, path: [...path, key] }));
    }
    return [{ ...issue, path }];
  });
}

/**
 * Reads untrusted input with a strict schema; the result is a frozen copy.
 *
 * @param code - error code of every fault, for example `trial.invalid`
 * @throws AllocellError with one issue a fault, each with its path.
 */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, code: string, what: string): T {
  const result = schema.safeParse(input);
  if (result.success) return deepFreeze(result.data);
  const issues = flatten(result.error.issues, []).map((issue): Issue => {
    const path = issue.path.map(String).join(".");
    const received = describeReceived(at(input, issue.path));
    const message =
      issue.code === "unrecognized_keys"
        ? `${what}: "${path}" is not a known field.`
        : `${what}: ${path === "" ? "the whole input" : `"${path}"`}: ${issue.message} (got ${received}).`;
    // The value of an unknown field may be anything, a secret included: it is not repeated.
    if (issue.code === "unrecognized_keys") return { code, path, message, expected: "no such field" };
    return { code, path, message, expected: issue.message, received };
  });
  const [first, ...others] = issues;
  throw new AllocellError(first ?? { code, path: "", message: `${what} is not valid.` }, ...others);
}
