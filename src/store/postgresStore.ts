import { NO_EVENT, type ConductEvent } from "../allocation/index.js";
import { fail } from "../foundation/index.js";
import type { AllocationStore, NewEvents } from "./allocationStore.js";
import { chainBroken } from "./memoryStore.js";
import { ask, reportedCode, type SqlClient } from "./sqlClient.js";
import { joinEvent, splitEvent, type SplitEvent, type TreatmentSeal } from "./treatments.js";

/** An event's row behind its log. */
const EVENT = ["seq", "previous", "hash", "request", "body", "has_treatment"];
const TREATMENT = ["seq", "fields"];

/**
 * Appends so many events, with so many treatments, all or none. If the log ends elsewhere by now, or a request is
 * answered already, a unique key refuses them; the trigger refuses what does not follow the log. So nothing has to be
 * looked up first.
 */
function appendText(events: number, treatments = 0): string {
  const added = insertText("event", EVENT, events, 2);
  if (treatments === 0) return added;
  return `WITH added AS (${added}) ${insertText("treatment", TREATMENT, treatments, 2 + events * EVENT.length)}`;
}

/** As `VALUES`: lists in `unnest` take the server half as long again for one row. `from` is the number of the first value. */
function insertText(table: string, columns: readonly string[], rows: number, from: number): string {
  const values = Array.from({ length: rows }, (_, row) => {
    const first = from + row * columns.length;
    return `($1, ${columns.map((__, i) => `$${first + i}`).join(", ")})`;
  });
  return `INSERT INTO allocell.${table} (log, ${columns.join(", ")}) VALUES ${values.join(", ")}`;
}

const COLUMNS = "event.body, event.has_treatment";
const FROM_EVENT = "FROM allocell.event";
const FROM_BOTH = "FROM allocell.event LEFT JOIN allocell.treatment USING (log, seq)";

/** Unique key (somebody was first), serialization failure, deadlock: nothing was written, and another attempt may do. */
const CONFLICTS: ReadonlySet<string> = new Set(["23505", "40001", "40P01"]);
/** Reported by the trigger of the migration. */
const CHAIN_BROKEN = "AC001";

/**
 * Keeps logs in PostgreSQL, in the tables that {@link migrate} makes.
 *
 * @param client - any client that has `query(text, values)`; a pool serves many requests at once
 * @param treatments - how the treatments stand that a dynamic allocation and some events hold. Without it this process
 *   writes and reads logs that hold none, which is all that the office of a randomization list needs, and its user of the
 *   database needs no right to the table of treatments
 * @throws AllocellError (each function) `store.unavailable`; `store.treatments_closed` for an event with a treatment
 *   where `treatments` is absent
 */
export function postgresStore(client: SqlClient, treatments?: TreatmentSeal): AllocationStore {
  const columns =
    treatments === undefined ? `${COLUMNS}, NULL AS fields ${FROM_EVENT}` : `${COLUMNS}, fields ${FROM_BOTH}`;
  const read = async (where: string, values: unknown[]): Promise<readonly ConductEvent[]> => {
    const rows = await ask(client, `SELECT ${columns} WHERE ${where}`, values);
    return Promise.all((rows as unknown as readonly EventRow[]).map((row) => eventOf(row, treatments)));
  };
  return Object.freeze<AllocationStore>({
    head: async (log) => {
      const text = `SELECT seq, hash ${FROM_EVENT} WHERE log = $1 ORDER BY seq DESC LIMIT 1`;
      const [row] = (await ask(client, text, [log])) as unknown as { readonly seq: number; readonly hash: string }[];
      return { events: row?.seq ?? 0, hash: row?.hash ?? NO_EVENT };
    },
    events: (log, from, most) => read("log = $1 AND seq >= $2 ORDER BY seq LIMIT $3", [log, from, most ?? null]),
    append: (log, expectedHead, events) => append(client, treatments, log, expectedHead, events),
    once: async (log, request) => (await read("log = $1 AND request = $2", [log, request]))[0],
  });
}

interface EventRow {
  readonly body: string;
  readonly has_treatment: boolean;
  readonly fields: string | null;
}

async function eventOf({ body, has_treatment, fields }: EventRow, treatments?: TreatmentSeal): Promise<ConductEvent> {
  if (!has_treatment) return joinEvent({ body });
  if (treatments === undefined) return closed();
  if (fields === null)
    return fail("conduct.event_edited", "event", "The treatment of an event is gone from the store.");
  return joinEvent({ body, treatment: await treatments.open(fields) });
}

function closed(): never {
  return fail(
    "store.treatments_closed",
    "treatments",
    "This log holds treatments, and this store was opened without.",
    {
      expected: "postgresStore(client, treatments), for unblinded people only",
    },
  );
}

async function append(
  client: SqlClient,
  treatments: TreatmentSeal | undefined,
  log: string,
  expectedHead: string,
  events: NewEvents,
): Promise<boolean> {
  if (events[0].previous !== expectedHead) return chainBroken();
  const parts = events.map((event) => ({ event, ...splitEvent(event) }));
  const sealed = await sealedOf(parts, treatments);
  const rows = parts.flatMap(({ event: { seq, previous, hash, request }, body, treatment }) => [
    ...[seq, previous, hash, request ?? null, body, treatment !== undefined],
  ]);
  try {
    if (sealed.length === 0) await ask(client, appendText(events.length), [log, ...rows]);
    else await ask(client, appendText(events.length, sealed.length), [log, ...rows, ...sealed.flat()]);
    return true;
  } catch (error) {
    const code = reportedCode(error);
    if (code === CHAIN_BROKEN) return chainBroken();
    if (code !== undefined && CONFLICTS.has(code)) return false;
    throw error;
  }
}

/** The treatments of events as rows of their table: place, and text. */
async function sealedOf(
  parts: readonly (SplitEvent & { readonly event: ConductEvent })[],
  treatments: TreatmentSeal | undefined,
): Promise<readonly (readonly [seq: number, fields: string])[]> {
  const open = parts.flatMap(({ event: { seq }, treatment }) => (treatment === undefined ? [] : [{ seq, treatment }]));
  if (open.length === 0) return [];
  if (treatments === undefined) return closed();
  return Promise.all(open.map(async ({ seq, treatment }) => [seq, await treatments.seal(treatment)] as const));
}
