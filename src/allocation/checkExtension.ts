import type { Issue } from "../foundation/index.js";
import type { MasterList, MasterRow } from "../list/index.js";
import { stratumText } from "../list/index.js";

/**
 * Whether a longer master list holds every row of the one that it replaces, unchanged. For unblinded people, before a
 * list is extended: the blinded shapes cannot show it.
 *
 * Whole and cut blocks always pass, because each stratum's stream goes on where it ended. Filled blocks and procedures
 * with fixed totals may not: their rows depend on the length.
 *
 * @returns one issue for each stratum that changed, naming its first changed row and no treatment
 */
export function checkExtension(before: MasterList, after: MasterList): readonly Issue[] {
  const now = new Map<string, string>();
  for (const row of after.unblindedRows()) now.set(row.number, rowText(row));
  const issues = new Map<string, Issue>();
  for (const row of before.unblindedRows()) {
    const where = stratumText(row.stratum);
    const found = now.get(row.number);
    if (found === rowText(row) || issues.has(where)) continue;
    issues.set(where, {
      code: "conduct.extension_changes",
      path: `rows.${row.number}`,
      message: `${where}: row ${row.sequence} (${row.number}) is ${found === undefined ? "missing" : "another"} in the new list.`,
      expected: "every row of the old list unchanged",
    });
  }
  return Object.freeze([...issues.values()]);
}

function rowText({ stratum, sequence, number, arm }: MasterRow): string {
  return JSON.stringify([stratum, sequence, number, arm]);
}
