import * as z from "zod/mini";

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a map",
  record: "a map",
  string: "text",
};

/** "at least 3", "above 0": a limit and which side of it is allowed. */
function limitOf(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>): string {
  const [inclusive, exclusive, limit] =
    issue.code === "too_small" ? ["at least", "above", issue.minimum] : ["at most", "below", issue.maximum];
  const bound = `${issue.exact === true ? "exactly" : issue.inclusive === false ? exclusive : inclusive} ${String(limit)}`;
  if (issue.origin === "string") return `have ${bound} characters`;
  return issue.origin === "array" ? `have ${bound} entries` : `be ${bound}`;
}

/**
 * What a field must be, where its schema does not word it: the words of a reader of the file and not of the schema. Of a
 * map with an unknown field: the fields that it may have.
 */
export function schemaWords(issue: z.core.$ZodRawIssue): string | undefined {
  const must = issue.input === undefined ? "is missing; it must" : "must";
  switch (issue.code) {
    case "invalid_type":
      return issue.expected in TYPES ? `${must} be ${TYPES[issue.expected]}` : undefined;
    case "invalid_value":
      return `${must} be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
    case "too_small":
    case "too_big":
      return `must ${limitOf(issue)}`;
    case "invalid_format":
      return issue.pattern === undefined ? undefined : `must have the form ${issue.pattern}`;
    case "invalid_union":
      // A map whose kind is none of those that there are.
      return Array.isArray(issue.options) ? `must be one of ${issue.options.map(String).join(", ")}` : undefined;
    case "unrecognized_keys":
      return issue.inst instanceof z.ZodMiniObject ? Object.keys(issue.inst.shape).join(" ") : undefined;
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "not_multiple_of":
      return undefined;
  }
}
