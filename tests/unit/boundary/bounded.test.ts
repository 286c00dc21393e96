import { describe, expect, it } from "vitest";
import { predictability, suggest } from "../../../src/assessment/index.js";
import { addMinutes, dateOfLocalTime, minutesBetween, planAdministrations } from "../../../src/calendar/index.js";
import { permutedBlock, readyProcedure } from "../../../src/procedure/index.js";
import { arc4Stream, rIndex, RMersenneTwister, runif, sampleIndexes } from "../../../src/random/index.js";
import { siteSupply } from "../../../src/supply/index.js";
import { issueOf } from "../../support/issueOf.js";

const wrong = (value: unknown): never => value as never;
const codeOf = (call: () => unknown): string => issueOf(call).code;
const urn = permutedBlock({ ratio: [1, 1], sizes: [4] });

describe("what has no end, or takes hours, is refused or bounded", { tags: ["ERR-002"] }, () => {
  it.each([{}, "8", 4.5, NaN, Infinity, -1, null, undefined, [8]])("a list of %j rows", (rows) => {
    const blocks = { kind: "permuted-block", sizes: [4] } as const;
    expect(codeOf(() => readyProcedure(blocks, [1, 1], wrong(rows)))).toBe("procedure.rows_invalid");
  });

  it("a procedure of no known kind", () => {
    expect(codeOf(() => readyProcedure(wrong({ kind: "toss" }), [1, 1], 8))).toBe("procedure.kind_unknown");
    expect(codeOf(() => readyProcedure(wrong({ kind: "toString" }), [1, 1], 8))).toBe("procedure.kind_unknown");
  });

  it.each([4.5, 0, -1, NaN, Infinity, "4", 1e12, undefined])("predictability over %j rows", (rows) => {
    expect(codeOf(() => predictability(urn, { ratio: [1, 1], rows: wrong(rows) }))).toBe("assessment.rows_invalid");
  });

  it("a suggestion for a ratio of a thousand to one, and for merged arms that are too many", () => {
    // Complete randomization, and one law with the names of all other designs that fit: one of 1,001 rows is the second arm's.
    expect(suggest({ n: 58, ratio: [1000, 1] })).toHaveLength(2);
    const candidates = [{ kind: "block-urn", lambda: 2, mergedArms: true } as const];
    expect(codeOf(() => suggest({ n: 58, ratio: [1000, 1], candidates }))).toBe("assessment.option_invalid");
  });

  it("a suggestion for lists of too many rows, or for too many arms", () => {
    expect(codeOf(() => suggest({ n: 2000, ratio: [3, 2, 1] }))).toBe("assessment.rows_invalid");
    expect(codeOf(() => suggest({ n: 10_000, ratio: [1, 1], sites: 3 }))).toBe("assessment.rows_invalid");
    expect(codeOf(() => suggest({ n: 58, ratio: [1000, 1, 1], sites: 2 }))).toBe("assessment.rows_invalid");
    expect(codeOf(() => suggest({ n: 200, ratio: Array.from({ length: 20 }, () => 1) }))).toBe(
      "assessment.too_many_arms",
    );
  });

  it("draws in R's way without a bound", () => {
    const source = new RMersenneTwister(1);
    const request = { n: 2, size: 1e12, replace: true, kind: "Rejection" } as const;
    expect(codeOf(() => sampleIndexes(source, request))).toBe("random.r_sample_invalid");
    expect(codeOf(() => runif(source, 1e12))).toBe("random.r_range_invalid");
  });

  it("a site's supply of nothing", () => {
    expect(codeOf(() => siteSupply(wrong({})))).toBe("input.invalid");
  });
});

describe("the calendar reads no text for a number and no text that is no time", { tags: ["ERR-002"] }, () => {
  const time = "2026-03-29T10:00";
  it.each(["60", 7.5, NaN, Infinity, null, undefined, 60n])("addMinutes(…, %s)", (minutes) => {
    expect(codeOf(() => addMinutes(time, wrong(minutes)))).toBe("calendar.minutes_invalid");
  });

  it.each(["2026-03-29", "2026-03-29T10:00:00", "2026-03-29T24:00", "", 5])("%j is no local time", (text) => {
    for (const call of [
      () => addMinutes(wrong(text), 1),
      () => minutesBetween(time, wrong(text)),
      () => minutesBetween(wrong(text), time),
      () => dateOfLocalTime(wrong(text)),
    ]) {
      expect(codeOf(call)).toBe("calendar.time_invalid");
    }
    expect(addMinutes(time, 60)).toBe("2026-03-29T11:00");
  });

  it("refuses a plan whose windows or offsets are something else", () => {
    const first = "2026-03-29";
    expect(codeOf(() => planAdministrations({ first, count: 1, window: wrong("3") }))).toBe("input.invalid");
    expect(codeOf(() => planAdministrations({ first, count: 2, offsetDays: wrong("03") }))).toBe("input.invalid");
    expect(codeOf(() => planAdministrations({ first, count: 1, actual: wrong(first) }))).toBe("input.invalid");
  });
});

describe("R's two ways to make an index", { tags: ["ERR-002"] }, () => {
  it.each(["rounding", "Rejected", "", undefined, null, 1])("%j is neither", (kind) => {
    const source = new RMersenneTwister(1);
    expect(codeOf(() => rIndex(source, 4, wrong(kind)))).toBe("random.r_kind_unknown");
    expect(codeOf(() => sampleIndexes(source, { n: 4, kind: wrong(kind) }))).toBe("random.r_kind_unknown");
    expect(codeOf(() => sampleIndexes(source, { n: 2, prob: [1, 2], kind: wrong(kind) }))).toBe(
      "random.r_kind_unknown",
    );
  });

  it("draw from a stream of words only", () => {
    expect(rIndex(new RMersenneTwister(42), 4, "Rejection")).toBe(0);
    expect(rIndex(arc4Stream("0".repeat(64)), 1, "Rounding")).toBe(0);
    expect(codeOf(() => rIndex(wrong({}), 4, "Rejection"))).toBe("input.invalid");
  });
});
