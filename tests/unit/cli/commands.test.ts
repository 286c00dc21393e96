import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../../src/foundation/index.js";
import { sle } from "../../../src/trials/index.js";
import { VERSION } from "../../../src/version.js";
import { DECISION, ASSUMPTIONS, makeDesk, NAMES, PLAN, type Desk } from "./harness.js";

const SEED = ["--test-seed", "a test"];

function desk(): Desk {
  const made = makeDesk();
  made.write("plan.yaml", PLAN);
  made.write("assumptions.yaml", ASSUMPTIONS);
  made.write("decision.yaml", DECISION);
  return made;
}

describe("help and version", () => {
  it("print on standard output and end well", async () => {
    const { run } = makeDesk();
    for (const argv of [[], ["--help"], ["help"]]) {
      const { code, stdout, stderr } = await run(...argv);
      expect([code, stderr]).toEqual([0, ""]);
      for (const command of ["trials", "dose", "doses", "seed", "list", "verify"]) expect(stdout).toContain(command);
    }
    expect(await run("--version")).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
    expect((await run("list", "--help")).stdout).toContain("--seed-file");
  });
});

describe("trials", () => {
  it("shows the four", async () => {
    const { stdout, code } = await makeDesk().run("trials");
    expect(code).toBe(0);
    expect(stdout.split("\n")[1]).toBe(
      "NCT07041801  systemic lupus erythematosus     1/2         58  quadruple  low medium high (double) placebo    31",
    );
    const { answer } = await makeDesk().json("trials");
    expect(answer).toMatchObject({ command: "trials", trials: [{ id: "NCT07041801", participants: 58 }, {}, {}, {}] });
  });

  it("shows one with its arms, open assumptions and contradictions", async () => {
    const { stdout } = await makeDesk().run("trials", "NCT07041801");
    expect(stdout).toContain("  double   CLOSED  tentatively 2 every 28 days  tentatively 3 million cells/kg");
    for (const { key } of sle.assumptions) expect(stdout).toContain(key);
    expect(stdout.match(/ \[[a-z, ]+\]/g)).not.toBeNull();
    expect((await makeDesk().json("trials", "NCT07041801")).answer).toEqual({
      command: "trials",
      trial: JSON.parse(JSON.stringify(sle)) as unknown,
    });
  });

  it("reads a trial of the user's own", async () => {
    const own = desk();
    own.write("own.json", JSON.stringify({ ...sle, id: "OWN-1" }));
    expect((await own.run("trials", "own.json")).stdout).toContain("OWN-1:");
    own.write("own.yaml", PLAN.replace("NCT07041801", "OWN-1"));
    expect((await own.run("list", "own.yaml", ...SEED)).code).toBe(2);
    expect((await own.run("list", "own.yaml", ...SEED, "--trial", "own.json")).code).toBe(0);
    expect((await own.run("verify", "SLE-SD-01", ...SEED, "--trial", "own.json")).code).toBe(0);
    const argv = [
      "--arm",
      "low",
      "--weight",
      "60 kg",
      "--assume",
      "dose.cap=none",
      "--assume",
      "dose.countBasis=cd34-cells",
    ];
    const more = ["--assume", "dose.weightDescriptor=actual", "--assume", "dose.administrations=1"];
    expect((await own.run("dose", "--trial", "own.json", ...argv, ...more)).stdout).toContain("60 million CD34+ cells");
    expect((await own.json("dose", "NCT07041801", "--trial", "own.json", ...argv)).answer).toMatchObject({
      error: { code: "cli.trial_differs" },
    });
  });
});

describe("dose", () => {
  const low = ["dose", "NCT07041801", "--arm", "low", "--assumptions", "assumptions.yaml"];

  it("prints the worked steps", async () => {
    const { code, stdout, stderr } = await desk().run(...low, "--weight", "72.4 kg", "--first", "2026-03-02");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("1,000,000 × 72.4 = 72,400,000 viable cells");
    expect(stdout).toContain("Day 1, 2026-03-02");
    expect(stdout).toContain("dose.countBasis = viable-cells");
  });

  it("opens the double dose by a decision", async () => {
    const { answer, code } = await desk().json(
      ...["dose", "NCT07041801", "--arm", "double", "--assumptions", "assumptions.yaml", "--decision", "decision.yaml"],
      ...["--weight", "60 kg", "--first", "2026-09-08", "--weighed-on", "2026-09-07", "--weighed-by", "A. Nurse"],
    );
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      command: "dose",
      prescription: {
        arm: "double",
        part: "multiple-dose",
        weight: { weightKg: "60", weighedOn: "2026-09-07", weighedBy: "A. Nurse" },
        administrations: [
          { date: "2026-09-08", target: { amount: "180000000" } },
          { date: "2026-10-06", studyDay: 29 },
        ],
      },
    });
  });

  it("takes decisions from the assumptions, from a list and from a map", async () => {
    const at = desk();
    const indented = DECISION.trimEnd().replace(/\n/g, "\n    ");
    at.write("with.yaml", `${ASSUMPTIONS}decisions:\n  - ${indented}\n`);
    at.write("items.yaml", `- ${DECISION.trimEnd().replace(/\n/g, "\n  ")}\n`);
    const double = ["dose", "NCT07041801", "--arm", "double", "--weight", "60 kg", "--assumptions"];
    expect((await at.run(...double, "with.yaml")).code).toBe(0);
    expect((await at.run(...double, "assumptions.yaml", "--decision", "items.yaml")).code).toBe(0);
  });
});

describe("doses", () => {
  const HEADER = "participant,part,arm,weight_kg,first_administration\n";
  const argv = [
    "doses",
    "p.csv",
    "--trial",
    "NCT07041801",
    "--assumptions",
    "assumptions.yaml",
    "--decision",
    "decision.yaml",
  ];

  it("does the good rows and reports each bad one with its line", async () => {
    const at = desk();
    at.write(
      "p.csv",
      [
        `\uFEFF${HEADER.trimEnd()}`,
        "P1,,low,72.4,2026-03-02",
        "P2,,lo,72.4,",
        "",
        "P3,,double,60,2026-09-08",
        "P4,,medium,160 lb,",
        'P5,,high,"72,4",',
        "P6,,high,72,4,",
        "P1,,high,50,",
        "=P7,,high,50,",
        "P8,single-dose,placebo,,",
        "",
      ].join("\r\n"),
    );
    const { code, stdout, stderr } = await at.run(...argv);
    expect(code).toBe(1);
    const rows = parse<Record<string, string>>(stdout, { columns: true });
    expect(rows.map((row) => [row["status"], row["participant"], row["date"], row["target"]])).toEqual([
      ["ok", "P1", "2026-03-02", "72400000"],
      ["refused", "P2", "", ""],
      ["ok", "P3", "2026-09-08", "180000000"],
      ["ok", "P3", "2026-10-06", "180000000"],
      ["refused", "P4", "", ""],
      ["refused", "P5", "", ""],
      ["refused", "", "", ""],
      ["refused", "P1", "", ""],
      ["refused", "'=P7", "", ""],
      ["ok", "P8", "", "0"],
    ]);
    const lines = [...stderr.matchAll(/^p\.csv, line (\d+).*?$/gm)].map((match) => Number(match[1]));
    expect(lines).toEqual([3, 6, 7, 8, 9, 10]);
    expect(rows.map((row) => row["reason"]).filter((reason) => reason !== "")).toHaveLength(6);
    for (const part of ["trial.arm_unknown", "quantity.weight_unit", "quantity.comma", "cli.csv_ragged"]) {
      expect(stderr).toContain(part);
    }
    expect(stderr).toContain("Participant P1 stands on line 2 already");
    expect(stderr).toContain("3 participants done, 6 refused.");
  });

  it("ends with 0 if every row was done, and writes a file whole", async () => {
    const at = desk();
    at.write("p.csv", `${HEADER}P1,,low,72.4,\n`);
    const { code, stdout } = await at.run(...argv, "--out", "doses.csv");
    expect([code, stdout]).toEqual([0, ""]);
    expect(at.read("doses.csv")).toMatch(/^status,.*\r\nok,P1,.*\r\n$/s);
    expect(statSync(at.path("doses.csv")).mode & 0o777).toBe(0o600);
    expect((await at.run(...argv, "--out", "doses.csv")).code).toBe(2);
    expect((await at.run(...argv, "--out", "doses.csv", "--force")).code).toBe(0);
    expect(readdirSync(at.cwd).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  it("takes a last line without a line end only if told that it is complete", async () => {
    const at = desk();
    at.write("p.csv", `${HEADER}P1,,low,72.4,`);
    expect((await at.run(...argv)).code).toBe(2);
    expect((await at.run(...argv, "--complete")).code).toBe(0);
  });

  it("answers in JSON", async () => {
    const at = desk();
    at.write("p.csv", `${HEADER}P1,,low,72.4,\nP2,,low,0,\n`);
    const { code, answer } = await at.json(...argv);
    expect(code).toBe(1);
    expect(answer).toMatchObject({
      command: "doses",
      rows: [
        { line: 2, participant: "P1", status: "ok", prescription: { target: { amount: "72400000" } } },
        {
          line: 3,
          participant: "P2",
          status: "refused",
          issues: [{ code: "quantity.zero", path: "weight_kg", keys: ["weight_kg"], file: "p.csv", line: 3 }],
        },
      ],
      done: 1,
      refused: 1,
    });
  });
});

describe("seed", () => {
  it("prints one, and explains on standard error", async () => {
    const { code, stdout, stderr } = await makeDesk().run("seed");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[0-9a-f]{64}-[0-9a-f]{8}\n$/);
    expect(stderr).not.toContain(stdout.slice(0, 12));
    expect((await makeDesk().json("seed")).answer).toEqual({ command: "seed", seed: stdout.trim() });
  });

  it("writes a new file for its owner alone, and shows nothing", async () => {
    const at = makeDesk();
    const { stdout, stderr } = await at.run("seed", "--out", "seed.txt");
    expect(stdout).toBe("seed.txt\n");
    expect(statSync(at.path("seed.txt")).mode & 0o777).toBe(0o600);
    const text = at.read("seed.txt");
    expect(stderr).not.toContain(text.slice(0, 12));
    expect((await at.run("seed", "--out", "seed.txt")).code).toBe(2);
    expect(at.read("seed.txt")).toBe(text);
  });

  it("refuses entropy that is none", async () => {
    const { answer } = await makeDesk({ entropy: (bytes) => new Uint8Array(bytes) }).json("seed");
    expect(answer).toMatchObject({ error: { code: "random.seed_weak" } });
  });
});

describe("list", () => {
  it("writes files whose hashes are in the manifests", async () => {
    const at = desk();
    const { code, stdout } = await at.run("list", "plan.yaml", ...SEED, "--by", "A. Statistician");
    expect(code).toBe(0);
    expect(readdirSync(at.path("SLE-SD-01")).sort()).toEqual([...NAMES].sort());
    expect(stdout).toContain("  site 01    24    6       6     6        6          0\n");
    expect(stdout).toContain("UNBLINDED");
    const manifest = JSON.parse(at.read(`SLE-SD-01/${NAMES[0] ?? ""}`)) as {
      files: { file: string; sha256: string }[];
    };
    expect(manifest).toMatchObject({
      status: "TEST",
      rows: 48,
      generation: { at: "2026-01-10T08:00:00.000Z", by: "A. Statistician", runtime: "node test" },
    });
    expect(manifest.files).toHaveLength(NAMES.length - 1);
    for (const { file, sha256 } of manifest.files) expect(sha256Hex(at.read(`SLE-SD-01/${file}`)), file).toBe(sha256);
    for (const file of NAMES) {
      const mode = statSync(at.path(`SLE-SD-01/${file}`)).mode & 0o077;
      if (file.includes("UNBLINDED")) expect(mode, file).toBe(0);
    }
  });

  it("gives the blinded files no treatment, ratio or block", async () => {
    const at = desk();
    await at.run("list", "plan.yaml", ...SEED);
    const text = NAMES.filter((name) => name.includes("blinded"))
      .map((name) => at.read(`SLE-SD-01/${name}`))
      .join("");
    expect(text).not.toMatch(/\b(low|medium|high|placebo)\b|block_?size"|"ratio"|permuted/i);
  });

  it("answers in JSON, or with nothing but the count", async () => {
    const at = desk();
    const { answer } = await at.json("list", "plan.yaml", ...SEED, "--out", "a");
    expect(answer).toMatchObject({
      command: "list",
      list: "SLE-SD-01",
      status: "TEST",
      rows: 48,
      trial: "NCT07041801",
      part: "single-dose",
      algorithm: "allocell-pb-1",
      folder: "a",
      balance: [
        {
          stratum: { site: "01" },
          rows: 24,
          asked: 24,
          counts: { low: 6, medium: 6, high: 6, placebo: 6 },
          imbalance: 0,
        },
        { stratum: { site: "02" } },
      ],
      warnings: [],
    });
    expect((answer["files"] as unknown[]).length).toBe(NAMES.length);
    expect(await at.run("list", "plan.yaml", ...SEED, "--out", "b", "--quiet")).toEqual({
      code: 0,
      stdout: "48 rows\n",
      stderr: "",
    });
    expect((await at.json("list", "plan.yaml", ...SEED, "--out", "c", "--quiet")).answer).toEqual({
      command: "list",
      list: "SLE-SD-01",
      status: "TEST",
      rows: 48,
    });
  });

  it("makes the same bytes again, at SOURCE_DATE_EPOCH too", async () => {
    const read = (at: Desk): string[] => NAMES.map((name) => at.read(`SLE-SD-01/${name}`));
    const env = { SOURCE_DATE_EPOCH: "1767225600" };
    const [a, b] = [1, 2].map((day) => makeDesk({ env, now: () => new Date(day) }));
    for (const at of [a!, b!]) {
      at.write("plan.yaml", PLAN);
      await at.run("list", "plan.yaml", ...SEED);
    }
    expect(read(a!)).toEqual(read(b!));
    expect(a!.read(`SLE-SD-01/${NAMES[0]!}`)).toContain("2026-01-01T00:00:00.000Z");
  });

  it("takes a live seed from a file only, and warns of one that others may read", async () => {
    const at = desk();
    await at.run("seed", "--out", "seed.txt");
    const { code, stdout } = await at.run("list", "plan.yaml", "--seed-file", "seed.txt");
    expect(code).toBe(0);
    expect(stdout).toContain("LIVE LIST");
    const secret = at.read("seed.txt").slice(0, 16);
    expect(stdout).not.toContain(secret);
    const files = readdirSync(at.path("SLE-SD-01"));
    expect(files.some((name) => name.includes("TEST"))).toBe(false);
    for (const name of files) expect(at.read(`SLE-SD-01/${name}`)).not.toContain(secret);
    expect((await at.run("verify", "SLE-SD-01", "--seed-file", "seed.txt")).code).toBe(0);

    const { chmodSync } = await import("node:fs");
    chmodSync(at.path("seed.txt"), 0o644);
    const open = await at.run("list", "plan.yaml", "--seed-file", "seed.txt", "--out", "b");
    expect(open.stdout).toContain("cli.seed_file_open");
    const verified = await at.json("verify", "b", "--seed-file", "seed.txt");
    expect(verified.answer).toMatchObject({ same: true, notes: [expect.stringContaining("chmod 600")] });
    // A live list is not lost to a test.
    const forced = await at.json("list", "plan.yaml", ...SEED, "--out", "b", "--force");
    expect(forced.answer).toMatchObject({ error: { code: "cli.output_is_live" } });
  });

  it("applies the decisions of the plan or of a file", async () => {
    const at = desk();
    const multiple = `${PLAN.replace("single-dose", "multiple-dose").replace("low: 1, medium: 1, high: 1", "double: 1")}numbers: { prefix: M }
`;
    const indented = DECISION.trimEnd().replace(/\n/g, "\n    ");
    at.write("plan.yaml", multiple);
    at.write("with.yaml", `${multiple}decisions:\n  - ${indented}\n`);
    expect((await at.run("list", "plan.yaml", ...SEED)).code).toBe(2);
    expect((await at.run("list", "plan.yaml", ...SEED, "--decision", "decision.yaml", "--out", "a")).code).toBe(0);
    expect((await at.run("list", "with.yaml", ...SEED, "--out", "b")).code).toBe(0);
    expect(at.read(`a/${NAMES[1]!}`)).toBe(at.read(`b/${NAMES[1]!}`));
    const plain = await at.run("verify", "a", ...SEED);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toContain("compared with its plan only");
    const whole = await at.run("verify", "a", ...SEED, "--decision", "decision.yaml");
    expect(whole.code).toBe(0);
    expect(whole.stdout).not.toContain("were not compared");
  });

  it("replaces a list with --force", async () => {
    const at = desk();
    await at.run("list", "plan.yaml", ...SEED);
    const before = at.read(`SLE-SD-01/${NAMES[1]!}`);
    expect((await at.run("list", "plan.yaml", "--test-seed", "another", "--force")).code).toBe(0);
    expect(at.read(`SLE-SD-01/${NAMES[1]!}`)).not.toBe(before);
    expect(readdirSync(at.cwd).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("verify", () => {
  const verify = ["verify", "SLE-SD-01", ...SEED];
  async function made(): Promise<Desk> {
    const at = desk();
    await at.run("list", "plan.yaml", ...SEED);
    return at;
  }

  it("finds every file as it was made", async () => {
    const at = await made();
    const { code, stdout } = await at.run(...verify);
    expect(code).toBe(0);
    expect(stdout).toContain("VERIFIED: all files of TEST list SLE-SD-01 (48 rows)");
    const { answer } = await at.json(...verify);
    expect(answer).toMatchObject({
      command: "verify",
      same: true,
      list: "SLE-SD-01",
      status: "TEST",
      rows: 48,
      notes: [],
    });
    expect(answer["manifestSha256"]).toBe(sha256Hex(at.read(`SLE-SD-01/${NAMES[0]!}`)));
  });

  it.each(NAMES)("finds one changed character in %s, and names the line", async (name) => {
    const at = await made();
    const path = at.path(`SLE-SD-01/${name}`);
    const lines = readFileSync(path, "utf8").split("\n");
    // Line 8 has a digit or a letter in every one of the files.
    lines[7] = lines[7]!.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, (sign) => (sign === "x" ? "y" : "x"));
    writeFileSync(path, lines.join("\n"));
    const { code, answer } = await at.json(...verify);
    expect(code).toBe(1);
    const files = answer["files"] as { file: string; verdict: string; difference?: { line?: number; code?: string } }[];
    const wrong = files.filter(({ verdict }) => verdict !== "same");
    expect(wrong.map(({ file }) => file)).toEqual([name]);
    expect(wrong[0]?.difference?.line === 8 || wrong[0]?.difference?.code !== undefined).toBe(true);
    expect((await at.run(...verify)).stdout).toContain("NOT VERIFIED");
  });

  it.each(NAMES)("misses %s", async (name) => {
    const at = await made();
    rmSync(at.path(`SLE-SD-01/${name}`));
    const { code, answer } = await at.json(...verify);
    expect(code).toBe(1);
    expect(answer["files"]).toContainEqual({ file: name, verdict: "missing" });
  });

  it.each([
    ["a row left out", (text: string) => text.replace(/^TEST.*\r\n/m, ""), 2],
    ["an arm", (text: string) => text.replace(/placebo\r\n$|(low|medium|high)\r\n$/, "xx\r\n"), 49],
    ["line ends", (text: string) => text.replace(/\r/g, ""), 1],
  ])("finds %s in the master CSV", async (_, change, line) => {
    const at = await made();
    const path = at.path(`SLE-SD-01/${NAMES[1]!}`);
    writeFileSync(path, change(readFileSync(path, "utf8")));
    const { code, answer } = await at.json(...verify);
    expect(code).toBe(1);
    const files = answer["files"] as { difference?: { line: number } }[];
    expect(files.flatMap(({ difference }) => difference?.line ?? [])).toEqual([line]);
  });

  it.each([
    ["an assumption", '"value": "1:1:1:1"', '"value": "2:1:1:1"'],
    ["a hash", '"sha256": "', '"sha256": "0'],
    ["the plan", '"length": 24', '"length": 32'],
    ["the time of generation in no known form", '"rows": 48', '"rows": 49'],
  ])("finds %s changed in the unblinded manifest", async (_, from, to) => {
    const at = await made();
    const path = at.path(`SLE-SD-01/${NAMES[0]!}`);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    const { code, answer } = await at.json(...verify);
    expect(code).toBe(1);
    expect(answer["files"]).toContainEqual(expect.objectContaining({ file: NAMES[0], verdict: "differs" }));
  });

  it.each([
    [
      "the hash of the trial",
      /"trialHash": "[0-9a-f]{64}"/,
      `"trialHash": "${"0".repeat(64)}"`,
      "cli.trial_record_differs",
    ],
    [
      "an assumption, and the trial's hash to hide it",
      /"value": "1:1:1:1"/,
      '"value": "2:1:1:1"',
      "cli.trial_record_differs",
    ],
    [
      "an answer of the plan",
      /"value": "permuted-block; sizes 4, 8/,
      '"value": "permuted-block; sizes 4',
      "cli.trial_record_differs",
    ],
    ["no assumptions", /"assumptions": \[[^\]]*\]/, '"assumptions": "none"', "list.manifest_invalid"],
  ])("finds %s that was edited by hand", async (_, from, to, expected) => {
    const at = await made();
    const path = at.path(`SLE-SD-01/${NAMES[0]!}`);
    const text = readFileSync(path, "utf8");
    const forged = text.replace(from, to);
    expect(forged).not.toBe(text);
    // With another hash of the trial nothing is derived from the trial itself.
    writeFileSync(path, forged.replace(/"trialHash": "../, '"trialHash": "zz'));
    const { code, answer } = await at.json(...verify);
    expect(code).toBe(1);
    const files = answer["files"] as { file: string; difference?: { code: string } }[];
    const found = files.find(({ file }) => file === NAMES[0])?.difference?.code;
    expect(found).toBe(expected);
  });

  it("of a user's own trial compares the assumptions with the plan, with and without the trial at hand", async () => {
    const at = desk();
    const { sle } = await import("../../../src/trials/index.js");
    at.write("own.json", JSON.stringify({ ...sle, id: "OWN-1" }));
    at.write("plan.yaml", PLAN.replace("NCT07041801", "OWN-1"));
    expect((await at.run("list", "plan.yaml", ...SEED, "--trial", "own.json")).code).toBe(0);
    const plain = await at.json(...verify);
    expect([plain.code, plain.answer["notes"]]).toEqual([0, [expect.stringContaining("compared with its plan only")]]);
    expect((await at.json(...verify, "--trial", "own.json")).answer).toMatchObject({ same: true, notes: [] });
    const path = at.path(`SLE-SD-01/${NAMES[0]!}`);
    writeFileSync(path, readFileSync(path, "utf8").replace('"value": "1:1:1:1"', '"value": "2:1:1:1"'));
    const forged = await at.json(...verify);
    expect([forged.code, JSON.stringify(forged.answer).includes("list.assumption_differs")]).toEqual([1, true]);
  });

  it('says "no" to another seed', async () => {
    const at = await made();
    const { code, answer } = await at.json("verify", "SLE-SD-01", "--test-seed", "another");
    expect(code).toBe(1);
    expect(answer).toMatchObject({ same: false, files: [{ difference: { code: "list.seed_differs" } }] });
  });

  it("notes other files, and refuses two lists in one folder", async () => {
    const at = await made();
    at.write("SLE-SD-01/notes.txt", "");
    const { code, stdout } = await at.run(...verify);
    expect(code).toBe(0);
    expect(stdout).toContain("notes.txt is no file of this list");
    at.write("SLE-SD-01/OTHER.TEST.blinded.csv", "");
    expect((await at.json(...verify)).answer).toMatchObject({ error: { code: "cli.not_a_list" } });
  });

  it("takes an empty folder for no list", async () => {
    const at = desk();
    mkdirSync(at.path("empty"));
    expect((await at.run("verify", "empty", ...SEED)).code).toBe(2);
  });
});

describe("a fault of the program itself", () => {
  it("ends with 3 and shows no stack unless asked", async () => {
    const broken = (): never => {
      throw new TypeError("the clock stopped");
    };
    const plain = makeDesk({ now: broken });
    plain.write("plan.yaml", PLAN);
    const { code, stderr } = await plain.run("list", "plan.yaml", ...SEED);
    expect(code).toBe(3);
    expect(stderr).toContain("the clock stopped");
    expect(stderr).not.toContain(".ts:");
    expect((await plain.json("list", "plan.yaml", ...SEED)).answer).toMatchObject({ error: { code: "cli.internal" } });
    const debugging = makeDesk({ now: broken, env: { ALLOCELL_DEBUG: "1" } });
    debugging.write("plan.yaml", PLAN);
    expect((await debugging.run("list", "plan.yaml", ...SEED)).stderr).toContain(".ts:");
  });
});
