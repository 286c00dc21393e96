import { NO_EVENT, type ConductEvent } from "../allocation/index.js";
import { fail } from "../foundation/index.js";
import type { AllocationStore } from "./allocationStore.js";

/** Keeps logs in the memory of this process, for tests and trials of the interface: they are gone when it ends. */
export function memoryStore(): AllocationStore {
  const logs = new Map<string, ConductEvent[]>();
  const eventsOf = (log: string): ConductEvent[] => logs.get(log) ?? [];
  const headOf = (log: string): string => eventsOf(log).at(-1)?.hash ?? NO_EVENT;
  const find = (log: string, request: string): ConductEvent | undefined =>
    eventsOf(log).find((event) => event.request === request);
  return Object.freeze<AllocationStore>({
    head: (log) => Promise.resolve({ events: eventsOf(log).length, hash: headOf(log) }),
    events: (log, from, most = Infinity) => Promise.resolve(eventsOf(log).slice(from - 1, from - 1 + most)),
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is to reject the promise
    append: async (log, expectedHead, events) => {
      const before = eventsOf(log);
      const isKnown = expectedHead === NO_EVENT || before.some(({ hash }) => hash === expectedHead);
      if (!isKnown || !followsOn(expectedHead, events)) return chainBroken();
      const isNew = events.every(({ request }) => request === undefined || find(log, request) === undefined);
      if (expectedHead !== headOf(log) || !isNew) return false;
      logs.set(log, [...before, ...events]);
      return true;
    },
    once: (log, request) => Promise.resolve(find(log, request)),
  });
}

function followsOn(expectedHead: string, events: readonly ConductEvent[]): boolean {
  return events.every(({ previous }, i) => previous === (events[i - 1]?.hash ?? expectedHead));
}

/** Refuses events that follow none of the log. @throws AllocellError `store.chain_broken` */
export function chainBroken(): never {
  return fail("store.chain_broken", "log", "These events do not follow the log in this store; nothing was written.", {
    expected: "the store that holds the log as it was read, and no older or other copy of it",
  });
}
