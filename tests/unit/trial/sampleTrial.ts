// A small trial of nobody's, in the plain and mutable form that a file gives; each test spoils a fresh copy.

export type Plain = Record<string, unknown>;

const SAMPLE = {
  id: "DEMO-1",
  title: "A demonstration",
  identifiers: [{ type: "own", value: "DEMO-1" }],
  sponsor: { name: "Nobody", class: "other" },
  dates: { start: "2026-02", updated: "2024-02-29" },
  enrolment: { count: 30 },
  allocation: "randomized",
  model: "parallel",
  masking: { level: "double", who: ["participant", "investigator"] },
  conditions: ["demonstration"],
  interventions: [
    { id: "cells", name: "Cells", type: "biological" },
    { id: "saline", name: "Saline" },
  ],
  arms: [
    {
      id: "active",
      label: "Active",
      type: "experimental",
      interventions: ["cells"],
      dose: { kind: "per-kg", amount: "1E6", unitKind: "viable-cells" },
      administrations: { count: 2, intervalDays: 28 },
    },
    { id: "unknown", label: "Dose not stated", interventions: ["cells"] },
    {
      id: "later",
      label: "Decided later",
      interventions: ["cells"],
      dose: {
        kind: "deferred",
        tentative: { kind: "per-kg", amount: "3x10^6", unitKind: "viable-cells" },
        tentativeAdministrations: { count: 2, intervalDays: 28 },
        awaiting: "the safety committee",
      },
    },
    { id: "placebo", label: "Placebo", interventions: ["saline"], dose: { kind: "equal-amount-placebo" } },
  ],
  parts: [
    {
      id: "open",
      title: "Open",
      kind: "open-escalation",
      arms: ["unknown"],
      size: 6,
      masking: { level: "none" },
    },
    {
      id: "masked",
      title: "Masked",
      kind: "randomized",
      arms: ["active", "later", "placebo"],
      size: 24,
      masking: { level: "double" },
    },
  ],
  eligibility: {
    sex: "female",
    numeric: [
      { id: "age", measure: "age", unit: "years", minimum: "18", maximum: "65" },
      { id: "weight", measure: "weight", unit: "kg", minimum: "40.0", minimumExcluded: true },
      { id: "bmi", measure: "bmi", unit: "kg/m2", minimum: "20", maximum: "30", maximumExcluded: true },
    ],
    inclusion: ["Consent"],
    exclusion: ["Pregnancy"],
  },
  outcomes: [{ kind: "primary", measure: "Safety", timeFrame: "Day 1 to 28" }],
  assumptions: [
    {
      key: "allocation.ratio",
      question: "Ratio?",
      neededFor: ["list"],
      parts: ["masked"],
      format: "text",
      hint: "2:1",
    },
    { key: "allocation.seed", question: "Seed?", neededFor: ["list"], format: "text", answeredBy: "seed" },
    { key: "dose.levels.unknown", question: "Dose?", neededFor: ["dose"], arms: ["unknown"], format: "dose" },
    {
      key: "dose.administrations",
      question: "How often?",
      neededFor: ["dose", "schedule"],
      arms: ["unknown"],
      format: "administrations",
    },
    { key: "dose.countBasis", question: "Basis?", neededFor: ["dose"], arms: ["unknown"], format: "count-basis" },
    {
      key: "dose.weightDescriptor",
      question: "Weight?",
      neededFor: ["dose"],
      arms: ["active", "unknown"],
      format: "weight-descriptor",
    },
    { key: "dose.cap", question: "Cap?", neededFor: ["dose"], arms: ["unknown"], format: "cap" },
    { key: "route", question: "Route?", neededFor: ["preparation"], format: "text" },
  ],
  contradictions: [{ id: "odd", bearsOn: ["list"], statement: "It is odd.", sources: ["protocol"] }],
  sources: [
    { id: "protocol", kind: "protocol", citation: "Protocol 1.0" },
    { id: "ours", kind: "inference", citation: "Inferred" },
  ],
  provenance: {
    "": "protocol",
    assumptions: "ours",
    "assumptions.dose.cap": "protocol",
    "arms.later.dose.tentative": "ours",
    "outcomes.0.timeFrame": "ours",
  },
};

export function sample(): Plain {
  return structuredClone(SAMPLE);
}

/** A copy of the sample with the field at a dotted path replaced; undefined removes it. */
export function spoiled(path: string, value: unknown): Plain {
  const copy = sample();
  const keys = path.split(".");
  const last = keys.pop()!;
  let here = copy;
  for (const key of keys) here = here[key] as Plain;
  if (value === undefined) Reflect.deleteProperty(here, last);
  else here[last] = value;
  return copy;
}
