import { deepFreeze } from "../foundation/index.js";
import type { Trial } from "../trial/index.js";
import { UC_ASSUMPTIONS, UC_CONTRADICTIONS } from "./ucAssumptions.js";

/** NCT06853522: exosomes of umbilical-cord stem cells for ulcerative colitis, one flat dose in cell-equivalents. */
export const uc: Trial = /* @__PURE__ */ deepFreeze<Trial>({
  id: "NCT06853522",
  title: "hucMSCs Exosomes for the Treatment of Active Ulcerative Colitis",
  identifiers: [
    { type: "nct", value: "NCT06853522" },
    { type: "organization", value: "2025YS-004" },
  ],
  sponsor: { name: "Shanghai East Hospital", class: "other" },
  studyType: "interventional",
  locations: ["Shanghai, China"],
  phases: ["early-phase-1"],
  purpose: "treatment",
  status: "not-yet-recruiting",
  dates: { start: "2025-05-30", completion: "2028-04-04", updated: "2025-04-27" },
  enrolment: { count: 40 },
  allocation: "randomized",
  model: "parallel",
  masking: { level: "single" },
  conditions: ["active ulcerative colitis"],
  interventions: [
    {
      id: "exosome",
      name: "hUC-MSC exosomes",
      description: "Exosome content that corresponds to 60x10^6 hUC-MSC, given locally",
    },
    { id: "saline-albumin", name: "Placebo", description: "Saline with 5% albumin, given locally in an equal amount" },
  ],
  arms: [
    {
      id: "exosome",
      label: "Exos Localized Treatment Group",
      type: "experimental",
      interventions: ["exosome"],
      dose: { kind: "flat", amount: "60000000", unitKind: "cell-equivalents" },
      note: "The product holds no cells: 60E6 says from how many cells the exosomes come, for any body weight.",
    },
    {
      id: "placebo",
      label: "Placebo Localized Treatment Group",
      type: "placebo-comparator",
      interventions: ["saline-albumin"],
      dose: { kind: "equal-amount-placebo", composition: "saline + 5% albumin" },
    },
  ],
  parts: [
    {
      id: "main",
      title: "Whole trial",
      kind: "randomized",
      arms: ["exosome", "placebo"],
      size: 40,
      masking: { level: "single" },
    },
  ],
  eligibility: {
    sex: "all",
    healthyVolunteers: false,
    numeric: [
      { id: "age", measure: "age", unit: "years", minimum: "18", maximum: "75" },
      { id: "weight", measure: "weight", unit: "kg", minimum: "40" },
    ],
    inclusion: [
      "Informed consent",
      "Four-component Mayo score 6 to 12, both included",
      "Mayo endoscopy score at least 2",
      "Mayo rectal bleeding score at least 1",
      "Mayo bowel frequency score at least 1",
      "One of three (a, b, c). (a) Inadequate response to one of: prednisone >= 40, budesonide >= 9 or beclomethasone >= 5 mg/day for at least 2 weeks; an immunomodulator for at least 8 weeks (azathioprine >= 2 or 6-mercaptopurine >= 1.0 mg/kg/day, or less with a therapeutic 6-TGN level); an aminosalicylate by local instructions; a completed induction of advanced therapy (anti-TNF, anti-integrin, JAK, anti-IL-23 or anti-IL-12/23, S1PR)",
      "(b) Steroid dependence: no taper below prednisone 10, budesonide 6 or beclomethasone 5 mg/day within 3 months of starting, or relapse within 3 months of stopping",
      "(c) Intolerance to steroids or immunomodulators",
      "Oral steroid stable for at least 2 weeks before randomization, at <= 20 mg prednisone, <= 9 mg budesonide or <= 5 mg beclomethasone",
      "Aminosalicylate stable for at least 2 weeks before randomization",
      "Azathioprine, 6-mercaptopurine or methotrexate (<= 15 mg/week) stable for at least 4 weeks before randomization",
    ],
    exclusion: [
      "Explosive colitis or toxic megacolon",
      "Faecal transplant within 4 weeks before randomization",
      "Hospital stay for ulcerative colitis within 2 weeks before screening",
      "Dysplasia of the colon, past or current",
      "Unresolved infection",
      "Hepatitis B or C, tuberculosis, HIV, uncontrolled diabetes, mental illness",
      "Transplant with sustained immunosuppression",
      "Cancer within 5 years (except non-melanoma skin cancer and cervical cancer in situ), or suspected",
      "Drug or alcohol abuse within 6 months before screening",
    ],
  },
  outcomes: [],
  assumptions: UC_ASSUMPTIONS,
  contradictions: UC_CONTRADICTIONS,
  sources: [
    { id: "registry", kind: "registry", citation: "ClinicalTrials.gov NCT06853522, version of 2025-04-27" },
    { id: "inference", kind: "inference", citation: "Inferred by the authors of allocell; in no document" },
  ],
  provenance: {
    "": "registry",
    "arms.exosome.type": "inference",
    "arms.exosome.note": "inference",
    "arms.placebo.type": "inference",
    parts: "inference",
    assumptions: "inference",
    contradictions: "inference",
  },
});
