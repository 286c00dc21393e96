import { describe, expect, it } from "vitest";
import { foldId } from "../../../src/foundation/index.js";

describe("one person, one id", () => {
  it.each(["s01-001", "Ｓ01-001", " S01-001 ", "Ｓ０１－００１"])("%j is S01-001", (spelling) => {
    expect(foldId(spelling)).toBe(foldId("S01-001"));
  });

  it("keeps two people apart", () => {
    expect(foldId("S01-001")).not.toBe(foldId("S01-0011"));
    expect(foldId("S01 001")).not.toBe(foldId("S01001"));
  });
});
