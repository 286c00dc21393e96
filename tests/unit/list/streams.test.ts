import { describe, expect, it } from "vitest";
import { algorithmOf } from "../../../src/list/index.js";
import { generateList, parsePlan, Seed, sle, toMasterCsv, type Plan } from "../../../src/index.js";
import { below, RMersenneTwister } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";

const plan = (more: object = {}): Plan =>
  parsePlan({
    trial: "NCT07041801",
    part: "single-dose",
    list: "STREAMS",
    arms: { low: 1, medium: 1, high: 1, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [4] },
    strata: [{ factor: "site", levels: ["01", "02"] }],
    length: 8,
    ...more,
  });
const arms = (stated: Plan, seed: Seed): string[] =>
  [...generateList({ plan: stated, trial: sle, seed }).unblindedRows()].map((row) => row.arm);

describe("R's stream by choice", () => {
  const withR = plan({ stream: "r-mersenne-twister" });

  it("draws all strata, one after the other, from set.seed(n)", () => {
    const stream = new RMersenneTwister(42);
    const expected: string[] = [];
    for (let block = 0; block < 4; block += 1) {
      const left = ["low", "medium", "high", "placebo"];
      while (left.length > 0) expected.push(...left.splice(below(stream, left.length), 1));
    }
    expect(arms(withR, Seed.test("42"))).toEqual(expected);
  });

  it("has an algorithm id of its own, and leaves the default one as it was", () => {
    expect(algorithmOf(withR)).toBe("allocell-pb-1/r-mt-1");
    expect(algorithmOf(plan())).toBe("allocell-pb-1");
    expect(arms(plan({ stream: "arc4" }), Seed.test("42"))).toEqual(arms(plan(), Seed.test("42")));
    expect(arms(withR, Seed.test("42"))).not.toEqual(arms(plan(), Seed.test("42")));
  });

  it("makes no LIVE list, because R's seed can be guessed", () => {
    const live = Seed.live(Uint8Array.from({ length: 32 }, (_, i) => (i * i * 7 + 13) & 255));
    expect(issueOf(() => arms(withR, live))).toMatchObject({ code: "list.stream_test_only", path: "stream" });
  });

  it.each(["demo", "1.5", "2147483648", "-2147483648", "1e3"])("refuses the seed text %s", (text) => {
    expect(issueOf(() => arms(withR, Seed.test(text))).code).toBe("random.seed_not_whole");
  });

  it("refuses a stream that it does not know", () => {
    expect(issueOf(() => plan({ stream: "mt" }))).toMatchObject({ code: "list.plan_invalid", path: "stream" });
  });

  it("prints rows in R's stream like any others", () => {
    const text = [...toMasterCsv(generateList({ plan: withR, trial: sle, seed: Seed.test("7") }))];
    expect(text).toHaveLength(17);
    expect(text[1]).toMatch(/^TEST,STREAMS,01,1,TR010001,1,4,1,/);
  });
});
