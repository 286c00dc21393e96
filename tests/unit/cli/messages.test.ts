import { describe, expect, it } from "vitest";
import { DECISION, ASSUMPTIONS, makeDesk, PLAN } from "./harness.js";

interface Fault {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly expected?: string;
  readonly file?: string;
  readonly line?: number;
}

async function faultOf(...argv: string[]): Promise<Fault> {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  desk.write("assumptions.yaml", ASSUMPTIONS);
  desk.write("decision.yaml", DECISION);
  desk.write("none.yaml", DECISION.replace(/decidedBy.*\n/, ""));
  desk.write(
    "list.yaml",
    `- ${DECISION.replace(/decidedBy.*\n/, "")
      .trimEnd()
      .replace(/\n/g, "\n  ")}\n`,
  );
  desk.write("long.txt", "x".repeat(5000));
  const { code, answer } = await desk.json(...argv);
  expect(code).toBe(2);
  return (answer as unknown as { error: { issues: [Fault] } }).error.issues[0];
}

const weigh = (weight: string): Promise<Fault> =>
  faultOf("dose", "NCT07041801", "--arm", "low", "--assumptions", "assumptions.yaml", "--weight", weight);

describe("a weight that is none", () => {
  it.each([
    ["0", "quantity.zero", "A body weight must be above zero."],
    ["0 kg", "quantity.zero", "A body weight must be above zero."],
    ["NaN", "quantity.not_finite", "A body weight must be a finite number."],
    ["-5", "quantity.negative", "A body weight must be above zero; this one has a minus sign."],
    ["", "quantity.empty", 'A body weight is missing; write it as text, for example "72.4 kg".'],
    ["72.4", "quantity.unit_missing", 'A weight needs its unit: write "72.4 kg".'],
  ])("%j: %s, and what would be right is a weight", async (text, code, message) => {
    expect(await weigh(text)).toMatchObject({
      code,
      path: "--weight",
      message,
      expected: 'kilograms, from 0.5 to 300, for example "72.4 kg"',
    });
  });

  it("of 400 is out of range before it lacks a unit: nobody is to write 400 kg", async () => {
    expect((await weigh("400")).code).toBe("quantity.weight_out_of_range");
  });

  it("in a CSV file says the same", async () => {
    const desk = makeDesk();
    desk.write("assumptions.yaml", ASSUMPTIONS);
    desk.write("p.csv", "participant,arm,weight_kg\nP1,low,NaN\n");
    const { answer } = await desk.json("doses", "p.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml");
    expect(answer["rows"]).toMatchObject([
      {
        issues: [
          {
            message: "A body weight must be a finite number.",
            expected: "kilograms, from 0.5 to 300, for example 72.4",
            line: 2,
          },
        ],
      },
    ]);
  });
});

describe("a seed that is none", () => {
  it.each([
    ["missing.txt", "cli.file_missing", "The seed file: there is no such file or folder."],
    [
      "long.txt",
      "cli.file_too_large",
      "The seed file: this file has 5000 bytes, more than the 4096 that are read here.",
    ],
  ])("%s: is told as a seed file, with what makes one", async (file, code, message) => {
    expect(await faultOf("list", "plan.yaml", "--seed-file", file)).toMatchObject({
      code,
      path: file,
      message,
      expected: "the name of a file that `allocell seed --out FILE` wrote",
    });
  });

  it("another file is named", async () => {
    expect(await faultOf("list", "plan.yaml", "--seed-file", "plan.yaml")).toMatchObject({
      code: "random.seed_not_live",
      file: "plan.yaml",
    });
  });

  it.each(["", "  "])("an empty TEST seed (%j) is not told to come from `allocell seed`", async (text) => {
    expect(await faultOf("list", "plan.yaml", "--test-seed", text)).toMatchObject({
      code: "random.seed_missing",
      path: "--test-seed",
      message: "The text of the TEST seed is empty.",
      expected: 'a text, for example --test-seed "first try"',
    });
  });
});

describe("a decision file", () => {
  it.each([
    ["none.yaml", 1],
    ["list.yaml", 1],
  ])("%s in which something is missing has the line of the record", async (file, line) => {
    const argv = ["dose", "NCT07041801", "--arm", "double", "--weight", "60 kg", "--assumptions", "assumptions.yaml"];
    const fault = await faultOf(...argv, "--decision", file);
    expect(fault).toMatchObject({ code: "trial.decision_invalid", file, line });
    expect(fault.path).toMatch(/decidedBy$/);
  });
});

describe("a command line that cannot be read", () => {
  it.each([
    [["dose"], "--arm", "see `allocell help dose`"],
    [["dose", "--arm", "low", "--wieght", "7"], "--wieght", "Did you mean --weight?"],
    [["list"], "PLAN", "see `allocell help list`"],
    [["list", "a", "b", "c"], "list", "see `allocell help list`"],
    [["dos"], "dos", "Did you mean dose?"],
    [["script", "x", "--lang", "c"], "--lang", "Allowed choices are python, r."],
    [["script", "x", "--lang", "pyton"], "--lang", "Did you mean python? Allowed choices are python, r."],
    [["page", "pharmcy", "--out", "x"], "pharmcy", "Did you mean pharmacy? Allowed choices are pharmacy, statistics."],
    [["help", "lst"], "lst", "Did you mean list?"],
    [["help", "xqzzz"], "xqzzz", "see `allocell help`"],
    [["log", "help", "opn"], "opn", "Did you mean open?"],
    [["help", "log", "opn"], "opn", "Did you mean open?"],
    [["help", "lgo", "open"], "lgo", "Did you mean log?"],
    [["help", "dose", "low"], "low", "see `allocell help`"],
  ])("%j: says where, and what would be right", async (argv, path, expected) => {
    expect(await faultOf(...argv)).toMatchObject({ code: "cli.usage", path, expected });
  });

  it("shows the help of a command of a command, in either order of the words", async () => {
    const [asked, own, group] = await Promise.all(
      [
        ["help", "log", "open"],
        ["log", "open", "--help"],
        ["help", "log"],
      ].map((argv) => makeDesk().run(...argv)),
    );
    expect([asked, own?.stdout.includes("--list <folder>")]).toEqual([own, true]);
    expect(group?.stdout).toContain("who got which position");
  });

  it.each([
    [
      ["help", "lst"],
      ["没有命令 lst。", "是否指 list？"],
    ],
    [
      ["describe", "x", "--document", "protocl"],
      ["--document 的值不在可选值之内。", "是否指 protocol？可选值：protocol、"],
    ],
    [
      ["export", "x", "--to", "redcp"],
      ["--to 的值不在可选值之内。", "是否指 redcap？可选值：redcap、"],
    ],
    [["log"], ["缺少参数 COMMAND。", "allocell help log"]],
  ])("%j: says so in Chinese", async (argv, parts) => {
    const { code, stderr } = await makeDesk().run("--lang", "zh", ...argv);
    expect(code).toBe(2);
    for (const part of parts) expect(stderr.replace(/\s+/gu, "")).toContain(part.replace(/\s+/gu, ""));
  });
});

describe("a name that was mistyped", () => {
  it("of an arm has the one that was probably meant", async () => {
    const fault = await faultOf("dose", "NCT07041801", "--arm", "lwo", "--weight", "60 kg");
    expect(fault).toMatchObject({ code: "trial.arm_unknown", path: "--arm" });
    expect(fault.expected).toMatch(/^Did you mean low\? One of .*low/u);
  });

  it("of a procedure has the one that was probably meant", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN.replace("permuted-block", "permuted-blcok"));
    const { code, stderr } = await desk.run("list", "plan.yaml", "--test-seed", "x");
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/gu, " ")).toContain('must name a known procedure (did you mean "permuted-block"?): ');
  });
});
