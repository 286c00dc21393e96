import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { auditPlan } from "../../src/audit/index.js";
import { defineTrial } from "../../src/trial/index.js";

/**
 * What `audit --json` finds for a plan of each of 22 designs, on the TEST list that it draws: by finding the rule, the
 * verdict and all numbers of its evidence. The words of the evidence are free, its facts are not.
 *
 * ALLOCELL_UPDATE=1 adds designs and rules that the file does not hold yet, and changes no line that it holds.
 */
const FILE = new URL("./audit-designs.json", import.meta.url);

const DESIGNS: Readonly<Record<string, { ratio: readonly [number, number]; length?: number; procedure: object }>> = {
  complete: { ratio: [2, 1], procedure: { kind: "complete" } },
  "random allocation rule": { ratio: [2, 1], procedure: { kind: "random-allocation-rule" } },
  "permuted blocks of 3 and 6": {
    ratio: [2, 1],
    procedure: { kind: "permuted-block", sizes: [3, 6], weights: [2, 1], lastBlock: "whole" },
  },
  "permuted blocks of 4": { ratio: [1, 1], procedure: { kind: "permuted-block", sizes: [4] } },
  "truncated binomial": { ratio: [1, 1], procedure: { kind: "truncated-binomial", size: 6 } },
  maximal: { ratio: [2, 1], procedure: { kind: "maximal", tolerance: 3 } },
  "big stick": { ratio: [1, 1], procedure: { kind: "big-stick", tolerance: 3 } },
  efron: { ratio: [1, 1], procedure: { kind: "efron", probability: "2/3" } },
  chen: { ratio: [1, 1], procedure: { kind: "chen", probability: "3/4", tolerance: 3 } },
  ehrenfest: { ratio: [1, 1], procedure: { kind: "ehrenfest", tolerance: 4 } },
  "adjustable biased coin": { ratio: [1, 1], procedure: { kind: "adjustable-biased-coin", steepness: "3/2" } },
  "generalized biased coin": { ratio: [1, 1], procedure: { kind: "generalized-biased-coin", exponent: "5/2" } },
  wei: { ratio: [1, 1], procedure: { kind: "wei", initial: 1, added: 2 } },
  "bayesian biased coin": { ratio: [1, 1], procedure: { kind: "bayesian-biased-coin", gamma: "1/10" } },
  hadamard: { ratio: [1, 1], length: 40, procedure: { kind: "hadamard", lastBlock: "cut" } },
  "block urn": { ratio: [2, 1], procedure: { kind: "block-urn", lambda: 2 } },
  "block urn, merged": { ratio: [2, 1], procedure: { kind: "block-urn", lambda: 2, mergedArms: true } },
  "mass weighted urn": { ratio: [2, 1], procedure: { kind: "mass-weighted-urn", alpha: "5/2" } },
  "drop the loser": { ratio: [2, 1], procedure: { kind: "drop-the-loser", immigration: 1 } },
  "doubly adaptive": { ratio: [2, 1], procedure: { kind: "doubly-adaptive", gamma: "3/2" } },
  "maximum entropy": { ratio: [2, 1], procedure: { kind: "maximum-entropy", eta: "1/2" } },
  "brick tunnel": { ratio: [2, 1], procedure: { kind: "brick-tunnel" } },
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

/** `13 warn 0.333 0.708 24`: a rule, its verdict, and the numbers in its evidence. */
function factsOf(name: string): readonly string[] {
  const { ratio, length = 24, procedure } = DESIGNS[name]!;
  const [a, b] = ratio;
  const plan = { trial: "NOREG", part: "main", list: "NOREG-1", arms: { a, b }, procedure, length };
  return auditPlan(plan, trial).findings.map(({ rule, verdict, evidence }) =>
    [rule, verdict, ...(evidence.match(/\d+(?:\.\d+)?(?:e-\d+)?/g) ?? [])].join(" "),
  );
}

const ruleOf = (line: string): string | undefined => line.split(" ")[0];

describe("the audit of 22 designs", { tags: ["BLIND-005"] }, () => {
  const frozen = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, readonly string[]>;
  if (process.env["ALLOCELL_UPDATE"] === "1") {
    for (const name of Object.keys(DESIGNS)) {
      const held = new Set(frozen[name]?.map(ruleOf));
      frozen[name] = [...(frozen[name] ?? []), ...factsOf(name).filter((line) => !held.has(ruleOf(line)))];
    }
    writeFileSync(FILE, `${JSON.stringify(frozen, null, 2)}\n`);
  }

  it.each(Object.keys(DESIGNS))("%s", (name) => {
    expect(factsOf(name)).toEqual(frozen[name]);
  });

  it("holds 22, and none that is gone", () => {
    expect(Object.keys(frozen).sort()).toEqual(Object.keys(DESIGNS).sort());
    expect(Object.keys(frozen)).toHaveLength(22);
  });
});
