import { describe, expect, it } from "vitest";
import { makeDesk } from "./harness.js";

const PLAN = `trial: NCT06853522
part: main
list: UC-T
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4] }
strata: [{ factor: site, levels: ["01", "02"] }]
length: 8
numbers: { prefix: R, digits: 3 }
`;
const WHO = ["--actor", "pharmacist", "--at", "2026-03-02T09:00:00Z"];

async function deskWithList(): Promise<ReturnType<typeof makeDesk>> {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  expect((await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "L")).stderr).toBe("");
  return desk;
}

interface Answer {
  readonly strata: readonly {
    readonly stratum: string;
    readonly measures?: { readonly rows: number; readonly deterministic: { readonly value: number } };
    readonly next?: { readonly number: string; readonly codeBreaks: number; readonly probability: object };
  }[];
}

describe("allocell assess --list", () => {
  it("measures each stratum of the list that was drawn, and says that it is unblinded", async () => {
    const desk = await deskWithList();
    const { code, stdout } = await desk.run("assess", "--list", "L");
    expect(code).toBe(0);
    expect(stdout).toContain("UC-T (TEST): the list that was drawn (UNBLINDED)");
    expect(stdout).toMatch(/site 01: 8 rows\n +Measure +This list +Less +As much/);
    // Two whole blocks of four are in ratio at the end, whatever was drawn.
    expect(stdout).toMatch(/Imbalance after the last row +0 +0\.0 % +100\.0 %/);
    const { answer } = await desk.json("assess", "--list", "L");
    expect(answer).toMatchObject({ world: "unblinded", list: "UC-T", status: "TEST" });
    for (const { measures } of (answer as unknown as Answer).strata) {
      expect(measures?.rows).toBe(8);
      expect([2, 3, 4]).toContain(measures?.deterministic.value);
    }
  });

  it("with a log has what happened so far, and what code breaks tell of the next allocations", async () => {
    const desk = await deskWithList();
    await desk.run("log", "open", "t.log", "--list", "L", ...WHO);
    const asked = async (): Promise<Answer["strata"]> =>
      ((await desk.json("assess", "--list", "L", "--log", "t.log")).answer as unknown as Answer).strata;
    expect(await asked()).toMatchObject([
      { stratum: "site 01", next: { number: "TR01001", codeBreaks: 0, probability: { exosome: 0.5, placebo: 0.5 } } },
      { stratum: "site 02" },
    ]);
    for (const participant of ["P-1", "P-2", "P-3"]) {
      await desk.run("assign", "t.log", "--participant", participant, "--stratum", "site=01", ...WHO);
      const broken = ["--reason", "SAE", "--master", "L", ...WHO];
      await desk.run("unblind", "t.log", "--participant", participant, ...broken);
    }
    const [first, second] = await asked();
    expect(first).toMatchObject({ measures: { rows: 3 }, next: { number: "TR01004", codeBreaks: 3 } });
    // The arms of three places of a block of four are known: the fourth is certain.
    expect(Object.values(first?.next?.probability ?? {}).sort()).toEqual([0, 1]);
    expect(second).not.toHaveProperty("measures");
    const { stdout } = await desk.run("assess", "--list", "L", "--log", "t.log");
    expect(stdout).toContain("the part of the list that is used up (UNBLINDED)");
    expect(stdout).toMatch(
      /Next is TR01004\. Who knows the design and 3 code breaks can infer: exosome .*100\.0 %|0\.0 %/,
    );
    expect(stdout).toContain("site 02: no allocation yet");
  });

  it("refuses a list that was altered or is not the log's, and options of a plan", async () => {
    const desk = await deskWithList();
    await desk.run("list", "plan.yaml", "--test-seed", "y", "--out", "other");
    await desk.run("log", "open", "t.log", "--list", "other", ...WHO);
    const codeOf = async (...args: string[]): Promise<unknown> =>
      ((await desk.json("assess", ...args)).answer as { error?: { code: string } }).error?.code;
    expect(await codeOf("--list", "L", "--log", "t.log")).toBe("custody.list_differs");
    expect(await codeOf("--list", "L", "plan.yaml")).toBe("cli.option_surplus");
    expect(await codeOf("--list", "L", "--fractions")).toBe("cli.option_surplus");
    expect(await codeOf("plan.yaml", "--log", "t.log")).toBe("cli.option_missing");
    expect(await codeOf()).toBe("cli.option_missing");
    const file = "L/UC-T.TEST.UNBLINDED.master.csv";
    const text = desk.read(file);
    desk.write(file, text.replace(/,(exosome|placebo)\r\n$/, ",placebo\r\n").replace(/,exosome\r\n/, ",placebo\r\n"));
    expect(await codeOf("--list", "L")).toBe("cli.list_differs");
  });
});
