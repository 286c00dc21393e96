import { addDays, type IsoDate } from "../../calendar/index.js";

/** One participant who was dosed, as far as it counts. */
export interface DosedParticipant {
  readonly id: string;
  readonly dosedOn: IsoDate;
  readonly dltOn?: IsoDate;
  /** Why the outcome can never be known. */
  readonly notEvaluable?: string;
  /** Judged to have no DLT before the window ended, for a stated reason. */
  readonly closedEarly?: boolean;
}

export type CountIssue = "late-dlt" | "replace" | "dlt-before-dose";

/** Counts at a data cut, always derived from participants and never typed in. */
export interface CountedParticipants {
  readonly without: number;
  readonly dlt: number;
  readonly pending: number;
  readonly issues: readonly (readonly [id: string, what: CountIssue])[];
}

/**
 * Counts participants at a data cut (the end of that day).
 *
 * - A DLT in the window and known at the cut counts, also of somebody who left.
 * - Without DLT a participant is evaluable once the cut reaches the last day of the window; before, pending.
 * - A DLT after the window is told; it counts only with `count`.
 *
 * @param lastDay - days from dosing to the last day of the window
 */
export function countParticipants(
  participants: readonly DosedParticipant[],
  {
    lastDay,
    dataCut,
    lateDlt,
  }: { readonly lastDay: number; readonly dataCut: IsoDate; readonly lateDlt: "flag" | "count" },
): CountedParticipants {
  const issues: (readonly [string, CountIssue])[] = [];
  let [without, dlt, pending] = [0, 0, 0];
  const dosed = participants.filter(({ dosedOn }) => dosedOn <= dataCut);
  for (const { id, dosedOn, dltOn, notEvaluable, closedEarly } of dosed) {
    if (dltOn !== undefined && dltOn < dosedOn) {
      issues.push([id, "dlt-before-dose"]);
      continue;
    }
    const end = addDays(dosedOn, lastDay);
    const isKnown = dltOn !== undefined && dltOn <= dataCut;
    const isLate = isKnown && dltOn > end;
    if (isLate) issues.push([id, "late-dlt"]);
    if (isKnown && (!isLate || lateDlt === "count")) dlt += 1;
    else if (notEvaluable !== undefined) issues.push([id, "replace"]);
    else if (dataCut >= end || closedEarly === true) without += 1;
    else pending += 1;
  }
  return { without, dlt, pending, issues };
}
