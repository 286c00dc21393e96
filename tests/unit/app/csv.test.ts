/* The page's small reader and writer of CSV say what the packages of the command say. */
import { parse as theirParse } from "csv-parse/sync";
import { stringify as theirStringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "../../../src/app/platform/csv.js";

const READING = { delimiter: ",", relax_column_count: true, max_record_size: 100_000 };
const SIGNS = ["a", '"', ",", "\n", "é"];

/** What a reader makes of a text; of a quote that is not closed nobody asks the line. */
function said(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    const { code, lines } = error as { code: string; lines: number };
    return code === "CSV_QUOTE_NOT_CLOSED" ? code : `${code} ${lines}`;
  }
}

function* textsUpTo(length: number): Generator<string> {
  yield "";
  if (length > 0) for (const rest of textsUpTo(length - 1)) for (const sign of SIGNS) yield sign + rest;
}

describe("CSV in a page", { tags: ["PAGE-001", "FILE-002"] }, () => {
  it("is read as csv-parse reads it, every text of up to six signs", () => {
    let compared = 0;
    for (const text of textsUpTo(6)) {
      const theirs = said(() => theirParse(text, { ...READING, record_delimiter: "\n" }));
      const ours = said(() => parse(text, READING));
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours, JSON.stringify(text)).toEqual(theirs);
      compared += 1;
    }
    expect(compared).toBe(19_531);
  });

  it("is refused where a record is longer than is read", () => {
    for (const cell of ["a".repeat(99_999), "é".repeat(50_001), "中".repeat(33_334), "😀".repeat(25_001)]) {
      const text = `a,b\n${cell},1\n`;
      const theirs = said(() => theirParse(text, { ...READING, record_delimiter: "\n" }));
      expect(said(() => parse(text, READING))).toEqual(theirs);
    }
  });

  it("comes back from what is written, in lines that end in CR LF", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", " ", "é") });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const text = rows.map((row) => `${stringify([row], { delimiter: "," })}\r\n`).join("");
        expect(parse(text, READING)).toEqual(rows);
      }),
    );
  });

  it("is written as csv-stringify writes it", () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom('"', "a,b", "\r", "x\ny", ";"),
      fc.integer(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(",", ";", "\t"),
        (cells, delimiter) => {
          const theirs = theirStringify([cells], {
            delimiter,
            eof: false,
            quoted_match: /[\r\n]/,
            cast: { boolean: String },
          });
          expect(stringify([cells], { delimiter })).toBe(theirs);
        },
      ),
    );
  });
});
