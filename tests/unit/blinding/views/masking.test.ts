import { describe, expect, it } from "vitest";
import { maskingOf } from "../../../../src/blinding/index.js";
import { defineTrial, sle, t1d, t2d, uc, type Trial } from "../../../../src/index.js";
import { faultsOf } from "../../../support/issueOf.js";

const stated = { "placebo.composition": "saline", "placebo.infusions": "one" };
const unblinded = { "masking.unblindedRoles": "statistician, pharmacy" };

describe("who is masked", { tags: ["BLIND-004"] }, () => {
  it("in an open part nobody, and nothing is asked, whatever the trial's own field says", () => {
    expect(t1d.masking.level).toBe("quadruple");
    expect(maskingOf(t1d, "open", {})).toMatchObject({
      level: "none",
      masked: [],
      unblinded: ["statistician", "pharmacy", "committee", "sponsor"],
      assumptions: [],
    });
  });

  it("beside it those whom the assumptions name: the level alone is never turned into roles, not even quadruple", () => {
    expect(faultsOf(() => maskingOf(t1d, "randomized", { ...stated, ...unblinded }))).toEqual([
      'trial.assumption_missing assumptions."masking.roles"',
    ]);
    const roles = { "masking.roles": "participant, care-provider, investigator, outcomes-assessor" };
    const masking = maskingOf(t1d, "randomized", { ...stated, ...unblinded, ...roles });
    expect(masking.masked).toHaveLength(4);
    expect(masking.unblinded).toEqual(["statistician", "pharmacy"]);
    expect(masking.assumptions.map(({ key }) => key)).toContain("masking.roles");
  });

  it("as the record says, where it names them", () => {
    expect(maskingOf(sle, "single-dose", { ...stated, ...unblinded }).masked).toHaveLength(4);
  });

  it.each([
    ["single", uc, "main", "outcomes-assessor", ["outcomes-assessor"]],
    [
      "triple",
      t2d,
      "main",
      "investigator,participant , outcomes-assessor",
      ["participant", "investigator", "outcomes-assessor"],
    ],
  ] as [string, Trial, string, string, string[]][])("as the assumptions say: %s", (_, trial, part, roles, masked) => {
    const keys = trial.assumptions.filter((line) => line.neededFor.includes("blinding")).map(({ key }) => key);
    const inputs = Object.fromEntries(keys.map((key) => [key, "stated"]));
    expect(maskingOf(trial, part, { ...inputs, ...unblinded, "masking.roles": roles }).masked).toEqual(masked);
  });

  it.each([
    ['blinding.roles_mismatch assumptions."masking.roles"', { "masking.roles": "participant" }],
    ['blinding.roles_unreadable assumptions."masking.roles"', { "masking.roles": "the patients" }],
    [
      'blinding.roles_unreadable assumptions."masking.roles"',
      { "masking.roles": "participant, participant, investigator" },
    ],
    ['blinding.roles_unreadable assumptions."masking.unblindedRoles"', { "masking.unblindedRoles": "Dr. Li" }],
    ['trial.assumption_missing assumptions."masking.unblindedRoles"', { "masking.unblindedRoles": undefined }],
  ])("is refused with %s", (code, more) => {
    const all = {
      ...stated,
      ...unblinded,
      "masking.roles": "participant, care-provider, investigator, outcomes-assessor",
    };
    const inputs = Object.fromEntries(Object.entries({ ...all, ...more }).filter(([, value]) => value !== undefined));
    expect(faultsOf(() => maskingOf(t1d, "randomized", inputs as Record<string, string>))).toEqual([code]);
  });

  it("is not known where neither the record nor an assumption of the trial says it", () => {
    const bare = (masking: object): Trial =>
      defineTrial({
        ...structuredClone(sle),
        assumptions: sle.assumptions.filter(({ key }) => !key.startsWith("masking.")),
        parts: sle.parts.map((part) => ({ ...part, masking })),
      });
    expect(faultsOf(() => maskingOf(bare({ level: "double" }), "single-dose", stated))).toEqual([
      "blinding.masked_roles_unstated parts.single-dose.masking.who",
    ]);
    expect(faultsOf(() => maskingOf(bare({ level: "single", who: ["participant"] }), "single-dose", stated))).toEqual([
      'blinding.unblinded_roles_unstated assumptions."masking.unblindedRoles"',
    ]);
    expect(faultsOf(() => maskingOf(sle, "nowhere", {}))).toEqual(["trial.part_unknown part"]);
  });
});
