import { throwIfAny, type Issue } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  fraction,
  minus,
  over,
  readFraction,
  times,
} from "../../quantity/index.js";
import { answeredText, OF_CLOCK, OF_LOT, OF_PRODUCT, OF_VOLUME, type AnsweredField, type Answers } from "./answers.js";
import { statedRate, timedAt } from "./timing.js";
import type { InfusionOrder } from "./infusionOrder.js";
import type { LotOrder, PreparationOrder, TrialDose } from "./model.js";

/** A label's concentration may be rounded: content / volume may differ from it by 1 %, as two values of a label may. */
const LABEL_TOLERANCE: Fraction = fraction(1, 100);

/** An answer that the order contradicts. */
interface Difference {
  readonly key: string;
  readonly path: string;
  readonly ordered: string;
}

function isSame({ field }: AnsweredField, ordered: string, answered: string): boolean {
  if (ordered === answered) return true;
  if (field === "counted") return false;
  const order = compare(readFraction(ordered), readFraction(answered));
  // A shorter stability than the trial's is stricter, and no contradiction.
  return field === "stabilityMinutes" ? order <= 0 : order === 0;
}

function differences(
  holder: object | undefined,
  at: string,
  rows: readonly AnsweredField[],
  answers: Answers,
): readonly Difference[] {
  const fields = (holder ?? {}) as Readonly<Record<string, unknown>>;
  return rows.flatMap((each) => {
    const value = fields[each.field];
    const answered = answeredText(answers, each);
    if (answered === undefined || (typeof value !== "string" && typeof value !== "number")) return [];
    const ordered = String(value);
    return isSame(each, ordered, answered) ? [] : [{ key: each.key, path: `${at}.${each.field}`, ordered }];
  });
}

type RateAnswer = Extract<NonNullable<Answers[string]>, { readonly format: "rate-or-duration" }>;

/** What the answer says in mL/min, of a volume. */
function answeredRate(answer: RateAnswer, volume: Fraction): Fraction {
  if ("minutes" in answer) return over(volume, readFraction(answer.minutes));
  return "mLPerHour" in answer ? over(readFraction(answer.mLPerHour), fraction(60)) : readFraction(answer.mLPerMin);
}

/** Rate or duration, whichever of the two answers and whichever orders: volume / minutes = rate. */
function ofRate(infusion: InfusionOrder, answers: Answers): readonly Difference[] {
  const answer = answers["infusion.rate"];
  const { finalVolumeMl, minutes } = infusion;
  const rate = statedRate(infusion);
  if (answer?.format !== "rate-or-duration" || (rate === undefined && minutes === undefined)) return [];
  // Of one and the same volume, durations are equal where rates are.
  if (finalVolumeMl === undefined && (rate === undefined) !== "minutes" in answer) return [];
  const volume = finalVolumeMl === undefined ? fraction(1) : readFraction(finalVolumeMl);
  const ordered = rate ?? over(volume, readFraction(minutes ?? ""));
  if (compare(ordered, answeredRate(answer, volume)) === 0) return [];
  const path = timedAt(infusion);
  return [{ key: "infusion.rate", path, ordered: infusion[path.replace("infusion.", "") as "minutes"] ?? "" }];
}

/** The concentration of the label, or else content / volume, and what it counts. */
function ofConcentration(lot: LotOrder, at: string, answers: Answers): readonly Difference[] {
  const answer = answers["product.concentration"];
  if (answer?.format !== "concentration") return [];
  const { amount, unitKind } = answer.perMl;
  const key = "product.concentration";
  if (unitKind !== "cells" && unitKind !== lot.counted) return [{ key, path: `${at}.counted`, ordered: lot.counted }];
  const expected = readFraction(amount);
  if (lot.labelPerMl !== undefined) {
    const isLabel = compare(readFraction(lot.labelPerMl), expected) === 0;
    return isLabel ? [] : [{ key, path: `${at}.labelPerMl`, ordered: lot.labelPerMl }];
  }
  const computed = over(readFraction(lot.content), readFraction(lot.fillMl));
  const isNear = compare(absolute(minus(computed, expected)), times(expected, LABEL_TOLERANCE)) <= 0;
  return isNear ? [] : [{ key, path: `${at}.content`, ordered: `${decimalText(computed)} per mL (content / fillMl)` }];
}

function ofLot(lot: LotOrder, at: string, answers: Answers): readonly Difference[] {
  // A lot that was measured after thawing goes by no recovery.
  const rows = lot.measuredPerMl === undefined ? OF_LOT : OF_LOT.filter(({ field }) => field !== "recovery");
  const found = differences(lot, at, rows, answers);
  return found.length > 0 ? found : ofConcentration(lot, at, answers);
}

/**
 * What an order states although an answer of its trial says it too must be the same, compared as numbers; of the stability
 * it may say less.
 *
 * @throws AllocellError `dose.assumption_conflict`, all of them at once
 */
export function requireAnswersAgree({ answers, assumptions }: TrialDose, order: PreparationOrder): void {
  const found = [
    ...differences(order.infusion, "infusion", OF_VOLUME, answers),
    ...ofRate(order.infusion, answers),
    ...differences(order.product, "product", OF_PRODUCT, answers),
    ...differences(order.clock, "clock", OF_CLOCK, answers),
    ...(order.lots ?? []).flatMap((lot, index) => ofLot(lot, `lots.${index}`, answers)),
  ];
  throwIfAny(
    found.map(({ key, path, ordered }): Issue => {
      const line = assumptions.find((each) => each.key === key)?.value ?? "";
      const message = `The assumptions say ${key} = "${line}", the order says ${ordered}.`;
      return {
        code: "dose.assumption_conflict",
        path,
        message,
        expected: line,
        received: ordered,
        parameters: { key },
      };
    }),
  );
}
