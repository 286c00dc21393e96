/*
 * The file of a log, its canonical bytes and its chain: docs/conduct.md, "Events" and "The file".
 * Written from that page. Nothing of allocell is imported here.
 */
import { createHash } from "node:crypto";

export type Body = { readonly type: string } & Readonly<Record<string, unknown>>;
export type Event = Body & {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly previous: string;
  readonly hash: string;
};

/** A fault by the code that the page names, and its line, from 1. */
export interface Fault {
  readonly code: string;
  readonly line: number;
}

export class Refused extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`${fault.code} in line ${fault.line}`);
    this.fault = fault;
  }
}

/** RFC 8785 for what a log holds: text, whole numbers, lists and maps, names by their UTF-16 code units. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([name, own]) => `${JSON.stringify(name)}:${canonical(own)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isInteger(value)) throw new Error("a log holds whole numbers only");
  return JSON.stringify(value);
}

/** A map without some of its fields. */
export const without = (map: object, ...names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));

/** A field that is text; "" where it is left out. */
export const textOf = (event: Event, name: string): string => {
  const value = event[name];
  return typeof value === "string" ? value : "";
};

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

const FIRST = "0".repeat(64);

const hashOf = (event: Event): string => sha256(canonical(without(event, "hash")));

/** Who did it, and when; a salt or the id of a request where the event has one. */
export interface Stamp {
  readonly at: string;
  readonly actor: string;
  readonly salt?: string;
  readonly request?: string;
}

/** The line of an event behind a log, with its line end. */
export function lineOf(log: string, body: Body, stamp: Stamp): string {
  const lines = log.split("\n").slice(0, -1);
  const last = lines.at(-1);
  const previous = last === undefined ? FIRST : (JSON.parse(last) as Event).hash;
  const head = { ...body, ...stamp, seq: lines.length + 1, previous };
  return `${canonical({ ...head, hash: sha256(canonical(head)) })}\n`;
}

/** A line as an event; undefined where it is none. */
function eventOf(line: string): Event | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return undefined;
    const { seq, at, actor, type, previous, hash } = value as Record<string, unknown>;
    const isEvent = Number.isInteger(seq) && [at, actor, type, previous, hash].every((one) => typeof one === "string");
    return isEvent ? (value as Event) : undefined;
  } catch {
    return undefined;
  }
}

/** Why a whole event does not stand where it should: the table of damages. */
function whyElsewhere(
  event: Event,
  place: number,
  later: readonly (Event | undefined)[],
  earlier: readonly Event[],
): string {
  if (earlier.some(({ hash }) => hash === event.hash)) return "conduct.event_repeated";
  if (event.seq !== place) {
    const isLater = later.some((one) => one?.seq === place);
    return isLater ? "conduct.events_reordered" : "conduct.event_missing";
  }
  return "conduct.chain_broken";
}

/** The events of a log whose every line end is there. @throws Refused with the first fault */
export function readChain(log: string): readonly Event[] {
  if (log.includes("\r"))
    throw new Refused({ code: "conduct.line_ends", line: log.slice(0, log.indexOf("\r")).split("\n").length });
  if (!log.endsWith("\n")) throw new Error("the second program reads logs with all their line ends");
  const lines = log.split("\n").slice(0, -1);
  const read = lines.map(eventOf);
  const events: Event[] = [];
  for (const [index, line] of lines.entries()) {
    const refuse = (code: string): never => {
      throw new Refused({ code, line: index + 1 });
    };
    const event = read[index];
    if (event === undefined) return refuse("conduct.line_foreign");
    if (canonical(event) !== line || hashOf(event) !== event.hash) return refuse("conduct.event_edited");
    if (event.seq !== index + 1 || event.previous !== (events.at(-1)?.hash ?? FIRST))
      return refuse(whyElsewhere(event, index + 1, read.slice(index + 1), events));
    events.push(event);
  }
  return events;
}
