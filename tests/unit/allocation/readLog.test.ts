import { describe, expect, it } from "vitest";
import {
  assignNext,
  checkHead,
  eventHash,
  openListLog,
  participantsOf,
  readLog,
  toLogLine,
  type ConductEvent,
} from "../../../src/allocation/index.js";
import { blindedShape, openDesk } from "../../support/conductDesk.js";
import { issueOf } from "../../support/issueOf.js";

const desk = openDesk(openListLog(blindedShape(2, 9)));
for (let i = 1; i <= 5; i += 1) {
  desk.add(assignNext(desk.state, { participant: `Ø-${i}`, stratum: { site: i < 4 ? "01" : "02", sex: "F" } }));
}
const lines = desk.events.map(toLogLine);
const text = lines.join("");
const edit = (change: (copy: string[]) => void): string => {
  const copy = [...lines];
  change(copy);
  return copy.join("");
};
/** An event rewritten by somebody who knows how to hash. */
const forge = (at: number, change: object): string => {
  const event = { ...desk.events[at], ...change } as ConductEvent;
  return toLogLine({ ...event, hash: eventHash(event) });
};

describe("a log", { tags: ["LOG-001", "LOG-003"] }, () => {
  it("reads back as it was written", () => {
    const log = readLog(text);
    expect(log.state).toEqual(desk.state);
    expect(log.events).toEqual(desk.events);
    expect(Object.keys(log)).toEqual(["events", "state"]);
    expect(readLog("").events).toEqual([]);
  });

  it.each([
    ["conduct.event_edited", 3, "one value edited", edit((copy) => (copy[2] = copy[2]!.replace("Ø-2", "Ø-9")))],
    ["conduct.event_edited", 3, "white space", edit((copy) => (copy[2] = copy[2]!.replace(",", ", ")))],
    ["conduct.event_edited", 3, "a key twice", edit((copy) => (copy[2] = copy[2]!.replace("{", '{"actor":"M. Low",')))],
    [
      "conduct.event_edited",
      3,
      "the hash itself",
      edit((copy) => (copy[2] = copy[2]!.replace(/"hash":"./, '"hash":"g'))),
    ],
    ["conduct.event_missing", 3, "an event deleted", edit((copy) => copy.splice(2, 1))],
    ["conduct.event_missing", 1, "the first events deleted", edit((copy) => copy.splice(0, 2))],
    ["conduct.events_reordered", 3, "two swapped", edit((copy) => ([copy[2], copy[3]] = [copy[3]!, copy[2]!]))],
    ["conduct.events_reordered", 2, "one moved to the end", edit((copy) => copy.push(...copy.splice(1, 1)))],
    ["conduct.event_repeated", 4, "one twice", edit((copy) => copy.splice(3, 0, copy[2]!))],
    ["conduct.line_foreign", 3, "a note", edit((copy) => copy.splice(2, 0, "checked, N.\n"))],
    ["conduct.line_foreign", 7, "an empty line", `${text}\n`],
    ["conduct.line_foreign", 7, "a foreign last line without an end", `${text}checked, N.`],
    ["conduct.line_foreign", 1, "JSON that is no event", `{"a":1}\n${text}`],
    ["conduct.line_ends", 1, "other line ends", text.replaceAll("\n", "\r\n")],
    [
      "conduct.chain_broken",
      4,
      "an event replaced by a forged one",
      edit((copy) => (copy[2] = forge(2, { actor: "M" }))),
    ],
    [
      "conduct.position_taken",
      4,
      "a forged event with a used position",
      edit((copy) => copy.splice(3, 3, forge(3, { sequence: 1, number: "TR01010001" }))),
    ],
    [
      "conduct.event_invalid",
      6,
      "a forged event of no known form",
      edit((copy) => copy.splice(5, 1, forge(5, { extra: true }))),
    ],
  ])("names what was done: %s at line %i (%s)", (code, line, _what, changed) => {
    const issue = issueOf(() => readLog(changed));
    expect(issue.code).toBe(code);
    expect(issue.path.split(".").slice(0, 2)).toEqual(["lines", String(line)]);
    expect(issue.message).toMatch(new RegExp(`^Line ${line}: `));
  });

  it("says which events are missing", () => {
    expect(issueOf(() => readLog(edit((copy) => copy.splice(1, 2)))).message).toBe(
      "Line 2: events 2 to 3 are missing before event 4.",
    );
  });
});

describe("an unfinished last line", { tags: ["LOG-001", "LOG-003"] }, () => {
  const last = lines.at(-1)!;
  const before = lines.slice(0, -1).join("");

  it("counts for nothing, wherever it was cut", () => {
    for (let length = 1; length < last.length - 1; length += 1) {
      const log = readLog(before + last.slice(0, length));
      expect(log.end).toBe("unfinished");
      expect(log.state.events).toBe(5);
    }
  });

  it("may end in zero bytes or in half a character", () => {
    expect(readLog(`${before}${last.slice(0, 40)}\0\0\0`).state.events).toBe(5);
    expect(readLog(`${before}\0\0`).state.events).toBe(5);
    const half = new TextDecoder().decode(new TextEncoder().encode(last).slice(0, last.indexOf("Ø") + 1));
    expect(readLog(before + half).state.events).toBe(5);
  });

  it("is an event where only its line end is missing", () => {
    const log = readLog(text.slice(0, -1));
    expect(log).toMatchObject({ end: "line-end-missing", state: { events: 6 } });
    expect(issueOf(() => readLog(text.slice(0, -1).replace("Ø-5", "Ø-6"))).code).toBe("conduct.event_edited");
  });
});

describe("a receipt", { tags: ["LOG-001", "LOG-003"] }, () => {
  it("shows that nothing was cut off the end, which the chain cannot", () => {
    const receipt = desk.events[4]!.hash;
    expect(checkHead(readLog(text), receipt)).toBe(5);
    const cut = readLog(lines.slice(0, 4).join(""));
    expect(cut.state.events).toBe(4);
    expect(issueOf(() => checkHead(cut, receipt)).code).toBe("conduct.receipt_not_found");
  });
});

describe("a long log", { tags: ["LOG-001", "LOG-003"] }, () => {
  it("takes time in proportion to its events", () => {
    const long = openDesk(openListLog(blindedShape(1, 9000)));
    const time = (from: number, to: number): number => {
      const start = performance.now();
      for (let i = from; i < to; i += 1)
        long.add(assignNext(long.state, { participant: `P-${i}`, stratum: { site: "01", sex: "F" } }));
      return performance.now() - start;
    };
    time(0, 500);
    const early = time(500, 1500);
    time(1500, 5000);
    // A copy of all participants for each event would make this about five times as long; noise does not.
    expect(time(5000, 6000)).toBeLessThan(4 * early + 50);
    expect(participantsOf(long.state)).toHaveLength(6000);
  });
});
