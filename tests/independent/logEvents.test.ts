// A second program for the events of a log, written from docs/conduct.md, docs/conduct-dynamic.md and
// docs/conduct-open-part.md, opens, extends and verifies logs with all event types, and so does the package.
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allocateInLog,
  applyEvent,
  assignNext,
  chainEvent,
  EMPTY_CONDUCT,
  extendDynamicLog,
  forceNext,
  openDynamicLog,
  openListLog,
  openPartLog,
  participantsOf,
  readLog,
  replaceInLog,
  replaceNext,
  skipNext,
  toLogLine,
  verifyDynamic,
  type ConductBody,
  type ConductState,
} from "../../src/allocation/index.js";
import {
  parseEscalationDesign,
  proposalAt as proposalOfPackage,
  type ConductedDesign,
} from "../../src/escalation/index.js";
import { AllocellError } from "../../src/foundation/index.js";
import { parseDynamicPlan, type BoundList } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { fraction } from "./list/wholeNumbers.js";
import { minimization } from "./list/secondDynamic.js";
import { drawsOf, seedMark, streamKey, testSeed } from "./list/secondStream.js";
import { canonical, lineOf, Refused, sha256, textOf, without, type Body, type Stamp } from "./logEvents/chain.js";
import { proposalAt } from "./logEvents/openPart.js";
import { numberOf, summaryOf, type Levels } from "./logEvents/positions.js";
import { verifyLog, type Read } from "./logEvents/verifyLog.js";

const SALT = "0123456789abcdef0123456789abcdef";
const stampOf = (body: Body, at: string): Stamp => ({
  at,
  actor: "N. Berg",
  ...("arm" in body || "given" in body || "planHash" in body ? { salt: SALT } : {}),
});

/** The log that the second program writes of these bodies. */
const written = (bodies: readonly Body[], at = (index: number): string => timeOf(index)): string =>
  bodies.reduce((log, body, index) => log + lineOf(log, body, stampOf(body, at(index))), "");
const timeOf = (index: number): string => new Date(Date.UTC(2026, 2, 1, 9, index)).toISOString().replace(".000Z", "Z");

/** The code that the second program refuses a log with; undefined where it reads it. */
function refusedBySecond(log: string): { code: string; line: number } | undefined {
  try {
    verifyLog(log);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.fault;
    throw error;
  }
}

const lineIn = (path: string): number | undefined => {
  const line = /^lines\.(\d+)/u.exec(path)?.[1];
  return line === undefined ? undefined : Number(line);
};

/** The codes that the package refuses a log with, and the line of the first. */
function refusedByPackage(log: string): { codes: readonly string[]; line: number | undefined } | undefined {
  try {
    readLog(log);
    return undefined;
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { codes: error.issues.map(({ code }) => code), line: lineIn(error.issues[0].path) };
  }
}

/** The package's own summary of a log, to be compared with the second program's. */
function seenByPackage(log: string): ReturnType<typeof summaryOf> {
  const { state } = readLog(log);
  const people = participantsOf(state);
  return {
    participants: Object.fromEntries(people.map(({ participant, number }) => [participant, number])),
    entered: people.length,
    isGateOpen: state.opening?.waitsFor === undefined || state.isGateOpen === true,
  };
}

const seenBySecond = (read: Read): ReturnType<typeof summaryOf> =>
  read.kind === "escalation" ? { participants: {}, entered: 0, isGateOpen: true } : summaryOf(read.standing);

/** Bodies of a log, as the package makes events and lines of them. */
function writtenByPackage(log: string): string {
  let [state, text]: [ConductState, string] = [EMPTY_CONDUCT, ""];
  for (const event of verifyLog(log).events) {
    const { at, actor, salt, request } = event as Record<string, unknown>;
    const body = without(event, "seq", "previous", "hash", "at", "actor", "salt", "request");
    const stamp = { at, actor, ...(salt === undefined ? {} : { salt }), ...(request === undefined ? {} : { request }) };
    const chained = chainEvent(state, body as unknown as ConductBody, stamp as never);
    state = applyEvent(state, chained);
    text += toLogLine(chained);
  }
  return text;
}

const numbers = { prefix: "R", digits: 4 };
const shape = (rows: number, ...sites: readonly string[]): unknown =>
  sites.map((site) => ({ levels: [["site", site]], code: site, rows }));
const [BINDING, LONGER] = ["ab".repeat(32), "cd".repeat(32)];
const OPENED: Body = {
  ...{
    type: "opened",
    kind: "list",
    format: "allocell-log-1",
    status: "TEST",
    trial: "DEMO",
    part: "main",
    list: "DEMO-A",
  },
  ...{ numbers, strata: shape(6, "01", "02"), binding: BINDING, caps: [{ stratum: { site: "02" }, most: 5 }] },
};
const at01 = { stratum: { site: "01" } };
const at02 = { stratum: { site: "02" } };
const reason = "as the file says";

/** Every type of event of the log of a list. */
const LIST_LOG: readonly Body[] = [
  { ...OPENED, waitsFor: "open" },
  {
    type: "gate-opened",
    part: "open",
    basis: "12".repeat(32),
    dataCut: "2026-02-20",
    decidedOn: "2026-02-27",
    decidedBy: "Board",
  },
  { type: "assigned", participant: "P-1", ...at01, sequence: 1, number: "TR010001" },
  { type: "assigned", participant: "P-2", ...at02, sequence: 1, number: "TR020001" },
  { type: "dispensed", participant: "P-2", administration: 1, kit: "K-1047" },
  { type: "withdrawn", participant: "P-1", reason },
  { type: "forced", participant: "P-3", ...at01, position: "used", sequence: 2, number: "TR010002", reason },
  { type: "forced", participant: "P-4", ...at01, position: "skipped", sequence: 3, reason },
  { type: "forced", participant: "P-5", ...at01, position: "none", reason, arm: "placebo" },
  { type: "skipped", ...at01, sequence: 4, reason },
  { type: "replaced", participant: "P-1", by: "P-6", ...at01, sequence: 5, number: "TR010005", reason },
  { type: "wrong-stratum", participant: "P-2", trueStratum: { site: "01" }, reason },
  { type: "wrong-treatment", participant: "P-2", reason, given: "cells" },
  { type: "ineligible-kept", participant: "P-2", reason },
  { type: "code-broken", participant: "P-2", reason: "SAE 2" },
  { type: "cap-set", ...at02, most: 8, reason },
  { type: "extended", kind: "list", strata: shape(9, "01", "02", "03"), binding: LONGER, extends: BINDING, reason },
  { type: "assigned", participant: "P-7", stratum: { site: "03" }, sequence: 1, number: "TR030001" },
];

/** The types of events in the tables of a page. */
const typesIn = (page: string): readonly string[] => [
  ...new Set(
    [...readFileSync(`docs/${page}.md`, "utf8").matchAll(/^\| type +\|.*\n\|[-| ]+\|\n((?:\|.*\n)+)/gmu)].flatMap(
      ([, rows = ""]) => [...rows.matchAll(/^\| `([a-z-]+)`/gmu)].map(([, type = ""]) => type),
    ),
  ),
];
const TYPES_OF_LIST = typesIn("conduct");

const SEED = "hand example TEST";
const dynamicPlan = (length: number, ...sites: readonly string[]): Record<string, unknown> => ({
  ...{ trial: "DEMO", part: "main", list: "DEMO-D", arms: { cells: 1, placebo: 1 } },
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
  factors: [
    { factor: "site", levels: sites, weight: 2 },
    { factor: "sex", levels: ["F", "M"] },
  ],
  length,
});

/** The factors as a log has them: their weights are those of the plan, and stand in its hash alone. */
const withoutWeights = (plan: Record<string, unknown>): unknown =>
  (plan["factors"] as readonly { factor: string; levels: readonly string[] }[]).map(({ factor, levels }) => ({
    factor,
    levels,
  }));

/** Arms by the second program for minimization, from the events before. */
function armsOfSecond(past: readonly { readonly stratum: Levels; readonly arm: string }[], stratum: Levels): string {
  const arms = ["cells", "placebo"];
  const factors = [
    { levels: ["01", "02", "03"], name: "site" },
    { levels: ["F", "M"], name: "sex" },
  ];
  const profile = (levels: Levels): number[] => factors.map(({ name, levels: own }) => own.indexOf(levels[name] ?? ""));
  const law = { kind: "fixed", probability: fraction(4n, 5n), ties: "lot" } as const;
  const balls = minimization({
    ...{ ratio: [1, 1], measure: "range", law },
    factors: [
      { levels: 3, weight: 2 },
      { levels: 2, weight: 1 },
    ],
  })(
    past.map((one) => ({ arm: arms.indexOf(one.arm), profile: profile(one.stratum) })),
    profile(stratum),
  );
  const place = [["participant", String(past.length + 1)]] as const;
  const draw = drawsOf(streamKey(testSeed(SEED), "allocell-ps-1", "DEMO-D", "allocation", place));
  return arms[draw(balls.reduce((a, b) => a + b, 0n)) < (balls[0] ?? 0n) ? 0 : 1] ?? "";
}

/** Hashes and fields of a dynamic opening, by docs/conduct-dynamic.md. */
function dynamicParts(plan: Record<string, unknown>): { planHash: string; ruleHash: string; seedMark: string } {
  const factors = plan["factors"] as readonly { factor: string; levels: readonly string[]; weight?: number }[];
  const whole = {
    ...plan,
    arms: Object.entries(plan["arms"] as Record<string, number>).map(([arm, ratio]) => ({ arm, ratio })),
    numbers,
    assumptions: {},
  };
  const rule = {
    ...whole,
    factors: factors.map(({ factor, weight }) => ({ factor, ...(weight === undefined ? {} : { weight }) })),
  };
  const ofRule = without(rule, "length", "assumptions");
  return {
    planHash: sha256(canonical(whole)),
    ruleHash: sha256(canonical(ofRule)),
    seedMark: seedMark(testSeed(SEED), "allocell-ps-1", "DEMO-D"),
  };
}

/** A dynamic log with each of its events, arms drawn by the second program. */
function dynamicLog(): readonly Body[] {
  const plan = dynamicPlan(8, "01", "02");
  const longer = dynamicPlan(12, "01", "02", "03");
  const past: { stratum: Levels; arm: string }[] = [];
  const add = (body: Body & { readonly stratum: Levels }, arm = armsOfSecond(past, body.stratum)): Body => {
    past.push({ stratum: body.stratum, arm });
    return { ...body, arm };
  };
  const place = (): { sequence: number; number: string } => {
    const sequence = past.length + 1;
    return { sequence, number: `TR${String(sequence).padStart(4, "0")}` };
  };
  const enter = (participant: string, site: string, sex: string): Body =>
    add({ type: "assigned", participant, stratum: { site, sex }, ...place() });
  return [
    {
      ...{ type: "opened", kind: "dynamic", format: "allocell-log-1", status: "TEST", trial: "DEMO", part: "main" },
      ...{ list: "DEMO-D", numbers, caps: [], arms: ["cells", "placebo"], algorithm: "allocell-ps-1" },
      ...{ factors: withoutWeights(plan), length: 8, ...dynamicParts(plan) },
    },
    enter("P-1", "01", "F"),
    enter("P-2", "01", "M"),
    add(
      { type: "forced", participant: "P-3", stratum: { site: "02", sex: "F" }, position: "used", ...place(), reason },
      "placebo",
    ),
    enter("P-4", "01", "F"),
    { type: "withdrawn", participant: "P-2", reason },
    add({ type: "replaced", participant: "P-2", by: "P-5", stratum: { site: "01", sex: "M" }, ...place(), reason }),
    { type: "wrong-treatment", participant: "P-4", given: "placebo", reason },
    {
      type: "extended",
      kind: "dynamic",
      factors: withoutWeights(longer),
      length: 12,
      planHash: dynamicParts(longer).planHash,
      reason,
    },
    enter("P-6", "03", "M"),
  ];
}

const DESIGN = {
  ...{ trial: "NCT06407297", part: "open", startLevel: 1 },
  levels: [{ label: "low" }, { label: "medium" }, { label: "high" }],
  rule: { kind: "3+3", variant: "de-escalate", needSixAtMtd: false, maxTotal: "none", stopCohortWhenDecided: false },
  conduct: {
    window: { throughStudyDay: 28, dosingIsDay: 1 },
    gapsDays: [14, 7],
    reviewDays: 5,
    lateDlt: "count",
    mostReplacements: 1,
  },
} as const;
const enters = (participant: string, cohort: number, dosedOn: string, more: Record<string, unknown> = {}): Body => ({
  ...{ type: "entered", participant, cohort, dosedOn, ...more },
});
const judged = (participant: string, outcome: string, on: string, more: Record<string, unknown> = {}): Body => ({
  ...{ type: "dlt-assessed", participant, outcome, on, assessedBy: "Dr. Lee", ...more },
});
const decided = (decidedOn: string): { decidedOn: string; decidedBy: string } => ({
  decidedOn,
  decidedBy: "Safety committee",
});
const override = { reason: "agreed with the sponsor", by: "Dr. Lee" };

/** Every type of event of the log of an open part: two cohorts, a replacement, a late DLT, an early dosing, the end. */
const PART_LOG: readonly Body[] = [
  { type: "opened", kind: "escalation", format: "allocell-log-1", status: "TEST", design: DESIGN },
  { type: "cohort-opened", cohort: 1, level: 1, size: 3 },
  enters("P-1", 1, "2026-03-02"),
  enters("P-2", 1, "2026-03-17"),
  enters("P-3", 1, "2026-03-20", { override }),
  judged("P-1", "no-dlt", "2026-03-29"),
  judged("P-2", "no-dlt", "2026-04-13"),
  judged("P-3", "no-dlt", "2026-04-16"),
  {
    type: "cohort-decided",
    dataCut: "2026-04-16",
    rule: { action: "escalate", level: 2, size: 3 },
    level: 2,
    ...decided("2026-04-17"),
  },
  { type: "cohort-opened", cohort: 2, level: 2, size: 3 },
  enters("P-4", 2, "2026-04-22"),
  judged("P-4", "not-evaluable", "2026-05-01", { reason: "moved away" }),
  enters("P-5", 2, "2026-05-06", { replaces: "P-4" }),
  enters("P-6", 2, "2026-05-14"),
  enters("P-7", 2, "2026-05-22"),
  judged("P-5", "dlt", "2026-05-20"),
  judged("P-6", "no-dlt", "2026-06-10"),
  judged("P-7", "no-dlt", "2026-06-18"),
  { type: "late-dlt", participant: "P-6", on: "2026-06-20", assessedBy: "Dr. Lee" },
  {
    ...{
      type: "cohort-decided",
      dataCut: "2026-07-01",
      rule: { action: "de-escalate", level: 1, size: 3 },
      level: null,
    },
    ...{ ...decided("2026-07-01"), reason: "the part ends here" },
  },
  {
    type: "part-closed",
    dataCut: "2026-07-02",
    recommended: null,
    level: 1,
    ...decided("2026-07-03"),
    reason: "the committee takes level 1",
  },
];
const LATE = (): string => "2026-12-31T09:00:00Z";

const LOGS: readonly (readonly [name: string, log: string])[] = [
  // An instant may have another offset than that of UTC.
  ["of a list", written(LIST_LOG, (index) => (index === 3 ? "2026-03-01T10:03:00+01:00" : timeOf(index)))],
  ["of a dynamic allocation", written(dynamicLog())],
  ["of an open part", written(PART_LOG, LATE)],
];

describe(
  "a second program for the events of a log",
  { tags: ["LOG-001", "LOG-002", "LOG-005", "DYN-002", "ESC-005", "ESC-006"] },
  () => {
    it("writes every type of event", () => {
      const types = (name: string): readonly string[] =>
        [...new Set(verifyLog(new Map(LOGS).get(name) ?? "").events.map(({ type }) => type))].sort();
      expect(types("of a list")).toEqual([...TYPES_OF_LIST].sort());
      expect(types("of an open part")).toEqual([...typesIn("conduct-open-part")].sort());
      // The tables have every type of the package, and no other.
      const declared = ["src/allocation/event.ts", "src/escalation/conduct/partEvent.ts"].flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/^ {2}readonly type: (.+);$/gmu)].flatMap(([, union = ""]) =>
          [...union.matchAll(/"([a-z-]+)"/gu)].map(([, type = ""]) => type),
        ),
      );
      const told = new Set([...TYPES_OF_LIST, ...typesIn("conduct-open-part")]);
      expect([...told].sort()).toEqual([...new Set(declared)].sort());
      expect(types("of a dynamic allocation")).toEqual(
        expect.arrayContaining(["assigned", "extended", "forced", "replaced"]),
      );
    });

    it.each(LOGS)("opens and extends a log %s that the package reads, and writes to the byte", (_, log) => {
      expect(refusedByPackage(log)).toBeUndefined();
      expect(seenByPackage(log)).toEqual(seenBySecond(verifyLog(log)));
      expect(readLog(log).state.head).toBe(verifyLog(log).events.at(-1)?.hash);
      expect(writtenByPackage(log)).toBe(log);
    });

    it("makes the hashes of a dynamic allocation as the package does, and draws its arms", () => {
      const log = written(dynamicLog());
      const [plan, longer] = [dynamicPlan(8, "01", "02"), dynamicPlan(12, "01", "02", "03")].map(parseDynamicPlan);
      const seed = Seed.test(SEED);
      if (plan === undefined || longer === undefined) throw new Error("two plans");
      const [opened, extended] = verifyLog(log).events.filter(({ type }) => type === "opened" || type === "extended");
      expect(opened).toMatchObject(JSON.parse(JSON.stringify(openDynamicLog(plan, seed))) as object);
      expect(extended).toMatchObject({ planHash: dynamicParts(dynamicPlan(12, "01", "02", "03")).planHash });
      expect(verifyDynamic(longer, seed, readLog(log))).toBeUndefined();
    });

    it("verifies and extends what the package writes of a list", () => {
      const list: BoundList = {
        ...{ status: "TEST", trial: "DEMO", part: "main", list: "DEMO-A", numbers, binding: BINDING },
        strata: [
          { levels: [["site", "01"]], code: "01", rows: 6 },
          { levels: [["site", "02"]], code: "02", rows: 6 },
        ],
      };
      let [state, log]: [ConductState, string] = [EMPTY_CONDUCT, ""];
      const add = (body: ConductBody, request?: string): void => {
        const stamp = { at: timeOf(state.events), actor: "N. Berg", ...(request === undefined ? {} : { request }) };
        const salt = "arm" in body || "given" in body ? { salt: SALT } : {};
        const event = chainEvent(state, body, { ...stamp, ...salt });
        state = applyEvent(state, event);
        log += toLogLine(event);
      };
      add(openListLog(list, [{ stratum: {}, most: 9 }]));
      add(assignNext(state, { participant: "P-1", stratum: { site: "01" } }), "form-1");
      add(skipNext(state, { stratum: { site: "01" }, reason }));
      add(forceNext(state, { participant: "P-2", stratum: { site: "01" }, position: "used", reason, arm: "cells" }));
      add(replaceNext(state, { participant: "P-1", by: "P-3", stratum: { site: "01" }, reason }));
      add({ type: "dispensed", participant: "P-3", administration: 1, kit: "K-1" });
      expect(seenBySecond(verifyLog(log))).toEqual(seenByPackage(log));
      for (const body of LIST_LOG.slice(5).filter(({ type }) =>
        ["wrong-treatment", "cap-set", "extended"].includes(type),
      )) {
        const own = { ...body, ...("participant" in body ? { participant: "P-3" } : {}) };
        log += lineOf(log, own, stampOf(own, "2026-03-02T00:00:00Z"));
      }
      expect(seenBySecond(verifyLog(log))).toEqual(seenByPackage(log));
      // The same request twice, and the first number of the list once more, are refused by both.
      const again: Body = { type: "assigned", participant: "P-9", ...at01, sequence: 5, number: "TR010005" };
      for (const [body, stamp, code] of [
        [again, { request: "form-1" }, "conduct.request_repeated"],
        [{ ...again, sequence: 1, number: "TR010001" }, {}, "conduct.position_taken"],
        [{ ...again, arm: "cells" }, { salt: SALT }, "conduct.arm_not_here"],
        [{ ...again, stratum: {} }, {}, "conduct.covariate_missing"],
        [{ type: "wrong-treatment", participant: "P-3", reason, given: "cells" }, {}, "conduct.salt_missing"],
      ] as const) {
        const longer = log + lineOf(log, body, { at: "2026-03-02T00:00:00Z", actor: "N. Berg", ...stamp });
        expect(refusedBySecond(longer)?.code).toBe(code);
        expect(refusedByPackage(longer)?.codes).toContain(code);
      }
    });

    it("verifies what the package writes of a dynamic allocation", () => {
      const plan = parseDynamicPlan(dynamicPlan(8, "01", "02"));
      const seed = Seed.test(SEED);
      let [state, log]: [ConductState, string] = [EMPTY_CONDUCT, ""];
      const add = (body: ConductBody): void => {
        const event = chainEvent(state, body, { at: timeOf(state.events), actor: "N. Berg", salt: SALT });
        state = applyEvent(state, event);
        log += toLogLine(event);
      };
      const stratum = { site: "01", sex: "F" };
      add(openDynamicLog(plan, seed, [{ stratum: { site: "02" }, most: 1 }]));
      for (const participant of ["P-1", "P-2", "P-3"])
        add(allocateInLog(readLog(log), plan, seed, { participant, stratum }).body);
      add(replaceInLog(readLog(log), plan, seed, { participant: "P-1", by: "P-4", stratum, reason }).body);
      add(extendDynamicLog(state, parseDynamicPlan(dynamicPlan(9, "01", "02", "03")), reason));
      const read = verifyLog(log);
      expect(seenBySecond(read)).toEqual(seenByPackage(log));
      const past: { stratum: Levels; arm: string }[] = [];
      for (const event of read.events.filter((one) => one["arm"] !== undefined)) {
        expect(event["arm"]).toBe(armsOfSecond(past, stratum));
        past.push({ stratum, arm: textOf(event, "arm") });
      }
      expect(past).toHaveLength(4);
    });

    it("says of every data cut what the package says that the rule says", () => {
      const log = written(PART_LOG, LATE);
      const lines = log.split("\n");
      const design = parseEscalationDesign(DESIGN) as ConductedDesign;
      expect(readLog(`${lines[0] ?? ""}\n`).state.openPart?.design).toEqual(openPartLog(design, "TEST").design);
      for (let count = 2; count < lines.length; count += 1) {
        const beginning = `${lines.slice(0, count).join("\n")}\n`;
        const { state } = readLog(beginning);
        const read = verifyLog(beginning);
        if (state.openPart === undefined || read.kind !== "escalation") throw new Error("the log of an open part");
        for (const cut of [
          "2026-03-16",
          "2026-03-29",
          "2026-04-15",
          "2026-04-16",
          "2026-05-20",
          "2026-06-18",
          "2026-07-01",
        ]) {
          const ofPackage = proposalOfPackage(state.openPart, cut);
          expect(proposalAt(read.part, cut), `${count} events, ${cut}`).toEqual(ofPackage);
        }
      }
    });

    describe("of random events", () => {
      const people = fc.constantFrom("P-1", "P-2", "P-3", "P-4", "P-5", "p-1");
      const sites = fc.constantFrom("01", "01", "02", "02", "03");
      const candidate = fc.record({
        type: fc.constantFrom(...TYPES_OF_LIST, "assigned", "assigned", "assigned", "forced", "replaced"),
        participant: people,
        by: people,
        site: sites,
        other: sites,
        position: fc.constantFrom("used", "skipped", "none"),
        shift: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1),
        most: fc.integer({ min: 0, max: 3 }),
        rows: fc.integer({ min: 2, max: 5 }),
        isNumbered: fc.constantFrom(true, true, true, false),
      });
      type Candidate = typeof candidate extends fc.Arbitrary<infer One> ? One : never;

      /** A body for the log as it stands: mostly the next free position of the stratum. */
      function bodyOf(read: Read, one: Candidate): Body {
        const { type, participant, by, site, other, position, shift, most, rows, isNumbered } = one;
        if (read.kind === "escalation") throw new Error("a log of a list");
        const { standing } = read;
        const stratum = { site };
        const sequence = Math.max((standing.used.get(JSON.stringify([["site", site]])) ?? 0) + 1 + shift, 1);
        const number = numberOf(standing, isNumbered ? site : "01", sequence);
        switch (type) {
          case "assigned":
            return { type, participant, stratum, sequence, number };
          case "forced":
            return {
              ...{ type, participant, stratum, position, reason },
              ...(position === "none" ? {} : { sequence }),
              ...(position === "used" ? { number } : {}),
            };
          case "skipped":
            return { type, stratum, sequence, reason };
          case "replaced":
            return { type, participant, by, stratum, sequence, number, reason };
          case "wrong-stratum":
            return { type, participant, trueStratum: { site: other }, reason };
          case "dispensed":
            return { type, participant, administration: most + 1, kit: `K-${most}${rows}` };
          case "cap-set":
            return { type, stratum: most > 1 ? {} : stratum, most, reason };
          case "extended":
            return {
              type,
              kind: "list",
              strata: shape(rows, "01", "02", "03"),
              binding: sha256(`${rows}${most}`),
              extends: standing.binding,
              reason,
            };
          case "gate-opened":
            return {
              type,
              part: "open",
              basis: BINDING,
              dataCut: "2026-01-01",
              decidedOn: "2026-01-02",
              decidedBy: "Board",
            };
          case "opened":
            return OPENED;
          default:
            return { type, participant, reason };
        }
      }

      it("accepts and refuses the same as the package, for the same reason", () => {
        const seen = new Set<string>();
        fc.assert(
          fc.property(fc.boolean(), fc.array(candidate, { minLength: 5, maxLength: 25 }), (waits, candidates) => {
            const opening = { ...OPENED, strata: shape(2, "01", "02"), ...(waits ? { waitsFor: "open" } : {}) };
            let log = written([opening]);
            for (const one of candidates) {
              const body = bodyOf(verifyLog(log), one);
              const longer = log + lineOf(log, body, stampOf(body, "2026-03-02T00:00:00Z"));
              const [second, first] = [refusedBySecond(longer), refusedByPackage(longer)];
              expect(first === undefined, JSON.stringify([body, second, first])).toBe(second === undefined);
              if (second === undefined) log = longer;
              else expect(first?.codes, JSON.stringify(body)).toContain(second.code);
              seen.add(second?.code ?? body.type);
            }
            expect(seenByPackage(log)).toEqual(seenBySecond(verifyLog(log)));
          }),
          { numRuns: 150 },
        );
        const codes =
          "cap_reached participant_assigned position_taken gap_unexplained stratum_exhausted number_wrong gate_closed";
        for (const code of codes.split(" ")) expect(seen).toContain(`conduct.${code}`);
      });
    });

    it("finds the damages of a log that the package finds, in the same line", () => {
      const [, log = ""] = LOGS[0] ?? [];
      const lines = log.split("\n").slice(0, -1);
      const join = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
      const swapped = (i: number): string =>
        join(lines.map((line, at) => (at === i ? (lines[i + 1] ?? "") : at === i + 1 ? (lines[i] ?? "") : line)));
      const rewritten = (i: number): string => {
        const before = join(lines.slice(0, i));
        const { at, salt, ...event } = JSON.parse(lines[i] ?? "") as Body & Stamp;
        const own = without(event, "seq", "previous", "hash", "actor") as Body;
        const stamp = { at, actor: "Somebody else", ...(salt === undefined ? {} : { salt }) };
        return before + lineOf(before, own, stamp) + join(lines.slice(i + 1));
      };
      const damaged = lines.slice(1, -1).flatMap((line, k) => {
        const i = k + 1;
        return [
          join(lines.map((own, at) => (at === i ? own.replace("N. Berg", "N. Burg") : own))),
          join(lines.filter((_, at) => at !== i)),
          join([...lines.slice(0, i + 1), line, ...lines.slice(i + 1)]),
          join([...lines.slice(0, i), "no event", ...lines.slice(i)]),
          swapped(i),
          rewritten(i),
        ];
      });
      const found = new Set<string>();
      for (const [index, one] of damaged.entries()) {
        const [second, first] = [refusedBySecond(one), refusedByPackage(one)];
        if (second === undefined) throw new Error(`damage ${index} is not found`);
        expect([first?.codes[0], first?.line], `damage ${index}`).toEqual([second.code, second.line]);
        found.add(second.code);
      }
      const kinds = "event_edited event_missing event_repeated line_foreign events_reordered chain_broken";
      expect([...found].sort()).toEqual(
        kinds
          .split(" ")
          .map((kind) => `conduct.${kind}`)
          .sort(),
      );
      expect(refusedBySecond(log.replaceAll("\n", "\r\n"))?.code).toBe("conduct.line_ends");
      expect(refusedByPackage(log.replaceAll("\n", "\r\n"))?.codes).toEqual(["conduct.line_ends"]);
    });

    it("finds every changed byte that the package finds", () => {
      for (const [name, log] of LOGS) {
        fc.assert(
          fc.property(
            fc.nat({ max: log.length - 2 }),
            fc.constantFrom("0", "a", "Z", " ", '"', "{", "}", ","),
            (at, sign) => {
              fc.pre(log[at] !== sign && log[at] !== "\n");
              const changed = log.slice(0, at) + sign + log.slice(at + 1);
              expect(refusedBySecond(changed), `${name}, ${at}`).toBeDefined();
              expect(refusedByPackage(changed), `${name}, ${at}`).toBeDefined();
            },
          ),
          { numRuns: 150 },
        );
      }
    });
  },
);

describe("the log of a list whose numbers were given", { tags: ["EXCH-003"] }, () => {
  const given = { "01": ["1043", "1010"], "02": ["77-1", "B5"] };
  const opened: Body = { ...OPENED, numbers: { ...numbers, given }, strata: shape(2, "01", "02"), caps: [] };
  const assigned = (participant: string, stratum: Levels, sequence: number, number: string): Body => ({
    ...{ type: "assigned", participant, stratum, sequence, number },
  });
  const bodies = [
    opened,
    assigned("P-1", { site: "02" }, 1, "77-1"),
    assigned("P-2", { site: "01" }, 1, "1043"),
    assigned("P-3", { site: "02" }, 2, "B5"),
  ];

  it("is read alike by both programs, and written alike", () => {
    const log = written(bodies);
    expect(seenBySecond(verifyLog(log))).toEqual(seenByPackage(log));
    expect(seenByPackage(log).participants).toEqual({ "P-1": "77-1", "P-2": "1043", "P-3": "B5" });
    expect(writtenByPackage(log)).toBe(log);
  });

  it("is refused by both where a number is not that of its place", () => {
    const log = written([...bodies, assigned("P-4", { site: "01" }, 2, "TR010002")]);
    expect(refusedBySecond(log)?.code).toBe("conduct.number_wrong");
    expect(refusedByPackage(log)?.codes).toEqual(["conduct.number_wrong"]);
  });
});
