import { requireState } from "./requireState.js";
import { deepFreeze } from "../foundation/index.js";
import {
  participantsOf,
  requireOpening,
  type ConductState,
  type DispensedRecord,
  type ParticipantRecord,
} from "./conductState.js";
import type { StratumLevels } from "./event.js";
import { mapValues } from "./persistentMap.js";

/** One participant without any treatment. */
export interface BlindedParticipant {
  readonly participant: string;
  readonly how: ParticipantRecord["how"];
  readonly stratum: StratumLevels;
  readonly trueStratum?: StratumLevels;
  /** Place in the stratum, from 1. */
  readonly sequence?: number;
  readonly number?: string;
  readonly replaces?: string;
  readonly replacedBy?: string;
  readonly withdrawn: boolean;
  readonly ineligible: boolean;
  /** That the code was broken, never what it showed. */
  readonly codeBroken: boolean;
  /** Kits that were dispensed, in order; absent where none was. */
  readonly kits?: readonly DispensedRecord[];
}

/** What blinded people may know of the conduct of a list. */
export interface BlindedConduct {
  readonly format: "allocell-blinded-conduct-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** Events of the log, 0 or more. */
  readonly events: number;
  /** The receipt: the hash of the last event. */
  readonly head: string;
  /** Bindings of the list and of its extensions: by them it is proven that a master list is the one of this log. */
  readonly bindings: readonly string[];
  readonly strata: readonly { readonly stratum: StratumLevels; readonly participants: number }[];
  readonly participants: readonly BlindedParticipant[];
}

/**
 * The conduct of a list for blinded people, made by allow-list.
 *
 * It has no arm, no count by arm, no number of positions that are left (the end of a list is the end of a block), and
 * not which participants were given a wrong treatment: that tells whoever was treated next to them.
 *
 * @throws AllocellError `conduct.not_opened`, `conduct.open_part`
 */
export function blindedConduct(state: ConductState): BlindedConduct {
  requireState(state);
  const { status, trial, part, list } = requireOpening(state);
  const strata = mapValues(state.counts)
    .map(({ levels, participants }) => ({ key: sortKey(state, levels), stratum: inOrder(state, levels), participants }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ stratum, participants }) => ({ stratum, participants }));
  return deepFreeze({
    format: "allocell-blinded-conduct-1",
    status,
    trial,
    part,
    list,
    events: state.events,
    head: state.head,
    bindings: state.bindings,
    strata,
    participants: participantsOf(state).map((record) => blindedParticipant(state, record)),
  });
}

/** The place of every level in its factor, so that strata stand in declared order. */
function sortKey(state: ConductState, levels: StratumLevels): string {
  const places = state.factors.map(({ factor, levels: known }) => known.indexOf(levels[factor] ?? ""));
  return places.map((place) => String(place).padStart(5, "0")).join("");
}

/** The levels with their factors in declared order. */
function inOrder(state: ConductState, levels: StratumLevels): StratumLevels {
  return Object.fromEntries(state.factors.map(({ factor }) => [factor, levels[factor] ?? ""]));
}

function blindedParticipant(state: ConductState, record: ParticipantRecord): BlindedParticipant {
  const { participant, how, stratum, trueStratum, sequence, number, replaces, replacedBy } = record;
  const { withdrawn, ineligible, codeBroken, kits } = record;
  return {
    participant,
    how,
    stratum: inOrder(state, stratum),
    ...(trueStratum === undefined ? {} : { trueStratum: inOrder(state, trueStratum) }),
    ...(sequence === undefined ? {} : { sequence }),
    ...(number === undefined ? {} : { number }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
    withdrawn,
    ineligible,
    codeBroken,
    ...(kits === undefined ? {} : { kits }),
  };
}
