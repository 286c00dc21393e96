import { fail } from "../foundation/index.js";
import { requireMasterList, requireSeed, type MasterList } from "../list/index.js";
import { deriveStreamKey, type Seed } from "../random/index.js";

/**
 * Refuses any seed but the one that made the list, by the list's mark of it.
 *
 * @throws AllocellError `blinding.seed_differs`
 */
export function requireSeedOf(master: MasterList, seed: Seed): void {
  requireMasterList(master);
  requireSeed(seed);
  const { algorithm, seedMark, adopted } = master.unblindedRecord();
  const mark = deriveStreamKey(seed, { algorithm, list: master.list, purpose: "seed-mark", stratum: [] }).slice(0, 16);
  if (seed.kind === master.status && mark === seedMark) return;
  fail("blinding.seed_differs", "seed", `This is not the seed that made the list: its marks differ.`, {
    expected: adopted === undefined ? `the ${master.status} seed of list ${master.list}` : "keyOfAdopted(master)",
    received: `another ${seed.kind} seed`,
  });
}
