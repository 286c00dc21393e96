import { cpSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk, PLAN, type Desk } from "./harness.js";

const ACTOR = ["--actor", "N. Berg"];
const SEED = ["--test-seed", "right"];
const LIST = "SLE-SD-01";
const ID = "SLE-SD-01.TEST";
const UNBLIND = ["unblind", "sle.log", "--participant", "P-3", "--reason", "SAE 4", ...ACTOR, "--master"];

/** A list, its log, and eight participants. */
async function trialDesk(plan = PLAN): Promise<Desk> {
  const desk = makeDesk();
  desk.write("plan.yaml", plan);
  await good(desk, "list", "plan.yaml", ...SEED);
  await good(desk, "log", "open", "sle.log", "--list", LIST, ...ACTOR);
  for (let i = 1; i <= 8; i += 1)
    await good(desk, "assign", "sle.log", "--participant", `P-${i}`, "--stratum", "site=01", ...ACTOR);
  return desk;
}

async function good(desk: Desk, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await desk.run(...argv);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

/** Refused, without a treatment, and with nothing written. */
async function refused(desk: Desk, ...argv: string[]): Promise<void> {
  const before = desk.read("sle.log");
  const { code, stdout, stderr } = await desk.run(...argv);
  expect(code).toBe(2);
  expect(stderr).toContain("custody.list_differs");
  expect(stdout + stderr).not.toMatch(/\b(low|medium|high|placebo)\b/);
  expect(desk.read("sle.log")).toBe(before);
}

/** Everything that joins the log with the treatments of a folder. */
async function allRefuse(desk: Desk, folder: string): Promise<void> {
  await refused(desk, ...UNBLIND, folder);
  await refused(
    desk,
    "assign",
    "sle.log",
    "--participant",
    "P-9",
    "--stratum",
    "site=02",
    ...ACTOR,
    "--unblinded",
    folder,
  );
  await refused(desk, "audit", folder, "--log", "sle.log");
  expect((await desk.run("log", "verify", "sle.log", "--list", folder)).code).not.toBe(0);
}

describe("a code break", { tags: ["BREAK-001", "BREAK-002", "LOG-006"] }, () => {
  it("names the arm that the list of the log has, and says with log verify what was proven", async () => {
    const desk = await trialDesk();
    const number = /TR\d+/.exec(await good(desk, "log", "show", "sle.log"))![0].slice(0, 4);
    const row = readFileSync(desk.path(`${LIST}/${ID}.UNBLINDED.master.csv`), "utf8")
      .split("\r\n")
      .find((line) => line.includes(`,${number}0003,`))!;
    expect(await good(desk, ...UNBLIND, LIST)).toContain(row.split(",").at(-1)!);
    expect(await good(desk, "log", "verify", "sle.log", "--list", LIST)).toContain("is the one of this log, unaltered");
    expect(await good(desk, "log", "verify", "sle.log")).toContain("It was not asked");
  });

  it("is refused with a list of the same id and another seed, which no log takes as an extension either", async () => {
    const desk = await trialDesk();
    desk.write("longer.yaml", PLAN.replace("length: 24", "length: 48"));
    await good(desk, "list", "longer.yaml", "--test-seed", "wrong", "--out", "other");
    await allRefuse(desk, "other");
    await refused(desk, "log", "extend", "sle.log", "--list", "other", "--reason", "longer", ...ACTOR);
    for (const [seed, folder] of [
      ["wrong", LIST],
      ["right", "other"],
    ] as const) {
      const made = await desk.run("list", "longer.yaml", "--test-seed", seed, "--extends", folder, "--out", "x");
      expect(made.code).toBe(2);
      expect(made.stderr).toContain("list.seed_differs");
    }
  });

  it.each([
    ["master.csv", (text: string) => text.replace(/low(?=\r\n)/, "high")],
    ["master.csv", (text: string) => text.replaceAll("\r\n", "\n")],
    ["master.json", (text: string) => text.replace('"arm":"low"', '"arm":"high"')],
    ["master.json", (text: string) => `${text}\n`],
    ["manifest.json", (text: string) => text.replace(/"opening": "./, '"opening": "g')],
    [
      "manifest.json",
      (text: string) => text.replace(/("opening": ")(.)/, (_, a: string, b: string) => a + (b === "0" ? "1" : "0")),
    ],
    ["manifest.json", (text: string) => text.replace('"ratio": 1', '"ratio": 2')],
  ])("is refused with an edited %s", async (file, edit) => {
    const desk = await trialDesk();
    cpSync(desk.path(LIST), desk.path("edited"), { recursive: true });
    const name = `edited/${ID}.UNBLINDED.${file}`;
    const text = readFileSync(desk.path(name), "utf8");
    expect(edit(text)).not.toBe(text);
    desk.write(name, edit(text));
    await refused(desk, ...UNBLIND, "edited");
    await refused(
      desk,
      "assign",
      "sle.log",
      "--participant",
      "P-9",
      "--stratum",
      "site=02",
      ...ACTOR,
      "--unblinded",
      "edited",
    );
  });

  it("goes on with an extension of the same seed, for participants of before and after", async () => {
    const desk = await trialDesk();
    desk.write("longer.yaml", PLAN.replace("length: 24", "length: 48"));
    await good(desk, "list", "longer.yaml", ...SEED, "--extends", LIST, "--out", "longer");
    await good(desk, "verify", "longer", ...SEED);
    await refused(desk, ...UNBLIND, "longer");
    await good(desk, "log", "extend", "sle.log", "--list", "longer", "--reason", "amendment 2", ...ACTOR);
    const arm = (text: string): string => /low|medium|high|placebo/.exec(text)![0];
    expect(arm(await good(desk, ...UNBLIND, "longer"))).toBe(arm(await good(desk, ...UNBLIND, LIST)));
    await good(desk, "log", "verify", "sle.log", "--list", "longer");
  });

  it.each([
    ["procedure: { kind: random-allocation-rule }", "random-allocation-rule"],
    ["procedure: { kind: permuted-block, sizes: [4, 8], lastBlock: fill }", "filled"],
  ])("never follows a list whose rows are drawn for its length: %s", async (procedure, why) => {
    const plan = PLAN.replace(/procedure: .*/, procedure);
    const desk = await trialDesk(plan);
    expect(await good(desk, "list", "plan.yaml", ...SEED, "--out", "again")).toContain(why);
    desk.write("longer.yaml", plan.replace("length: 24", "length: 48"));
    const { code, stderr } = await desk.run("list", "longer.yaml", ...SEED, "--extends", LIST, "--out", "longer");
    expect(code).toBe(2);
    expect(stderr).toContain("conduct.extension_changes");
  });

  it("is kept apart from a dynamic allocation, whose log no audit takes beside a list", async () => {
    const desk = makeDesk({ entropy: (bytes) => Uint8Array.from({ length: bytes }, (_, i) => 37 * i + 5) });
    desk.write("plan.yaml", PLAN);
    const dynamic = "{ kind: minimization, measure: range, law: { kind: fixed, probability: '0.8' } }";
    const plan = PLAN.replace(/procedure: .*/, `procedure: ${dynamic}`).replace("strata:", "factors:");
    desk.write("dynamic.yaml", plan);
    await good(desk, "list", "plan.yaml", ...SEED);
    await good(desk, "log", "open", "sle.UNBLINDED.log", "--plan", "dynamic.yaml", ...SEED, ...ACTOR);
    const { code, stderr } = await desk.run("audit", LIST, "--log", "sle.UNBLINDED.log");
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("custody.list_differs") as string,
    });
  });

  it("is refused with a log that has no binding", async () => {
    const desk = await trialDesk();
    const [opened = "", ...rest] = desk.read("sle.log").split("\n");
    desk.write("sle.log", [opened.replace(/"binding":"[0-9a-f]{64}",/, ""), ...rest].join("\n"));
    expect((await desk.run("log", "verify", "sle.log")).code).toBe(1);
    expect((await desk.run(...UNBLIND, LIST)).code).toBe(2);
  });
});
