/* Every number that README states outside its blocks, which the walks run, is held here to what it comes from. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { prescribe } from "../../src/dose/index.js";
import { AllocellError } from "../../src/foundation/index.js";
import { sle, TRIALS } from "../../src/trials/index.js";
import { VERSION } from "../../src/version.js";

const read = (file: string): string => readFileSync(file, "utf8");
/** The prose: no blocks, no targets of links. */
const prose = (file: string): string =>
  read(file)
    .replaceAll(/^```[\s\S]*?^```$/gmu, "")
    .replaceAll(/\]\([^)]*\)/gu, "]");
/** The blocks, whose commands are run and whose outputs are compared. */
const blocks = (file: string): string => (read(file).match(/^```[\s\S]*?^```$/gmu) ?? []).join("\n");
const numbersIn = (text: string): readonly string[] => text.match(/\d+(?:[.,]\d+)*/gu) ?? [];

const packageJson = JSON.parse(read("package.json")) as { readonly engines: { readonly node: string } };
const TYPESCRIPTS = /const TYPESCRIPTS = \[(.+)\];/u.exec(read("tests/e2e/main.ts"))?.[1] ?? "";

/** What README refuses in its prose, as a weight or a dose per kg. */
const REFUSED = ["160 lb", "72,4"];

/** Each number of the prose, and where it comes from. */
const SOURCES: readonly (readonly [what: string, numbers: readonly string[]])[] = [
  ["the built-in trials", TRIALS.map(({ id }) => id.replace("NCT", ""))],
  ["types of diabetes, in the names of two trials", ["1", "2"]],
  ["the version, in the name of the packed file", [VERSION]],
  ["Node, engines of package.json", numbersIn(packageJson.engines.node)],
  ["TypeScript, as the test of the package compiles with", numbersIn(TYPESCRIPTS)],
  ["participants of the statistician's tutorial", ["46"]],
  ["what is refused", ["160", "72,4", "3", "106"]],
  ["a numbered example, which is there", existsSync("examples/sle/001-dose-by-weight.mjs") ? ["001"] : []],
];

describe.each(["README.md", "README.zh.md"])("%s", (file) => {
  it("states no number in its prose but those with a source", () => {
    const known = new Set([...SOURCES.flatMap(([, numbers]) => numbers), ...numbersIn(blocks(file))]);
    expect(numbersIn(prose(file)).filter((number) => !known.has(number))).toEqual([]);
    for (const [what, numbers] of SOURCES)
      for (const number of numbers) expect(numbersIn(prose(file)), what).toContain(number);
  });

  it("counts trials and pages right", () => {
    const pages = ["pharmacy", "statistics"];
    for (const page of pages) expect(existsSync(`src/app/${page}`)).toBe(true);
    const count = TRIALS.length - 4;
    const [english, chinese] = [["Four", "Five", "Six"][count] ?? "no word here", "四五六"[count] ?? "no word here"];
    expect(prose(file)).toMatch(new RegExp(`${english} registered trials|${chinese}项已登记的试验`, "u"));
    expect(pages).toHaveLength(2);
    expect(prose(file)).toMatch(/two pages|两个.{0,12}页面/u);
  });

  it("shows pictures that are there", () => {
    const pictures = [...read(file).matchAll(/\]\((docs\/pictures\/[^)]+)\)/gu)].map(([, path = ""]) => path);
    expect(pictures).toHaveLength(3);
    for (const path of pictures) expect(statSync(path).size, path).toBeGreaterThan(10_000);
  });
});

describe("what README says of values that are refused", () => {
  const assumptions = { "dose.countBasis": "viable-cells", "dose.weightDescriptor": "actual", "dose.cap": "none" };
  const issuesOf = (weightKg: string): readonly { readonly code: string; readonly expected?: string }[] => {
    try {
      prescribe({ trial: sle, arm: "low", weightKg, assumptions: { ...assumptions, "dose.administrations": "1" } });
      return [];
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      return error.issues;
    }
  };

  it.each(REFUSED)("%s is refused, and what to write instead is said", (weight) => {
    const [issue] = issuesOf(weight);
    expect(issue?.code).toMatch(/^quantity\./u);
    expect(issue?.expected).toMatch(/\S/u);
  });

  it("leads a tutorial from 46 participants", () => {
    expect(read("docs/tutorials/statistician.md")).toContain("--n 46");
    expect(read("docs/tutorials/statistician.md")).toContain("--participants 46");
  });
});
