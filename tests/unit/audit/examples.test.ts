import { describe, expect, it } from "vitest";
import { auditPlanOf, example, said } from "./exampleAudit.js";

describe("the plans of the examples", () => {
  it("say what is weak about each", () => {
    const warned = (name: "sle" | "t1d" | "t2d" | "uc"): string => {
      const report = auditPlanOf(example(name));
      return [5, 6, 10, 13]
        .flatMap((rule) => said(report, rule))
        .filter((text) => text.startsWith("warn"))
        .join("\n");
    };
    expect(warned("sle")).toContain("smallest block, 4, is one ratio set");
    expect(warned("t1d")).toContain("share 0.367");
    expect(warned("t1d")).toContain("made for its length");
    expect(warned("t2d")).toContain("share 0.300");
    expect(warned("t2d")).toContain("as the plan's lastBlock: cut allows");
    expect(warned("uc")).toContain("share 0.410");
  });
});
