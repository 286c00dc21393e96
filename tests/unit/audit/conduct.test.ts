import { describe, expect, it } from "vitest";
import {
  assignNext,
  chainEvent,
  eventHash,
  EMPTY_CONDUCT,
  applyEvent,
  forceNext,
  openListLog,
  toLogLine,
  type ConductBody,
  type ConductEvent,
  type ConductState,
} from "../../../src/allocation/index.js";
import { boundList, generateList } from "../../../src/list/index.js";
import { auditSle, said, sle, sleFiles, testSeed, verdictOf } from "./exampleAudit.js";

const list = generateList({ plan: sle.plan, trial: sle.trial, seed: testSeed });
const events: ConductEvent[] = [];
let state: ConductState = EMPTY_CONDUCT;
const add = (body: ConductBody): void => {
  const event = chainEvent(state, body, { at: "2026-03-01T09:30:00Z", actor: "unit test" });
  state = applyEvent(state, event);
  events.push(event);
};
add(openListLog(boundList(list)));
for (const participant of ["P-1", "P-2"]) add(assignNext(state, { participant, stratum: { site: "01" } }));
add(forceNext(state, { participant: "P-3", stratum: { site: "01" }, position: "used", reason: "kit missing" }));

const text = (all: readonly ConductEvent[]): string => all.map(toLogLine).join("");
/** The log with its last event changed and chained again, as somebody who knows the format would forge it. */
const forged = (change: object): string => {
  const last = { ...events.at(-1)!, ...change };
  return text([...events.slice(0, -1), { ...last, hash: eventHash(last) }]);
};
const verdicts = (log: string): string[] =>
  [19, 20, 21, 22].map((rule) => verdictOf(auditSle(sleFiles, { log }), rule));

describe("the rules of conduct", () => {
  it("pass a whole log, all but the code break, which a person tries", () => {
    expect(verdicts(text(events))).toEqual(["pass", "pass", "needs-person", "pass"]);
    expect(said(auditSle(sleFiles, { log: text(events) }), 20)[0]).toContain("1 exceptions");
  });

  it("rule 19: a position used twice, or passed over without a word", () => {
    expect(verdicts(forged({ sequence: 2, number: "TR010002" }))[0]).toBe("fail");
    expect(verdicts(forged({ sequence: 5, number: "TR010005" }))[0]).toBe("fail");
  });

  it("rule 20: an exception without a reason or without an actor", () => {
    expect(verdicts(forged({ reason: "" }))[1]).toBe("fail");
    expect(verdicts(forged({ actor: "" }))[1]).toBe("fail");
  });

  it("rule 21: is a person's, with and without a log", () => {
    expect(said(auditSle(sleFiles), 21)[0]).toMatch(/^needs-person: Break the code of one TEST participant/);
  });

  it("rule 22: an event deleted, edited or moved", () => {
    expect(verdicts(text(events.filter((_, i) => i !== 1)))[3]).toBe("fail");
    expect(verdicts(text(events).replace("P-2", "P-9"))[3]).toBe("fail");
    expect(verdicts(text([events[0]!, events[2]!, events[1]!, events[3]!]))[3]).toBe("fail");
    expect(verdicts(`${text(events)}{"actor":"uni`)[3]).toBe("warn");
  });
});
