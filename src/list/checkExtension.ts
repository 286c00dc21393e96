import { requireListPlan, requireMasterList } from "./requireList.js";
import { fail, throwIfAny, type Issue } from "../foundation/index.js";
import { isDrawnForLength } from "../procedure/index.js";
import { requireMadeFromSeed } from "./adoption.js";
import { listBinding } from "./binding.js";
import type { MasterList, MasterRow } from "./masterList.js";
import type { Plan } from "./plan.js";
import { stratumText } from "./strata.js";

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
  requireMasterList(before);
  requireMasterList(after);
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
      parameters: { stratum: where, sequence: row.sequence },
    });
  }
  return Object.freeze([...issues.values()]);
}

function rowText({ stratum, sequence, number, arm }: MasterRow): string {
  return JSON.stringify([stratum, sequence, number, arm]);
}

/**
 * The longer list as the extension of the shorter one: a log of the shorter list takes it, and no other.
 *
 * @throws AllocellError `list.adopted_has_no_seed`; `custody.list_differs` for lists of two ids, purposes or seeds; `conduct.extension_changes` with
 *   one issue for each stratum in which a row changed, issued or not
 */
export function extendList(before: MasterList, after: MasterList): MasterList {
  requireMasterList(before);
  requireMasterList(after);
  for (const list of [before, after]) requireMadeFromSeed(list.unblindedRecord(), "An extension", "extends");
  const markOf = (list: MasterList): string => `${list.status} ${list.list} ${list.unblindedRecord().seedMark}`;
  if (markOf(before) !== markOf(after)) {
    fail("custody.list_differs", "extends", "A list is extended under the same id and with the same seed only.", {
      expected: `${before.status} list ${before.list} with its seed`,
      received: `${after.status} list ${after.list}${after.list === before.list ? " with another seed" : ""}`,
    });
  }
  throwIfAny(checkExtension(before, after));
  return after.extending(listBinding(before));
}

/** Why a list of this plan can never be extended, in words; undefined where it can. */
export function extensionObstacle(plan: Plan): string | undefined {
  requireListPlan(plan);
  const { procedure, procedures = [], stream, strata } = plan;
  for (const own of [procedure, ...procedures.map((entry) => entry.procedure)]) {
    if ("lastBlock" in own && own.lastBlock === "fill") {
      return "a filled last block is drawn for the length of the list";
    }
    if (isDrawnForLength(own)) return `the rows of "${own.kind}" are drawn for the length of the list`;
  }
  return stream === "r-mersenne-twister" && strata.length > 0 ? "one stream of R serves all strata" : undefined;
}
