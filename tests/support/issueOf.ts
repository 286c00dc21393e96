import { AllocellError, type Issue } from "../../src/foundation/index.js";

/** The first issue of the AllocellError that `act` throws; the test fails if it throws nothing or anything else. */
export function issueOf(act: () => unknown): Issue {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.issues[0];
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The same of a promise that is refused. */
export async function issueAfter(act: () => Promise<unknown>): Promise<Issue> {
  try {
    await act();
  } catch (error) {
    if (AllocellError.is(error)) return error.issues[0];
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Code and path of every fault that `act` is refused for; none where it is not refused. */
export function faultsOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.issues.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
}
