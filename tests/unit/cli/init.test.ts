/* Templates: filled in, each is what its command takes; before, the command names every blank. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { trialLeaves } from "../../../src/cli/templates/trialTemplate.js";
import { TRIAL_FIELD_TEXTS } from "../../../src/cli/templates/trialFieldTexts.js";
import { makeDesk, type Desk } from "./harness.js";

type Path = readonly (string | number)[];
const TRIALS = [
  ["sle", "NCT07041801", "single-dose", "low"],
  ["t1d", "NCT06407297", "randomized", "experimental"],
  ["t2d", "NCT06727721", "main", "experimental"],
  ["uc", "NCT06853522", "main", "exosome"],
] as const;

/** The data with each blank replaced, and the keys of the blanks. */
function filled(
  data: unknown,
  answer: (path: Path) => unknown,
): { readonly data: unknown; readonly blanks: string[][] } {
  const blanks: string[][] = [];
  const visit = (value: unknown, path: Path): unknown => {
    if (value === "TO-STATE") {
      blanks.push(path.map(String));
      return answer(path);
    }
    if (Array.isArray(value)) return value.map((item, i) => visit(item, [...path, i]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, [...path, key])]));
  };
  return { data: visit(data, []), blanks };
}

const at = (data: unknown, path: Path): unknown =>
  path.reduce((here: unknown, key) => (here as Record<string | number, unknown> | undefined)?.[key], data);

/** Fills in a template, after the proof that the command refuses it with every blank by its name. */
async function fillIn(
  desk: Desk,
  file: string,
  command: readonly string[],
  answer: (path: Path) => unknown,
): Promise<void> {
  const { data, blanks } = filled(parse(desk.read(file)), answer);
  const { code, answer: refused } = await desk.json(...command);
  const { issues } = refused["error"] as { issues: { code: string; keys: string[]; line: number }[] };
  expect([code, issues.map(({ keys }) => keys)]).toEqual([2, blanks]);
  for (const { code: own, line } of issues) expect([own, line > 0]).toEqual(["cli.to_state", true]);
  desk.write(file, stringify(data));
}

const ANSWERS: Readonly<Record<string, string>> = {
  "dose.administrations.placebo": "1",
  "dose.reweighRule": "weighed on each day",
  "schedule.window": "2 days before and after",
};
const example = (folder: string, file: string): unknown => parse(readFileSync(`examples/${folder}/${file}`, "utf8"));
/** The answers of the example, and words where it has none. */
const answerOf =
  (folder: string) =>
  (path: Path): unknown => {
    const [, key, field] = path as [string, string, string];
    if (field === "reason") return "example";
    const known = [example(folder, "order.yaml"), example(folder, "assumptions.yaml")].map(
      (data) => at(data, path) ?? at(data, path.slice(0, 2)),
    );
    return known.find((value) => typeof value === "string") ?? ANSWERS[key] ?? "example";
  };

describe.each(TRIALS)("allocell init for %s", (folder, trial, part, arm) => {
  it("plan: becomes a plan that a list is made of", async () => {
    const desk = makeDesk();
    const { answer } = await desk.json("init", "plan", trial, "--part", part, "--out", "plan.yaml");
    const plan = example(folder, "plan.yaml");
    const list = ["list", "plan.yaml", "--test-seed", "x", "--out", "L"];
    await fillIn(desk, "plan.yaml", list, (path) => at(plan, path.at(-1) === 0 ? [...path.slice(0, -1), 0] : path));
    expect(answer).toMatchObject({ command: "init plan", trial, file: "plan.yaml" });
    desk.write("plan.yaml", desk.read("plan.yaml").replace(/^length: .*$/mu, "length: 24"));
    expect((await desk.run(...list)).stderr).toBe("");
  });

  it("assumptions: become answers by which a dose is computed", async () => {
    const desk = makeDesk();
    await desk.run("init", "assumptions", trial, "--out", "a.yaml");
    const dose = ["dose", trial, "--arm", arm, "--part", part, "--weight", "31.2 kg", "--assumptions", "a.yaml"];
    await fillIn(desk, "a.yaml", dose, answerOf(folder));
    expect(await desk.run(...dose)).toMatchObject({ code: 0, stderr: "" });
  });

  it("order and record: become what prepare and record take", async () => {
    const desk = makeDesk();
    await desk.run("init", "order", trial, "--out", "order.yaml");
    const order = example(folder, "order.yaml");
    const OWN: Readonly<Record<string, unknown>> = {
      "order.lots.0.recovery": "1",
      "order.infusion.rateMlPerMin": "2",
      "order.product.minimumViability": "0.7",
      "order.lots.0.containers": 30,
    };
    const orderAnswer = (path: Path): unknown =>
      path[0] === "assumptions" ? answerOf(folder)(path) : (OWN[path.join(".")] ?? at(order, path) ?? part);
    await fillIn(desk, "order.yaml", ["prepare", "order.yaml"], orderAnswer);
    expect(await desk.run("prepare", "order.yaml")).toMatchObject({ code: 0, stderr: "" });

    await desk.run("init", "record", trial, "--out", "record.yaml");
    const day = at(order, ["order", "preparedOn"]);
    const number = at(order, ["order", "identification", "administration"]);
    const subject = at(order, ["order", "identification", "subject"]);
    const said: Readonly<Record<string, unknown>> = {
      number,
      subject,
      administeredOn: day,
      administeredBy: "Nurse",
      infusedMl: "10",
    };
    const record = ["record", "record.yaml", "--order", "order.yaml"];
    await fillIn(desk, "record.yaml", record, (path) => said[String(path[0])]);
    expect(await desk.run(...record)).toMatchObject({ code: 0, stderr: "" });
  });

  it("kits: become a plan that kits are made of", async () => {
    const desk = makeDesk();
    await desk.run("init", "kits", trial, "--part", part, "--out", "kits.yaml");
    const said: Readonly<Record<string, unknown>> = { list: "K-1", prefix: "KM" };
    const kits = ["kits", "kits.yaml", "--test-seed", "x"];
    await fillIn(desk, "kits.yaml", kits, (path) => said[String(path[0])] ?? 4);
    expect(await desk.run(...kits)).toMatchObject({ code: 0, stderr: "" });
  });

  it("trial: is the trial as it is known, each value with its source", async () => {
    const desk = makeDesk();
    await desk.run("init", "trial", trial, "--out", "trial.yaml");
    const { answer } = await desk.json("trials", "trial.yaml");
    expect(answer["trial"]).toEqual((await desk.json("trials", trial)).answer["trial"]);
    expect(desk.read("trial.yaml")).toMatch(/^ {2}count: \d+ # Participants of the whole trial; source: \w+$/mu);
  });
});

describe("allocell init trial, of a new trial", () => {
  it("becomes a trial that is read", async () => {
    const desk = makeDesk();
    await desk.run("init", "trial", "MY-1");
    const said: Readonly<Record<string, unknown>> = {
      "enrolment.count": 40,
      allocation: "randomized",
      model: "parallel",
      "masking.level": "none",
      "interventions.0.id": "msc",
      "arms.0.id": "low",
      "arms.1.id": "high",
      "parts.0.arms.0": "low",
      "parts.0.arms.1": "high",
      "parts.0.kind": "randomized",
      "parts.0.id": "main",
      "parts.0.masking.level": "none",
      "eligibility.sex": "all",
    };
    const BY_NAME: Readonly<Record<string, unknown>> = {
      kind: "per-kg",
      amount: "1E6",
      unitKind: "viable-cells",
      count: 1,
    };
    await fillIn(desk, "MY-1.trial.yaml", ["trials", "MY-1.trial.yaml"], (path) => {
      const isIntervention = path[2] === "interventions";
      return said[path.join(".")] ?? (isIntervention ? "msc" : undefined) ?? BY_NAME[String(path.at(-1))] ?? "words";
    });
    expect(await desk.run("trials", "MY-1.trial.yaml")).toMatchObject({ code: 0, stderr: "" });
  });

  it("has a sentence for every field that a trial file may have", () => {
    expect(Object.keys(TRIAL_FIELD_TEXTS).sort()).toEqual(
      trialLeaves()
        .leaves.map(({ path }) => path)
        .sort(),
    );
  });
});

describe("every template", () => {
  it("has a comment at each field, and is YAML too where every optional field is taken in", async () => {
    const desk = makeDesk();
    for (const kind of ["plan", "assumptions", "order", "record", "kits", "trial"]) {
      await desk.run("init", kind, kind === "trial" ? "MY-1" : "NCT06853522", "--out", `${kind}.yaml`);
      const lines = desk.read(`${kind}.yaml`).split("\n");
      lines.forEach((line, i) => {
        const isValue = /^\s*(?:# )?(?:- )?[\w.]+: \S/u.test(line) && !/^\s*# \S+ \S/u.test(line);
        if (isValue && !/(?:\{\}|\[\])$/u.test(line))
          expect(/ # \S/u.test(line) || /^\s*# /u.test(lines[i - 1] ?? ""), line).toBe(true);
      });
    }
  });

  it("asks for the part where it is not clear, and never writes over a file", async () => {
    const desk = makeDesk();
    const code = async (...argv: string[]): Promise<unknown> =>
      ((await desk.json("init", ...argv)).answer["error"] as { code: string } | undefined)?.code;
    expect(await code("plan", "NCT07041801")).toBe("cli.option_missing");
    expect(await code("plan", "NCT06853522")).toBeUndefined();
    expect(await code("plan", "NCT06853522")).toBe("cli.output_exists");
    expect(await code("kits", "NCT07041801", "--part", "none")).toBe("trial.part_unknown");
  });
});

describe("allocell assumptions", () => {
  const EXPECTED: Readonly<Record<string, string>> = {
    "dose.countBasis": "viable-cells",
    "dose.cap": "none",
    "dose.administrations": "1",
  };

  it.each(["csv", "markdown"])("as %s: goes out, is answered, and comes back as an assumptions file", async (to) => {
    const desk = makeDesk();
    const file = to === "csv" ? "q.csv" : "q.md";
    await desk.run("assumptions", "export", "NCT07041801", "--to", to, "--out", file);
    let text = desk.read(file);
    for (const [key, value] of Object.entries(EXPECTED)) {
      text =
        to === "csv"
          ? text.replace(new RegExp(`^(${key},.*),,\r$`, "mu"), `$1,${value},"Protocol, 6.1"\r`)
          : text.replace(
              new RegExp(`(## ${key}\n[^#]*?- Answer:)\n- Reason:`, "u"),
              `$1 ${value}\n- Reason: Protocol, 6.1`,
            );
    }
    desk.write(file, text);
    const { code, answer } = await desk.json("assumptions", "import", file, "--trial", "NCT07041801");
    expect([code, answer["answered"]]).toEqual([0, 3]);
    expect(answer["open"]).toContain("dose.weightDescriptor");
    expect(parse(desk.read("NCT07041801.assumptions.yaml"))).toEqual({
      trial: "NCT07041801",
      assumptions: Object.fromEntries(
        Object.entries(EXPECTED).map(([key, value]) => [key, { value, reason: "Protocol, 6.1" }]),
      ),
    });
    const asked = (
      await desk.json(
        "dose",
        "NCT07041801",
        "--arm",
        "low",
        "--part",
        "single-dose",
        "--weight",
        "70 kg",
        "--assumptions",
        "NCT07041801.assumptions.yaml",
      )
    ).answer;
    const { issues } = asked["error"] as { issues: { path: string }[] };
    expect(issues.map(({ path }) => path)).toEqual(['assumptions."dose.weightDescriptor"']);
  });

  it("as csv: a question that a spreadsheet would run gets a sign before it", async () => {
    const desk = makeDesk();
    await desk.run("init", "trial", "NCT06853522", "--out", "own.yaml");
    const trial = parse(desk.read("own.yaml")) as { assumptions: { question: string }[] };
    for (const one of trial.assumptions) one.question = "=HYPERLINK(1)";
    desk.write("own.json", JSON.stringify(trial));
    const { code } = await desk.run("assumptions", "export", "own.json", "--out", "q.csv");
    expect([code, desk.read("q.csv").includes(",'=HYPERLINK(1),")]).toEqual([0, true]);
  });

  it("refuses unknown and repeated questions and answers in another form, all with their lines, and writes nothing", async () => {
    const desk = makeDesk();
    desk.write("q.csv", "key,answer\ndose.cap,maybe\ndose.unknown,1\ndose.cap,none\ndose.countBasis,cells\n");
    const { code, answer } = await desk.json("assumptions", "import", "q.csv", "--trial", "NCT07041801");
    const { issues } = answer["error"] as { issues: { code: string; line: number }[] };
    expect([code, issues.map((one) => [one.code, one.line])]).toEqual([
      2,
      [
        ["trial.assumption_invalid", 2],
        ["trial.assumption_unknown", 3],
        ["cli.assumption_twice", 4],
        ["trial.assumption_invalid", 5],
      ],
    ]);
    desk.write("q.csv", "key,answer\ndose.cap,\n");
    const empty = (await desk.json("assumptions", "import", "q.csv", "--trial", "NCT07041801")).answer;
    expect((empty["error"] as { code: string }).code).toBe("cli.no_answers");
  });
});
