import { describe, expect, it } from "vitest";
import { applyEvent, chainEvent, EMPTY_CONDUCT } from "../../../src/allocation/index.js";
import { boundList, listBinding } from "../../../src/list/index.js";
import * as allocell from "../../../src/index.js";
import { foreignErrorOf, JUNK } from "./junk.js";

const { generateList, parsePlan, prescribe, Seed, sle, uc } = allocell;

const plan = parsePlan({
  trial: uc.id,
  part: "main",
  list: "UC-01",
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  strata: [{ factor: "site", levels: ["01", "02"] }],
  length: 8,
  assumptions: { "allocation.ratio": "1:1" },
});
const request = { plan, trial: uc, seed: Seed.test("boundary") };
const master = generateList(request);
const blinded = master.blinded();
const stamp = { at: "2026-03-02T09:00:00Z", actor: "Dr A" };
const opened = applyEvent(EMPTY_CONDUCT, chainEvent(EMPTY_CONDUCT, allocell.openListLog(boundList(master)), stamp));
const assigned = { participant: "S-01", stratum: { site: "01" } };
const firstEvent = chainEvent(opened, allocell.assignNext(opened, assigned), stamp);
const state = applyEvent(opened, firstEvent);
const order = {
  trial: sle,
  arm: "low",
  weightKg: "72.4",
  assumptions: {
    "dose.countBasis": "viable-cells",
    "dose.weightDescriptor": "actual",
    "dose.cap": "none",
    "dose.administrations": "1",
  },
};
const csv = [...allocell.toMasterCsv(master)].join("");
const manifest = {
  name: "UC-01.TEST.UNBLINDED.manifest.json",
  text: JSON.stringify(allocell.unblindedManifest(master, "", [])),
};

/** A right call of each function of the entry, from which the test makes wrong ones. */
const RIGHT_CALLS: Readonly<Record<string, readonly unknown[]>> = {
  assignNext: [opened, assigned],
  auditList: [[manifest], { trial: uc, facts: {} }],
  auditPlan: [plan, uc, {}],
  blindedManifest: [master, [{ file: "a", sha256: "b" }], listBinding(master)],
  checkPlan: [plan, uc],
  closeAssumptions: [uc, { "allocation.ratio": "1:1" }, { use: "list", part: "main", answered: {} }],
  compareListFile: [[csv], csv],
  defineTrial: [uc],
  generateList: [request],
  isOpen: [uc.arms[0]],
  keysOfPath: ['assumptions."dose.cap"'],
  openAssumptions: [uc, "list"],
  openListLog: [boundList(master), [{ stratum: { site: "01" }, most: 3 }]],
  parseDoseText: ["1E6 viable cells/kg", "dose"],
  parseLiveSeed: ["a text"],
  parsePlan: [plan],
  parsePreparationOrder: [{}],
  parseWeightKg: ["72.4", "weightKg", { unitInName: true }],
  prepare: [{}],
  prescribe: [order],
  readLog: [allocell.toLogLine(firstEvent)],
  recordDecision: [sle, {}],
  requireArm: [sle, "low", "arm"],
  toBlindedCsv: [blinded],
  toBlindedJson: [blinded],
  toLogLine: [firstEvent],
  toMasterCsv: [master],
  toMasterJson: [master],
  toPrescriptionText: [prescribe(order)],
  trialById: [uc.id],
  unblind: [{ source: master, state, participant: "S-01", reason: "SAE 4", ...stamp }],
  unblindedManifest: [master, "", [{ file: "a", sha256: "b" }], {}],
};

/** What people put together themselves; the package's own answers are frozen, and are taken as a whole. */
const isRequest = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !Object.isFrozen(value);

/** A right call with one argument, or one field of one argument, changed into something else. */
function* wrongCalls(values: readonly unknown[]): Generator<readonly [where: string, values: readonly unknown[]]> {
  for (const [at, value] of values.entries()) {
    for (const [name, junk] of JUNK) {
      yield [`argument ${at + 1} is ${name}`, values.with(at, junk)];
      if (!isRequest(value)) continue;
      for (const field of Object.keys(value)) {
        yield [`field ${field} of argument ${at + 1} is ${name}`, values.with(at, { ...value, [field]: junk })];
      }
    }
  }
}

type Callable = (...values: readonly unknown[]) => unknown;
const functions = Object.entries<unknown>(allocell).filter(
  (entry): entry is [string, Callable] =>
    typeof entry[1] === "function" && !/^class\b/.test(Function.prototype.toString.call(entry[1])),
);

describe("a call with one wrong argument or field is answered, or refused by an AllocellError", () => {
  it("is tried for every function of the entry", () => {
    expect(Object.keys(RIGHT_CALLS).sort()).toEqual(functions.map(([name]) => name).sort());
  });

  it.each(functions)("%s", async (name, call) => {
    const faults: string[] = [];
    for (const [where, values] of wrongCalls(RIGHT_CALLS[name] ?? [])) {
      const error = await foreignErrorOf(() => call(...values));
      if (error !== undefined) faults.push(`${where}: ${error}`);
    }
    expect(faults).toEqual([]);
  });
});
