import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { makeDesk } from "./harness.js";

const ORDER_FILE = resolve("examples/sle/order-batch.yaml");
const ORDER = readFileSync(ORDER_FILE, "utf8");
const ROWS = readFileSync("examples/sle/batch.csv", "utf8");
const HEAD = "participant,arm,weight_kg,weighed_on,weighed_by\n";
const rowsOf = (text: string): readonly Readonly<Record<string, string>>[] => parse(text, { columns: true, bom: true });

describe("allocell prepare-batch", { tags: ["PREP-010"] }, () => {
  it("prepares the example, the placebo among it, as `prepare` does one by one", async () => {
    const desk = makeDesk();
    const { code, stdout, stderr } = await desk.run("prepare-batch", desk.write("b.csv", ROWS), "--order", ORDER_FILE);
    const rows = rowsOf(stdout);
    expect(rows.map(({ status, arm }) => [status, arm])).toEqual([
      ["ready", "low"],
      ["ready", "medium"],
      ["ready", "high"],
      ["ready", "placebo"],
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain("4 ready, 0 with an open warning, 0 refused.");
    const one = desk.write(
      "one.yaml",
      ORDER.replace("arm: low\n", "")
        .replace("part: single-dose", "part: single-dose\narm: low")
        .replace("descriptor: actual,", 'descriptor: actual, weightKg: "41.5", weighedOn: "2026-03-18", weighedBy: N,'),
    );
    const { answer } = await desk.json("prepare", one);
    expect(answer).toMatchObject({ preparation: { delivered: { drawMl: rows[0]!["draw_ml"] } } });
    expect(new Set(rows.map(({ final_volume_ml: volume }) => volume))).toEqual(new Set(["100"]));
  });

  it("tells an override that no row asked for: its code may be slipped", async () => {
    const desk = makeDesk();
    const order = ORDER.replace("\norder:\n", "\norder:\n  overrides: [{ code: dose.waste_hihg, reason: x, by: y }]\n");
    const argv = ["prepare-batch", desk.write("b.csv", ROWS), "--order", desk.write("o.yaml", order)];
    expect((await desk.run(...argv)).stderr).toContain("No row asked for the override of dose.waste_hihg:");
    expect((await desk.json(...argv)).answer).toMatchObject({ idleOverrides: ["dose.waste_hihg"] });
  });

  it("tells a bad row with its line and reason, and does the rest", async () => {
    const desk = makeDesk();
    const file = desk.write(
      "b.csv",
      `${HEAD}P1,low,60,2026-03-19,N\nP2,low,160 lb,2026-03-19,N\nP3,low,"72,4",2026-03-19,N\nP4,nowhere,60,2026-03-19,N\nP1,low,60,2026-03-19,N\nP6,low,60\nP7,low,59,2026-03-19,N\nP8,low,,2026-03-19,N\nP9,low,60,,N\n=P,low,60,2026-03-19,N\n`,
    );
    const { code, stdout, stderr } = await desk.run("prepare-batch", file, "--order", ORDER_FILE, "--out", "a.csv");
    expect([code, stdout]).toEqual([1, ""]);
    const rows = rowsOf(desk.read("a.csv"));
    expect(rows.map(({ line, status, reason }) => [line, status, reason!.split(":")[0]])).toEqual([
      ["2", "ready", ""],
      ["3", "refused", "quantity.weight_unit"],
      ["4", "refused", "quantity.comma"],
      ["5", "refused", "trial.arm_unknown"],
      ["6", "refused", "cli.participant_twice"],
      ["7", "refused", "cli.csv_ragged"],
      ["8", "ready", ""],
      ["9", "refused", "dose.weight_missing"],
      ["10", "refused", "cli.weighing_missing"],
      ["11", "refused", "cli.participant_invalid"],
    ]);
    expect(stderr).toContain("b.csv, line 3, weight_kg:");
    expect(stderr).toContain("Refused: lines 3, 4, 5, 6, 7, 9, 10, 11.");
    expect(rows[9]!["participant"]).toBe("'=P");
  });

  it.each([
    ["nowhere", "trial.arm_unknown"],
    ["double", "trial.arm_closed"],
  ])("tells the row's own line of an arm that is %s, as text and as JSON", async (arm, code) => {
    const desk = makeDesk();
    const file = desk.write("b.csv", `${HEAD}P1,low,60,2026-03-19,N\nP2,${arm},60,2026-03-19,N\n`);
    const { stderr } = await desk.run("prepare-batch", file, "--order", ORDER_FILE);
    expect(stderr).toMatch(/^b\.csv, line 3, arm: /m);
    expect(stderr).toContain(`[${code}]`);
    const { answer } = await desk.json("prepare-batch", file, "--order", ORDER_FILE);
    const issue = { code, path: "arm", keys: ["arm"], file: "b.csv", line: 3 };
    expect((answer["rows"] as object[])[1]).toMatchObject({ line: 3, status: "refused", issues: [issue] });
  });

  it("tells the place in the order file, and the row that met it", async () => {
    const desk = makeDesk();
    const order = desk.write("o.yaml", ORDER.replace(/ {2}dose\.cap:.*\n/, ""));
    const file = desk.write("b.csv", `${HEAD}P1,low,60,2026-03-19,N\n`);
    const { stderr } = await desk.run("prepare-batch", file, "--order", order);
    expect(stderr).toMatch(/^b\.csv, line 2, o\.yaml, line \d+, assumptions\."dose\.cap": /m);
  });

  it("refuses a kit of one participant for another, and echoes kit, visit and planned day", async () => {
    const desk = makeDesk();
    const rows = ["P1,K-1,V1,2026-03-19", "P2,k-1,V1,2026-03-19", "P1,K-1,V2,2026-03-19", "P3,K-2,V1,2026-03-19"];
    const text = rows.map((row) => `${row},low,60,2026-03-19,N\n`).join("");
    const head = "participant,kit,visit,planned_on,arm,weight_kg,weighed_on,weighed_by\n";
    const { stdout, stderr } = await desk.run("prepare-batch", desk.write("b.csv", head + text), "--order", ORDER_FILE);
    expect(rowsOf(stdout).map((row) => [row["status"], row["kit"], row["planned_on"]])).toEqual([
      ["ready", "K-1", "2026-03-19"],
      ["refused", "k-1", "2026-03-19"],
      ["ready", "K-1", "2026-03-19"],
      ["ready", "K-2", "2026-03-19"],
    ]);
    expect(stderr.replace(/\s+/g, " ")).toContain(
      "b.csv, line 3, kit: Kit k-1 is that of participant P1 on line 2 already. [cli.kit_twice]",
    );
  });

  it("keeps line ends, quotes and what a spreadsheet would take for a formula apart in what people wrote", async () => {
    const desk = makeDesk();
    const head = "participant,kit,visit,arm,weight_kg,weighed_on,weighed_by\r\n";
    const tail = "low,60,2026-03-19,N\r\n";
    const rows = ['P1,"=K,1",V1', "", 'P2,K-2,"V ""2""\nlate"', "P3,K-3,V3"];
    const file = desk.write("b.csv", head + rows.map((row) => (row === "" ? "\r\n" : `${row},${tail}`)).join(""));
    const argv = ["prepare-batch", file, "--order", ORDER_FILE];
    const expected = [
      ["2", "P1", "=K,1", "V1"],
      ["4", "P2", "K-2", 'V "2"\nlate'],
      ["6", "P3", "K-3", "V3"],
    ];
    const { stdout } = await desk.run(...argv);
    const read = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[][] =>
      rows.map(({ line, participant, kit, visit }) => [line, participant, kit, visit].map(String));
    expect(read(rowsOf(stdout))).toEqual(expected.map((cells) => cells.map((cell) => cell.replace(/^=/, "'="))));
    const { answer } = await desk.json(...argv);
    expect(read((answer as { rows: Readonly<Record<string, unknown>>[] }).rows)).toEqual(expected);
  });

  it("warns of a row that is planned for another day, and names the column of a weight that is missing", async () => {
    const desk = makeDesk();
    const head = "participant,planned_on,arm,weight_kg,weighed_on,weighed_by\n";
    const rows = ["P1,2026-03-19,low,60,", "P2,2026-03-20,low,60,", "P3,,low,60,", "P4,2026-03-19,low,,"];
    const text = head + rows.map((row) => `${row}2026-03-19,N\n`).join("");
    const { stdout, stderr } = await desk.run("prepare-batch", desk.write("b.csv", text), "--order", ORDER_FILE);
    expect(rowsOf(stdout).map(({ status, warnings }) => [status, warnings])).toEqual([
      ["ready", ""],
      ["open", "calendar.planned_day_differs OPEN"],
      ["ready", ""],
      ["refused", ""],
    ]);
    expect(stderr).toContain("b.csv, line 5, weight_kg: ");
  });

  it("answers as JSON", async () => {
    const desk = makeDesk();
    const file = desk.write("b.csv", `${HEAD}P1,low,60,2026-03-19,N\nP2,low,0,2026-03-19,N\n`);
    const { code, answer } = await desk.json("prepare-batch", file, "--order", ORDER_FILE);
    expect(code).toBe(1);
    expect(answer).toMatchObject({
      command: "prepare-batch",
      ready: 1,
      refused: 1,
      rows: [
        { line: 2, status: "ready" },
        { line: 3, status: "refused", issues: [{ code: "quantity.zero", line: 3 }] },
      ],
    });
  });

  it.each([
    ["a subject", ORDER.replace("identification:", "identification:\n    subject: S1"), "order.identification.subject"],
    ["a weight", ORDER.replace("descriptor: actual,", 'descriptor: actual, weightKg: "70",'), "order.weight.weightKg"],
  ])("refuses an order file with %s: it would be everybody's", async (_, text, path) => {
    const desk = makeDesk();
    const order = desk.write("o.yaml", text);
    const { code, answer } = await desk.json("prepare-batch", desk.write("b.csv", ROWS), "--order", order);
    expect(code).toBe(2);
    expect(answer).toMatchObject({ error: { code: "cli.template_of_one", issues: [{ path }] } });
  });

  it.each([
    ["cut off", `${HEAD}P1,low,60,2026-03-19,N`, "cli.csv_truncated"],
    ["with an unknown column", "participant,dose\nP1,3\n", "cli.csv_header"],
    ["without rows", HEAD, "cli.csv_no_rows"],
  ])("refuses a file %s as a whole and writes nothing", async (_, text, code) => {
    const desk = makeDesk();
    const file = desk.write("b.csv", text);
    for (const out of [[], ["--out", "a.csv"]]) {
      const { code: exit, stdout, stderr } = await desk.run("prepare-batch", file, "--order", ORDER_FILE, ...out);
      expect([exit, stdout, stderr]).toEqual([2, "", expect.stringContaining(code)]);
    }
    expect(() => desk.read("a.csv")).toThrow();
  });

  it("takes thousands of rows", async () => {
    const desk = makeDesk();
    const rows = Array.from({ length: 3000 }, (_, k) => `P${k},low,${40 + (k % 50)},2026-03-19,N\n`);
    const { stderr } = await desk.run(
      "prepare-batch",
      desk.write("b.csv", HEAD + rows.join("")),
      "--order",
      ORDER_FILE,
      "--out",
      "a.csv",
    );
    expect(stderr).toMatch(/^\d+ ready, \d+ with an open warning, 0 refused/m);
    expect(rowsOf(desk.read("a.csv"))).toHaveLength(3000);
  });
});
