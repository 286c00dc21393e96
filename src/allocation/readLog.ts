import {
  AllocellError,
  canonicalJson,
  deepFreeze,
  fail,
  requireFields,
  requireString,
  type Issue,
  type PlainCode,
} from "../foundation/index.js";
import { advance } from "./applyEvent.js";
import { meaningIssues } from "./checkEvent.js";
import { formIssues } from "./eventForm.js";
import { jsonBeginning } from "./jsonBeginning.js";
import { EMPTY_CONDUCT, type ConductState } from "./conductState.js";
import { eventHash, type ConductEvent } from "./event.js";
import { requireState } from "./requireState.js";

/** What a log holds. */
export interface ReadLog {
  readonly events: readonly ConductEvent[];
  readonly state: ConductState;
  /** What stands behind the last line end, if anything does. */
  readonly end?: LogEnd;
}

/**
 * What stands behind the last line end of a log that can be read.
 *
 * - `unfinished`: the beginning of an event whose writer had not answered anybody, or zero bytes where it should have
 *   come. It counts for nothing, and the next append removes it.
 * - `line-end-missing`, `line-end-zero-filled`, `line-end-damaged`: the last event of the log, whole, and in the place
 *   of its line end nothing, zero bytes, or one other character. The event counts; the next append writes its line end.
 */
export type LogEnd = "unfinished" | "line-end-missing" | "line-end-zero-filled" | "line-end-damaged";

/** The line end of the last event is to be written before the next event. */
export function lacksLineEnd(log: Pick<ReadLog, "end">): boolean {
  requireFields(log, "a log, as readLog returns it", {});
  const { end } = log;
  return end !== undefined && end !== "unfinished";
}

const END_WARNINGS: Readonly<Record<LogEnd, { readonly code: PlainCode; readonly message: string }>> = {
  unfinished: {
    code: "conduct.unfinished",
    message:
      "The last line is not whole: its writer was stopped before anybody had an answer, or the end was cut off, which a receipt (--head) shows. The next event replaces it.",
  },
  "line-end-missing": {
    code: "conduct.line_end_missing",
    message: "The last event is whole, but its line end is missing. The next event writes it.",
  },
  "line-end-zero-filled": {
    code: "conduct.line_end_zero_filled",
    message:
      "The last event is whole, and zero bytes stand behind it, as after a power failure. The next event replaces them by its line end.",
  },
  "line-end-damaged": {
    code: "conduct.line_end_damaged",
    message:
      "The last event is whole, but another character stands in the place of its line end. The next event replaces it.",
  },
};

/** What was found behind the last line end of a log, as a warning. */
export function endIssues(log: Pick<ReadLog, "end" | "events">): readonly Issue[] {
  requireFields(log, "a log, as readLog returns it", { events: "a list" });
  const { end, events } = log;
  if (end === undefined) return [];
  return [{ ...END_WARNINGS[end], path: `lines.${events.length + 1}` }];
}

/**
 * The line of an event in a log: its canonical JSON and a line feed.
 *
 * @param event - as `chainEvent` makes it
 * @example
 * toLogLine(event).endsWith("}\n"); // true
 */
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
 * @param text - the whole log; a last line without its line feed counts if it is a whole event
 * @throws AllocellError, the path naming the line (`lines.3`): `conduct.line_foreign`, `conduct.line_ends`,
 * `conduct.event_edited`, `conduct.event_missing`, `conduct.events_reordered`, `conduct.event_repeated`,
 * `conduct.chain_broken`, and what {@link checkEvent} finds in an event that was chained but says something impossible
 * @example
 * readLog(toLogLine(event)).events.length; // 1
 */
export function readLog(text: string): ReadLog {
  return readOn({ events: [], state: EMPTY_CONDUCT }, text);
}

/**
 * Reads the lines that follow what was read, and holds them to it.
 *
 * @throws AllocellError as {@link readLog}
 */
export function readOn(before: Pick<ReadLog, "events" | "state">, text: string): ReadLog {
  requireFields(before, "what was read before: events and state", { events: "a list" });
  requireState(before.state);
  requireString(text, "text", "the text of a log");
  const lines = text.split("\n");
  const tail = lines.pop() ?? "";
  const events = [...before.events];
  let { state } = before;
  const take = (line: string): void => {
    const event = readLine(line, state, lines);
    state = advance(state, event);
    events.push(event);
  };
  lines.forEach(take);
  const end = readTail(tail, take);
  return Object.freeze({ events: Object.freeze(events), state, ...(end === undefined ? {} : { end }) });
}

/**
 * What stands behind the last line end. If any beginning of it is a whole event, that event was answered and counts;
 * only what holds no whole event, and can be the beginning of one, was never finished. All else is refused.
 */
function readTail(tail: string, take: (event: string) => void): LogEnd | undefined {
  if (tail === "") return undefined;
  // A file system may fill what it had no time to write with zero bytes.
  const written = tail.replace(/\0+$/, "");
  const length = jsonBeginning(written);
  const isBeginning = BEGINNING.startsWith(written) || written.startsWith(BEGINNING);
  if (isBeginning && (written === "" || length === "unfinished")) return "unfinished";
  // One damaged line end and zero bytes may stand behind an event. More may be another event: it is refused as a line.
  const isEvent = typeof length === "number" && /^.?\0*$/su.test(tail.slice(length));
  const event = isEvent ? tail.slice(0, length) : tail;
  take(event);
  const rest = tail.slice(event.length);
  if (rest === "") return "line-end-missing";
  return /^\0+$/.test(rest) ? "line-end-zero-filled" : "line-end-damaged";
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function readLine(line: string, state: ConductState, lines: readonly string[]): ConductEvent {
  // One event a line, so its place is that of the event.
  const at = state.events;
  const refuse = (code: PlainCode, message: string, detail: { expected?: string; received?: string } = {}): never =>
    fail(code, `lines.${at + 1}`, `Line ${at + 1}: ${message}`, detail);
  const raw = parseJson(line);
  const head = headOf(raw);
  if (head === undefined) {
    const whole = jsonBeginning(line);
    const standing = typeof whole === "number" ? headOf(parseJson(line.slice(0, whole))) : undefined;
    if (standing !== undefined) {
      return refuse("conduct.line_ends", `event ${standing.seq} is not followed by its line end.`, {
        expected: "a line feed alone behind each event",
      });
    }
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
  if (head.seq !== state.events + 1) return refuseOrder(head.seq, state, lines, refuse);
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
  if (first !== undefined) throw new AllocellError([atLine(first, at), ...others.map((issue) => atLine(issue, at))]);
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
  refuse: (code: PlainCode, message: string, detail: { expected: string; received: string }) => never,
): never {
  const next = state.events + 1;
  const detail = { expected: `event ${next}`, received: `event ${seq}` };
  if (seq < next) return refuse("conduct.event_repeated", `event ${seq} stands in the log a second time.`, detail);
  const isLater = lines.some((line) => headOf(parseJson(line))?.seq === next);
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
  requireFields(log, "a log, as readLog returns it", { events: "a list" });
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
