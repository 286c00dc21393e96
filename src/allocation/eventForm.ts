import { AllocellError, parseWith, type Issue, type PlainCode } from "../foundation/index.js";
import type { ConductState } from "./conductState.js";
import { eventHash, type ConductEvent } from "./event.js";
import { eventSchema } from "./eventSchema.js";

const FIELD_CODES: Readonly<Record<string, PlainCode>> = {
  actor: "conduct.actor_missing",
  reason: "conduct.reason_missing",
  participant: "conduct.participant_invalid",
  by: "conduct.participant_invalid",
  at: "conduct.instant_invalid",
  request: "conduct.request_invalid",
};

/** Faults of an event's form alone. */
export function formIssues(event: unknown): readonly Issue[] {
  try {
    parseWith(eventSchema, event, "conduct.event_invalid", "The event");
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ path, message, expected, received }) => ({
      ...{ code: FIELD_CODES[path] ?? "conduct.event_invalid", path, message },
      ...(expected === undefined ? {} : { expected }),
      // What was received may be a treatment.
      ...(received === undefined || ["arm", "given"].includes(path) ? {} : { received }),
    }));
  }
}

/** Faults of an event's place in the chain. */
export function chainIssues(state: ConductState, event: ConductEvent): readonly Issue[] {
  const issue = (code: PlainCode, path: string, message: string, expected: string, received: string): Issue[] => [
    { code, path, message, expected, received },
  ];
  if (event.hash !== eventHash(event)) {
    return [
      {
        code: "conduct.event_edited",
        path: "hash",
        message: `Event ${event.seq} was changed: its hash does not fit.`,
        parameters: { event: event.seq },
      },
    ];
  }
  const next = state.events + 1;
  if (event.seq !== next) {
    return issue("conduct.event_missing", "seq", `Event ${next} comes next.`, String(next), String(event.seq));
  }
  if (event.previous === state.head) return [];
  const message = `Event ${event.seq} does not follow this log: another event stood before it.`;
  return issue("conduct.chain_broken", "previous", message, state.head, event.previous);
}
