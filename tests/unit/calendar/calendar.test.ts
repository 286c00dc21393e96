import { describe, expect, it } from "vitest";
import {
  addDays,
  checkActualDate,
  dateOfStudyDay,
  daysBetween,
  parseIsoDate,
  planAdministrations,
  studyDay,
  weekday,
} from "../../../src/calendar/index.js";
import { issueOf } from "../../support/issueOf.js";

describe("dates", { tags: ["CAL-001"] }, () => {
  it.each(["2025-06-28", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("reads %s", (text) => {
    expect(parseIsoDate(text, "date")).toBe(text);
  });

  it.each([
    ["28.06.2025", "date_invalid"],
    ["2025-6-28", "date_invalid"],
    ["2025-06-28T00:00", "date_invalid"],
    ["2025-06", "date_invalid"],
    ["", "date_invalid"],
    [20250628, "date_invalid"],
    ["2025-02-29", "no_such_day"],
    ["1900-02-29", "no_such_day"],
    ["2025-13-01", "no_such_day"],
    ["2025-04-31", "no_such_day"],
    ["2025-00-10", "no_such_day"],
    ["0000-01-01", "no_such_day"],
  ])("refuses %j as calendar.%s", (text, reason) => {
    expect(issueOf(() => parseIsoDate(text, "first")).code).toBe(`calendar.${reason}`);
  });

  it("counts through leap years and to both ends of the calendar", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2025-02-28", 1)).toBe("2025-03-01");
    expect(addDays("2000-02-28", 2)).toBe("2000-03-01");
    expect(addDays("1900-02-28", 1)).toBe("1900-03-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
    expect(addDays("2024-12-31", 1)).toBe("2025-01-01");
    expect(daysBetween("0001-01-01", "9999-12-31")).toBe(3652058);
    expect(daysBetween("2025-06-28", "2025-06-27")).toBe(-1);
    expect(issueOf(() => addDays("9999-12-31", 1)).code).toBe("calendar.out_of_range");
    expect(issueOf(() => addDays("0001-01-01", -1)).code).toBe("calendar.out_of_range");
    expect(issueOf(() => addDays("2025-01-01", 0.5)).code).toBe("calendar.days_invalid");
  });

  it("knows weekdays", () => {
    expect(weekday("1970-01-01")).toBe("Thursday");
    expect(weekday("2000-01-01")).toBe("Saturday");
    expect(weekday("2025-06-28")).toBe("Saturday");
  });
});

describe("study days", { tags: ["CAL-001"] }, () => {
  it("has a Day 1 and a Day -1, and no Day 0", () => {
    expect(studyDay("2025-06-28", "2025-06-28")).toBe(1);
    expect(studyDay("2025-06-27", "2025-06-28")).toBe(-1);
    expect(studyDay("2025-07-26", "2025-06-28")).toBe(29);
    expect(dateOfStudyDay(29, "2025-06-28")).toBe("2025-07-26");
    expect(dateOfStudyDay(-1, "2025-06-28")).toBe("2025-06-27");
    expect(issueOf(() => dateOfStudyDay(0, "2025-06-28")).code).toBe("calendar.no_day_zero");
  });
});

describe("planAdministrations", { tags: ["CAL-001"] }, () => {
  const double = { first: "2025-06-28", count: 2, intervalDays: 28 };

  it("puts the second of two administrations 4 weeks apart on Day 29", () => {
    expect(planAdministrations(double)).toEqual([
      { number: 1, studyDay: 1, date: "2025-06-28" },
      { number: 2, studyDay: 29, date: "2025-07-26" },
    ]);
  });

  it("includes both ends of an asymmetric window", () => {
    const plan = planAdministrations({ ...double, window: { earlyDays: 2, lateDays: 5, anchor: "planned" } });
    const second = plan[1]!;
    expect(second.window).toEqual({ from: "2025-07-24", to: "2025-07-31", anchor: "planned" });
    expect(checkActualDate(second, "2025-07-24")).toEqual([]);
    expect(checkActualDate(second, "2025-07-31")).toEqual([]);
    expect(checkActualDate(second, "2025-07-23")[0]?.code).toBe("calendar.outside_window");
    expect(checkActualDate(second, "2025-08-01")[0]?.path).toBe("administrations.1");
  });

  it("hangs on the actual first date where the anchor says so, provisionally until it is known", () => {
    const window = { earlyDays: 2, lateDays: 2, anchor: "actual-first" } as const;
    expect(planAdministrations({ ...double, window })[1]).toEqual({
      number: 2,
      studyDay: 29,
      date: "2025-07-26",
      window: { from: "2025-07-24", to: "2025-07-28", anchor: "actual-first" },
      provisional: true,
    });
    expect(planAdministrations({ ...double, window, actual: ["2025-07-01"] })).toEqual([
      { number: 1, studyDay: 1, date: "2025-07-01" },
      {
        number: 2,
        studyDay: 29,
        date: "2025-07-29",
        window: { from: "2025-07-27", to: "2025-07-31", anchor: "actual-first" },
      },
    ]);
    const planned = { ...window, anchor: "planned" } as const;
    expect(planAdministrations({ ...double, window: planned, actual: ["2025-07-01"] })[1]?.date).toBe("2025-07-26");
  });

  it("moves the start of a window to keep the spacing, and refuses a window without a day", () => {
    const weekly = { first: "2025-06-02", count: 2, intervalDays: 7 };
    const window = { earlyDays: 5, lateDays: 1, anchor: "planned" } as const;
    const late = (actual: string) =>
      planAdministrations({ ...weekly, window, minimumSpacingDays: 3, actual: [actual] });
    expect(late("2025-06-02")[1]?.window?.from).toBe("2025-06-05");
    expect(late("2025-06-07")[1]?.window).toEqual({ from: "2025-06-10", to: "2025-06-10", anchor: "planned" });
    expect(issueOf(() => late("2025-06-08")).code).toBe("calendar.window_empty");
    expect(planAdministrations({ ...weekly, window, minimumSpacingDays: 3 })[1]?.provisional).toBe(true);
  });

  it.each([
    [{ count: 2 }, "interval_missing"],
    [{ count: 0 }, "plan_invalid"],
    [{ count: 1.5 }, "plan_invalid"],
    [{ count: 2, intervalDays: 0 }, "plan_invalid"],
    [{ count: 1, window: { earlyDays: 1, lateDays: 1 } }, "anchor_missing"],
    [{ count: 1, window: { earlyDays: -1, lateDays: 1, anchor: "planned" } }, "plan_invalid"],
    [{ count: 1, minimumSpacingDays: 3 }, "spacing_without_window"],
    [{ count: 1, actual: ["2025-01-01", "2025-01-02"] }, "plan_invalid"],
    [{ count: 1, first: "2025-02-29" }, "no_such_day"],
  ])("refuses %j as calendar.%s", (change, reason) => {
    const plan = { first: "2025-06-28", ...change } as never;
    expect(issueOf(() => planAdministrations(plan)).code).toBe(`calendar.${reason}`);
  });

  it("returns frozen data", () => {
    const plan = planAdministrations({ ...double, window: { earlyDays: 0, lateDays: 0, anchor: "planned" } });
    expect(Object.isFrozen(plan) && Object.isFrozen(plan[0]) && Object.isFrozen(plan[0]?.window)).toBe(true);
  });
});
