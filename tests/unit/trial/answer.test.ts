import { describe, expect, it } from "vitest";
import { defineTrial, readAnswer, type AssumptionFormat } from "../../../src/trial/index.js";
import { uc } from "../../../src/trials/index.js";
import { faultsOf, issuesOf } from "./issuesOf.js";

const read = (format: AssumptionFormat, value: string, byLot?: true): object => {
  const { format: found, ...answer } = readAnswer(
    { key: "the.key", format, ...(byLot === undefined ? {} : { byLot }) },
    value,
  );
  return { ...answer, ...(found === format ? {} : { found }) };
};
const cells = (amount: string): object => ({ amount, unitKind: "viable-cells" });

describe("an answer", () => {
  it.each<[AssumptionFormat, string, object]>([
    ["fraction", "0.85", { fraction: "0.85" }],
    ["fraction", "85 %", { fraction: "0.85" }],
    ["fraction", "85%", { fraction: "0.85" }],
    ["fraction", "1", { fraction: "1" }],
    ["volume", "100 mL", { mL: "100" }],
    ["volume", "100 ml", { mL: "100" }],
    ["volume", "0.1 L", { mL: "100" }],
    ["volume", "1.9 mL", { mL: "1.9" }],
    ["duration", "240 min", { minutes: "240" }],
    ["duration", "4 h", { minutes: "240" }],
    ["duration", "1.5 hours at 2 to 8 °C", { minutes: "90" }],
    ["duration", "240 min after thawing at 15 to 25 °C", { minutes: "240" }],
    ["rate-or-duration", "2.5 mL/min", { mLPerMin: "2.5" }],
    ["rate-or-duration", "150 mL/h", { mLPerHour: "150" }],
    ["rate-or-duration", "100 mL/h", { mLPerHour: "100" }],
    ["rate-or-duration", "0.0025 L/min", { mLPerMin: "2.5" }],
    ["rate-or-duration", "40 min", { minutes: "40" }],
    ["concentration", "10E6 viable cells/mL", { perMl: cells("10000000") }],
    ["concentration", "10 million viable cells/ml", { perMl: cells("10000000") }],
    ["content-in-volume", "20E6 viable cells in 2 mL", { content: cells("20000000"), mL: "2" }],
    ["content-in-volume", "20E6 viable cells in 0.002 L", { content: cells("20000000"), mL: "2" }],
    ["cap", "none", {}],
    ["text", "any words", { text: "any words" }],
  ])("of the format %s: %s", (format, value, answer) => {
    expect(read(format, value)).toEqual(answer);
  });

  it.each<[AssumptionFormat, string]>([
    ["fraction", "about 0.85"],
    ["fraction", "85"],
    ["fraction", "1.01"],
    ["fraction", "0"],
    ["fraction", "0,85"],
    ["volume", "100"],
    ["volume", "100 cc"],
    ["volume", "about 100 mL"],
    ["volume", "100 mL in every arm"],
    ["volume", "100 to 120 mL"],
    ["duration", "240"],
    ["duration", "240 min after thawing, 60 min after preparation"],
    ["duration", "0.01 h"],
    ["duration", "1 day"],
    ["rate-or-duration", "2.5"],
    ["rate-or-duration", "2.5 mL/s"],
    ["concentration", "10E6/mL"],
    ["concentration", "10E6 viable cells"],
    ["content-in-volume", "20E6 viable cells"],
    ["content-in-volume", "20E6 in 2 mL"],
    ["content-in-volume", "by lot"],
    ["text", "  "],
  ])("of the format %s is not: %s", (format, value) => {
    const [issue] = issuesOf(() => readAnswer({ key: "the.key", format }, value));
    expect(issue).toMatchObject({ code: "trial.assumption_invalid", path: 'assumptions."the.key"' });
    expect(issue?.expected).toBeTruthy();
  });

  it('may be "by lot" where the question allows it, and says so where it cannot be read', () => {
    expect(read("fraction", "by lot", true)).toEqual({ found: "by-lot" });
    const [issue] = issuesOf(() => readAnswer({ key: "k", format: "fraction", byLot: true }, "by the lot"));
    expect(issue?.expected).toMatch(/, or "by lot"$/u);
  });

  it("to a question that orders read has that question's format", () => {
    const asked = (format: AssumptionFormat): unknown =>
      defineTrial({
        ...uc,
        assumptions: uc.assumptions.map((each) => (each.key === "infusion.finalVolume" ? { ...each, format } : each)),
      });
    const index = uc.assumptions.findIndex(({ key }) => key === "infusion.finalVolume");
    expect(faultsOf(() => asked("text"))).toEqual([`trial.assumption_format_differs assumptions.${index}.format`]);
    expect(() => asked("volume")).not.toThrow();
  });
});
