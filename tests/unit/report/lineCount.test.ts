import { describe, expect, it } from "vitest";
import { linesOf, widthOf } from "../../../src/report/label/lineCount.js";

const POINTS = 10;

describe("the lines of a text on a label", { tags: ["LABEL-001"] }, () => {
  it("are counted by bold letters: narrow ones grow by a quarter", () => {
    const text = "lllllllllllllllllllllllllllllll";
    const width = widthOf(text, POINTS);
    expect(width).toBeGreaterThan(31 * 0.278 * POINTS * (25.4 / 72));
    expect(linesOf(text, POINTS, width + 0.1)).toBe(1);
    expect(linesOf(text, POINTS, width - 0.1)).toBe(2);
  });

  it("are as many as a browser makes that breaks behind each hyphen or slash", () => {
    for (const word of ["refrigerated-", "refrigerator/"]) {
      expect(linesOf(word.repeat(4), POINTS, widthOf(word, POINTS) * 1.8)).toBe(4);
    }
  });

  it("never begin with a Chinese mark, and never end at a space that may not be broken", () => {
    const four = widthOf("避光避光", POINTS) + 0.1;
    expect(linesOf("避光避光", POINTS, four)).toBe(1);
    expect(linesOf("避光避光，避光避光，", POINTS, four)).toBe(3);
    const words = widthOf("15 to 25", POINTS) + 0.1;
    expect(linesOf("15 to 25 °C", POINTS, words)).toBe(2);
    expect(linesOf("keep 15\u00a0to\u00a025", POINTS, words)).toBe(2);
  });
});
