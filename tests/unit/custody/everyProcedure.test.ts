import { describe, expect, it } from "vitest";
import { assignNext, openListLog } from "../../../src/allocation/index.js";
import { unblind } from "../../../src/blinding/index.js";
import { boundList, strataOf, type MasterList, type Plan } from "../../../src/list/index.js";
import { ALGORITHMS } from "../../../src/procedure/index.js";
import { Seed } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import { draw, liveSeed, rowsOf } from "../../support/plans.js";
import { regenerationCases } from "../../support/randomPlan.js";
import { AT, logOf } from "./custodyFixture.js";

/** Each procedure, as it is and with merged arms. */
const plans = regenerationCases(2 * Object.keys(ALGORITHMS).length).map(({ plan }) => plan);
const otherLive = Seed.live(Uint8Array.from({ length: 32 }, (_, i) => (i * i * 53 + i * 29 + 7) & 255));

/** A code break of the first participant of a log that was opened with a list, asked of any list. */
function codeBreakOf(plan: Plan, list: MasterList): (source: MasterList) => string {
  const [{ levels } = { levels: [] }] = strataOf(plan);
  const stratum = Object.fromEntries(levels);
  const { state } = logOf(
    () => openListLog(boundList(list)),
    (now) => assignNext(now, { participant: "P-1", stratum }),
  );
  const request = { state, participant: "P-1", reason: "SAE", actor: "Dr A", at: AT };
  return (source) => unblind({ ...request, source }).codeBreak.arm;
}

describe("logs of lists of all procedures", { tags: ["BREAK-002", "LOG-006"] }, () => {
  it("are there with every kind", () => {
    expect([...new Set(plans.map(({ procedure }) => procedure.kind))].sort()).toEqual(Object.keys(ALGORITHMS).sort());
  });

  it.each([
    ["TEST", Seed.test("1"), Seed.test("2")],
    ["LIVE", liveSeed, otherLive],
  ])("are opened by their own %s list, and by none of another seed", (status, seed, other) => {
    // R's stream makes no LIVE list.
    for (const plan of plans.filter(({ stream }) => status === "TEST" || stream !== "r-mersenne-twister")) {
      const list = draw(plan, seed);
      const armFrom = codeBreakOf(plan, list);
      expect(armFrom(list), plan.procedure.kind).toBe(rowsOf(list)[0]!.arm);
      expect(issueOf(() => armFrom(draw(plan, other))).code, plan.procedure.kind).toBe("custody.list_differs");
    }
  });
});
