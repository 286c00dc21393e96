import { NO_EVENT, type ConductEvent } from "../allocation/index.js";
import { fail } from "../foundation/index.js";
import type { AllocationStore } from "./allocationStore.js";

/** One log, with what is looked up in it. */
interface MemoryLog {
  readonly events: ConductEvent[];
  /** Every hash that was once the head. */
  readonly heads: Set<string>;
  readonly requests: Map<string, ConductEvent>;
}

/** Keeps logs in the memory of this process, for tests and trials of the interface: they are gone when it ends. */
export function memoryStore(): AllocationStore {
  const logs = new Map<string, MemoryLog>();
  const logOf = (name: string): MemoryLog =>
    logs.get(name) ?? { events: [], heads: new Set([NO_EVENT]), requests: new Map() };
  const headOf = ({ events }: MemoryLog): string => events.at(-1)?.hash ?? NO_EVENT;
  return Object.freeze<AllocationStore>({
    head: (name) => Promise.resolve({ events: logOf(name).events.length, hash: headOf(logOf(name)) }),
    events: (name, from, most = Infinity) => Promise.resolve(logOf(name).events.slice(from - 1, from - 1 + most)),
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is to reject the promise
    append: async (name, expectedHead, events) => {
      const log = logOf(name);
      if (!log.heads.has(expectedHead) || !followsOn(expectedHead, events)) return chainBroken();
      const isNew = events.every(({ request }) => request === undefined || !log.requests.has(request));
      if (expectedHead !== headOf(log) || !isNew) return false;
      for (const event of events) {
        log.events.push(event);
        log.heads.add(event.hash);
        if (event.request !== undefined) log.requests.set(event.request, event);
      }
      logs.set(name, log);
      return true;
    },
    once: (name, request) => Promise.resolve(logOf(name).requests.get(request)),
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
