import {
  advance,
  answerOf,
  applyEvent,
  chainEvent,
  dynamicAllocator,
  EMPTY_CONDUCT,
  eventHash,
  needsSalt,
  readConductSnapshot,
  standingAssignment,
  toConductSnapshot,
  type ConductEvent,
  type ConductState,
  type DynamicAllocator,
  type DynamicPast,
  type EventHead,
} from "../allocation/index.js";
import { AllocellError, fail, requireFields } from "../foundation/index.js";
import type { DynamicPlan } from "../list/index.js";
import type { Seed } from "../random/index.js";
import type { AllocationStore, NewEvents } from "./allocationStore.js";
import { bodyOf, isAnswer, type AskedBody, type Snapshot } from "./askedBody.js";

/** What a stored log asks of the world; a test hands in its own. */
export interface StorePlatform {
  /** The instant, ISO 8601 with offset. */
  readonly now: () => string;
  /** That many bytes from a cryptographic generator: for salts, and for the jitter of retries. */
  readonly entropy: (bytes: number) => Uint8Array;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** The log of a store that {@link StoredLog} works with, and how often it tries again when others write too. */
export interface StoredLogOptions {
  readonly store: AllocationStore;
  /** The log's name in the store. */
  readonly log: string;
  /** Dynamic allocation only. UNBLINDED: this process then knows every arm. */
  readonly basis?: { readonly plan: DynamicPlan; readonly seed: Seed };
  /**
   * What {@link StoredLog.snapshot} gave in another process, so that this one reads only what came after. It is taken only
   * if it is whole and the store has its last event, with its hash; otherwise the whole log is read.
   */
  readonly snapshot?: string;
  /** Attempts to append before `store.busy`, from 1; 100 where absent. */
  readonly attempts?: number;
  readonly platform?: Partial<StorePlatform>;
}

/** Who asks, and the id of the request: whoever repeats a request gets the answer of the first, and nothing is written. */
export interface RequestHead extends Pick<EventHead, "actor"> {
  readonly request: string;
  /** When it happened, ISO 8601 with offset; by the clock where absent. */
  readonly at?: string;
}

/** The event that answers a request: what everybody may know of it. */
export interface Recorded {
  /** Place of the event in the log, and its hash as the receipt. */
  readonly event: number;
  readonly receipt: string;
  readonly at: string;
  /** It was in the log before: this time nothing was written. */
  readonly repeated: boolean;
}

interface Task {
  readonly asked: AskedBody;
  readonly head: RequestHead;
  readonly resolve: (answer: { readonly event: ConductEvent; readonly repeated: boolean }) => void;
  readonly reject: (error: unknown) => void;
}

/** What becomes of tasks if they are decided in order from one snapshot. */
interface Round {
  /** Where the log stands then; computed when it is asked for. */
  readonly after: () => Snapshot;
  readonly written: readonly (readonly [Task, ConductEvent])[];
  /** In the log already: by the id of the request, or by the `seq` of a standing assignment. */
  readonly answered: readonly (readonly [Task, number])[];
  readonly refused: readonly (readonly [Task, unknown])[];
}

const PLATFORM: StorePlatform = {
  now: () => new Date().toISOString(),
  entropy: (bytes) => globalThis.crypto.getRandomValues(new Uint8Array(bytes)),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
const PAGE = 5_000;
/** Most requests that are appended in one step. */
const MOST_TOGETHER = 100;

/**
 * A log in a store, held by one process: its state is kept as a snapshot, so that a request reads only what others wrote
 * since, however long the log is. Requests that arrive together are decided in order and appended in one step.
 *
 * Any number of processes may hold the same log. It holds every event that was read to the chain.
 */
export class StoredLog {
  readonly #store: AllocationStore;
  readonly #log: string;
  readonly #attempts: number;
  readonly #platform: StorePlatform;
  readonly #allocator: DynamicAllocator | undefined;
  #snapshot: Snapshot;
  /** The text of a snapshot that nobody has looked at yet. */
  #offered: string | undefined;
  #queue: Task[] = [];
  #isWriting = false;

  constructor({ store, log, basis, snapshot, attempts = 100, platform = {} }: StoredLogOptions) {
    this.#store = store;
    this.#log = requireLogName(log);
    this.#attempts = attempts;
    this.#platform = { ...PLATFORM, ...platform };
    this.#allocator = basis === undefined ? undefined : dynamicAllocator(basis.plan, basis.seed);
    this.#offered = snapshot;
    this.#snapshot = {
      state: EMPTY_CONDUCT,
      ...(this.#allocator === undefined ? {} : { past: this.#allocator.start }),
    };
  }

  /** The log as it stands now. UNBLINDED where its events hold treatments: `blindedConduct` makes what others may see. */
  async state(): Promise<ConductState> {
    return (await this.#catchUp()).state;
  }

  /**
   * The log as it stands now, as text for `snapshot` of another process: it may lie in a file or a table of yours.
   *
   * @param unblinded - whether it may hold treatments: it is UNBLINDED then, as {@link state} is
   * @returns undefined for a log with treatments where it may hold none, and for an empty log
   */
  async snapshot({ unblinded = false }: { readonly unblinded?: boolean } = {}): Promise<string | undefined> {
    const { state, past } = await this.#catchUp();
    if (past === undefined || "fault" in past || this.#allocator === undefined) {
      return toConductSnapshot({ state }, unblinded);
    }
    return toConductSnapshot({ state, past: { ...past, planHash: this.#allocator.planHash } }, unblinded);
  }

  /** The event with that place in the log. UNBLINDED as {@link state}. */
  async event(seq: number): Promise<ConductEvent> {
    const [event] = await this.#store.events(this.#log, seq, 1);
    if (event === undefined) {
      return fail("store.event_missing", "event", `The log in the store has no event ${seq}.`, {
        parameters: { event: seq },
      });
    }
    return requireWhole(event);
  }

  /** The answer to one request; {@link record} and {@link allocate} are made of it. UNBLINDED as {@link state}. */
  answer(asked: AskedBody, head: RequestHead): Promise<{ readonly event: ConductEvent; readonly repeated: boolean }> {
    requireFields(asked, "what is asked for", { type: "text" });
    requireFields(head, "who asks: actor and request", { actor: "text", request: "text" });
    return new Promise((resolve, reject) => {
      this.#queue.push({ asked, head, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Whoever asks in the same turn comes along.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#write(this.#queue.splice(0, MOST_TOGETHER));
    this.#isWriting = false;
  }

  async #write(tasks: readonly Task[]): Promise<void> {
    try {
      const round = await this.#append(tasks);
      for (const [{ resolve }, event] of round.written) resolve({ event, repeated: false });
      for (const [{ reject }, error] of round.refused) reject(error);
      for (const [task, seq] of round.answered) await this.#answerAgain(task, seq);
    } catch (error) {
      for (const { reject } of tasks) reject(error);
    }
  }

  /** Decides tasks and appends their events, again and again until the log ends where it did when they were decided. */
  async #append(tasks: readonly Task[]): Promise<Round> {
    let isFresh = false;
    for (let attempt = 1; ; attempt += 1) {
      let round = this.#decide(tasks, this.#snapshot);
      if (!isFresh && round.written.length < tasks.length) {
        // Only what others wrote since can show that somebody is really refused, or answered already.
        round = this.#decide(tasks, await this.#catchUp());
      }
      if (await this.#appendRound(round)) return round;
      if (attempt >= this.#attempts)
        fail("store.busy", "log", `Others wrote first, ${attempt} times; nothing was written.`, {
          parameters: { attempts: attempt },
        });
      await this.#platform.wait(this.#delay(attempt));
      await this.#catchUp();
      isFresh = true;
    }
  }

  async #appendRound({ written, after }: Round): Promise<boolean> {
    const [first, ...others] = written.map(([, event]) => event);
    if (first === undefined) return true;
    const events: NewEvents = [first, ...others];
    const appending = this.#store.append(this.#log, first.previous, events);
    // While the store writes, not after it.
    const next = after();
    if (!(await appending)) return false;
    this.#keep(next);
    return true;
  }

  #decide(tasks: readonly Task[], snapshot: Snapshot): Round {
    const written: [Task, ConductEvent][] = [];
    const answered: [Task, number][] = [];
    const refused: [Task, unknown][] = [];
    let reached = snapshot;
    let walked = 0;
    const after = (): Snapshot => {
      for (const [, event] of written.slice(walked))
        reached = this.#after(reached, event, advance(reached.state, event));
      walked = written.length;
      return reached;
    };
    for (const task of tasks) {
      try {
        const seq = seqOfAnswer(task, after());
        if (seq !== undefined) answered.push([task, seq]);
        else written.push([task, this.#chain(task, after())]);
      } catch (error) {
        refused.push([task, error]);
      }
    }
    return { after, written, answered, refused };
  }

  #chain({ asked, head: { actor, request, at } }: Task, snapshot: Snapshot): ConductEvent {
    const body = bodyOf(asked, snapshot, this.#allocator);
    const salt = needsSalt(body) ? { salt: hexOf(this.#platform.entropy(16)) } : {};
    return chainEvent(snapshot.state, body, { at: at ?? this.#platform.now(), actor, request, ...salt });
  }

  #after({ past }: Snapshot, event: ConductEvent, state: ConductState): Snapshot {
    return { state, ...(past === undefined ? {} : { past: this.#pastAfter(past, event) }) };
  }

  #pastAfter(past: DynamicPast | { readonly fault: unknown }, event: ConductEvent): Snapshot["past"] & object {
    if (this.#allocator === undefined || "fault" in past) return past;
    try {
      return this.#allocator.after(past, event);
    } catch (fault) {
      return { fault };
    }
  }

  /** Reads what others wrote since. @throws AllocellError `conduct.*` for an event that does not follow the log */
  async #catchUp(): Promise<Snapshot> {
    await this.#takeOffered();
    for (;;) {
      let snapshot = this.#snapshot;
      const events = await this.#store.events(this.#log, snapshot.state.events + 1, PAGE);
      for (const event of events) snapshot = this.#after(snapshot, event, applyEvent(snapshot.state, event));
      this.#keep(snapshot);
      if (events.length < PAGE) return this.#snapshot;
    }
  }

  /** Begins with the snapshot of another process, if the store has the event that it ends with. */
  async #takeOffered(): Promise<void> {
    if (this.#offered === undefined) return;
    const offered = readConductSnapshot(this.#offered);
    this.#offered = undefined;
    // Without the past of the same plan nobody can be allocated dynamically.
    if (offered === undefined || offered.past?.planHash !== this.#allocator?.planHash) return;
    const { state, past } = offered;
    const [last] = await this.#store.events(this.#log, state.events, 1);
    if (last?.hash !== state.head || eventHash(last) !== last.hash) return;
    this.#keep({ state, ...(past === undefined ? {} : { past }) });
  }

  /** Another reading may have come further in the meantime. */
  #keep(snapshot: Snapshot): void {
    if (snapshot.state.events >= this.#snapshot.state.events) this.#snapshot = snapshot;
  }

  async #answerAgain({ asked, head, resolve, reject }: Task, seq: number): Promise<void> {
    try {
      const event = (await this.#store.once(this.#log, head.request)) ?? (await this.event(seq));
      if (isAnswer(asked, requireWhole(event))) resolve({ event, repeated: true });
      else throw requestDiffers(head.request, seq);
    } catch (error) {
      reject(error);
    }
  }

  /** Full jitter: from nothing to a span that doubles from 2 ms to 256 ms. */
  #delay(attempt: number): number {
    const [byte = 0] = this.#platform.entropy(1);
    return (2 ** Math.min(attempt, 8) * byte) / 255;
  }
}

function seqOfAnswer({ asked, head }: Task, { state }: Snapshot): number | undefined {
  const seq = answerOf(state, head.request);
  return seq ?? (asked.type === "assigned" ? standingAssignment(state, asked) : undefined);
}

/** An event that was read alone: its hash is its own at least. @throws AllocellError `conduct.event_edited` */
function requireWhole(event: ConductEvent): ConductEvent {
  if (eventHash(event) === event.hash) return event;
  return fail("conduct.event_edited", "event", `Event ${event.seq} was changed in the store: its hash does not fit.`, {
    parameters: { event: event.seq },
  });
}

function requestDiffers(request: string, seq: number): AllocellError {
  return new AllocellError({
    code: "store.request_differs",
    path: "request",
    message: `Request ${request} was answered by event ${seq}, and asked for something else then.`,
    parameters: { request, event: seq },
    expected: "a new id for a new request; the same id only to repeat one",
  });
}

/** The name of a log, if it is one: it may become part of a file name. @throws AllocellError `store.log_name` */
export function requireLogName(log: string): string {
  if (typeof log === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(log)) return log;
  return fail("store.log_name", "log", "A log in a store has a name.", {
    expected: "1 to 100 letters, digits or . _ -, beginning with a letter or digit",
  });
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
