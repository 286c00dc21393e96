// `npm run trace [-- RESULTS.json ...]`: the traceability matrix of one or several runs of tests, as CSV, HTML and JSON in
// node_modules/.cache/allocell/trace; exit code 1 at any hole. Without a file of results it runs all tests first.
// `--last MATRIX.json`, the matrix of the last release: what has fewer tests now is lost, unless the changes of this
// version in CHANGELOG.md name its requirement.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { toTableCsv } from "../src/report/index.js";
import { readKnownIssues, readRequirements } from "./requirements.js";
import { joinedResults, traceMatrix, type Evidence, type Matrix, type TestResult } from "./traceMatrix.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({ options: { last: { type: "string" } }, allowPositionals: true });
const cache = join(root, "node_modules/.cache/allocell");

interface Reported {
  /** In milliseconds since 1970. */
  readonly startTime: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly tags?: readonly string[];
    }[];
  }[];
}

/** All tests of a clone: those of `npm test`, and those that need Debian's strace, PostgreSQL and browsers. */
const SUITES = ["vitest.config.ts", ...["faults", "postgres", "pages"].map((name) => `tests/${name}/vitest.config.ts`)];

function resultFiles(): readonly string[] {
  if (positionals.length > 0) return positionals.map((file) => resolve(root, file));
  return SUITES.map((config, i) => {
    const file = join(cache, "results", `${i}.json`);
    const env = { ...process.env, ALLOCELL_RESULTS: file };
    spawnSync("npx", ["vitest", "run", "--config", config], { cwd: root, stdio: "inherit", env });
    return file;
  });
}

const hasBegunBefore = (file: string, milliseconds: number): boolean =>
  (JSON.parse(readFileSync(file, "utf8")) as Reported).startTime < milliseconds;

function readResults(file: string): readonly TestResult[] {
  const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Reported;
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status, tags = [] }) => ({
      ...{ file: relative(root, name).replaceAll("\\", "/"), name: fullName, status },
      // A tag of a block and of a test in it is one.
      tags: [...new Set(tags)],
    })),
  );
}

function readCases(): readonly { readonly id: string; readonly requirement: string }[] {
  const folder = join(root, "docs/validation/oq");
  return readdirSync(folder).flatMap(
    (name) =>
      (JSON.parse(readFileSync(join(folder, name), "utf8")) as { cases: { id: string; requirement: string }[] }).cases,
  );
}

/** The rows of the last release, and what CHANGELOG.md says of this version. */
function readLast(file: string): NonNullable<Evidence["last"]> {
  const { rows } = JSON.parse(readFileSync(resolve(root, file), "utf8")) as Pick<Matrix, "rows">;
  const [, changes = ""] = readFileSync(join(root, "CHANGELOG.md"), "utf8").split(/^## /mu);
  return { rows, changes };
}

const git = (...argv: readonly string[]): string => execFileSync("git", argv, { cwd: root, encoding: "utf8" }).trim();

const COLUMNS = ["id", "allocell shall", "risk", "clause", "tests passed", "of", "by kind", "docs", "known issues"];

const cellsOf = (row: Matrix["rows"][number]): readonly string[] => [
  ...[row.id, row.text, row.risk, row.clause, String(row.passed), String(row.tests)],
  Object.entries(row.kinds)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(", "),
  ...[row.docs, row.knownIssues.join(", ")],
];

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const line = (tag: string, cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>\n`;

function htmlOf({ rows, faults, untagged }: Matrix, of: string): string {
  const list = (items: readonly string[]): string =>
    `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("\n")}</ul>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Traceability</title>
<style>body{font:14px sans-serif}table{border-collapse:collapse}td,th{border:1px solid;padding:2px 6px;text-align:left;vertical-align:top}</style></head>
<body><h1>Traceability of requirements</h1><p>${escaped(of)}</p>
<h2>Faults: ${faults.length}</h2>${list(faults)}
<table>${line("th", COLUMNS)}${rows.map((row) => line("td", cellsOf(row))).join("")}</table>
<h2>Test files without a tag, for information</h2>${list(untagged)}</body></html>
`;
}

const files = resultFiles();
const matrix = traceMatrix({
  ...{ requirements: readRequirements(), issues: readKnownIssues() },
  ...{ results: joinedResults(files.map(readResults)), cases: readCases() },
  ...(values.last === undefined ? {} : { last: readLast(values.last) }),
  earlier: files
    .filter((file) => hasBegunBefore(file, Number(git("log", "-1", "--format=%ct")) * 1000))
    .map((file) => relative(root, file)),
  changed: git("status", "--porcelain")
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => text.trim().replace(/^\S+ +/u, "")),
});
const { rows, faults } = matrix;
const of = `commit ${git("rev-parse", "HEAD")}, node ${process.versions.node}, ${process.platform}-${process.arch}`;
const folder = join(cache, "trace");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "matrix.csv"), toTableCsv({ columns: COLUMNS, rows: rows.map(cellsOf) }));
writeFileSync(join(folder, "matrix.html"), htmlOf(matrix, of));
writeFileSync(join(folder, "matrix.json"), `${JSON.stringify({ of, faults, rows }, null, 1)}\n`);
for (const fault of faults) console.log(`  ${fault}`);
const tests = new Set(rows.flatMap(({ evidence }) => evidence.map(({ file, name }) => `${file} ${name}`))).size;
console.log(
  `${faults.length === 0 ? "TRACED" : "NOT TRACED"} ${rows.length} requirements, ${tests} tests, ${faults.length} faults; ${of}; ${relative(root, folder)}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
