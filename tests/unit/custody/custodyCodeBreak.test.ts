import { describe, expect, it } from "vitest";
import { unblind, type CodeBreakRequest } from "../../../src/blinding/index.js";
import { codeBreakReport, toCodeBreakReportText, unblindedCodeBreakCards } from "../../../src/report/index.js";
import {
  applyEvent,
  blindedConduct,
  forceNext,
  participantOf,
  readLog,
  toLogLine,
  type BlindedConduct,
  type ConductState,
} from "../../../src/allocation/index.js";
import { toBlindedCsv, toBlindedJson } from "../../../src/list/index.js";
import { issueOf } from "../../support/issueOf.js";
import { draw, planOf, rowsOf } from "../../support/plans.js";
import { assigned, AT, logOf, master, opened, sixParticipants } from "./custodyFixture.js";

const { state, events } = sixParticipants;
const request: CodeBreakRequest = { source: master, state, participant: "P-3", reason: "SAE 4", actor: "Dr A", at: AT };
const armByNumber = new Map(rowsOf(master).map(({ number, arm }) => [number, arm]));
const armOf = (participant: string): string => armByNumber.get(participantOf(state, participant)!.number!)!;

/** What a code break may change for blinded people: that one flag, the number of events and the receipt. */
function blindedRest(conduct: BlindedConduct, participant: string): unknown {
  const participants = conduct.participants.map((one) =>
    one.participant === participant ? { ...one, codeBroken: "may change" } : one,
  );
  return { ...conduct, events: "may change", head: "may change", participants };
}

/** Whether a way of breaking codes is sound: one treatment in the answer, none in the event, nothing else changed. */
function faultsOf(broken: typeof unblind): string[] {
  const { codeBreak, event } = broken(request);
  const after = applyEvent(state, event);
  const faults: string[] = [];
  if (event.type !== "code-broken") faults.push("no event");
  if (codeBreak.arm !== armOf("P-3")) faults.push("wrong treatment");
  const answer = JSON.stringify(codeBreak);
  if (["P-1", "P-2", "P-4", "P-5", "P-6"].some((id) => answer.includes(`"${id}"`))) faults.push("others are named");
  if (["verum-x", "placebo-yy"].filter((arm) => answer.includes(arm)).length !== 1) faults.push("two treatments");
  if (/verum|placebo/.test(toLogLine(event))) faults.push("the event shows a treatment");
  const before = JSON.stringify(blindedRest(blindedConduct(state), "P-3"));
  if (JSON.stringify(blindedRest(blindedConduct(after), "P-3")) !== before) faults.push("another output changed");
  return faults;
}

describe(
  "rule 21: a code break opens one participant, appends an event, and changes no other blinded output",
  { tags: ["BREAK-001"] },
  () => {
    it("holds", () => {
      expect(faultsOf(unblind)).toEqual([]);
      const { codeBreak, event } = unblind(request);
      expect(event).toMatchObject({ type: "code-broken", participant: "P-3", reason: "SAE 4", actor: "Dr A", seq: 8 });
      expect(event.previous).toBe(state.head);
      expect(codeBreak).toMatchObject({ arm: armOf("P-3"), wrongTreatment: false, event: 8, receipt: event.hash });
      expect(blindedConduct(applyEvent(state, event)).participants.filter((one) => one.codeBroken)).toHaveLength(1);
    });

    it("gives each participant their own treatment", () => {
      for (const id of ["P-1", "P-2", "P-3", "P-4", "P-5", "P-6"]) {
        expect(unblind({ ...request, participant: id }).codeBreak.arm).toBe(armOf(id));
      }
      expect(new Set(["P-1", "P-2", "P-3", "P-4", "P-5", "P-6"].map(armOf)).size).toBe(2);
    });

    it("leaves list files and given state as they were", () => {
      const files = (): string => [...toBlindedCsv(master.blinded()), ...toBlindedJson(master.blinded())].join("");
      const before = [files(), JSON.stringify(blindedConduct(state)), state.head];
      unblind(request);
      expect([files(), JSON.stringify(blindedConduct(state)), state.head]).toEqual(before);
    });

    it.each<readonly [string, typeof unblind]>([
      [
        "shows the next participant too",
        (r) => {
          const { codeBreak, event } = unblind(r);
          return { codeBreak: { ...codeBreak, ...{ others: { "P-4": armOf("P-4") } } }, event };
        },
      ],
      [
        "writes the treatment into the event",
        (r) => {
          const { codeBreak } = unblind(r);
          return { codeBreak, event: unblind({ ...r, reason: `${r.reason}: ${codeBreak.arm}` }).event };
        },
      ],
      ["breaks another code", (r) => ({ ...unblind(r), event: unblind({ ...r, participant: "P-4" }).event })],
      ["appends no code break", (r) => ({ ...unblind(r), event: assignedEvent(r.state) })],
    ])("is seen to be broken by a mutant that %s", (_, mutant) => {
      expect(faultsOf(mutant)).not.toEqual([]);
    });

    it.each<readonly [string, Partial<CodeBreakRequest>]>([
      ["reason", { reason: " " }],
      ["actor", { actor: "" }],
      ["time", { at: "yesterday" }],
    ])("is refused without %s", (_, change) => {
      expect(issueOf(() => unblind({ ...request, ...change })).code).toMatch(/^conduct\./);
    });

    it("refuses an unknown participant, and one whose id differs in case", () => {
      expect(issueOf(() => unblind({ ...request, participant: "P-9" })).code).toBe("conduct.participant_unknown");
      expect(() => unblind({ ...request, participant: "p-3" })).toThrow();
    });

    it("refuses a list that is not the log's, and a log that does not name a forced treatment", () => {
      const other = draw(planOf({ list: "OTHER" }));
      expect(issueOf(() => unblind({ ...request, source: other })).code).toBe("blinding.list_differs");
      const none = { state, participant: "P-3", reason: "SAE", actor: "Dr A", at: AT };
      expect(issueOf(() => unblind(none)).code).toBe("blinding.list_differs");
      const forced = logOf(opened, (s) =>
        forceNext(s, { participant: "F-1", stratum: { site: "01" }, position: "used", reason: "emergency" }),
      );
      const forcedRequest = { ...request, state: forced.state, participant: "F-1" };
      expect(issueOf(() => unblind(forcedRequest)).code).toBe("blinding.treatment_not_on_record");
    });

    it("says what was given where it was another treatment than allocated", () => {
      const log = logOf(opened, assigned("P-1", "01"), () => ({
        type: "wrong-treatment",
        participant: "P-1",
        given: "high",
        reason: "mix-up",
        salt: "0123456789abcdef0123456789abcdef",
      }));
      const { codeBreak } = unblind({ ...request, state: log.state, participant: "P-1" });
      expect(codeBreak).toMatchObject({ arm: armOf("P-1"), wrongTreatment: true, givenArm: "high" });
      expect(toCodeBreakReportText(codeBreakReport(codeBreak))).toContain("another than allocated: high");
    });
  },
);

function assignedEvent(now: ConductState): ReturnType<typeof unblind>["event"] {
  const more = logOf(
    opened,
    ...["P-1", "P-2", "P-3", "P-4", "P-5", "P-6", "P-7"].map((id, i) => assigned(id, i % 2 === 0 ? "01" : "02")),
  );
  const last = more.events.at(-1)!;
  expect(last.previous).toBe(now.head);
  return last;
}

describe(
  "rule 22: a code break that is deleted, edited or moved is detected",
  { tags: ["BREAK-001", "LOG-001"] },
  () => {
    const first = unblind(request).event;
    const second = unblind({ ...request, state: applyEvent(state, first), participant: "P-4" }).event;
    const lines = [...events, first, second].map(toLogLine);
    const read = (text: readonly string[]): unknown => readLog(text.join(""));

    it("reads the log as it was written", () => {
      expect(readLog(lines.join("")).events).toHaveLength(9);
    });

    it.each([
      ["deleted", [...lines.slice(0, 7), lines[8]!], "conduct.event_missing"],
      ["edited", [...lines.slice(0, 7), lines[7]!.replace("SAE 4", "SAE 5"), lines[8]!], "conduct.event_edited"],
      ["moved", [...lines.slice(0, 7), lines[8]!, lines[7]!], "conduct.events_reordered"],
    ])("%s", (_, text, code) => {
      expect(issueOf(() => read(text)).code).toBe(code);
    });
  },
);

describe("code-break cards and report", { tags: ["BREAK-003"] }, () => {
  const cards = [...unblindedCodeBreakCards(master, { "verum-x": "3 million cells per kg" })];

  it("has one card a position, the treatment inside only", () => {
    expect(cards.map(({ number }) => number)).toEqual(rowsOf(master).map(({ number }) => number));
    for (const [i, { inside, ...outer }] of cards.entries()) {
      const { arm } = rowsOf(master)[i]!;
      expect(inside[0]!.text).toBe(arm);
      expect(inside[1]!.text).toBe(arm === "verum-x" ? "3 million cells per kg" : arm);
      expect(JSON.stringify(outer)).not.toMatch(/verum|placebo|cells/);
    }
    expect(new Set(cards.map(({ outside, inside }) => `${outside.length} ${inside.length}`)).size).toBe(1);
  });

  it("reports who asked, why and when, with places to sign", () => {
    const report = codeBreakReport(unblind(request).codeBreak);
    const text = toCodeBreakReportText(report);
    for (const part of ["UNBLINDED", "P-3", armOf("P-3"), "SAE 4", "Dr A", AT]) expect(text).toContain(part);
    expect(report.signatures.every((field) => field.text === undefined)).toBe(true);
    for (const who of ["Investigator", "Witness"])
      expect(text).toMatch(new RegExp(`^${who}: name and signature +_{20}`, "mu"));
  });
});
