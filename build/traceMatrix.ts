// Joins requirements, tests and the results of a run; every hole is a fault. Nothing here reads or writes a file.
import type { KnownIssue, Requirement } from "./requirements.js";

/** A test of a run, as vitest's JSON reporter tells it. */
export interface TestResult {
  /** From the repository's root. */
  readonly file: string;
  readonly name: string;
  readonly status: string;
  readonly tags: readonly string[];
}

/** What the matrix is made of. */
export interface Evidence {
  /** Files that are not as their commit has them: results of such a tree are evidence of nothing. */
  readonly changed: readonly string[];
  /** Files of results of runs that began before the commit was made: they are of another one. */
  readonly earlier: readonly string[];
  readonly requirements: readonly Requirement[];
  readonly issues: readonly KnownIssue[];
  readonly results: readonly TestResult[];
  /** Of each shipped case of `allocell oq` its requirement. */
  readonly cases: readonly { readonly id: string; readonly requirement: string }[];
  /** The matrix of the last release, and the changes since: what is lost is named there by its requirement. */
  readonly last?: { readonly rows: readonly Pick<MatrixRow, "id" | "kinds">[]; readonly changes: string };
}

/** One requirement with what proves it. */
export interface MatrixRow extends Requirement {
  /** Passed tests by kind, the folder of tests/; `oq` for the shipped cases. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly passed: number;
  readonly tests: number;
  readonly knownIssues: readonly string[];
  readonly evidence: readonly TestResult[];
}

export interface Matrix {
  readonly rows: readonly MatrixRow[];
  readonly faults: readonly string[];
  /** Files of the run without any tag: for information. */
  readonly untagged: readonly string[];
}

/**
 * Kinds of test that a mistake in the program does not share: a second program, enumeration, numbers of others, frozen
 * outputs, laws, rules on the sources, and runs in the real surroundings (each system call made to fail, a server, a
 * browser).
 */
const OF_OTHER_ORIGIN: readonly string[] = [
  ...["independent", "script", "exhaustive", "golden", "noreg", "oq", "laws", "architecture"],
  ...["faults", "postgres", "pages"],
];

const kindOf = ({ file }: TestResult): string => /^tests\/([^/]+)\//u.exec(file)?.[1] ?? "elsewhere";

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

/**
 * Results of several runs: a test of one file and name is one test. It failed if it failed in any run, and was skipped
 * only if no run had what it needs.
 */
export function joinedResults(runs: readonly (readonly TestResult[])[]): readonly TestResult[] {
  const joined = new Map<string, TestResult>();
  const rank = ["failed", "passed"];
  const orderOf = ({ status }: TestResult): number => (rank.includes(status) ? rank.indexOf(status) : rank.length);
  for (const result of runs.flat()) {
    const key = `${result.file} ${result.name}`;
    const before = joined.get(key);
    if (before === undefined || orderOf(result) < orderOf(before)) joined.set(key, result);
  }
  return [...joined.values()];
}

/** The matrix, and every reason why it is no evidence. */
export function traceMatrix({ requirements, issues, results, cases, changed, earlier, last }: Evidence): Matrix {
  const known = new Set(requirements.map(({ id }) => id));
  const rows = requirements.map((one): MatrixRow => {
    const evidence = results.filter(({ tags }) => tags.includes(one.id));
    const passed = evidence.filter(({ status }) => status === "passed");
    const kinds: Record<string, number> = {};
    for (const result of passed) kinds[kindOf(result)] = (kinds[kindOf(result)] ?? 0) + 1;
    const oqCases = cases.filter(({ requirement }) => requirement === one.id).length;
    if (oqCases > 0) kinds["oq"] = oqCases;
    return {
      ...one,
      kinds,
      passed: passed.length,
      tests: evidence.length,
      knownIssues: issues.filter((issue) => issue.requirements.includes(one.id)).map(({ id }) => id),
      evidence,
    };
  });
  const unknown = (where: string, id: string): readonly string[] =>
    known.has(id) ? [] : [`${where} names ${id}, which is no requirement`];
  const faults = [
    ...(results.length === 0 ? ["the run has no results"] : []),
    ...changed.map((file) => `${file} is not as the commit has it`),
    ...earlier.map((file) => `${file} has results of a run that began before the commit`),
    ...repeated(requirements.map(({ id }) => id)).map((id) => `${id} stands twice in requirements.yml`),
    ...repeated(cases.map(({ id }) => id)).map((id) => `case ${id} stands twice`),
    ...results.filter(({ status }) => status === "failed").map(({ file, name }) => `failed: ${file}: ${name}`),
    ...results.flatMap(({ file, name, status, tags }) => [
      ...(kindOf({ file, name, status, tags }) === "elsewhere" ? [`${file} is no file of tests/`] : []),
      ...tags.flatMap((id) => unknown(`${file}: ${name}`, id)),
      ...(tags.length > 0 && status !== "passed" && status !== "failed" ? [`${status}: ${file}: ${name}`] : []),
    ]),
    ...cases.flatMap(({ id, requirement }) => unknown(`case ${id}`, requirement)),
    ...issues.flatMap(({ id, requirements: touched }) => touched.flatMap((one) => unknown(`known issue ${id}`, one))),
    ...rows.flatMap(faultsOfRow),
    ...(last === undefined ? [] : lostSince(last, rows)),
  ];
  const tagged = new Set(results.filter(({ tags }) => tags.length > 0).map(({ file }) => file));
  const untagged = [...new Set(results.map(({ file }) => file))].filter((file) => !tagged.has(file)).sort();
  return { rows, faults, untagged };
}

/** Requirements and tests that the last release had, and that no change names. */
function lostSince({ rows: before, changes }: NonNullable<Evidence["last"]>, rows: readonly MatrixRow[]): string[] {
  return before
    .filter(({ id }) => !changes.includes(id))
    .flatMap(({ id, kinds }) => {
      const now = rows.find((row) => row.id === id)?.kinds;
      if (now === undefined) return [`${id} of the last release is no requirement any more`];
      return Object.entries(kinds)
        .filter(([kind, count]) => (now[kind] ?? 0) < count)
        .map(([kind, count]) => `${id} has ${now[kind] ?? 0} tests of kind ${kind}, the last release had ${count}`);
    });
}

/** A requirement needs a passed test of each kind that it names; one of risk A two kinds, one of them of another origin. */
function faultsOfRow({ id, risk, kinds, passed, methods }: MatrixRow): readonly string[] {
  if (passed === 0) return [`${id} has no passed test`];
  const all = Object.keys(kinds);
  const faults = methods
    .filter((kind) => !all.includes(kind))
    .map((kind) => `${id} has no passed test of kind ${kind}`);
  if (risk !== "A") return faults;
  if (all.length < 2) return [...faults, `${id} has risk A and one kind of test alone (${all.join(", ")})`];
  const isOfOther = all.some((kind) => OF_OTHER_ORIGIN.includes(kind));
  return isOfOther ? faults : [...faults, `${id} has risk A and no test of another origin`];
}
