// The programs that `allocell script --dose` writes, run by real Python and R. ALLOCELL_DOSE_ORDERS says for how many
// orders; every fifth of them is also changed in one digit of each amount.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Preparation } from "../../src/dose/index.js";
import { toDoseScript } from "../../src/reproduce/index.js";
import { makeDesk } from "../unit/cli/harness.js";
import { randomAnswers, type Answer } from "./recomputeAnswers.js";

const count = Number(process.env["ALLOCELL_DOSE_ORDERS"] ?? "40");
const PROGRAMS = [
  ["python", process.env["ALLOCELL_PYTHON"] ?? "python3", "py"],
  ["r", process.env["ALLOCELL_RSCRIPT"] ?? "Rscript", "R"],
] as const;
const isAbsent = (program: string): boolean => spawnSync(program, ["--version"]).status !== 0;

const folder = mkdtempSync(join(tmpdir(), "allocell-recompute-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (name: string, answer: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof answer === "string" ? answer : JSON.stringify(answer));
  return file;
};

interface Said {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Runs a program on files, each with its line; the folder is cut off. */
function ask(interpreter: string, ending: string, files: readonly string[], ...options: readonly string[]): Said {
  const argv = [join(folder, `recompute.${ending}`), ...options, ...files];
  const { status, stdout, stderr } = spawnSync(interpreter, argv, { encoding: "utf8", maxBuffer: 1e9 });
  if (stderr !== "") throw new Error(stderr);
  return { code: status, lines: stdout.replaceAll(`${folder}/`, "").trimEnd().split("\n") };
}

const stepsOf = ({ preparation: { steps, then = [] } }: Answer): number =>
  then.reduce((sum, own) => sum + own.steps.length, steps.length);

/** An answer with a value put in at a path. */
function withValue<T>(whole: T, [name, ...rest]: readonly (string | number)[], value: unknown): T {
  if (name === undefined) return value as T;
  const copy = (Array.isArray(whole) ? [...(whole as unknown[])] : { ...whole }) as Record<string | number, unknown>;
  copy[name] = withValue(copy[name], rest, value);
  return copy as T;
}

/** One digit up, the last one before what follows the number. */
const digitChanged = (text: string): string =>
  text.replace(/^[^ ]*/u, (number) => number.replace(/\d(?=\D*$)/u, (digit) => String((Number(digit) + 1) % 10)));

interface Change {
  readonly path: readonly (string | number)[];
  readonly text: string;
  /** How the answer of the program begins, behind its component. */
  readonly named: string;
}

const PARTS = "weight surface target containers rules delivered infusion stability dayTotals together".split(" ");

/** Amounts of the results: texts that begin with a number. What is a name, a day or a rule of the order is none. */
function resultChanges(value: unknown, path: readonly (string | number)[]): readonly Change[] {
  if (typeof value === "string") {
    const name = path.join(".");
    const isAmount = /^-?\d[\d,.]*(?: |$)/u.test(value) && !/\.(?:lot|weighedBy|words)$|^target\.rule/u.test(name);
    return isAmount ? [{ path, text: digitChanged(value), named: `result ${name}: ` }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, own]) =>
    resultChanges(own, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

/** One digit of each amount of one component. */
function changesOf(preparation: Preparation, at: readonly (string | number)[]): readonly Change[] {
  const steps = preparation.steps.flatMap(({ id, inputs, exact, result, worked }, i): Change[] => {
    const named = `step ${i + 1}, ${id} `;
    const path = [...at, "steps", i];
    const shown = ` ${result.value.replace(/\B(?=(?:\d{3})+(?!\d))/gu, ",")}`;
    return [
      ...inputs.map(({ value }, j) => ({ path: [...path, "inputs", j, "value"], text: digitChanged(value), named })),
      { path: [...path, "exact"], text: digitChanged(exact), named },
      { path: [...path, "result", "value"], text: digitChanged(result.value), named },
      // Numbers with more than six places are printed shortened, and not held against the line.
      ...(/\.\d*,|\.\d{4}/u.test(shown) || !worked.includes(shown)
        ? []
        : [{ path: [...path, "worked"], text: worked.replaceAll(shown, ` ${digitChanged(shown.trim())}`), named }]),
    ];
  });
  const results = PARTS.flatMap((part) => resultChanges(preparation[part as keyof Preparation], [part]));
  return [...steps, ...results.map(({ path, ...own }) => ({ ...own, path: [...at, ...path] }))];
}

const allChanges = ({ preparation }: Answer): readonly Change[] => {
  const { then = [] } = preparation;
  const placed = (place: number, own: readonly Change[]): readonly Change[] =>
    own.map((one) => (then.length === 0 ? one : { ...one, named: `component ${place}, ${one.named}` }));
  return [
    ...placed(1, changesOf(preparation, [])),
    ...then.flatMap((own, i) => placed(i + 2, changesOf(own, ["then", i]))),
  ];
};

describe("recomputing preparations without allocell", { tags: ["PREP-013", "REPRO-001"] }, () => {
  let answers: readonly Answer[] = [];
  let files: readonly string[] = [];
  beforeAll(async () => {
    answers = await randomAnswers(count);
    files = answers.map((answer, i) => fileOf(`${i}.json`, answer));
    for (const [language, , ending] of PROGRAMS)
      writeFileSync(join(folder, `recompute.${ending}`), toDoseScript(language));
  }, 900_000);

  it("takes random orders of every way of dosing", () => {
    const kinds = new Set(
      answers.map(({ preparation }) => `${preparation.order.dose.from} ${preparation.target.rule.kind}`),
    );
    for (const kind of ["protocol per-kg", "protocol per-m2", "protocol flat", "protocol whole-containers"])
      expect(kinds).toContain(kind);
    for (const kind of ["trial per-kg", "trial per-m2", "product per-kg"]) expect(kinds).toContain(kind);
    expect(answers.some(({ preparation: { then } }) => then !== undefined)).toBe(true);
    expect(answers.some(({ preparation: { containers } }) => containers.length > 1)).toBe(true);
  });

  describe.each(PROGRAMS)("in %s (skipped without %s)", (language, interpreter, ending) => {
    const isWithout = isAbsent(interpreter);
    if (isWithout) console.warn(`SKIPPED: ${count} orders in ${language}, because ${interpreter} does not run.`);

    it.skipIf(isWithout)(`agrees to the digit with ${count} random orders`, { timeout: 1_800_000 }, () => {
      const { code, lines } = ask(interpreter, ending, files);
      const expected = answers.map((answer, i) => `${i}.json: ${stepsOf(answer)} steps and all results agree`);
      expect(lines).toEqual(expected);
      expect(code).toBe(0);
    });

    it.skipIf(isWithout)("names the step or the result of which one digit was changed", { timeout: 1_800_000 }, () => {
      // One amount of each worksheet, another kind from sheet to sheet.
      const changed = answers
        .filter((_, i) => i % 5 === 0)
        .map((answer, i) => {
          const changes = allChanges(answer);
          const change = changes[(i * 7) % changes.length];
          if (change === undefined) throw new Error("a worksheet without an amount");
          return {
            change,
            file: fileOf(`changed-${i}.json`, withValue(answer, ["preparation", ...change.path], change.text)),
          };
        });
      const { code, lines } = ask(
        interpreter,
        ending,
        changed.map(({ file }) => file),
      );
      const differing = changed.filter(
        ({ change }, i) => lines[i]?.startsWith(`changed-${i}.json: ${change.named}`) !== true,
      );
      expect(differing.map(({ change }, i) => [change, lines[i]])).toEqual([]);
      expect(lines).toHaveLength(changed.length);
      expect(code).toBe(1);
    });

    it.skipIf(isWithout)("finds an order that is another one, or should not have been prepared", () => {
      const [answer] = answers.filter(
        ({ preparation: { order } }) => order.dose.from === "protocol" && order.weight !== undefined,
      );
      const drawn = answers.find(({ preparation }) => preparation.target.rule.kind === "per-kg");
      if (answer === undefined || drawn === undefined) throw new Error("no such order");
      const order = ["preparation", "order"];
      const { weightKg = "" } = drawn.preparation.order.weight ?? {};
      const another = fileOf("another.json", withValue(drawn, [...order, "weight", "weightKg"], `${weightKg}1`));
      const limit = { maximum: { kind: "flat", amount: "1" } };
      const above = fileOf("above.json", withValue(drawn, [...order, "dose", "hard"], limit));
      expect(ask(interpreter, ending, [another, above])).toEqual({
        code: 1,
        lines: [
          expect.stringMatching(/^another\.json: step \d+, (?:weight|reweigh) \(/u),
          "above.json: not to be prepared: the dose is outside its hard limits",
        ],
      });
    });

    it.skipIf(isWithout)("says what it has not compared, and shows its steps when asked", () => {
      const [first] = answers;
      if (first === undefined) throw new Error("no order");
      const unknown = fileOf("unknown.json", withValue(first, ["preparation", "order", "dose", "from"], "memory"));
      const blinded = fileOf("blinded.json", { command: "prepare", blinded: {}, files: [] });
      const broken = fileOf("broken.json", '{ "command": "prepare", ');
      const { code, lines } = ask(interpreter, ending, [unknown, blinded, broken, join(folder, "none.json")]);
      expect(code).toBe(2);
      expect(lines.map((line) => line.split(": not compared: ").length)).toEqual([2, 2, 2, 2]);
      expect(lines[0]).toBe(
        "unknown.json: not compared: a dose from 'memory' is not known here".replaceAll(
          "'",
          language === "python" ? "'" : "",
        ),
      );
      expect(ask(interpreter, ending, []).code).toBe(2);
      const shown = ask(interpreter, ending, files.slice(0, 1), "--show");
      const all = [first.preparation, ...(first.preparation.then ?? [])].flatMap(({ steps }) => steps);
      const ofOrder = shown.lines.filter((line) => line.startsWith("  order."));
      expect(ofOrder).toContain(`  order.preparedOn: "${first.preparation.order.preparedOn}"`);
      expect(ofOrder.length).toBeGreaterThan(10);
      const ofSteps = shown.lines.slice(1 + ofOrder.length);
      expect(ofSteps.map((line) => line.replace(/^.*: exact/u, "exact"))).toEqual(
        all.map(({ exact, result }) => `exact ${exact}, result ${result.value}`),
      );
    });
  });

  it.skipIf(isAbsent("python3"))("names every amount of which one digit was changed", { timeout: 1_800_000 }, () => {
    const some = answers.flatMap((answer, i) =>
      i % 5 === 0 ? [{ answer: files[i], changes: allChanges(answer) }] : [],
    );
    const jobs = fileOf("jobs.json", some);
    const runner = join(import.meta.dirname, "recomputeRunner.py");
    const { stdout, stderr } = spawnSync("python3", [runner, join(folder, "recompute.py"), jobs], {
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    if (stderr !== "") throw new Error(stderr);
    const said = JSON.parse(stdout) as readonly (readonly (string | null)[])[];
    const missed = some.flatMap(({ changes }, i) =>
      changes.flatMap((change, j) => (said[i]?.[j]?.startsWith(change.named) === true ? [] : [[change, said[i]?.[j]]])),
    );
    expect(missed.slice(0, 5)).toEqual([]);
    expect(some.flatMap(({ changes }) => changes).length).toBeGreaterThan(some.length * 30);
  });

  it.skipIf(isAbsent("python3"))("is written by the command, and reads what `prepare --json` writes", async () => {
    const desk = makeDesk();
    const { answer } = await desk.json("script", "--dose", "--lang", "python");
    expect(answer).toMatchObject({ program: "dose", language: "python", file: "recompute-dose.py" });
    const { stdout } = await desk.run(
      "prepare",
      join(process.cwd(), "examples/products/order-breyanzi.yaml"),
      "--json",
    );
    desk.write("answer.json", stdout);
    const argv = [desk.path("recompute-dose.py"), desk.path("answer.json")];
    const said = spawnSync("python3", ["-I", ...argv], { encoding: "utf8" });
    expect(said.stdout).toMatch(/answer\.json: \d+ steps and all results agree\n$/u);
    expect((await desk.run("script", "--dose", "--lang", "python")).code).toBe(2);
    expect((await desk.run("script", "--lang", "python")).stderr).toContain("cli.usage");
    expect((await desk.run("script", "made", "--dose", "--lang", "python")).stderr).toContain("cli.option_unneeded");
  });
});
