import { deepFreeze, requireString, sha256Hex } from "../foundation/index.js";
import { VERSION } from "../version.js";
import type { ConductState } from "./conductState.js";
import { mapEntries, mapOf, type PersistentMap } from "./persistentMap.js";
import { requireState } from "./requireState.js";

const FORMAT = "allocell-snapshot-1";
const MAPS = ["lines", "counts", "participants", "requests"] as const;

/**
 * The state of a log as text, so that another process need not read all of its events again. It is a copy that can be
 * thrown away: the log alone says what happened.
 *
 * @returns undefined for every log but that of a list without a treatment: of the others the log itself is read
 */
export function toConductSnapshot(state: ConductState): string | undefined {
  requireState(state);
  if (state.holdsTreatment || state.opening?.kind !== "list") return undefined;
  const maps = MAPS.map((name) => [name, mapEntries<unknown>(state[name])] as const);
  const body = JSON.stringify({ ...state, ...Object.fromEntries(maps) });
  return `${headOf(body)}\n${body}\n`;
}

/**
 * The state that {@link toConductSnapshot} wrote. Whoever takes it must still find its last event in the log: the event
 * with number `events` and the hash `head`.
 *
 * @returns undefined for a text that is not whole, was changed, or was written by another version of this package
 */
export function readConductSnapshot(text: string): ConductState | undefined {
  requireString(text, "snapshot", "the text of a snapshot");
  const [head = "", body = ""] = text.split("\n");
  if (head !== headOf(body)) return undefined;
  // The digest fits, so this is what the same version wrote of a state.
  const state = JSON.parse(body) as ConductState & Readonly<Record<(typeof MAPS)[number], Entries>>;
  const maps = MAPS.map((name) => [name, mapOf(state[name] as Entries)] as const);
  return deepFreeze({ ...state, ...(Object.fromEntries(maps) as Record<(typeof MAPS)[number], PersistentMap<never>>) });
}

type Entries = readonly (readonly [string, unknown])[];

/** The first line: what wrote it, and the digest of the second. */
const headOf = (body: string): string => JSON.stringify({ format: FORMAT, version: VERSION, digest: sha256Hex(body) });
