/* A whole log, held to its chain and to what its events mean. Nothing of allocell is imported here. */
import { readChain, Refused, type Event } from "./chain.js";
import { applyToPart, openedPart, type Part } from "./openPart.js";
import { apply, opened, requireSalt, type Standing } from "./positions.js";

export type Read =
  | { readonly kind: "list" | "dynamic"; readonly standing: Standing; readonly events: readonly Event[] }
  | { readonly kind: "escalation"; readonly part: Part; readonly events: readonly Event[] };

/** @throws Refused with the first fault */
export function verifyLog(log: string): Read {
  const events = readChain(log);
  const [first, ...others] = events;
  if (first?.type !== "opened") throw new Refused({ code: "conduct.not_opened", line: 1 });
  if (first["kind"] === "escalation") {
    const part = openedPart(first);
    for (const [index, event] of others.entries()) applyToPart(part, event, index + 2);
    return { kind: "escalation", part, events };
  }
  requireSalt(first, (code) => {
    throw new Refused({ code, line: 1 });
  });
  const standing = opened(first);
  for (const [index, event] of others.entries()) apply(standing, event, index + 2);
  return { kind: first["kind"] === "dynamic" ? "dynamic" : "list", standing, events };
}
