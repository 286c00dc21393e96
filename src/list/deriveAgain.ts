import { requireSeed } from "./requireList.js";
import { fail, requireFields } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import { requireMadeFromSeed } from "./adoption.js";
import { drawList, markOf } from "./generateList.js";
import { planHash, type ReadManifest } from "./manifest.js";
import type { MasterList } from "./masterList.js";
import { algorithmOf } from "./streams.js";

/**
 * Derives a list again from its manifest and the seed.
 *
 * @throws AllocellError `list.adopted_has_no_seed`; `list.manifest_altered` (the plan in it is not the one it was made with),
 *   `list.algorithm_unknown` (made by a version that this one does not know), `list.seed_differs` (not the seed, or not
 *   the kind of seed, that made the list)
 */
export function deriveAgain(manifest: Omit<ReadManifest, "opening" | "rows" | "files">, seed: Seed): MasterList {
  requireFields(manifest, "an unblinded manifest that was read", { plan: "a map", algorithm: "text", status: "text" });
  requireMadeFromSeed(manifest, "To make a list again");
  requireSeed(seed);
  const { plan, algorithm } = manifest;
  if (planHash(plan) !== manifest.planHash) {
    fail("list.manifest_altered", "planHash", "The plan in the manifest is not the one that its hash was made from.", {
      expected: manifest.planHash,
      received: planHash(plan),
    });
  }
  if (algorithmOf(plan) !== algorithm) {
    fail("list.algorithm_unknown", "algorithm", `This version does not know the algorithm of the list.`, {
      expected: algorithmOf(plan),
      received: algorithm,
    });
  }
  if (seed.kind !== manifest.status) {
    fail("list.seed_differs", "seed", `A ${manifest.status} list is verified with its ${manifest.status} seed.`, {
      expected: `a ${manifest.status} seed`,
      received: `a ${seed.kind} seed`,
    });
  }
  if (markOf(seed, algorithm, plan.list) !== manifest.seedMark) {
    fail("list.seed_differs", "seed", "This is not the seed that made the list: the marks differ.");
  }
  const list = drawList(plan, seed);
  return manifest.extends === undefined ? list : list.extending(manifest.extends);
}
