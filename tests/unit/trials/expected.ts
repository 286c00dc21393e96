import type { Trial } from "../../../src/trial/index.js";

type ByImport = { readonly importedAs: string } | { readonly notImported: string };

/**
 * What the registry pages (NCT numbers), the Regen Report article and the secondary copies say, written out again by
 * hand and compared field by field. Nothing here is taken from the code under test.
 */
export interface Expected {
  /** All fields but the lists of criteria, assumptions, contradictions, sources and provenance. */
  readonly record: Partial<Trial>;
  /** One pattern an item, in order. */
  readonly inclusion: readonly RegExp[];
  readonly exclusion: readonly RegExp[];
  /**
   * By id: what it says, and under which id the import of the registry record finds it, or why no check of a record can.
   */
  readonly contradictions: Readonly<Record<string, { readonly says: RegExp } & ByImport>>;
  /** Assumption keys a use; every key stands in at least one. */
  readonly assumptions: Readonly<Record<string, readonly string[]>>;
  /** Path to the kind and part of the citation of its source. */
  readonly sources: Readonly<Record<string, readonly [string, RegExp]>>;
}

const ALLOCATION = [
  "allocation.blockSizes",
  "allocation.method",
  "allocation.ratio",
  "allocation.seed",
  "allocation.strata",
  "allocation.truncatedBlocks",
  "parts.sizes",
];
const OTHER_SOURCE = "the other statement is in a news article, not in the record";
const PARTS = "a record knows no parts: which participants are open is in prose";
const PAGE_ONLY = "the record has a word of its list of states; what a page calls it is not in the record";
const ABSENT =
  "what is absent contradicts nothing: the import says that no dose was found, and no record states volumes";
const EVERYBODY = ["participant", "care-provider", "investigator", "outcomes-assessor"] as const;

export const SLE: Expected = {
  record: {
    id: "NCT07041801",
    title: "Treatment of Systemic Lupus Erythematosus With Human Umbilical Cord Mesenchymal Stem Cells",
    identifiers: [
      { type: "nct", value: "NCT07041801" },
      { type: "organization", value: "BK-SLE-I/01" },
      { type: "chinese-drug-trial-registry", value: "CTR20244802" },
      { type: "protocol-version", value: "V2.1 of 2024-12-06" },
    ],
    sponsor: { name: "Shenzhen Beike Bio-Technology Co., Ltd.", class: "industry" },
    studyType: "interventional",
    locations: ["Shenzhen, Guangdong, China"],
    phases: ["phase-1", "phase-2"],
    purpose: "treatment",
    status: "recruiting",
    dates: { start: "2025-06-28", primaryCompletion: "2027-09", completion: "2027-12-28", updated: "2025-06-27" },
    enrolment: { count: 58, approximate: true },
    allocation: "randomized",
    model: "parallel",
    masking: { level: "quadruple", who: [...EVERYBODY] },
    conditions: ["systemic lupus erythematosus", "moderate to severe systemic lupus erythematosus"],
    route: "intravenous infusion",
  },
  inclusion: [
    /consent/i,
    /2019 EULAR\/ACR/,
    /any one.*ANA.*1:80.*anti-dsDNA.*anti-Sm/,
    /contraception.*(eggs or sperm).*at least 12 months after administration/i,
  ],
  exclusion: [
    /central nervous system within 8 weeks before dosing/,
    /transplant.*organ.*marrow.*stem cells/i,
    /unstable major disease or active infection/i,
    /malignancy/,
    /pulmonary arterial hypertension: severe \(> 70 mmHg\).*mild to moderate with severe cardiopulmonary/i,
    /antiphospholipid.*catastrophic.*thrombosis/i,
    /zoster within 90 days/i,
    /within 60 days.*hospital.*intravenous or intramuscular antibiotics/i,
    /major surgery within 28 days, or planned/i,
    /viral hepatitis serology, HIV-Ab, HBsAg, HCV-Ab or TP-Ab/,
    /judgement/,
  ],
  contradictions: {
    "enrolment-not-divisible": { says: /58.*11\.6.*14\.5/, importedAs: "enrolment-not-divisible" },
    "five-way-randomization": { says: /one of five groups.*after the single-dose part/, notImported: OTHER_SOURCE },
    "placebo-of-double": {
      says: /double dose.*placebo.*unmask/,
      notImported: "what stands beside the double dose is absent, and only the design shows that it matters",
    },
    "same-dose-twice": { says: /same 3E6/, importedAs: "same-dose-twice" },
    "teae-window": { says: /Day 1 to Day 28.*Day 29/, importedAs: "teae-window" },
    "start-after-update": { says: /2025-06-27.*recruiting.*2025-06-28/, importedAs: "start-after-update" },
    "route-wording": { says: /intravenous infusion.*injection administration/, notImported: OTHER_SOURCE },
    "first-criterion-missing": { says: /item 2.*informed consent/, importedAs: "first-criterion-missing" },
  },
  assumptions: {
    list: ALLOCATION,
    dose: [
      "dose.administrations",
      "dose.administrations.placebo",
      "dose.cap",
      "dose.countBasis",
      "dose.weightDescriptor",
    ],
    preparation: [
      "infusion.finalVolume",
      "infusion.rate",
      "placebo.composition",
      "product.concentration",
      "product.extractableVolume",
      "product.minViability",
      "product.recovery",
      "product.stability",
      "product.vialContent",
    ],
    schedule: [
      "dose.administrations",
      "dose.administrations.placebo",
      "dose.reweighRule",
      "placebo.infusions",
      "schedule.anchor",
      "schedule.window",
    ],
    escalation: ["escalation.cohortSize", "escalation.dltWindow", "escalation.rule", "selection.rule"],
    blinding: ["masking.unblindedRoles", "placebo.composition", "placebo.infusions"],
    record: ["deviation.limits"],
  },
  sources: {
    title: ["registry", /NCT07041801/],
    "identifiers.2.value": ["publication", /yscro\.com/],
    "identifiers.3.value": ["publication", /yscro\.com/],
    "dates.primaryCompletion": [
      "publication",
      /Regen Report.*New Trial: Umbilical Cord Mesenchymal Stem Cells for Lupus/,
    ],
    "dates.completion": ["registry", /NCT07041801/],
    "enrolment.count": ["registry", /NCT07041801/],
    "enrolment.approximate": ["publication", /Regen Report/],
    "masking.level": ["registry", /NCT07041801/],
    "masking.who": ["publication", /Regen Report/],
    "conditions.1": ["publication", /Regen Report/],
    route: ["publication", /Regen Report/],
    "interventions.placebo.type": ["publication", /biotechhunter/],
    "arms.low.type": ["inference", /./],
    "arms.low.dose.amount": ["registry", /NCT07041801/],
    "arms.double.dose.tentative.amount": ["registry", /NCT07041801/],
    "parts.multiple-dose.arms": ["inference", /./],
    "outcomes.3.measure": ["publication", /Regen Report/],
    "assumptions.dose.cap": ["inference", /./],
  },
};

export const UC: Expected = {
  record: {
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
    outcomes: [],
  },
  inclusion: [
    /consent/i,
    /Mayo score 6 to 12/,
    /endoscopy score at least 2/,
    /rectal bleeding score at least 1/,
    /bowel frequency score at least 1/,
    /prednisone >= 40, budesonide >= 9 or beclomethasone >= 5 mg\/day for at least 2 weeks.*at least 8 weeks.*azathioprine >= 2 or 6-mercaptopurine >= 1\.0 mg\/kg\/day.*6-TGN.*aminosalicylate.*anti-TNF, anti-integrin, JAK, anti-IL-23 or anti-IL-12\/23, S1PR/,
    /dependence.*prednisone 10, budesonide 6 or beclomethasone 5 mg\/day within 3 months.*relapse within 3 months/i,
    /intolerance to steroids or immunomodulators/i,
    /steroid.*at least 2 weeks before randomization.*<= 20 mg prednisone, <= 9 mg budesonide or <= 5 mg beclomethasone/,
    /aminosalicylate.*at least 2 weeks/i,
    /methotrexate \(<= 15 mg\/week\).*at least 4 weeks/,
  ],
  exclusion: [
    /explosive.*toxic megacolon/i,
    /faecal transplant within 4 weeks before randomization/i,
    /hospital stay.*within 2 weeks before screening/i,
    /dysplasia.*past or current/i,
    /unresolved infection/i,
    /hepatitis B or C, tuberculosis, HIV, uncontrolled diabetes, mental illness/i,
    /transplant with sustained immunosuppression/i,
    /cancer within 5 years \(except non-melanoma skin.*in situ\), or suspected/i,
    /abuse within 6 months before screening/i,
  ],
  contradictions: {
    "groups-of-twenty": {
      says: /20 and 20.*1:1/,
      notImported: "no record states a ratio: the head of every imported file says so",
    },
    "masked-role": { says: /single/, importedAs: "masked-role" },
    "equal-amount": { says: /volume or an equal mass/, importedAs: "equal-amount" },
    "amount-not-described": { says: /particle or protein/, notImported: ABSENT },
    "garbled-names": { says: /ulinumab/, notImported: "whether a drug has this name is knowledge of drugs" },
    "first-criterion-missing": { says: /item 2/, importedAs: "first-criterion-missing" },
  },
  assumptions: {
    list: ALLOCATION,
    dose: ["dose.administrations"],
    preparation: [
      "infusion.finalVolume",
      "product.concentration",
      "product.extractableVolume",
      "product.vialContent",
      "route",
    ],
    schedule: ["dose.administrations", "placebo.infusions", "schedule.anchor", "schedule.window"],
    escalation: [],
    blinding: ["masking.roles", "masking.unblindedRoles", "placebo.infusions"],
    record: ["deviation.limits"],
  },
  sources: {
    title: ["registry", /NCT06853522/],
    "arms.exosome.type": ["inference", /./],
    "arms.exosome.dose.amount": ["registry", /NCT06853522/],
    "arms.placebo.type": ["inference", /./],
    "arms.placebo.dose.composition": ["registry", /NCT06853522/],
    parts: ["inference", /./],
  },
};

export const T1D: Expected = {
  record: {
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
  },
  inclusion: [
    /consent.*patient.*family.*guardian/i,
    /WHO 1999/,
    /within the past 6 months/,
    /fasting C-peptide >= 0\.1 nmol\/L and 2-hour postprandial C-peptide > 0\.2 nmol\/L/i,
    /one islet autoantibody, or idiopathic antibody-negative/,
  ],
  exclusion: [
    /ketoacidosis/,
    /severe allergic constitution/i,
    /another autoimmune disease, or.*blood/i,
    /HIV, hepatitis \(carrier or active\), other uncontrolled infection/,
    /pancreatitis, embolism, thrombosis or severe organ disease/,
    /gestational, monogenic, pancreatic or secondary/i,
    /pregnancy, a plan for it within 3 months before or after treatment, breastfeeding/i,
    /mental illness, substance abuse, non-compliance/i,
    /tumour/,
    /judgement/,
  ],
  contradictions: {
    "nine-not-randomized": { says: /24 = 9 \+ 15.*not randomized/, notImported: PARTS },
    "fifteen-is-odd": { says: /15.*1:1.*2:1.*10 and 5/, notImported: PARTS },
    "healthy-volunteers": { says: /healthy volunteers.*diagnosis/, importedAs: "healthy-volunteers" },
    "randomized-within-six-months": { says: /within 6 months of diagnosis.*second part only/, notImported: PARTS },
    "open-cohorts": { says: /cohorts of 3.*18 for three levels/, notImported: PARTS },
    "one-masking-field": { says: /one masking field/i, importedAs: "masking-against-text" },
    "weight-of-children": {
      says: /8 to 18.*ideal or predicted weight must not be used/,
      importedAs: "weight-of-children",
    },
    "status-wording": { says: /enrolling/, notImported: PAGE_ONLY },
  },
  assumptions: {
    list: ALLOCATION,
    dose: ["dose.administrations", "dose.cap", "dose.countBasis", "dose.levels.experimental", "dose.weightDescriptor"],
    preparation: SLE.assumptions["preparation"]!,
    schedule: ["dose.administrations", "dose.reweighRule", "placebo.infusions", "schedule.anchor", "schedule.window"],
    escalation: SLE.assumptions["escalation"]!,
    blinding: ["masking.roles", "masking.unblindedRoles", "placebo.composition", "placebo.infusions"],
    record: ["deviation.limits"],
  },
  sources: {
    title: ["registry", /NCT06407297/],
    "sponsor.name": ["publication", /copy/],
    "sponsor.class": ["registry", /NCT06407297/],
    status: ["inference", /./],
    "arms.experimental.type": ["registry", /NCT06407297/],
    "parts.open.size": ["registry", /NCT06407297/],
    "parts.randomized.size": ["inference", /./],
  },
};

export const T2D: Expected = {
  record: {
    id: "NCT06727721",
    title:
      "Safety and Efficacy of OCN19-overexpressed Human Umbilical Cord-derived Mesenchymal Stem Cells in the Treatment of Refractory Type 2 Diabetes Mellitus",
    identifiers: [
      { type: "nct", value: "NCT06727721" },
      { type: "organization", value: "CHEC2023-226" },
    ],
    sponsor: { name: "Lu jin, MD", class: "other" },
    locationCount: 1,
    phases: ["phase-2"],
    purpose: "treatment",
    status: "recruiting",
    enrolment: { count: 10 },
    allocation: "randomized",
    model: "parallel",
    masking: { level: "triple" },
    conditions: ["diabetes", "type 2 diabetes"],
    outcomes: [],
  },
  inclusion: [
    /fasting glucose >= 7\.0 mmol\/L/i,
    /HbA1c 7\.5 to 10%/,
    /insulin for more than 6 months/,
    /stable for 3 months before randomization/,
    /contraception/i,
  ],
  exclusion: [
    /bilirubin > 1\.5 x/i,
    /AST or ALT > 2\.5 x/,
    /creatinine > 1\.5 mg\/dL \(male\) or > 1\.4 mg\/dL \(female\)/i,
    /type 1, gestational or special diabetes/i,
    /culture/,
    /affect glucose within 1 month/,
    /acute complications.*within 6 months/i,
    /NYHA III or IV, infarction or stroke within 6 months/,
    /abnormal blood counts/i,
    /serious systemic disease, tumours/i,
    /steroids, immunosuppressants or cytotoxics/,
    /antibiotics within 3 months before registration/i,
    /live vaccine within 4 weeks, or planned/i,
    /HBsAg, HCV, HIV or syphilis/,
    /active infection/i,
    /unexplained fever/i,
    /disability or mental illness/i,
    /abuse within 5 years/,
    /pregnancy, breastfeeding/i,
    /stem cells, or another trial, within 3 months/i,
    /grade 2 or higher within 4 weeks/,
    /immune deficiency or transplant/i,
    /affects the infusion/,
    /judgement/,
  ],
  contradictions: {
    "ten-in-three": { says: /10 participants in three groups.*4, 3 and 3/, importedAs: "enrolment-not-divisible" },
    "two-age-ranges": { says: /18 to 70.*30 to 75.*30 to 70/, importedAs: "two-age-ranges" },
    spelling: { says: /"OCN19" and "OCN-19"/, importedAs: "spelling" },
    "which-control": {
      says: /the control group was given albumin.*"The control group"/,
      importedAs: "label-against-text",
    },
    "metformin-only": {
      says: /metformin only.*alpha-glycosidase/i,
      notImported: "that the two drugs exclude each other is the meaning of a sentence",
    },
    "no-dose": { says: /no dose/, notImported: ABSENT },
    "small-phase-2": { says: /Phase 2.*10/, importedAs: "small-phase-2" },
    "masked-role": { says: /triple.*three of four/, importedAs: "masked-role" },
    "status-wording": { says: /enrolling/, notImported: PAGE_ONLY },
  },
  assumptions: {
    list: ALLOCATION,
    dose: [
      "dose.administrations",
      "dose.cap",
      "dose.countBasis",
      "dose.levels.control",
      "dose.levels.experimental",
      "dose.weightDescriptor",
    ],
    preparation: [...SLE.assumptions["preparation"]!, "route"],
    schedule: ["dose.administrations", "dose.reweighRule", "placebo.infusions", "schedule.anchor", "schedule.window"],
    escalation: [],
    blinding: ["masking.roles", "masking.unblindedRoles", "placebo.composition", "placebo.infusions"],
    record: ["deviation.limits"],
  },
  sources: {
    title: ["registry", /NCT06727721/],
    status: ["inference", /./],
    "arms.placebo.type": ["registry", /NCT06727721/],
    "parts.main.size": ["inference", /./],
  },
};
