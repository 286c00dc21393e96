import { strataOf, type DynamicPlan, type Plan, type Stratum } from "../../list/index.js";
import { blockOrder, type ProcedureSpec } from "../../procedure/index.js";
import { armOrPart } from "../texts/assumptionTexts.js";
import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { parameterName, parameterText } from "../texts/procedureTexts.js";
import {
  algorithmText,
  armsOf,
  isDynamic,
  maskedText,
  partOf,
  partText,
  procedureName,
  ratioText,
  type ListDescription,
} from "./description.js";

/** A line of a table: what, and its value; an empty value is to be filled in. */
export type Row = readonly [what: string, value: string];

/** The trial, the part and the list itself. */
export function idRows(description: ListDescription, language: Language): readonly Row[] {
  const say = describeWords(language);
  const { trial, plan, manifest } = description;
  const { list } = plan;
  return [
    [say("field.study"), say("value.study", { id: trial.id, title: trial.documents?.trialTitle ?? trial.title })],
    [say("field.protocol"), ""],
    [say("field.part"), partText(partOf(description), language)],
    isDynamic(plan)
      ? [say("field.dynamic"), say("value.dynamic", { list, length: String(plan.length) })]
      : [say("field.list"), say("value.list", { list, status: manifest?.status ?? say("value.notDrawn") })],
  ];
}

/** The same with design, size and arms. */
export function designRows(description: ListDescription, language: Language): readonly Row[] {
  const say = describeWords(language);
  const part = partOf(description);
  const { trial, plan } = description;
  const arms = armsOf(description).map(({ id, label, ratio }) =>
    say("value.arm", { id: armOrPart(language, id) ?? id, label, ratio: String(ratio) }),
  );
  const design = { allocation: say(`allocation.${trial.allocation}`), model: say(`model.${trial.model}`) };
  const size = part.size ?? (trial.parts.length === 1 ? trial.enrolment.count : undefined);
  return [
    ...idRows(description, language),
    [say("field.design"), say("value.design", design)],
    [say("field.masked"), maskedText(part, language) || say("value.unmasked")],
    [say("field.participants"), size === undefined ? "" : String(size)],
    [say("field.arms"), arms.join(language === "en" ? "; " : "；")],
    ...(isDynamic(plan) ? [] : [[say("field.ratio"), ratioText(description)] as const]),
  ];
}

/** The procedure with its parameters, what it is stratified by, and how its numbers look. */
export function procedureRows(
  description: ListDescription,
  plan: Plan | DynamicPlan,
  language: Language,
): readonly Row[] {
  const say = describeWords(language);
  const name = procedureName(description, language);
  return [
    [say("field.procedure"), say("value.procedure", { name, kind: plan.procedure.kind })],
    ...(isDynamic(plan) ? dynamicRows(plan, language) : listRows(plan, language)),
    [say("field.algorithm"), algorithmText(description)],
  ];
}

/** What made the random numbers, as far as it is known. */
export function parameterRows(description: ListDescription, language: Language): readonly Row[] {
  const { plan, manifest } = description;
  const say = describeWords(language);
  const { at = "", by = "", runtime = "" } = manifest?.generation ?? {};
  return [
    ...procedureRows(description, plan, language),
    [say("field.version"), manifest?.allocell ?? ""],
    [say("field.runtime"), runtime],
    [say("field.at"), at],
    [say("field.by"), by],
    [say("field.planHash"), manifest?.planHash ?? ""],
  ];
}

function dynamicRows({ procedure, factors, numbers }: DynamicPlan, language: Language): readonly Row[] {
  const say = describeWords(language);
  const parameters = Object.entries(procedure).filter(([name]) => name !== "kind");
  return [
    ...parameters.map(([name, value]) => [parameterName(language, name), parameterText(language, value)] as const),
    ...factors.map(({ factor, levels, weight }, i): Row => {
      const named = { factor, levels: levels.join(", ") };
      return [
        say("field.factor", { number: String(i + 1) }),
        weight === undefined
          ? say("value.factor", named)
          : say("value.factorWeight", { ...named, weight: String(weight) }),
      ];
    }),
    [say("field.numbers"), say("numbers.test", { numbers: numbersText(numbers, "", language) })],
  ];
}

function listRows(plan: Plan, language: Language): readonly Row[] {
  const say = describeWords(language);
  const strata = strataOf(plan);
  return [
    ...blockRows(plan.procedure, language),
    ...(plan.procedures ?? []).flatMap(({ stratum, procedure }) =>
      blockRows(procedure, language).map(([parameter, value]): Row => {
        const levels = levelsText(Object.entries(stratum), language);
        return [say("value.parameterOf", { parameter, stratum: levels }), value];
      }),
    ),
    [say("field.strata"), strata.length === 1 && plan.strata.length === 0 ? say("value.none") : String(strata.length)],
    ...plan.strata.map(({ factor, levels }, i): Row => [
      say("field.factor", { number: String(i + 1) }),
      say("value.factor", { factor, levels: levels.join(", ") }),
    ]),
    [
      say("field.numbers"),
      plan.numbers.given === undefined
        ? say("numbers.test", { numbers: numbersText(plan.numbers, say("numbers.twoDigits"), language) })
        : say("numbers.given"),
    ],
    [say("field.stream"), plan.stream ?? "arc4"],
  ];
}

/** The levels of a stratum as they stand in the plan. */
export const levelsText = (levels: Stratum["levels"], language: Language): string =>
  levels.length === 0
    ? describeWords(language)("value.allParticipants")
    : levels.map((pair) => pair.join(" ")).join(language === "en" ? ", " : "，");

/** How the numbers look, `strata` telling what the digits of a stratum are. */
function numbersText(
  { prefix, digits, levelDigits, mask, shuffle }: Plan["numbers"],
  strata: string,
  language: Language,
): string {
  const say = describeWords(language);
  const ofStratum = levelDigits === 1 ? say("numbers.oneDigit") : strata;
  return [
    say("numbers.prefix", { prefix, strata: ofStratum, digits: String(digits) }),
    ...(mask === undefined ? [] : [say("numbers.mask", { mask })]),
    ...(shuffle === undefined ? [] : [say("numbers.shuffle", { shuffle })]),
  ].join(language === "en" ? "; " : "；");
}

/** The parameters of a procedure, and what holds where it states nothing. */
function blockRows(procedure: ProcedureSpec, language: Language): readonly Row[] {
  const parameters = Object.entries(procedure).filter(([name]) => name !== "kind");
  const order = blockOrder(procedure);
  const say = describeWords(language);
  const blocks = "lastBlock" in procedure || "sizes" in procedure;
  return [
    ...parameters.map(([name, value]): Row => [parameterName(language, name), parameterText(language, value)]),
    ...(order === "in order" ? [[say("blocks.order"), say("blocks.asStated")] as const] : []),
    ...(order === "drawn" && !("weights" in procedure) ? [[say("blocks.weights"), say("blocks.equal")] as const] : []),
    ...(blocks && !("lastBlock" in procedure) ? [[say("blocks.last"), say("blocks.whole")] as const] : []),
  ];
}
