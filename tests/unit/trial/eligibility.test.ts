import { describe, expect, it } from "vitest";
import { checkEligibility, defineTrial, type ParticipantFacts } from "../../../src/trial/index.js";
import { faultsOf } from "./issuesOf.js";
import { sample, spoiled } from "./sampleTrial.js";

const trial = defineTrial(sample());
const WELL: ParticipantFacts = { ageYears: "40", weightKg: "70", heightCm: "170", sex: "female" };
const resultOf = (facts: ParticipantFacts, id: string): string | undefined =>
  checkEligibility(trial, facts).criteria.find((one) => one.criterion.id === id)?.result;

describe("checkEligibility", { tags: ["TRIAL-004"] }, () => {
  it("says eligible by numbers, and hands the criteria in words back", () => {
    const check = checkEligibility(trial, WELL);

    expect(check.verdict).toBe("eligible-by-numbers");
    expect(check.toRead).toEqual([
      { kind: "inclusion", text: "Consent" },
      { kind: "exclusion", text: "Pregnancy" },
    ]);
    expect(Object.isFrozen(check.criteria)).toBe(true);
  });

  it.each<[string, ParticipantFacts, string]>([
    ["age", { ageYears: "17" }, "not-met"],
    ["age", { ageYears: "18" }, "met"],
    ["age", { ageYears: "65" }, "met"],
    ["age", { ageYears: "66" }, "not-met"],
    ["age", { ageYears: "0" }, "not-met"],
    ["weight", { weightKg: "40" }, "not-met"],
    ["weight", { weightKg: "40.0000001" }, "met"],
    ["bmi", { bmi: "20" }, "met"],
    ["bmi", { bmi: "29.999" }, "met"],
    ["bmi", { bmi: "30" }, "not-met"],
    // 80 kg at 2 m is exactly 20; a gram less is below, though it also shows as 20 when rounded.
    ["bmi", { weightKg: "80", heightCm: "200" }, "met"],
    ["bmi", { weightKg: "79.999", heightCm: "200" }, "not-met"],
    ["bmi", { weightKg: "67.5", heightCm: "150" }, "not-met"],
    ["bmi", { weightKg: "67.5", heightCm: "150.01" }, "met"],
    ["bmi", { weightKg: "70" }, "not-assessed"],
    ["bmi", { weightKg: "67.5", heightCm: "150", bmi: "25" }, "met"],
    ["sex", { sex: "male" }, "not-met"],
    ["sex", {}, "not-assessed"],
  ])("%s of %j is %s", (id, facts, result) => {
    expect(resultOf(facts, id)).toBe(result);
  });

  it("puts what is not met before what is not known", () => {
    expect(checkEligibility(trial, { ageYears: "40" }).verdict).toBe("incomplete");
    expect(checkEligibility(trial, { ageYears: "17" }).verdict).toBe("not-eligible");
    expect(checkEligibility(trial, {}).verdict).toBe("incomplete");
  });

  it("says what was compared, and that an index was computed", () => {
    const received = checkEligibility(trial, { ageYears: "40", weightKg: "70.50", heightCm: "172" }).criteria.map(
      (one) => one.received,
    );

    // 70.5 / 1.72² = 23.8304…
    expect(received).toEqual(["40 years", "70.5 kg", "about 23.83 kg/m2, computed from 70.5 kg and 172 cm", undefined]);
    const exact = checkEligibility(trial, { weightKg: "80", heightCm: "200" }).criteria[2]!.received;
    expect(exact).toBe("20 kg/m2, computed from 80 kg and 200 cm");
  });

  it("has no row for sex where all may take part", () => {
    const open = defineTrial(spoiled("eligibility.sex", "all"));

    expect(checkEligibility(open, WELL).criteria.map((one) => one.criterion.id)).toEqual(["age", "weight", "bmi"]);
  });

  it("reports every fact that cannot be read", () => {
    const facts = { ageYears: "65.9", weightKg: "154 lb", heightCm: "1,7", bmi: "-3" };

    expect(faultsOf(() => checkEligibility(trial, facts))).toEqual([
      "trial.facts_invalid ageYears",
      "trial.facts_invalid weightKg",
      "trial.facts_invalid heightCm",
      "trial.facts_invalid bmi",
    ]);
  });

  it.each<[string, object]>([
    ["ageYears", { ageYears: 40 }],
    ["weightKg", { weightKg: null }],
    ["sex", { sex: "Female" }],
    ["weight", { weight: "70" }],
  ])("refuses a wrong %s rather than overlook it", (path, facts) => {
    expect(faultsOf(() => checkEligibility(trial, facts as ParticipantFacts))).toEqual([`trial.facts_invalid ${path}`]);
  });

  it("takes a fact that is undefined as left out", () => {
    const facts = { ageYears: undefined, sex: undefined } as unknown as ParticipantFacts;

    expect(checkEligibility(trial, facts).verdict).toBe("incomplete");
  });
});
