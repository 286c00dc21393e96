import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/foundation/index.js";
import { ALGORITHMS } from "../../src/procedure/index.js";
import { defineTrial, generateList, Seed, toMasterCsv, type ProcedureKind } from "../../src/index.js";

/**
 * Every algorithm id with the hash of a list that it made. A change here says that an id's output changed, which must
 * never happen: give the new behaviour a new id. It does not say that the list is right; other tests do.
 *
 * The file is written by ALLOCELL_UPDATE=1 for ids that it does not hold yet, and never for one that it holds.
 */
const FILE = new URL("./algorithms.json", import.meta.url);

const ratios: Partial<Record<ProcedureKind, readonly [number, number]>> = {
  complete: [2, 1],
  "random-allocation-rule": [2, 1],
  "permuted-block": [2, 1],
  "ordered-blocks": [2, 1],
  "block-urn": [2, 1],
  "mass-weighted-urn": [2, 1],
  "drop-the-loser": [2, 1],
  "doubly-adaptive": [2, 1],
  "maximum-entropy": [2, 1],
  "minimum-quadratic-distance": [2, 1],
  "brick-tunnel": [2, 1],
  maximal: [2, 1],
};

const parameters: Record<ProcedureKind, object> = {
  complete: {},
  "random-allocation-rule": {},
  "permuted-block": { sizes: [3, 6], weights: [2, 1], lastBlock: "whole" },
  "ordered-blocks": { sizes: [6, 3, 3] },
  "truncated-binomial": { size: 6 },
  maximal: { tolerance: 3 },
  "big-stick": { tolerance: 3 },
  efron: { probability: "2/3" },
  chen: { probability: "3/4", tolerance: 3 },
  ehrenfest: { tolerance: 4 },
  "adjustable-biased-coin": { steepness: "3/2" },
  "generalized-biased-coin": { exponent: "5/2" },
  wei: { initial: 1, added: 2 },
  "bayesian-biased-coin": { gamma: "1/10" },
  hadamard: {},
  "block-urn": { lambda: 2 },
  "mass-weighted-urn": { alpha: "5/2" },
  "drop-the-loser": { immigration: 1 },
  "doubly-adaptive": { gamma: "3/2" },
  "maximum-entropy": { eta: "1/2" },
  "minimum-quadratic-distance": { eta: "1/2" },
  "brick-tunnel": {},
};

const trial = defineTrial({
  id: "NOREG",
  title: "A trial for tests",
  identifiers: [],
  sponsor: { name: "nobody" },
  enrolment: { count: 200 },
  allocation: "randomized",
  model: "parallel",
  masking: { level: "none" },
  conditions: ["none"],
  interventions: [],
  arms: ["a", "b"].map((id) => ({ id, label: id, interventions: [] })),
  parts: [{ id: "main", title: "main", kind: "randomized", arms: ["a", "b"], masking: { level: "none" } }],
  eligibility: { sex: "all", numeric: [], inclusion: [], exclusion: [] },
  outcomes: [],
  assumptions: [],
  contradictions: [],
  sources: [{ id: "protocol", kind: "protocol", citation: "none" }],
  provenance: { "": "protocol" },
});

function listOf(kind: ProcedureKind, more: object): string {
  const [a, b] = ratios[kind] ?? [1, 1];
  const plan = {
    trial: "NOREG",
    part: "main",
    list: `NOREG-${kind}`,
    arms: { a, b },
    procedure: { kind, ...parameters[kind] },
    strata: [{ factor: "site", levels: ["01", "02"] }],
    length: 60,
    ...more,
  };
  return [...toMasterCsv(generateList({ plan, trial, seed: Seed.test("20260101") }))].join("");
}

describe("the list of every algorithm id", { tags: ["LIST-006"] }, () => {
  const frozen = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, string>;
  const kinds = Object.keys(ALGORITHMS) as ProcedureKind[];
  const made = Object.fromEntries(
    kinds.flatMap((kind) => [
      [ALGORITHMS[kind], sha256Hex(listOf(kind, {}))],
      [`${ALGORITHMS[kind]}/r-mt-1`, sha256Hex(listOf(kind, { stream: "r-mersenne-twister" }))],
    ]),
  );
  if (process.env["ALLOCELL_UPDATE"] === "1") {
    writeFileSync(FILE, `${JSON.stringify({ ...made, ...frozen }, null, 2)}\n`);
  }

  it.each(Object.keys(made))("%s", (algorithm) => {
    expect(made[algorithm]).toBe(frozen[algorithm]);
  });

  it("holds no id that is gone", () => {
    expect(Object.keys(frozen).sort()).toEqual(Object.keys(made).sort());
  });
});
