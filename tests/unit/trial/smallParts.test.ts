import { describe, expect, it } from "vitest";
import { isPartialDate, parseAdministrations, toAdministrationsText } from "../../../src/trial/index.js";
import { isCalendarDate } from "../../../src/calendar/index.js";
import { nearestKeys } from "../../../src/foundation/index.js";
import { faultsOf } from "./issuesOf.js";

describe("isCalendarDate and isPartialDate", () => {
  it.each([
    ["2024-02-29", true],
    ["2023-02-29", false],
    ["1900-02-29", false],
    ["2000-02-29", true],
    ["2025-04-31", false],
    ["2025-12-31", true],
    ["2025-00-10", false],
    ["2025-01-00", false],
    ["2025-1-1", false],
    ["2025-06-28T00:00", false],
  ])("%s: %s", (text, exists) => {
    expect(isCalendarDate(text)).toBe(exists);
    expect(isPartialDate(text)).toBe(exists);
  });

  it("a partial date may end with the month", () => {
    expect(isPartialDate("2027-09")).toBe(true);
    expect(isCalendarDate("2027-09")).toBe(false);
    expect(isPartialDate("2027-13")).toBe(false);
    expect(isPartialDate("2027")).toBe(false);
  });
});

describe("parseAdministrations", () => {
  it.each([
    ["1", { count: 1 }],
    ["2 every 28 days", { count: 2, intervalDays: 28 }],
    ["10 every 1 day", { count: 10, intervalDays: 1 }],
  ])("reads %s", (text, administrations) => {
    expect(parseAdministrations(text, "")).toEqual(administrations);
    expect(toAdministrationsText(administrations)).toBe(text);
  });

  it.each(["", "0", "2", "1 every 7 days", "-1", "1.5", "2 every 0 days", "two", " 1"])("refuses %j", (text) => {
    expect(faultsOf(() => parseAdministrations(text, "here"))).toEqual(["trial.administrations_invalid here"]);
  });
});

describe("nearestKeys", () => {
  it("puts the most similar first, and no more than three", () => {
    const known = ["dose.cap", "dose.countBasis", "route", "allocation.ratio"];

    expect(nearestKeys("allocation.Ration", known)[0]).toBe("allocation.ratio");
    expect(nearestKeys("rute", known)).toHaveLength(3);
    expect(nearestKeys("rute", known)[0]).toBe("route");
    expect(nearestKeys("x", [])).toEqual([]);
  });
});
