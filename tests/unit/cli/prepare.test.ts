import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { makeDesk } from "./harness.js";

const example = (name: string): string => resolve("examples", name);
const ORDER = readFileSync(example("sle/order.yaml"), "utf8");
const ORDERS = readdirSync("examples", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(`examples/${name}`).map((file) => `${name}/${file}`))
  .filter((file) => /\/order(?!-batch)[\w-]*\.yaml$/.test(file));

describe("allocell prepare", { tags: ["DOSE-007", "PREP-011"] }, () => {
  it("finds an order in every example of a trial, and one of a licensed product", () => {
    expect(ORDERS.length).toBeGreaterThanOrEqual(5);
  });

  it.each(ORDERS)("prepares examples/%s, in both languages, marked as an example", async (name) => {
    expect(readFileSync(example(name), "utf8")).toContain("EXAMPLE");
    for (const lang of ["en", "zh"]) {
      const desk = makeDesk();
      const { code, stdout, stderr } = await desk.run("prepare", example(name), "--lang", lang, "--out", "docs");
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain(lang === "en" ? "Ready to prepare." : "可以配制。");
      const files = readdirSync(desk.path("docs")).sort();
      // Of a licensed product nothing is blind, and nothing says so. Each of several components has a label.
      const components = readFileSync(example(name), "utf8").match(/^[ -]*component:/gmu) ?? ["one"];
      const kinds = name.startsWith("products/")
        ? [...components.map(() => "label"), "process", "worksheet"]
        : ["UNBLINDED.process", "UNBLINDED.worksheet", "blinded.label", "blinded.record"];
      expect(files.map((file) => file.replace(/^.*?\.(?=UNBLINDED|blinded|label|process|worksheet)/, ""))).toEqual(
        kinds.map((kind) => (lang === "en" ? `${kind}.html` : `${kind}.zh.html`)),
      );
      for (const file of files) expect(statSync(desk.path(`docs/${file}`)).mode & 0o777).toBe(0o600);
    }
  });

  it("answers as JSON", async () => {
    const { code, answer } = await makeDesk().json("prepare", example("sle/order.yaml"));
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      command: "prepare",
      isReady: true,
      files: [],
      preparation: { arm: "low", delivered: { drawMl: "8.5" }, infusion: { diluentMl: "91.5" } },
    });
  });

  it("shows and writes nothing that tells a treatment with --blinded-only", async () => {
    const desk = makeDesk();
    const args = ["prepare", example("sle/order.yaml"), "--blinded-only", "--out", "docs"];
    const { stdout } = await desk.run(...args);
    const written = readdirSync(desk.path("docs"));
    expect(written).toHaveLength(2);
    const told = [stdout, ...written, ...written.map((name) => desk.read(`docs/${name}`))].join("\n");
    for (const secret of ["low", "EX-2401", "8.5 mL", "91.5", "72.4", "cells", "UNBLINDED"]) {
      expect(told.replace(/<style>[\s\S]*?<\/style>/g, ""), secret).not.toContain(secret);
    }
    const { answer } = await makeDesk().json("prepare", example("sle/order.yaml"), "--blinded-only");
    expect(Object.keys(answer)).toEqual(["command", "blinded", "files"]);
  });

  it("gives the same verdict on the document whether it writes or not", async () => {
    const desk = makeDesk();
    const late = ORDER.replace("lot: NS-118", 'lot: NS-118, expiresOn: "2026-03-18"');
    const order = desk.write("order.yaml", late);
    for (const out of [[], ["--out", "docs"]]) {
      const { code, stderr } = await desk.run("prepare", order, ...out);
      expect([code, stderr]).toEqual([2, expect.stringContaining("report.diluent_expired")]);
    }
  });

  it("never writes over a document", async () => {
    const desk = makeDesk();
    await desk.run("prepare", example("sle/order.yaml"), "--out", "docs");
    const { code, stderr } = await desk.run("prepare", example("sle/order.yaml"), "--out", "docs");
    expect([code, stderr]).toEqual([2, expect.stringContaining("cli.output_exists")]);
  });

  it("takes answers beside the order file, and says where each fault of one stands", async () => {
    const desk = makeDesk();
    const block = /^assumptions:\n(?: {2}.*\n)+/mu.exec(ORDER)?.[0] ?? "";
    const bare = desk.write("order.yaml", ORDER.replace(block, ""));
    const beside = desk.write("answers.yaml", block.replace(/^.*infusion\.rate.*\n/mu, ""));
    const rate = ["--assume", "infusion.rate=150 mL/h"];
    const { code, answer } = await desk.json("prepare", bare, "--assumptions", beside, ...rate);
    expect([code, answer]).toEqual([0, expect.objectContaining({ isReady: true })]);
    const placeOf = async (...argv: string[]): Promise<unknown> =>
      ((await desk.json("prepare", ...argv)).answer as { error: { issues: unknown[] } }).error.issues[0];
    expect(await placeOf(bare, "--assumptions", beside, "--assume", "infusion.rate=fast")).toMatchObject({
      code: "trial.assumption_invalid",
      path: "--assume infusion.rate",
    });
    const slipped = desk.write("slipped.yaml", block.replace('"1.9 mL"', '"about 2 mL"'));
    expect(await placeOf(bare, "--assumptions", slipped)).toMatchObject({
      code: "trial.assumption_invalid",
      file: "slipped.yaml",
      line: 11,
    });
    expect(await placeOf(desk.write("whole.yaml", ORDER), ...rate)).toMatchObject({
      code: "cli.assumption_twice",
      file: "whole.yaml",
    });
  });

  it("answers 1 to an open warning, and writes the worksheet alone", async () => {
    const desk = makeDesk();
    const order = desk.write("order.yaml", ORDER.replace('graduationMl: "0.1"', 'graduationMl: "1"'));
    const { code, stdout } = await desk.run("prepare", order, "--out", "docs");
    expect([code, stdout]).toEqual([1, expect.stringContaining("NOT READY")]);
    expect(readdirSync(desk.path("docs"))).toEqual([
      "S02-003.K-1047.UNBLINDED.process.html",
      "S02-003.K-1047.UNBLINDED.worksheet.html",
    ]);
    const blinded = await desk.run("prepare", order, "--blinded-only", "--out", "blinded");
    expect(blinded).toMatchObject({ code: 1, stderr: "" });
    // A code would tell a treatment: only an arm with cells has a cap, containers or a draw.
    expect(blinded.stdout.split("\n\nExplained in\n")[0]).toBe(
      "NOT READY: a warning is open. The unblinded pharmacist must look at this preparation: run it without --blinded-only.",
    );
    expect(existsSync(desk.path("blinded"))).toBe(false);
    const { answer } = await desk.json("prepare", order, "--blinded-only");
    expect(Object.keys(answer)).toEqual(["command", "isReady", "files"]);
  });

  it.each([
    ["an expired lot", '"2027-06-30"', '"2026-01-31"'],
    ["a lost superscript", 'weightKg: "72.4"', 'weightKg: "2 x 107"'],
    ["an arm that is not known", "arm: low", "arm: lo"],
    ["a key twice", "arm: low", "arm: low\narm: high"],
  ])("tells a blinded person of %s that something is wrong, and not what", async (_, found, put) => {
    const desk = makeDesk();
    expect(ORDER).toContain(found);
    const order = desk.write("order.yaml", ORDER.replace(found, put));
    const text = await desk.run("prepare", order, "--blinded-only");
    expect(text).toEqual({
      code: 2,
      stdout: "",
      stderr: [
        "allocell: this cannot be done",
        "  what   The unblinded pharmacist must look at this preparation: run it without --blinded-only.",
        "  where  order.yaml",
        "  code   cli.not_prepared",
        "",
      ].join("\n"),
    });
    const { answer } = await desk.json("prepare", order, "--blinded-only");
    expect(Object.keys((answer["error"] as { issues: [object] }).issues[0]).sort()).toEqual([
      "code",
      "keys",
      "message",
      "path",
    ]);
    expect((await desk.run("prepare", "none.yaml", "--blinded-only")).stderr).toContain("There is no such file");
  });

  it.each([
    ["a weight in pounds", 'weightKg: "72.4"', 'weightKg: "160 lb"', "quantity.weight_unit", "order.weight.weightKg"],
    [
      "a lost superscript",
      "      containers: 12\n",
      '      containers: 12\n      content: "2 x 107"\n',
      "quantity.lost_superscript",
      "order.lots.0.content",
    ],
    ["a field that is not known", "document:", "documents: {}\ndocument:", "cli.order_invalid", "documents"],
    ["an expired lot", '"2027-06-30"', '"2026-01-31"', "dose.lot_expired", "order.lots.0.expiresOn"],
    ["no route", "  route: intravenous infusion\n", "", "report.details_invalid", "document.route"],
    [
      "another volume than the trial's answer",
      "  infusion: {",
      '  infusion: { finalVolumeMl: "80",',
      "dose.assumption_conflict",
      "order.infusion.finalVolumeMl",
    ],
  ])("refuses %s, and says where", async (_, found, put, code, path) => {
    expect(ORDER).toContain(found);
    const desk = makeDesk();
    const { code: exit, answer } = await desk.json("prepare", desk.write("order.yaml", ORDER.replace(found, put)));
    expect(exit).toBe(2);
    expect(answer).toMatchObject({ error: { code, issues: [{ path, file: "order.yaml" }] } });
  });
});

describe("the route of the documents", () => {
  const UC = readFileSync(example("uc/order.yaml"), "utf8");
  it.each([
    ["route: local, by endoscope", "route: intravenous infusion", 2],
    ["route: local, by endoscope", "route: Local,  by  endoscope", 0],
  ])("%s, written as %s: exit code %i, because the assumptions name one", async (found, put, expected) => {
    expect(UC).toContain(found);
    const desk = makeDesk();
    const { code, answer } = await desk.json("prepare", desk.write("order.yaml", UC.replace(found, put)));
    expect(code).toBe(expected);
    if (expected === 2) {
      expect(answer).toMatchObject({
        error: {
          code: "dose.assumption_conflict",
          issues: [{ path: "document.route", file: "order.yaml", expected: "local, by endoscope" }],
        },
      });
    }
  });
});

describe("allocell check", { tags: ["PREP-005"] }, () => {
  const SECOND = ORDER.replace("EXAMPLE pharmacist A", "EXAMPLE pharmacist B");
  const withTwo = (second: string): ReturnType<typeof makeDesk> => {
    const desk = makeDesk();
    desk.write("a.yaml", ORDER);
    desk.write("b.yaml", second);
    return desk;
  };

  it("answers 0 where all fields agree, however the numbers are written", async () => {
    const { code, stdout } = await withTwo(
      SECOND.replace("      containers: 12\n", '      containers: 12\n      content: "20000000"\n'),
    ).run("check", "a.yaml", "b.yaml");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/agree in \d\d+ fields/)]);
  });

  it("answers 1 with both values side by side at any difference, the arm's among them", async () => {
    const desk = withTwo(SECOND.replace('weightKg: "72.4"', 'weightKg: "74.2"').replace("arm: low", "arm: high"));
    const { code, stdout } = await desk.run("check", "a.yaml", "b.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/weight\.weightKg +72\.4 +74\.2/);
    expect(stdout).toMatch(/dose\.trial\.arm +low +high/);
    const { answer } = await desk.json("check", "a.yaml", "b.yaml");
    expect(answer).toMatchObject({ command: "check", agree: false, first: "EXAMPLE pharmacist A" });
  });

  it("compares what the documents say, and an assumptions file's lines by their key", async () => {
    const other = SECOND.replace("route: intravenous infusion", "route: rectal")
      .replace("lot: NS-118", "lot: NS-119")
      .replace('infusion.rate: { value: "2.5 mL/min"', 'infusion.rate: { value: "2.50 mL/min"');
    const { answer } = await withTwo(other).json("check", "a.yaml", "b.yaml");
    expect((answer as { differences: unknown }).differences).toEqual([
      { field: "document.route", first: "intravenous infusion", second: "rectal" },
      { field: "document.diluent.lot", first: "NS-118", second: "NS-119" },
      { field: "assumptions[infusion.rate]", first: "2.5 mL/min", second: "2.50 mL/min" },
    ]);
  });

  it("says that two agreeing orders cannot be prepared, and answers 1", async () => {
    const desk = makeDesk();
    const expired = (text: string): string => text.replace('"2027-06-30"', '"2026-01-31"');
    desk.write("a.yaml", expired(ORDER));
    desk.write("b.yaml", expired(SECOND));
    const { code, stdout } = await desk.run("check", "a.yaml", "b.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/agree in \d+ fields, and cannot be prepared/);
    expect(stdout.match(/dose\.lot_expired/g)).toHaveLength(2);
  });

  it("tells that two files are one text but for the check, which only the two people can judge", async () => {
    const remark = /one text but for `check:`/;
    const signed = await withTwo(SECOND).run("check", "a.yaml", "b.yaml");
    expect([signed.code, signed.stdout]).toEqual([0, expect.stringMatching(remark)]);
    const typed = await withTwo(
      SECOND.replace("      containers: 12\n", '      containers: 12\n      content: "20000000"\n'),
    ).run("check", "a.yaml", "b.yaml");
    expect(typed.stdout).not.toMatch(remark);
  });

  it.each([
    ["the same file", "a.yaml", SECOND, "cli.check_same_file"],
    [
      "a check whose source is the other one",
      "b.yaml",
      SECOND.replace(/enteredFrom: ".*"/, 'enteredFrom: "the sheet A.yaml"'),
      "dose.check_not_independent",
    ],
    ["a copy, byte for byte", "b.yaml", ORDER, "cli.check_same_file"],
    ["two checks by one person", "b.yaml", `# again\n${ORDER}`, "dose.check_not_independent"],
    [
      "a check that says it was copied",
      "b.yaml",
      SECOND.replace("check: {", "check: { copiedFrom: a.yaml,"),
      "dose.check_not_independent",
    ],
    ["a file that does not say who entered it", "b.yaml", SECOND.replace(/^check: .*$/m, ""), "cli.order_invalid"],
  ])("refuses %s", async (_, second, text, code) => {
    const { code: exit, answer } = await withTwo(text).json("check", "a.yaml", second);
    expect([exit, answer]).toEqual([
      2,
      expect.objectContaining({ error: expect.objectContaining({ code }) as unknown }),
    ]);
  });
});

const RECORD = `number: 1
administeredOn: "2026-03-25"
administeredBy: EXAMPLE nurse
infusedMl: "43"
deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" }
reason: line blocked
`;

describe("allocell record", { tags: ["PREP-006"] }, () => {
  it("takes the planned side from the order, warns, and refuses nothing", async () => {
    const desk = makeDesk();
    const file = desk.write("r.yaml", RECORD);
    const { code, answer } = await desk.json("record", file, "--order", example("sle/order.yaml"));
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      command: "record",
      orderIssues: [],
      administrations: [{ actual: { amount: "31067500" }, deviationClass: "major", deviationPercent: "-57.09" }],
    });
    const { stdout } = await desk.run("record", file, "--order", example("sle/order.yaml"));
    expect(stdout).toContain("calendar.outside_window");
    expect(stdout).toContain("dose.deviation_major");
  });

  it("records even where the order could not have been prepared", async () => {
    const desk = makeDesk();
    desk.write("bad.yaml", ORDER.replace('"2027-06-30"', '"2026-01-31"'));
    const whole = `${RECORD}unitKind: viable-cells\nplanned: "72400000"\npreparedAtInfusion: "70E6"\npreparedMl: "100"\n`;
    const { code, stdout } = await desk.run("record", desk.write("r.yaml", whole), "--order", "bad.yaml");
    expect(code).toBe(0);
    expect(stdout).toContain("30,100,000 viable cells");
    expect(stdout).toContain("dose.lot_expired");
  });

  it("records a delivered dose that does not end, and never allows more than the cap", async () => {
    const desk = makeDesk();
    const order = readFileSync(example("products/order-ryoncil.yaml"), "utf8")
      .replace('weightKg: "12.6"', 'weightKg: "20"')
      .replace(/^.*dose\.waste_high.*\n/m, "");
    const file = desk.write("r.yaml", RECORD.replace('"43"', '"25"').replace("number: 1", "number: 3\nsubject: EX-2"));
    const { code, answer } = await desk.json("record", file, "--order", desk.write("ry.yaml", order));
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      orderIssues: [],
      administrations: [{ actual: { amount: "20065789.47368421052631578947368421052632" } }],
    });
    expect(JSON.stringify(answer)).toContain("dose.given_to_another");

    const capped = ORDER.replace(
      "dose: { from: trial }",
      'dose: { from: trial, range: { maximum: { kind: flat, amount: "90E6" } } }',
    ).replace("dose.cap: { value: none", 'dose.cap: { value: "59.5E6 viable cells"');
    const { answer: second } = await desk.json(
      "record",
      desk.write("r2.yaml", RECORD),
      "--order",
      desk.write("c.yaml", capped),
    );
    expect(second).toMatchObject({ administrations: [{ record: { range: { maximum: "59500000" } } }] });
  });

  it("adds several administrations up", async () => {
    const desk = makeDesk();
    const files = ["1", "2"].map((number) =>
      desk.write(`${number}.yaml`, RECORD.replace("number: 1", `number: ${number}`)),
    );
    const orders = ["1", "2"].flatMap((number) => [
      "--order",
      desk.write(`o${number}.yaml`, ORDER.replace("administration: 1", `administration: ${number}`)),
    ]);
    const { answer } = await desk.json("record", ...files, ...orders, "--most-per-kg", "100000");
    expect(answer).toMatchObject({ cumulative: { administrations: 2, actual: { amount: "62135000" } } });
    expect(JSON.stringify(answer)).toContain("dose.cumulative_above_cap");
  });

  it("takes nothing of the order of another administration: not its weight, plan or window", async () => {
    const desk = makeDesk();
    const second = desk.write("2.yaml", RECORD.replace("number: 1", "number: 2"));
    const { code, stderr } = await desk.run("record", second, "--order", example("sle/order.yaml"));
    // The cause is told first, and then what the record lacks because of it.
    expect([code, /code +(\S+)/u.exec(stderr)?.[1]]).toEqual([2, "cli.order_of_another_administration"]);
    const whole = RECORD.replace("number: 1", "number: 2").concat(
      'unitKind: viable-cells\nplanned: "70E6"\npreparedAtInfusion: "70E6"\npreparedMl: "100"\nweightKg: "70"\n',
    );
    const { answer } = await desk.json(
      "record",
      desk.write("1.yaml", RECORD),
      desk.write("whole.yaml", whole),
      "--order",
      example("sle/order.yaml"),
    );
    expect(answer).toMatchObject({
      administrations: [
        { record: { weightKg: "72.4", window: { from: "2026-03-18" } }, warnings: expect.anything() as unknown },
        { record: { number: 2, weightKg: "70", planned: "70000000" } },
      ],
      orderIssues: [{ code: "cli.order_of_another_administration", path: "number" }],
    });
    expect((answer as { administrations: object[] }).administrations[1]).not.toHaveProperty("record.window");
  });

  it("takes neither weight nor plan of the person for whom the bag was made, where somebody else got it", async () => {
    const desk = makeDesk();
    const file = desk.write("r.yaml", RECORD.replace("number: 1", "number: 1\nsubject: S02-004"));
    const { answer } = await desk.json("record", file, "--order", example("sle/order.yaml"));
    const [given] = (answer as { administrations: { warnings: { code: string }[] }[] }).administrations;
    expect(given).toMatchObject({ actual: { amount: "31067500" }, deviationClass: "major", record: { planned: "0" } });
    expect(given).not.toHaveProperty("actualPerKg");
    expect(given!.warnings.map(({ code }) => code)).toEqual([
      "dose.given_without_plan",
      "dose.given_to_another",
      "dose.given_after_expiry",
    ]);
  });

  it.each([
    ['startedAt: "2026-03-19T12:15"\nendedAt: "2026-03-19T13:00"\n', "2026-03-19", []],
    ['startedAt: "2026-03-19T12:16"\nendedAt: "2026-03-19T13:00"\n', "2026-03-19", ["dose.started_out_of_time"]],
    ['startedAt: "2026-03-19T12:15"\nendedAt: "2026-03-19T13:01"\n', "2026-03-19", ["dose.given_after_expiry"]],
    ['startedAt: "2026-03-19T13:01"\n', "2026-03-19", ["dose.given_after_expiry", "dose.started_out_of_time"]],
    ["", "2026-03-20", ["dose.given_after_expiry"]],
    ["", "2026-03-18", ["dose.given_before_preparation"]],
    ["", "2026-03-19", []],
  ])("warns of a bag given before it was made or after its time (%j on %s)", async (times, day, codes) => {
    const desk = makeDesk();
    const text = RECORD.replace("2026-03-25", day).replace('"43"', '"100"') + times;
    const { code, answer } = await desk.json(
      "record",
      desk.write("r.yaml", text),
      "--order",
      example("sle/order.yaml"),
    );
    expect(code).toBe(0);
    const [given] = (answer as { administrations: { warnings: { code: string }[] }[] }).administrations;
    expect(given!.warnings.map((warning) => warning.code)).toEqual(codes);
  });

  it("refuses only what cannot be read", async () => {
    const desk = makeDesk();
    const { code, stderr } = await desk.run("record", desk.write("r.yaml", "number: 1\n"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("dose.record_invalid")]);
  });
});
