/* What a reader who wrote a second program from docs alone once had to guess stands there now. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
import { Seed } from "../../src/random/index.js";

/** The question, the page, and words of the answer. */
const ANSWERS: readonly (readonly [question: string, page: string, answer: RegExp])[] = [
  ["the fields of a plan, by an example", "algorithm", /\[Plans of lists\]\(plans\.md\) has an example/u],
  ["each field of a plan", "algorithm", /\[every field\]\(formats\/plan\.md\) with its limits and defaults/u],
  ["a hidden draw after the last row", "procedures", /none is made after the last row of a stratum/u],
  ["the whole plan of a commitment", "custody", /### The plan in a manifest[\s\S]*`planHash` is the SHA-256/u],
  ["the length of an envelope", "custody", /a content of 254 bytes gives 256, one of 255 gives 512/u],
  ["ties under minimization", "procedures-adaptive", /Where it is absent, ties are broken by lot/u],
  ["where ties stands", "procedures-adaptive", /`ties` stands inside `law`/u],
  ["the fields of a dynamic plan", "formats/dynamic-plan", /`procedure\.law\.ties`/u],
  [
    "the prefix and the digits",
    "algorithm",
    /a prefix is 1 to 4 capitals, not beginning with T[\s\S]*digits are 3 to 8/u,
  ],
  ["the longest number", "plans", /at most 15 characters/u],
  ["names of factors", "algorithm", /letters, digits, hyphens or underscores/u],
  ["letters of levels", "algorithm", /a level takes letters and digits of any script/u],
  [
    "names equal but for case",
    "algorithm",
    /Two factors, or two levels of one factor, that differ in case alone are refused/u,
  ],
  ["seeds of R", "r-streams", /-2147483647 to 2147483647[\s\S]*`007` is 7; `\+7`, `3\.0` and `1e3` are refused/u],
  ["the file of a seed share", "custody", /The file of a share[\s\S]*`allocell-seed-share-1`/u],
  ["the version of YAML", "cli", /YAML is read as version 1\.2: `010` is ten/u],
  ["the format of a log", "conduct", /format `allocell-log-1`/u],
  ["the kind of an extension", "conduct", /`extended` +\| kind `list`/u],
  ["the hash of a plan", "conduct-dynamic", /`planHash`, the SHA-256 of the canonical JSON of the plan/u],
  ["the hash of a rule", "conduct-dynamic", /`ruleHash`, that of `\{ trial, part, list/u],
  ["the mark of a seed", "conduct-dynamic", /`seedMark`, the mark of \[algorithm\.md\]/u],
  ["the salt of an event", "conduct", /has a `salt` of 32 random hex digits/u],
  ["the shape of a cap", "conduct", /caps \(each `stratum` and `most`\)/u],
  ["three decimals of a parameter", "procedures-adaptive", /three decimals can be said below 1/u],
  ["printable bytes as a seed", "algorithm", /all are printable ASCII/u],
];

describe("the documents answer a second programmer", () => {
  it.each(ANSWERS)("%s: docs/%s.md", (_, page, answer) => {
    expect(readFileSync(`docs/${page}.md`, "utf8")).toMatch(answer);
  });

  it("and a text in place of a live seed is not called empty", () => {
    try {
      Seed.live("text" as never);
      expect.unreachable();
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      expect(JSON.stringify(error.issues)).not.toMatch(/empty/u);
    }
  });
});
