import { requireFields } from "../foundation/index.js";
import type { Issue } from "../foundation/index.js";
import type { EscalationDesign, Letter, OwnTableSpec, Situation, Step } from "./model.js";
import { LETTER_OF, ownTable } from "./rules/ownTable.js";
import { firstStep } from "./firstStep.js";
import { walk } from "./walk.js";

/** From mild to strict; a stop and an elimination are the strictest. */
const STRICTNESS: Readonly<Record<Letter, number>> = { E: 0, S: 1, D: 2, U: 3, X: 3 };

const cellsText = (cells: readonly string[]): string =>
  cells.length > 20 ? `${cells.slice(0, 20).join(", ")} and ${cells.length - 20} more` : cells.join(", ");

const tableIssue = (message: string, expected: string, received?: string): Issue => ({
  ...{ code: "escalation.table_invalid", path: "rule.cells", message, expected },
  ...(received === undefined ? {} : { received }),
});

/** Faults of a user's own table: impossible or repeated cells, a milder decision for more DLTs, cells missing or unused. */
export function ownTableIssues(design: EscalationDesign, spec: OwnTableSpec): readonly Issue[] {
  const names = spec.cells.map(({ n, dlt }) => `${dlt} of ${n}`);
  const impossible = names.filter((_, i) => (spec.cells[i]?.dlt ?? 0) > (spec.cells[i]?.n ?? 0));
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  const issues: Issue[] = [];
  if (impossible.length > 0) {
    issues.push(tableIssue("More DLTs than participants in a cell.", "dlt from 0 to n", cellsText(impossible)));
  }
  if (twice.length > 0) issues.push(tableIssue("A cell stands twice.", "each cell once", cellsText(twice)));
  const milder = milderCells(spec);
  if (milder.length > 0) {
    const message = "More DLTs lead to a milder decision than fewer DLTs of as many participants.";
    issues.push(tableIssue(message, "decisions that get no milder as DLTs get more", cellsText(milder)));
  }
  return issues.length > 0 ? issues : reachIssues(design, spec);
}

function milderCells({ cells }: OwnTableSpec): readonly string[] {
  return cells
    .filter((cell) =>
      cells.some(
        (other) =>
          other.n === cell.n &&
          other.dlt < cell.dlt &&
          STRICTNESS[LETTER_OF[other.decision]] > STRICTNESS[LETTER_OF[cell.decision]],
      ),
    )
    .map(({ n, dlt }) => `${dlt} of ${n}`);
}

/** Walks the design to see which cells are asked for. */
function reachIssues(design: EscalationDesign, spec: OwnTableSpec): readonly Issue[] {
  const rule = ownTable(spec, design.levels.length);
  const asked = new Set<string>();
  const missing = new Set<string>();
  const stepOf = (situation: Situation): Step => {
    const [n, dlt] = [situation.n[situation.current - 1] ?? 0, situation.dlt[situation.current - 1] ?? 0];
    const name = `${dlt} of ${n}`;
    asked.add(name);
    if (rule.letter(n, dlt) !== undefined) return rule.step(situation);
    missing.add(name);
    return { action: "stop", reason: "own-stop", highestOpen: situation.highestOpen, recommended: null };
  };
  walk(design, firstStep(design), stepOf);
  if (missing.size > 0) {
    const message = "The table has no decision for cells that can be reached.";
    return [
      tableIssue(
        message,
        "a decision for each of them; a stop where no more are to be treated",
        cellsText([...missing]),
      ),
    ];
  }
  const unused = spec.cells.map(({ n, dlt }) => `${dlt} of ${n}`).filter((name) => !asked.has(name));
  return unused.length === 0
    ? []
    : [tableIssue("The table has cells that can never be reached.", "no such cells", cellsText(unused))];
}

/** Cells in which more participants with as many DLTs lead to a stricter decision: unusual, and not refused. */
export function ownTableWarnings(table: OwnTableSpec): readonly Issue[] {
  requireFields(table, "an own table: cells", { cells: "a list" });
  const { cells } = table;
  const stricter = cells.filter((cell) =>
    cells.some(
      (other) =>
        other.dlt === cell.dlt &&
        other.n < cell.n &&
        STRICTNESS[LETTER_OF[other.decision]] < STRICTNESS[LETTER_OF[cell.decision]],
    ),
  );
  if (stricter.length === 0) return [];
  const received = cellsText(stricter.map(({ n, dlt }) => `${dlt} of ${n}`));
  const message = "As many DLTs of more participants lead to a stricter decision.";
  return [{ code: "escalation.table_unusual", path: "rule.cells", message, received }];
}
