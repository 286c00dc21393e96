import { deepFreeze } from "../foundation/index.js";
import { requireBlindedList, requireListPlan } from "./requireList.js";
import { numbersOf, type NumberFormat } from "./numbers.js";
import type { Plan } from "./plan.js";
import { strataOf, type Stratum } from "./strata.js";

/**
 * A randomization list without treatments: plain data from which no treatment, ratio, block or seed can be had, because
 * none is in it. It is the same whatever the arms are called and whatever was drawn for each row.
 */
export interface BlindedList {
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly numbers: NumberFormat;
  readonly strata: readonly { readonly levels: Stratum["levels"]; readonly code: string; readonly rows: number }[];
}

/** One row of a blinded list. */
export interface BlindedRow {
  readonly stratum: Stratum["levels"];
  /** Position within the stratum, from 1. */
  readonly sequence: number;
  readonly number: string;
}

/**
 * The blinded list of a plan. It needs no seed, because nothing that is drawn is in it: of each stratum it has the rows
 * that were asked for. Rows that a whole last block adds stay behind, because where a list ends beyond its length tells
 * how long its blocks are.
 */
export function blindedListOfPlan(plan: Plan, status: "LIVE" | "TEST"): BlindedList {
  requireListPlan(plan);
  return deepFreeze({
    status,
    trial: plan.trial,
    part: plan.part,
    list: plan.list,
    numbers: { ...plan.numbers },
    strata: strataOf(plan).map(({ levels, code, length }) => ({ levels, code, rows: length })),
  });
}

/** Number of rows of a blinded list, over all strata. */
export function blindedRowCount(list: BlindedList): number {
  requireBlindedList(list);
  return list.strata.reduce((sum, { rows }) => sum + rows, 0);
}

/** The rows of a blinded list in order, made one at a time. */
export function* blindedRows(list: BlindedList): Generator<BlindedRow, void, undefined> {
  requireBlindedList(list);
  for (const { levels, code, rows } of list.strata) {
    const numberOf = numbersOf(list.numbers, list.status, code);
    for (let i = 1; i <= rows; i += 1) {
      yield { stratum: levels, sequence: i, number: numberOf(i) };
    }
  }
}
