import { AllocellError, type Issue } from "../foundation/index.js";
import {
  compare,
  fraction,
  parseDoseText,
  readFraction,
  times,
  type DoseText,
  type Fraction,
} from "../quantity/index.js";
import { parseAdministrations } from "../trial/index.js";
import type { DoseLevel } from "./model.js";

interface ReadLevel {
  readonly dose: DoseText;
  /** Of all administrations together. */
  readonly amount: Fraction;
}

const levelIssue = (path: string, message: string, expected?: string): Issue => ({
  ...{ code: "escalation.levels_invalid", path, message },
  ...(expected === undefined ? {} : { expected }),
});

/** Faults of a dose table: labels twice, doses that cannot be read, are of two kinds, or do not rise. */
export function levelIssues(levels: readonly DoseLevel[]): readonly Issue[] {
  const issues: Issue[] = [];
  const labels = levels.map(({ label }) => label.toLowerCase());
  labels.forEach((label, i) => {
    if (labels.indexOf(label) === i) return;
    issues.push(
      levelIssue(`levels.${i}.label`, `The label "${levels[i]?.label ?? ""}" stands twice.`, "another label"),
    );
  });
  const withDose = levels.filter(({ dose }) => dose !== undefined).length;
  if (withDose !== 0 && withDose !== levels.length) {
    const missing = levels.findIndex(({ dose }) => dose === undefined);
    issues.push(levelIssue(`levels.${missing}.dose`, "Some levels have a dose and some have none.", "all or none"));
  }
  let before: ReadLevel | undefined;
  levels.forEach((level, i) => {
    const read = readLevel(level, i, issues);
    if (read === undefined) return;
    if (before !== undefined) pushOrder(issues, before, read, i);
    before = read;
  });
  return issues;
}

function readLevel({ dose, administrations }: DoseLevel, i: number, issues: Issue[]): ReadLevel | undefined {
  try {
    const count =
      administrations === undefined ? 1 : parseAdministrations(administrations, `levels.${i}.administrations`).count;
    if (dose === undefined) return undefined;
    const read = parseDoseText(dose, `levels.${i}.dose`);
    return { dose: read, amount: times(readFraction(read.amount), fraction(count)) };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    for (const issue of error.issues) issues.push(issue);
    return undefined;
  }
}

function pushOrder(issues: Issue[], before: ReadLevel, { dose, amount }: ReadLevel, i: number): void {
  if (dose.unitKind !== before.dose.unitKind || dose.kind !== before.dose.kind) {
    issues.push(levelIssue(`levels.${i}.dose`, "The doses of a table are all per kg or all flat, and of one unit."));
  } else if (compare(amount, before.amount) <= 0) {
    const message = "The doses must rise from level to level, counted over all administrations.";
    issues.push(levelIssue(`levels.${i}.dose`, message, "a higher dose than the level before"));
  }
}
