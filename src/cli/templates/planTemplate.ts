import type { Part, Trial } from "../../trial/index.js";
import { planSections } from "../fields/planFields.js";
import type { Section } from "../fields/fields.js";
import { assumptionFields, questionsOf } from "./assumptionFields.js";
import { formFields } from "./formFields.js";
import { TO_STATE } from "../dataFile.js";
import type { TemplateField } from "./template.js";

const STATISTICIAN = "the statistical analysis plan, or the specification of the list";
const SOURCES: Readonly<Record<string, string>> = {
  "plan-arms": `${STATISTICIAN}; a whole number for each arm`,
  "plan-list": STATISTICIAN,
  "plan-procedure": STATISTICIAN,
  "plan-strata": `${STATISTICIAN}; without factors the list is one stratum`,
};

/** Parameters that a procedure can do without. */
const OPTIONAL = ["procedure.lastBlock", "procedure.mergedArms"];

/** A plan for the list of a part, by a procedure. */
export function planTemplate(trial: Trial, part: Part, procedure: string): readonly TemplateField[] {
  const isOf = ({ when }: Section["fields"][number]): boolean => when?.is?.includes(procedure) !== false;
  const sections = planSections(trial, part.id);
  const parameters = sections
    .flatMap(({ fields }) => fields)
    .filter((field) => field.when !== undefined && isOf(field));
  const stated = [
    ...part.arms.map((arm) => `arms.${arm}`),
    "list",
    "length",
    ...parameters.map(({ path }) => path).filter((path) => !OPTIONAL.includes(path)),
  ];
  return [
    { path: ["trial"], value: trial.id, comment: trial.title },
    { path: ["part"], value: part.id, comment: part.title },
    ...formFields(sections, {
      stated: { ...Object.fromEntries(stated.map((path) => [path, TO_STATE])), "procedure.kind": procedure },
      sources: SOURCES,
      without: (field) => !isOf(field),
    }),
    ...assumptionFields(questionsOf(trial, ["list"], part.id)),
  ];
}
