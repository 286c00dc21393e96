import { describe, expect, it } from "vitest";
import { memoryStore, STORE_LAWS, type AllocationStore } from "../../../src/store/index.js";

describe("the store in memory", () => {
  it.each(STORE_LAWS.map(({ name, check }, i) => [name, check, `law-${i}`] as const))("%s", async (_, check, log) => {
    await check(memoryStore(), log);
  });
});

describe("the laws", () => {
  type Change = (store: AllocationStore) => Partial<AllocationStore>;
  const faulty: Readonly<Record<string, Change>> = {
    "forgets what it was told": () => ({ append: () => Promise.resolve(true) }),
    "takes two events for one place": (store) => ({
      append: async (log, _, events) => store.append(log, (await store.head(log)).hash, events),
    }),
    "knows no requests": () => ({ once: () => Promise.resolve(undefined) }),
    "mixes the logs": (store) => ({ head: () => store.head("one"), events: (_, from) => store.events("one", from) }),
    "gives more than was asked for": (store) => ({ events: (log, from) => store.events(log, from) }),
    "counts from nought": (store) => ({ events: (log, from, most) => store.events(log, from + 1, most) }),
  };

  it.each(Object.entries(faulty))("find a store that %s", async (_, change) => {
    const good = memoryStore();
    const store = { ...good, ...change(good) };
    const found = await Promise.all(
      STORE_LAWS.map(({ check }, i) =>
        check(store, `law-${i}`).then(
          () => false,
          () => true,
        ),
      ),
    );
    expect(found).toContain(true);
  });
});
