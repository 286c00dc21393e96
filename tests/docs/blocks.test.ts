import { describe, expect, it } from "vitest";
import { codeBlocks, type CodeBlock } from "./codeBlock.js";
import { runBlock } from "./runBlock.js";

const blocks = codeBlocks();

describe("code in the documents", () => {
  it.each(blocks.map((block) => [`${block.file}:${block.line}`, block] as const))("%s", async (_, block) => {
    if (block.noRun === undefined) await runBlock(block);
    else expect(block.noRun, "a block that is not run says why").toMatch(/\w+ \w+/);
  });

  it("is nearly always run", () => {
    expect(blocks.filter(({ noRun }) => noRun === undefined).length).toBeGreaterThan(0.8 * blocks.length);
  });
});

describe("the runner of the documents' code", () => {
  const block = (code: string): CodeBlock => ({ file: "test", line: 0, code });

  it.each([
    ["1 + 1; // 3", "a value"],
    ["const x = 1;\nx; // => 2", "a marked value"],
    ['console.log("a"); // "b"', "a printed value"],
    ["[1].map((n) => n + 1);\n// [3]", "a value on the next line"],
    ["const x: number[] = [1]; // [1, 2]", "a declared value"],
    ['import { parseWeightKg } from "allocell";\nparseWeightKg("0"); // throws quantity.other', "another error"],
    ["1 + 1; // throws quantity.not_positive", "no error"],
    ["1 + 1; // => about two", "a marked comment that is no value"],
    ['import { x } from "allocell/nowhere";\nx;', "an unknown room"],
    ['throw new Error("broken");', "a throw"],
  ])("fails on %j (%s)", async (code) => {
    await expect(runBlock(block(code))).rejects.toThrow();
  });

  it.each([
    ["1 + 1; // 2", 1],
    ["({ a: [1] }); // => { a: [1] }", 1],
    ["1 + 1; // the sum", 0],
    ["new Uint8Array([1, 2]); // [1, 2]", 1],
    ["if (true) {\n  1 + 1; // 2\n}", 1],
  ])("counts the values of %j", async (code, count) => {
    expect(await runBlock(block(code))).toBe(count);
  });
});
