import { throwIfAny, type Issue } from "../../foundation/index.js";
import type { Answer } from "../../trial/index.js";
import type { PreparationInput, PreparationOrder, TrialDose } from "./model.js";

/** A field of an order that a trial's answer gives. */
export interface AnsweredField {
  readonly key: string;
  readonly field: string;
  /** What the field holds by this answer; undefined where the answer says nothing of it. */
  readonly read: (answer: Answer) => string | undefined;
}

const row = (key: string, field: string, read: AnsweredField["read"]): AnsweredField => ({ key, field, read });
const volume = (answer: Answer): string | undefined => (answer.format === "volume" ? answer.mL : undefined);
const part = (answer: Answer): string | undefined => (answer.format === "fraction" ? answer.fraction : undefined);

export const OF_VOLUME: readonly AnsweredField[] = [row("infusion.finalVolume", "finalVolumeMl", volume)];
const OF_INFUSION: readonly AnsweredField[] = [
  ...OF_VOLUME,
  row("infusion.rate", "rateMlPerMin", (answer) => ("mLPerMin" in answer ? answer.mLPerMin : undefined)),
  row("infusion.rate", "rateMlPerHour", (answer) => ("mLPerHour" in answer ? answer.mLPerHour : undefined)),
  row("infusion.rate", "minutes", (answer) =>
    answer.format === "rate-or-duration" && "minutes" in answer ? answer.minutes : undefined,
  ),
];
export const OF_PRODUCT: readonly AnsweredField[] = [row("product.minViability", "minimumViability", part)];
export const OF_CLOCK: readonly AnsweredField[] = [
  row("product.stability", "stabilityMinutes", (answer) => (answer.format === "duration" ? answer.minutes : undefined)),
];
const kindOf = (answer: Answer): string | undefined => {
  if (answer.format !== "content-in-volume" || answer.content.unitKind === "cells") return undefined;
  return answer.content.unitKind;
};
export const OF_LOT: readonly AnsweredField[] = [
  row("product.vialContent", "content", (answer) =>
    answer.format === "content-in-volume" ? answer.content.amount : undefined,
  ),
  row("product.vialContent", "counted", kindOf),
  row("product.vialContent", "fillMl", (answer) => (answer.format === "content-in-volume" ? answer.mL : undefined)),
  row("product.extractableVolume", "extractableMl", volume),
  row("product.recovery", "recovery", part),
];

type Fields = Readonly<Record<string, unknown>>;
export type Answers = TrialDose["answers"];

export function answeredText(answers: Answers, { key, read }: AnsweredField): string | undefined {
  const answer = answers[key];
  return answer === undefined ? undefined : read(answer);
}

/** The holder with what the answers say and it does not. */
function filled<Holder extends object>(holder: Holder, rows: readonly AnsweredField[], answers: Answers): Holder {
  const missing = rows.flatMap((each) => {
    const text = each.field in holder ? undefined : answeredText(answers, each);
    return text === undefined ? [] : [[each.field, each.field === "stabilityMinutes" ? Number(text) : text] as const];
  });
  return missing.length === 0 ? holder : { ...holder, ...Object.fromEntries(missing) };
}

/** An order says only what is its own: the rest is taken from the answers of its trial. */
function withAnswers(order: PreparationInput): PreparationInput {
  if (order.dose.from !== "trial") return order;
  const { answers } = order.dose.trial;
  const { infusion, product, lots, clock } = order;
  // Rates and duration are ways to say one thing: the order's own way stays.
  const isTimed = (infusion.rateMlPerMin ?? infusion.rateMlPerHour ?? infusion.minutes) !== undefined;
  return {
    ...order,
    infusion: filled(infusion, isTimed ? OF_VOLUME : OF_INFUSION, answers),
    ...(product === undefined ? {} : { product: filled(product, OF_PRODUCT, answers) }),
    ...(lots === undefined ? {} : { lots: lots.map((lot) => filled(lot, OF_LOT, answers)) }),
    ...(clock === undefined ? {} : { clock: filled(clock, OF_CLOCK, answers) }),
  };
}

const NEEDED_OF_LOT = ["content", "counted", "fillMl", "extractableMl", "recovery"];

/**
 * The order with what its trial's answers say, and whole.
 *
 * @throws AllocellError `dose.preparation_invalid` for each field that neither order nor answers give
 */
export function completeOrder(input: PreparationInput): PreparationOrder {
  const order = withAnswers(input);
  const answers = order.dose.from === "trial" ? order.dose.trial.answers : {};
  const missing = (holder: Fields, field: string, path: string, rows: readonly AnsweredField[]): readonly Issue[] => {
    if (field in holder) return [];
    const key = rows.find((each) => each.field === field)?.key ?? "";
    const why =
      answers[key]?.format === "by-lot"
        ? `${key} is answered "by lot", and each lot must state it`
        : "it must be stated";
    return [{ code: "dose.preparation_invalid", path, message: `"${path}" is missing: ${why}.`, received: "nothing" }];
  };
  const ofPart = ({ lots = [], clock }: Pick<PreparationInput, "lots" | "clock">, at: string): readonly Issue[] => [
    ...lots.flatMap((lot, index) =>
      NEEDED_OF_LOT.flatMap((field) => missing(lot as unknown as Fields, field, `${at}lots.${index}.${field}`, OF_LOT)),
    ),
    ...(clock === undefined ? [] : missing(clock, "stabilityMinutes", `${at}clock.stabilityMinutes`, OF_CLOCK)),
  ];
  throwIfAny([
    ...ofPart(order, ""),
    ...(order.then ?? []).flatMap((part, index) => ofPart(part, `then.${index}.`)),
    ...(order.lots ?? []).flatMap((lot, index) =>
      answers["product.concentration"]?.format === "by-lot"
        ? missing(lot as unknown as Fields, "labelPerMl", `lots.${index}.labelPerMl`, [
            row("product.concentration", "labelPerMl", volume),
          ])
        : [],
    ),
  ]);
  return order as PreparationOrder;
}
