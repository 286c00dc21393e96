import { AllocellError } from "./error.js";

/** Runs what may be refused; the path of each fault becomes what `place` makes of it, where the caller's input has the field. */
export function movePaths<T>(place: (path: string) => string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    const moved = error.issues.map((issue) => ({ ...issue, path: place(issue.path) }));
    throw new AllocellError(moved as unknown as AllocellError["issues"]);
  }
}
