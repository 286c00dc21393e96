import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, weekday } from "../../src/calendar/index.js";
import { planRepeatAdministrations, type RepeatPlan } from "../../src/dose/index.js";
import { AllocellError } from "../../src/foundation/index.js";

const plans: fc.Arbitrary<RepeatPlan & { readonly minimumSpacingDays: number }> = fc
  .record({
    start: fc.integer({ min: 0, max: 400 }),
    steps: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
    spacing: fc.integer({ min: 1, max: 7 }),
    early: fc.integer({ min: 0, max: 3 }),
    late: fc.integer({ min: 0, max: 6 }),
    anchor: fc.constantFrom("planned" as const, "actual-first" as const),
    weekend: fc.constantFrom("none" as const, "previous" as const, "next" as const, "nearest" as const),
    holidays: fc.array(fc.integer({ min: 0, max: 420 }), { maxLength: 4 }),
  })
  .map(({ start, steps, spacing, early, late, anchor, weekend, holidays }) => ({
    first: addDays("2026-01-01", start),
    count: steps.length + 1,
    offsetDays: steps.reduce<number[]>((days, step) => [...days, (days.at(-1) ?? 0) + step], [0]),
    minimumSpacingDays: spacing,
    window: { earlyDays: early, lateDays: late, anchor },
    weekend,
    holidays: holidays.map((day) => addDays("2026-01-01", day)),
    weigh: "every-administration" as const,
  }));

describe("repeat administrations", { tags: ["CAL-001"] }, () => {
  it("keep the minimum spacing between the dates on which they are given, and stay in their windows", () => {
    let planned = 0;
    fc.assert(
      fc.property(plans, (plan) => {
        let repeats;
        try {
          repeats = planRepeatAdministrations(plan);
        } catch (error) {
          if (!AllocellError.is(error) || error.code !== "calendar.window_empty") throw error;
          return;
        }
        planned += 1;
        repeats.forEach(({ workingDate, window, warnings }, index) => {
          const before = repeats[index - 1];
          if (before !== undefined) {
            expect(daysBetween(before.workingDate, workingDate)).toBeGreaterThanOrEqual(plan.minimumSpacingDays);
          }
          if (window !== undefined) expect(workingDate >= window.from && workingDate <= window.to).toBe(true);
          const isFree = weekday(workingDate).startsWith("S") || plan.holidays.includes(workingDate);
          expect(warnings.map(({ code }) => code)).toEqual(isFree ? ["calendar.weekend"] : []);
        });
      }),
      { numRuns: 3000 },
    );
    expect(planned).toBeGreaterThan(500);
  });

  it("moves the next window with a moved date: 3 days apart, forward over a weekend", () => {
    const plan = (first: string, offsetDays: readonly number[]): readonly string[] =>
      planRepeatAdministrations({
        first,
        count: offsetDays.length,
        offsetDays,
        minimumSpacingDays: 3,
        window: { earlyDays: 0, lateDays: 4, anchor: "planned" },
        weekend: "next",
        holidays: [],
        weigh: "first-only",
      }).map(({ workingDate }) => workingDate);
    expect(plan("2026-03-04", [0, 3, 6])).toEqual(["2026-03-04", "2026-03-09", "2026-03-12"]);
    expect(plan("2026-03-07", [0, 3])).toEqual(["2026-03-09", "2026-03-12"]);
  });
});
