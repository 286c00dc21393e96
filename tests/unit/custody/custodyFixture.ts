import { webcrypto } from "node:crypto";
import {
  applyEvent,
  assignNext,
  chainEvent,
  EMPTY_CONDUCT,
  openListLog,
  type ConductBody,
  type ConductEvent,
  type ConductState,
} from "../../../src/allocation/index.js";
import { boundList, type MasterList } from "../../../src/list/index.js";
import type { SubtleLike } from "../../../src/custody/index.js";
import { draw, liveSeed, planOf } from "../../support/plans.js";

export const subtle: SubtleLike = webcrypto.subtle;
/** 32 fixed bytes without a pattern. */
export const SALT: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * 11 + 5) & 255);
export const AT = "2026-03-01T09:30:00Z";

export const master: MasterList = draw(
  planOf({ strata: [{ factor: "site", levels: ["01", "02"] }], arms: { "verum-x": 1, "placebo-yy": 1 } }),
  liveSeed,
);

/** A log with those events, in order. */
export function logOf(...bodies: readonly ((state: ConductState) => ConductBody)[]): {
  readonly state: ConductState;
  readonly events: readonly ConductEvent[];
} {
  let state = EMPTY_CONDUCT;
  const events = bodies.map((body) => {
    const event = chainEvent(state, body(state), { at: AT, actor: "pharmacy" });
    state = applyEvent(state, event);
    return event;
  });
  return { state, events };
}

export const opened = (): ConductBody => openListLog(boundList(master));
export const assigned =
  (participant: string, site: string) =>
  (state: ConductState): ConductBody =>
    assignNext(state, { participant, stratum: { site } });

/** Six participants, by turns at both sites. */
export const sixParticipants: ReturnType<typeof logOf> = logOf(
  opened,
  ...["P-1", "P-2", "P-3", "P-4", "P-5", "P-6"].map((id, i) => assigned(id, i % 2 === 0 ? "01" : "02")),
);

/** Entropy that differs with every call: a counter run through a fixed mixing. */
export function entropyOf(start = 1): (count: number) => Uint8Array {
  let n = start;
  return (count) => Uint8Array.from({ length: count }, () => ((n = (n * 48271) % 2147483647) >>> 8) & 255);
}
