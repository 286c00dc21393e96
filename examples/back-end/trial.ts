import { readFileSync } from "node:fs";
import { generateList, parsePlan, Seed, sle, type MasterList, type Trial } from "allocell";
import { generateKits, type KitList } from "allocell/supply";

/** What the service allocates from. UNBLINDED: a live service gets it from the list's holder, and its seed from nobody. */
export interface TrialData {
  readonly trial: Trial;
  readonly master: MasterList;
  readonly kits: KitList;
  /** The seed of the kit list, for dispensing. */
  readonly kitSeed: Seed;
}

/** EXAMPLE. The single-dose part of the lupus trial with TEST seeds: what it allocates is for no trial. */
export function exampleTrial(): TrialData {
  const plan = parsePlan(JSON.parse(readFileSync(new URL("plan.json", import.meta.url), "utf8")));
  const master = generateList({ plan, trial: sle, seed: Seed.test("back-end example TEST") });
  const kitSeed = Seed.test("back-end kits TEST");
  const batch = plan.arms.map(({ arm }) => ({ arm, count: 40 }));
  const kits = generateKits({ trial: plan.trial, list: "SLE-KITS", prefix: "KM", batches: [batch] }, kitSeed);
  return { trial: sle, master, kits, kitSeed };
}
