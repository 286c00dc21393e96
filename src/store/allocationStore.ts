import type { ConductEvent } from "../allocation/index.js";

/** Where a log ends: the number of its events, and the hash of the last one (64 zeros where there is none). */
export interface LogHead {
  /** Events of the log, 0 or more. */
  readonly events: number;
  readonly hash: string;
}

/** Events that are appended together or not at all, each chained to the one before. */
export type NewEvents = readonly [ConductEvent, ...ConductEvent[]];

/**
 * Keeps the events of logs, each log under its name, for any number of writers at once. It decides nothing: what an
 * event says is computed by the reducer, and the store takes it only if the log still ends where the writer believed.
 *
 * A log that nobody has written is empty; there is no other way to make one. An adapter proves itself by
 * {@link STORE_LAWS}.
 */
export interface AllocationStore {
  /** Where the log ends. */
  readonly head: (log: string) => Promise<LogHead>;
  /** Events in order, beginning with number `from` (from 1), at most `most` of them; all of them without `most`. */
  readonly events: (log: string, from: number, most?: number) => Promise<readonly ConductEvent[]>;
  /**
   * Appends events behind the one whose hash is `expectedHead`, as one step that no other writer can come between.
   *
   * @returns whether they were appended; false, and nothing was written, if the log ends elsewhere by now, or if one of
   *   the events answers a request that another event answers already
   * @throws AllocellError `store.chain_broken` if the log has never had that head: it is another log, or a copy of the
   *   database that went its own way; `store.unavailable` if nobody knows whether they were appended
   */
  readonly append: (log: string, expectedHead: string, events: NewEvents) => Promise<boolean>;
  /** The one event that answers a request; undefined if none does. */
  readonly once: (log: string, request: string) => Promise<ConductEvent | undefined>;
}
