import { describe, expect, it } from "vitest";
import {
  answerOf,
  applyEvent,
  assignNext,
  blindedConduct,
  blindedListOf,
  chainEvent,
  checkEvent,
  EMPTY_CONDUCT,
  eventHash,
  extendListLog,
  forceNext,
  nextPosition,
  openListLog,
  participantOf,
  participantsOf,
  readConductSnapshot,
  replaceNext,
  skipNext,
  toConductSnapshot,
  type ConductBody,
  type ConductEvent,
} from "../../../src/allocation/index.js";
import {
  type BoundList,
  checkExtension,
  listBinding,
  boundList,
  blindedManifest,
  type MasterList,
} from "../../../src/list/index.js";
import { blindedShape, openDesk, type Desk } from "../../support/conductDesk.js";
import { issueOf } from "../../support/issueOf.js";
import { draw, planOf } from "../../support/plans.js";

const F = { site: "01", sex: "F" };
const M = { site: "01", sex: "M" };
const why = "protocol 5.3";
const open = (rows = 4): Desk => openDesk(openListLog(blindedShape(2, rows)));
const codeOf = (act: () => unknown): string => issueOf(act).code;

/** A body with one field changed, as a careless program would make it. */
const changed = (body: ConductBody, change: object): ConductBody => ({ ...body, ...change });

describe("kits", () => {
  it("go to one person, one for each administration, in any spelling, and stand in the blinded conduct", () => {
    const desk = open();
    for (const participant of ["P-1", "P-2"]) desk.add(assignNext(desk.state, { participant, stratum: F }));
    const give = (participant: string, administration: number, kit: string): ConductBody => ({
      ...{ type: "dispensed", participant, administration, kit },
    });
    desk.add(give("P-1", 1, "TKM2345679"));
    expect(codeOf(() => desk.add(give("P-2", 1, "tkm2345679")))).toBe("conduct.kit_dispensed");
    expect(codeOf(() => desk.add(give("P-1", 1, "TKM2345672")))).toBe("conduct.kit_dispensed");
    expect(codeOf(() => desk.add(give("P-3", 1, "TKM2345672")))).toBe("conduct.participant_unknown");
    expect(codeOf(() => desk.add(give("P-1", 0, "TKM2345672")))).toBe("conduct.event_invalid");
    desk.add(give("P-1", 2, "TKM2345672"));
    const kits = [
      { administration: 1, kit: "TKM2345679" },
      { administration: 2, kit: "TKM2345672" },
    ];
    expect(blindedConduct(desk.state).participants.map((one) => one.kits)).toEqual([kits, undefined]);
    expect(desk.state.holdsTreatment).toBe(false);
    const snapshot = toConductSnapshot({ state: desk.state }) ?? "";
    const state = readConductSnapshot(snapshot)?.state ?? EMPTY_CONDUCT;
    expect(
      codeOf(() => chainEvent(state, give("P-2", 1, "TKM2345672"), { at: "2030-01-01T00:00:00Z", actor: "A" })),
    ).toBe("conduct.kit_dispensed");
  });
});

describe("positions", { tags: ["LOG-002"] }, () => {
  it("are given strictly in order in each stratum", () => {
    const desk = open();
    const numbers = [F, M, F].map((stratum, i) => {
      const body = assignNext(desk.state, { participant: `P-${i}`, stratum });
      desk.add(body);
      return body.number;
    });
    expect(numbers).toEqual(["TR01010001", "TR01020001", "TR01010002"]);
    expect(nextPosition(desk.state, F)).toEqual({ stratum: F, sequence: 3, number: "TR01010003" });
  });

  it("are never given twice, out of order, with a gap or with another number", () => {
    const desk = open();
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    const next = assignNext(desk.state, { participant: "P-2", stratum: F });
    expect(codeOf(() => desk.add(changed(next, { sequence: 1, number: "TR01010001" })))).toBe("conduct.position_taken");
    expect(codeOf(() => desk.add(changed(next, { sequence: 3, number: "TR01010003" })))).toBe(
      "conduct.gap_unexplained",
    );
    expect(codeOf(() => desk.add(changed(next, { number: "TR01010003" })))).toBe("conduct.number_wrong");
    expect(desk.events).toHaveLength(2);
  });

  it("may be skipped for a reason, and stay skipped", () => {
    const desk = open();
    desk.add(skipNext(desk.state, { stratum: F, reason: "kit destroyed" }));
    expect(nextPosition(desk.state, F).sequence).toBe(2);
    expect(codeOf(() => desk.add(skipNext(desk.state, { stratum: F, reason: " " })))).toBe("conduct.reason_missing");
  });

  it("are not freed by withdrawal", () => {
    const desk = open();
    const first = desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    desk.add({ type: "withdrawn", participant: "P-1", reason: why });
    expect(nextPosition(desk.state, F).sequence).toBe(2);
    const again = changed(first, { participant: "P-2" });
    expect(codeOf(() => desk.add(again))).toBe("conduct.position_taken");
    expect(codeOf(() => desk.add({ type: "withdrawn", participant: "P-1", reason: why }))).toBe(
      "conduct.withdrawn_already",
    );
  });

  it("run out without a word about arms or other strata", () => {
    const desk = open(1);
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    const issue = issueOf(() => assignNext(desk.state, { participant: "P-2", stratum: F }));
    expect(issue).toEqual({
      code: "conduct.stratum_exhausted",
      path: "stratum",
      message: "No position is left: site 01, sex F.",
      expected: "an `extended` event with a longer list; no other stratum is used instead",
      parameters: { stratum: "site 01, sex F" },
    });
    expect(nextPosition(desk.state, M).sequence).toBe(1);
  });
});

describe("a participant", () => {
  it("is randomized once", () => {
    const desk = open();
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    for (const participant of ["P-1", "p-1"]) {
      expect(codeOf(() => assignNext(desk.state, { participant, stratum: M }))).toBe("conduct.participant_assigned");
    }
    desk.add(assignNext(desk.state, { participant: "P-2", stratum: F }));
    expect(codeOf(() => replaceNext(desk.state, { participant: "P-1", by: "p-2", stratum: F, reason: why }))).toBe(
      "conduct.participant_assigned",
    );
  });

  it("must be known where something happened to them", () => {
    const desk = open();
    const bodies: ConductBody[] = [
      { type: "withdrawn", participant: "P-9", reason: why },
      { type: "ineligible-kept", participant: "P-9", reason: why },
      { type: "code-broken", participant: "P-9", reason: why },
      { type: "wrong-treatment", participant: "P-9", reason: why },
      { type: "wrong-stratum", participant: "P-9", trueStratum: M, reason: why },
    ];
    for (const body of bodies)
      expect(
        codeOf(() => desk.add(body)),
        body.type,
      ).toBe("conduct.participant_unknown");
  });

  it.each([
    ["conduct.covariate_missing", { site: "01" }],
    ["conduct.stratum_unknown", { site: "09", sex: "F" }],
    ["conduct.stratum_unknown", { site: "01", sex: "F", age: "old" }],
    ["conduct.covariate_missing", {}],
  ])("is not placed by a guess: %s", (code, stratum) => {
    expect(codeOf(() => assignNext(open().state, { participant: "P-1", stratum }))).toBe(code);
  });

  it.each(["", " P", "P\n1", "=1+1", "x".repeat(65), "e\u0301"])("has no id such as %j", (participant) => {
    const desk = open();
    expect(codeOf(() => desk.add(assignNext(desk.state, { participant, stratum: F })))).toBe(
      "conduct.participant_invalid",
    );
  });
});

describe("what really happened", { tags: ["LOG-005"] }, () => {
  const begin = (): Desk => {
    const desk = open();
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    return desk;
  };

  it("keeps the stratum as randomized beside the true one", () => {
    const desk = begin();
    expect(codeOf(() => desk.add({ type: "wrong-stratum", participant: "P-1", trueStratum: F, reason: why }))).toBe(
      "conduct.stratum_not_wrong",
    );
    desk.add({ type: "wrong-stratum", participant: "P-1", trueStratum: M, reason: why });
    expect(participantOf(desk.state, "P-1")).toMatchObject({ stratum: F, trueStratum: M, number: "TR01010001" });
    expect(nextPosition(desk.state, M).sequence).toBe(1);
  });

  it("keeps the assignment beside a wrong treatment, which is never in the blinded view", () => {
    const desk = begin();
    expect(desk.state.holdsTreatment).toBe(false);
    desk.add({ type: "wrong-treatment", participant: "P-1", given: "treatment-high", reason: why });
    expect(desk.state.holdsTreatment).toBe(true);
    expect(participantOf(desk.state, "P-1")).toMatchObject({
      wrongTreatment: true,
      given: "treatment-high",
      number: "TR01010001",
    });
    expect(JSON.stringify(blindedConduct(desk.state))).not.toMatch(/treatment/i);
  });

  it("is marked: ineligible, code broken", () => {
    const desk = begin();
    desk.add({ type: "ineligible-kept", participant: "P-1", reason: why });
    desk.add({ type: "code-broken", participant: "P-1", reason: "serious event" });
    expect(participantOf(desk.state, "P-1")).toMatchObject({ ineligible: true, codeBroken: true, withdrawn: false });
  });

  it.each([
    ["used", 2, { sequence: 1, number: "TR01020001" }],
    ["skipped", 2, {}],
    ["none", 1, {}],
  ] as const)("may be forced, position %s", (position, next, own) => {
    const desk = begin();
    desk.add(forceNext(desk.state, { participant: "P-2", stratum: M, position, reason: why }));
    const record = participantOf(desk.state, "P-2")!;
    expect(record).toMatchObject({ how: "forced", ...own });
    expect("number" in record).toBe(position === "used");
    expect(nextPosition(desk.state, M).sequence).toBe(next);
  });

  it("may be forced beyond a cap and beyond the end of a list, but not onto a position that is not there", () => {
    const desk = openDesk(openListLog(blindedShape(1, 1), [{ stratum: F, most: 0 }]));
    expect(codeOf(() => assignNext(desk.state, { participant: "P-1", stratum: F }))).toBe("conduct.cap_reached");
    desk.add(forceNext(desk.state, { participant: "P-1", stratum: F, position: "used", reason: why }));
    desk.add(forceNext(desk.state, { participant: "P-2", stratum: F, position: "none", reason: why }));
    expect(codeOf(() => forceNext(desk.state, { participant: "P-3", stratum: F, position: "used", reason: why }))).toBe(
      "conduct.stratum_exhausted",
    );
    expect(desk.state.caps).toEqual([{ stratum: F, most: 0, used: 2 }]);
  });

  it("is refused where a forced position is unclear", () => {
    const desk = begin();
    const body = forceNext(desk.state, { participant: "P-2", stratum: M, position: "used", reason: why });
    expect(codeOf(() => desk.add(changed(body, { position: "none" })))).toBe("conduct.position_unclear");
    expect(codeOf(() => desk.add(changed(body, { position: "skipped" })))).toBe("conduct.position_unclear");
  });

  it("replaces somebody by a new participant with a new number", () => {
    const desk = begin();
    desk.add(replaceNext(desk.state, { participant: "P-1", by: "P-2", stratum: F, reason: why }));
    expect(participantOf(desk.state, "P-1")).toMatchObject({ replacedBy: "P-2", number: "TR01010001" });
    expect(participantOf(desk.state, "P-2")).toMatchObject({
      replaces: "P-1",
      number: "TR01010002",
      how: "replacement",
    });
    const again = replaceNext(desk.state, { participant: "P-1", by: "P-3", stratum: F, reason: why });
    expect(codeOf(() => desk.add(again))).toBe("conduct.replaced_already");
    const elsewhere = replaceNext(desk.state, { participant: "P-2", by: "P-3", stratum: M, reason: why });
    expect(codeOf(() => desk.add(elsewhere))).toBe("conduct.replacement_elsewhere");
  });

  it("needs an actor and an instant", () => {
    const { state } = begin();
    const body = assignNext(state, { participant: "P-2", stratum: F });
    const at = "2026-03-01T09:00:00Z";
    expect(codeOf(() => chainEvent(state, body, { at, actor: "" }))).toBe("conduct.actor_missing");
    expect(codeOf(() => chainEvent(state, body, { at: "2026-03-01", actor: "N" }))).toBe("conduct.instant_invalid");
    expect(codeOf(() => chainEvent(state, body, { at: "2026-02-30T09:00:00Z", actor: "N" }))).toBe(
      "conduct.instant_invalid",
    );
  });

  it("has no arm in the assignments of a list, and a salt wherever it names one", () => {
    const { state } = begin();
    const stamp = { at: "2026-03-01T09:00:00Z", actor: "N", salt: "0".repeat(32) };
    const body = assignNext(state, { participant: "P-2", stratum: F, arm: "placebo" });
    expect(codeOf(() => chainEvent(state, body, stamp))).toBe("conduct.arm_not_here");
    const forced = forceNext(state, { participant: "P-2", stratum: F, position: "used", reason: why, arm: "placebo" });
    expect(codeOf(() => chainEvent(state, forced, { at: stamp.at, actor: "N" }))).toBe("conduct.salt_missing");
    expect(chainEvent(state, forced, stamp)).toMatchObject({ arm: "placebo" });
  });
});

describe("caps", () => {
  it("hold for a pattern of levels, and can be changed", () => {
    const desk = openDesk(openListLog(blindedShape(2, 9), [{ stratum: { site: "01" }, most: 2 }]));
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    desk.add(assignNext(desk.state, { participant: "P-2", stratum: M }));
    expect(codeOf(() => assignNext(desk.state, { participant: "P-3", stratum: F }))).toBe("conduct.cap_reached");
    expect(assignNext(desk.state, { participant: "P-3", stratum: { site: "02", sex: "F" } }).sequence).toBe(1);
    desk.add({ type: "cap-set", stratum: { site: "01" }, most: 3, reason: why });
    desk.add(assignNext(desk.state, { participant: "P-3", stratum: F }));
    desk.add({ type: "cap-set", stratum: { sex: "F" }, most: 2, reason: "counted from the beginning" });
    expect(codeOf(() => assignNext(desk.state, { participant: "P-4", stratum: { site: "02", sex: "F" } }))).toBe(
      "conduct.cap_reached",
    );
    expect(desk.state.caps.map(({ used }) => used)).toEqual([3, 2]);
  });

  it("name known levels", () => {
    expect(codeOf(() => openDesk(openListLog(blindedShape(1, 4), [{ stratum: { site: "7" }, most: 2 }])))).toBe(
      "conduct.stratum_unknown",
    );
  });
});

/** A longer list that extends the one of {@link blindedShape}. */
const extended = (sites: number, rows: number): BoundList => ({
  ...blindedShape(sites, rows),
  binding: "cd".repeat(32),
  extends: blindedShape(1, 1).binding,
});

describe("an extension", { tags: ["LIST-008"] }, () => {
  it("is taken only from a list that was made to extend the one of the log", () => {
    const desk = open(2);
    expect(codeOf(() => extendListLog(blindedShape(3, 2), why))).toBe("custody.list_differs");
    const stranger = { ...extended(3, 2), extends: "ef".repeat(32) };
    expect(codeOf(() => desk.add(extendListLog(stranger, why)))).toBe("custody.list_differs");
    desk.add(extendListLog(extended(3, 2), why));
    expect(desk.state.bindings).toEqual(["ab".repeat(32), "cd".repeat(32)]);
    // The same extension again does not extend the list that the log has now.
    expect(codeOf(() => desk.add(extendListLog(extended(3, 2), why)))).toBe("custody.list_differs");
  });

  it("adds rows and a late site, and leaves what was issued", () => {
    const desk = open(1);
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    desk.add(extendListLog(extended(3, 2), "site 03 opens"));
    expect(nextPosition(desk.state, F)).toMatchObject({ sequence: 2, number: "TR01010002" });
    expect(nextPosition(desk.state, { site: "03", sex: "M" })).toMatchObject({ number: "TR03020001" });
    expect(participantsOf(desk.state)).toHaveLength(1);
  });

  it.each([
    ["conduct.extension_changes", extended(2, 3)],
    ["conduct.extension_changes", extended(1, 4)],
    ["conduct.shape_invalid", extended(2, 10_000)],
  ])("never changes or shortens what was there: %s", (code, list) => {
    const desk = open(4);
    expect(codeOf(() => desk.add(extendListLog(list, why)))).toBe(code);
  });

  it("is checked against the master lists by those who have them", () => {
    const strata = (levels: string[]): object[] => [{ factor: "site", levels }];
    const before = draw(planOf({ strata: strata(["01", "02"]) }));
    const after = draw(planOf({ strata: strata(["01", "02", "03"]), length: 40 }));
    expect(checkExtension(before, after)).toEqual([]);
    const filled = (length: number): MasterList =>
      draw(planOf({ procedure: { kind: "permuted-block", sizes: [2, 6], lastBlock: "fill" }, length }));
    const [issue, ...others] = checkExtension(filled(12), filled(40));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: "conduct.extension_changes" });
    expect(JSON.stringify(issue)).not.toMatch(/active|placebo/);
    expect(checkExtension(after, before).map(({ message }) => message)).toEqual([
      "site 01: row 13 (TR010013) is missing in the new list.",
      "site 02: row 13 (TR020013) is missing in the new list.",
      "site 03: row 1 (TR030001) is missing in the new list.",
    ]);
  });
});

describe("the chain", { tags: ["LOG-001"] }, () => {
  it("is refused with a wrong place, another past or a changed content", () => {
    const desk = open();
    const event = chainEvent(desk.state, assignNext(desk.state, { participant: "P-1", stratum: F }), {
      at: "2026-03-01T09:00:00Z",
      actor: "N",
    });
    const rehashed = (change: object): ConductEvent => {
      const other = { ...event, ...change };
      return { ...other, hash: eventHash(other) };
    };
    const codes = (other: ConductEvent): string[] => checkEvent(desk.state, other).map(({ code }) => code);
    expect(codes(event)).toEqual([]);
    expect(codes({ ...event, actor: "M" })).toEqual(["conduct.event_edited"]);
    expect(codes(rehashed({ seq: 3 }))).toEqual(["conduct.event_missing"]);
    expect(codes(rehashed({ previous: "0".repeat(64) }))).toEqual(["conduct.chain_broken"]);
    expect(codes(rehashed({ extra: 1 }))).toEqual(["conduct.event_invalid"]);
    expect(codeOf(() => applyEvent(EMPTY_CONDUCT, event))).toBe("conduct.event_missing");
  });

  it("begins with the opening, and has one", () => {
    const desk = open();
    const body = assignNext(desk.state, { participant: "P-1", stratum: F });
    expect(codeOf(() => openDesk(body))).toBe("conduct.not_opened");
    expect(codeOf(() => desk.add(openListLog(blindedShape(1, 1))))).toBe("conduct.opened_twice");
  });

  it("leaves earlier states as they were", () => {
    const desk = open();
    const before = desk.state;
    const text = JSON.stringify(before);
    desk.add(assignNext(desk.state, { participant: "P-1", stratum: F }));
    expect(JSON.stringify(before)).toBe(text);
    expect(nextPosition(before, F).sequence).toBe(1);
    expect(Object.isFrozen(desk.state)).toBe(true);
  });
});

describe("the blinded view", () => {
  it("has no arm, no number of positions left and no wrong treatment", () => {
    const desk = open();
    desk.add(forceNext(desk.state, { participant: "P-1", stratum: F, position: "used", arm: "placebo", reason: why }));
    desk.add({ type: "wrong-treatment", participant: "P-1", given: "high", reason: why });
    const view = blindedConduct(desk.state);
    expect(Object.keys(view.participants[0]!)).toEqual([
      "participant",
      "how",
      "stratum",
      "sequence",
      "number",
      "withdrawn",
      "ineligible",
      "codeBroken",
    ]);
    expect(view.strata).toEqual([{ stratum: F, participants: 1 }]);
    expect(JSON.stringify(view)).not.toMatch(/placebo|high|rows|next|protocol/);
  });
});

describe("a request", { tags: ["LOG-002"] }, () => {
  const stamp = { at: "2026-03-01T09:00:00Z", actor: "N. Berg", request: "8c6f-1" };

  it("is answered by one event of the log", () => {
    const desk = open();
    const first = chainEvent(desk.state, assignNext(desk.state, { participant: "P-1", stratum: F }), stamp);
    const state = applyEvent(desk.state, first);
    expect([answerOf(state, "8c6f-1"), answerOf(state, "8c6f-2")]).toEqual([2, undefined]);
    const second = assignNext(state, { participant: "P-2", stratum: F });
    expect(codeOf(() => chainEvent(state, second, stamp))).toBe("conduct.request_repeated");
    expect(chainEvent(state, second, { ...stamp, request: "8c6f-2" }).request).toBe("8c6f-2");
  });

  it.each(["", "two words", "x".repeat(129), "über"])("has no id such as %j", (request) => {
    const { state } = open();
    const body = assignNext(state, { participant: "P-1", stratum: F });
    expect(codeOf(() => chainEvent(state, body, { ...stamp, request }))).toBe("conduct.request_invalid");
  });
});

describe("the shape of a list", () => {
  it("is read from its blinded manifest", () => {
    const list = draw(planOf({ strata: [{ factor: "site", levels: ["01", "02"] }] }));
    const manifest = JSON.parse(JSON.stringify(blindedManifest(list, [], listBinding(list)))) as object;
    expect(blindedListOf(manifest)).toEqual(boundList(list));
    expect(codeOf(() => blindedListOf({ ...manifest, factors: [] }))).toBe("list.manifest_invalid");
  });
});
