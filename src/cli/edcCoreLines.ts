import type { ConductEvent } from "../allocation/index.js";
import { toEdcCoreAssignment } from "../exchange/index.js";
import { canonicalJson } from "../foundation/index.js";
import type { MasterRow } from "../list/index.js";

/** An event that gave a participant a number. */
interface Assignment {
  readonly receipt: string;
  readonly at: string;
  readonly participant: string;
  readonly number: string;
  readonly stratum: Readonly<Record<string, string>>;
  /** Of a forced treatment: what was given is not what the list has. */
  readonly forced?: { readonly arm?: string };
}

/** Lines of JSON, each ended by LF, and the participants of whom nothing says which treatment they got. UNBLINDED. */
export interface EdcCoreLines {
  readonly lines: readonly string[];
  readonly left: readonly string[];
}

/** The assignment of each event of a log with the event's receipt, in the order of the log. UNBLINDED. */
export function edcCoreLines(events: readonly ConductEvent[], rows: Iterable<MasterRow>): EdcCoreLines {
  const assignments = events.flatMap(assignmentOf);
  const wanted = new Set(assignments.map(({ number }) => number));
  const armOf = new Map<string, string>();
  for (const { number, arm } of rows) if (wanted.has(number)) armOf.set(number, arm);

  const lines: string[] = [];
  const left: string[] = [];
  for (const one of assignments) {
    const arm = one.forced === undefined ? armOf.get(one.number) : one.forced.arm;
    if (arm === undefined) left.push(one.participant);
    else lines.push(`${canonicalJson({ receipt: one.receipt, assignment: toEdcCoreAssignment(one, arm) })}\n`);
  }
  return { lines, left };
}

/** The number that an event gave to a participant; none for any other event. */
function assignmentOf(event: ConductEvent): readonly Assignment[] {
  if (event.type !== "assigned" && event.type !== "replaced" && event.type !== "forced") return [];
  const { hash: receipt, at, number, stratum, arm } = event;
  if (number === undefined) return [];
  const participant = event.type === "replaced" ? event.by : event.participant;
  const forced = event.type === "forced" ? { forced: arm === undefined ? {} : { arm } } : {};
  return [{ receipt, at, participant, number, stratum, ...forced }];
}
