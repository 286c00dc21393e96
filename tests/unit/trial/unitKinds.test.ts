import { describe, expect, it } from "vitest";
import { CELL_KINDS, UNIT_KINDS } from "../../../src/quantity/index.js";
import { readAnswer } from "../../../src/trial/answer.js";
import { defineTrial, recordDecision } from "../../../src/trial/index.js";
import { faultsOf, issuesOf } from "./issuesOf.js";
import { spoiled } from "./sampleTrial.js";

const isRead = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

describe("a count basis", { tags: ["QTY-004"] }, () => {
  it("is one of the kinds of cells, and of no others", () => {
    for (const kind of Object.keys(UNIT_KINDS)) {
      const read = (): unknown => readAnswer({ key: "k", format: "count-basis" }, kind);
      expect(isRead(read)).toBe((CELL_KINDS as readonly string[]).includes(kind));
    }
  });
});

describe("cell-equivalents", { tags: ["QTY-004"] }, () => {
  const perKg = { kind: "per-kg", amount: "60E6", unitKind: "cell-equivalents" };
  const WHY = "an amount of product named by the cells that it was made from: always flat, never per kg";

  it("are a flat dose of an arm", () => {
    expect(() => defineTrial(spoiled("arms.0.dose", { ...perKg, kind: "flat" }))).not.toThrow();
  });

  it("are refused per kg in an arm, with the reason", () => {
    const refused = (): unknown => defineTrial(spoiled("arms.0.dose", perKg));
    expect(faultsOf(refused)).toEqual(["trial.unit_never_per_kg arms.0.dose.kind"]);
    expect(issuesOf(refused)[0]?.message).toContain(WHY);
  });

  it("are refused per kg as a tentative dose, and as a decided one", () => {
    const deferred = { kind: "deferred", tentative: perKg, awaiting: "a decision" };
    expect(faultsOf(() => defineTrial(spoiled("arms.2.dose", deferred)))).toEqual([
      "trial.unit_never_per_kg arms.2.dose.tentative.kind",
    ]);
    const trial = defineTrial(spoiled("arms.2.dose", { ...deferred, tentative: { ...perKg, kind: "flat" } }));
    const decision = {
      arm: "later",
      dataCut: "2026-01-15",
      decidedBy: "the sponsor",
      decidedOn: "2026-02-01",
      dose: perKg,
      administrations: { count: 1 },
    };
    expect(faultsOf(() => recordDecision(trial, decision))).toEqual(["trial.unit_never_per_kg dose.kind"]);
  });

  it("are refused per kg as the answer to an assumptions file's question", () => {
    const question = { key: "k", format: "dose" } as const;
    expect(readAnswer(question, "60E6 cell-equivalents").format).toBe("dose");
    expect(issuesOf(() => readAnswer(question, "1E6 cell-equivalents/kg"))[0]?.message).toContain(WHY);
  });
});
