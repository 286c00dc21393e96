import { deepFreeze } from "../../foundation/index.js";
import type { BlindedList } from "../../list/index.js";
import { marked, requireBlindedList, type Blinded } from "../../list/index.js";

/**
 * What a masked participant or outcomes assessor holds: that there is a randomized part, and nothing of its list. No
 * list id, no number, no stratum, no count.
 */
export interface MaskedPersonView extends Blinded {
  readonly format: "allocell-masked-person-view-1";
  readonly role: "participant" | "outcomes-assessor";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
}

/** The view of a masked participant. */
export function participantView(list: BlindedList): MaskedPersonView {
  return maskedPerson("participant", list);
}

/** The view of a masked outcomes assessor. */
export function assessorView(list: BlindedList): MaskedPersonView {
  return maskedPerson("outcomes-assessor", list);
}

function maskedPerson(role: MaskedPersonView["role"], list: BlindedList): MaskedPersonView {
  requireBlindedList(list);
  const { status, trial, part } = list;
  return marked(
    deepFreeze({ world: "blinded", format: "allocell-masked-person-view-1", role, status, trial, part } as const),
  );
}
