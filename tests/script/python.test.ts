import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markOf } from "../../src/list/generateList.js";
import { parsePlan, type Plan } from "../../src/list/index.js";
import { ALGORITHMS, type ProcedureKind } from "../../src/procedure/index.js";
import { Seed } from "../../src/random/index.js";
import { masterCsvName, toScript } from "../../src/reproduce/programs/index.js";
import { PYTHON_PROCEDURE } from "../../src/reproduce/programs/python/ofProcedures.js";
import { PLAN_COUNT, regenerationCases, toCase, type RegenerationCase } from "../support/randomPlan.js";

const python = process.env["ALLOCELL_PYTHON"] ?? "python3";
const version = spawnSync(python, ["--version"], { encoding: "utf8" });
const isAbsent = version.error !== undefined || version.status !== 0;
// Loud, so that a machine without Python cannot pass for one that compared.
if (isAbsent) console.warn(`SKIPPED: ${PLAN_COUNT} random plans and 9 runs in Python, because ${python} does not run.`);

const RUNNER = join(import.meta.dirname, "pythonRunner.py");
const folder = mkdtempSync(join(tmpdir(), "allocell-python-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly code: number | null;
  readonly output: string;
}

/** Writes a case's program and list, the list where the program looks for it. */
function writeCase(
  name: string,
  { plan, status, algorithm, masterCsv }: RegenerationCase,
): { program: string; csv: string } {
  const own = mkdtempSync(join(folder, `${name}-`));
  const program = join(own, "program.py");
  const csv = join(own, masterCsvName(plan.list, status));
  writeFileSync(program, toScript(plan, { status, algorithm, language: "python" }));
  writeFileSync(csv, masterCsv);
  return { program, csv };
}

/** Starts a program as a person would. */
function start(program: string, args: readonly string[], input: string): Answer {
  const { status, stdout, stderr } = spawnSync(python, ["-I", program, ...args], { input, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

const rowsOf = (csv: string): number => csv.split("\r\n").length - 2;

/** Long lists and parameters at the ends of their ranges, where numbers are large and draws take several words. */
const EDGES: readonly (readonly [procedure: object, ratio: readonly number[], length: number])[] = [
  [{ kind: "maximal", tolerance: 3 }, [1, 1], 600],
  [{ kind: "maximal", tolerance: 1_000_000 }, [2, 1], 150],
  [{ kind: "permuted-block", sizes: [4, 6, 8, 10], weights: [1, 1_000_000, 7, 3], lastBlock: "fill" }, [1, 1], 2000],
  [{ kind: "permuted-block", sizes: [2000, 1000], lastBlock: "cut" }, [499, 501], 5000],
  [{ kind: "random-allocation-rule" }, [7, 5, 3], 6000],
  [{ kind: "truncated-binomial" }, [3, 1], 3000],
  [{ kind: "mass-weighted-urn", alpha: "999999999999999/1000000000" }, [1000, 999, 1], 400],
  [{ kind: "efron", probability: "0.500000000000001" }, [1, 1], 400],
  [{ kind: "adjustable-biased-coin", steepness: "999/10" }, [1, 1], 300],
  [{ kind: "generalized-biased-coin", exponent: "1/1000" }, [1, 1], 12],
  [{ kind: "bayesian-biased-coin", gamma: 1000 }, [1, 1], 6],
  [{ kind: "bayesian-biased-coin", gamma: "1/100" }, [1, 1], 100],
  [{ kind: "doubly-adaptive", gamma: "199/2" }, [4, 3, 2], 200],
  [{ kind: "doubly-adaptive", gamma: 100, mergedArms: true }, [3, 2], 150],
  [{ kind: "maximum-entropy", eta: "999/1000" }, [397, 300, 200, 103], 8],
  [{ kind: "minimum-quadratic-distance", eta: "1/1000" }, [7, 6, 5, 4, 3, 2, 1, 1, 1, 1], 60],
  [{ kind: "minimum-quadratic-distance", eta: "1/2", mergedArms: true }, [5, 3, 1], 60],
  [{ kind: "drop-the-loser", immigration: 1_000_000 }, [1000, 1], 1500],
  [{ kind: "wei", initial: 10_000, added: 10_000 }, [1, 1, 1, 1, 1], 1000],
  [{ kind: "brick-tunnel" }, [1000, 999], 3000],
  [{ kind: "random-allocation-rule", totals: [4, 3, 3] }, [1, 1, 1], 10],
  [{ kind: "ordered-blocks", sizes: [20, 5, 5, 10], lastBlock: "cut" }, [3, 2], 333],
  [{ kind: "hadamard", lastBlock: "cut", mergedArms: true }, [2, 2], 500],
  [{ kind: "permuted-block", sizes: [6, 3], lastBlock: "fill", mergedArms: true }, [2, 1], 300],
];

/** Runs each program in one process of Python. */
function runAll(cases: readonly RegenerationCase[]): readonly Answer[] {
  const jobs = cases.map((one, i) => ({
    program: writeCase(String(i), one).program,
    arguments: [],
    input: `${one.seedText}\n`,
  }));
  const options = { input: JSON.stringify(jobs), encoding: "utf8", maxBuffer: 1e9 } as const;
  const { stdout, stderr } = spawnSync(python, ["-I", RUNNER], options);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as readonly Answer[];
}

const agreement = ({ plan, status, masterCsv }: RegenerationCase): string =>
  `${rowsOf(masterCsv)} rows agree: this is ${status} list ${plan.list}.\n`;

describe.skipIf(isAbsent)("Python regenerates lists (skipped without python3)", { tags: ["REPRO-001"] }, () => {
  it(
    "of every procedure, and every byte agrees",
    () => {
      const cases = regenerationCases();
      const answers = runAll(cases);
      const faults = answers.flatMap(({ code, output }, i) =>
        code === 0 ? [] : [{ plan: JSON.stringify(cases[i]!.plan), output }],
      );
      expect(faults).toEqual([]);
      expect(answers.map(({ output }) => output)).toEqual(cases.map(agreement));
      const kinds = Object.keys(ALGORITHMS);
      if (cases.length >= kinds.length) {
        expect([...new Set(cases.map(({ plan }) => plan.procedure.kind))].sort()).toEqual(kinds.sort());
      }
    },
    PLAN_COUNT * 2_000,
  );

  it("at the edges of their parameters, and where a plan's free texts look like code", () => {
    const trap = 'x"""\n\u2028import os\u202e # ${x} \\" {y}';
    const cases = EDGES.map(([procedure, ratio, length]) => {
      const arms = ratio.map((share, k) => ({ arm: `a${k + 1}`, ratio: share }));
      const plan = parsePlan({ trial: trap, part: trap, list: "EDGE", arms, procedure, length });
      return toCase(plan, Seed.test("edges TEST"), "edges TEST");
    });
    expect(runAll(cases)).toEqual(cases.map((one) => ({ code: 0, output: agreement(one) })));
  });
});

/** Four arms in blocks of two sizes, stratified. */
const BLOCKS: Plan = parsePlan({
  trial: "TRIAL-1",
  part: "main",
  list: "DEMO-A",
  arms: { low: 1, medium: 1, high: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4, 8], lastBlock: "cut" },
  strata: [{ factor: "site", levels: ["上海", "Zürich"] }],
  length: 30,
});
const TEST_SEED = "hand example TEST";
const test = toCase(BLOCKS, Seed.test(TEST_SEED), TEST_SEED);
/** As the unblinded manifest states it. */
const seedMark = markOf(Seed.test(TEST_SEED), test.algorithm, BLOCKS.list);
const liveSeed = Seed.live(Uint8Array.from({ length: 32 }, (_, i) => (i * 97 + i * i * 31 + 200) % 256));
const live = toCase(BLOCKS, liveSeed, liveSeed.revealText());

describe.skipIf(isAbsent)(
  "the Python program, started by itself (skipped without python3)",
  { tags: ["REPRO-001"] },
  () => {
    let program = "";
    let csv = "";
    beforeAll(() => {
      ({ program, csv } = writeCase("own", test));
    });

    /** Runs against another file. */
    const against = (text: string, seed = TEST_SEED): Answer => {
      const other = join(folder, "other.csv");
      writeFileSync(other, text);
      return start(program, [other], `${seed}\n`);
    };
    const lines = test.masterCsv.split("\r\n");

    it("takes the seed from a file, and the list from beside itself or as it is told", () => {
      const seedFile = join(folder, "seed.txt");
      writeFileSync(seedFile, `${TEST_SEED}\n`);
      const good = { code: 0, output: "60 rows agree: this is TEST list DEMO-A.\n" };
      expect(start(program, ["--seed-file", seedFile], "")).toEqual(good);
      expect(start(program, [csv, "--seed-file", seedFile], "")).toEqual(good);
    });

    it("prints the list byte for byte", () => {
      expect(start(program, ["--write"], TEST_SEED)).toEqual({ code: 0, output: test.masterCsv });
    });

    it("shows an edited row, expected and found", () => {
      const arms = ["low", "medium", "high", "placebo"];
      const edited = lines.map((line, i) =>
        i === 7 ? line.replace(/[a-z]+$/, (arm) => arms[(arms.indexOf(arm) + 1) % 4]!) : line,
      );
      const { code, output } = against(edited.join("\r\n"));
      expect(code).toBe(1);
      expect(output).toContain(
        `Row 7 differs (line 8 of the file):\n  expected: ${lines[7]!}\n  found:    ${edited[7]!}\n6 of 60 rows agree`,
      );
      expect(output).toContain(`The mark of the seed that you gave is ${seedMark}.`);
    });

    it("shows where a list was cut off, grew, or was sorted", () => {
      const cut = against(`${lines.slice(0, 11).join("\r\n")}\r\n`);
      expect(cut.code).toBe(1);
      expect(cut.output).toContain(
        `Row 11 differs (line 12 of the file):\n  expected: ${lines[11]!}\n  found:    (the end`,
      );
      const grown = against(`${test.masterCsv}one,more\r\n`);
      expect(grown.code).toBe(1);
      expect(grown.output).toContain("Row 61 differs (line 62 of the file):\n  expected: (the end of the file)");
      const [header = "", ...rest] = lines.slice(0, -1);
      const sorted = against(`${[header, ...rest.reverse()].join("\r\n")}\r\n`);
      expect(sorted.code).toBe(1);
      expect(sorted.output).toContain("the file was re-sorted");
    });

    it("says that rows agree where only line ends were changed, and that the file still differs", () => {
      const { code, output } = against(test.masterCsv.replaceAll("\r\n", "\n"));
      expect(code).toBe(1);
      expect(output).toContain("The 60 rows agree, but line ends");
    });

    it("tells a wrong seed by its mark", () => {
      const { code, output } = against(test.masterCsv, "another seed TEST");
      expect(code).toBe(1);
      expect(output).toMatch(/The mark of the seed that you gave is [0-9a-f]{16}\./);
      expect(output).not.toContain(seedMark);
    });

    it("compares nothing without a seed or a list", () => {
      for (const [args, input, said] of [
        [[], "", "a seed is needed"],
        [[], "\n", "a seed is needed"],
        [[], `${"ab".repeat(32)}-00000000\n`, "looks like a live seed"],
        [["missing.csv"], TEST_SEED, "missing.csv cannot be read"],
        [["--seed-file", "missing.txt"], "", "missing.txt cannot be read"],
      ] as const) {
        const { code, output } = start(program, args, input);
        expect(output).toContain(said);
        expect(code).toBe(2);
      }
    });

    it("takes a live seed in its form only, and catches a typing error", () => {
      const own = writeCase("live", live);
      expect(start(own.program, [], `  ${live.seedText.toUpperCase()}\r\n`)).toEqual({
        code: 0,
        output: "60 rows agree: this is LIVE list DEMO-A.\n",
      });
      const digit = live.seedText.startsWith("0") ? "1" : "0";
      const mistyped = start(own.program, [], `${digit}${live.seedText.slice(1)}\n`);
      expect(mistyped.code).toBe(2);
      expect(mistyped.output).toContain("check digits");
      expect(mistyped.output).not.toContain(live.seedText.slice(1, 64));
      expect(start(own.program, [], "a passphrase\n")).toMatchObject({ code: 2 });
    });

    it("asks for the seed at a terminal without showing it", () => {
      // A pseudo-terminal of Python's own: what it echoes and what the program prints arrive together.
      const typing = [
        "import pty, sys",
        "answers = [sys.argv[2].encode() + b'\\n']",
        "import os",
        "def read(fd):",
        "    data = os.read(fd, 1024)",
        "    if b'shown' in data and answers: os.write(fd, answers.pop())",
        "    return data",
        "sys.exit(os.WEXITSTATUS(pty.spawn([sys.executable, '-I', sys.argv[1]], read, lambda fd: b'')))",
      ].join("\n");
      const { stdout, status } = spawnSync(python, ["-c", typing, program, TEST_SEED], { input: "", encoding: "utf8" });
      expect(stdout).toContain("TEST seed of list DEMO-A (it is not shown):");
      expect(stdout).toContain("60 rows agree");
      expect(stdout).not.toContain(TEST_SEED);
      expect(status).toBe(0);
    });
  },
);

describe("the text of a Python program", { tags: ["REPRO-001"] }, () => {
  const textOf = ({ plan, status, algorithm }: RegenerationCase): string =>
    toScript(plan, { status, algorithm, language: "python" });

  it("says UNBLINDED in its header, and its status", () => {
    expect(textOf(test).split("\n")[1]).toMatch(/^# UNBLINDED/);
    expect(textOf(test)).toContain('STATUS = "TEST"');
    expect(textOf(live)).toContain('STATUS = "LIVE"');
  });

  it("depends on nothing but plan, status and algorithm, so it holds no seed and no assignment", () => {
    const another = toCase(BLOCKS, Seed.test("another TEST"), "another TEST");
    expect(another.masterCsv).not.toBe(test.masterCsv);
    expect(textOf(another)).toBe(textOf(test));
    expect(textOf(live)).not.toContain(live.seedText.slice(0, 64));
    // Each arm stands once: in the plan.
    for (const { arm } of BLOCKS.arms) expect(textOf(test).split(`"${arm}"`)).toHaveLength(2);
  });

  it("holds the plan's own procedure only, and only modules of the standard library", () => {
    const kinds = Object.keys(ALGORITHMS) as readonly ProcedureKind[];
    expect(textOf(test).match(/^class Procedure\(/gm)).toHaveLength(1);
    expect(textOf(test)).not.toContain("MergedArms");
    const classes = new Set(kinds.map((kind) => PYTHON_PROCEDURE[kind].at(-1)!));
    expect([...classes].filter((text) => textOf(test).includes(text))).toEqual(PYTHON_PROCEDURE["permuted-block"]);
    const imported = [...textOf(test).matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);
    expect(imported).toEqual("argparse getpass hashlib hmac itertools math os re sys unicodedata".split(" "));
  });

  it("cannot be made to run what a plan's free texts say", () => {
    const trap = 'x"""\n\u2028import os\u202e # ${x} \\" {y}';
    const plan = parsePlan({ ...BLOCKS, trial: trap, part: trap });
    const text = toScript(plan, { status: "TEST", algorithm: test.algorithm, language: "python" });
    expect(text).not.toContain("\nimport os\u202e");
    expect(text).not.toMatch(/[\u2028\u202e]/);
    expect(/"trial": (.*),/.exec(text)?.[1]).toBe(String.raw`"x\"\"\"\n\u2028import os\u202e # ${"${x}"} \\\" {y}"`);
  });

  it("is refused for another algorithm than the plan's", () => {
    const request = { status: "TEST", algorithm: "allocell-pb-2", language: "python" } as const;
    expect(() => toScript(BLOCKS, request)).toThrow(expect.objectContaining({ code: "script.algorithm_unknown" }));
    const streamed = parsePlan({ ...BLOCKS, stream: "r-mersenne-twister" });
    const liveR = { status: "LIVE", algorithm: "allocell-pb-1/r-mt-1", language: "python" } as const;
    expect(() => toScript(streamed, liveR)).toThrow(expect.objectContaining({ code: "script.stream_test_only" }));
  });
});
