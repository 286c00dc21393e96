/* The standalone programs that replay the log of a dynamic allocation, run as a person would. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  applyEvent,
  chainEvent,
  dynamicAllocator,
  EMPTY_CONDUCT,
  openDynamicLog,
  toLogLine,
  type ConductBody,
} from "../../src/allocation/index.js";
import { parseDynamicPlan, type DynamicPlan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { toDynamicScript } from "../../src/reproduce/index.js";
import { AllocellError } from "../../src/foundation/index.js";

const folder = mkdtempSync(join(tmpdir(), "allocell-dynamic-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const LANGUAGES = [
  ["python", process.env["ALLOCELL_PYTHON"] ?? "python3", "py"],
  ["r", process.env["ALLOCELL_RSCRIPT"] ?? "Rscript", "R"],
] as const;

const planOf = (procedure: object, ratio: readonly number[], weights: readonly (number | undefined)[]): DynamicPlan =>
  parseDynamicPlan({
    trial: "T",
    part: "main",
    list: "D-1",
    arms: Object.fromEntries(ratio.map((w, i) => [`arm "${"ABC"[i]}"`, w])),
    procedure,
    factors: [
      { factor: "site", levels: ["01", "Köln"] },
      { factor: "stage", levels: ["I", "II", "≥III"] },
    ].map((own, i) => ({ ...own, ...(weights[i] === undefined ? {} : { weight: weights[i] }) })),
    length: 60,
  });

const fixed = (probability: string | number, more: object = {}): object => ({ kind: "fixed", probability, ...more });
const minimization = (measure: string, law: object): object => ({ kind: "minimization", measure, law });
const NONE = [undefined, undefined];
const PLANS: readonly (readonly [name: string, plan: DynamicPlan])[] = [
  ["range", planOf(minimization("range", fixed("0.8")), [1, 1], NONE)],
  ["variance 2:2:1", planOf(minimization("variance", fixed("3/4")), [2, 2, 1], [3, 1])],
  ["sd, shared ties", planOf(minimization("sd", fixed("0.9", { ties: "share" })), [1, 1, 1], [2, 1])],
  ["rank", planOf(minimization("range", { kind: "rank", q: "1/2" }), [1, 1, 1], NONE)],
  ["proportional", planOf(minimization("variance", { kind: "proportional", t: "0.7" }), [1, 1, 1], NONE)],
  ["Hu and Hu", planOf({ kind: "hu-hu", overallWeight: 1, stratumWeight: 2, probability: "0.85" }, [1, 1], [1, 0])],
  ["Atkinson", planOf({ kind: "atkinson" }, [1, 1], NONE)],
  [
    "numbers in another form and order",
    parseDynamicPlan({
      ...planOf({ kind: "atkinson" }, [1, 1], NONE),
      numbers: { prefix: "R", digits: 5, mask: "N{sequence}C{check}", shuffle: "order-of-the-trial" },
    }),
  ],
];

/** A log of twelve participants, the sixth of whom replaces the fifth. */
function logOf(plan: DynamicPlan, seed: Seed): readonly string[] {
  const { start, after, next, replace } = dynamicAllocator(plan, seed);
  let [state, past] = [EMPTY_CONDUCT, start];
  const lines: string[] = [];
  const add = (body: ConductBody): void => {
    const salt = String(lines.length).padStart(32, "0");
    const event = chainEvent(state, body, { at: "2026-03-02T08:00:00.000Z", actor: "N. Berg", salt });
    state = applyEvent(state, event);
    past = after(past, event);
    lines.push(toLogLine(event));
  };
  add(openDynamicLog(plan, seed));
  for (let i = 0; i < 12; i += 1) {
    const [site, stage] = plan.factors;
    const stratum = {
      site: site?.levels[(i * 7) % 2] as string,
      stage: stage?.levels[(i * i + 1) % 3] as string,
    };
    const participant = `P-${i}`;
    if (i === 5) add(replace(state, past, { participant: "P-4", by: participant, stratum, reason: "moved" }).body);
    else add(next(state, past, { participant, stratum }).body);
  }
  return lines;
}

function run(command: string, file: string, log: string, seed: string): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, [file, log], { input: `${seed}\n`, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

describe.each(LANGUAGES)("the program in %s", (language, command, ending) => {
  const isAbsent = spawnSync(command, ["--version"]).status !== 0;
  if (isAbsent) console.warn(`SKIPPED: replays of dynamic allocations, because ${command} does not run.`);

  it.skipIf(isAbsent).each(PLANS)("makes every allocation again: %s", { timeout: 60_000 }, (name, plan) => {
    const lines = logOf(plan, Seed.test("replay"));
    const file = join(folder, `${name}.${ending}`);
    const log = join(folder, `${name}.${ending}.log`);
    writeFileSync(file, toDynamicScript(plan, { status: "TEST", language }));
    writeFileSync(log, lines.join(""));
    expect(run(command, file, log, "replay")).toEqual({
      code: 0,
      output: "12 allocations agree: this is TEST dynamic allocation D-1.\n",
    });
    if (name !== "range") return;
    // Another arm for the eighth participant.
    const wrong = lines.map((line, i) => (i === 8 ? line.replace(/arm \\"[AB]\\"/, 'arm \\"X\\"') : line));
    writeFileSync(log, wrong.join(""));
    const { code, output } = run(command, file, log, "replay");
    expect(code).toBe(1);
    expect(output).toMatch(/^Event 9 differs \(participant 8\): arm expected arm "[AB]", found arm "X"\.\n$/);
    expect(run(command, file, log, "another")).toMatchObject({ code: 2 });
  });
});

describe("toDynamicScript", () => {
  it("refuses what R has no numbers for, and writes it in Python", () => {
    const plan = planOf(minimization("sd", { kind: "proportional", t: "1/2" }), [1, 1], NONE);
    try {
      toDynamicScript(plan, { status: "TEST", language: "r" });
      expect.unreachable();
    } catch (error) {
      expect((error as AllocellError).code).toBe("script.procedure_unsupported");
    }
    expect(toDynamicScript(plan, { status: "TEST", language: "python" })).toContain("isqrt");
  });
});
