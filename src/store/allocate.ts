import type { AssignedBody, ConductEvent } from "../allocation/index.js";
import { deepFreeze, requireFields } from "../foundation/index.js";
import type { AskedBody } from "./askedBody.js";
import type { Recorded, RequestHead, StoredLog } from "./storedLog.js";

/** Who is to get the next free position of which stratum; `{}` for a list without factors. */
export interface AllocationRequest extends RequestHead {
  readonly participant: string;
  readonly stratum: Readonly<Record<string, string>>;
}

/** The position that a participant has. It names no treatment, also where the log does. */
export interface Allocated extends Recorded {
  /** As the log spells it. */
  readonly participant: string;
  readonly stratum: Readonly<Record<string, string>>;
  /** Place in the stratum, from 1. */
  readonly sequence: number;
  readonly number: string;
}

/**
 * Gives a participant the next free position, in the store before it answers.
 *
 * Whoever asks again gets the same number: by the same request, or for the same participant in the same stratum, in any
 * spelling of the id. Where others write at the same time it starts again, after a short wait of random length.
 *
 * @throws AllocellError `conduct.*` for what the log does not take, `store.request_differs` for the id of a request that
 *   asked for something else, `store.busy` after too many attempts; nothing was written then. `store.unavailable` where
 *   nobody knows: send the same request again
 */
export async function allocate(log: StoredLog, request: AllocationRequest): Promise<Allocated> {
  requireFields(log, "a log of a store", { answer: "a function" });
  requireFields(request, "who is to get a position", { participant: "text", stratum: "a map", request: "text" });
  const { participant, stratum, ...head } = request;
  const { event, repeated } = await log.answer({ type: "assigned", participant, stratum }, head);
  const { sequence, number, participant: spelled } = event as AssignedBody & ConductEvent;
  return deepFreeze({ participant: spelled, stratum: { ...stratum }, sequence, number, ...recorded(event, repeated) });
}

/**
 * Records what happened: everything that is no new allocation, the opening of the log included.
 *
 * @param asked - the body of an event; position and number of a replacement, a forced assignment or a gap are computed
 * @throws AllocellError as {@link allocate} does
 */
export async function record(log: StoredLog, asked: AskedBody, head: RequestHead): Promise<Recorded> {
  requireFields(log, "a log of a store", { answer: "a function" });
  requireFields(asked, "what happened", { type: "text" });
  requireFields(head, "the head of a request: its id, time and who asks", { request: "text" });
  const { event, repeated } = await log.answer(asked, head);
  return deepFreeze(recorded(event, repeated));
}

function recorded({ seq, hash, at }: ConductEvent, repeated: boolean): Recorded {
  return { event: seq, receipt: hash, at, repeated };
}
