/* The table of a list's files is what list, verify, --force, audit and the docs read: each file of it is known to all. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { auditList, type AuditedFile } from "../../../src/audit/index.js";
import { LIST_FILES, listFileNames, listOfFileName, type ListFileKey } from "../../../src/list/index.js";
import { holdTable } from "../../docs/heldTable.js";
import { makeDesk, PLAN, type Desk } from "./harness.js";

const SEED = ["--test-seed", "table of files"];
const KEYS = Object.keys(LIST_FILES) as ListFileKey[];
const NAMES = listFileNames("SLE-SD-01", "TEST");

async function deskWithList(): Promise<Desk> {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  const { code, stderr } = await desk.run("list", "plan.yaml", ...SEED, "--out", "L");
  expect(code, stderr).toBe(0);
  return desk;
}

describe("the files of a list", { tags: ["LIST-004"] }, () => {
  it("are those that list writes, no more and no fewer, each with the rights of its readers", async () => {
    const desk = await deskWithList();
    expect(readdirSync(desk.path("L")).sort()).toEqual(Object.values(NAMES).sort());
    for (const key of KEYS) {
      expect(statSync(desk.path(`L/${NAMES[key]}`)).mode & 0o777, key).toBe(LIST_FILES[key].isBlinded ? 0o644 : 0o600);
    }
  });

  it.each(KEYS)("%s says in its name who may have it, and holds no treatment where blinded people may", async (key) => {
    const { ending, isBlinded } = LIST_FILES[key];
    expect(ending.startsWith("UNBLINDED.")).toBe(!isBlinded);
    expect(listOfFileName(NAMES[key])).toEqual({ list: "SLE-SD-01", status: "TEST" });
    if (!isBlinded) return;
    const desk = await deskWithList();
    expect(desk.read(`L/${NAMES[key]}`)).not.toMatch(/low|medium|high|placebo/u);
  });

  it.each(KEYS)("%s is compared by verify, replaced by --force and read by audit", async (key) => {
    const desk = await deskWithList();
    const file = `L/${NAMES[key]}`;
    const verify = async (): Promise<number> => (await desk.run("verify", "L", ...SEED)).code;
    expect(await verify()).toBe(0);
    const text = desk.read(file);
    desk.write(file, `${text} `);
    expect(await verify()).toBe(1);
    if (key !== "unblindedManifest") {
      const files = readdirSync(desk.path("L")).map((name): AuditedFile => ({ name, text: desk.read(`L/${name}`) }));
      const altered = auditList(files).findings.find(({ rule, verdict }) => rule === 23 && verdict === "fail");
      expect(altered?.path).toBe(NAMES[key]);
    }
    expect((await desk.run("list", "plan.yaml", ...SEED, "--out", "L", "--force")).code).toBe(0);
    expect(desk.read(file)).not.toBe(`${text} `);
    expect(await verify()).toBe(0);
  });

  it("have each a row in docs/cli-lists.md, for the people who may have it", async () => {
    const source = readFileSync("src/list/folderFiles.ts", "utf8");
    const rows = KEYS.map((key) => {
      const { ending, isBlinded } = LIST_FILES[key];
      const holds = new RegExp(`^ {2}/\\*\\* (.+) \\*/\\n {2}${key}: `, "mu").exec(source)?.[1];
      expect(holds, `${key}: what it holds stands above it in src/list/folderFiles.ts`).toBeDefined();
      return [`\`LIST[.TEST].${ending}\``, `${isBlinded ? "everybody" : "unblinded people"}: ${holds ?? ""}`];
    });
    await holdTable("cli-lists.md", ["File", "For"], rows);
  });
});
