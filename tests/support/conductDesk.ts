import {
  applyEvent,
  chainEvent,
  EMPTY_CONDUCT,
  needsSalt,
  toLogLine,
  type ConductBody,
  type ConductEvent,
  type ConductState,
} from "../../src/allocation/index.js";
import { type BoundList } from "../../src/list/index.js";

/** A blinded list with two factors: sites by sexes, the same number of rows in each stratum. */
export function blindedShape(sites: number, rows: number): BoundList {
  const two = (place: number): string => String(place).padStart(2, "0");
  const strata = Array.from({ length: sites }, (_, i) => i + 1).flatMap((site) =>
    ["F", "M"].map((sex, j) => ({
      levels: [["site", two(site)] as const, ["sex", sex] as const],
      code: `${two(site)}${two(j + 1)}`,
      rows,
    })),
  );
  const binding = "ab".repeat(32);
  return {
    status: "TEST",
    trial: "DEMO",
    part: "main",
    list: "DEMO-A",
    numbers: { prefix: "R", digits: 4 },
    strata,
    binding,
  };
}

/** A log that is being written. */
export interface Desk {
  state: ConductState;
  readonly events: ConductEvent[];
  readonly add: (body: ConductBody) => ConductEvent;
  readonly text: () => string;
}

const SALT = "0123456789abcdef0123456789abcdef";

export function openDesk(first: ConductBody): Desk {
  const desk: Desk = {
    state: EMPTY_CONDUCT,
    events: [],
    add: (body) => {
      const minute = String(desk.events.length % 60).padStart(2, "0");
      const stamp = { at: `2026-03-01T09:${minute}:00Z`, actor: "N. Berg" };
      const event = chainEvent(desk.state, body, needsSalt(body) ? { ...stamp, salt: SALT } : stamp);
      desk.state = applyEvent(desk.state, event);
      desk.events.push(event);
      return event;
    },
    text: () => desk.events.map(toLogLine).join(""),
  };
  desk.add(first);
  return desk;
}

const HEAD: readonly string[] = ["seq", "at", "actor", "salt", "request", "previous", "hash"];

/** What an event says, without its place in the chain. */
export function bodyOfEvent(event: ConductEvent): ConductBody {
  return Object.fromEntries(Object.entries(event).filter(([field]) => !HEAD.includes(field))) as unknown as ConductBody;
}
