import type { AllocellError } from "../foundation/index.js";
import { mostShown, type LocatedIssue } from "../store/disk/index.js";
import { groupThousands } from "../quantity/index.js";
import { wrapText } from "./textTable.js";
import { withKeys } from "./withKeys.js";

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
          ...issues.slice(0, mostShown(issues)).flatMap((issue, i) => [`${i + 1}.`, ...issueLines(issue, "  ")]),
        ];
  const more = issues.length - mostShown(issues);
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
  const most = mostShown(issues);
  const more = issues.length - most;
  const shown = issues.slice(0, most).map(withKeys);
  return { error: { code, message: issues[0].message, issues: shown, ...(more > 0 ? { more } : {}) } };
}
