import { requireMasterList } from "./requireList.js";
import type { MasterList } from "./masterList.js";

/** The arm of every number that the blinded list has: a further one must not be told from one that does not exist. UNBLINDED. */
export function unblindedArmsOf(master: MasterList): ReadonlyMap<string, string> {
  requireMasterList(master);
  const arms = new Map<string, string>();
  for (const { number, arm } of master.unblindedPublishedRows()) arms.set(number, arm);
  return arms;
}
