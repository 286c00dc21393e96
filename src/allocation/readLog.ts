import { AllocellError, canonicalJson, deepFreeze, fail, type Issue } from "../foundation/index.js";
import { advance } from "./applyEvent.js";
import { meaningIssues } from "./checkEvent.js";
import { formIssues } from "./eventForm.js";
import { EMPTY_CONDUCT, type ConductState } from "./conductState.js";
import { eventHash, type ConductEvent } from "./event.js";

/** What a log holds. */
export interface ReadLog {
  readonly events: readonly ConductEvent[];
  readonly state: ConductState;
  /**
   * The beginning of an event that was never finished: its writer had not answered anybody. It counts for nothing, and
   * the next append removes it.
   */
  readonly incompleteTail?: string;
  /** The last line is a whole event, but its line end is missing; the next append writes it first. */
  readonly lineEndMissing?: true;
}

/** The line of an event in a log: its canonical JSON and a line feed. */
export function toLogLine(event: ConductEvent): string {
  return `${canonicalJson(event)}\n`;
}

/** Canonical JSON begins with the first key in order, so an event that was cut short begins so too. */
const BEGINNING = '{"actor":"';

/**
 * Reads a log: one event a line, each the canonical JSON of {@link ConductEvent} and a line feed.
 *
 * The whole chain is checked, so the time grows with the number of events and no faster.
 *
 * @throws AllocellError, the path naming the line (`lines.3`): `conduct.line_foreign`, `conduct.line_ends`,
 *   `conduct.event_edited`, `conduct.event_missing`, `conduct.events_reordered`, `conduct.event_repeated`,
 *   `conduct.chain_broken`, and what {@link checkEvent} finds in an event that was chained but says something impossible
 */
export function readLog(text: string): ReadLog {
  const lines = text.split("\n");
  const tail = lines.pop() ?? "";
  const events: ConductEvent[] = [];
  let state = EMPTY_CONDUCT;
  const take = (line: string, at: number): void => {
    const event = readLine(line, at, state, lines);
    state = advance(state, event);
    events.push(event);
  };
  lines.forEach(take);
  if (tail === "") return Object.freeze({ events: Object.freeze(events), state });
  if (isCutShort(tail)) return Object.freeze({ events: Object.freeze(events), state, incompleteTail: tail });
  take(tail, lines.length);
  return Object.freeze({ events: Object.freeze(events), state, lineEndMissing: true });
}

/** A file system may fill what it had no time to write with zero bytes. */
function isCutShort(tail: string): boolean {
  const written = tail.replace(/\0+$/, "");
  if (parseJson(written) !== undefined) return false;
  return BEGINNING.startsWith(written) || written.startsWith(BEGINNING);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function readLine(line: string, at: number, state: ConductState, lines: readonly string[]): ConductEvent {
  const refuse = (code: string, message: string, detail: { expected?: string; received?: string } = {}): never =>
    fail(code, `lines.${at + 1}`, `Line ${at + 1}: ${message}`, detail);
  const raw = parseJson(line);
  const head = headOf(raw);
  if (head === undefined) {
    return refuse("conduct.line_foreign", "this is no event; something else wrote into the log.", {
      expected: "one event as JSON, as it was written",
    });
  }
  // Not only the values but the very bytes: white space, order of keys, a key twice or a line end of another kind.
  if (eventHash(raw as never) !== head.hash || canonicalOf(raw) !== line) {
    if (line.endsWith("\r") && canonicalOf(raw) === line.slice(0, -1)) {
      return refuse("conduct.line_ends", "the line ends were changed, as editors do.", {
        expected: "a line feed alone",
      });
    }
    return refuse("conduct.event_edited", `event ${head.seq} was changed after it was written.`, {
      expected: "the line exactly as it was written",
    });
  }
  if (head.seq !== state.events + 1) return refuseOrder(head.seq, state, lines, at, refuse);
  if (head.previous !== state.head) {
    return refuse(
      "conduct.chain_broken",
      `event ${head.seq} follows another event than the one before it, which was replaced, or this line is of another log.`,
      { expected: state.head, received: head.previous },
    );
  }
  const issues = formIssues(raw);
  const event = raw as ConductEvent;
  const [first, ...others] = issues.length > 0 ? issues : meaningIssues(state, event);
  if (first !== undefined) throw new AllocellError(atLine(first, at), ...others.map((issue) => atLine(issue, at)));
  return deepFreeze(event);
}

function canonicalOf(raw: unknown): string | undefined {
  try {
    return canonicalJson(raw);
  } catch {
    return undefined;
  }
}

const atLine = (issue: Issue, at: number): Issue => ({
  ...issue,
  path: `lines.${at + 1}${issue.path === "" ? "" : `.${issue.path}`}`,
  message: `Line ${at + 1}: ${issue.message}`,
});

interface Head {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

function headOf(raw: unknown): Head | undefined {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return undefined;
  const { seq, previous, hash } = raw as Partial<Record<keyof Head, unknown>>;
  if (typeof seq !== "number" || typeof previous !== "string" || typeof hash !== "string") return undefined;
  return canonicalOf(raw) === undefined ? undefined : { seq, previous, hash };
}

/** The line is a whole, unchanged event, but not the next one: were the lines moved, is one gone, or one here twice? */
function refuseOrder(
  seq: number,
  state: ConductState,
  lines: readonly string[],
  at: number,
  refuse: (code: string, message: string, detail: { expected: string; received: string }) => never,
): never {
  const next = state.events + 1;
  const detail = { expected: `event ${next}`, received: `event ${seq}` };
  if (seq < next) return refuse("conduct.event_repeated", `event ${seq} stands in the log a second time.`, detail);
  const isLater = lines.slice(at + 1).some((line) => headOf(parseJson(line))?.seq === next);
  if (isLater) {
    const message = `event ${seq} stands before event ${next}: the lines were put in another order.`;
    return refuse("conduct.events_reordered", message, detail);
  }
  const gone = seq - next === 1 ? `event ${next} is` : `events ${next} to ${seq - 1} are`;
  return refuse("conduct.event_missing", `${gone} missing before event ${seq}.`, detail);
}

/**
 * Compares a log with the receipt of an earlier answer, which the chain alone cannot: a log whose last events were cut
 * off is a whole log.
 *
 * @param receipt - the hash that was given for the last event at that time; later events may follow
 * @returns the `seq` of the event with that hash
 * @throws AllocellError `conduct.receipt_not_found`: events were cut off or written anew since
 */
export function checkHead(log: Pick<ReadLog, "events">, receipt: string): number {
  const event = log.events.findLast(({ hash }) => hash === receipt);
  if (event !== undefined) return event.seq;
  return fail(
    "conduct.receipt_not_found",
    "receipt",
    "No event of this log has this hash: events were cut off or replaced.",
    {
      expected: "the log of which this receipt was given, with all its events",
      received: `${log.events.length} events, none of them with this hash`,
    },
  );
}
