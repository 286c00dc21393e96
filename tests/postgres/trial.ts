import { openDynamicLog, openListLog, type StratumLevels } from "../../src/allocation/index.js";
import { parseDynamicPlan, type DynamicPlan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import type { AllocationRequest, AskedBody, StoredLogOptions } from "../../src/store/index.js";
import { blindedShape } from "../support/conductDesk.js";

/** Ten sites by two sexes: twenty strata. */
const SITES = Array.from({ length: 10 }, (_, i) => String(i + 1).padStart(2, "0"));

export const PLAN_FILE = {
  trial: "DEMO",
  part: "main",
  list: "DEMO-D",
  arms: { cells: 1, placebo: 1 },
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
  factors: [
    { factor: "site", levels: SITES },
    { factor: "sex", levels: ["F", "M"] },
  ],
  length: 50_000,
  numbers: { prefix: "R", digits: 5 },
};
export const TEST_SEED = "many writers TEST";
const plan: DynamicPlan = parseDynamicPlan(PLAN_FILE);
const seed = Seed.test(TEST_SEED);

/** The two kinds of logs that are written by many. */
export type Kind = "list" | "minimization";
export const KINDS: readonly Kind[] = ["list", "minimization"];

export const opening = (kind: Kind): AskedBody =>
  kind === "list" ? openListLog({ ...blindedShape(10, 9999) }) : openDynamicLog(plan, seed);

export const basisOf = (kind: Kind): Pick<StoredLogOptions, "basis"> =>
  kind === "list" ? {} : { basis: { plan, seed } };

/** The nth request of a client, always the same. */
export function requestOf(client: number, n: number): AllocationRequest {
  const stratum: StratumLevels = {
    site: SITES[(client + n) % 10] as string,
    sex: (client * 7 + n) % 3 === 0 ? "F" : "M",
  };
  return { participant: `P-${client}-${n}`, stratum, actor: `client ${client}`, request: `r-${client}-${n}` };
}
