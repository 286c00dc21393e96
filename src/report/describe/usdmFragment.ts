import { decimalText, over, readFraction, toNumber, UNIT_KINDS } from "../../quantity/index.js";
import type { Arm, ArmType, Intervention, MaskedRole, Trial } from "../../trial/index.js";
import { VERSION } from "../../version.js";
import { armsOf, factorsOf, partOf, type ListDescription } from "./description.js";
import { armOftenText } from "./doseText.js";
import { protocolTexts } from "./protocolParagraph.js";

/** A code of the CDISC terminology with its published name. */
type Coded = readonly [code: string, decode: string];

/** C174222, trial arm types. */
const ARM_TYPES: Readonly<Record<ArmType, Coded>> = {
  experimental: ["C174266", "Experimental"],
  "active-comparator": ["C174267", "Active Comparator"],
  "placebo-comparator": ["C174268", "Placebo Comparator"],
  "sham-comparator": ["C174269", "Sham Comparator"],
  "no-intervention": ["C174270", "No Intervention"],
  other: ["C15538", "Treatment"],
};
/** C99076, intervention models. */
const MODELS: Readonly<Record<Trial["model"], Coded>> = {
  parallel: ["C82639", "PARALLEL"],
  crossover: ["C82637", "CROSS-OVER"],
  factorial: ["C82638", "FACTORIAL"],
  sequential: ["C142568", "SEQUENTIAL"],
  "single-group": ["C82640", "SINGLE GROUP"],
};
/** C66735, blinding schemas, of the levels that it has. */
const BLINDING: Readonly<Partial<Record<Trial["masking"]["level"], Coded>>> = {
  none: ["C49659", "OPEN LABEL"],
  single: ["C28233", "SINGLE BLIND"],
  double: ["C15228", "DOUBLE BLIND"],
};
/** C99078, intervention types. */
const INTERVENTIONS: Readonly<Partial<Record<NonNullable<Intervention["type"]>, Coded>>> = {
  biological: ["C307", "BIOLOGIC"],
  drug: ["C1909", "DRUG"],
  genetic: ["C15238", "GENETIC"],
  procedure: ["C98769", "PROCEDURE"],
};
const ROLES: Readonly<Record<MaskedRole, Coded>> = {
  participant: ["C41189", "Study Subject"],
  "care-provider": ["C17445", "Care Provider"],
  investigator: ["C25936", "Investigator"],
  "outcomes-assessor": ["C207599", "Outcomes Assessor"],
};

const codeOf = ([code, decode]: Coded): object => ({
  id: `Code_${code}`,
  code,
  codeSystem: "http://www.cdisc.org",
  decode,
  instanceType: "Code",
});
const aliasOf = (coded: Coded): object => ({
  id: `AliasCode_${coded[0]}`,
  standardCode: codeOf(coded),
  instanceType: "AliasCode",
});

const MILLION = readFraction("1000000");
const PER = { "per-kg": "/kg", "per-m2": "/m2", flat: "" } as const;

/** A dose in millions with its unit of UCUM: no term of CDISC counts cells for each kilogram. */
function quantityOf({ id, dose }: Arm): object | undefined {
  if (dose === undefined || !("amount" in dose)) return undefined;
  const counted = UNIT_KINDS[dose.unitKind].replace(/[^A-Za-z0-9]+/gu, "_").replace(/_$/u, "");
  const code = `10*6.{${counted}}${PER[dose.kind]}`;
  const unit = { id: `Code_${id}_unit`, code, codeSystem: "http://unitsofmeasure.org", decode: code };
  return {
    id: `Quantity_${id}`,
    value: toNumber(readFraction(decimalText(over(readFraction(dose.amount), MILLION)))),
    unit: {
      id: `AliasCode_${id}_unit`,
      standardCode: { ...unit, instanceType: "Code" },
      instanceType: "AliasCode",
    },
    instanceType: "Quantity",
  };
}

/** C71113, of the frequencies that it has. */
function frequencyOf({ administrations }: Arm): object | undefined {
  if (administrations?.count === 1) return aliasOf(["C64576", "ONCE"]);
  return administrations?.intervalDays === 28 ? aliasOf(["C64529", "EVERY 4 WEEKS"]) : undefined;
}

function administrationOf(arm: Arm): object {
  const [dose, frequency] = [quantityOf(arm), frequencyOf(arm)];
  return {
    id: `Administration_${arm.id}`,
    name: arm.label,
    // How often and how far apart, in words: the model's frequency is a code, and few schedules have one.
    description: armOftenText(arm),
    ...(dose === undefined ? {} : { dose }),
    ...(frequency === undefined ? {} : { frequency }),
    instanceType: "Administration",
  };
}

function interventionOf({ id, name, type, description }: Intervention, arms: readonly Arm[]): object {
  const coded = type === undefined ? undefined : INTERVENTIONS[type];
  return {
    id: `StudyIntervention_${id}`,
    name,
    ...(description === undefined ? {} : { description }),
    ...(coded === undefined ? {} : { type: codeOf(coded) }),
    // The first intervention of an arm is what the arm is named for; the others are given in all arms.
    administrations: arms.filter(({ interventions }) => interventions[0] === id).map(administrationOf),
    instanceType: "StudyIntervention",
  };
}

function designOf(description: ListDescription): object {
  const { trial, plan } = description;
  const part = partOf(description);
  const arms = armsOf(description);
  const blinding = BLINDING[part.masking.level];
  const isStratified = factorsOf(plan).length > 0;
  return {
    id: `InterventionalStudyDesign_${part.id}`,
    name: part.title,
    model: codeOf(MODELS[trial.model]),
    ...(blinding === undefined ? {} : { blindingSchema: aliasOf(blinding) }),
    characteristics: [
      codeOf(["C46079", "Randomized"]),
      ...(isStratified ? [codeOf(["C147145", "Stratified Randomisation"])] : []),
    ],
    arms: arms.map(({ id, label, type, note }) => ({
      id: `StudyArm_${id}`,
      name: id,
      label,
      ...(note === undefined ? {} : { description: note }),
      ...(type === undefined ? {} : { type: codeOf(ARM_TYPES[type]) }),
      instanceType: "StudyArm",
    })),
    epochs: [{ id: "StudyEpoch_treatment", name: "Treatment", instanceType: "StudyEpoch" }],
    elements: arms.map(({ id, label, interventions }) => ({
      id: `StudyElement_${id}`,
      name: label,
      studyInterventionIds: interventions.map((one) => `StudyIntervention_${one}`),
      instanceType: "StudyElement",
    })),
    studyCells: arms.map(({ id }) => ({
      id: `StudyCell_${id}`,
      armId: `StudyArm_${id}`,
      epochId: "StudyEpoch_treatment",
      elementIds: [`StudyElement_${id}`],
      instanceType: "StudyCell",
    })),
    studyInterventionIds: [...new Set(arms.flatMap(({ interventions }) => interventions))].map(
      (id) => `StudyIntervention_${id}`,
    ),
    instanceType: "InterventionalStudyDesign",
  };
}

/** What the protocol says of concealment, blinding and code break, each as the model's narrative content. */
function narrativesOf(description: ListDescription): readonly object[] {
  const { sequence, blinding } = protocolTexts(description);
  const [who, alike, disclosed] = blinding;
  const texts = {
    "Allocation concealment and implementation": sequence.join(" "),
    "Measures to maintain blinding": who === undefined || alike === undefined ? undefined : `${who} ${alike}`,
    "Emergency unblinding at the site": disclosed,
  };
  return Object.entries(texts).flatMap(([name, text], index) =>
    text === undefined
      ? []
      : [{ id: `NarrativeContentItem_${index + 1}`, name, text, instanceType: "NarrativeContentItem" }],
  );
}

/**
 * A fragment of the CDISC Unified Study Definitions Model, version 4.0: arms, elements, interventions with planned doses
 * and schedule, blinding by role, and the texts on concealment, blinding and code break. It is no whole document: objectives, population and other required parts are not known here.
 *
 * The model has no ratio and no block size, so none is in it: it is the same text whatever they are. Codes are matched by
 * code, not by name.
 *
 * @returns JSON text
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`
 * @see CDISC DDF-RA, tag v4.0.0
 */
export function toUsdmFragment(description: ListDescription): string {
  const { trial } = description;
  const part = partOf(description);
  const arms = armsOf(description);
  const used = new Set(arms.flatMap(({ interventions }) => interventions));
  const version = {
    id: `StudyVersion_${trial.id}`,
    titles: [{ id: `StudyTitle_${trial.id}`, text: trial.title, instanceType: "StudyTitle" }],
    studyIdentifiers: trial.identifiers.map(({ value }, index) => ({
      id: `StudyIdentifier_${index + 1}`,
      text: value,
      instanceType: "StudyIdentifier",
    })),
    studyInterventions: trial.interventions.filter(({ id }) => used.has(id)).map((one) => interventionOf(one, arms)),
    roles: (part.masking.who ?? []).map((role) => ({
      id: `StudyRole_${role}`,
      name: role,
      code: codeOf(ROLES[role]),
      masking: { id: `Masking_${role}`, text: "masked", isMasked: true, instanceType: "Masking" },
      instanceType: "StudyRole",
    })),
    studyDesigns: [designOf(description)],
    narrativeContentItems: narrativesOf(description),
    instanceType: "StudyVersion",
  };
  const study = { id: `Study_${trial.id}`, name: trial.id, versions: [version], instanceType: "Study" };
  const root = { study, usdmVersion: "4.0.0", systemName: "allocell", systemVersion: VERSION };
  return `${JSON.stringify(root, null, 2)}\n`;
}
