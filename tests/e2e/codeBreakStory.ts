import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type Output } from "./checks.js";

const PLAN = `trial: NCT07041801
part: single-dose
list: SLE-SD-01
arms: { low: 1, medium: 1, high: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4, 8] }
strata: [{ factor: site, levels: ["01", "02"] }]
length: 24
`;
const FILES = "SLE-SD-01.TEST.UNBLINDED";
const ACTOR = ["--actor", "N. Berg"];
const RIGHT = ["--test-seed", "TEST right"];
const ARM = /\b(?:low|medium|high|placebo)\b/;
const UNBLIND = ["unblind", "sle.log", "--participant", "P-3", "--reason", "SAE 4", ...ACTOR, "--master"];

/**
 * The story of a code break, from the command line of the installed package: it names the arm that the list of the log
 * has, and is refused with any other list, edited file or longer list, without a treatment and without an event.
 *
 * @param command - the program and its first arguments
 * @param place - a folder to make the story's own folder in
 */
export async function checkCodeBreakStory(command: readonly string[], place: string): Promise<string> {
  const here = mkdtempSync(join(place, "code-break-"));
  const [program = "", ...before] = command;
  const allocell = (...args: readonly string[]): Promise<Output> => run(program, [...before, ...args], here);
  const read = (name: string): string => readFileSync(join(here, name), "utf8");
  const refused = async (folder: string): Promise<void> => {
    const log = read("sle.log");
    await assert.rejects(allocell(...UNBLIND, folder), (error: Error) => {
      const [, ...printed] = error.message.split("\n");
      assert.match(printed.join("\n"), /custody\.list_differs/, folder);
      assert.doesNotMatch(printed.join("\n"), ARM, folder);
      return true;
    });
    assert.equal(read("sle.log"), log, `${folder}: the log stays as it was`);
  };

  writeFileSync(join(here, "plan.yaml"), PLAN);
  writeFileSync(join(here, "longer.yaml"), PLAN.replace("length: 24", "length: 48"));
  await allocell("list", "plan.yaml", ...RIGHT, "--out", "right");
  await allocell("log", "open", "sle.log", "--list", "right", ...ACTOR);
  const numbers: string[] = [];
  for (let i = 1; i <= 8; i += 1) {
    const participant = ["--participant", `P-${i}`, "--stratum", "site=01"];
    const { stdout } = await allocell("assign", "sle.log", ...participant, ...ACTOR);
    numbers.push(stdout.split("\n", 1)[0] ?? "");
  }
  const row = read(`right/${FILES}.master.csv`)
    .split("\r\n")
    .find((line) => line.includes(`,${numbers[2]},`));
  const arm = row?.split(",").at(-1) ?? "no row";
  const treatment = async (folder: string): Promise<string> => {
    const { stdout } = await allocell(...UNBLIND, folder);
    return ARM.exec(stdout)?.[0] ?? "no arm";
  };
  assert.equal(await treatment("right"), arm, "the list of the log");

  await allocell("list", "longer.yaml", "--test-seed", "TEST other", "--out", "otherSeed");
  await refused("otherSeed");
  for (const [folder, file, edit] of [
    ["editedCsv", "master.csv", (text: string) => text.replace(/low(?=\r\n)/, "high")],
    ["editedJson", "master.json", (text: string) => text.replace('"arm":"low"', '"arm":"high"')],
    ["editedManifest", "manifest.json", (text: string) => text.replace('"ratio": 1', '"ratio": 2')],
  ] as const) {
    cpSync(join(here, "right"), join(here, folder), { recursive: true });
    const name = `${folder}/${FILES}.${file}`;
    const text = read(name);
    assert.notEqual(edit(text), text, `${name} is edited`);
    writeFileSync(join(here, name), edit(text));
    await refused(folder);
  }

  await allocell("list", "longer.yaml", ...RIGHT, "--extends", "right", "--out", "longer");
  await refused("longer");
  await allocell("log", "extend", "sle.log", "--list", "longer", "--reason", "amendment 2", ...ACTOR);
  assert.equal(await treatment("longer"), arm, "the extension");
  assert.equal(await treatment("right"), arm, "the list before its extension");
  const verified = await allocell("log", "verify", "sle.log", "--list", "longer");
  assert.match(verified.stdout, /is the one of this log, unaltered/);
  return "named once, refused with five other lists, named again after the extension";
}
