import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/index.js";
import { codeBlocks, toRunnable, type CodeBlock } from "./codeBlock.js";

type Body = (...values: readonly unknown[]) => Promise<unknown>;
// eslint-disable-next-line @typescript-eslint/no-empty-function -- the constructor of async functions has no name
const AsyncFunction = (async (): Promise<void> => {}).constructor as new (...source: readonly string[]) => Body;

/** A module as a reader of the docs imports it: `allocell` and its rooms from the sources, all else as installed. */
async function load(name: string): Promise<object> {
  const [library, room = "."] = name.split("/");
  const path = library === "allocell" ? new URL(`../../src/${room}/index.ts`, import.meta.url).href : name;
  return (await import(/* @vite-ignore */ path)) as object;
}

/** A typed array is written as a list in the docs. */
const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;

/** Runs a block as a module of its own; returns how many values it stated. */
async function run(block: CodeBlock): Promise<number> {
  const body = toRunnable(block);
  const modules = new Map<string, object>();
  for (const [, name = ""] of body.matchAll(/\brequire\("([^"]+)"\)/g)) modules.set(name, await load(name));
  const at = (line: number): string => `${block.file}:${block.line + line}`;
  let statedCount = 0;
  const stated = (actual: unknown, expected: unknown, line: number): void => {
    statedCount += 1;
    expect(plain(actual), at(line)).toEqual(expected);
  };
  const refused = async (act: () => Promise<void>, code: string, line: number): Promise<void> => {
    statedCount += 1;
    const error: unknown = await act().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined && !AllocellError.is(error)) throw error as Error;
    expect(error?.code, at(line)).toBe(code);
  };
  const silent = { log: (): void => undefined, error: (): void => undefined };
  const names = ["exports", "require", "console", "stated", "refused"];
  await new AsyncFunction(...names, body)({}, (name: string) => modules.get(name), silent, stated, refused);
  return statedCount;
}

const blocks = codeBlocks();

describe("code in the documents", () => {
  it.each(blocks.map((block) => [`${block.file}:${block.line}`, block] as const))("%s", async (_, block) => {
    if (block.noRun === undefined) await run(block);
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
    await expect(run(block(code))).rejects.toThrow();
  });

  it.each([
    ["1 + 1; // 2", 1],
    ["({ a: [1] }); // => { a: [1] }", 1],
    ["1 + 1; // the sum", 0],
    ["new Uint8Array([1, 2]); // [1, 2]", 1],
    ["if (true) {\n  1 + 1; // 2\n}", 1],
  ])("counts the values of %j", async (code, count) => {
    expect(await run(block(code))).toBe(count);
  });
});
