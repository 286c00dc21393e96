import { keysOfPath } from "../foundation/index.js";
import type { LocatedIssue } from "../store/disk/index.js";

/** A fault as JSON tells it, with the keys of its path. The file as a whole has none: its name stands in that path. */
export const withKeys = <T extends LocatedIssue>(issue: T): T & { readonly keys: readonly string[] } => ({
  ...issue,
  keys: issue.path === issue.file ? [] : keysOfPath(issue.path),
});
