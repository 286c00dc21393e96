import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
import {
  allocateInLog,
  assignNext,
  blindedConduct,
  extendListLog,
  forceNext,
  openDynamicLog,
  openListLog,
  participantsOf,
  readLog,
  replaceNext,
  skipNext,
  toLogLine,
  verifyDynamic,
  type ConductBody,
  type ConductState,
  type StratumLevels,
} from "../../src/allocation/index.js";
import { parseDynamicPlan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { blindedShape, bodyOfEvent, openDesk, type Desk } from "../support/conductDesk.js";

/** What somebody tries to do; much of it is refused, which must leave no trace. */
interface Attempt {
  readonly kind: number;
  readonly who: number;
  readonly other: number;
  readonly stratum: StratumLevels;
  readonly position: "used" | "skipped" | "none";
  readonly size: number;
}

const stratum = fc.record({ site: fc.constantFrom("01", "02", "03"), sex: fc.constantFrom("F", "M") });
const attempt: fc.Arbitrary<Attempt> = fc.record({
  kind: fc.nat(11),
  who: fc.nat(15),
  other: fc.nat(25),
  stratum,
  position: fc.constantFrom("used", "skipped", "none"),
  size: fc.integer({ min: 1, max: 12 }),
});

function bodyOf(state: ConductState, { kind, who, other, stratum: levels, position, size }: Attempt): ConductBody {
  const participant = `P-${who}`;
  const reason = "as the protocol says";
  switch (kind) {
    case 0:
      return forceNext(state, {
        participant,
        stratum: levels,
        position,
        reason,
        ...(size > 6 ? { arm: "hidden-arm" } : {}),
      });
    case 1:
      return skipNext(state, { stratum: levels, reason });
    case 2:
      return replaceNext(state, { participant, by: `P-${other}`, stratum: levels, reason });
    case 3:
      return { type: "withdrawn", participant, reason };
    case 4:
      return { type: "wrong-stratum", participant, trueStratum: levels, reason };
    case 5:
      return { type: "wrong-treatment", participant, given: "hidden-arm", reason };
    case 6:
      return extendListLog({ ...blindedShape(3, size), extends: state.bindings.at(-1) ?? "" }, reason);
    case 7:
      return { type: "cap-set", stratum: { site: levels["site"] ?? "" }, most: size, reason };
    default:
      return assignNext(state, { participant: `P-${other}`, stratum: levels });
  }
}

/** Tries everything in turn; returns how many attempts were taken. */
function play(desk: Desk, attempts: readonly Attempt[]): number {
  let taken = 0;
  for (const each of attempts) {
    const before = desk.state;
    try {
      desk.add(bodyOf(desk.state, each));
      taken += 1;
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      expect(desk.state).toBe(before);
    }
  }
  return taken;
}

const history = fc.array(attempt, { minLength: 5, maxLength: 60 }).map((attempts) => {
  const desk = openDesk(openListLog(blindedShape(2, 4)));
  return { desk, taken: play(desk, attempts) };
});

describe("whatever happens in the conduct of a list", { tags: ["LOG-001", "LOG-002", "LOG-005"] }, () => {
  it("no position is given twice, each stratum goes in order, and nothing frees a position", () => {
    let taken = 0;
    fc.assert(
      fc.property(history, ({ desk, taken: count }) => {
        taken += count;
        const used = new Map<string, number>();
        for (const event of desk.events) {
          if (!("sequence" in event)) continue;
          const key = JSON.stringify([event.stratum["site"], event.stratum["sex"]]);
          const next = (used.get(key) ?? 0) + 1;
          expect(event.sequence).toBe(next);
          used.set(key, next);
        }
        const numbers = participantsOf(desk.state).flatMap(({ number }) => number ?? []);
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(1500);
  });

  it("the log read again gives the same state, at every length", () => {
    fc.assert(
      fc.property(history, ({ desk }) => {
        expect(readLog(desk.text()).state).toEqual(desk.state);
      }),
      { numRuns: 100 },
    );
  });

  it("the blinded view holds no treatment, and is the same whatever the treatments are", () => {
    fc.assert(
      fc.property(history, ({ desk }) => {
        const view = blindedConduct(desk.state);
        expect(JSON.stringify(view)).not.toContain("hidden-arm");
        const other = openDesk(openListLog(blindedShape(2, 4)));
        for (const event of desk.events.slice(1)) {
          other.add(JSON.parse(JSON.stringify(bodyOfEvent(event)).replaceAll("hidden-arm", "another")) as ConductBody);
        }
        expect({ ...blindedConduct(other.state), head: "" }).toEqual({ ...view, head: "" });
      }),
      { numRuns: 60 },
    );
  });

  it("a changed, deleted, moved or repeated line is found at the right place", () => {
    const places = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.constantFrom("edit", "delete", "move", "repeat", "swap"));
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(history, places, ({ desk }, [a, b, c, act]) => {
        const lines = desk.events.map(toLogLine);
        fc.pre(lines.length > 3);
        const at = a % lines.length;
        const to = b % lines.length;
        const changed = [...lines];
        let wanted: readonly [code: string, line: number] | undefined;
        if (act === "edit") {
          const line = lines[at]!;
          const place = c % (line.length - 1);
          const letter = line[place] === "x" ? "y" : "x";
          changed[at] = line.slice(0, place) + letter + line.slice(place + 1);
          wanted = ["conduct.event_edited|conduct.line_foreign", at + 1];
        } else if (act === "delete") {
          fc.pre(at < lines.length - 1);
          changed.splice(at, 1);
          wanted = ["conduct.event_missing", at + 1];
        } else if (act === "repeat") {
          changed.splice(to, 0, lines[at]!);
          // Before its own place it comes too early, and then the order is wrong.
          wanted =
            to <= at
              ? to === at
                ? ["conduct.event_repeated", at + 2]
                : ["conduct.events_reordered", to + 1]
              : ["conduct.event_repeated", to + 1];
        } else {
          fc.pre(at !== to);
          if (act === "swap") [changed[at], changed[to]] = [changed[to]!, changed[at]!];
          else changed.splice(to, 0, ...changed.splice(at, 1));
          wanted = ["conduct.events_reordered", Math.min(at, to) + 1];
        }
        seen.set(act, (seen.get(act) ?? 0) + 1);
        let found: AllocellError | undefined;
        try {
          readLog(changed.join(""));
        } catch (error) {
          if (!AllocellError.is(error)) throw error;
          found = error;
        }
        expect(found?.code).toMatch(new RegExp(`^(${wanted[0]})$`));
        expect(found?.path.split(".")[1]).toBe(String(wanted[1]));
      }),
      { numRuns: 500 },
    );
    expect(Math.min(...seen.values())).toBeGreaterThan(30);
    expect(seen.size).toBe(5);
  });

  it("a log cut at any byte opens with everything before the cut line", () => {
    fc.assert(
      fc.property(history, fc.nat(), ({ desk }, n) => {
        const text = desk.text();
        const cut = text.slice(0, n % text.length);
        const whole = cut.split("\n").length - 1;
        const log = readLog(cut);
        const isLineEndMissing = log.end === "line-end-missing";
        expect(log.events).toHaveLength(whole + (isLineEndMissing ? 1 : 0));
        expect(log.events).toEqual(desk.events.slice(0, log.events.length));
      }),
      { numRuns: 200 },
    );
  });

  it("an extension leaves every issued row as it is", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 12, max: 20 }), ({ desk }, rows) => {
        const before = participantsOf(desk.state);
        const extended = desk.state.bindings.at(-1) ?? "";
        desk.add(extendListLog({ ...blindedShape(5, rows), extends: extended }, "two late sites"));
        expect(participantsOf(desk.state)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});

describe("whatever happens in a dynamic allocation", { tags: ["DYN-002", "LOG-001", "LOG-002", "LOG-005"] }, () => {
  const procedures = [
    { kind: "minimization", measure: "variance", law: { kind: "rank", q: "2/3" } },
    { kind: "minimization", measure: "sd", law: { kind: "fixed", probability: "0.8" } },
    { kind: "hu-hu", overallWeight: 1, stratumWeight: 2, probability: "0.85" },
    { kind: "atkinson" },
  ] as const;

  it("the whole trial is made again from plan, seed and what was recorded", () => {
    const steps = fc.array(fc.record({ stratum, forced: fc.option(fc.constantFrom("a", "b"), { freq: 4 }) }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(fc.constantFrom(...procedures), steps, fc.nat(), (procedure, people, salt) => {
        const weight = procedure.kind === "hu-hu" ? { weight: 1 } : {};
        const plan = parseDynamicPlan({
          trial: "DEMO",
          part: "main",
          list: "DYN",
          arms: { a: 1, b: 1 },
          procedure,
          factors: [
            { factor: "site", levels: ["01", "02", "03"], ...weight },
            { factor: "sex", levels: ["F", "M"], ...weight },
          ],
          length: 50,
        });
        const seed = Seed.test(`dynamic ${salt}`);
        const desk = openDesk(openDynamicLog(plan, seed));
        people.forEach(({ stratum: levels, forced }, i) => {
          const participant = `P-${i}`;
          const { body } = allocateInLog(desk, plan, seed, { participant, stratum: levels });
          if (forced === null) desk.add(body);
          else
            desk.add(
              forceNext(desk.state, { participant, stratum: levels, position: "used", arm: forced, reason: "kit" }),
            );
        });
        const log = readLog(desk.text());
        expect(verifyDynamic(plan, seed, log)).toBeUndefined();
        // One assignment turned round, and the chain made anew: the first difference is that one.
        const turned = desk.events.findIndex(({ type }, i) => type === "assigned" && i > people.length / 2);
        if (turned < 0) return;
        const again = openDesk(openDynamicLog(plan, seed));
        for (const [i, event] of desk.events.entries()) {
          if (i === 0) continue;
          const body = bodyOfEvent(event);
          const arm = "arm" in body && body.arm === "a" ? "b" : "a";
          again.add(i === turned ? ({ ...body, arm } as ConductBody) : body);
        }
        expect(verifyDynamic(plan, seed, again)?.seq).toBe(turned + 1);
      }),
      { numRuns: 120 },
    );
  });
});
