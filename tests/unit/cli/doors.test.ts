/* Commands about kits, sites, roles and plans for one participant; the help by person; the completion. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../../src/codes/index.js";
import { PEOPLE } from "../../../src/cli/people.js";
import { makeDesk, PLAN, type Desk } from "./harness.js";

const KITS = `trial: NCT07041801
list: SLE-KITS-1
prefix: KM
batches:
  - [{ arm: low, count: 4 }, { arm: medium, count: 4 }, { arm: high, count: 4 }, { arm: placebo, count: 4 }]
`;
const SUPPLY = `arms: [a, b]
allocation: { kind: complete, ratio: [1, 1] }
participants: { count: 4 }
kitsPerParticipant: 2
stockOutProbability: "0.1"
`;
const codeOf = ({ answer }: Awaited<ReturnType<Desk["json"]>>): unknown =>
  (answer["error"] as { code: string } | undefined)?.code;

describe("allocell kits", () => {
  it("writes both lists into a new folder, all or none, and marks TEST", async () => {
    const desk = makeDesk();
    desk.write("kits.yaml", KITS);
    const { code, stdout } = await desk.run("kits", "kits.yaml", "--test-seed", "kits");
    expect([code, stdout.split("\n")[0]]).toEqual([0, "TEST KIT LIST SLE-KITS-1: 16 kits in SLE-KITS-1"]);
    expect(readdirSync(desk.path("SLE-KITS-1")).sort()).toEqual([
      "SLE-KITS-1.TEST.UNBLINDED.kits.csv",
      "SLE-KITS-1.TEST.UNBLINDED.kits.json",
      "SLE-KITS-1.TEST.blinded.kits.csv",
    ]);
    expect(desk.read("SLE-KITS-1/SLE-KITS-1.TEST.blinded.kits.csv")).not.toMatch(/low|medium|high|placebo/);
    expect(codeOf(await desk.json("kits", "kits.yaml", "--test-seed", "kits"))).toBe("cli.output_exists");
    desk.write("kits.yaml", KITS.replace("KM", "T1"));
    expect(codeOf(await desk.json("kits", "kits.yaml", "--test-seed", "kits", "--out", "K"))).toBe(
      "blinding.kit_plan_invalid",
    );
    expect(readdirSync(desk.cwd).sort()).toEqual(["SLE-KITS-1", "kits.yaml"]);
  });
});

describe("allocell supply and resupply", () => {
  it("give what the library gives: 4 of 2 arms, C(4,k)/16", async () => {
    const desk = makeDesk();
    desk.write("site.yaml", `${SUPPLY}resupply: { every: 2, lead: 1, participants: 6 }\n`);
    const { answer } = await desk.json("supply", "site.yaml");
    // 3 participants' kits each are too few with probability 2/16 = 0.125 > 0.1; so one arm has 4: 1/16.
    expect(answer["arms"]).toEqual([
      { arm: "a", kits: 8, servedParticipants: 4 },
      { arm: "b", kits: 6, servedParticipants: 3 },
    ]);
    expect((await desk.json("resupply", "site.yaml")).answer["shipment"]).toEqual([
      { arm: "a", kits: 2 },
      { arm: "b", kits: 2 },
    ]);
    expect((await desk.run("resupply", "site.yaml")).stdout).toContain("UNBLINDED");
  });

  it("refuse a field that is not read, and say what is missing", async () => {
    const desk = makeDesk();
    desk.write("site.yaml", `${SUPPLY}overage: 1\n`);
    expect(codeOf(await desk.json("supply", "site.yaml"))).toBe("blinding.supply_invalid");
    desk.write("site.yaml", SUPPLY);
    expect(codeOf(await desk.json("resupply", "site.yaml"))).toBe("cli.field_missing");
  });
});

describe("allocell view", () => {
  const ANSWERS = ["masking.unblindedRoles=statistician, pharmacy", "placebo.composition=saline"].flatMap((text) => [
    "--assume",
    text,
  ]);

  it("writes the view of each role under a name that says which world it is of", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    desk.write("kits.yaml", KITS);
    await desk.run("list", "plan.yaml", "--test-seed", "view", "--out", "L");
    await desk.run("log", "open", "t.log", "--list", "L", "--actor", "Desk");
    for (const who of ["P-1", "P-2"])
      await desk.run("assign", "t.log", "--participant", who, "--stratum", "site=01", "--actor", "Desk");
    const written: Record<string, unknown> = {};
    for (const role of [
      "statistician",
      "pharmacy",
      "site",
      "care-provider",
      "investigator",
      "participant",
      "outcomes-assessor",
      "committee",
      "sponsor",
    ]) {
      const { answer, code } = await desk.json(
        "view",
        "L",
        "--role",
        role,
        "--test-seed",
        "view",
        "--log",
        "t.log",
        "--kits",
        "kits.yaml",
        "--kits-test-seed",
        "k",
        ...ANSWERS,
      );
      written[role] = code === 0 ? answer["file"] : JSON.stringify(answer);
    }
    expect(written).toEqual({
      statistician: "SLE-SD-01.TEST.UNBLINDED.statistician.json",
      pharmacy: "SLE-SD-01.TEST.UNBLINDED.pharmacy.json",
      site: "SLE-SD-01.TEST.blinded.site.json",
      "care-provider": "SLE-SD-01.TEST.blinded.care-provider.json",
      investigator: "SLE-SD-01.TEST.blinded.investigator.json",
      participant: "NCT07041801.single-dose.TEST.blinded.participant.json",
      "outcomes-assessor": "NCT07041801.single-dose.TEST.blinded.outcomes-assessor.json",
      committee: "SLE-SD-01.TEST.COMMITTEE-ONLY.committee.json",
      sponsor: "SLE-SD-01.TEST.blinded.sponsor.json",
    });
    expect(desk.read("SLE-SD-01.TEST.blinded.site.json")).not.toMatch(/low|medium|high|placebo/);
    expect(
      codeOf(await desk.json("view", "L", "--role", "site", "--test-seed", "view", "--out", "x.json", ...ANSWERS)),
    ).toBe("blinding.input_missing");
  });
});

describe("what is planned for one participant", () => {
  it("eligible: yes, no and not known, by the exit code", async () => {
    const desk = makeDesk();
    const told: unknown[] = [];
    for (const facts of [
      ["--age", "40", "--weight", "72.4 kg"],
      ["--age", "40", "--weight", "39.9"],
      ["--age", "40"],
    ]) {
      const { code, answer } = await desk.json("eligible", "NCT06853522", ...facts);
      told.push([code, answer["verdict"]]);
    }
    expect(told).toEqual([
      [0, "eligible-by-numbers"],
      [1, "not-eligible"],
      [1, "incomplete"],
    ]);
  });

  it("calendar: dates off weekends and holidays, inside their windows", async () => {
    const desk = makeDesk();
    desk.write("holidays.yaml", 'holidays: ["2026-03-30"]\n');
    const argv = [
      "calendar",
      "--first",
      "2026-03-02",
      "--count",
      "2",
      "--interval",
      "28",
      "--early",
      "2",
      "--late",
      "2",
      "--anchor",
      "planned",
    ];
    const { answer } = await desk.json(
      ...argv,
      "--weekend",
      "next",
      "--weigh",
      "first-only",
      "--holidays",
      "holidays.yaml",
    );
    const dates = (answer["administrations"] as { workingDate: string; isWeighed: boolean }[]).map((one) => [
      one.workingDate,
      one.isWeighed,
    ]);
    expect(dates).toEqual([
      ["2026-03-02", true],
      ["2026-03-31", false],
    ]);
    desk.write("holidays.yaml", "holidays: tomorrow\n");
    expect(
      codeOf(await desk.json(...argv, "--weekend", "next", "--weigh", "first-only", "--holidays", "holidays.yaml")),
    ).toBe("cli.holidays_invalid");
  });

  it("shared-volume: what the library finds, and no as exit code 1", async () => {
    const desk = makeDesk();
    const query = `arms:
  - { arm: low, dose: { kind: per-kg, amount: "1E6", unitKind: cells } }
  - { arm: high, dose: { kind: per-kg, amount: "3E6", unitKind: cells } }
  - { arm: placebo, dose: { kind: placebo } }
weightKg: { minimum: "40", maximum: "100" }
concentrationPerMl: "5E6"
graduationsMl: ["0.5"]
maximumRoundingErrorPercent: "5"
`;
    desk.write("query.yaml", `${query}maximumFinalMl: "100"\n`);
    expect((await desk.run("shared-volume", "query.yaml")).stdout).toContain(
      "syringe 0.5 mL: final volume 60 to 100 mL",
    );
    desk.write("query.yaml", `${query}maximumFinalMl: "50"\n`);
    expect((await desk.run("shared-volume", "query.yaml")).code).toBe(1);
  });
});

describe("allocell dispense", () => {
  const DISPENSE = [
    "--log",
    "t.log",
    "--kits",
    "kits.yaml",
    "--kits-test-seed",
    "k",
    "--list",
    "L",
    "--actor",
    "Pharmacy",
  ];
  const opened = async (): Promise<Desk> => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    desk.write("kits.yaml", KITS);
    await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "L");
    await desk.run("log", "open", "t.log", "--list", "L", "--actor", "Desk");
    await desk.run("assign", "t.log", "--participant", "P-1", "--stratum", "site=01", "--actor", "Desk");
    return desk;
  };

  it("records a kit of the participant's arm, by id or by number, and the same kit for the same administration", async () => {
    const desk = await opened();
    const { code, answer } = await desk.json("dispense", "P-1", ...DISPENSE);
    expect([code, answer["administration"], answer["participant"]]).toEqual([0, 1, "P-1"]);
    await desk.run("kits", "kits.yaml", "--test-seed", "k", "--out", "K");
    const armOf = new Map(
      desk
        .read("K/SLE-KITS-1.TEST.UNBLINDED.kits.csv")
        .split("\r\n")
        .map((line): [string, string] => {
          const [, , , kit = "", arm = ""] = line.split(",");
          return [kit, arm];
        }),
    );
    const row = desk.read("L/SLE-SD-01.TEST.UNBLINDED.master.csv").split("\r\n")[1]?.split(",");
    expect(armOf.get(String(answer["kit"]))).toBe(row?.at(-1));
    const again = await desk.json("dispense", "tr010001", ...DISPENSE, "--administration", "1");
    expect(again.answer).toMatchObject({ kit: answer["kit"], event: answer["event"], dispensedBefore: true });
    const twice = await desk.run("dispense", "p-1", ...DISPENSE);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining(`kit ${String(answer["kit"])}`)]);
    expect(twice.stderr).toContain("--administration 1 for the same kit, 2 for the next one");
    const second = await desk.json("dispense", "p-1", ...DISPENSE, "--administration", "2");
    expect(second.answer["administration"]).toBe(2);
    expect(second.answer["kit"]).not.toBe(answer["kit"]);
    expect((await desk.run("log", "show", "t.log")).stdout).toContain(
      `kit ${String(answer["kit"])} for administration 1`,
    );
    expect((await desk.run("log", "verify", "t.log", "--list", "L")).code).toBe(0);
    expect(desk.read("t.log")).not.toMatch(/"arm"|placebo/);
  });

  it("gives nobody a kit who is unknown or left, nor one that is not on the shelf", async () => {
    const desk = await opened();
    const lines = desk.read("t.log");
    expect(codeOf(await desk.json("dispense", "P-2", ...DISPENSE))).toBe("blinding.participant_unknown");
    expect(codeOf(await desk.json("dispense", "P-1", ...DISPENSE, "--administration", "0"))).toBe("cli.option_invalid");
    const kit = (await desk.json("kits", "kits.yaml", "--test-seed", "other", "--out", "O")).answer;
    expect(kit["list"]).toBe("SLE-KITS-1");
    expect(
      codeOf(
        await desk.json(
          "dispense",
          "P-1",
          ...DISPENSE.map((word) => (word === "k" ? "kk" : word)),
          "--stock",
          "O/SLE-KITS-1.TEST.blinded.kits.csv",
        ),
      ),
    ).toBe("blinding.kit_unknown");
    await desk.run("log", "record", "t.log", "withdrawn", "--participant", "P-1", "--reason", "why", "--actor", "D");
    expect(codeOf(await desk.json("dispense", "P-1", ...DISPENSE))).toBe("cli.participant_left");
    expect(desk.read("t.log").startsWith(lines)).toBe(true);
    expect(desk.read("t.log")).not.toContain("dispensed");
  });
});

describe("allocell codes", () => {
  it("has every code, those of a prefix, or one, with its meaning and what to do", async () => {
    const desk = makeDesk();
    const codesOf = async (...argv: string[]): Promise<readonly string[]> =>
      ((await desk.json("codes", ...argv)).answer["codes"] as { code: string }[]).map(({ code }) => code);
    expect(await codesOf()).toEqual(Object.keys(ERROR_CODES).sort());
    const ofLists = await codesOf("list");
    expect(ofLists.length).toBeGreaterThan(5);
    expect(ofLists.every((code) => code.startsWith("list."))).toBe(true);
    const { stdout } = await desk.run("codes", "conduct.participant_assigned");
    const [meaning, remedy] = ERROR_CODES["conduct.participant_assigned"];
    expect(stdout.replace(/\s+/g, " ")).toContain(`means ${meaning} do ${remedy} tells participant (text)`);
  });

  it("says which code may be meant", async () => {
    const { code, answer } = await makeDesk().json("codes", "list.paln_invalid");
    expect([code, answer["error"]]).toMatchObject([
      2,
      { code: "cli.code_unknown", issues: [{ expected: "list.plan_invalid", received: "list.paln_invalid" }] },
    ]);
  });
});

describe("what commands write about a list", () => {
  const WITH = ["L", "--test-seed", "x"];
  const listed = async (): Promise<Desk> => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "L");
    return desk;
  };

  it("comes into the current folder, named after the list, and never into the list's folder", async () => {
    const desk = await listed();
    const before = readdirSync(desk.path("L"));
    await desk.run("script", "L", "--lang", "python");
    await desk.run("commit", ...WITH);
    const commitment = ["--commitment", "SLE-SD-01.TEST.commitment.json"];
    await desk.run("open", ...WITH, ...commitment);
    await desk.run("prove-row", "L", "TR010001", "--test-seed", "x", ...commitment);
    expect(readdirSync(desk.path("L"))).toEqual(before);
    expect(readdirSync(desk.cwd).filter((name) => name.startsWith("SLE"))).toEqual([
      "SLE-SD-01.TEST.UNBLINDED.opening.json",
      "SLE-SD-01.TEST.UNBLINDED.regenerate.py",
      "SLE-SD-01.TEST.UNBLINDED.row-TR010001.json",
      "SLE-SD-01.TEST.commitment.json",
    ]);
  });

  it("is known to verify and audit by its name: what it is, and of which list", async () => {
    const desk = await listed();
    const out = (list: string): string => `L/${list}.commitment.json`;
    await desk.run("commit", ...WITH, "--out", out("SLE-SD-01.TEST"));
    const notes = async (): Promise<unknown> => (await desk.json("verify", ...WITH)).answer["notes"];
    expect(await notes()).toContain(
      "SLE-SD-01.TEST.commitment.json (commitment) belongs to this list; it was not looked at.",
    );
    const rule26 = async (): Promise<unknown> =>
      ((await desk.json("audit", ...WITH)).answer["findings"] as { rule: number }[]).filter(({ rule }) => rule === 26);
    expect(await rule26()).toMatchObject([{ verdict: "pass" }]);
    for (const other of ["SLE-SD-01", "SLE-SD-02.TEST"]) await desk.run("commit", ...WITH, "--out", out(other));
    expect(await notes()).toEqual(
      expect.arrayContaining([
        "SLE-SD-01.commitment.json (commitment) belongs to another list: LIVE SLE-SD-01.",
        "SLE-SD-02.TEST.commitment.json (commitment) belongs to another list: TEST SLE-SD-02.",
      ]),
    );
    expect(await rule26()).toMatchObject([
      { verdict: "fail", path: "SLE-SD-01.commitment.json" },
      { verdict: "fail", path: "SLE-SD-02.TEST.commitment.json" },
    ]);
  });
});

describe("the help and the completion", () => {
  const names = async (): Promise<readonly string[]> => {
    const { stdout } = await makeDesk().run("--help");
    return [...stdout.matchAll(/^ {2}([a-z][a-z-]*)\b/gm)].map(([, name = ""]) => name);
  };

  it("have every command under one person, with an example", async () => {
    const known = PEOPLE.flatMap(({ commands }) => commands);
    expect([...(await names())].sort()).toEqual([...known].sort());
    const { stdout } = await makeDesk().run("--help");
    for (const { who, example } of PEOPLE)
      expect(stdout.replace(/\s+/g, " ")).toContain(`${who}, for example: ${example}`);
    expect(stdout).not.toContain("Commands:");
  });

  it("are what docs/cli.md lists", async () => {
    const { readFileSync } = await import("node:fs");
    const doc = readFileSync("docs/cli.md", "utf8");
    const listed = [...doc.matchAll(/^\| \[?`([a-z][a-z -]*)`/gm)].map(([, name = ""]) => name);
    const [, table = ""] = /(?:^\| Command[^\n]*\n)([\s\S]*?)\n\n/m.exec(doc) ?? [];
    const rows = [...table.matchAll(/`([a-z][a-z -]*)`\]/g)].map(([, name = ""]) => name.split(" ")[0]);
    expect(listed.length).toBeGreaterThan(20);
    expect((await names()).filter((name) => name !== "help" && !rows.includes(name))).toEqual([]);
  });

  it("suggest what was meant", async () => {
    const desk = makeDesk();
    for (const [argv, meant] of [
      [["exprot"], "export"],
      [["list", "p.yaml", "--tset-seed", "x"], "--test-seed"],
    ] as const) {
      expect((await desk.run(...argv)).stderr).toContain(meant);
    }
  });

  it("suggest the field that was meant, also inside a list and a choice", async () => {
    const desk = makeDesk();
    const expectedAt = async (from: string, to: string): Promise<unknown> => {
      desk.write("plan.yaml", PLAN.replace(from, to));
      const { answer } = await desk.json("list", "plan.yaml", "--test-seed", "x");
      const { issues } = answer["error"] as { issues: { path: string; expected: string }[] };
      return issues
        .filter(({ expected }) => expected.includes("no such field"))
        .map(({ path, expected }) => [path, expected]);
    };
    expect(await expectedAt("length:", "lenght:")).toEqual([["lenght", '"length", or no such field']]);
    expect(await expectedAt("sizes:", "sizes: [4], wieghts:")).toEqual([
      ["procedure.wieghts", '"weights", or no such field'],
    ]);
    expect(await expectedAt("factor: site", 'factor: site\n    levles: ["01"]')).toEqual([
      ["strata.0.levles", '"levels", or no such field'],
    ]);
    expect(await expectedAt("length:", "seed: secret\nlength:")).toEqual([["seed", "no such field"]]);
  });

  it.each(["bash", "zsh", "fish", "powershell"])("for %s name every command and option", async (shell) => {
    const { stdout, code } = await makeDesk().run("completion", shell);
    expect(code).toBe(0);
    for (const name of await names()) expect(stdout).toContain(name);
    expect(stdout).toMatch(shell === "fish" ? /-l test-seed/ : /--test-seed/);
  });

  it("in bash complete a command, a subcommand and an option", async () => {
    const { stdout } = await makeDesk().run("completion", "bash");
    const complete = (...words: string[]): string => {
      const script = `${stdout}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _allocell; echo "\${COMPREPLY[*]}"`;
      return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim();
    };
    expect(complete("allocell", "expo")).toBe("export");
    expect(complete("allocell", "log", "op")).toBe("open");
    expect(complete("allocell", "log", "open", "--li")).toBe("--list");
    expect(complete("allocell", "list", "plan.yaml", "--tes")).toBe("--test-seed");
  });

  it("refuse a shell that is none", async () => {
    expect((await makeDesk().run("completion", "csh")).code).toBe(2);
  });
});
