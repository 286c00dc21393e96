import type { Part, Trial } from "../../trial/index.js";
import { RECORD_SECTIONS } from "../fields/recordFields.js";
import { assumptionFields, questionsOf, USES } from "./assumptionFields.js";
import { formFields } from "./formFields.js";
import { TO_STATE } from "../dataFile.js";
import type { TemplateField } from "./template.js";

/** The answers to what a trial leaves open, but for what a plan or the seed answers. */
export const assumptionsTemplate = (trial: Trial): readonly TemplateField[] => [
  { path: ["trial"], value: trial.id, comment: trial.title },
  ...assumptionFields(questionsOf(trial, USES)),
];

/** The plan of a kit list of a part, with one batch. */
export const kitsTemplate = (trial: Trial, part: Part): readonly TemplateField[] => [
  { path: ["trial"], value: trial.id, comment: trial.title },
  {
    path: ["list"],
    value: TO_STATE,
    comment: "Id of the kit list, of no other list of the study; letters, digits, hyphens",
    head: "The list. Source: the supply plan of the study.",
  },
  {
    path: ["prefix"],
    value: TO_STATE,
    comment: "The first two characters of every code: of C D F H J K M N P R T V W X Y, the first not T",
  },
  ...part.arms.map((arm, i): TemplateField => ({
    path: ["batches", 0, i],
    value: { arm, count: TO_STATE },
    comment: `Kits of arm ${arm} in the first batch; a whole number`,
    ...(i === 0 ? { head: "Batches in the order in which they are made. Source: the supply plan of the study." } : {}),
  })),
];

/** What was infused, of one administration; what was planned and prepared comes from its order file. */
export const recordTemplate = (): readonly TemplateField[] =>
  formFields(RECORD_SECTIONS, {
    stated: {
      number: TO_STATE,
      subject: TO_STATE,
      administeredOn: TO_STATE,
      administeredBy: TO_STATE,
      infusedMl: TO_STATE,
    },
    sources: {
      "record-who": "the notes of those who gave it, and the empty bag",
      "record-plan": "the order file, if the command gets it by --order; else the worksheet",
    },
  });
