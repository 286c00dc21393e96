import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod/mini";
import { ORDER_SECTIONS } from "../../src/cli/fields/orderFields.js";
import { planSections } from "../../src/cli/fields/planFields.js";
import { RECORD_SECTIONS } from "../../src/cli/fields/recordFields.js";
import type { Field, Section } from "../../src/cli/fields/fields.js";
import { TRIAL_FIELD_TEXTS } from "../../src/cli/templates/trialFieldTexts.js";
import { WRITTEN } from "../../src/cli/templates/formFields.js";
import { recordSchema } from "../../src/dose/administration/recordSchema.js";
import { PLAUSIBLE, preparationOrderJsonSchema } from "../../src/dose/index.js";
import { choiceRuleSchema } from "../../src/escalation/choice/choiceRule.js";
import { escalationDesignSchema } from "../../src/escalation/schema.js";
import { EXPORT_FORMATS } from "../../src/exchange/index.js";
import { dynamicPlanFileSchema } from "../../src/list/dynamicPlan.js";
import { planJsonSchema } from "../../src/list/index.js";
import { RULE_TEMPLATE_TEXTS } from "../../src/report/texts/ruleTemplateTexts.js";
import { documentDetailsSchema } from "../../src/report/worksheet/details.js";
import { kitPlanSchema } from "../../src/supply/kits/kitPlan.js";
import { decisionSchema } from "../../src/trial/armSchema.js";
import { assumptionInputsSchema } from "../../src/trial/assumptions.js";
import { documentTextsSchema } from "../../src/trial/documentTexts.js";
import { trialJsonSchema } from "../../src/trial/index.js";
import { TRIALS } from "../../src/trials/index.js";
import * as texts from "./formatTexts.js";
import type { Schema } from "./schemaFields.js";

/** A file that people write, as docs/formats and docs/schema describe it. */
export interface FileFormat {
  /** Name of the page and of the JSON Schema. */
  readonly name: string;
  readonly title: string;
  /** What the file is for, which command begins one, and where it is explained. */
  readonly intro: string;
  readonly schema: Schema;
  readonly textOf: (path: string) => string | undefined;
  /** The field of a form, where it has one. */
  readonly fieldOf: (path: string) => Field | undefined;
  /** Paths that are those of another path again: `then.*.` of a component are those of the order. */
  readonly again?: Readonly<Record<string, string>>;
  /** Shipped examples: name and data. */
  readonly examples: readonly (readonly [name: string, data: unknown])[];
}

const ofZod = (schema: z.ZodMiniType): Schema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
const example = (file: string): readonly [string, unknown] => [file, parse(readFileSync(`examples/${file}`, "utf8"))];
/** A file that a tutorial shows, by the name in its first line. */
const shown = (page: string, name: string): readonly [string, unknown] => {
  const text = readFileSync(`docs/${page}`, "utf8");
  const [, body = ""] = new RegExp(`^\`\`\`yaml\\n# ${name}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(text) ?? [];
  return [`${name} of docs/${page}`, parse(body)];
};
const fieldsOf = (sections: readonly Section[]): ReadonlyMap<string, Field> =>
  new Map(sections.flatMap(({ fields }) => fields).map((field) => [field.path, field]));
const english = (fields: ReadonlyMap<string, Field>, own: Readonly<Record<string, string>>) => (path: string) =>
  own[path] ?? fields.get(path)?.label.en;
const none = (): undefined => undefined;
const map = (properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const DECISION = ofZod(decisionSchema);
const ANSWERS = ofZod(assumptionInputsSchema);
const TEXT: Schema = { type: "string" };
const COUNT: Schema = { type: "integer", minimum: 0 };
const RESULT = map({ arm: TEXT, n: { type: "integer", minimum: 1 }, responders: COUNT, events: COUNT }, [
  "arm",
  "n",
  "responders",
]);

const ORDER = map(
  {
    ...{ trial: TEXT, part: TEXT, arm: TEXT, assumptions: ANSWERS },
    decisions: { type: "array", items: { type: "object" } },
    order: preparationOrderJsonSchema(),
    document: ofZod(documentDetailsSchema),
    site: { type: "object" },
    check: map({ by: TEXT, enteredFrom: TEXT, copiedFrom: TEXT }, ["by", "enteredFrom"]),
  },
  ["order"],
);

/** In a file the dose of the trial stands nowhere: the program puts it in. */
function withoutTrialDose(schema: Schema): Schema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "required" && Array.isArray(value) ? value.filter((name) => name !== "trial") : value,
  );
  return JSON.parse(text) as Schema;
}

/** What an order of the same administration states need not stand in the record. */
function recordFile(): Schema {
  const schema = ofZod(recordSchema);
  const fromOrder = ["unitKind", "planned", "preparedAtInfusion", "preparedMl"];
  return { ...schema, required: (schema.required ?? []).filter((name) => !fromOrder.includes(name)) };
}

const RULE_COMMENTS = Object.fromEntries(
  Object.entries(RULE_TEMPLATE_TEXTS).map(([name, text]) => [name, (text as { readonly en: string }).en]),
);
const ruleText = (path: string): string | undefined =>
  texts.RULE_TEXTS[path] ??
  RULE_COMMENTS[
    path
      .split(".")
      .filter((key) => key !== "*")
      .at(-1) ?? ""
  ];

/** Of all components together the page says that their limits are those of a dose. */
const ORDER_FIELDS = fieldsOf(ORDER_SECTIONS.filter(({ id }) => !id.startsWith("together")));
const RECORD_FIELDS = fieldsOf(RECORD_SECTIONS);
const PLAN_FIELDS = fieldsOf(planSections(undefined, ""));
const FOLDERS = ["sle", "uc", "t1d", "t2d"];

export const FILE_FORMATS: readonly FileFormat[] = [
  {
    name: "trial",
    title: "Trial file",
    intro:
      "What a protocol or a registry record says. `allocell init trial ID` begins one; [trials](../trials.md) explains it.",
    schema: trialJsonSchema(),
    textOf: (path) => texts.TRIAL_TEXTS[path] ?? TRIAL_FIELD_TEXTS[path],
    fieldOf: none,
    examples: [
      ...TRIALS.map((trial) => [trial.id, JSON.parse(JSON.stringify(trial))] as const),
      example("protocol/trial-per-m2.yaml"),
    ],
  },
  {
    name: "assumptions",
    title: "Assumptions file",
    intro:
      "Answers to what the sources of a trial leave open. `allocell init assumptions TRIAL` begins one; [trials](../trials.md#the-assumptions) explains it.",
    schema: map({ trial: TEXT, assumptions: ANSWERS, decisions: { type: "array", items: { type: "object" } } }, [
      "assumptions",
    ]),
    textOf: (path) => texts.ASSUMPTIONS_TEXTS[path],
    fieldOf: none,
    examples: FOLDERS.map((folder) => example(`${folder}/assumptions.yaml`)),
  },
  {
    name: "decision",
    title: "Decision file",
    intro:
      "The record that opens an arm whose dose had been deferred: one record, a list of them, or a map with `decisions`. `allocell cohort decision` writes one from the log of an open part; [trials](../trials.md#decisions) explains it.",
    schema: DECISION,
    textOf: (path) => texts.DECISION_TEXTS[path],
    fieldOf: none,
    examples: [example("sle/decision.yaml")],
  },
  {
    name: "plan",
    title: "Plan of a list",
    intro:
      "Everything that a randomization list rests on, but the seed. `allocell init plan TRIAL` begins one; [plans](../plans.md) has an example of each kind, [procedures](../procedures.md) what the parameters do.",
    schema: planJsonSchema(),
    textOf: english(PLAN_FIELDS, texts.PLAN_TEXTS),
    fieldOf: (path) => PLAN_FIELDS.get(path),
    again: { "procedures.*.procedure.": "procedure." },
    examples: [...FOLDERS.map((folder) => example(`${folder}/plan.yaml`)), example("back-end/plan.json")],
  },
  {
    name: "dynamic-plan",
    title: "Plan of a dynamic allocation",
    intro:
      "A plan with `factors` in place of `strata`: there is no list beforehand. [The conduct of a dynamic allocation](../conduct-dynamic.md) explains it, [procedures](../procedures-adaptive.md) what the parameters do.",
    schema: ofZod(dynamicPlanFileSchema),
    textOf: english(PLAN_FIELDS, texts.DYNAMIC_TEXTS),
    fieldOf: none,
    examples: [example("uc/dynamic.yaml")],
  },
  {
    name: "order",
    title: "Order of a preparation",
    intro:
      "What one administration is prepared from. `allocell init order TRIAL` begins one; [preparation](../preparation.md) explains each step. Intervals are those of [plausible values](../plausibility.md): beyond them a value is refused.",
    schema: withoutTrialDose(ORDER),
    textOf: english(ORDER_FIELDS, texts.ORDER_TEXTS),
    fieldOf: (path) => ORDER_FIELDS.get(path),
    again: { "order.then.*.": "order.", "order.together.": "order.dose." },
    examples: [
      ...FOLDERS.map((folder) => example(`${folder}/order.yaml`)),
      ...["breyanzi", "casgevy", "omisirge", "ryoncil"].map((name) => example(`products/order-${name}.yaml`)),
      example("sle/order-second.yaml"),
      example("protocol/order-per-m2.yaml"),
      example("protocol/order-of-trial-per-m2.yaml"),
    ],
  },
  {
    name: "record",
    title: "Record of an administration",
    intro:
      "What was really infused. `allocell init record TRIAL` begins one; [what was given](../preparation-checks.md#what-was-given) explains it. What the order of the same administration states need not stand in it.",
    schema: recordFile(),
    textOf: english(RECORD_FIELDS, texts.RECORD_TEXTS),
    fieldOf: (path) => RECORD_FIELDS.get(path),
    examples: [shown("tutorials/pharmacist.md", "given.yaml")],
  },
  {
    name: "kits",
    title: "Plan of a kit list",
    intro: "`allocell init kits TRIAL` begins one; [kits](../kits.md) explains it.",
    schema: ofZod(kitPlanSchema),
    textOf: (path) => texts.KITS_TEXTS[path],
    fieldOf: none,
    examples: [shown("kits.md", "kits.yaml")],
  },
  {
    name: "map",
    title: "Map of an export",
    intro:
      "How another system names what a plan names; each format has its own. `allocell init map PLAN --to FORMAT` begins one; [exchange](../exchange.md) explains it.",
    schema: { anyOf: EXPORT_FORMATS.map((format) => ofZod(format.map)) },
    textOf: (path) => texts.MAP_TEXTS[path],
    fieldOf: none,
    examples: [shown("tutorials/statistician.md", "map.yaml")],
  },
  {
    name: "rule",
    title: "Rule of an open, escalating part",
    intro:
      "`allocell init escalation --rule RULE` begins one; [dose escalation](../escalation.md) explains it, and which fields each rule has.",
    schema: ofZod(escalationDesignSchema),
    textOf: ruleText,
    fieldOf: none,
    examples: ["sle/escalation.yaml", "t1d/escalation.yaml", "t1d/escalation-3plus3.yaml"].map(example),
  },
  {
    name: "choice",
    title: "Rule of a choice among doses",
    intro:
      "What `allocell select` reads; [the choice of the dose](../escalation.md#the-choice-of-the-dose) explains it.",
    schema: ofZod(choiceRuleSchema),
    textOf: (path) => texts.CHOICE_TEXTS[path],
    fieldOf: none,
    examples: [example("sle/select.yaml")],
  },
  {
    name: "results",
    title: "Results by arm",
    intro:
      "UNBLINDED: what `allocell select` reads with `--results`; [the choice of the dose](../escalation.md#the-choice-of-the-dose) explains it.",
    schema: map({ dataCut: TEXT, arms: { type: "array", minItems: 1, items: RESULT } }, ["dataCut", "arms"]),
    textOf: (path) => texts.RESULTS_TEXTS[path],
    fieldOf: none,
    examples: [example("sle/results.yaml")],
  },
  {
    name: "site",
    title: "What documents say at a site",
    intro:
      "The same in every arm and for every participant; an order has it under `site`, a trial under `documents`. [Labels](../labels.md) explains where each field comes from.",
    schema: ofZod(documentTextsSchema),
    textOf: (path) => TRIAL_FIELD_TEXTS[`documents.${path}`] ?? texts.TRIAL_TEXTS[`documents.${path}`],
    fieldOf: none,
    examples: [example("sle/site.yaml")],
  },
];

/** How a field of a form is written. */
export const writtenOf = (field: Field | undefined): string | undefined =>
  field === undefined || field.choices !== undefined ? undefined : WRITTEN[field.kind];

/** What is possible of a field of an order, with both ends, and its unit. */
export function possibleOf(path: string): { readonly interval?: string; readonly unit?: string } {
  const own = path.replace(/^order\./, "");
  const isWeight = own !== path && /weightKg$/i.test(path);
  const row = PLAUSIBLE.find(({ id, fields }) => fields.includes(own) || (isWeight && id === "weight"));
  if (row === undefined) return {};
  const { minimum, maximum } = row.possible ?? {};
  const interval =
    minimum === undefined
      ? maximum === undefined
        ? undefined
        : `at most ${maximum}`
      : maximum === undefined
        ? `at least ${minimum}`
        : `${minimum} to ${maximum}`;
  return { unit: row.unit, ...(interval === undefined ? {} : { interval }) };
}
