import { describe, expect, it } from "vitest";
import { importCtgov } from "../../../src/exchange/index.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { defineTrial } from "../../../src/trial/index.js";

/** A made-up record with the traps that real ones have. */
const RECORD = {
  protocolSection: {
    identificationModule: {
      nctId: "NCT00000001",
      briefTitle: "MSC for a made-up condition",
      orgStudyIdInfo: { id: "X-1" },
    },
    statusModule: { overallStatus: "RECRUITING", startDateStruct: { date: "2027-11" } },
    sponsorCollaboratorsModule: { leadSponsor: { name: "A sponsor", class: "INDUSTRY" } },
    conditionsModule: { conditions: ["A condition"] },
    designModule: {
      studyType: "INTERVENTIONAL",
      phases: ["PHASE1", "PHASE_2"],
      designInfo: {
        allocation: "RANDOMIZED",
        interventionModel: "PARALLEL",
        primaryPurpose: "TREATMENT",
        maskingInfo: { masking: "DOUBLE", whoMasked: ["PARTICIPANT", "INVESTIGATOR"] },
      },
      enrollmentInfo: { count: 30, type: "ESTIMATED" },
    },
    armsInterventionsModule: {
      armGroups: [
        {
          label: "MSC low",
          type: "EXPERIMENTAL",
          description: "1 x 10 6 MSC/kg once",
          interventionNames: ["Biological: MSC"],
        },
        { label: "Placebo", type: "PLACEBO_COMPARATOR", interventionNames: ["Other: Placebo"] },
      ],
      interventions: [
        { type: "BIOLOGICAL", name: "MSC", armGroupLabels: ["MSC low"] },
        { type: "OTHER", name: "Placebo", armGroupLabels: ["Placebo"] },
      ],
    },
    eligibilityModule: {
      sex: "ALL",
      healthyVolunteers: false,
      minimumAge: "18 Years",
      maximumAge: "65 Years",
      eligibilityCriteria:
        "Inclusion Criteria:\n\n* Consent\n* Active disease:\n\n  * defined by a score\n\nExclusion Criteria:\n\n1. Infection",
    },
  },
};
const changed = (change: (section: Record<string, unknown>) => void): unknown => {
  const copy = structuredClone(RECORD);
  change(copy.protocolSection);
  return copy;
};
const codesOf = (record: unknown): readonly string[] => importCtgov(record).warnings.map(({ code }) => code);

describe("a record of ClinicalTrials.gov", { tags: ["EXCH-002"] }, () => {
  it("becomes a trial that defineTrial takes, without a dose", () => {
    const { trial, warnings } = importCtgov(RECORD);
    expect(warnings).toEqual([]);
    const defined = defineTrial(trial);
    expect(defined).toMatchObject({
      id: "NCT00000001",
      phases: ["phase-1", "phase-2"],
      dates: { start: "2027-11" },
      enrolment: { count: 30 },
      masking: { level: "double", who: ["participant", "investigator"] },
      arms: [
        { id: "msc-low", interventions: ["msc"], type: "experimental" },
        { id: "placebo", interventions: ["placebo"], type: "placebo-comparator" },
      ],
      eligibility: {
        numeric: [{ measure: "age", minimum: "18", maximum: "65" }],
        inclusion: ["Consent", "Active disease: defined by a score"],
        exclusion: ["Infection"],
      },
    });
    expect(defined.arms.every(({ dose }) => dose === undefined)).toBe(true);
  });

  it.each([
    ["1 x 10 6 MSC/kg", "1E6 per kg", /sign of the power/],
    ["4 x 10E6 MSC/Kg", "4E6 per kg", /10E6/],
    ["Intravenous infusion of 1 million allogenic MSC's/Kg", "1E6 per kg", /^$/],
    ["2×10 ^ 6 cells/kg", "2E6 per kg", /^$/],
    ["a total of 200 x10^6 MSC", "200E6", /no weight/],
    ["2 million hMSC/kg infusion versus placebo infusion", "2E6 per kg", /two treatments/],
    ["3 x 10^6 cells per kg of predicted body weight", "3E6 per kg", /predicted/],
  ])("quotes a dose and never takes it over: %s", (text, reading, doubt) => {
    const record = changed((section) => {
      const module = section["armsInterventionsModule"] as { armGroups: { description: string }[] };
      if (module.armGroups[0] !== undefined) module.armGroups[0].description = text;
    });
    const { proposals } = importCtgov(record);
    expect(proposals.map((one) => [one.arm, one.reading, one.sentence])).toEqual([["msc-low", reading, text]]);
    expect(proposals[0]?.doubts.join("; ")).toMatch(doubt);
  });

  it.each([
    [
      "masking without as many roles",
      "designModule",
      { maskingInfo: { masking: "TRIPLE", whoMasked: ["PARTICIPANT"] } },
      "exchange.ctgov_masking_differs",
    ],
    [
      "a placebo where nobody is masked",
      "designModule",
      { maskingInfo: { masking: "NONE" } },
      "exchange.ctgov_open_placebo",
    ],
    ["an unknown word", "designModule", { allocation: "BY_LOT" }, "exchange.ctgov_word_unknown"],
  ])("warns of %s", (_, module, change, code) => {
    const record = changed((section) => {
      const design = section[module] as { designInfo: object };
      design.designInfo = { ...design.designInfo, ...change };
    });
    expect(codesOf(record)).toContain(code);
  });

  it("warns of one arm, of names that differ, of ages in months and of an observational study", () => {
    const record = changed((section) => {
      section["armsInterventionsModule"] = {
        armGroups: [{ label: "MSC", interventionNames: ["Biological: Cells"] }],
        interventions: [{ name: "MSC", armGroupLabels: ["MSC"] }],
      };
      section["eligibilityModule"] = { minimumAge: "6 Months" };
      (section["designModule"] as { studyType: string }).studyType = "OBSERVATIONAL";
    });
    expect([...codesOf(record)].sort()).toEqual([
      "exchange.ctgov_age_not_years",
      "exchange.ctgov_missing",
      "exchange.ctgov_names_differ",
      "exchange.ctgov_not_interventional",
      "exchange.ctgov_one_arm",
    ]);
  });

  it("says of a record without its type that it is missing, and not that nobody is treated", () => {
    const record = changed((section) => {
      delete (section["designModule"] as { studyType?: string }).studyType;
    });
    const { trial, warnings } = importCtgov(record);
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([["exchange.ctgov_missing", "studyType"]]);
    expect(trial).not.toHaveProperty("studyType");
  });

  it("tells what no arm gets", () => {
    const record = changed((section) => {
      const module = section["armsInterventionsModule"] as { interventions: { armGroupLabels?: string[] }[] };
      module.interventions.push({ ...module.interventions[0], armGroupLabels: ["Another arm"] });
      delete module.interventions[1]?.armGroupLabels;
    });
    const paths = importCtgov(record).warnings.map(({ code, path }) => `${code} ${path}`);
    expect(paths).toEqual([
      "exchange.ctgov_missing interventions.placebo.arms",
      "exchange.ctgov_missing interventions.msc-b.arms",
      "exchange.ctgov_names_differ arms.placebo.interventions",
    ]);
  });

  it("throws on no field that is missing or of another kind, and on the number alone", () => {
    const identification = { nctId: "NCT00000001" };
    for (const rest of [
      {},
      { designModule: 1, armsInterventionsModule: { armGroups: [null, 1, {}], interventions: "x" } },
      { eligibilityModule: [] },
    ]) {
      expect(
        importCtgov({ protocolSection: { identificationModule: identification, ...rest } }).warnings.length,
      ).toBeGreaterThan(3);
    }
    for (const record of [undefined, [], {}, { protocolSection: { identificationModule: { nctId: "X" } } }]) {
      try {
        importCtgov(record);
        expect.unreachable();
      } catch (error) {
        expect(AllocellError.is(error) && error.code).toBe("exchange.ctgov_unreadable");
      }
    }
  });
});
