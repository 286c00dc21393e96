import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { padBundle, parseBundle, unpadBundle, type UnblindedBundle } from "../../../src/custody/index.js";
import { toMasterCsv, toMasterJson, unblindedManifest } from "../../../src/list/index.js";
import { issueOf } from "../../support/issueOf.js";
import { anyPlan, draw, liveSeed, planOf } from "../../support/plans.js";

/** The bundle of a list, as `allocell seal` makes it. */
function bundleOf(plan: ReturnType<typeof planOf>): UnblindedBundle {
  const master = draw(plan, liveSeed);
  const texts = [
    JSON.stringify(unblindedManifest(master, "ab".repeat(32), [])),
    ...[toMasterCsv, toMasterJson].map((make) => [...make(master)].join("")),
  ];
  return {
    format: "allocell-unblinded-bundle-1",
    status: "LIVE",
    list: plan.list,
    manifestSha256: "ab".repeat(32),
    files: texts.map((text, i) => ({ file: `file-${i}`, text })),
  };
}
const paddedOf = (plan: ReturnType<typeof planOf>): Uint8Array =>
  padBundle(bundleOf(plan), draw(plan, liveSeed).blinded());

describe("a padded bundle", { tags: ["CUST-003"] }, () => {
  it("comes off its padding again, for every list", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        expect(parseBundle(Buffer.from(unpadBundle(paddedOf(plan))).toString())).toEqual(bundleOf(plan));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["long blocks", { length: 10, procedure: { kind: "permuted-block", sizes: [2000], lastBlock: "whole" } }],
    [
      "many sites",
      { strata: [{ factor: "site", levels: Array.from({ length: 99 }, (_, i) => `${i + 10}`) }], length: 4 },
    ],
    ["long names of arms", { arms: { ["verum-".repeat(12)]: 1, ["placebo-".repeat(9)]: 1 }, length: 5000 }],
    ["many rows", { length: 20_000 }],
    ["long levels", { strata: [{ factor: "a".repeat(32), levels: ["試".repeat(40), "験".repeat(40)] }], length: 500 }],
  ])("has room for %s", (_, more) => {
    const plan = planOf(more);
    expect(paddedOf(plan).length % 65_536).toBe(0);
    expect(unpadBundle(paddedOf(plan)).length).toBeGreaterThan(0);
  });

  it("is never larger than a list of these strata and rows is padded to: it is refused", () => {
    const bundle = bundleOf(planOf());
    const files = [{ file: "a", text: "x".repeat(5_000_000) }];
    const list = draw(planOf(), liveSeed).blinded();
    expect(issueOf(() => padBundle({ ...bundle, files }, list)).code).toBe("custody.bundle_too_large");
  });

  it("is refused where it is not as it is made", () => {
    const padded = paddedOf(planOf());
    for (const wrong of [
      padded.subarray(0, 100),
      Uint8Array.from([...padded.subarray(0, -1), 1]),
      Uint8Array.of(0, 0, 0, 9),
      Uint8Array.of(255, 255, 255, 255, 0),
    ]) {
      expect(issueOf(() => unpadBundle(wrong)).code).toBe("blinding.bundle_invalid");
    }
  });
});

describe("a bundle", { tags: ["CUST-003"] }, () => {
  const bundle = {
    format: "allocell-unblinded-bundle-1",
    status: "LIVE",
    list: "D",
    manifestSha256: "ab".repeat(32),
  } as const;
  it("is read as it was written", () => {
    const whole = { ...bundle, files: [{ file: "a.csv", text: "x\r\n" }] };
    expect(parseBundle(JSON.stringify(whole))).toEqual(whole);
  });

  it.each(["../a", "/a", "a/b", "a\\b", "..", ".a", "", "C:a"])("has no file called %j", (name) => {
    const text = JSON.stringify({ ...bundle, files: [{ file: name, text: "x" }] });
    expect(issueOf(() => parseBundle(text)).code).toBe("blinding.bundle_invalid");
  });

  it("has no two files of one name, and is a bundle", () => {
    const twice = {
      ...bundle,
      files: [
        { file: "a", text: "" },
        { file: "A", text: "" },
      ],
    };
    expect(issueOf(() => parseBundle(JSON.stringify(twice))).code).toBe("blinding.bundle_invalid");
    expect(issueOf(() => parseBundle("x")).code).toBe("blinding.bundle_invalid");
  });
});
