import { AllocellError, type Issue } from "../../../src/foundation/index.js";

/** The issues that `act` throws; fails the test if it throws none. */
export function issuesOf(act: () => unknown): readonly Issue[] {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.issues;
    throw error;
  }
  throw new Error("expected an AllocellError, but nothing was thrown");
}

/** "code path" of each issue. */
export function faultsOf(act: () => unknown): readonly string[] {
  return issuesOf(act).map((issue) => `${issue.code} ${issue.path}`);
}
