import { applyEvent, EMPTY_CONDUCT, type ConductEvent, type ReadLog } from "../allocation/index.js";
import { requireFields } from "../foundation/index.js";
import type { AllocationStore } from "./allocationStore.js";
import { requireLogName } from "./storedLog.js";

/**
 * Reads a whole log of a store and holds it to its chain, as `readLog` does with a file.
 *
 * @throws AllocellError `conduct.*` for the first event that does not follow; `store.*`
 */
export async function readStoredLog(store: AllocationStore, log: string): Promise<Pick<ReadLog, "events" | "state">> {
  requireFields(store, "an allocation store", { events: "a function" });
  requireLogName(log);
  const events: ConductEvent[] = [];
  let state = EMPTY_CONDUCT;
  for (;;) {
    const page = await store.events(log, events.length + 1, 5_000);
    for (const event of page) {
      state = applyEvent(state, event);
      events.push(event);
    }
    if (page.length < 5_000) return Object.freeze({ events: Object.freeze(events), state });
  }
}
