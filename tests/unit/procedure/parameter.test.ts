import { describe, expect, it } from "vitest";
import { exactBalls } from "../../../src/procedure/exactBalls.js";
import { parseParameter } from "../../../src/procedure/parameter.js";
import { fractionText } from "../../../src/quantity/index.js";

describe("parseParameter", () => {
  it.each([
    ["2/3", "2/3"],
    ["4/6", "2/3"],
    ["0.75", "3/4"],
    ["0.70", "7/10"],
    ["3", "3"],
    ["007", "7"],
    [0, "0"],
    [12, "12"],
    ["0/5", "0"],
    ["999999999999999/1000000000000000".slice(0, 31), "999999999999999/100000000000000"],
  ])("reads %j as %s", (input, text) => {
    expect(fractionText(parseParameter(input, "x"))).toBe(text);
  });

  it.each([
    0.75,
    1.5,
    -1,
    Number.NaN,
    Infinity,
    2 ** 53,
    "",
    " 1",
    "1 ",
    "-1",
    "+1",
    "1e3",
    ".5",
    "5.",
    "1/0",
    "1/2/3",
  ])("refuses %j", (input) => {
    expect(() => parseParameter(input, "x")).toThrow(
      expect.objectContaining({ code: "procedure.rational_invalid", path: "x" }) as Error,
    );
  });

  it.each(["1234567890123456", "1/1234567890123456", "0,5", "2∕3", "٣"])("refuses %j", (input) => {
    expect(() => parseParameter(input, "x")).toThrow(
      expect.objectContaining({ code: "procedure.rational_invalid" }) as Error,
    );
  });
});

describe("exactBalls", () => {
  it("gives numbers while the sum is at most 2^53 - 1, and bigints from there on", () => {
    const largest = BigInt(Number.MAX_SAFE_INTEGER);
    expect(exactBalls([largest - 1n, 1n])).toEqual([Number.MAX_SAFE_INTEGER - 1, 1]);
    expect(exactBalls([largest, 1n])).toEqual([largest, 1n]);
  });
});
