import { requireFields, requireString } from "../foundation/index.js";

/** What edc-core takes at `POST /studies/{id}/rtsm/assignments`: it keeps the arm in a blinded item. UNBLINDED. */
export interface EdcCoreAssignment {
  readonly subjectKey: string;
  readonly arm: string;
  /** The randomization number: sent again with it, edc-core answers "duplicate". */
  readonly randomizationId: string;
  /** ISO 8601 instant with its offset. */
  readonly assignedAt: string;
  readonly strata: Readonly<Record<string, string>>;
  readonly source: "allocell";
}

/** Who got which number of a log, when, in which stratum. */
export interface AssignedNumber {
  readonly participant: string;
  readonly number: string;
  /** When: the `at` of the event. */
  readonly at: string;
  readonly stratum: Readonly<Record<string, string>>;
}

/**
 * The payload for one participant. The same event and arm always give the same payload. UNBLINDED.
 *
 * @param arm - from the master list, which the caller has proven to be the log's
 */
export function toEdcCoreAssignment(assigned: AssignedNumber, arm: string): EdcCoreAssignment {
  requireFields(assigned, "an assignment of a log", {
    participant: "text",
    number: "text",
    at: "text",
    stratum: "a map",
  });
  requireString(arm, "arm", "an arm");
  const { participant, number, at, stratum } = assigned;
  return Object.freeze({
    subjectKey: participant,
    arm,
    randomizationId: number,
    assignedAt: at,
    strata: stratum,
    source: "allocell",
  });
}
