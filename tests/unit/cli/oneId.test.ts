import { describe, expect, it } from "vitest";
import { findParticipant, participantOf, readLog } from "../../../src/allocation/index.js";
import { cumulativeExposure, prepare, recordAdministration } from "../../../src/dose/index.js";
import { foldId } from "../../../src/foundation/index.js";
import { checkKitLists, generateKits } from "../../../src/supply/index.js";
import { Seed } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import { lot, order } from "../dose/preparationOrders.js";
import { makeDesk, PLAN } from "./harness.js";

describe("one person, one id", () => {
  it.each(["s01-001", "Ｓ01-001", " S01-001 ", "Ｓ０１－００１"])("%j is S01-001", (spelling) => {
    expect(foldId(spelling)).toBe(foldId("S01-001"));
  });

  it("keeps two people apart", () => {
    expect(foldId("S01-001")).not.toBe(foldId("S01-0011"));
    expect(foldId("S01 001")).not.toBe(foldId("S01001"));
  });
});

describe("a lot in two spellings is one lot", () => {
  const sizes = [lot({ lot: "D-1", containers: 3 }), lot({ lot: " ｄ-1", containers: 40 })];

  it("is drawn from where lots must not be mixed", () => {
    const { containers } = prepare(order({ lots: sizes }));
    expect(containers.map((used) => foldId(used.lot))).toEqual(["d-1", "d-1"]);
  });

  it("has one expiry date, and the fault says both spellings", () => {
    const issue = issueOf(() => prepare(order({ lots: [sizes[0]!, { ...sizes[1]!, expiresOn: "2028-01-31" }] })));
    expect(issue).toMatchObject({ code: "dose.lot_sizes_differ", path: "lots.1.expiresOn" });
    expect(issue.message).toContain("as D-1 and as  ｄ-1");
  });
});

describe("a participant in two spellings is one person", () => {
  const given = (number: number, subject: string): ReturnType<typeof recordAdministration> =>
    recordAdministration({
      number,
      subject,
      unitKind: "viable-cells",
      planned: "60000000",
      preparedAtInfusion: "60000000",
      preparedMl: "100",
      infusedMl: "100",
      weightKg: "60",
      administeredOn: `2026-03-0${number}`,
      administeredBy: "nurse A",
      deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
    });

  it("whose doses are added up", () => {
    expect(cumulativeExposure([given(1, "S01-001"), given(2, "Ｓ01-001 ")]).actualPerKg?.amount).toBe("2000000");
    expect(issueOf(() => cumulativeExposure([given(1, "S01-001"), given(2, "S01-002")])).code).toBe(
      "dose.cumulative_subjects_differ",
    );
  });
});

describe("in a log", () => {
  const ACTOR = ["--actor", "N. Berg"];

  it("another spelling is no second person, and every command finds the first", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    const good = async (...argv: string[]): Promise<string> => {
      const { code, stdout, stderr } = await desk.run(...argv);
      expect([code, stderr]).toEqual([0, ""]);
      return stdout;
    };
    await good("list", "plan.yaml", "--test-seed", "right", "--quiet");
    await good("log", "open", "sle.log", "--list", "SLE-SD-01", ...ACTOR);
    await good("assign", "sle.log", "--participant", "P-1", "--stratum", "site=01", ...ACTOR);
    for (const other of ["p-1", "Ｐ-1", "Ｐ－１"]) {
      const again = await desk.run("assign", "sle.log", "--participant", other, "--stratum", "site=02", ...ACTOR);
      expect(again.code, other).toBe(2);
      expect(again.stderr).toMatch(/conduct\.participant_(?:assigned|invalid)/u);
      const same = await good("assign", "sle.log", "--participant", other, "--stratum", "site=01", ...ACTOR);
      expect(same).toContain("assigned before");
    }
    await good("log", "record", "sle.log", "ineligible-kept", "--participant", "ｐ-1", "--reason", "why", ...ACTOR);
    const shown = await good(
      "unblind",
      "sle.log",
      "--participant",
      "p-1",
      "--reason",
      "SAE",
      ...ACTOR,
      "--master",
      "SLE-SD-01",
    );
    expect(shown).toContain("P-1");
    expect(shown).not.toMatch(/\bp-1\b/u);
    const { state } = readLog(desk.read("sle.log"));
    expect(participantOf(state, "P-1")).toMatchObject({ ineligible: true, codeBroken: true });
    expect(findParticipant(state, " Ｐ-1")).toBe(participantOf(state, "P-1"));
    expect(desk.read("sle.log")).not.toMatch(/"[pｐ]-1"/u);
  });
});

describe("a kit in two spellings is one kit", () => {
  const kits = generateKits(
    { trial: "DEMO", list: "KITS-A", prefix: "KM", batches: [[{ arm: "active", count: 2 }]] },
    Seed.test("one id"),
  );

  it("is found in its list, and stands twice in two lists", () => {
    const code = kits.blinded().kits[0]!.code;
    expect(kits.unblindedArmOf(` ${code.toLowerCase()}`)).toBe("active");
    expect(kits.spelled(code.toLowerCase())).toBe(code);
    const other = { ...kits.blinded(), list: "KITS-B", kits: [{ code: code.toLowerCase(), batch: 1 }] };
    expect(checkKitLists([kits.blinded(), other]).map((issue) => issue.code)).toContain("blinding.kit_code_repeated");
  });
});
