/* The commands with the plan of a dynamic allocation: assess, describe, audit. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk } from "./harness.js";

const DYNAMIC = readFileSync("examples/uc/dynamic.yaml", "utf8");
const deskWithPlan = (): ReturnType<typeof makeDesk> => {
  const desk = makeDesk({ entropy: (bytes) => new Uint8Array(bytes).fill(7) });
  desk.write("dynamic.yaml", DYNAMIC);
  return desk;
};

describe("the plan of a dynamic allocation", () => {
  it("is assessed beside blocks, complete randomization and a further plan, with standard errors", async () => {
    const desk = deskWithPlan();
    desk.write(
      "list.yaml",
      `trial: NCT06853522
part: main
list: UC-LIST
arms: { exosome: 1, placebo: 1 }
procedure: { kind: big-stick, tolerance: 2 }
strata: [{ factor: site, levels: ["01", "02", "03"] }]
length: 40
`,
    );
    const { code, stdout } = await desk.run("assess", "dynamic.yaml", "list.yaml", "--simulate", "200");
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("Design 4: big stick design, tolerance 2, in strata by site");
    expect(stdout).toMatch(/Correct guesses: own centre is known +\d+\.\d % \(SE/);
    expect(stdout).toMatch(/Correct guesses: nothing is known +50\.0 %/);
    expect(stdout).toMatch(/Method +200 simulated trials/);
    expect(stdout).toContain("site 03");
    expect(stdout).toContain("0 warnings: UC-DYN");
  });

  it("names the option in which a fault lies", async () => {
    const desk = deskWithPlan();
    const fault = async (...options: readonly string[]): Promise<unknown> => {
      const { answer } = await desk.json("assess", "dynamic.yaml", ...options);
      const { issues } = answer["error"] as {
        readonly issues: readonly { readonly code: string; readonly path: string }[];
      };
      return [issues[0]?.code, issues[0]?.path];
    };
    expect(await fault("--shares", "age=1,2")).toEqual(["assessment.enrolment_invalid", "--shares"]);
    expect(await fault("--shares", "1,2")).toEqual(["cli.number_invalid", "--shares"]);
    expect(await fault("--late", "09=5")).toEqual(["assessment.enrolment_invalid", "--late"]);
    expect(await fault("--most-per-centre", "0")).toEqual(["assessment.enrolment_invalid", "--most-per-centre"]);
    expect(await fault("--dropout", "1")).toEqual(["assessment.enrolment_invalid", "--dropout"]);
    expect(await fault("--simulate", "10")).toEqual(["assessment.trials_invalid", "--simulate"]);
    expect(await fault("--knowledge", "seen")).toEqual(["cli.option_unneeded", "--knowledge"]);
    desk.write("other.yaml", DYNAMIC.replace("severe]", "worst]"));
    expect(await fault("other.yaml")).toEqual(["assessment.trial_frame_differs", "factors"]);
  });

  it("writes a report and figures, each whole or not at all", async () => {
    const desk = deskWithPlan();
    const line = ["assess", "dynamic.yaml", "--simulate", "200", "--html", "report.html", "--plots", "figures"];
    const { code, answer } = await desk.json(...line);
    expect(code).toBe(0);
    const files = answer["files"] as readonly string[];
    const kinds = ["imbalance", "predictability", "trade-off"];
    expect(files.filter((file) => file.endsWith(".svg")).map((file) => file.split(".").at(-2))).toEqual(kinds);
    expect(files.at(-1)).toBe("report.html");
    const report = desk.read("report.html");
    expect(report.match(/<svg/gu)).toHaveLength(3);
    expect(report).toContain("UNBLINDED");
    expect(report).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/u);
    // Participants by row, and the share of the first guess is that of the ratio.
    const guesses = desk.read(files.find((file) => file.endsWith("predictability.csv"))!).split("\r\n");
    expect(guesses[0]).toBe("row,measure,probability");
    expect(guesses[1]).toBe("1,best guess (all allocations known),0.5");
    const again = await desk.json(...line);
    expect(again.answer).toMatchObject({ error: { code: "cli.output_exists" } });
  });

  it("has an option that a plan of lists refuses, as one without centres refuses centres that open late", async () => {
    const desk = deskWithPlan();
    desk.write(
      "list.yaml",
      "trial: NCT06853522\npart: main\nlist: UC-LIST\narms: { exosome: 1, placebo: 1 }\nprocedure: { kind: permuted-block, sizes: [4] }\nlength: 40\n",
    );
    const faultsOf = async (...options: readonly string[]): Promise<readonly string[]> => {
      const { code, answer } = await desk.json("assess", "list.yaml", "--participants", "40", ...options);
      expect(code).toBe(2);
      const { issues } = answer["error"] as {
        readonly issues: readonly { readonly code: string; readonly path: string }[];
      };
      return issues.map((issue) => `${issue.code} ${issue.path}`);
    };
    expect(await faultsOf("--factor-effect", "1")).toEqual(["cli.option_unneeded --factor-effect"]);
    expect(await faultsOf("--late", "01=5")).toEqual(["assessment.enrolment_invalid --late"]);
    expect(await faultsOf("--most-per-centre", "10")).toEqual(["assessment.enrolment_invalid --most-per-centre"]);
  });

  it("is called what it is by the audit", async () => {
    const desk = deskWithPlan();
    const { stdout } = await desk.run("audit", "dynamic.yaml");
    expect(stdout.split("\n")[0]).toContain("AUDIT of PLAN of the dynamic allocation UC-DYN (UNBLINDED");
  });

  it("has a protocol text without a parameter, and a specification with all of them", async () => {
    const desk = deskWithPlan();
    const { stdout: protocol } = await desk.run("describe", "dynamic.yaml");
    expect(protocol).toContain("by minimization with a random element, balanced over site and severity.");
    expect(protocol).toContain("There is no list beforehand");
    expect(protocol).not.toMatch(/0\.8|range|weight/);
    desk.write("other.yaml", DYNAMIC.replace('"0.8"', '"0.9"').replace("measure: range", "measure: variance"));
    expect((await desk.run("describe", "other.yaml")).stdout).toBe(protocol);
    const { stdout: specification } = await desk.run("describe", "dynamic.yaml", "--document", "specification");
    expect(specification).toContain("fixed, probability 0.8");
    expect(specification).toContain("allocell-ps-1");
    expect(specification).toContain("Own centre: convergence strategy");
    expect((await desk.run("describe", "dynamic.yaml", "--document", "consort")).stdout).toContain(
      "law fixed, probability 0.8",
    );
    expect((await desk.run("describe", "dynamic.yaml", "--document", "record")).stdout).toContain("dynamic allocation");
  });

  it("is audited with its log and seed, and a changed arm is found", async () => {
    const desk = deskWithPlan();
    const basis = ["--plan", "dynamic.yaml", "--test-seed", "audit", "--actor", "N. Berg"];
    expect(await desk.run("log", "open", "t.UNBLINDED.log", ...basis)).toMatchObject({ code: 0 });
    for (const [i, site] of ["01", "02", "03", "01"].entries()) {
      const levels = ["--participant", `P-${i}`, "--stratum", `site=${site},severity=severe`];
      await desk.run("assign", "t.UNBLINDED.log", ...levels, ...basis);
    }
    const audit = async (...more: readonly string[]): Promise<readonly (readonly [number, string])[]> => {
      const { answer } = await desk.json("audit", "dynamic.yaml", ...more);
      expect(answer["error"]).toBeUndefined();
      const findings = answer["findings"] as readonly { readonly rule: number; readonly verdict: string }[];
      return findings
        .filter(({ rule }) => [5, 9, 10, 13, 22].includes(rule))
        .map(({ rule, verdict }) => [rule, verdict]);
    };
    expect(await audit("--log", "t.UNBLINDED.log", "--test-seed", "audit")).toEqual([
      [5, "not-applicable"],
      [9, "pass"],
      [10, "pass"],
      [13, "pass"],
      [22, "pass"],
    ]);
    expect((await audit())[1]).toEqual([9, "needs-person"]);
    desk.write("dynamic.yaml", DYNAMIC.replace('"0.8"', "1"));
    expect((await audit())[3]).toEqual([13, "warn"]);
    const { answer } = await desk.json("audit", "dynamic.yaml", "--log", "t.UNBLINDED.log", "--test-seed", "audit");
    expect(answer).toMatchObject({ error: { code: "conduct.rule_changed" } });
  });
});
