import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DECISION, ASSUMPTIONS, makeDesk, PLAN, type Desk } from "./harness.js";

interface Fault {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

const DOSE = ["dose", "NCT07041801", "--assumptions", "assumptions.yaml", "--arm"];
const LIST = ["list", "plan.yaml", "--test-seed", "x"];
const plan = (from: string, to: string): string => {
  if (!PLAN.includes(from)) throw new Error(`the plan has no ${from}`);
  return PLAN.replace(from, to);
};

/** Name, code, path, arguments, and the plan where it is not the good one. */
const TABLE: [name: string, code: string, path: string, argv: readonly string[], plan?: string][] = [
  ["unknown arm", "trial.arm_unknown", "--arm", [...DOSE, "lo", "--weight", "72.4 kg"]],
  ["unknown arm of a plan", "trial.arm_unknown", "arms.lo", LIST, plan("low: 1", "lo: 1")],
  ["ratio 0", "list.plan_invalid", "arms.low", LIST, plan("low: 1", "low: 0")],
  ["ratio 1.5", "list.plan_invalid", "arms.low", LIST, plan("low: 1", "low: 1.5")],
  ["block size", "procedure.block_size_invalid", "procedure.sizes.0", LIST, plan("[4, 8]", "[6, 8]")],
  ["level twice", "list.plan_invalid", "strata.0.levels.1", LIST, plan('"02"', '"01"')],
  ["length", "procedure.length_not_covered", "procedure.lastBlock", LIST, plan("length: 24", "length: 25")],
  ["unquoted level", "list.plan_invalid", "strata.0.levels.0", LIST, plan('"01"', "01")],
  [
    "a ratio beside the arms that is not theirs",
    "trial.assumption_conflict",
    'assumptions."allocation.ratio"',
    LIST,
    plan("length: 24", 'length: 24\nassumptions: { allocation.ratio: "2:1" }'),
  ],
  [
    "missing dose assumption",
    "trial.assumption_missing",
    'assumptions."dose.administrations"',
    ["dose", "NCT07041801", "--arm", "low", "--weight", "72.4 kg"],
  ],
  ["closed arm", "trial.arm_closed", "--arm", [...DOSE, "double", "--weight", "72.4 kg"]],
  [
    "closed arm of a plan",
    "trial.arm_closed",
    "arms.double",
    LIST,
    plan("single-dose", "multiple-dose").replace("low: 1, medium: 1, high: 1", "double: 1"),
  ],
  ["seed missing", "random.seed_missing", "--seed-file", ["list", "plan.yaml"]],
  ["seed empty", "random.seed_missing", "seed", ["list", "plan.yaml", "--seed-file", "empty.txt"]],
  ["seed weak: a passphrase", "random.seed_not_live", "seed", ["list", "plan.yaml", "--seed-file", "pass.txt"]],
  ["seed weak: a pattern", "random.seed_weak", "seed", ["list", "plan.yaml", "--seed-file", "weak.txt"]],
  ["seed mistyped", "random.seed_mistyped", "seed", ["list", "plan.yaml", "--seed-file", "mistyped.txt"]],
  ["seed twice", "cli.seed_twice", "--seed-file", [...LIST, "--seed-file", "pass.txt"]],
  [
    "test seed like a live one",
    "random.seed_looks_live",
    "--test-seed",
    ["list", "plan.yaml", "--test-seed", "ab".repeat(32)],
  ],
  ["seed file missing", "cli.file_missing", "none.txt", ["list", "plan.yaml", "--seed-file", "none.txt"]],
  ["weight 0", "quantity.zero", "--weight", [...DOSE, "low", "--weight", "0 kg"]],
  ["weight NaN", "quantity.not_finite", "--weight", [...DOSE, "low", "--weight", "NaN"]],
  ["weight 72,4", "quantity.comma", "--weight", [...DOSE, "low", "--weight", "72,4 kg"]],
  ["weight 160 lb", "quantity.weight_unit", "--weight", [...DOSE, "low", "--weight", "160 lb"]],
  ["weight without a unit", "quantity.unit_missing", "--weight", [...DOSE, "low", "--weight", "72.4"]],
  ["weight missing", "dose.weight_missing", "--weight", [...DOSE, "low"]],
  ["part needed", "dose.part_needed", "--part", [...DOSE, "placebo"]],
  [
    "day that does not exist",
    "calendar.no_such_day",
    "--first",
    [...DOSE, "low", "--weight", "72.4 kg", "--first", "2026-02-30"],
  ],
  [
    "dose with a lost superscript",
    "trial.assumption_invalid",
    "--assume dose.levels.experimental",
    [
      "dose",
      "NCT06407297",
      "--arm",
      "experimental",
      "--part",
      "randomized",
      "--weight",
      "30 kg",
      "--assume",
      "dose.levels.experimental=3 x 106 cells/kg",
      "--assume",
      "dose.administrations=1",
      "--assume",
      "dose.countBasis=viable-cells",
      "--assume",
      "dose.weightDescriptor=actual",
      "--assume",
      "dose.cap=none",
    ],
  ],
  [
    "assumption unknown",
    "trial.assumption_unknown",
    "--assume dose.capp",
    [...DOSE, "low", "--weight", "72.4 kg", "--assume", "dose.capp=none"],
  ],
  [
    "assumption twice",
    "cli.assumption_twice",
    "--assume dose.cap",
    [...DOSE, "low", "--weight", "72.4 kg", "--assume", "dose.cap=none"],
  ],
  [
    "assumption without a value",
    "cli.assume_invalid",
    "--assume",
    [...DOSE, "low", "--weight", "72.4 kg", "--assume", "dose.cap"],
  ],
  [
    "assumptions of another trial",
    "cli.assumptions_invalid",
    "trial",
    ["dose", "NCT06853522", "--arm", "exosome", "--assumptions", "assumptions.yaml"],
  ],
  ["existing folder", "cli.output_exists", "--out", [...LIST, "--out", "taken"]],
  ["folder of other things with --force", "cli.output_not_a_list", "--out", [...LIST, "--out", "taken", "--force"]],
  ["the working folder with --force", "cli.output_not_a_list", "--out", [...LIST, "--out", ".", "--force"]],
  ["no plan", "list.plan_invalid", "part", ["list", "assumptions.yaml", "--test-seed", "x"]],
  ["a list instead of a plan", "cli.not_a_map", "plan.yaml", LIST, "- 1\n- 2\n"],
  ["an empty plan", "cli.not_a_map", "plan.yaml", LIST, ""],
  ["plan of another trial", "trials.unknown", "trial", LIST, plan("NCT07041801", "NCT00000000")],
  ["key twice", "cli.yaml_invalid", "plan.yaml", LIST, `${PLAN}length: 25\n`],
  ["two documents", "cli.yaml_invalid", "plan.yaml", LIST, `${PLAN}---\na: 1\n`],
  ["alias", "cli.yaml_invalid", "plan.yaml", LIST, `a: &a [x, x]\nb: [*a, *a]\n`],
  ["tag", "cli.yaml_invalid", "plan.yaml", LIST, plan("length: 24", "length: !half 24")],
  ["broken YAML", "cli.yaml_invalid", "plan.yaml", LIST, plan("[4, 8]", "[4, 8")],
  ["nested too deeply", "cli.yaml_invalid", "plan.yaml", LIST, "[".repeat(20_000)],
  ["broken JSON", "cli.json_invalid", "broken.json", ["list", "broken.json", "--test-seed", "x"]],
  ["key twice in JSON", "cli.json_invalid", "twice.json", ["list", "twice.json", "--test-seed", "x"]],
  ["JSON cut off", "cli.json_invalid", "cut.json", ["list", "cut.json", "--test-seed", "x"]],
  ["not UTF-8", "cli.not_utf8", "latin.yaml", ["list", "latin.yaml", "--test-seed", "x"]],
  ["no such file", "cli.file_missing", "none.yaml", ["list", "none.yaml", "--test-seed", "x"]],
  ["a folder as a file", "cli.file_is_folder", "taken", ["list", "taken", "--test-seed", "x"]],
  [
    "CSV cut in a row",
    "cli.csv_truncated",
    "cut-row.csv",
    ["doses", "cut-row.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml", "--out", "o.csv"],
  ],
  [
    "CSV cut in the last cell",
    "cli.csv_truncated",
    "cut-cell.csv",
    ["doses", "cut-cell.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml"],
  ],
  [
    "CSV cut in a quoted cell",
    "cli.csv_truncated",
    "cut-quote.csv",
    ["doses", "cut-quote.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml"],
  ],
  ["CSV with a column twice", "cli.csv_header", "twice.csv", ["doses", "twice.csv", "--trial", "NCT07041801"]],
  ["CSV with semicolons", "cli.csv_header", "semicolons.csv", ["doses", "semicolons.csv", "--trial", "NCT07041801"]],
  ["CSV with an unknown column", "cli.csv_header", "unknown.csv", ["doses", "unknown.csv", "--trial", "NCT07041801"]],
  ["CSV without a column", "cli.csv_header", "missing.csv", ["doses", "missing.csv", "--trial", "NCT07041801"]],
  ["CSV without rows", "cli.csv_no_rows", "header.csv", ["doses", "header.csv", "--trial", "NCT07041801"]],
  ["empty CSV", "cli.csv_header", "empty.txt", ["doses", "empty.txt", "--trial", "NCT07041801"]],
  ["no CSV", "cli.file_missing", "none.csv", ["doses", "none.csv", "--trial", "NCT07041801"]],
  [
    "own assumptions as the answer",
    "cli.output_is_input",
    "--out",
    ["doses", "good.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml", "--out", "assumptions.yaml"],
  ],
  [
    "existing CSV",
    "cli.output_exists",
    "--out",
    ["doses", "good.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml", "--out", "header.csv"],
  ],
  ["existing seed file", "cli.output_exists", "--out", ["seed", "--out", "pass.txt"]],
  ["unknown trial", "trials.unknown", "TRIAL", ["trials", "NCT1"]],
  ["a trial file that is none", "trial.invalid", "title", ["trials", "plan.yaml"]],
  ["no list to verify", "cli.not_a_list", "taken", ["verify", "taken", "--test-seed", "x"]],
  ["nothing to verify", "cli.file_missing", "none", ["verify", "none", "--test-seed", "x"]],
  ["unknown option", "cli.usage", "--jsonn", ["trials", "--jsonn"]],
  ["unknown command", "cli.usage", "doze", ["doze"]],
  ["option missing", "cli.usage", "--arm", ["dose", "NCT07041801"]],
  [
    "decision of an open arm",
    "trial.arm_not_deferred",
    "arm",
    [...DOSE, "low", "--weight", "72.4 kg", "--decision", "decision-low.yaml"],
  ],
];

const WEAK = `${"00".repeat(32)}-`;
const MISTYPED = `${"0123456789abcdef".repeat(4)}-00000000`;

async function prepare(desk: Desk, planText: string): Promise<void> {
  const { sha256Hex } = await import("../../../src/foundation/index.js");
  desk.write("plan.yaml", planText);
  desk.write("assumptions.yaml", ASSUMPTIONS);
  desk.write("decision-low.yaml", DECISION.replace("arm: double", "arm: low"));
  desk.write("empty.txt", "");
  desk.write("pass.txt", "correct horse battery staple");
  desk.write("weak.txt", WEAK + sha256Hex(`allocell seed check 1:${"00".repeat(32)}`).slice(0, 8));
  desk.write("mistyped.txt", MISTYPED);
  desk.write("broken.json", '{\n  "trial": NCT\n}\n');
  desk.write("twice.json", '{ "trial": "a",\n "trial": "b" }');
  desk.write("cut.json", '{ "trial": "a",\n');
  const { writeFileSync, mkdirSync } = await import("node:fs");
  writeFileSync(desk.path("latin.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
  mkdirSync(desk.path("taken"));
  desk.write("taken/thesis.txt", "do not lose");
  const header = "participant,arm,weight_kg\n";
  desk.write("good.csv", `${header}P1,low,72.4\n`);
  desk.write("cut-row.csv", `${header}P1,low,72.4\nP2,medi`);
  desk.write("cut-cell.csv", `${header}P1,low,7`);
  desk.write("cut-quote.csv", `${header}P1,low,72.4\nP2,low,"72`);
  desk.write("twice.csv", "participant,arm,arm\nP1,low,72.4\n");
  desk.write("semicolons.csv", "participant;arm;weight_kg\nP1;low;72,4\n");
  desk.write("unknown.csv", "participant,arm,weight_kg,weight_lb\nP1,low,72.4,160\n");
  desk.write("missing.csv", "participant,arm\nP1,low\n");
  desk.write("header.csv", header);
}

const everything = (desk: Desk): string[] => readdirSync(desk.cwd, { recursive: true }).map(String).sort();

describe("bad input", { tags: ["ERR-001", "FILE-002", "SEC-002"] }, () => {
  it.each(TABLE)("%s: %s at %s", async (_, code, path, argv, planText = PLAN) => {
    const desk = makeDesk();
    await prepare(desk, planText);
    const before = everything(desk);

    const { code: exitCode, answer } = await desk.json(...argv);
    const { code: textCode, stdout, stderr } = await desk.run(...argv);

    const { error } = answer as unknown as { error: { code: string; issues: Fault[] } };
    expect(exitCode).toBe(2);
    expect(error.issues.map((issue) => `${issue.code} at ${issue.path}`)).toContain(`${code} at ${path}`);
    for (const { message } of error.issues) expect(message).toMatch(/^.{10,}[.?]$/s);
    expect(textCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(code);
    expect(stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(everything(desk)).toEqual(before);
    // No message tells a seed, not even a refused one.
    for (const secret of ["correct horse", WEAK.slice(0, 20), MISTYPED.slice(0, 20), "abababab"]) {
      expect(stderr).not.toContain(secret);
    }
  });

  it("names file, line and column of a fault in a plan", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", plan('"02"', '"01"'));
    const { stderr } = await desk.run(...LIST);
    expect(stderr).toBe(
      [
        "allocell: this cannot be done",
        '  what   The plan: level "01" of factor "site" stands twice.',
        "  where  plan.yaml, line 8, column 20, strata.0.levels.1",
        "  code   list.plan_invalid",
        "",
      ].join("\n"),
    );
  });

  it("names the place of a broken YAML or JSON file", async () => {
    const desk = makeDesk();
    desk.write("a.json", '{\n  "trial": NCT\n}\n');
    desk.write("b.yaml", "trial: a\ntrial: b\n");
    const places = [];
    for (const file of ["a.json", "b.yaml"]) {
      const { answer } = await desk.json("list", file, "--test-seed", "x");
      const [issue] = (answer["error"] as { issues: Fault[] }).issues;
      places.push([issue?.file, issue?.line]);
    }
    expect(places).toEqual([
      ["a.json", 2],
      ["b.yaml", 2],
    ]);
  });

  it("lists every fault of a plan at once", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", "trial: NCT07041801\nlist: 1\nlength: -5\n");
    const { stderr } = await desk.run(...LIST);
    expect(stderr).toMatch(/^allocell: this cannot be done, for \d+ reasons\n1\.\n {2}what /);
    for (const path of ["part", "list", "length", "procedure"]) expect(stderr).toContain(path);
  });
});
