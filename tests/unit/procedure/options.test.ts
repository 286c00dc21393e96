import { describe, expect, it } from "vitest";
import { bigStick } from "../../../src/procedure/bigStick.js";
import { blockUrn } from "../../../src/procedure/blockUrn.js";
import { brickTunnel } from "../../../src/procedure/brickTunnel.js";
import { chen } from "../../../src/procedure/chen.js";
import { complete } from "../../../src/procedure/complete.js";
import { dropTheLoser } from "../../../src/procedure/dropTheLoser.js";
import { efron } from "../../../src/procedure/efron.js";
import { ehrenfest } from "../../../src/procedure/ehrenfest.js";
import { hadamard } from "../../../src/procedure/hadamard.js";
import { massWeightedUrn } from "../../../src/procedure/massWeightedUrn.js";
import { maximal } from "../../../src/procedure/maximal.js";
import { mergedArms } from "../../../src/procedure/mergedArms.js";
import { randomAllocationRule } from "../../../src/procedure/randomAllocationRule.js";
import { truncatedBinomial } from "../../../src/procedure/truncatedBinomial.js";
import { wei } from "../../../src/procedure/wei.js";

const ratio = [1, 1];
type Refusal = readonly [what: string, code: string, path: string, make: () => unknown];

const parameters: readonly Refusal[] = [
  ["BSD tolerance 0", "parameter_out_of_range", "tolerance", () => bigStick({ ratio, tolerance: 0 })],
  ["BSD tolerance 2.5", "parameter_out_of_range", "tolerance", () => bigStick({ ratio, tolerance: 2.5 })],
  ["BSD tolerance NaN", "parameter_out_of_range", "tolerance", () => bigStick({ ratio, tolerance: Number.NaN })],
  ["EBC below 1/2", "parameter_out_of_range", "probability", () => efron({ ratio, probability: "0.49" })],
  ["EBC above 1", "parameter_out_of_range", "probability", () => efron({ ratio, probability: "3/2" })],
  ["EBC a float", "rational_invalid", "probability", () => efron({ ratio, probability: 0.7 })],
  ["CHEN tolerance 0", "parameter_out_of_range", "tolerance", () => chen({ ratio, probability: "2/3", tolerance: 0 })],
  ["CHEN probability 0", "parameter_out_of_range", "probability", () => chen({ ratio, probability: 0, tolerance: 2 })],
  ["EUD tolerance -1", "parameter_out_of_range", "tolerance", () => ehrenfest({ ratio, tolerance: -1 })],
  ["UD(0,0)", "parameter_out_of_range", "added", () => wei({ ratio, initial: 0, added: 0 })],
  ["UD(-1,1)", "parameter_out_of_range", "initial", () => wei({ ratio, initial: -1, added: 1 })],
  ["UD(1,1.5)", "parameter_out_of_range", "added", () => wei({ ratio, initial: 1, added: 1.5 })],
  ["BUD 0", "parameter_out_of_range", "lambda", () => blockUrn({ ratio, lambda: 0 })],
  ["MWUD 0", "parameter_out_of_range", "alpha", () => massWeightedUrn({ ratio, alpha: 0 })],
  ["MWUD 1000001", "parameter_out_of_range", "alpha", () => massWeightedUrn({ ratio, alpha: 1_000_001 })],
  ["MWUD text", "rational_invalid", "alpha", () => massWeightedUrn({ ratio, alpha: "four" })],
  ["DL 0", "parameter_out_of_range", "immigration", () => dropTheLoser({ ratio, immigration: 0 })],
  ["RAR total 0", "parameter_out_of_range", "totals.1", () => randomAllocationRule({ totals: [4, 0] })],
  ["RAR total 1.5", "parameter_out_of_range", "totals.0", () => randomAllocationRule({ totals: [1.5, 2] })],
  ["TBD totals of three arms", "totals_invalid", "totals", () => truncatedBinomial({ ratio, totals: [1, 1, 1] })],
  ["TBD size 0", "block_size_invalid", "size", () => truncatedBinomial({ ratio, size: 0 })],
  ["MP tolerance 0", "parameter_out_of_range", "tolerance", () => maximal({ ratio, rows: 4, tolerance: 0 })],
  ["MP odd rows", "rows_invalid", "rows", () => maximal({ ratio, rows: 5, tolerance: 2 })],
  ["MP too long", "rows_invalid", "rows", () => maximal({ ratio, rows: 5002, tolerance: 2 })],
  ["MP too wide", "maximal_too_large", "rows", () => maximal({ ratio, rows: 2000, tolerance: 2000 })],
  [
    "merged arms of a procedure that has too few",
    "merged_arms_mismatch",
    "procedure",
    () => mergedArms({ ratio: [2, 1], procedure: () => complete({ ratio: [1, 1] }) }),
  ],
];

const twoEqualArmsOnly: readonly (readonly [string, (ratio: readonly number[]) => unknown])[] = [
  ["bigStick", (r) => bigStick({ ratio: r, tolerance: 2 })],
  ["efron", (r) => efron({ ratio: r, probability: "2/3" })],
  ["chen", (r) => chen({ ratio: r, probability: "2/3", tolerance: 2 })],
  ["ehrenfest", (r) => ehrenfest({ ratio: r, tolerance: 2 })],
  ["hadamard", (r) => hadamard({ ratio: r })],
];

const anyRatio: readonly (readonly [string, (ratio: readonly number[]) => unknown])[] = [
  ...twoEqualArmsOnly,
  ["complete", (r) => complete({ ratio: r })],
  ["truncatedBinomial", (r) => truncatedBinomial({ ratio: r, totals: r })],
  ["maximal", (r) => maximal({ ratio: r, rows: 6, tolerance: 2 })],
  ["wei", (r) => wei({ ratio: r, initial: 1, added: 1 })],
  ["blockUrn", (r) => blockUrn({ ratio: r, lambda: 1 })],
  ["massWeightedUrn", (r) => massWeightedUrn({ ratio: r, alpha: 1 })],
  ["dropTheLoser", (r) => dropTheLoser({ ratio: r, immigration: 1 })],
  ["brickTunnel", (r) => brickTunnel({ ratio: r })],
  ["mergedArms", (r) => mergedArms({ ratio: r, procedure: (equal) => complete({ ratio: equal }) })],
];

function refusal(code: string, path?: string): Error {
  return expect.objectContaining({ code: `procedure.${code}`, ...(path === undefined ? {} : { path }) }) as Error;
}

describe("parameters outside their range", () => {
  it.each(parameters)("%s is %s at %s", (_, code, path, make) => {
    expect(make).toThrow(refusal(code, path));
  });

  it("the ends of the ranges are inside", () => {
    expect(efron({ ratio, probability: "1/2" }).balls(3, undefined)).toEqual([1, 1]);
    expect(efron({ ratio, probability: "1.0" }).balls(3, undefined)).toEqual([0, 1]);
    expect(bigStick({ ratio, tolerance: 1 }).balls(1, undefined)).toEqual([0, 1]);
    expect(massWeightedUrn({ ratio, alpha: 1_000_000 }).balls([0, 0], undefined)).toEqual([1e6, 1e6]);
    expect(wei({ ratio, initial: 1, added: 0 }).balls([9, 0], undefined)).toEqual([1, 1]);
  });
});

describe("ratios", () => {
  it.each(twoEqualArmsOnly)("%s is for two arms at 1:1 only", (_, make) => {
    expect(() => make([2, 1])).toThrow(refusal("ratio_unsupported", "ratio"));
    expect(() => make([1, 1, 1])).toThrow(refusal("ratio_unsupported", "ratio"));
    expect(() => make([3, 3])).not.toThrow();
  });

  it("wei is for equal ratio, brickTunnel for two arms", () => {
    expect(() => wei({ ratio: [2, 1], initial: 1, added: 1 })).toThrow(refusal("ratio_unsupported", "ratio"));
    expect(() => brickTunnel({ ratio: [1, 1, 1] })).toThrow(refusal("ratio_unsupported", "ratio"));
  });

  it.each(anyRatio)("%s refuses ratios that are no positive whole numbers", (_, make) => {
    for (const wrong of [[1], [], [1, 0], [1, -1], [0.5, 0.5], [1, Number.NaN], [1, 1001]]) {
      expect(() => make(wrong)).toThrow(refusal("ratio_invalid"));
    }
  });
});

describe("counts beyond 2^53", () => {
  it("turn into bigints without rounding", () => {
    const urn = massWeightedUrn({ ratio: [1000, 999], alpha: "5.000000000000001" });
    expect(urn.balls(urn.start, undefined)).toEqual([5_000_000_000_000_001_000n, 4_995_000_000_000_000_999n]);
    const lag = urn.after(urn.start, 1, undefined);
    expect(lag).toEqual([1000, -1000]);
    expect(urn.balls(lag, undefined)).toEqual([
      5_000_000_000_000_001_000n + 1000n * 10n ** 15n,
      4_995_000_000_000_000_999n - 1000n * 10n ** 15n,
    ]);
  });
});
