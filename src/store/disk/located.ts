import { AllocellError, type PlainCode, type Issue } from "../../foundation/index.js";

/** A fault with its place in a file, where it has one. Lines and columns count from 1. */
export type LocatedIssue = Issue & {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};

/** How many faults are told of one input; the rest are counted. The blanks of a template are all told, by their names. */
export const mostShown = ([{ code }]: readonly [Issue, ...Issue[]]): number => (code === "cli.to_state" ? 1000 : 20);

/** The same error with every issue that will be shown passed through `change`: a place is looked up for no other. */
export function mapIssues(error: AllocellError, change: (issue: LocatedIssue) => LocatedIssue): AllocellError {
  const most = mostShown(error.issues);
  const issues = error.issues.map((issue, index) => (index < most ? change(issue) : issue));
  return new AllocellError(issues as unknown as [LocatedIssue, ...LocatedIssue[]]);
}

/**
 * Runs what may be refused, and gives each fault the place that its reader knows: a file with line and column, an option,
 * a column of a table. The one way in which a fault gets a place.
 */
export function relocated<T>(place: (issue: LocatedIssue) => LocatedIssue, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    throw mapIssues(error, place);
  }
}

/** Throws one fault that has a place. */
export function failAt(issue: LocatedIssue): never {
  throw new AllocellError(issue);
}

const FILE_SYSTEM: Readonly<Record<string, readonly [code: PlainCode, message: string]>> = {
  ENOENT: ["cli.file_missing", "There is no such file or folder."],
  EACCES: ["cli.file_refused", "The system does not allow this file or folder to be read or written."],
  EPERM: ["cli.file_refused", "The system does not allow this file or folder to be read or written."],
  EISDIR: ["cli.file_is_folder", "This is a folder; a file is asked for."],
  ENOTDIR: ["cli.folder_missing", "This, or a part of its path, is a file where a folder is needed."],
  EEXIST: ["cli.output_exists", "This exists already and is never written over."],
  ENOTEMPTY: ["cli.output_exists", "This exists already and is never written over."],
  ENOSPC: ["cli.disk_full", "The disk is full."],
  EDQUOT: ["cli.disk_full", "Your share of the disk is used up."],
  EFBIG: ["cli.disk_full", "The file is larger than the system allows."],
  EROFS: ["cli.file_refused", "The disk is read-only."],
  ENAMETOOLONG: ["cli.file_refused", "This name is longer than the system allows."],
  ELOOP: ["cli.file_refused", "These links lead in a circle."],
};

/** An error of the file system as an AllocellError that names the path as the user wrote it; others come back unchanged. */
export function fromFileSystem(error: unknown, shownPath: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^E[A-Z]+$/.test(code)) return error;
  const [ours, message] = FILE_SYSTEM[code] ?? ["cli.file_failed", `The system reports ${code}.`];
  return new AllocellError({ code: ours, path: shownPath, message, file: shownPath } as LocatedIssue);
}

/** Runs what touches the file at `shownPath`, and turns the system's errors into ours. */
export function touching<T>(shownPath: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw fromFileSystem(error, shownPath);
  }
}
