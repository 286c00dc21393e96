import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/codes/index.js";

const PAGE = new URL("../../docs/errors.md", import.meta.url);
const FIRST_TABLE = "\n## assessment\n";

/** The tables of the page: one for each prefix, in order. */
function tables(): string {
  const codes = Object.entries(ERROR_CODES).sort(([a], [b]) => (a < b ? -1 : 1));
  const prefixes = [...new Set(codes.map(([code]) => code.split(".")[0] ?? ""))];
  const tableOf = (prefix: string): string => {
    const own = codes.filter(([code]) => code.startsWith(`${prefix}.`));
    const hasParameters = own.some(([, [, , parameters]]) => parameters !== undefined);
    const row = (cells: readonly string[]): string => `| ${cells.slice(0, hasParameters ? 4 : 3).join(" | ")} |`;
    const rows = own.map(([code, [meaning, remedy, parameters = {}]]) => {
      const names = Object.entries(parameters).map(([name, kind]) => `\`${name}\` (${kind})`);
      return row([`\`${code}\``, meaning, remedy, names.join(", ")]);
    });
    const head = row(["code", "meaning", "what to do", "parameters"]);
    return [`## ${prefix}`, "", head, row(["---", "---", "---", "---"]), ...rows, ""].join("\n");
  };
  return `\n${prefixes.map(tableOf).join("\n")}`;
}

describe("docs/errors.md", () => {
  it("has every code, as the table of codes says (ALLOCELL_UPDATE=1 rewrites it)", async () => {
    const page = readFileSync(PAGE, "utf8");
    const [head = ""] = page.split(FIRST_TABLE);
    const wanted = await format(head + tables(), { parser: "markdown", printWidth: 120 });
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(PAGE, wanted);
    expect(readFileSync(PAGE, "utf8")).toBe(wanted);
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
