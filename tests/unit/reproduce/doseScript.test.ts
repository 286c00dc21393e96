import { describe, expect, it } from "vitest";
import { toDoseScript } from "../../../src/reproduce/index.js";
import { VERSION } from "../../../src/version.js";
import { issueOf } from "../../support/issueOf.js";

describe("the programs that recompute preparations", { tags: ["PREP-013"] }, () => {
  it.each(["python", "r"] as const)("are the same text each time, and name the version: %s", (language) => {
    const program = toDoseScript(language);
    expect(program).toBe(toDoseScript(language));
    expect(program.split("\n", 1)[0]).toContain(`Written by allocell ${VERSION}.`);
    expect(program).not.toContain("@VERSION@");
    expect(program).not.toMatch(/[^\n\x20-\x7e]/u);
    expect(program.endsWith("\n")).toBe(true);
  });

  it("are written in Python and R only", () => {
    expect(issueOf(() => toDoseScript("toString" as "r")).code).toBe("input.invalid");
    expect(issueOf(() => toDoseScript(undefined as unknown as "r")).code).toBe("input.invalid");
  });
});
