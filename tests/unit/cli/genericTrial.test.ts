import { describe, expect, it } from "vitest";
import { AllocellError, defineTrial, generateList, Seed } from "../../../src/index.js";
import { parseDynamicPlan, parsePlan, trialInPlan } from "../../../src/list/index.js";
import { makeDesk } from "./harness.js";

const TRIAL = { id: "DEMO", arms: ["active", "placebo"], masking: "double", participants: 24 } as const;
const plan = {
  trial: TRIAL,
  list: "DEMO-1",
  arms: { active: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  length: 24,
} as const;
const issueOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.issues.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return undefined;
};

describe("a trial stated in short", { tags: ["LIST-005"] }, () => {
  it("is a trial with one randomized part, without doses or open questions", () => {
    const trial = defineTrial({ ...TRIAL, arms: { active: "Drug X", placebo: "Placebo" } });
    expect(trial.arms.map(({ id, label }) => [id, label])).toEqual([
      ["active", "Drug X"],
      ["placebo", "Placebo"],
    ]);
    expect(trial.parts).toMatchObject([{ id: "main", kind: "randomized", size: 24, masking: { level: "double" } }]);
    expect(trial.assumptions).toEqual([]);
    expect(defineTrial(trial)).toEqual(trial);
    const who = { level: "double", who: ["participant", "investigator"] } as const;
    expect(defineTrial({ ...TRIAL, masking: who }).parts[0]?.masking).toEqual(who);
  });

  it("is refused with what it does not have, or without what it needs", () => {
    expect(issueOf(() => defineTrial({ ...TRIAL, masking: "duble" }))).toEqual(["trial.invalid masking"]);
    expect(issueOf(() => defineTrial({ ...TRIAL, dose: "1E6" }))).toEqual(["trial.invalid dose"]);
    expect(issueOf(() => defineTrial({ ...TRIAL, arms: ["a", "a"] }))).toContain("trial.id_duplicate arms.1.id");
    expect(issueOf(() => defineTrial({ ...TRIAL, arms: {} }))).toEqual(["trial.invalid arms"]);
    expect(issueOf(() => defineTrial({ ...TRIAL, arms: { a: "A", A: "B" } }))).toEqual([
      "trial.id_duplicate arms.1.id",
    ]);
    const one = { level: "double", who: ["participant"] };
    expect(issueOf(() => defineTrial({ ...TRIAL, masking: one }))).toEqual(["trial.masking_mismatch masking.who"]);
    const inFull = defineTrial(TRIAL);
    expect(issueOf(() => parsePlan({ ...plan, trial: inFull }))).toContain("trial.invalid trial.participants");
    expect(issueOf(() => parsePlan({ ...plan, trial: { ...TRIAL, id: "1" } }))).toEqual(["trial.invalid trial.id"]);
  });

  it("stands in a plan, whose list is that of a plan that names it", () => {
    const seed = Seed.test("short");
    const named = generateList({ plan: { ...plan, trial: "DEMO", part: "main" }, trial: defineTrial(TRIAL), seed });
    expect([...generateList({ plan, seed }).unblindedRows()]).toEqual([...named.unblindedRows()]);
    expect(parsePlan(plan)).toEqual(parsePlan({ ...plan, trial: "DEMO", part: "main" }));
    expect(trialInPlan(plan)).toEqual(defineTrial(TRIAL));
    expect(trialInPlan({ ...plan, trial: "DEMO" })).toBeUndefined();
    expect(issueOf(() => generateList({ plan: { ...plan, trial: "DEMO", part: "main" }, seed }))).toEqual([
      "input.invalid trial",
    ]);
    const dynamic = parseDynamicPlan({
      trial: TRIAL,
      list: "DYN",
      arms: plan.arms,
      procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "4/5" } },
      factors: [{ factor: "sex", levels: ["f", "m"] }],
      length: 24,
    });
    expect(dynamic).toMatchObject({ trial: "DEMO", part: "main" });
  });
});

describe("the command with a plan that states its trial", { tags: ["LIST-005"] }, () => {
  const text = `trial: { id: DEMO, arms: [active, placebo], masking: double, participants: 24 }
list: DEMO-1
arms: { active: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4, 6], lastBlock: whole }
length: 24
`;

  it("lists, verifies, assesses, describes and audits it", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", text);
    expect((await desk.run("list", "plan.yaml", "--test-seed", "x")).code).toBe(0);
    const verified = await desk.run("verify", "DEMO-1", "--trial", "plan.yaml", "--test-seed", "x");
    expect(verified).toMatchObject({ code: 0, stderr: "" });
    expect(verified.stdout).not.toContain("verify needs the trial");
    for (const [command, ...more] of [
      ["assess"],
      ["audit"],
      ["describe", "--document", "protocol"],
      ["describe", "--document", "specification"],
    ] as const) {
      expect((await desk.run(command, "plan.yaml", ...more)).stdout).toContain("DEMO");
    }
  });

  it("refuses a second trial beside it, and names the place of a fault", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", text);
    desk.write("wrong.yaml", text.replace("double", "duble"));
    const { answer } = await desk.json("list", "plan.yaml", "--test-seed", "x", "--trial", "plan.yaml");
    expect(answer["error"]).toMatchObject({ code: "cli.option_surplus" });
    const wrong = await desk.json("list", "wrong.yaml", "--test-seed", "x");
    expect(wrong.answer["error"]).toMatchObject({ code: "trial.invalid", issues: [{ path: "trial.masking" }] });
  });
});
