import type { Issue } from "../../foundation/index.js";
import type { Steps } from "../formula/step.js";

/** Steps and warnings of one preparation, in the order in which they come about. */
export interface Trace extends Steps {
  readonly warnings: Issue[];
}

/** Adds warnings; of several with one code at one field the first says enough, and one override accepts it. */
export function warnOnce({ warnings }: Trace, found: readonly Issue[]): void {
  for (const issue of found) {
    const isKnown = warnings.some(({ code, path }) => code === issue.code && path === issue.path);
    if (!isKnown) warnings.push(issue);
  }
}
