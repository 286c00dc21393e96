import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConductSnapshot, readLog, toConductSnapshot } from "../../../src/allocation/index.js";
import { makeDesk, type Desk } from "./harness.js";

const example = (name: string): URL => new URL(`../../../examples/${name}`, import.meta.url);

/** A desk on which the days go by, with the log of the open part of T1D. */
function openDesk(rule = "t1d/escalation.yaml") {
  const clock = { today: "2026-09-01" };
  const desk = makeDesk({ now: () => new Date(`${clock.today}T12:00:00Z`) });
  copyFileSync(example(rule), desk.path("rule.yaml"));
  const cohort = (command: string, ...options: string[]) =>
    desk.run("cohort", command, "open.log", "--actor", "N. Berg", ...options);
  const on = (day: string) => (clock.today = day);
  const open = () => desk.run("log", "open", "open.log", "--rule", "rule.yaml", "--test", "--actor", "N. Berg");
  return { desk, cohort, on, open };
}

type Part = ReturnType<typeof openDesk>;

/** Doses three participants on their earliest days and judges them after their windows. */
async function treat({ cohort, on }: Part, names: readonly string[], days: readonly string[], end: string, dlt = 0) {
  for (const [i, name] of names.entries()) {
    on(days[i]!);
    expect((await cohort("enter", "--participant", name, "--dosed-on", days[i]!)).code).toBe(0);
  }
  on(end);
  for (const [i, name] of names.entries()) {
    const outcome = i < dlt ? ["--outcome", "dlt", "--on", days[i]!] : ["--outcome", "no-dlt", "--on", end];
    expect((await cohort("assess", "--participant", name, ...outcome, "--by", "Dr. Lee")).code).toBe(0);
  }
}

const decide = ({ cohort }: Part, command: string, dataCut: string, level: string, ...more: string[]) =>
  cohort(command, "--data-cut", dataCut, "--level", level, "--by", "Safety committee", ...more);

const FIRST = ["2026-09-07", "2026-09-21", "2026-09-28"] as const;

async function firstCohort(part: Part, dlt = 0): Promise<void> {
  expect((await part.open()).code).toBe(0);
  expect((await part.cohort("open")).code).toBe(0);
  await treat(part, ["P-1", "P-2", "P-3"], FIRST, "2026-10-25", dlt);
}

describe("the conduct of an open part", { tags: ["ESC-005"] }, () => {
  it("goes from the sentinel to the decision, with dates, and the level flows into the dose", async () => {
    const part = openDesk();
    const { desk, cohort, on } = part;
    await firstCohort(part);
    expect((await cohort("open")).stderr).toContain("conduct.no_decision");
    expect((await decide(part, "decide", "2026-10-25", "2")).code).toBe(0);
    const { state } = readLog(desk.read("open.log"));
    expect(readConductSnapshot(toConductSnapshot({ state }) ?? "")?.state).toEqual(state);
    const opened = await cohort("open");
    expect(opened.stdout).toMatch(/enter level 2 +not now +2026-10-31/);
    // Nobody of the new cohort was dosed: there is nothing to decide yet.
    expect(opened.stdout).toMatch(/decide +not now +The cohort is not complete/);
    on("2026-10-30");
    const early = await cohort("enter", "--participant", "P-4", "--dosed-on", "2026-10-30");
    expect([early.code, early.stderr.includes("conduct.too_early"), early.stderr.includes("2026-10-31")]).toEqual([
      2,
      true,
      true,
    ]);
    await treat(part, ["P-4", "P-5", "P-6"], ["2026-10-31", "2026-11-14", "2026-11-21"], "2026-12-18");
    const made = await desk.run(
      "cohort",
      "decision",
      "open.log",
      "--arm",
      "experimental",
      "--participant",
      "P-4",
      "--out",
      "p4.json",
    );
    expect(made.stdout).toContain("level 2 (medium)");
    const dose = await desk.run(
      ...[
        "dose",
        "NCT06407297",
        "--arm",
        "experimental",
        "--part",
        "open",
        "--decision",
        "p4.json",
        "--weight",
        "30 kg",
      ],
      ...[
        "--assume",
        "dose.countBasis=viable-cells",
        "--assume",
        "dose.weightDescriptor=actual",
        "--assume",
        "dose.cap=none",
      ],
    );
    expect(dose.stderr).toBe("");
    expect(dose.stdout).toContain("60,000,000 viable cells");
    expect(dose.stdout).toContain("Decision of 2026-10-25 by Safety committee");
  });

  it("keeps the gate of the randomized part closed until the part is closed with a level", async () => {
    const part = openDesk();
    const { desk, cohort, on } = part;
    await firstCohort(part);
    copyFileSync(example("t1d/plan.yaml"), desk.path("plan.yaml"));
    // The list may be generated before; its positions are given out only after.
    expect((await desk.run("list", "plan.yaml", "--test-seed", "gate", "--out", "L", "--quiet")).code).toBe(0);
    expect((await desk.run("log", "open", "list.log", "--list", "L", "--actor", "N. Berg")).code).toBe(0);
    const assign = () => desk.run("assign", "list.log", "--participant", "R-1", "--actor", "N. Berg");
    expect((await assign()).stderr).toContain("conduct.gate_closed");
    const gate = () => desk.run("log", "gate", "list.log", "--open-part", "open.log", "--actor", "N. Berg");
    expect((await gate()).stderr).toContain("conduct.level_undecided");
    expect((await decide(part, "close", "2026-10-25", "2", "--reason", "enough")).stderr).toContain(
      "conduct.level_not_cleared",
    );
    expect((await decide(part, "close", "2026-10-25", "1")).stderr).toContain("conduct.reason_missing");
    expect((await decide(part, "close", "2026-10-25", "1", "--reason", "supply ends")).code).toBe(0);
    expect((await gate()).code).toBe(0);
    expect((await assign()).code).toBe(0);
    const log = desk.read("list.log");
    const closed = desk.read("open.log").trim().split("\n").at(-1)!;
    expect(log).toContain((JSON.parse(closed) as { hash: string }).hash);
    for (const secret of ["P-1", "low", "1E6", "1000000"]) expect(log, secret).not.toContain(secret);
    on("2026-11-30");
    expect(
      (await cohort("open", "--level", "1", "--size", "3", "--override", "x", "--override-by", "y")).stderr,
    ).toContain("conduct.part_closed");
    const decision = await desk.run("cohort", "decision", "open.log", "--arm", "experimental", "--out", "next.json");
    expect(decision.stdout).toContain("level 1 (low)");
  });

  it("records what was done otherwise only with reason and name, and shows it for ever after", async () => {
    const part = openDesk();
    const { desk, cohort, on } = part;
    await part.open();
    await cohort("open");
    on("2026-09-07");
    await cohort("enter", "--participant", "P-1", "--dosed-on", "2026-09-07");
    on("2026-09-10");
    const enter = ["--participant", "P-2", "--dosed-on", "2026-09-10"];
    expect((await cohort("enter", ...enter)).stderr).toContain("2026-09-21");
    expect((await cohort("enter", ...enter, "--override", "bed free")).stderr).toContain("cli.override_incomplete");
    expect((await cohort("enter", ...enter, "--override", "bed free", "--override-by", "Dr. Ott")).code).toBe(0);
    const { stdout } = await desk.run("cohort", "status", "open.log");
    expect(stdout).toMatch(/Participant P-2 +bed free +Dr\. Ott/);
  });

  it("makes every decision wait for a new one after a late DLT", async () => {
    const part = openDesk();
    const { cohort, on } = part;
    await firstCohort(part);
    await decide(part, "decide", "2026-10-25", "2");
    await cohort("open");
    on("2026-11-02");
    const late = ["--participant", "P-2", "--outcome", "late-dlt", "--by", "Dr. Lee"];
    expect((await cohort("assess", ...late, "--on", "2026-10-01")).stderr).toContain("conduct.window_open");
    expect((await cohort("assess", ...late, "--on", "2026-10-30")).code).toBe(0);
    const enter = ["--participant", "P-4", "--dosed-on", "2026-11-02"];
    expect((await cohort("enter", ...enter)).stderr).toContain("conduct.decision_superseded");
    const { stdout } = await part.desk.run("cohort", "status", "open.log");
    expect(stdout).toContain("late DLT 2026-10-30");
    expect(stdout).toContain("A late DLT came after the last decision: decide anew first.");
  });

  it("replaces whoever cannot be evaluated, in the same cohort and once", async () => {
    const part = openDesk();
    const { cohort, on } = part;
    await part.open();
    await cohort("open");
    for (const [i, day] of FIRST.entries()) {
      on(day);
      await cohort("enter", "--participant", `P-${i + 1}`, "--dosed-on", day);
    }
    on("2026-10-06");
    const enter = (...more: string[]) => cohort("enter", "--participant", "P-4", "--dosed-on", "2026-10-06", ...more);
    expect((await enter()).stderr).toContain("conduct.cohort_full");
    expect((await enter("--replaces", "P-3")).stderr).toContain("conduct.replacement_invalid");
    const left = ["--participant", "P-3", "--outcome", "not-evaluable", "--on", "2026-10-05", "--by", "Dr. Lee"];
    expect((await cohort("assess", ...left)).stderr).toContain("conduct.reason_missing");
    expect((await cohort("assess", ...left, "--reason", "withdrew on day 8")).code).toBe(0);
    expect((await enter()).stderr).toContain("conduct.replacement_unnamed");
    expect((await enter("--replaces", "P-3")).code).toBe(0);
  });

  it.each([
    [
      "assess before dosing",
      ["assess", "--participant", "P-1", "--outcome", "dlt", "--on", "2026-09-01", "--by", "L"],
      "conduct.assessed_already",
    ],
    [
      "a second decision on one cut",
      ["decide", "--data-cut", "2026-10-25", "--level", "2", "--by", "C"],
      "conduct.decided_already",
    ],
    [
      "a cut in the future",
      ["decide", "--data-cut", "2026-12-01", "--level", "2", "--by", "C"],
      "conduct.date_in_future",
    ],
    [
      "a decision before its data",
      ["decide", "--data-cut", "2026-10-26", "--decided-on", "2026-10-25", "--level", "2", "--by", "C"],
      "conduct.dates_backwards",
    ],
    ["an earlier cut", ["decide", "--data-cut", "2026-10-20", "--level", "2", "--by", "C"], "conduct.dates_backwards"],
    [
      "a day that does not exist",
      ["decide", "--data-cut", "2026-02-30", "--level", "2", "--by", "C"],
      "conduct.event_invalid",
    ],
    [
      "somebody unknown",
      ["assess", "--participant", "P-9", "--outcome", "dlt", "--on", "2026-09-08", "--by", "L"],
      "conduct.participant_unknown",
    ],
    ...["p-1", "Ｐ-1"].map((id): [string, string[], string] => [
      `entered twice, as ${JSON.stringify(id)}`,
      ["enter", "--participant", id, "--dosed-on", "2026-10-26"],
      "conduct.participant_entered",
    ]),
    [
      "other than the rule, without reason",
      ["decide", "--data-cut", "2026-10-26", "--level", "1", "--by", "C"],
      "conduct.reason_missing",
    ],
  ])("refuses %s", async (_, argv, code) => {
    const part = openDesk();
    await firstCohort(part);
    part.on("2026-10-26");
    expect((await decide(part, "decide", "2026-10-25", "2")).code).toBe(0);
    const { code: exit, stderr } = await part.cohort(argv[0]!, ...argv.slice(1));
    expect([exit, stderr.includes(code)], stderr).toEqual([2, true]);
  });

  it("refuses a level that is closed permanently, and stops by the rule", async () => {
    const part = openDesk("t1d/escalation-3plus3.yaml");
    await firstCohort(part, 2);
    expect((await decide(part, "decide", "2026-10-25", "1", "--reason", "x")).stderr).toContain("conduct.level_closed");
    const { answer } = await part.desk.json("cohort", "status", "open.log");
    expect(answer["status"]).toMatchObject({ rule: { action: "stop", recommended: null } });
    expect((await decide(part, "decide", "2026-10-25", "none")).code).toBe(0);
    expect((await part.desk.run("log", "verify", "open.log")).code).toBe(0);
    expect((await decide(part, "close", "2026-10-25", "none")).code).toBe(0);
    expect((await part.desk.run("cohort", "status", "open.log")).stdout).toContain("level for the next part: none");
  });

  it("is no log of a list, and a list's log is none of a part", async () => {
    const part = openDesk();
    await part.open();
    const assign = await part.desk.run("assign", "open.log", "--participant", "P-1", "--actor", "N");
    expect(assign.stderr).toContain("conduct.open_part");
    expect((await part.desk.run("log", "verify", "open.log")).code).toBe(0);
    const bare = part.desk.write("bare.yaml", part.desk.read("rule.yaml").replace(/conduct:[\s\S]*/, ""));
    expect((await part.desk.run("log", "open", "b.log", "--rule", bare, "--actor", "N")).stderr).toContain("conduct");
  });
});

describe("the record of an open part", () => {
  it("shows decisions beside the rule, in English or Chinese, and is written as tables and a page", async () => {
    const part = openDesk();
    const { desk } = part;
    await firstCohort(part);
    await decide(part, "decide", "2026-10-25", "1", "--reason", "more safety data");
    const english = await desk.run("cohort", "status", "open.log");
    expect(english.stdout).toMatch(/2026-10-25 +escalate: 3 at level 2 \(medium\) +level 1 \(low\)/);
    expect(english.stdout).toContain("Decision on the data of 2026-10-25: level 1 (low), and not escalate");
    const chinese = await desk.run("cohort", "status", "open.log", "--lang", "zh", "--out", "record");
    expect(chinese.stdout).toContain("未按决定执行的事项");
    expect(chinese.stdout).not.toMatch(/escalate|Level|sentinel/);
    expect(readdirSync(desk.path("record")).sort()).toEqual(
      ["decisions", "levels", "next", "overrides", "participants"]
        .map((name) => `${name}.zh.csv`)
        .concat("open-part.zh.html")
        .sort(),
    );
    expect(desk.read("record/open-part.zh.html")).toContain('lang="zh-CN"');
    expect(desk.read("record/open-part.zh.html")).toContain("试验 NCT06407297，部分 open");
    expect(english.stdout).toContain("TEST: OPEN PART on 2026-10-25");
    const again = await desk.run("cohort", "status", "open.log", "--out", "record");
    expect(again.stderr).toContain("cli.output_exists");
    const opened = await part.cohort("open", "--out", "second", "--lang", "zh");
    expect([opened.code, opened.stdout.includes("后续事项")]).toEqual([0, true]);
    expect(desk.read("second/next.zh.csv")).toContain("入组给药");
    // A folder that is in the way is found before anything is recorded.
    const before = desk.read("open.log");
    const late = await part.cohort("enter", "--participant", "P-4", "--dosed-on", "2026-10-25", "--out", "second");
    expect(late.stderr).toContain("cli.output_exists");
    expect(desk.read("open.log")).toBe(before);
  });

  it("takes a level for closed that two DLTs close whatever the pending participant has", async () => {
    const part = openDesk("t1d/escalation-3plus3.yaml");
    await part.open();
    await part.cohort("open");
    for (const [i, day] of FIRST.entries()) {
      part.on(day);
      await part.cohort("enter", "--participant", `P-${i + 1}`, "--dosed-on", day);
    }
    for (const name of ["P-1", "P-2"]) {
      const dlt = ["--participant", name, "--outcome", "dlt", "--on", "2026-09-25", "--by", "Dr. Lee"];
      await part.cohort("assess", ...dlt);
    }
    const up = await decide(part, "decide", "2026-09-28", "1", "--reason", "x");
    expect(up.stderr).toContain("conduct.level_closed");
  });
});

describe("the dose that was decided", { tags: ["DOSE-006", "ESC-006"] }, () => {
  it("is prepared for a participant of the open part by the level of their cohort", async () => {
    const part = openDesk();
    const { desk } = part;
    await firstCohort(part);
    const made = await desk.run(
      ...["cohort", "decision", "open.log", "--arm", "experimental", "--participant", "P-1", "--out", "p1.json"],
    );
    expect(made.code).toBe(0);
    const order = readFileSync(example("t1d/order.yaml"), "utf8")
      .replace("part: randomized", "part: open")
      .replaceAll("2026-05-12", "2026-09-07")
      .replaceAll("2026-05-11", "2026-09-06")
      .replaceAll("2026-04-20", "2026-08-20")
      .replace(/ +dose\.(levels\.experimental|administrations):.*\n/g, "");
    desk.write("order.yaml", order);
    // Without the decision the trial's question stays open.
    expect((await desk.run("prepare", "order.yaml")).stderr).toContain("dose.levels.experimental");
    const { stdout, stderr } = await desk.run("prepare", "order.yaml", "--decision", "p1.json");
    expect(stderr).toBe("");
    expect(stdout).toContain("1,000,000 × 30.6 = 30,600,000 viable cells");
    expect(stdout.replace(/\s+/g, " ")).toContain("Decision of 2026-09-01 by N. Berg");
    const bare = desk.write("bare.yaml", order.replace(/^trial: .*$/m, ""));
    expect((await desk.run("prepare", bare, "--decision", "p1.json")).code).toBe(2);
  });

  it("is prepared in the double arm of SLE after the choice, with the decision as its source", async () => {
    const desk = makeDesk();
    copyFileSync(example("sle/decision.yaml"), desk.path("decision.yaml"));
    const order = readFileSync(example("sle/order.yaml"), "utf8")
      .replace(/^arm: .*$/m, "arm: double")
      .replace(/^part: .*$/m, "part: multiple-dose")
      .replace(/containers: \d+/g, "containers: 40")
      .replace(/ +dose\.administrations:.*\n/, "");
    desk.write("order.yaml", order);
    expect((await desk.run("prepare", "order.yaml")).stderr).toContain("arm");
    const { stdout } = await desk.run("prepare", "order.yaml", "--decision", "decision.yaml");
    expect(stdout.replace(/\s+/g, " ")).toContain("; Decision of ");
  });
});

describe("the gate of the double-dose part of SLE", { tags: ["ESC-006"] }, () => {
  it("opens by the record that chose the dose, and names no dose", async () => {
    const desk: Desk = makeDesk({ now: () => new Date("2026-03-01T12:00:00Z") });
    copyFileSync(example("sle/decision.yaml"), desk.path("decision.yaml"));
    desk.write(
      "plan.yaml",
      "trial: NCT07041801\npart: multiple-dose\nlist: SLE-MD\narms: { double: 1, placebo: 1 }\nprocedure: { kind: permuted-block, sizes: [2] }\nlength: 4\nnumbers: { prefix: M }\n",
    );
    const list = await desk.run(
      "list",
      "plan.yaml",
      "--decision",
      "decision.yaml",
      "--test-seed",
      "x",
      "--out",
      "L",
      "--quiet",
    );
    expect(list.stderr).toBe("");
    await desk.run("log", "open", "md.log", "--list", "L", "--actor", "N. Berg");
    const assign = () => desk.run("assign", "md.log", "--participant", "P-1", "--actor", "N. Berg");
    expect((await assign()).stderr).toContain("conduct.gate_closed");
    const gate = await desk.run("log", "gate", "md.log", "--decision", "decision.yaml", "--actor", "N. Berg");
    expect(gate.stderr).toBe("");
    expect((await assign()).code).toBe(0);
    expect(desk.read("md.log")).not.toContain("3000000");
  });
});
