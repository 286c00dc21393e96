import { deepFreeze, describeReceived, fail, type Issue } from "../../foundation/index.js";
import type { Contradiction } from "../../trial/index.js";
import { contradictionsOf } from "./contradictions.js";
import { eligibilityOf } from "./criteria.js";
import { proposedDoses, type ProposedDose } from "./proposedDoses.js";
import { readRecord } from "./readRecord.js";
import { enumOf, given, idOf, listAt, mapAt, textAt, textsAt, warnings, type Loose, type Warn } from "./record.js";

/** A registry record as the beginning of a trial file. */
export interface CtgovImport {
  /** What `defineTrial` takes, as far as the record says it; `TO-STATE` stands where it does not. */
  readonly trial: Readonly<Record<string, unknown>>;
  /** Doses that the texts seem to state. None of them is in the trial. */
  readonly proposals: readonly ProposedDose[];
  /** What in the record cannot hold together, or does not add up. It is in the trial too. */
  readonly contradictions: readonly Contradiction[];
  /** What does not fit the form of a record, what is missing, and words that are not known here. */
  readonly warnings: readonly Issue[];
}

const LEVELS = ["none", "single", "double", "triple", "quadruple"];
const ARM_TYPES = [
  "experimental",
  "active-comparator",
  "placebo-comparator",
  "sham-comparator",
  "no-intervention",
  "other",
];
const ROLES = ["participant", "care-provider", "investigator", "outcomes-assessor"];
const MODELS = ["single-group", "parallel", "crossover", "factorial", "sequential"];
const PHASES = ["early-phase-1", "phase-1", "phase-2", "phase-3", "phase-4"];
const TYPES = ["biological", "drug", "device", "genetic", "procedure", "combination", "other"];
const STATUS = [
  ...["not-yet-recruiting", "recruiting", "enrolling-by-invitation", "active-not-recruiting", "suspended"],
  ...["terminated", "completed", "withdrawn"],
];

/**
 * Reads one study of ClinicalTrials.gov (API v2). Ratio, block sizes, volumes and caps are in no record, so nothing of
 * them is made up; a dose is in prose only, so it is quoted and never taken over.
 *
 * @throws AllocellError `exchange.ctgov_unreadable` for what is no such record; a field that is missing throws never
 */
export function importCtgov(record: unknown): CtgovImport {
  const study = mapAt(record, "protocolSection");
  const id = textAt(mapAt(study, "identificationModule"), "nctId");
  if (id === undefined || !/^NCT\d{8}$/.test(id)) {
    return fail(
      "exchange.ctgov_unreadable",
      "protocolSection.identificationModule.nctId",
      "This is no record of ClinicalTrials.gov, API v2.",
      {
        expected: "one study: a map with protocolSection and its nctId",
        received: describeReceived(id),
      },
    );
  }
  const { issues, warn } = warnings();
  const design = mapAt(study, "designModule");
  const masking = maskingOf(mapAt(design, "designInfo", "maskingInfo"), warn);
  const allocation = allocationOf(textAt(mapAt(design, "designInfo"), "allocation"), warn);
  const { interventions, arms, proposals } = armsOf(mapAt(study, "armsInterventionsModule"), warn);
  checkType(textAt(design, "studyType"), warn);
  checkDesign(allocation, masking, arms, warn);
  const read = {
    ...identityOf(study, id, warn),
    ...designOf(design, allocation, warn),
    masking,
    conditions: orToState(textsAt(mapAt(study, "conditionsModule"), "conditions"), "conditions", warn),
    interventions,
    arms,
    parts: [partOf(arms, allocation, masking, design)],
    eligibility: eligibilityOf(mapAt(study, "eligibilityModule"), warn),
    outcomes: outcomesOf(mapAt(study, "outcomesModule")),
  };
  const contradictions = contradictionsOf(readRecord(study, read, proposals));
  const trial = {
    ...read,
    assumptions: [],
    contradictions,
    sources: [
      { id: "registry", kind: "registry", citation: `ClinicalTrials.gov ${id}` },
      { id: "inference", kind: "inference", citation: "Inferred when the record was imported; in no document" },
    ],
    provenance: { "": "registry", parts: "inference", contradictions: "inference" },
  };
  return deepFreeze({ trial, proposals, contradictions, warnings: issues });
}

/** A record without its type may be of a trial all the same; what it says of arms and allocation stands beside it. */
function checkType(type: string | undefined, warn: Warn): void {
  if (type === undefined) missing("studyType", warn);
  else if (type !== "INTERVENTIONAL") {
    warn(
      "exchange.ctgov_not_interventional",
      "studyType",
      "In this study nobody is assigned to an arm by a plan: it is no trial with arms.",
    );
  }
}

function orToState(texts: readonly string[], path: string, warn: Warn): readonly string[] {
  if (texts.length > 0) return texts;
  missing(path, warn);
  return ["TO-STATE"];
}

const missing = (path: string, warn: Warn): string => {
  warn("exchange.ctgov_missing", path, `The record does not state "${path}".`);
  return "TO-STATE";
};

function identityOf(study: Loose, id: string, warn: Warn): Loose {
  const identification = mapAt(study, "identificationModule");
  const sponsor = mapAt(study, "sponsorCollaboratorsModule", "leadSponsor");
  const status = mapAt(study, "statusModule");
  const organization = textAt(mapAt(identification, "orgStudyIdInfo"), "id");
  const date = (key: string): string | undefined => textAt(mapAt(status, key), "date");
  const dates = {
    ...given("start", date("startDateStruct")),
    ...given("primaryCompletion", date("primaryCompletionDateStruct")),
    ...given("completion", date("completionDateStruct")),
    ...given("updated", date("lastUpdatePostDateStruct")),
  };
  const sponsorClass = textAt(sponsor, "class")?.toLowerCase();
  return {
    id,
    title: textAt(identification, "briefTitle") ?? textAt(identification, "officialTitle") ?? missing("title", warn),
    identifiers: [
      { type: "nct", value: id },
      ...(organization === undefined ? [] : [{ type: "organization", value: organization }]),
    ],
    sponsor: {
      name: textAt(sponsor, "name") ?? missing("sponsor.name", warn),
      ...(sponsorClass === "industry" || sponsorClass === "other" ? { class: sponsorClass } : {}),
    },
    ...given("status", enumOf(textAt(status, "overallStatus"), STATUS, "status", warn)),
    ...(Object.keys(dates).length === 0 ? {} : { dates }),
  };
}

function designOf(design: Loose, allocation: string, warn: Warn): Loose {
  const info = mapAt(design, "designInfo");
  const phases = textsAt(design, "phases").filter((phase) => phase !== "NA");
  const { count } = mapAt(design, "enrollmentInfo");
  return {
    ...(textAt(design, "studyType") === "INTERVENTIONAL" ? { studyType: "interventional" } : {}),
    ...(phases.length === 0
      ? {}
      : { phases: phases.map((phase) => enumOf(phase, PHASES, "phases", warn, { EARLY_PHASE1: "early-phase-1" })) }),
    ...given("purpose", textAt(info, "primaryPurpose")?.toLowerCase().replace(/_/g, "-")),
    enrolment: { count: typeof count === "number" ? count : missing("enrolment.count", warn) },
    allocation,
    model: enumOf(textAt(info, "interventionModel"), MODELS, "model", warn) ?? missing("model", warn),
  };
}

function allocationOf(value: string | undefined, warn: Warn): string {
  return (
    enumOf(value, ["randomized", "non-randomized", "not-applicable"], "allocation", warn, { NA: "not-applicable" }) ??
    missing("allocation", warn)
  );
}

function maskingOf(info: Loose, warn: Warn): Loose {
  const level = enumOf(textAt(info, "masking"), LEVELS, "masking.level", warn) ?? missing("masking.level", warn);
  const who = textsAt(info, "whoMasked").map((role) => enumOf(role, ROLES, "masking.who", warn));
  return { level, ...(who.length === 0 ? {} : { who }), ...given("note", textAt(info, "maskingDescription")) };
}

interface Arms {
  readonly interventions: readonly Loose[];
  readonly arms: readonly Loose[];
  readonly proposals: readonly ProposedDose[];
}

/** Arms with their interventions, joined by label: the names of `interventionNames` carry a display prefix. */
function armsOf(module: Loose, warn: Warn): Arms {
  const taken = new Set<string>();
  const read = listAt(module, "interventions").map((value) => {
    const map = mapAt({ value }, "value");
    const name = textAt(map, "name") ?? missing("interventions.name", warn);
    return { map, name, id: idOf(name, 40, taken), labels: textsAt(map, "armGroupLabels") };
  });
  const interventions = read.map(({ map, name, id }) => ({
    id,
    name,
    ...given(
      "type",
      enumOf(textAt(map, "type"), TYPES, `interventions.${id}.type`, warn, {
        COMBINATION_PRODUCT: "combination",
        RADIATION: "other",
        BEHAVIORAL: "other",
        DIAGNOSTIC_TEST: "other",
        DIETARY_SUPPLEMENT: "other",
      }),
    ),
    ...given("description", textAt(map, "description")),
  }));
  const armIds = new Set<string>();
  const proposals: ProposedDose[] = [];
  const groups = listAt(module, "armGroups").map((value) => mapAt({ value }, "value"));
  const known = groups.map((map) => textAt(map, "label"));
  // What no arm gets would be lost without a word: older records do not say who gets what.
  for (const { id, labels } of read)
    if (!labels.some((label) => known.includes(label))) missing(`interventions.${id}.arms`, warn);
  const arms = groups.map((map) => {
    const label = textAt(map, "label") ?? missing("arms.label", warn);
    const id = idOf(label, 20, armIds);
    const own = read.filter(({ labels }) => labels.includes(label));
    checkNames(
      textsAt(map, "interventionNames"),
      own.map(({ name }) => name),
      id,
      warn,
    );
    const texts: readonly (readonly [string, string | undefined])[] = [
      [`arms.${id}.label`, label],
      [`arms.${id}.description`, textAt(map, "description")],
      ...own.flatMap((one) => [
        [`interventions.${one.id}.name`, one.name] as const,
        [`interventions.${one.id}.description`, textAt(one.map, "description")] as const,
      ]),
    ];
    for (const [path, text] of texts) for (const found of proposedDoses(id, path, text ?? "")) proposals.push(found);
    return {
      id,
      label,
      ...given("type", enumOf(textAt(map, "type"), ARM_TYPES, `arms.${id}.type`, warn)),
      interventions: own.map((one) => one.id),
      ...given("note", textAt(map, "description")),
    };
  });
  return { interventions, arms, proposals };
}

/** `Biological: Certolizumab Pegol` names the intervention `Certolizumab Pegol`. */
function checkNames(shown: readonly string[], joined: readonly string[], arm: string, warn: Warn): void {
  const plain = shown.map((name) => name.replace(/^[A-Z][A-Za-z ]*: /, ""));
  const [a, b] = [[...plain].sort().join("; "), [...joined].sort().join("; ")];
  if (shown.length > 0 && a !== b) {
    warn(
      "exchange.ctgov_names_differ",
      `arms.${arm}.interventions`,
      `The arm names "${a}", and the interventions that name the arm are "${b}".`,
    );
  }
}

/** One part with all arms: the record knows no parts. */
function partOf(arms: readonly Loose[], allocation: string, masking: Loose, design: Loose): Loose {
  const { count } = mapAt(design, "enrollmentInfo");
  return {
    id: "main",
    title: "Whole trial",
    kind: allocation === "randomized" ? "randomized" : "open-escalation",
    arms: arms.map(({ id }) => id),
    ...(typeof count === "number" ? { size: count } : {}),
    masking: { level: masking["level"], ...given("who", masking["who"]) },
  };
}

function outcomesOf(module: Loose): readonly Loose[] {
  return (["primary", "secondary", "other"] as const).flatMap((kind) =>
    listAt(module, `${kind}Outcomes`).flatMap((value) => {
      const map = mapAt({ value }, "value");
      const measure = textAt(map, "measure");
      return measure === undefined ? [] : [{ kind, measure, ...given("timeFrame", textAt(map, "timeFrame")) }];
    }),
  );
}

/** What cannot all be true. */
function checkDesign(allocation: string, masking: Loose, arms: readonly Loose[], warn: Warn): void {
  const { level, who } = masking;
  const roles = Array.isArray(who) ? who.length : 0;
  const wanted = LEVELS.indexOf(String(level));
  if (roles > 0 && wanted >= 0 && roles !== wanted) {
    warn(
      "exchange.ctgov_masking_differs",
      "masking.who",
      `Masking "${String(level)}" has ${wanted} masked roles; the record names ${roles}.`,
    );
  }
  if (allocation === "randomized" && arms.length < 2) {
    warn("exchange.ctgov_one_arm", "arms", "A randomized trial has at least two arms; the record names fewer.");
  }
  if (level === "none" && arms.some(({ type }) => type === "placebo-comparator")) {
    warn("exchange.ctgov_open_placebo", "masking.level", "An arm gets a placebo, and nobody is masked.");
  }
  for (const { id, note } of arms) {
    if (typeof note !== "string" || !/\bversus\b|\bvs\.?\b/i.test(note)) continue;
    warn(
      "exchange.ctgov_arm_of_two",
      `arms.${String(id)}`,
      "This arm group seems to hold two treatments: an arm of the list is one treatment.",
    );
  }
}
