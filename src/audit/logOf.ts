import { readLog, type ReadLog } from "../allocation/index.js";
import { AllocellError } from "../foundation/index.js";
import type { AuditFacts } from "./subject.js";

/** The log among the facts, read whole: what it holds, or the fault at which reading stopped. */
export function logOf({ log }: AuditFacts): ReadLog | AllocellError | undefined {
  if (log === undefined) return undefined;
  try {
    return readLog(log);
  } catch (error) {
    if (AllocellError.is(error)) return error;
    throw error;
  }
}
