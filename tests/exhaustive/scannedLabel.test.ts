import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toBagCode } from "../../src/report/index.js";
import { makeDesk } from "../unit/cli/harness.js";
import { SLE_BAG } from "../unit/report/exampleOrders.js";

/** What stands on the label of the bag: as ordered, or one field of another bag. */
const BAGS: Readonly<Record<string, object>> = {
  "as ordered": {},
  kit: { kit: "K-1048" },
  administration: { administration: "2" },
  trial: { trialCode: "NCT1" },
  "start by": { startBy: "2026-03-19T12:20" },
  "end by": { expiresAt: "2026-03-19T14:00" },
};
const PEOPLE = [SLE_BAG.subject, "S02-004"];
const WRISTBANDS = [undefined, ...PEOPLE];
/** The order has "start by" 12:15. */
const TIMES = ["2026-03-19T12:14", "2026-03-19T12:15", "2026-03-19T12:16", "2026-03-20T00:00"];

describe("a scanned label, in every combination of bag, person, wristband and time", { tags: ["LABEL-002"] }, () => {
  it.each(Object.entries(BAGS))("bag: %s", async (name, change) => {
    const desk = makeDesk();
    desk.write("order.yaml", readFileSync("examples/sle/order.yaml", "utf8"));
    for (const subject of PEOPLE) {
      const text = toBagCode({ ...SLE_BAG, ...change, subject });
      for (const wristband of WRISTBANDS) {
        for (const at of TIMES) {
          const argv = wristband === undefined ? [] : ["--subject", wristband];
          const { code, answer } = await desk.json("scan", text, "--order", "order.yaml", "--at", at, ...argv);
          const { findings } = answer as unknown as { findings: readonly { what: string; isRight: boolean }[] };
          const wrong = [
            ...(name === "as ordered" ? [] : ["bag"]),
            ...([subject, wristband ?? subject].every((one) => one === SLE_BAG.subject) ? [] : ["person"]),
            ...(at <= SLE_BAG.startBy ? [] : ["time"]),
          ];
          const where = [subject, wristband, at].join(" ");
          expect(
            findings.filter(({ isRight }) => !isRight).map(({ what }) => what),
            where,
          ).toEqual(wrong);
          expect(code, where).toBe(wrong.length === 0 ? 0 : 1);
        }
      }
    }
  });
});
