/* From number to bag: the arm of an order from log and list, its kit from the kit list. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ENTROPY, makeDesk, PLAN, type Desk, type Outcome } from "./harness.js";

const ACTOR = ["--actor", "N. Berg"];
const LIST = "SLE-SD-01";
const EXAMPLE = readFileSync("examples/sle/order.yaml", "utf8");
/** The example's order without its part and arm, and without its kit. */
const ORDER = EXAMPLE.replace("containers: 12", "containers: 80")
  .replace(/^part: .*\narm: .*\n/mu, "")
  .replace(/^ *kit: .*\n/mu, "");
const KITS = `trial: NCT07041801
list: KITS-A
prefix: KM
batches:
  - [{ arm: low, count: 4 }, { arm: medium, count: 4 }, { arm: high, count: 4 }, { arm: placebo, count: 4 }]
`;
const OF_KITS = ["--kits", "kits.yaml", "--kits-test-seed", "kits"];

async function good(desk: Desk, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await desk.run(...argv);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

interface OfLog {
  readonly desk: Desk;
  readonly armOf: (participant: string) => string;
  readonly numberOf: (participant: string) => string;
  /** The kits of an arm. */
  readonly kitsOf: (arm: string) => readonly string[];
  readonly prepare: (order: string, ...options: string[]) => Promise<Outcome>;
}

/** A list, a kit list, a log with four participants, and who has what by the files themselves. */
async function ofLog(): Promise<OfLog> {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN.replace("sizes: [4, 8]", "sizes: [4]"));
  desk.write("kits.yaml", KITS);
  await good(desk, "list", "plan.yaml", "--test-seed", "right");
  await good(desk, "kits", "kits.yaml", "--test-seed", "kits", "--out", "K");
  await good(desk, "log", "open", "sle.log", "--list", LIST, ...ACTOR);
  const numbers = new Map<string, string>();
  for (const participant of ["P-1", "P-2", "P-3", "P-4"]) {
    const shown = await good(
      ...([desk, "assign", "sle.log", "--participant", participant, "--stratum", "site=01", ...ACTOR] as const),
    );
    numbers.set(participant, /TR\d+/.exec(shown)![0]);
  }
  const rows = desk.read(`${LIST}/${LIST}.TEST.UNBLINDED.master.csv`).split("\r\n");
  const kits = desk.read("K/KITS-A.TEST.UNBLINDED.kits.csv").split("\r\n");
  const arms = ["low", "medium", "high", "placebo"];
  const numberOf = (participant: string): string => numbers.get(participant)!;
  const armOf = (participant: string): string => {
    const row = rows.find((text) => text.includes(numberOf(participant)))!;
    return arms.find((arm) => row.split(",").includes(arm))!;
  };
  const kitsOf = (arm: string): readonly string[] =>
    kits.filter((row) => row.endsWith(`,${arm}`)).map((row) => row.split(",")[3]!);
  const prepare = (text: string, ...options: string[]): Promise<Outcome> => {
    desk.write("order.yaml", text);
    return desk.run("prepare", "order.yaml", "--log", "sle.log", "--list", LIST, ...options);
  };
  expect(["P-1", "P-2", "P-3", "P-4"].map(armOf).sort()).toEqual([...arms].sort());
  return { desk, armOf, numberOf, kitsOf, prepare };
}

const of = (participant: string, text = ORDER): string => text.replace("subject: S02-003", `subject: ${participant}`);
const ofNumber = (number: string): string => ORDER.replace("subject: S02-003", `randomizationNumber: ${number}`);
const withKit = (kit: string, text: string): string => text.replace("    visit:", `    kit: ${kit}\n    visit:`);
const answerOf = ({ stdout }: Outcome): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>;

/** The participant whose arm has cells: a placebo is prepared without product and lots. */
const treated = ({ armOf }: OfLog, arm = "low"): string =>
  ["P-1", "P-2", "P-3", "P-4"].find((id) => armOf(id) === arm)!;

describe("allocell prepare --log --list", () => {
  it.each(["low", "high", "placebo"])("takes arm %s and its part from the log and its list", async (arm) => {
    const it = await ofLog();
    const [id, number] = [treated(it, arm), it.numberOf(treated(it, arm))];
    const byBoth = of(id).replace("subject:", `randomizationNumber: ${number}\n    subject:`);
    for (const order of arm === "low" ? [of(id), ofNumber(number), byBoth, `arm: low\n${of(id)}`] : [of(id)]) {
      const outcome = await it.prepare(order, "--json", "--assume", "placebo.composition=saline");
      expect(outcome.stderr).toBe("");
      expect(answerOf(outcome)).toMatchObject({
        allocated: { status: "TEST", list: LIST, participant: id, number, part: "single-dose", arm },
        preparation: { arm },
      });
    }
  });

  it("finds a participant in any spelling, and says which is the log's", async () => {
    const it = await ofLog();
    const id = treated(it);
    const outcome = await it.prepare(of(id.toLowerCase().replace("p", "ｐ")));
    expect([outcome.code, outcome.stderr]).toEqual([0, ""]);
    expect(outcome.stdout).toMatch(/^arm +low \(UNBLINDED\)$/mu);
    expect(outcome.stdout).toContain(`participant   ${id}, as the log of TEST list ${LIST} has it`);
  });

  it("refuses an order that states another arm, part, trial or number", async () => {
    const it = await ofLog();
    const id = treated(it);
    const other = treated(it, "high");
    for (const [order, code] of [
      [`arm: high\n${of(id)}`, "cli.arm_differs"],
      [`part: run-in\n${of(id)}`, "cli.part_differs"],
      [of(id).replace("subject:", `randomizationNumber: ${it.numberOf(other)}\n    subject:`), "cli.number_differs"],
      [of("P-9"), "blinding.participant_unknown"],
      [ofNumber("TR019999"), "blinding.participant_unknown"],
      [ORDER.replace(/^ *subject: .*\n/mu, ""), "blinding.participant_unknown"],
    ] as const) {
      const { code: exit, stderr } = await it.prepare(order);
      expect([exit, stderr]).toEqual([2, expect.stringContaining(code)]);
    }
    const t1d = readFileSync("examples/t1d/order.yaml", "utf8");
    expect((await it.prepare(t1d)).stderr).toContain("cli.trial_differs");
  });

  it("reads no treatment of a list that is not the log's, or was altered", async () => {
    const it = await ofLog();
    const { desk } = it;
    await good(desk, "list", "plan.yaml", "--test-seed", "wrong", "--out", "other");
    cpSync(desk.path(LIST), desk.path("altered"), { recursive: true });
    const master = readdirSync(desk.path("altered")).find((name) => name.endsWith("master.json"))!;
    const text = desk.read(`altered/${master}`);
    writeFileSync(desk.path(`altered/${master}`), text.replace('"arm":"low"', '"arm":"high"'));
    expect(desk.read(`altered/${master}`)).not.toBe(text);
    desk.write("order.yaml", of(treated(it)));
    for (const folder of ["other", "altered"]) {
      const outcome = await desk.run("prepare", "order.yaml", "--log", "sle.log", "--list", folder);
      expect([outcome.code, outcome.stdout]).toEqual([2, ""]);
      expect(outcome.stderr).toContain("custody.list_differs");
      expect(outcome.stderr).not.toMatch(/\b(low|medium|high|placebo)\b/u);
    }
  });

  it("needs log and list together, and prepares nothing for who has left", async () => {
    const it = await ofLog();
    const { desk } = it;
    const id = treated(it);
    desk.write("order.yaml", of(id));
    for (const options of [["--list", LIST], ["--log", "sle.log"], [...OF_KITS]]) {
      const { code, stderr } = await desk.run("prepare", "order.yaml", ...options);
      expect([code, stderr]).toEqual([2, expect.stringContaining("cli.option_missing")]);
    }
    await good(desk, "log", "record", "sle.log", "withdrawn", "--participant", id, "--reason", "consent", ...ACTOR);
    const left = await it.prepare(of(id));
    expect([left.code, left.stderr]).toEqual([2, expect.stringContaining("cli.participant_left")]);
    // The bag that was given before is recorded all the same.
    desk.write("given.yaml", 'number: 1\nadministeredOn: "2026-03-19"\nadministeredBy: nurse A\ninfusedMl: "96"\n');
    const recorded = await desk.run(
      "record",
      "given.yaml",
      "--order",
      "order.yaml",
      "--log",
      "sle.log",
      "--list",
      LIST,
      "--json",
    );
    expect(answerOf(recorded)).toMatchObject({ orderIssues: [] });
  });

  it("lets out nothing with --blinded-only, of a fault neither", async () => {
    const it = await ofLog();
    const id = treated(it);
    const order = withKit("K-1047", of(id));
    const right = await it.prepare(order, "--blinded-only", "--json");
    expect([right.code, Object.keys(answerOf(right))]).toEqual([0, ["command", "blinded", "files"]]);
    const wrong = await it.prepare(`arm: high\n${order}`, "--blinded-only");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("cli.not_prepared")]);
    expect(wrong.stderr + right.stdout).not.toMatch(/\b(low|high|differs)\b/u);
  });

  it("reads the arm of a check's two order files too", async () => {
    const it = await ofLog();
    const { desk } = it;
    const order = withKit("K-1047", of(treated(it)));
    desk.write("mine.yaml", order);
    desk.write("theirs.yaml", order.replace("EXAMPLE pharmacist A", "EXAMPLE pharmacist B"));
    const { stdout } = await desk.run("check", "mine.yaml", "theirs.yaml", "--log", "sle.log", "--list", LIST);
    expect(stdout).toContain("The two checks agree");
  });

  it("takes the arm of a dynamic allocation from its log", async () => {
    const desk = makeDesk({ entropy: (bytes) => ENTROPY.subarray(0, bytes) });
    desk.write("plan.yaml", DYNAMIC);
    const basis = ["--plan", "plan.yaml", "--test-seed", "right"];
    await good(desk, "log", "open", "d.UNBLINDED.log", ...basis, ...ACTOR);
    const at = ["--participant", "P-1", "--stratum", "site=01", ...basis, ...ACTOR];
    const shown = await good(desk, "assign", "d.UNBLINDED.log", ...at, "--unblinded");
    desk.write("order.yaml", of("P-1"));
    const { stdout } = await desk.run("prepare", "order.yaml", "--log", "d.UNBLINDED.log", "--json");
    expect(shown).toContain(`arm          ${(JSON.parse(stdout) as { allocated: { arm: string } }).allocated.arm}`);
    const beside = await desk.run("prepare", "order.yaml", "--log", "d.UNBLINDED.log", "--list", ".");
    expect([beside.code, beside.stdout]).toEqual([2, ""]);
  });
});

const DYNAMIC = `trial: NCT07041801
part: single-dose
list: SLE-DY-01
arms: { low: 1, medium: 1 }
procedure: { kind: minimization, measure: range, law: { kind: fixed, probability: "0.8" } }
factors:
  - factor: site
    levels: ["01", "02"]
length: 24
`;

describe("allocell prepare --kits", () => {
  it("looks a kit up in the files of the kit list, without its seed, and draws none", async () => {
    const it = await ofLog();
    const id = treated(it);
    const [own, other] = [it.kitsOf(it.armOf(id))[0]!, it.kitsOf("placebo")[0]!];
    const files = ["--kits", "K/KITS-A.TEST.UNBLINDED.kits.json"];
    const right = await it.prepare(withKit(own.toLowerCase(), of(id)), ...files, "--json");
    const bySeed = await it.prepare(withKit(own.toLowerCase(), of(id)), ...OF_KITS, "--json");
    expect(right).toEqual(bySeed);
    expect((await it.prepare(withKit(other, of(id)), ...files)).stderr).toContain("cli.kit_differs");
    const drawn = ["--stock", "K/KITS-A.TEST.blinded.kits.csv"];
    const shelf = of(id);
    expect((await it.prepare(shelf, ...files, ...drawn)).stderr).toContain("cli.option_missing");
    const seed = [...files, "--kits-test-seed", "kits", ...drawn, "--json"];
    expect(await it.prepare(shelf, ...seed)).toEqual(await it.prepare(shelf, ...OF_KITS, ...drawn, "--json"));
    const wrong = await it.prepare(shelf, ...files, "--kits-test-seed", "other", ...drawn);
    expect(wrong.stderr).toContain("blinding.seed_differs");
    const csv = "K/KITS-A.TEST.UNBLINDED.kits.csv";
    it.desk.write(csv, it.desk.read(csv).replace(",low\r", ",medium\r"));
    const altered = await it.prepare(withKit(own, of(id)), ...files);
    expect([altered.code, altered.stdout]).toEqual([2, ""]);
    expect(altered.stderr).toContain("blinding.kit_list_altered");
  });

  it("takes a kit of the participant's arm, in any spelling, and refuses one of another", async () => {
    const it = await ofLog();
    const id = treated(it);
    const [own = ""] = it.kitsOf("low");
    const [other = ""] = it.kitsOf("high");
    const right = await it.prepare(withKit(own.toLowerCase(), of(id)), ...OF_KITS, "--json");
    expect(answerOf(right)).toMatchObject({
      allocated: { kit: own },
      preparation: { order: { identification: { kit: own } } },
    });
    const wrong = await it.prepare(withKit(other, of(id)), ...OF_KITS);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("cli.kit_differs")]);
    const unknown = await it.prepare(withKit("TKM2222222", of(id)), ...OF_KITS);
    expect(unknown.stderr).toContain("blinding.kit_unknown");
  });

  it("draws a kit from the shelf, and takes the one that was dispensed before", async () => {
    const it = await ofLog();
    const { desk } = it;
    const id = treated(it);
    const shelf = ["--stock", "K/KITS-A.TEST.blinded.kits.csv", "--dispensed", "dispensed.csv"];
    desk.write("dispensed.csv", "number,administration,code\n");
    const drawn = await it.prepare(of(id), ...OF_KITS, ...shelf, "--json");
    expect(drawn.stderr).toBe("");
    const { kit } = answerOf(drawn)["allocated"] as { kit: string };
    expect(it.kitsOf("low")).toContain(kit);
    // Recorded for this number: it is the kit from now on, drawn from whatever shelf.
    const [, before = ""] = it.kitsOf("low").filter((code) => code !== kit);
    desk.write("dispensed.csv", `number,administration,code\n${it.numberOf(id)},1,${before}\n`);
    const again = await it.prepare(of(id), ...OF_KITS, ...shelf, "--json");
    expect(answerOf(again)).toMatchObject({ allocated: { kit: before } });
    desk.write("dispensed.csv", `number,administration,code\n${it.numberOf(id).toLowerCase()},1,${before}\n`);
    const spelled = await it.prepare(of(id), ...OF_KITS, ...shelf, "--json");
    expect(answerOf(spelled)).toMatchObject({ allocated: { kit: before } });
    const another = await it.prepare(withKit(kit, of(id)), ...OF_KITS, ...shelf);
    expect(another.stderr).toContain("cli.kit_differs");
    // Dispensed to somebody else: it is not this participant's.
    desk.write("dispensed.csv", `number,administration,code\nTR019999,1,${before.toLowerCase()}\n`);
    const taken = await it.prepare(withKit(before, of(id)), ...OF_KITS, ...shelf);
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining("cli.kit_differs")]);
    desk.write("dispensed.csv", `number,administration,code\nTR019999,first,${before}\n`);
    expect((await it.prepare(of(id), ...OF_KITS, ...shelf)).stderr).toContain("blinding.administration_invalid");
  });

  it("takes the kit that the log says was dispensed, and refuses any other, with a kit list and without", async () => {
    const it = await ofLog();
    const { desk } = it;
    const id = treated(it);
    const shown = await good(desk, "dispense", id, "--log", "sle.log", "--list", LIST, ...OF_KITS, ...ACTOR, "--json");
    const { kit } = JSON.parse(shown) as { kit: string };
    const [other = ""] = it.kitsOf("low").filter((code) => code !== kit);
    for (const options of [[], OF_KITS]) {
      const taken = await it.prepare(of(id), ...options, "--json");
      expect(answerOf(taken)).toMatchObject({
        allocated: { kit },
        preparation: { order: { identification: { kit } } },
      });
      const same = await it.prepare(withKit(kit.toLowerCase(), of(id)), ...options);
      expect(same.stderr).toBe("");
      const wrong = await it.prepare(withKit(other, of(id)), ...options);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("cli.kit_differs")]);
    }
    // That kit is nobody else's.
    const somebody = ["P-1", "P-2", "P-3", "P-4"].find((one) => one !== id && it.armOf(one) !== "placebo") ?? "";
    const anothers = await it.prepare(withKit(kit, of(somebody)));
    expect([anothers.code, anothers.stderr]).toEqual([2, expect.stringContaining("cli.kit_differs")]);
  });

  it("needs a shelf where the order names no kit, and kits of the log's own trial and status", async () => {
    const it = await ofLog();
    const { desk } = it;
    const id = treated(it);
    expect((await it.prepare(of(id), ...OF_KITS)).stderr).toContain("cli.option_missing");
    desk.write("kits.yaml", KITS.replace("NCT07041801", "NCT00000000"));
    expect((await it.prepare(of(id), ...OF_KITS)).stderr).toContain("blinding.trial_differs");
    expect((await it.prepare(of(id), "--stock", "K/KITS-A.TEST.blinded.kits.csv")).stderr).toContain(
      "cli.option_missing",
    );
  });
});

describe("allocell prepare-batch --log --list", () => {
  const HEAD = "participant,arm,kit,weight_kg,weighed_on,weighed_by\n";
  const row = (participant: string, arm = "", kit = ""): string => `${participant},${arm},${kit},60,2026-03-19,N\n`;
  const BATCH = readFileSync("examples/sle/order-batch.yaml", "utf8").replace(/^(?:part|arm): .*\n/gmu, "");

  /** Status and arm, or the reason, of each row of the answer. */
  const batch = async (
    { desk }: OfLog,
    rows: string,
    options: readonly string[] = ["--log", "sle.log", "--list", LIST],
    order = BATCH,
  ): Promise<{ readonly outcome: Outcome; readonly rows: readonly string[] }> => {
    desk.write("order.yaml", order);
    desk.write("rows.csv", HEAD + rows);
    const outcome = await desk.run("prepare-batch", "rows.csv", "--order", "order.yaml", ...options, "--json");
    const answer = (outcome.code === 2 ? {} : JSON.parse(outcome.stdout)) as {
      rows?: readonly { status: string; arm?: string; issues?: readonly { code: string; path: string }[] }[];
    };
    const said = (answer.rows ?? []).map(({ status, arm, issues = [] }) =>
      status === "refused" ? issues.map(({ code, path }) => `${code} ${path}`).join() : `${status} ${arm ?? ""}`,
    );
    return { outcome, rows: said };
  };

  it("takes arm and part of each row from the log and its list, whatever the spelling of the participant", async () => {
    const made = await ofLog();
    const people = ["P-1", "p-2 ".trim(), "P-3", "P-4"];
    const found = await batch(made, people.map((one) => row(one)).join(""));
    expect(found.rows).toEqual(people.map((one) => `ready ${made.armOf(one.toUpperCase())}`));
    const typed = await batch(made, people.map((one) => row(one, made.armOf(one.toUpperCase()))).join(""));
    expect(typed.rows).toEqual(found.rows);
  });

  it("refuses a row with another arm, an unknown participant, and one who has left; the others are done", async () => {
    const made = await ofLog();
    const other = made.armOf("P-1") === "low" ? "high" : "low";
    await good(made.desk, "log", "record", "sle.log", "withdrawn", "--participant", "P-3", "--reason", "x", ...ACTOR);
    const found = await batch(made, row("P-1", other) + row("P-9") + row("P-3") + row("P-4"));
    expect(found.rows).toEqual([
      "cli.arm_differs arm",
      "blinding.participant_unknown participant",
      "cli.participant_left participant",
      `ready ${made.armOf("P-4")}`,
    ]);
  });

  it("refuses a kit that the log says was dispensed to somebody else", async () => {
    const made = await ofLog();
    const options = ["--log", "sle.log", "--list", LIST, ...OF_KITS, ...ACTOR, "--json"];
    const { kit } = JSON.parse(await good(made.desk, "dispense", "P-1", ...options)) as { kit: string };
    const found = await batch(made, row("P-1", "", kit) + row("P-4"));
    expect(found.rows).toEqual([`ready ${made.armOf("P-1")}`, `ready ${made.armOf("P-4")}`]);
    const swapped = await batch(made, row("P-1") + row("P-4", "", kit.toLowerCase()));
    expect(swapped.rows).toEqual([`ready ${made.armOf("P-1")}`, "cli.kit_differs kit"]);
  });

  it("reads no row of a list that is not the log's, and needs both", async () => {
    const made = await ofLog();
    const refused = async (options: readonly string[], order = BATCH): Promise<string> =>
      (await batch(made, row("P-1"), options, order)).outcome.stderr;
    expect(await refused(["--list", LIST])).toContain("cli.option_missing");
    const other = `trial: NCT07041801\npart: double-dose\n${BATCH.replace(/^trial: .*\n/mu, "")}`;
    expect(await refused(["--log", "sle.log", "--list", LIST], other)).toContain("cli.part_differs");
    const file = `${LIST}/${LIST}.TEST.UNBLINDED.master.csv`;
    made.desk.write(file, made.desk.read(file).replace(",low", ",high"));
    expect(await refused(["--log", "sle.log", "--list", LIST])).toContain("custody.list_differs");
  });
});
