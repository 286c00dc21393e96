import { AllocellError, type Issue } from "../foundation/index.js";
import { groupThousands } from "../quantity/index.js";
import { wrapText } from "./textTable.js";

/** A fault with its place in a file, where it has one. Lines and columns count from 1. */
export interface LocatedIssue extends Issue {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The most faults that are told of one input; the rest are counted. */
export const MOST_SHOWN = 20;

/** The same error with every issue that will be shown passed through `change`: a place is looked up for no other. */
export function mapIssues(error: AllocellError, change: (issue: LocatedIssue) => LocatedIssue): AllocellError {
  const issues = error.issues.map((issue, index) => (index < MOST_SHOWN ? change(issue) : issue));
  return new AllocellError(issues as unknown as [LocatedIssue, ...LocatedIssue[]]);
}

/** Throws one fault that has a place. */
export function failAt(issue: LocatedIssue): never {
  throw new AllocellError(issue);
}

const FILE_SYSTEM: Readonly<Record<string, readonly [code: string, message: string]>> = {
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

function placeText({ file, line, column, path }: LocatedIssue): string {
  const place = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
    ...(path === "" || path === file ? [] : [path]),
  ];
  return place.join(", ");
}

/** One fault as lines: what, where, what would be right. */
export function issueLines(issue: LocatedIssue, indent: string): readonly string[] {
  const field = (name: string, text: string | undefined): readonly string[] =>
    text === undefined || text === "" ? [] : wrapText(text, `${indent}${name}  `, 100);
  return [
    ...field("what ", issue.message),
    ...field("where", placeText(issue)),
    // Where the schema's sentence is the expectation it already stands in the message.
    ...field("right", issue.message.includes(issue.expected ?? "") ? undefined : issue.expected),
    ...field("got  ", issue.message.includes(issue.received ?? "") ? undefined : issue.received),
    ...field("code ", issue.code),
  ];
}

/** An error for people: what was wrong, where, what would be right; several faults as a numbered list. */
export function toErrorText(error: AllocellError): string {
  const { issues } = error;
  const lines =
    issues.length === 1
      ? ["allocell: this cannot be done", ...issueLines(issues[0], "  ")]
      : [
          `allocell: this cannot be done, for ${issues.length} reasons`,
          ...issues.slice(0, MOST_SHOWN).flatMap((issue, i) => [`${i + 1}.`, ...issueLines(issue, "  ")]),
        ];
  const more = issues.length - MOST_SHOWN;
  if (more > 0) lines.push(`and ${groupThousands(String(more))} more`);
  if (issues.some(({ code }) => code === "trial.assumption_missing")) {
    lines.push(
      "State it under `assumptions:` of the plan or of an assumptions file (--assumptions FILE), or for a dose with --assume KEY=VALUE.",
    );
  }
  return `${lines.join("\n")}\n`;
}

/** An error for programs: `{ "error": { code, message, issues } }`, with the number of `more` issues where not all are told. */
export function toErrorJson({ code, issues }: AllocellError): object {
  const more = issues.length - MOST_SHOWN;
  const shown = issues.slice(0, MOST_SHOWN);
  return { error: { code, message: issues[0].message, issues: shown, ...(more > 0 ? { more } : {}) } };
}
