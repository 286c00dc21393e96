import { describe, expect, it } from "vitest";
import { ASSUMPTIONS, makeDesk, PLAN } from "./harness.js";

const keys = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");
const jsonKeys = (count: number): string => `{${keys(count, (i) => `"k${i}":1,`)}"last":1}`;

describe("a file of megabytes is refused, and before the test gives up", { tags: ["ERR-002"] }, () => {
  it.each([
    ["JSON keys that nobody knows", "p.json", jsonKeys(200_000)],
    ["a JSON map of arms", "p.json", `{"list":"X","arms":${jsonKeys(200_000)}}`],
    ["JSON assumptions that nobody asks", "p.json", `{"assumptions":${jsonKeys(200_000).replaceAll(":1", ':"x"')}}`],
    ["28 MB of JSON numbers", "p.json", `[${"123456,".repeat(4_000_000)}1]`],
    ["28 MB of JSON numbers in a plan", "p.json", `{"length":[${"123456,".repeat(4_000_000)}1]}`],
    ["YAML keys", "p.yaml", keys(100_000, (i) => `key${i}: 1\n`)],
    ["28 MB of YAML numbers", "p.yaml", "- 123456\n".repeat(3_000_000)],
  ])(
    "%s",
    async (_, name, text) => {
      const desk = makeDesk();
      desk.write(name, text);
      const { code, stderr } = await desk.run("list", name, "--test-seed", "x");
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/^code|code {2}/m);
      expect(stderr.length).toBeLessThan(20_000);
    },
    30_000,
  );

  it("tells twenty faults, and counts the rest", async () => {
    const desk = makeDesk();
    const text = `{"trial":"NCT07041801","list":"X",${keys(29_999, (i) => `"k${i}":1,`)}"last":1}`;
    desk.write("p.json", text);
    const { stderr } = await desk.run("list", "p.json", "--test-seed", "x");
    expect(stderr.match(/^\d+\.$/gm)).toHaveLength(20);
    expect(stderr).toMatch(/^and 29,98\d more$/m);
    const { answer } = await desk.json("list", "p.json", "--test-seed", "x");
    const { issues, more } = answer["error"] as { issues: unknown[]; more: number };
    expect(issues).toHaveLength(20);
    expect(more).toBeGreaterThan(29_900);
  });
});

describe("JSON is as strict as YAML", { tags: ["ERR-002"] }, () => {
  it.each([
    ['{"a": 1, "b": {"c": 1, "c": 2}}', 1, 24],
    ['{"a": "}\\"{",\n "\\u0061": 2}', 2, 2],
    ['[{"a": 1}, {"a": 1, "a": 1}]', 1, 21],
  ])("a key that stands twice in %s has its place", async (text, line, column) => {
    const desk = makeDesk();
    desk.write("p.json", text);
    const { answer } = await desk.json("list", "p.json", "--test-seed", "x");
    const { issues } = answer["error"] as { issues: readonly object[] };
    expect(issues[0]).toMatchObject({ code: "cli.json_invalid", line, column });
  });

  it("a number and a text that become one key of the data are one key in YAML", async () => {
    const desk = makeDesk();
    desk.write("p.yaml", '1: a\n"1": b\n');
    const { answer } = await desk.json("list", "p.yaml", "--test-seed", "x");
    expect(answer["error"]).toMatchObject({ code: "cli.yaml_invalid" });
  });
});

describe(
  "a name that every JavaScript object has is refused as a key, and never dropped",
  { tags: ["ERR-002", "SEC-002"] },
  () => {
    it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])("%s", async (name) => {
      const desk = makeDesk();
      desk.write("plan.yaml", `${PLAN}\nassumptions:\n  ${name}: "x"\n`);
      desk.write("assumptions.yaml", `${ASSUMPTIONS}\n  ${name}: "x"\n`);
      const listed = await desk.run("list", "plan.yaml", "--test-seed", "x");
      expect([listed.code, listed.stderr]).toEqual([2, expect.stringContaining(name)]);
      const given = ["--assume", `${name}=x`, "--assumptions", "good.yaml"];
      desk.write("good.yaml", ASSUMPTIONS);
      const dose = ["dose", "NCT07041801", "--arm", "low", "--weight", "72.4 kg"];
      for (const more of [given, ["--assumptions", "assumptions.yaml"]]) {
        const dosed = await desk.run(...dose, ...more);
        expect([dosed.code, dosed.stderr]).toEqual([2, expect.stringContaining(name)]);
      }
    });
  },
);
