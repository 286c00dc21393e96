import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dateOfStudyDay,
  daysBetween,
  planAdministrations,
  studyDay,
  weekday,
} from "../../src/calendar/index.js";

// The second count is that of the platform: milliseconds of UTC midnights, which the calendar room never uses.
const MS_A_DAY = 86_400_000;
const SPAN = 1_000_000; // the year 4707; -700 000 is the year 53
const isoOf = (day: number): string => new Date(day * MS_A_DAY).toISOString().slice(0, 10);
const dayNumbers = fc.integer({ min: -700_000, max: SPAN });
const dates = dayNumbers.map(isoOf);

describe("laws of the calendar", { tags: ["CAL-001"] }, () => {
  it("agrees with an independent count of days", () => {
    fc.assert(
      fc.property(dayNumbers, fc.integer({ min: -15_000, max: 15_000 }), (day, days) => {
        expect(addDays(isoOf(day), days)).toBe(isoOf(day + days));
        expect(daysBetween(isoOf(day), isoOf(day + days))).toBe(days);
        const name = new Date(day * MS_A_DAY).toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" });
        expect(weekday(isoOf(day))).toBe(name);
      }),
      { numRuns: 1000 },
    );
  });

  it("walks every day of 800 years without a gap", () => {
    let date = "1800-01-01";
    const start = Date.UTC(1800, 0, 1) / MS_A_DAY;
    for (let day = 0; day < 2 * 146_097; day += 1) {
      if (date !== isoOf(start + day)) expect(date).toBe(isoOf(start + day));
      date = addDays(date, 1);
    }
  });

  it("adds days associatively, and back again", () => {
    const days = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(dates, days, days, (date, a, b) => {
        expect(addDays(addDays(date, a), b)).toBe(addDays(date, a + b));
        expect(addDays(addDays(date, a), -a)).toBe(date);
      }),
    );
  });

  it("has study days that are the inverse of their dates, in order, and never 0", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (reference, offset) => {
        const date = addDays(reference, offset);
        const day = studyDay(date, reference);
        expect(day).not.toBe(0);
        expect(dateOfStudyDay(day, reference)).toBe(date);
        expect(studyDay(addDays(date, 1), reference)).toBeGreaterThan(day);
      }),
    );
  });

  it("plans administrations one interval apart, each inside its own window", () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 90 }),
        fc.nat({ max: 10 }),
        fc.nat({ max: 10 }),
        (first, count, intervalDays, earlyDays, lateDays) => {
          const window = { earlyDays, lateDays, anchor: "planned" } as const;
          const plan = planAdministrations({ first, count, intervalDays, window });
          expect(plan).toHaveLength(count);
          plan.forEach((one, index) => {
            expect(one.studyDay).toBe(studyDay(one.date, first));
            expect(daysBetween(first, one.date)).toBe(index * intervalDays);
            expect(daysBetween(one.window!.from, one.date)).toBe(earlyDays);
            expect(daysBetween(one.date, one.window!.to)).toBe(lateDays);
          });
        },
      ),
    );
  });
});
