import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { ERROR_CODES_ZH } from "../../src/cli/chinese/codes/index.js";
import { ERROR_CODES, type ErrorCode } from "../../src/codes/index.js";

/** The pages of a language: the one with the table, and the folder of the others. */
interface Pages {
  readonly page: URL;
  readonly folder: URL;
  readonly firstTable: string;
  readonly pageOf: (prefix: string) => string;
  readonly tableOfPages: () => string;
}
const doc = (path: string): URL => new URL(`../../docs/${path}`, import.meta.url);

const codes = Object.entries(ERROR_CODES).sort(([a], [b]) => (a < b ? -1 : 1));
const prefixOf = (code: string): string => code.split(".")[0] ?? "";
const prefixes = [...new Set(codes.map(([code]) => prefixOf(code)))];
const codesOf = (prefix: string): typeof codes => codes.filter(([code]) => prefixOf(code) === prefix);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** The page of one prefix: its codes in order. */
function pageOf(prefix: string): string {
  const own = codesOf(prefix);
  const width = own.some(([, [, , parameters]]) => parameters !== undefined) ? 4 : 3;
  const rows = own.map(([code, [meaning, remedy, parameters = {}]]) => {
    const names = Object.entries(parameters).map(([name, kind]) => `\`${name}\` (${kind})`);
    return row([`\`${code}\``, meaning, remedy, names.join(", ")].slice(0, width));
  });
  return [
    `# Codes: ${prefix}`,
    "",
    "What errors and warnings are, and what the columns mean, is said in [errors.md](../errors.md).",
    "",
    row(["code", "meaning", "what to do", "parameters"].slice(0, width)),
    row(Array<string>(width).fill("---")),
    ...rows,
    "",
  ].join("\n");
}

/** The same page in Chinese. */
function chinesePageOf(prefix: string): string {
  const rows = codesOf(prefix).map(([code]) => row([`\`${code}\``, ...ERROR_CODES_ZH[code as ErrorCode]]));
  const head = [row(["代码", "含义", "处理"]), row(["---", "---", "---"])];
  return [
    `# 代码：${prefix}`,
    "",
    "错误和警示的说明见 [errors.zh.md](../errors.zh.md)。",
    "",
    ...head,
    ...rows,
    "",
  ].join("\n");
}

/** The table of the pages, at the end of docs/errors.md or docs/errors.zh.md. */
const tableOfPages = (folder: string, titles: readonly string[]): string =>
  [
    "",
    row(titles),
    row(["---", "---"]),
    ...prefixes.map((prefix) => row([`[\`${prefix}.…\`](${folder}/${prefix}.md)`, String(codesOf(prefix).length)])),
    "",
  ].join("\n");

const ENGLISH: Pages = {
  page: doc("errors.md"),
  folder: doc("errors/"),
  firstTable: "\n## The pages\n",
  pageOf,
  tableOfPages: () => tableOfPages("errors", ["codes", "how many"]),
};
const CHINESE: Pages = {
  page: doc("errors.zh.md"),
  folder: doc("errors.zh/"),
  firstTable: "\n## 各页\n",
  pageOf: chinesePageOf,
  tableOfPages: () => tableOfPages("errors.zh", ["代码", "个数"]),
};

describe.each([
  ["docs/errors.md", ENGLISH],
  ["docs/errors.zh.md", CHINESE],
])("%s and the pages of its folder", (_, { page, folder, firstTable, ...of }) => {
  it("have every code, as the table of codes says (ALLOCELL_UPDATE=1 rewrites them)", async () => {
    const [head = ""] = readFileSync(page, "utf8").split(firstTable);
    const pages = new Map(prefixes.map((prefix) => [new URL(`${prefix}.md`, folder), of.pageOf(prefix)]));
    pages.set(page, head + firstTable + of.tableOfPages());
    for (const [file, text] of pages) {
      const wanted = await format(text, { parser: "markdown", printWidth: 120 });
      if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(file, wanted);
      expect(readFileSync(file, "utf8")).toBe(wanted);
    }
    expect(readdirSync(folder).sort()).toEqual(prefixes.map((prefix) => `${prefix}.md`).sort());
  });
});

describe("the text of each code", () => {
  it("says each in whole sentences", () => {
    for (const [code, [meaning, remedy]] of Object.entries(ERROR_CODES)) {
      for (const text of [meaning, remedy]) expect(text, code).toMatch(/^(?:Warning: )?[A-Z0-9`"].*[.!?]$/u);
    }
  });
});

describe("the table of codes", () => {
  it("has no code that is made nowhere", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
      /^(?!codes\W|cli\Wchinese\W).*\.tsx?$/.test(path),
    );
    const literals = new Set(
      files.flatMap((path) => readFileSync(`src/${path}`, "utf8").match(/"[a-zA-Z]+(?:[._][a-zA-Z0-9_]+)*"/g) ?? []),
    );
    // Some codes are put together from their prefix and their reason.
    const isMade = (code: string): boolean =>
      literals.has(`"${code}"`) || literals.has(`"${code.split(".")[1] ?? ""}"`);
    const composed = new Set([
      "dose.age_outside_eligibility",
      "dose.deviation_major",
      "dose.deviation_minor",
      "trial.intervention_unknown",
      "trial.source_unknown",
    ]);
    expect(Object.keys(ERROR_CODES).filter((code) => !isMade(code) && !composed.has(code))).toEqual([]);
  });
});
