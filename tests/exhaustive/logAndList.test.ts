import { describe, expect, it } from "vitest";
import { assignNext, openListLog } from "../../src/allocation/index.js";
import { unblind } from "../../src/blinding/index.js";
import { boundList, listBinding, requireBoundList, type MasterList } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { AT, logOf } from "../unit/custody/custodyFixture.js";
import { issueOf } from "../support/issueOf.js";
import { draw, planOf } from "../support/plans.js";

const sites = (...levels: readonly string[]): object => ({ strata: [{ factor: "site", levels }] });
const PLAN = { list: "DEMO-A", ...sites("01", "02"), length: 8, numbers: { prefix: "R" } };

/** Lists of which each differs from the first in one thing. */
const LISTS: Readonly<Record<string, MasterList>> = Object.fromEntries(
  (
    [
      ["the first", {}],
      ["another seed", {}, "2"],
      ["another id", { list: "DEMO-B" }],
      ["another trial", { trial: "OTHER" }],
      ["another part", { part: "other" }],
      ["another length", { length: 12 }],
      ["another block", { procedure: { kind: "permuted-block", sizes: [2] } }],
      ["another procedure", { procedure: { kind: "block-urn", lambda: 2 } }],
      ["another prefix", { numbers: { prefix: "S" } }],
      ["another site", sites("01", "02", "03")],
      ["another name of an arm", { arms: { verum: 1, placebo: 1 } }],
    ] as const
  ).map(([name, change, seed = "1"]) => [name, draw(planOf({ ...PLAN, ...change }), Seed.test(seed))]),
);

describe("a log and a list, for every two of eleven lists", { tags: ["LOG-006"] }, () => {
  it.each(Object.entries(LISTS))("a log opened with %s takes its own treatments alone", (own, opened) => {
    const { state } = logOf(
      () => openListLog(boundList(opened)),
      (now) => assignNext(now, { participant: "P-1", stratum: { site: "01" } }),
    );
    for (const [name, list] of Object.entries(LISTS)) {
      const request = { state, participant: "P-1", reason: "SAE", actor: "Dr A", at: AT, source: list };
      if (name === own) {
        expect(() => {
          requireBoundList(state, listBinding(list));
        }).not.toThrow();
        expect(unblind(request).codeBreak.arm, name).toBe([...list.unblindedRows()][0]?.arm);
        continue;
      }
      expect(
        issueOf(() => {
          requireBoundList(state, listBinding(list));
        }).code,
        name,
      ).toBe("custody.list_differs");
      expect(issueOf(() => unblind(request)).code, name).toMatch(/^(?:custody|blinding)\.list_differs$/u);
    }
  });
});
