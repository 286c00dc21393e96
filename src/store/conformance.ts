import { assignNext, chainEvent, applyEvent, EMPTY_CONDUCT, NO_EVENT, openListLog } from "../allocation/index.js";
import type { ConductBody, ConductEvent, ConductState } from "../allocation/index.js";
import { AllocellError, canonicalJson } from "../foundation/index.js";
import { allocate } from "./allocate.js";
import type { AllocationStore, NewEvents } from "./allocationStore.js";
import { StoredLog } from "./storedLog.js";

/** One thing that every store must do. */
export interface StoreLaw {
  readonly name: string;
  /**
   * Tries it.
   *
   * @param log - the name of a log that is not in the store
   * @throws Error that says what the store did
   */
  readonly check: (store: AllocationStore, log: string) => Promise<void>;
}

function hold(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(`The store ${what}.`);
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** A log in the making: its events so far, whole and chained. */
class Draft {
  state: ConductState = EMPTY_CONDUCT;

  add(body: ConductBody, more: { readonly request?: string; readonly salt?: string } = {}): ConductEvent {
    const event = chainEvent(this.state, body, { at: "2026-03-01T09:00:00Z", actor: "Zoë Müller 王", ...more });
    this.state = applyEvent(this.state, event);
    return event;
  }

  assign(participant: string, request?: string): ConductEvent {
    const body = assignNext(this.state, { participant, stratum: { site: "01" } });
    return this.add(body, request === undefined ? {} : { request });
  }
}

function opened(): { readonly draft: Draft; readonly opening: ConductEvent } {
  const draft = new Draft();
  const strata = [{ levels: [["site", "01"] as const], code: "01", rows: 500 }];
  const body = openListLog({
    status: "TEST",
    trial: "STORE LAWS",
    part: "main",
    list: "LAWS",
    numbers: { prefix: "R", digits: 4 },
    strata,
    binding: "ab".repeat(32),
  });
  return { draft, opening: draft.add(body) };
}

async function isRefused(act: Promise<unknown>, code: string): Promise<boolean> {
  return act.then(
    () => false,
    (error: unknown) => AllocellError.is(error) && error.code === code,
  );
}

async function holdsExactly(store: AllocationStore, log: string, events: readonly ConductEvent[]): Promise<void> {
  const last = events.at(-1);
  hold(same(await store.events(log, 1), events), "does not give back the events as they were appended");
  hold(same(await store.head(log), { events: events.length, hash: last?.hash ?? NO_EVENT }), "has another head");
}

const LAWS: Readonly<Record<string, StoreLaw["check"]>> = {
  "a log that nobody wrote is empty": async (store, log) => {
    await holdsExactly(store, log, []);
    hold((await store.once(log, "r-1")) === undefined, "answers a request that nobody sent");
  },
  "events come back as they were appended, all or a part": async (store, log) => {
    const { draft, opening } = opened();
    const some: NewEvents = [opening, draft.assign("P-1"), draft.assign("P-2"), draft.assign("P-3")];
    hold(await store.append(log, NO_EVENT, some), "did not append to an empty log");
    await holdsExactly(store, log, some);
    hold(same(await store.events(log, 3), some.slice(2)), "does not begin with the event that is asked for");
    hold(same(await store.events(log, 2, 2), some.slice(1, 3)), "gives more or fewer events than asked for");
    hold(same(await store.events(log, 5), []), "gives events behind the last");
  },
  "an event with a treatment comes back whole, its salt included": async (store, log) => {
    const { draft, opening } = opened();
    const body = { type: "forced", participant: "P-1", stratum: { site: "01" }, position: "none" } as const;
    const salt = "0123456789abcdef0123456789abcdef";
    const forced = draft.add({ ...body, arm: "cells × 10⁶", reason: 'said "now"\\' }, { salt });
    const wrong = draft.add(
      { type: "wrong-treatment", participant: "P-1", given: "placebo", reason: "bag" },
      { salt, request: "r 1".replace(" ", "-") },
    );
    await store.append(log, NO_EVENT, [opening, forced, wrong]);
    await holdsExactly(store, log, [opening, forced, wrong]);
    hold(same(await store.once(log, "r-1"), wrong), "does not find the event with a treatment by its request");
  },
  "nothing is appended behind a head that is no longer the last": async (store, log) => {
    const { draft, opening } = opened();
    await store.append(log, NO_EVENT, [opening]);
    const { head } = draft.state;
    const late = Object.assign(new Draft(), { state: draft.state });
    const first = draft.assign("P-1");
    hold(await store.append(log, head, [first]), "did not append");
    hold(!(await store.append(log, head, [late.assign("P-2")])), "took a second event at the same place");
    hold(!(await store.append(log, NO_EVENT, [opening])), "took a second opening");
    await holdsExactly(store, log, [opening, first]);
  },
  "of writers at the same time one comes first, and the others are told": async (store, log) => {
    const { draft, opening } = opened();
    await store.append(log, NO_EVENT, [opening]);
    const rivals = Array.from({ length: 8 }, (_, i) =>
      Object.assign(new Draft(), { state: draft.state }).assign(`P-${i}`),
    );
    const taken = await Promise.all(rivals.map((event) => store.append(log, draft.state.head, [event])));
    hold(taken.filter(Boolean).length === 1, "did not take exactly one of eight events for one place");
    await holdsExactly(store, log, [opening, ...rivals.filter((_, i) => taken[i])]);
  },
  "events are appended together or not at all": async (store, log) => {
    const { draft, opening } = opened();
    const first = draft.assign("P-1", "r-1");
    await store.append(log, NO_EVENT, [opening, first]);
    const { head } = draft.state;
    const stranger = Object.assign(new Draft(), { state: { ...draft.state, requests: EMPTY_CONDUCT.requests } });
    const pair: NewEvents = [stranger.assign("P-2", "r-2"), stranger.assign("P-3", "r-1")];
    hold(!(await store.append(log, head, pair)), "answered one request twice");
    await holdsExactly(store, log, [opening, first]);
  },
  "a request finds its event, in its own log only": async (store, log) => {
    const { draft, opening } = opened();
    const [first, second] = [draft.assign("P-1", "r-1"), draft.assign("P-2", "r-2")];
    await store.append(log, NO_EVENT, [opening, first, second]);
    hold(same(await store.once(log, "r-1"), first), "does not find the event of a request");
    hold((await store.once(log, "r-3")) === undefined, "answers a request that nobody sent");
    hold((await store.once(`${log}-other`, "r-1")) === undefined, "mixes the requests of two logs");
    await store.append(`${log}-other`, NO_EVENT, [opening]);
    await holdsExactly(store, `${log}-other`, [opening]);
    await holdsExactly(store, log, [opening, first, second]);
  },
  "events that do not follow the log are refused": async (store, log) => {
    const { draft, opening } = opened();
    await store.append(log, NO_EVENT, [opening]);
    const foreign = opened().draft;
    foreign.assign("P-1");
    const { head } = foreign.state;
    const event = foreign.assign("P-2");
    hold(await isRefused(store.append(log, head, [event]), "store.chain_broken"), "took an event of another log");
    const first = draft.assign("P-1");
    const gap = draft.assign("P-2");
    hold(await isRefused(store.append(log, first.hash, [gap]), "store.chain_broken"), "took an event behind a gap");
    await holdsExactly(store, log, [opening]);
  },
  "two processes that allocate at the same time give no number twice": async (store, log) => {
    const { opening } = opened();
    await store.append(log, NO_EVENT, [opening]);
    const desks = [new StoredLog({ store, log }), new StoredLog({ store, log })];
    const ask = (desk: StoredLog, i: number): ReturnType<typeof allocate> =>
      allocate(desk, { participant: `P-${i}`, stratum: { site: "01" }, actor: "N. Berg", request: `r-${i}` });
    const answers = await Promise.all(desks.flatMap((desk) => Array.from({ length: 10 }, (_, i) => ask(desk, i))));
    const numbers = (from: number): string[] => answers.slice(from, from + 10).map(({ number }) => number);
    hold(same(numbers(0), numbers(10)), "gave one participant two numbers");
    hold(new Set(numbers(0)).size === 10, "gave a number twice");
    hold((await store.head(log)).events === 11, "lost an event, or holds one too many");
  },
};

/**
 * What every {@link AllocationStore} must do, for the tests of whoever writes one.
 *
 * @example
 * for (const { name, check } of STORE_LAWS) it(name, () => check(myStore, `law-${count++}`));
 */
export const STORE_LAWS: readonly StoreLaw[] = Object.freeze(
  Object.entries(LAWS).map(([name, check]) => Object.freeze({ name, check })),
);
