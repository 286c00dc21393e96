import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { firstDifference } from "../../../src/cli/qualification/caseFile.js";
import { readCaseFiles } from "../../../src/cli/qualification/readCaseFiles.js";
import { checkFiles } from "../../../src/cli/qualification/checkFiles.js";
import { runCases } from "../../../src/cli/qualification/runCases.js";
import { run } from "../../../src/cli/run.js";
import { makeDesk } from "./harness.js";

describe("allocell oq", { tags: ["SYS-002"] }, () => {
  it("passes every shipped case, ends with the verdict, and writes a report to be signed", async () => {
    const desk = makeDesk();
    const { code, stdout } = await desk.run("oq", "--out", "Q", "--lang", "zh");
    const cases = readCaseFiles().files.flatMap((file) => file.cases).length;
    expect(stdout.split("\n\n说明")[0]?.split("\n").at(-1)).toMatch(
      new RegExp(`^OQ 通过：${cases} 个用例中通过 ${cases} 个，allocell .*，用例 sha256 [0-9a-f]{64}$`),
    );
    expect(code).toBe(0);
    const report = JSON.parse(desk.read("Q/oq.json")) as { verdict: string; results: { isPassed: boolean }[] };
    expect(report.verdict).toMatch(
      new RegExp(`^OQ PASSED ${cases} of ${cases}, allocell .*, cases sha256 [0-9a-f]{64}$`),
    );
    expect(report.results).toHaveLength(cases);
    const html = desk.read("Q/oq.zh.html");
    expect(html.match(/<tr>/g)).toHaveLength(cases + 1);
    expect(html).toContain("运行确认");
  });

  it("fails on a wrong expected value, on a case that cannot run and on a call that does not exist", async () => {
    const one = { requirement: "X-1", given: { text: "72.4 kg" } };
    const file = { group: "Z", title: "", titleZh: "", source: "" };
    const results = await runCases(
      [
        {
          ...file,
          cases: [
            { ...one, id: "Z-1", call: "read a weight", expected: "72.4" },
            { ...one, id: "Z-2", call: "read a weight", expected: "72.5" },
            { ...one, id: "Z-3", call: "prepare", expected: {} },
            { ...one, id: "Z-4", call: "no such call", expected: {} },
            { ...one, id: "Z-5", call: "read a weight", given: {}, expected: { refused: "quantity.not_text" } },
            { ...one, id: "Z-6", call: "law", given: { law: "none", runs: 1 }, expected: "holds" },
          ],
        },
      ],
      run,
    );
    expect(results.map(({ isPassed }) => isPassed)).toEqual([true, false, false, false, true, false]);
  });

  it("refuses a group that does not exist, and says of a part that it is one", async () => {
    const desk = makeDesk();
    expect((await desk.run("oq", "--group", "ZZ")).code).toBe(2);
    expect((await desk.run("oq", "--group", "n")).stdout).toContain("groups N alone");
    const { stdout } = await desk.run("oq", "--group", "n", "--detailed", "--lang", "zh");
    expect(stdout).toMatch(
      /^运行确认（OQ）\n[^]* 测试用例 +通过 +共\n[^]*：预期\s[^]*实测一致，通过\n[^]*，仅 N 组，allocell /u,
    );
  });

  it("compares numbers within what is published, and says where two answers differ", () => {
    expect(firstDifference({ a: [1, { near: "0.5", within: 1e-9 }] }, { a: [1, 0.5], b: 2 })).toBeUndefined();
    expect(firstDifference({ a: [1, { near: "0.5", within: 1e-9 }] }, { a: [1, 0.51] })).toBe(".a.1");
    expect(firstDifference([1, 2], [1])).toBe("");
    expect(firstDifference({ a: 1 }, undefined)).toBe("");
    expect(firstDifference({ a: {} }, { a: { b: 1 } })).toBe(".a");
    expect(firstDifference({ a: 1 }, { a: 1, refused: "dose.expired" })).toBe("");
  });
});

describe("the files of a package", { tags: ["SYS-001"] }, () => {
  const place = mkdtempSync(join(tmpdir(), "allocell-files-"));
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const made = (name: string): string => {
    const folder = join(place, name);
    mkdirSync(join(folder, "dist"), { recursive: true });
    mkdirSync(join(folder, "docs"));
    for (const name of ["plan.json", "trial.json"]) cpSync(`docs/schema/${name}`, join(folder, "docs", name));
    const lines = ["docs/plan.json", "docs/trial.json"].map((file) => {
      const sum = createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex");
      return `${sum}  ${file}\n`;
    });
    writeFileSync(join(folder, "dist/SHA256SUMS"), lines.join(""));
    return folder;
  };

  it("are as built, or the changed, missing or added one is named", () => {
    expect(checkFiles(made("good"))).toEqual({ files: 2, faults: [] });
    const folder = made("bad");
    const bytes = readFileSync(join(folder, "docs/plan.json"));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(join(folder, "docs/plan.json"), bytes);
    rmSync(join(folder, "docs/trial.json"));
    writeFileSync(join(folder, "docs/other.txt"), "");
    expect(checkFiles(folder).faults).toMatchObject([
      { file: "docs/plan.json", fault: "changed" },
      { file: "docs/trial.json", fault: "missing" },
      { file: "docs/other.txt", fault: "not of the package" },
    ]);
  });
});
