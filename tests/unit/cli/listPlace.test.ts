import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk, NAMES, PLAN, type Desk } from "./harness.js";

function withPlan(io: Parameters<typeof makeDesk>[0] = {}): Desk {
  const desk = makeDesk(io);
  desk.write("plan.yaml", PLAN);
  return desk;
}
const codeOf = ({ answer }: { answer: Record<string, unknown> }): unknown =>
  (answer["error"] as { code: string } | undefined)?.code;
const warned = ({ answer }: { answer: Record<string, unknown> }): string[] =>
  (answer["warnings"] as { code: string; message: string }[])
    .filter(({ code }) => code === "list.seed_reused")
    .map(({ message }) => message);

describe("allocell list --force where a link stands", () => {
  it("replaces the folder that the link leads to, and keeps the link", async () => {
    const desk = withPlan();
    mkdirSync(desk.path("safe"));
    await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "safe/list");
    symlinkSync("safe/list", desk.path("link"));
    const before = desk.read(`safe/list/${NAMES[1] as string}`);
    expect((await desk.run("list", "plan.yaml", "--test-seed", "y", "--out", "link", "--force")).code).toBe(0);
    expect(lstatSync(desk.path("link")).isSymbolicLink()).toBe(true);
    expect(readdirSync(desk.path("safe"))).toEqual(["list"]);
    expect(readdirSync(desk.path("safe/list")).sort()).toEqual(NAMES);
    expect(desk.read(`safe/list/${NAMES[1] as string}`)).not.toBe(before);
  });

  it("refuses a link that leads to no list, or nowhere", async () => {
    const desk = withPlan();
    mkdirSync(desk.path("other"));
    desk.write("other/notes.txt", "mine");
    symlinkSync("other", desk.path("link"));
    symlinkSync("nowhere", desk.path("broken"));
    symlinkSync(".", desk.path("here"));
    const force = async (out: string): Promise<unknown> =>
      codeOf(await desk.json("list", "plan.yaml", "--test-seed", "y", "--out", out, "--force"));
    expect(await force("link")).toBe("cli.output_not_a_list");
    expect(await force("here")).toBe("cli.output_not_a_list");
    expect(await force("broken")).toBe("cli.file_missing");
    expect(desk.read("other/notes.txt")).toBe("mine");
    expect(existsSync(desk.path("nowhere"))).toBe(false);
  });
});

describe("one seed for two lists in the statistician's folder", () => {
  const make = (desk: Desk, plan: string, seed: readonly string[], out: string): ReturnType<Desk["json"]> =>
    desk.json("list", plan, ...seed, "--out", out);

  it("is warned of where the id is another, LIVE and TEST", async () => {
    const desk = withPlan();
    desk.write("second.yaml", PLAN.replace("SLE-SD-01", "SLE-SD-02"));
    await desk.run("seed", "--out", "seed.txt");
    for (const seed of [
      ["--seed-file", "seed.txt"],
      ["--test-seed", "demo"],
    ]) {
      const [first, second] = seed[0] === "--seed-file" ? ["a", "b"] : ["c", "d"];
      expect(warned(await make(desk, "plan.yaml", seed, first))).toEqual([]);
      expect(warned(await make(desk, "second.yaml", seed, second))).toEqual([
        expect.stringContaining("The seed made list SLE-SD-01 of NCT07041801, part single-dose, too"),
      ]);
    }
  });

  it("is warned of where the id is the same and the part is another, because the draws are the same", async () => {
    const desk = withPlan();
    desk.write(
      "uc.yaml",
      `trial: NCT06853522
part: main
list: SLE-SD-01
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4] }
length: 40
`,
    );
    await make(desk, "plan.yaml", ["--test-seed", "x"], "a");
    expect(warned(await make(desk, "uc.yaml", ["--test-seed", "x"], "b"))).toEqual([
      expect.stringContaining("have the same draws"),
    ]);
  });

  it("is not warned of for the same list again, another seed, or what cannot be read", async () => {
    const desk = withPlan();
    desk.write("second.yaml", PLAN.replace("SLE-SD-01", "SLE-SD-02"));
    await make(desk, "plan.yaml", ["--test-seed", "x"], "a");
    expect(warned(await make(desk, "plan.yaml", ["--test-seed", "x"], "b"))).toEqual([]);
    mkdirSync(desk.path("odd"));
    desk.write("odd/L.UNBLINDED.manifest.json", "{");
    expect(warned(await make(desk, "second.yaml", ["--test-seed", "y"], "c"))).toEqual([]);
  });
});

describe("one seed for the log of a dynamic allocation and something else", () => {
  const DYNAMIC = `trial: NCT06853522
part: main
list: UC-DYN-01
arms: { exosome: 1, placebo: 1 }
procedure: { kind: minimization, measure: range, law: { kind: fixed, probability: "0.8" } }
factors: [{ factor: site, levels: ["01", "02"] }]
length: 40
`;
  const SEED = ["--test-seed", "x"];
  const open = (desk: Desk, plan: string, log: string, seed = SEED): ReturnType<Desk["json"]> =>
    desk.json("log", "open", log, "--plan", plan, ...seed, "--actor", "N. Berg");

  function withDynamic(): Desk {
    const desk = withPlan({ entropy: (bytes) => Uint8Array.from({ length: bytes }, (_, i) => 37 * i + 5) });
    desk.write("dynamic.yaml", DYNAMIC);
    desk.write("other.yaml", DYNAMIC.replace("UC-DYN-01", "UC-DYN-02"));
    return desk;
  }

  it("is warned of for another log, also of the same allocation, and for a list in a folder beside it", async () => {
    const desk = withDynamic();
    expect(warned(await open(desk, "dynamic.yaml", "a.UNBLINDED.log"))).toEqual([]);
    expect(warned(await open(desk, "other.yaml", "b.UNBLINDED.log"))).toEqual([
      expect.stringContaining("that of the log of UC-DYN-01 of NCT06853522, part main, too (file a.UNBLINDED.log)"),
    ]);
    expect(warned(await open(desk, "dynamic.yaml", "c.UNBLINDED.log"))).toEqual([
      expect.stringContaining("Two of one id and one seed have the same draws"),
      expect.stringContaining("UC-DYN-02"),
    ]);
    await desk.run("list", "plan.yaml", "--test-seed", "y");
    expect(warned(await open(desk, "dynamic.yaml", "d.UNBLINDED.log", ["--test-seed", "y"]))).toEqual([
      expect.stringContaining("made list SLE-SD-01"),
    ]);
  });

  it("is warned of for a list made beside the log, or beside the folder of the log", async () => {
    const desk = withDynamic();
    mkdirSync(desk.path("logs"));
    await open(desk, "dynamic.yaml", "logs/a.UNBLINDED.log");
    desk.write("b.UNBLINDED.log", "{ no log");
    const made = await desk.json("list", "plan.yaml", ...SEED);
    expect(warned(made)).toEqual([expect.stringContaining("log of UC-DYN-01")]);
    expect(warned(await desk.json("list", "plan.yaml", "--test-seed", "y", "--out", "z"))).toEqual([]);
  });
});
