import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { defineTrial, type Assumption, type Contradiction, type Trial } from "../../../src/trial/index.js";
import { TRIALS } from "../../../src/trials/index.js";

const ROOT = new URL("../../../", import.meta.url);
const FOUR = new URL("docs/four-trials.md", ROOT);

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
const code = (text: string | undefined): string => (text === undefined ? "" : `\`${text}\``);
const named = (word: string, ids: readonly string[] | undefined): readonly string[] =>
  ids === undefined ? [] : [`${word}${ids.length === 1 ? "" : "s"} ${ids.join(", ")}`];

function assumptionRow({ key, question, hint, neededFor, arms, parts, answeredBy }: Assumption): string {
  const concerns = [...named("arm", arms), ...named("part", parts)].join("; ") || "all";
  const asked = hint === undefined ? question : `${question} _Hint: ${hint}._`;
  return row(code(key), asked, neededFor.join(", "), concerns, code(answeredBy));
}

function contradictionRow({ id, bearsOn, arms, askedAs, statement, sources }: Contradiction): string {
  const ofArms = named("arm", arms).map((which) => ` (${which})`);
  const asked = askedAs === undefined ? "" : `; asked as ${code(askedAs)}`;
  return row(code(id), `${bearsOn.join(", ")}${ofArms.join("")}${asked}`, statement, sources.join(", "));
}

/** What stands on the page under a trial's heading and what is said of it in prose. */
const tablesOf = ({ assumptions, contradictions }: Trial): string =>
  [
    "Open assumptions:\n",
    row("key", "question", "needed for", "concerns", "answered also by"),
    row("---", "---", "---", "---", "---"),
    ...assumptions.map(assumptionRow),
    "\nContradictions and open points:\n",
    row("id", "bears on", "statement", "sources"),
    row("---", "---", "---", "---"),
    ...contradictions.map(contradictionRow),
  ].join("\n");

/** The page with the tables of each trial as its data are; a trial that is not there yet gets its section. */
function pageOf(page: string): string {
  const [head = "", ...written] = page.split(/^(?=## )/mu);
  const sections = TRIALS.map((trial) => {
    const old = written.find((section) => section.startsWith(`## ${trial.id}`));
    const [above] = (old ?? `## ${trial.id}: ${trial.title}\n\n`).split("Open assumptions:\n");
    return `${above ?? ""}${tablesOf(trial)}\n\n`;
  });
  const others = written.filter((section) => !TRIALS.some(({ id }) => section.startsWith(`## ${id}`)));
  return [head, ...sections, ...others].join("");
}

describe("docs/trials.md and docs/four-trials.md", () => {
  it("show a trial in YAML that can be defined", () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL("docs/trials.md", ROOT), "utf8"))![1]!;

    expect(defineTrial(parse(yaml)).arms[0]!.dose).toMatchObject({ amount: "1000000" });
  });

  it("list assumptions and contradictions of each trial as its data are", async () => {
    const written = readFileSync(FOUR, "utf8");
    const page = await format(pageOf(written), { parser: "markdown", printWidth: 120 });
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(FOUR, page);
    expect(readFileSync(FOUR, "utf8")).toBe(page);
  });
});
