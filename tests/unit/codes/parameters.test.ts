import { describe, expect, it } from "vitest";
import { openListLog } from "../../../src/allocation/index.js";
import { ERROR_CODES } from "../../../src/codes/index.js";
import { AllocellError, type Issue } from "../../../src/foundation/index.js";
import type { BoundList } from "../../../src/list/index.js";
import { allocate, memoryStore, record, StoredLog, type AllocationRequest } from "../../../src/store/index.js";

const SHAPE: BoundList = {
  ...{ status: "TEST", trial: "DEMO", part: "main", list: "DEMO-A", numbers: { prefix: "R", digits: 4 } },
  strata: [
    { levels: [["site", "01"]], code: "01", rows: 2 },
    { levels: [["site", "02"]], code: "02", rows: 9 },
  ],
  binding: "ab".repeat(32),
};
const WHO = { actor: "N. Berg" };

async function opened(): Promise<StoredLog> {
  const log = new StoredLog({ store: memoryStore(), log: "DEMO-A" });
  await record(log, openListLog(SHAPE), { ...WHO, request: "open" });
  return log;
}

async function issueOf(act: Promise<unknown>): Promise<Issue> {
  try {
    await act;
  } catch (error) {
    if (AllocellError.is(error)) return error.issues[0];
    throw error;
  }
  throw new Error("It was not refused.");
}

const ask = (log: StoredLog, participant: string, other: Partial<AllocationRequest> = {}): Promise<unknown> =>
  allocate(log, { ...{ participant, stratum: { site: "01" }, request: `r-${participant}` }, ...WHO, ...other });

describe("the parameters of a refusal", () => {
  it("are those of its code, with the values that the message tells", async () => {
    const log = await opened();
    await ask(log, "P-1");
    const stratum = { site: "02" };
    const refused = [
      await issueOf(ask(log, "P-1", { stratum, request: "r-2" })),
      await issueOf(ask(log, "p-1", { stratum, request: "r-3" })),
      await issueOf(ask(log, "P-3", { request: "r-P-1" })),
      await issueOf(ask(log, "P-4", { stratum: {} })),
      await issueOf(record(log, { type: "withdrawn", participant: "P-9", reason: "moved" }, { ...WHO, request: "w" })),
      await issueOf(log.event(77)),
    ];
    await ask(log, "P-5");
    refused.push(await issueOf(ask(log, "P-6")));
    expect(refused.map(({ code, parameters }) => [code, parameters])).toEqual([
      ["conduct.participant_assigned", { participant: "P-1", event: 2 }],
      ["conduct.participant_assigned", { participant: "P-1", event: 2 }],
      ["store.request_differs", { request: "r-P-1", event: 2 }],
      ["conduct.covariate_missing", { factor: "site" }],
      ["conduct.participant_unknown", { participant: "P-9" }],
      ["store.event_missing", { event: 77 }],
      ["conduct.stratum_exhausted", { stratum: "site 01" }],
    ]);
    for (const { code, parameters } of refused) {
      expect(Object.keys(parameters ?? {})).toEqual(Object.keys(ERROR_CODES[code][2] ?? {}));
      expect(JSON.parse(JSON.stringify(new AllocellError({ code, parameters } as Issue)))).toMatchObject({
        issues: [{ parameters }],
      });
    }
  });

  it("tell how often a store was busy", async () => {
    const store = { ...memoryStore(), append: () => Promise.resolve(false) };
    const log = new StoredLog({ store, log: "DEMO-A", attempts: 3, platform: { wait: () => Promise.resolve() } });
    const issue = await issueOf(record(log, openListLog(SHAPE), { ...WHO, request: "open" }));
    expect([issue.code, issue.parameters]).toEqual(["store.busy", { attempts: 3 }]);
  });
});
