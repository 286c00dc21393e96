import {
  assignNext,
  forceNext,
  replaceNext,
  skipNext,
  spelledAsIn,
  type AssignedBody,
  type ConductBody,
  type ConductEvent,
  type ConductState,
  type DynamicAllocator,
  type DynamicPast,
  type ForcedBody,
  type ReplacedBody,
  type SkippedBody,
} from "../allocation/index.js";
import { canonicalJson, fail, foldId } from "../foundation/index.js";

/** What is computed, so that nobody asks for it: which position is next, its number, and the arm of a dynamic allocation. */
type Computed = "sequence" | "number";

/**
 * What somebody asks a log to record: the body of an event without what follows from the log. The `type` tells the kinds
 * apart.
 */
export type AskedBody =
  | Omit<AssignedBody, Computed | "arm">
  | Omit<ReplacedBody, Computed | "arm">
  | Omit<ForcedBody, Computed>
  | Omit<SkippedBody, Computed>
  | Exclude<ConductBody, AssignedBody | ReplacedBody | ForcedBody | SkippedBody>;

/** A log after its last event, with what the next dynamic allocation depends on. */
export interface Snapshot {
  readonly state: ConductState;
  /** Dynamic allocation only, and only with its plan: what could not be walked through is kept as a fault. UNBLINDED. */
  readonly past?: DynamicPast | { readonly fault: unknown };
}

/**
 * The whole body of what is asked for, from the log as it stands.
 *
 * @throws AllocellError `conduct.*`; `store.plan_missing` for a dynamic allocation without its plan and seed
 */
export function bodyOf(asked: AskedBody, { state, past }: Snapshot, allocator?: DynamicAllocator): ConductBody {
  const isDynamic = state.opening?.kind === "dynamic";
  switch (asked.type) {
    case "assigned":
      if (!isDynamic) return assignNext(state, asked);
      return allocated(allocator, past, (known, walked) => known.next(state, walked, asked).body);
    case "replaced": {
      const request = { ...asked, participant: spelledAsIn(state, asked.participant) };
      if (!isDynamic) return replaceNext(state, request);
      return allocated(allocator, past, (known, walked) => known.replace(state, walked, request).body);
    }
    case "forced":
      return forceNext(state, asked);
    case "skipped":
      return skipNext(state, asked);
    case "wrong-stratum":
    case "wrong-treatment":
    case "withdrawn":
    case "ineligible-kept":
    case "code-broken":
    case "dispensed":
      return { ...asked, participant: spelledAsIn(state, asked.participant) };
    case "opened":
    case "extended":
    case "cap-set":
    case "gate-opened":
    case "cohort-opened":
    case "entered":
    case "dlt-assessed":
    case "late-dlt":
    case "cohort-decided":
    case "part-closed":
      return asked;
  }
}

function allocated<T>(
  allocator: DynamicAllocator | undefined,
  past: Snapshot["past"],
  act: (allocator: DynamicAllocator, past: DynamicPast) => T,
): T {
  if (allocator === undefined || past === undefined) {
    return fail("store.plan_missing", "basis", "A dynamic allocation follows from its plan and seed.", {
      expected: "the log opened with `basis: { plan, seed }`",
    });
  }
  if (!("fault" in past)) return act(allocator, past);
  // Another plan than the log's is the likely cause, and the allocator says so.
  act(allocator, allocator.start);
  throw past.fault;
}

/** Fields that name a person: any spelling of an id is that id. */
const PEOPLE: ReadonlySet<string> = new Set(["participant", "by", "replaces"]);

/** Whether an event is what was asked for: every field that was stated is in it as it was stated. */
export function isAnswer(asked: AskedBody, event: ConductEvent): boolean {
  const fields: Readonly<Record<string, unknown>> = { ...event };
  const isSame = (field: string, stated: unknown, found: unknown): boolean =>
    PEOPLE.has(field) && typeof stated === "string" && typeof found === "string"
      ? foldId(stated) === foldId(found)
      : canonicalJson(stated) === canonicalJson(found);
  return Object.entries(asked).every(
    ([field, value]) => value === undefined || (fields[field] !== undefined && isSame(field, value, fields[field])),
  );
}
