import { expect } from "vitest";
import { AllocellError } from "../../src/index.js";
import { toRunnable, type CodeBlock } from "./codeBlock.js";

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
export async function runBlock(block: CodeBlock): Promise<number> {
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
