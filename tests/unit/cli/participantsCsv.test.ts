import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { participantRows } from "../../../src/cli/participantsCsv.js";
import { utf8Text } from "../../../src/cli/utf8Text.js";
import type { Io } from "../../../src/cli/io.js";
import { ASSUMPTIONS, makeDesk, type Desk } from "./harness.js";

const HEADER = "participant,arm,weight_kg";
const DOSES = ["doses", "p.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml"];

function deskWith(bytes: string | Uint8Array): Desk {
  const desk = makeDesk();
  desk.write("assumptions.yaml", ASSUMPTIONS);
  writeFileSync(desk.path("p.csv"), bytes);
  return desk;
}

async function rowsOf(text: string): Promise<readonly (readonly [line: number, participant: string])[]> {
  const desk = deskWith(text);
  const rows: [number, string][] = [];
  for await (const { line, cells } of participantRows({ cwd: desk.cwd } as Io, "p.csv")) {
    rows.push([line, cells?.["participant"] ?? "?"]);
  }
  return rows;
}

interface Fault {
  readonly code: string;
  readonly line?: number;
  readonly message: string;
}

async function faultOf(bytes: string | Uint8Array, argv = DOSES): Promise<Fault> {
  const { code, answer } = await deskWith(bytes).json(...argv);
  expect(code).toBe(2);
  return (answer as unknown as { error: { issues: [Fault] } }).error.issues[0];
}

describe("line ends", { tags: ["FILE-002"] }, () => {
  it.each([
    ["CR LF, then LF", `${HEADER}\r\nP1,low,72.4\nP2,low,70\r\nP3,low,71\n`],
    ["LF, then CR LF", `${HEADER}\nP1,low,72.4\r\nP2,low,70\nP3,low,71\r\n`],
    ["CR", `${HEADER}\rP1,low,72.4\rP2,low,70\rP3,low,71\r`],
    ["a byte-order mark", `\uFEFF${HEADER}\r\nP1,low,72.4\r\nP2,low,70\r\nP3,low,71\r\n`],
  ])("%s: each row is a row, with its own line", async (_, text) => {
    expect(await rowsOf(text)).toEqual([
      [2, "P1"],
      [3, "P2"],
      [4, "P3"],
    ]);
  });

  it.each(["\n", "\r\n"])(
    "inside a quoted cell (%j): that row and those after it have the line they begin on",
    async (end) => {
      const text = [HEADER, '"P1', "second", 'third",low,72.4', "P2,low,70", "", "P3,low,71", ""].join(end);
      expect((await rowsOf(text)).map(([line]) => line)).toEqual([2, 5, 7]);
      const { stderr } = await deskWith(text).run(...DOSES);
      expect(stderr).toContain("p.csv, line 2, participant: This is not the code of a participant.");
    },
  );

  it("an open quote is told at the row that has it, not at the end of the file", async () => {
    const fault = await faultOf(`${HEADER}\r\nP1,low,72.4\r\nP2,"low,70\r\nP3,low,71\r\n`);
    expect(fault).toMatchObject({ code: "cli.csv_truncated", line: 3 });
  });
});

describe("a file that is not in UTF-8", { tags: ["FILE-002"] }, () => {
  const latin = (text: string): Uint8Array => Buffer.from(text, "latin1");
  it.each([
    ["Latin-1, in the third line", latin(`${HEADER}\r\nP1,low,72.4\r\nMüller,low,70\r\nP3,low,71\r\n`), 3, "Latin-1"],
    ["Latin-1, in the header", latin(`participant,arm,weight_kg,größe\nP1,low,72.4\n`), 1, "Latin-1"],
    ["UTF-16 with its mark", Buffer.from(`\uFEFF${HEADER}\nP1,low,72.4\n`, "utf16le"), 1, "UTF-16"],
    ["UTF-16 without", Buffer.from(`${HEADER}\nP1,low,72.4\n`, "utf16le"), 1, "UTF-16"],
    ["cut off inside a character", Buffer.from(`${HEADER}\nP1,low,72.4\n试`, "utf8").subarray(0, -1), 3, "UTF-8"],
  ])("%s: is refused with the line", async (_, bytes, line, word) => {
    const fault = await faultOf(bytes);
    expect(fault).toMatchObject({ code: "cli.not_utf8", line });
    expect(fault.message).toContain(word);
  });

  it("is told with the line far into a long file too", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `P${i},low,70\n`).join("");
    expect(await faultOf(latin(`${HEADER}\n${rows}Müller,low,70\n`))).toMatchObject({
      code: "cli.not_utf8",
      line: 20_002,
    });
  });

  it("is told of a plan with the line", async () => {
    const desk = makeDesk();
    writeFileSync(desk.path("plan.yaml"), latin("trial: X\n# größer\n"));
    const { answer } = await desk.json("list", "plan.yaml", "--test-seed", "x");
    expect(answer).toMatchObject({ error: { code: "cli.not_utf8", issues: [{ line: 2 }] } });
  });

  it("is not what a file in UTF-8 is taken for, wherever its pieces end", () => {
    const text = `${"试验 é 😀,".repeat(20_000)}\r\nend\r`;
    const desk = deskWith(text);
    expect([...utf8Text({ cwd: desk.cwd } as Io, "p.csv")].join("")).toBe(text.replace(/\r\n?/g, "\n"));
  });
});

describe("column names", { tags: ["FILE-002"] }, () => {
  it.each([
    ["participant,arm,weight_kg,ARM", 'Columns "arm" and "ARM" differ in case only: which is meant?'],
    ["Arm,participant,weight_kg,arm", 'Columns "Arm" and "arm" differ in case only: which is meant?'],
  ])("%s is refused", async (header, message) => {
    expect(await faultOf(`${header}\nP1,low,72.4,low\n`)).toMatchObject({ code: "cli.csv_header", line: 1, message });
  });
});
