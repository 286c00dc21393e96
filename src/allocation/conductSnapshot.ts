import { deepFreeze, requireString, sha256Hex, requireFields } from "../foundation/index.js";
import { VERSION } from "../version.js";
import type { ConductState } from "./conductState.js";
import type { DynamicPast } from "./dynamicLog.js";
import { mapEntries, mapOf, type PersistentMap } from "./persistentMap.js";
import { requireState } from "./requireState.js";

const FORMAT = "allocell-snapshot-1";
const MAPS = ["lines", "counts", "participants", "requests", "kits"] as const;

/** The past of a dynamic allocation, and the hash of the plan by which it was walked through. UNBLINDED. */
export interface PastOfPlan extends DynamicPast {
  readonly planHash: string;
}

/** What a snapshot holds. UNBLINDED where the log holds treatments. */
export interface ConductSnapshot {
  readonly state: ConductState;
  readonly past?: PastOfPlan;
}

/**
 * The state of a log as text, so that another process need not read all of its events again. It is a copy that can be
 * thrown away: the log alone says what happened.
 *
 * @param unblinded - whether the text may hold treatments: it is UNBLINDED then, as the log is
 * @returns undefined for a log that holds treatments where the text may not, and for an empty log
 */
export function toConductSnapshot(snapshot: ConductSnapshot, unblinded = false): string | undefined {
  requireFields(snapshot, "what a snapshot is made of: the state of a log", { state: "a map" });
  const { state, past } = snapshot;
  requireState(state);
  if ((state.holdsTreatment && !unblinded) || state.events === 0) return undefined;
  const maps = MAPS.map((name) => [name, mapEntries<unknown>(state[name])] as const);
  const body = JSON.stringify({ state: { ...state, ...Object.fromEntries(maps) }, past });
  return `${headOf(body)}\n${body}\n`;
}

/**
 * The state that {@link toConductSnapshot} wrote. Whoever takes it must still find its last event in the log: the event
 * with number `events` and the hash `head`.
 *
 * @returns undefined for a text that is not whole, was changed, or was written by another version of this package
 */
export function readConductSnapshot(text: string): ConductSnapshot | undefined {
  requireString(text, "snapshot", "the text of a snapshot");
  const [head = "", body = ""] = text.split("\n");
  if (head !== headOf(body)) return undefined;
  // The digest fits, so this is what the same version wrote of a state.
  const { state, ...others } = JSON.parse(body) as ConductSnapshot;
  const maps = MAPS.map((name) => [name, mapOf(state[name] as unknown as Entries)] as const);
  const whole = { ...state, ...(Object.fromEntries(maps) as Record<(typeof MAPS)[number], PersistentMap<never>>) };
  return deepFreeze({ state: whole, ...others });
}

type Entries = readonly (readonly [string, unknown])[];

/** The first line: what wrote it, and the digest of the second. */
const headOf = (body: string): string => JSON.stringify({ format: FORMAT, version: VERSION, digest: sha256Hex(body) });
