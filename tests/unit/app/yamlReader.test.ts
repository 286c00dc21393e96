/* The page's reader of YAML reads nothing otherwise than the command's, the package `yaml`; what it does not read it refuses. */
import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readYamlText as pageReading } from "../../../src/app/platform/yamlReading.js";
import { yamlText } from "../../../src/app/view/yamlText.js";
import type { Place, YamlData } from "../../../src/cli/index.js";
import { readYamlText as commandReading } from "../../../src/cli/yamlReading.js";

class Refused extends Error {
  readonly place: Place;
  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

const refuse = (message: string, place: Place): never => {
  throw new Refused(message, place);
};

type Read = { readonly data: YamlData } | { readonly refused: Refused };

async function reading(read: typeof pageReading, text: string): Promise<Read> {
  try {
    return { data: await read(text, refuse) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error };
    throw error;
  }
}

/** Whether the page reads a text; if so, the command must read the same. */
async function isRead(text: string): Promise<boolean> {
  const page = await reading(pageReading, text);
  if ("refused" in page) return false;
  const command = await reading(commandReading, text);
  if ("refused" in command) expect(command.refused.message, JSON.stringify(text)).toBe("read");
  else expect(page.data.data, JSON.stringify(text)).toStrictEqual(command.data.data);
  return true;
}

const SIGNS = ["a", ":", " ", "\n", "-", '"', "#", "[", "]", ",", "{", "}", "|", ">", "'", "1"];
const PIECES = [
  ...["a: ", "b:", "- ", "\n", "\n  ", "\n    ", " ", "  ", "#", " # x", "text", "12.50", "0.5E6", "true", "~", "null"],
  ...[
    '"q"',
    '"a\\n\\u4e2d"',
    "'it''s'",
    '"two\n  lines"',
    "[1, a]",
    "{ k: v }",
    "[",
    "]",
    "{",
    "}",
    ",",
    "|\n",
    ">-\n",
    "---\n",
  ],
  ...[
    "&x ",
    "*x",
    "!!str ",
    "? ",
    "<<: ",
    "\t",
    "\r\n",
    "0x1F",
    ".inf",
    "__proto__: ",
    "a b: ",
    "'k': ",
    "中文：",
    "-1",
  ],
];

function* textsUpTo(length: number): Generator<string> {
  yield "";
  if (length > 0) for (const rest of textsUpTo(length - 1)) for (const sign of SIGNS) yield sign + rest;
}

const OURS = ["examples", "docs/validation/oq", "tests/golden"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`))
  .filter((file) => /\.ya?ml$/u.test(file) && !file.includes("/out/"));

describe("YAML in a page", { tags: ["PAGE-001", "FILE-002"] }, () => {
  it("is read as the command reads it, every text of up to three signs", async () => {
    let read = 0;
    for (const text of textsUpTo(3)) if (await isRead(text)) read += 1;
    expect(read).toBeGreaterThan(1000);
  });

  it("is read as the command reads it, whatever pieces are put together", async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), async (pieces) => {
        if (await isRead(pieces.join(""))) read += 1;
      }),
      { numRuns: 6_000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  it.each(OURS)("reads %s, and places each fault as the command does", async (file) => {
    const text = readFileSync(file, "utf8");
    const [page, command] = [await pageReading(text, refuse), await commandReading(text, refuse)];
    expect(page.data).toStrictEqual(command.data);
    const visit = (value: unknown, keys: readonly string[]): void => {
      if (value !== null) expect(page.placeOf(keys), keys.join(".")).toEqual(command.placeOf(keys));
      if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) visit(inner, [...keys, key]);
      }
    };
    visit(page.data, []);
  });

  it("reads whatever a page saves", async () => {
    const leaf = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom("", "- a: b", "# no", "null", "1"),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { noNullPrototype: true, minKeys: 1, maxKeys: 4 }),
      value: fc.oneof({ depthSize: "small" }, leaf, tie("tree"), fc.array(tie("value"), { maxLength: 3 })),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (data) => {
        const text = yamlText(data);
        expect((await pageReading(text, refuse)).data).toStrictEqual(data);
        expect((await commandReading(text, refuse)).data).toStrictEqual(data);
      }),
    );
  });

  it.each([
    ["a key that stands twice", "a: 1\nb: 2\na: 3\n", 3, 1],
    ["a second document", "a: 1\n---\nb: 2\n", 2, 1],
    ["a value that is indented by a tab", "a:\n\tb: 1\n", 2, 1],
    ["an alias", "a: &x 1\nb: *x\n", 1, 4],
    ["a quote that is not closed", 'a: 1\nb: "x\n', 2, 4],
    ["brackets that are not closed", "a: [1, 2\n", 2, 1],
  ])("refuses %s, with line and column", async (_, text, line, column) => {
    const read = await reading(pageReading, text);
    expect("refused" in read && read.refused.place).toEqual({ line, column });
  });
});
