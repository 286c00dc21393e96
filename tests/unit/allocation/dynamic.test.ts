import { describe, expect, it } from "vitest";
import {
  allocateInLog,
  blindedConduct,
  dynamicPast,
  extendDynamicLog,
  forceNext,
  openDynamicLog,
  readLog,
  replaceInLog,
  skipNext,
  verifyDynamic,
  type ConductBody,
} from "../../../src/allocation/index.js";
import { allocateNext, checkDynamicPlan, parseDynamicPlan, type DynamicPlan } from "../../../src/list/index.js";
import { arc4Stream, below, deriveStreamKey, Seed } from "../../../src/random/index.js";
import { trialById } from "../../../src/trials/index.js";
import { openDesk, type Desk } from "../../support/conductDesk.js";
import { issueOf } from "../../support/issueOf.js";
import { liveSeed } from "../../support/plans.js";

const FILE = {
  trial: "NCT06853522",
  part: "main",
  list: "UC-DYN",
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
  factors: [
    { factor: "site", levels: ["01", "02"], weight: 2 },
    { factor: "sex", levels: ["F", "M"] },
  ],
  length: 40,
};
const plan = parseDynamicPlan(FILE);
const seed = Seed.test("dynamic");
const codeOf = (act: () => unknown): string => issueOf(act).code;
const F = { site: "01", sex: "F" };
const M = { site: "01", sex: "M" };

const fileOf = (kind: string): object => {
  if (kind === "minimization") return FILE;
  if (kind === "atkinson")
    return { ...FILE, procedure: { kind }, factors: FILE.factors.map(({ factor, levels }) => ({ factor, levels })) };
  const procedure = { kind, overallWeight: 1, stratumWeight: 3, probability: "0.9" };
  return { ...FILE, procedure, factors: FILE.factors.map((factor) => ({ weight: 1, ...factor })) };
};

describe("the plan of a dynamic allocation", { tags: ["DYN-002"] }, () => {
  it("is read, checked against its trial, and read again", () => {
    expect(plan.numbers).toEqual({ prefix: "R", digits: 4 });
    expect(parseDynamicPlan(plan)).toEqual(plan);
    const { assumptions, warnings } = checkDynamicPlan(plan, trialById("NCT06853522"));
    expect(assumptions.length).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
    expect(codeOf(() => checkDynamicPlan(plan, trialById("NCT07041801")))).toBe("list.trial_differs");
  });

  it("warns of an unequal ratio, which minimization does not keep at every row", () => {
    const unequal = parseDynamicPlan({ ...FILE, arms: { exosome: 2, placebo: 1 } });
    const { warnings } = checkDynamicPlan(unequal, trialById("NCT06853522"));
    expect(warnings.map(({ code }) => code)).toEqual(["procedure.ratio_not_kept"]);
    expect(warnings[0]?.message).toContain("2:1");
    const twice = parseDynamicPlan({ ...FILE, arms: { exosome: 2, placebo: 2 } });
    expect(checkDynamicPlan(twice, trialById("NCT06853522")).warnings).toEqual([]);
  });

  it("refuses a ratio beside the arms that is not theirs", () => {
    const stated = parseDynamicPlan({ ...FILE, assumptions: { "allocation.ratio": "2:1" } });
    expect(codeOf(() => checkDynamicPlan(stated, trialById("NCT06853522")))).toBe("trial.assumption_conflict");
  });

  it.each([
    ["list.plan_invalid", { strata: [] }],
    ["list.plan_invalid", { factors: [] }],
    ["list.plan_invalid", { factors: [{ factor: "sex", levels: ["F", "F"] }] }],
    ["list.plan_invalid", { arms: { exosome: 1 } }],
    ["list.plan_invalid", { procedure: { kind: "permuted-block", sizes: [4] } }],
    [
      "procedure.parameter_out_of_range",
      { procedure: { ...FILE.procedure, law: { kind: "fixed", probability: "0.3" } } },
    ],
    ["procedure.option_unknown", { procedure: { kind: "atkinson" } }],
    [
      "procedure.parameter_out_of_range",
      { procedure: { kind: "hu-hu", overallWeight: 1, stratumWeight: 1, probability: "0.8" } },
    ],
    ["list.numbers_too_short", { length: 10_000 }],
  ])("is refused: %s for %j", (code, change) => {
    expect(codeOf(() => parseDynamicPlan({ ...FILE, ...change }))).toBe(code);
  });
});

describe("the next allocation", { tags: ["DYN-002"] }, () => {
  it("is one draw from the participant's own stream", () => {
    const past = [{ stratum: F, arm: "exosome" }];
    const next = allocateNext(plan, seed, past, M);
    // exosome: site 2 x |2 - 0| + sex |1 - 0| = 5; placebo: 2 x |1 - 1| + |0 - 1| = 1.
    expect(next).toMatchObject({
      sequence: 2,
      number: "TR0002",
      scores: { exosome: "5", placebo: "1" },
      preferred: ["placebo"],
    });
    expect(next.probabilities).toEqual({ exosome: "1/5", placebo: "4/5" });
    const key = deriveStreamKey(seed, {
      algorithm: "allocell-ps-1",
      list: "UC-DYN",
      purpose: "allocation",
      stratum: [["participant", "2"]],
    });
    expect(next.arm).toBe(below(arc4Stream(key), 5) === 0 ? "exosome" : "placebo");
    expect(next.probability).toBe(next.probabilities[next.arm]);
  });

  // Frozen: an id never changes what it produces.
  it.each([
    ["minimization", "ppeeeppepe"],
    ["hu-hu", "epeppeeepe"],
    ["atkinson", "peppepeeep"],
  ])("of %s stays what it was", (kind, expected) => {
    const frozen = parseDynamicPlan(fileOf(kind));
    const past: { stratum: typeof F; arm: string }[] = [];
    for (let i = 0; i < 10; i += 1) {
      const stratum = { site: i % 3 === 0 ? "02" : "01", sex: i % 2 === 0 ? "F" : "M" };
      past.push({ stratum, arm: allocateNext(frozen, seed, past, stratum).arm });
    }
    expect(past.map(({ arm }) => arm[0]).join("")).toBe(expected);
  });

  it.each([
    ["list.covariate_missing", { site: "01" }],
    ["list.covariate_unknown", { site: "01", sex: "X" }],
    ["list.covariate_unknown", { ...F, age: "old" }],
  ])("is refused: %s", (code, stratum) => {
    expect(codeOf(() => allocateNext(plan, seed, [], stratum as never))).toBe(code);
  });

  it("is refused beyond the plan's length and after an unknown arm", () => {
    const one = parseDynamicPlan({ ...FILE, length: 1 });
    expect(codeOf(() => allocateNext(one, seed, [{ stratum: F, arm: "exosome" }], F))).toBe("list.length_reached");
    expect(codeOf(() => allocateNext(plan, seed, [{ stratum: F, arm: "sham" }], F))).toBe("list.arm_unknown");
  });
});

const run = (own: DynamicPlan, count: number): Desk => {
  const desk = openDesk(openDynamicLog(own, seed));
  for (let i = 1; i <= count; i += 1) {
    const stratum = { site: i % 3 === 0 ? "02" : "01", sex: i % 2 === 0 ? "F" : "M" };
    if (i % 5 === 0)
      desk.add(
        forceNext(desk.state, { participant: `P-${i}`, stratum, position: "used", arm: "placebo", reason: "drug" }),
      );
    else desk.add(allocateInLog(desk, own, seed, { participant: `P-${i}`, stratum }).body);
  }
  return desk;
};

describe("the log of a dynamic allocation", { tags: ["DYN-002"] }, () => {
  it.each(["minimization", "hu-hu", "atkinson"])("replays to the same answers, forced arms included: %s", (kind) => {
    const own = parseDynamicPlan(fileOf(kind));
    const desk = run(own, 20);
    desk.add({ type: "withdrawn", participant: "P-3", reason: "consent" });
    desk.add({ type: "wrong-stratum", participant: "P-2", trueStratum: M, reason: "typing" });
    desk.add(replaceInLog(desk, own, seed, { participant: "P-3", by: "P-3b", stratum: F, reason: "protocol" }).body);
    expect(verifyDynamic(own, seed, readLog(desk.text()))).toBeUndefined();
    expect(dynamicPast(desk.events)).toHaveLength(21);
  });

  it("names the first assignment that plan and seed do not give", () => {
    const desk = run(plan, 3);
    const { body } = allocateInLog(desk, plan, seed, { participant: "P-4", stratum: F });
    desk.add({ ...body, arm: body.arm === "placebo" ? "exosome" : "placebo" });
    desk.add(allocateInLog(desk, plan, seed, { participant: "P-6", stratum: F }).body);
    expect(verifyDynamic(plan, seed, desk)).toMatchObject({
      seq: 5,
      participant: "P-4",
      number: "TR0004",
      expected: body.arm,
    });
  });

  it("takes only its own plan and seed", () => {
    const desk = run(plan, 2);
    const other = (change: object): DynamicPlan => parseDynamicPlan({ ...FILE, ...change });
    const allocate = (own: DynamicPlan, with_: Seed) => () =>
      allocateInLog(desk, own, with_, { participant: "P-9", stratum: F });
    expect(codeOf(allocate(plan, Seed.test("other")))).toBe("conduct.seed_differs");
    expect(codeOf(allocate(plan, liveSeed))).toBe("conduct.seed_differs");
    expect(codeOf(allocate(other({ length: 50 }), seed))).toBe("conduct.plan_differs");
    expect(codeOf(allocate(other({ arms: { placebo: 1, exosome: 1 } }), seed))).toBe("conduct.rule_changed");
  });

  it("grows by levels and length, and gives the earlier assignments again", () => {
    const desk = run(parseDynamicPlan({ ...FILE, length: 8 }), 8);
    const longer = parseDynamicPlan({
      ...FILE,
      factors: [{ factor: "site", levels: ["01", "02", "03"], weight: 2 }, FILE.factors[1]],
    });
    expect(codeOf(() => allocateInLog(desk, longer, seed, { participant: "P-9", stratum: F }))).toBe(
      "conduct.plan_differs",
    );
    desk.add(extendDynamicLog(desk.state, longer, "site 03 opens"));
    const { body } = allocateInLog(desk, longer, seed, { participant: "P-9", stratum: { site: "03", sex: "F" } });
    desk.add(body);
    expect(body.number).toBe("TR0009");
    expect(verifyDynamic(longer, seed, desk)).toBeUndefined();
    const shorter = parseDynamicPlan({ ...FILE, length: 8 });
    expect(codeOf(() => desk.add(extendDynamicLog(desk.state, shorter, "less")))).toBe("conduct.extension_changes");
  });

  it("ends without a word about arms", () => {
    const own = parseDynamicPlan({ ...FILE, length: 2 });
    const desk = run(own, 2);
    const issue = issueOf(() => allocateInLog(desk, own, seed, { participant: "P-9", stratum: F }));
    expect(issue.code).toBe("conduct.stratum_exhausted");
    expect(JSON.stringify(issue)).not.toMatch(/exosome|placebo/);
  });

  it("refuses what its events need and lack", () => {
    const desk = run(plan, 1);
    const { body } = allocateInLog(desk, plan, seed, { participant: "P-2", stratum: F });
    const without = Object.fromEntries(Object.entries(body).filter(([key]) => key !== "arm")) as unknown as ConductBody;
    expect(codeOf(() => desk.add(without))).toBe("conduct.arm_missing");
    expect(codeOf(() => desk.add({ ...body, arm: "sham" }))).toBe("conduct.arm_unknown");
    expect(codeOf(() => desk.add(skipNext(desk.state, { stratum: F, reason: "gap" })))).toBe("conduct.no_gaps_here");
    expect(
      codeOf(() =>
        desk.add(
          forceNext(desk.state, { participant: "P-2", stratum: F, position: "none", arm: "placebo", reason: "x" }),
        ),
      ),
    ).toBe("conduct.no_gaps_here");
  });

  it("has a blinded view without any arm", () => {
    expect(JSON.stringify(blindedConduct(run(plan, 12).state))).not.toMatch(/exosome|placebo/);
  });
});
