import { readFileSync, writeFileSync } from "node:fs";
import { isScalar, parseDocument, visit } from "yaml";
import { describe, expect, it } from "vitest";
import { readDataFile } from "../../src/cli/dataFile.js";
import type { Io } from "../../src/cli/io.js";
import { utf8Text } from "../../src/cli/utf8Text.js";
import { issueAfter, issueOf } from "../support/issueOf.js";
import { makeDesk } from "../unit/cli/harness.js";

const ORDER = readFileSync("examples/sle/order.yaml", "utf8");
const CSV = "participant,arm,weight_kg\r\nP-1,low,72.4\nP-2,high,60\r\n";

/** Bytes that are no text where only ASCII stands around them: of Latin-1, of GBK, of UTF-16, of half a character. */
const NO_TEXT = [0x00, 0x80, 0xa0, 0xb0, 0xc3, 0xe9, 0xf0, 0xfe, 0xff];

const textOf = (io: Io, file: string): string => [...utf8Text(io, file)].join("");

describe("a file with one wrong byte, or one key twice", { tags: ["FILE-002"] }, () => {
  it("is refused with its line, for nine bytes at every place of a table", () => {
    const desk = makeDesk();
    const io = { cwd: desk.cwd } as Io;
    const bytes = Buffer.from(CSV);
    for (let at = 0; at < bytes.length; at += 1) {
      const line = CSV.slice(0, at).split(/\r\n|\r|\n/u).length;
      for (const byte of NO_TEXT) {
        const wrong = Buffer.from(bytes);
        wrong[at] = byte;
        writeFileSync(desk.path("p.csv"), wrong);
        const issue = issueOf(() => textOf(io, "p.csv"));
        expect([issue.code, (issue as { line?: number }).line], `${at} ${byte}`).toEqual(["cli.not_utf8", line]);
      }
    }
  });

  it("has the same text however its lines end, with a byte-order mark and without", () => {
    const desk = makeDesk();
    const io = { cwd: desk.cwd } as Io;
    const lines = ["a,b", "1,2", "3,4"];
    for (const mark of ["", "\uFEFF"]) {
      for (const first of ["\n", "\r\n", "\r"]) {
        for (const second of ["\n", "\r\n", "\r"]) {
          for (const last of ["\n", "\r\n", "\r"]) {
            desk.write("p.csv", `${mark}${lines[0]}${first}${lines[1]}${second}${lines[2]}${last}`);
            expect(textOf(io, "p.csv"), JSON.stringify([mark, first, second, last])).toBe("a,b\n1,2\n3,4\n");
          }
        }
      }
    }
  });

  it("is refused with its line, for every key of an order in YAML and in JSON", async () => {
    const desk = makeDesk();
    const io = { cwd: desk.cwd } as Io;
    let keys = 0;
    const document = parseDocument(ORDER);
    const ends: [key: string, end: number][] = [];
    visit(document, {
      Pair: (_, { key, value }) => {
        if (isScalar(key) && isScalar(value) && value.range) ends.push([String(key.value), value.range[1]]);
      },
    });
    for (const [key, end] of ends) {
      // In a flow map the key stands behind a comma; in a block, on a line of its own with the same indentation.
      const before = ORDER.slice(0, end);
      const line = before.slice(before.lastIndexOf("\n") + 1);
      const isFlow = line.includes("{");
      const indent = /^[\s-]*/u.exec(line)?.[0].replaceAll("-", " ") ?? "";
      const again = isFlow ? `, ${key}: x` : `\n${indent}${key}: x`;
      desk.write("order.yaml", before + again + ORDER.slice(end));
      const issue = await issueAfter(() => readDataFile(io, "order.yaml"));
      expect([issue.code, issue.message], `${key} ${end}`).toEqual([
        "cli.yaml_invalid",
        "A key stands twice in the same map.",
      ]);
      keys += 1;
    }
    expect(keys).toBeGreaterThan(30);
    const json = JSON.stringify(document.toJS(), null, 1);
    for (const { index, 0: found } of json.matchAll(/"\w+":(?= )/gu)) {
      desk.write("order.json", `${json.slice(0, index)}${found} null, ${json.slice(index)}`);
      const issue = await issueAfter(() => readDataFile(io, "order.json"));
      expect(issue.message, `${found} ${index}`).toBe("A key stands twice in the same map.");
    }
  });
});
