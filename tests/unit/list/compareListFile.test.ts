import { describe, expect, it } from "vitest";
import { compareListFile, toMasterCsv } from "../../../src/list/index.js";
import { draw, planOf } from "../../support/plans.js";

const lines = [...toMasterCsv(draw(planOf({ strata: [{ factor: "site", levels: ["01", "02"] }] })))];
const whole = lines.join("");
const swapped = [...lines.slice(0, 4), lines[5]!, lines[4]!, ...lines.slice(6)].join("");

const CHANGED: readonly (readonly [kind: string, line: number, text: string])[] = [
  ["edited", 5, whole.replace(lines[4]!, lines[4]!.replace(/\w+\r\n$/, "xx\r\n"))],
  ["reformatted", 3, whole.replace(",2,TR", ",2.0,TR")],
  ["re-sorted", 5, swapped],
  ["truncated", lines.length, lines.slice(0, -1).join("")],
  ["truncated", lines.length, whole.slice(0, -5)],
  ["truncated", 2, lines[0]!],
  ["surplus-rows", lines.length + 1, `${whole}more\r\n`],
  ["header", 1, whole.replace("status", "State")],
  ["line-ends", 1, whole.replaceAll("\r\n", "\n")],
  ["line-ends", 1, `\uFEFF${whole}`],
  ["line-ends", lines.length, whole.slice(0, -2)],
  ["line-ends", 4, lines.map((line, i) => (i === 3 ? line.replace("\n", "") : line)).join("")],
];

/** The text in pieces of every size up to 7, so that a piece ends at every place, between CR and LF too. */
function* piecesOf(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe("compareListFile", { tags: ["LIST-004"] }, () => {
  it.each(CHANGED)("finds %s at line %i", (kind, line, text) => {
    expect(compareListFile(lines, text)).toMatchObject({ kind, line });
  });

  it("says the same of a text in pieces, wherever they end", () => {
    for (const [, , text] of CHANGED) {
      const found = compareListFile(lines, text);
      for (let size = 1; size <= 7; size += 1) {
        expect(compareListFile(piecesOf(whole, size), piecesOf(text, size))).toEqual(found);
      }
    }
    expect(compareListFile(lines, piecesOf(whole, 3))).toBeUndefined();
  });

  it("holds no more than a line of each text", () => {
    let [read, most] = [0, 0];
    function* counted(side: 1 | -1, last: string): Generator<string> {
      for (let i = 0; i < 50_000; i += 1) {
        read += side;
        most = Math.max(most, Math.abs(read));
        yield `row ${i}\r\n`;
      }
      yield last;
    }
    expect(compareListFile(counted(1, "end\r\n"), counted(-1, "end!\r\n"))).toMatchObject({ line: 50_001 });
    expect(most).toBeLessThanOrEqual(1);
  });

  it("keeps the beginning only of a text that is one endless line", () => {
    function* endless(): Generator<string> {
      for (let i = 0; i < 400; i += 1) yield "x".repeat(65_536);
    }
    const found = compareListFile(lines, endless());
    expect(found?.kind).toBe("header");
    expect(found!.received.length).toBeLessThan(1_100_000);
  });

  it("tells a file in another order from one with a row twice and another left out", () => {
    const twice = [...lines.slice(0, 4), lines[5]!, lines[5]!, ...lines.slice(6)].join("");
    expect(compareListFile(lines, twice)).toMatchObject({ kind: "edited", line: 5 });
  });
});
