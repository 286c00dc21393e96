import { describe, expect, it } from "vitest";
import { AUDIT_RULES } from "../../../src/audit/index.js";
import { auditPlanOf, example, said, verdictOf } from "./exampleAudit.js";

/** Verdicts of the rules from 1 on: p pass, w warn, n not applicable, ? for a person. */
const EXPECTED: readonly (readonly ["sle" | "t1d" | "t2d" | "uc", string])[] = [
  // Rule 13: blocks of 4 among four arms.
  ["sle", "pppppppn?pppw????p????p?ppp?"],
  // Rule 10: a list filled to its length; rule 11: one stratum; rule 13: 2:1 in blocks of 3.
  ["t1d", "pppppppn?wnpw????p????p?pppn"],
  // Rules 5 and 6: the last block is cut; rule 13: one size.
  ["t2d", "ppppwwpn?pnpw????p????p?pppn"],
  // Rule 18: a flat dose.
  ["uc", "pppppppn?wnpw????n????p?ppp?"],
];

const LETTERS = { pass: "p", warn: "w", fail: "F", "not-applicable": "n", "needs-person": "?" } as const;
const lettersOf = (name: "sle" | "t1d" | "t2d" | "uc"): string => {
  const report = auditPlanOf(example(name));
  return AUDIT_RULES.map((_, i) => LETTERS[verdictOf(report, i + 1)]).join("");
};

describe("the plans of the examples", () => {
  it.each(EXPECTED)("%s", (name, letters) => {
    expect(lettersOf(name)).toBe(letters);
  });

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
