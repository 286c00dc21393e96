/* A CSV as a European or Chinese Excel writes it: read where its form is stated, and answered in that form. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ASSUMPTIONS, makeDesk, type Desk, type Outcome } from "./harness.js";

const DOSES = ["doses", "p.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml"];
const BATCH = ["prepare-batch", "p.csv", "--order", resolve("examples/sle/order-batch.yaml")];
const EUROPEAN = ["--separator", ";", "--decimal", ",", "--date", "dmy"];

function deskWith(text: string): Desk {
  const desk = makeDesk();
  desk.write("assumptions.yaml", ASSUMPTIONS);
  desk.write("p.csv", text);
  return desk;
}
const run = (text: string, ...argv: string[]): Promise<Outcome> => deskWith(text).run(...argv);
const plainOf = (answer: string): string => answer.replaceAll('"', "");

const SEMICOLONS = "participant;arm;weight_kg;first_administration\r\nP1;low;72,4;02.03.2026\r\n";
const COMMAS = "participant,arm,weight_kg,first_administration\r\nP1,low,72.4,2026-03-02\r\n";

describe("a CSV whose form is stated", { tags: ["FILE-002"] }, () => {
  it("gives doses the numbers of the plain file, in the form of the file", async () => {
    const plain = await run(COMMAS, ...DOSES);
    const european = await run(SEMICOLONS, ...DOSES, ...EUROPEAN);
    expect([european.code, european.stderr]).toEqual([plain.code, plain.stderr]);
    const [head = "", row = ""] = european.stdout.split("\r\n");
    expect(head).toBe(plain.stdout.split("\r\n")[0]!.replaceAll(",", ";"));
    expect(plainOf(row)).toContain(";72,4;");
    expect(plainOf(row)).toContain(";2026-03-02;");
    const json = await run(SEMICOLONS, ...DOSES, ...EUROPEAN, "--json");
    expect(json.stdout).toBe((await run(COMMAS, ...DOSES, "--json")).stdout);
  });

  it("gives a batch the numbers of the plain file, in the form of the file", async () => {
    const rows = "P1,low,72.4,2026-03-19,EXAMPLE nurse,K-1,Day 1,2026-03-19\n";
    const plain = `participant,arm,weight_kg,weighed_on,weighed_by,kit,visit,planned_on\n${rows}`;
    const european = plain
      .replaceAll(",", ";")
      .replaceAll(/(\d{4})-(\d\d)-(\d\d)/gu, "$3/$2/$1")
      .replace("72.4", "72,4");
    const [one, two] = [await run(plain, ...BATCH), await run(european, ...BATCH, ...EUROPEAN)];
    expect(one.stdout).toMatch(/^(?:ready|open),2,P1,/mu);
    expect(two.stderr).toBe(one.stderr);
    expect(
      two.stdout
        .replaceAll(/(?<=\d),(?=\d)/gu, ".")
        .replaceAll(";", ",")
        .replaceAll('"', ""),
    ).toBe(plainOf(one.stdout).replaceAll(";", ","));
    expect((await run(european, ...BATCH, ...EUROPEAN, "--json")).stdout).toBe(
      (await run(plain, ...BATCH, "--json")).stdout,
    );
  });

  it.each([
    ["dmy", "2.3.2026"],
    ["dmy", "02/03/2026"],
    ["mdy", "3/2/2026"],
    ["ymd", "2026/3/2"],
    ["dmy", "2026-03-02"],
  ])("reads %s: %s", async (order, date) => {
    const { stdout } = await run(COMMAS.replace("2026-03-02", date), ...DOSES, "--date", order);
    expect(stdout).toContain(",2026-03-02,");
  });

  it("reads columns that tabs separate", async () => {
    const { code, stdout } = await run(COMMAS.replaceAll(",", "\t"), ...DOSES, "--separator", "tab");
    expect([code, stdout]).toEqual([0, expect.stringContaining("\tP1\t") as string]);
  });

  it("guesses nothing: a date of another order and a point beside a comma are refused", async () => {
    const other = await run(COMMAS.replace("2026-03-02", "13.03.2026"), ...DOSES, "--date", "mdy");
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining("calendar.no_such_day") as string]);
    const short = await run(COMMAS.replace("2026-03-02", "02.03.26"), ...DOSES, "--date", "dmy");
    expect(short.stderr).toContain("calendar.date_invalid");
    const point = await run(SEMICOLONS.replace("72,4", "72.4"), ...DOSES, ...EUROPEAN);
    expect([point.code, point.stderr]).toEqual([1, expect.stringContaining("cli.csv_decimal") as string]);
    const two = await run(SEMICOLONS.replace("72,4", "1,072,4"), ...DOSES, ...EUROPEAN);
    expect(two.stderr).toContain("quantity.comma");
    for (const options of [
      ["--decimal", ","],
      ["--bom", "--json"],
    ]) {
      expect((await run(COMMAS, ...DOSES, ...options)).code).toBe(2);
    }
  });
});

describe("a refused file", { tags: ["FILE-002"] }, () => {
  const expectedOf = async (text: string, ...argv: string[]): Promise<string> => {
    const { stdout, stderr } = await run(text, ...argv, "--json");
    const answer = JSON.parse(stdout === "" ? stderr : stdout) as {
      error?: { issues: { expected: string }[] };
      rows?: { issues: { expected: string }[] }[];
    };
    return (answer.error?.issues ?? answer.rows![0]!.issues)[0]!.expected;
  };

  it.each([
    [SEMICOLONS, '--separator ";"'],
    [COMMAS.replaceAll(",", "\t"), "--separator tab"],
    [COMMAS.replace("72.4", '"72,4"'), '--decimal ","'],
    [COMMAS.replace("2026-03-02", "02.03.2026"), "--date dmy"],
    [COMMAS.replace("2026-03-02", "2026/3/2"), "--date ymd"],
    [COMMAS.replace("weight_kg", "weight_kg,remark").replace("72.4", "72.4,fine"), "--keep"],
  ])("%j names the option that would read it", async (text, option) => {
    expect(await expectedOf(text, ...DOSES)).toContain(option);
  });

  it("names the option in a batch too", async () => {
    const head = "participant,arm,weight_kg,weighed_on,weighed_by";
    expect(await expectedOf(`${head}\nP1,low,"72,4",2026-03-19,A\n`, ...BATCH)).toContain('--decimal ","');
    expect(await expectedOf(`${head}\nP1,low,72.4,19.03.2026,A\n`, ...BATCH)).toContain("--date dmy");
  });

  it("that was stated to have another separator than it has says so", async () => {
    expect(await expectedOf(COMMAS, ...DOSES, "--separator", ";")).toContain("without --separator");
  });
});

describe("further columns, blank rows and the byte-order mark", { tags: ["FILE-002"] }, () => {
  const TEXT = 'participant,arm,weight_kg,remark,Room\nP1,low,72.4,"=1+1, fine",4\n,,,,\nP2,low,700,,5\n ,,,,\n';

  it("passes further columns through, and skips and counts blank rows", async () => {
    const { code, stdout, stderr } = await run(TEXT, ...DOSES, "--keep", "--bom");
    const lines = stdout.split("\r\n");
    expect([code, stdout.charCodeAt(0)]).toEqual([1, 0xfeff]);
    expect(lines.map((line) => plainOf(line).split(",").slice(-3))).toMatchObject([
      ["reason", "remark", "Room"],
      [expect.any(String), " fine", "4"],
      [expect.any(String), "", "5"],
      [""],
    ]);
    expect(lines[1]).toContain("'=1+1, fine");
    expect(stderr).toContain("2 blank rows skipped.");
    const json = JSON.parse((await run(TEXT, ...DOSES, "--keep", "--json")).stdout) as {
      blankRows: number;
      rows: object[];
    };
    expect(json).toMatchObject({
      blankRows: 2,
      rows: [{ kept: { remark: "=1+1, fine", Room: "4" } }, { status: "refused" }],
    });
  });

  it("does so in a batch", async () => {
    const text =
      "participant,arm,weight_kg,weighed_on,weighed_by,remark\nP1,low,72.4,2026-03-19,A,first\n,,,,,\nP2,low,700,2026-03-19,A,=x\n";
    const { stdout, stderr } = await run(text, ...BATCH, "--keep", "--bom");
    const lines = stdout.split("\r\n");
    expect(stdout.charCodeAt(0)).toBe(0xfeff);
    expect(lines.map((line) => line.split(",").at(-1))).toEqual(["remark", "first", "'=x", ""]);
    expect(stderr).toContain("1 blank row skipped.");
    const json = JSON.parse((await run(text, ...BATCH, "--keep", "--json")).stdout) as object;
    expect(json).toMatchObject({ blankRows: 1, rows: [{ kept: { remark: "first" } }, { kept: { remark: "=x" } }] });
  });

  it("refuses a further column that the answer has itself, and one without a name", async () => {
    const own = await run(COMMAS.replace("first_administration", "Status"), ...DOSES, "--keep");
    expect([own.code, own.stderr]).toEqual([2, expect.stringContaining("cli.csv_header") as string]);
    const nameless = await run("participant,arm,weight_kg,\nP1,low,72.4,x\n", ...DOSES, "--keep");
    expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringContaining("cli.csv_header") as string]);
  });
});

describe("kilograms and whole numbers", { tags: ["FILE-002"] }, () => {
  it.each(["72.4 公斤", "72.4千克", "72.4 KG"])("%s are kilograms", async (weight) => {
    const { code, stdout } = await run(COMMAS.replace("72.4", weight), ...DOSES);
    expect([code, stdout]).toEqual([0, expect.stringContaining(",72.4,") as string]);
  });

  it.each([
    [["dose", "NCT07041801", "--arm", "low", "--weight", "72.4", "kg"], '--weight "72.4 kg"'],
    [["dose", "--arm", "low", "--weight", "72.4", "公斤"], '--weight "72.4 公斤"'],
    [["eligible", "NCT07041801", "--height", "168", "cm"], '--height "168 cm"'],
  ])("%j is told about quotes", async (argv, words) => {
    const { code, stderr } = await makeDesk().run(...argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words) as string]);
  });

  it.each(["0", "0.0", "0E6"])("an age of %s is an age in a batch, as in an order", async (age) => {
    const text = `participant,arm,age_years,weight_kg,weighed_on,weighed_by\nP1,low,${age},4,2026-03-19,A\n`;
    const { stdout, stderr } = await run(text, ...BATCH);
    expect([stdout, stderr].join()).not.toContain("quantity.");
    expect(stdout).toMatch(/^(?:ready|open),2,P1,/mu);
  });

  it("a whole number stands with or without quotes, every other in quotes", async () => {
    const order = readFileSync("examples/sle/order.yaml", "utf8");
    const desk = makeDesk();
    const answerOf = async (text: string): Promise<unknown> => {
      desk.write("order.yaml", text);
      const { answer } = await desk.json("prepare", "order.yaml");
      return answer;
    };
    const as72 = order.replace('weightKg: "72.4"', 'weightKg: "72"');
    expect(
      await answerOf(as72.replace("containers: 12", 'containers: "12"').replace('weightKg: "72"', "weightKg: 72")),
    ).toEqual(await answerOf(as72));
    const decimal = await answerOf(order.replace('"72.4"', "72.4"));
    expect(JSON.stringify(decimal)).toContain("put it in quotes");
    expect(JSON.stringify(await answerOf(order.replace("containers: 12", "containers: 1.5")))).toContain(
      "whole number",
    );
  });
});
