import type { MasterList } from "./masterList.js";

/** The arm of every number of a list. UNBLINDED. */
export function unblindedArmsOf(master: MasterList): ReadonlyMap<string, string> {
  const arms = new Map<string, string>();
  for (const { number, arm } of master.unblindedRows()) arms.set(number, arm);
  return arms;
}
