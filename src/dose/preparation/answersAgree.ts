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
import {
  answeredText,
  OF_CLOCK,
  OF_INFUSION,
  OF_LOT,
  OF_PRODUCT,
  type AnsweredField,
  type Answers,
} from "./answers.js";
import type { InfusionOrder, LotOrder, PreparationOrder, TrialDose } from "./model.js";

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

/** A rate that answers, and a duration that orders, or the other way: volume / minutes = rate. */
function ofOtherWay({ finalVolumeMl, rateMlPerMin, minutes }: InfusionOrder, answers: Answers): readonly Difference[] {
  const answer = answers["infusion.rate"];
  const ordered = minutes ?? rateMlPerMin;
  if (answer?.format !== "rate-or-duration" || finalVolumeMl === undefined || ordered === undefined) return [];
  const answered = "minutes" in answer ? answer.minutes : answer.mLPerMin;
  if ((minutes === undefined) === "mLPerMin" in answer) return [];
  const same = compare(times(readFraction(ordered), readFraction(answered)), readFraction(finalVolumeMl)) === 0;
  const path = minutes === undefined ? "infusion.rateMlPerMin" : "infusion.minutes";
  return same ? [] : [{ key: "infusion.rate", path, ordered }];
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
    ...differences(order.infusion, "infusion", OF_INFUSION, answers),
    ...ofOtherWay(order.infusion, answers),
    ...differences(order.product, "product", OF_PRODUCT, answers),
    ...differences(order.clock, "clock", OF_CLOCK, answers),
    ...(order.lots ?? []).flatMap((lot, index) => ofLot(lot, `lots.${index}`, answers)),
  ];
  throwIfAny(
    found.map(({ key, path, ordered }): Issue => {
      const line = assumptions.find((each) => each.key === key)?.value ?? "";
      const message = `The assumptions say ${key} = "${line}", the order says ${ordered}.`;
      return { code: "dose.assumption_conflict", path, message, expected: line, received: ordered };
    }),
  );
}
