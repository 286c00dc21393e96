import { deepFreeze } from "../foundation/index.js";
import type { Trial } from "../trial/index.js";
import { T1D_ASSUMPTIONS, T1D_CONTRADICTIONS } from "./t1dAssumptions.js";

/** NCT06407297: umbilical-cord stem cells for new type 1 diabetes, an open escalation and a randomized part. */
export const t1d: Trial = /* @__PURE__ */ deepFreeze<Trial>({
  id: "NCT06407297",
  title: "UCMSCs Combined With Standard Therapy for the Treatment of Newly Diagnosed Type 1 Diabetes",
  identifiers: [
    { type: "nct", value: "NCT06407297" },
    { type: "organization", value: "CZYZ-T1DM-2023-IIT" },
  ],
  sponsor: {
    name: "Naval Military Medical University (Second Military Medical University), Shanghai Changzheng",
    class: "other",
  },
  locationCount: 1,
  purpose: "treatment",
  status: "recruiting",
  enrolment: { count: 24 },
  allocation: "randomized",
  model: "parallel",
  masking: { level: "quadruple", note: 'The text says "double-blinded"' },
  conditions: ["newly diagnosed type 1 diabetes"],
  route: "intravenous",
  interventions: [
    { id: "ucmsc", name: "UCMSCs", type: "drug", description: "Allogeneic umbilical-cord mesenchymal stem cells" },
    { id: "placebo", name: "Placebo", type: "drug" },
  ],
  arms: [
    { id: "experimental", label: "Experimental group", type: "experimental", interventions: ["ucmsc"] },
    { id: "placebo", label: "Placebo Comparator group", type: "placebo-comparator", interventions: ["placebo"] },
  ],
  parts: [
    {
      id: "open",
      title: "Open dose-escalating part",
      kind: "open-escalation",
      arms: ["experimental"],
      size: 9,
      masking: { level: "none" },
      note: "9 patients of 8 to 18 years; follow-up is one year after treatment.",
    },
    {
      id: "randomized",
      title: "Randomized, double-blind, placebo-controlled, parallel part",
      kind: "randomized",
      waitsFor: "open",
      arms: ["experimental", "placebo"],
      size: 15,
      masking: { level: "quadruple" },
      note: "The remaining 24 - 9; follow-up is one year after treatment. NCT05061030 has nearly the same text with 6 open and 60 randomized.",
    },
  ],
  eligibility: {
    sex: "all",
    healthyVolunteers: true,
    numeric: [
      { id: "age", measure: "age", unit: "years", minimum: "8", maximum: "18" },
      {
        id: "bmi",
        measure: "bmi",
        unit: "kg/m2",
        minimum: "14",
        maximum: "35",
        note: "From the exclusion of a body-mass index below 14 or above 35",
      },
    ],
    inclusion: [
      "Consent by the patient, the family or a guardian",
      "Type 1 diabetes by the WHO 1999 criteria",
      "Diagnosed within the past 6 months",
      "Fasting C-peptide >= 0.1 nmol/L and 2-hour postprandial C-peptide > 0.2 nmol/L",
      "At least one islet autoantibody, or idiopathic antibody-negative diabetes",
    ],
    exclusion: [
      "Uncontrolled ketoacidosis",
      "Severe allergic constitution",
      "Another autoimmune disease, or a disease of the blood",
      "HIV, hepatitis (carrier or active), other uncontrolled infection",
      "Past pancreatitis, embolism, thrombosis or severe organ disease",
      "Gestational, monogenic, pancreatic or secondary diabetes",
      "Pregnancy, a plan for it within 3 months before or after treatment, breastfeeding",
      "Mental illness, substance abuse, non-compliance",
      "Known or suspected tumour",
      "Other reasons in the investigator's judgement",
    ],
  },
  outcomes: [
    { kind: "other", measure: "Safety and tolerability" },
    { kind: "other", measure: "C-peptide" },
    { kind: "other", measure: "Metabolic control" },
    { kind: "other", measure: "Treatment satisfaction" },
    { kind: "other", measure: "Immunological profile" },
  ],
  assumptions: T1D_ASSUMPTIONS,
  contradictions: T1D_CONTRADICTIONS,
  sources: [
    { id: "registry", kind: "registry", citation: "Registry page NCT06407297" },
    { id: "copy", kind: "publication", citation: "Secondary copy of the registry record NCT06407297 (names the site)" },
    { id: "inference", kind: "inference", citation: "Inferred by the authors of allocell; in no document" },
  ],
  provenance: {
    "": "registry",
    "sponsor.name": "copy",
    status: "inference",
    "parts.randomized.size": "inference",
    "parts.randomized.waitsFor": "inference",
    "parts.randomized.masking": "inference",
    "parts.randomized.note": "inference",
    assumptions: "inference",
    contradictions: "inference",
  },
});
