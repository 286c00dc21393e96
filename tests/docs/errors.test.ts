import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/codes/index.js";

const PAGE = new URL("../../docs/errors.md", import.meta.url);
const FOLDER = new URL("../../docs/errors/", import.meta.url);
const FIRST_TABLE = "\n## The pages\n";

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

/** The table of the pages, at the end of docs/errors.md. */
const tableOfPages = (): string =>
  [
    "",
    row(["codes", "how many"]),
    row(["---", "---"]),
    ...prefixes.map((prefix) => row([`[\`${prefix}.…\`](errors/${prefix}.md)`, String(codesOf(prefix).length)])),
    "",
  ].join("\n");

describe("docs/errors.md and the pages of its folder", () => {
  it("have every code, as the table of codes says (ALLOCELL_UPDATE=1 rewrites them)", async () => {
    const [head = ""] = readFileSync(PAGE, "utf8").split(FIRST_TABLE);
    const pages = new Map(prefixes.map((prefix) => [new URL(`${prefix}.md`, FOLDER), pageOf(prefix)]));
    pages.set(PAGE, head + FIRST_TABLE + tableOfPages());
    for (const [file, text] of pages) {
      const wanted = await format(text, { parser: "markdown", printWidth: 120 });
      if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(file, wanted);
      expect(readFileSync(file, "utf8")).toBe(wanted);
    }
    expect(readdirSync(FOLDER).sort()).toEqual(prefixes.map((prefix) => `${prefix}.md`).sort());
  });

  it("says each in whole sentences", () => {
    for (const [code, [meaning, remedy]] of Object.entries(ERROR_CODES)) {
      for (const text of [meaning, remedy]) expect(text, code).toMatch(/^(?:Warning: )?[A-Z0-9`"].*[.!?]$/u);
    }
  });
});

describe("the table of codes", () => {
  it("has no code that is made nowhere", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
      /^(?!codes\W).*\.tsx?$/.test(path),
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
