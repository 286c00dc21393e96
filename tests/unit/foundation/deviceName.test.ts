import { describe, expect, it } from "vitest";
import { isDeviceName } from "../../../src/foundation/deviceName.js";
import { parseKitPlan } from "../../../src/supply/index.js";
import { defineTrial } from "../../../src/trial/index.js";
import { issueOf } from "../../support/issueOf.js";
import { planOf } from "../../support/plans.js";
import { uc } from "../../../src/trials/index.js";

const DEVICES = ["CON", "con", "PRN", "aux", "NUL", "Com1", "COM0", "LPT9"];

describe("ids from which files are named", () => {
  it.each(DEVICES)("%s is no list, kit list, trial or part, because Windows keeps the name for a device", (id) => {
    expect(issueOf(() => planOf({ list: id }))).toMatchObject({ code: "list.plan_invalid", path: "list" });
    const kits = { trial: "T-1", list: id, prefix: "CD", batches: [[{ arm: "a", count: 1 }]] };
    expect(issueOf(() => parseKitPlan(kits))).toMatchObject({ code: "blinding.kit_plan_invalid", path: "list" });
    const [part] = uc.parts;
    expect(issueOf(() => defineTrial({ ...uc, id })).path).toBe("id");
    expect(issueOf(() => defineTrial({ ...uc, parts: [{ ...part, id }] })).path).toBe("parts.0.id");
  });

  it("may begin or end like one", () => {
    expect(["CON1", "COM", "COM10", "AUX-1", "NULL", "LPT"].map(isDeviceName)).not.toContain(true);
    expect(planOf({ list: "CON-1" }).list).toBe("CON-1");
    expect(isDeviceName("COM²")).toBe(true);
  });
});
