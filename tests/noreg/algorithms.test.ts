import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/foundation/index.js";
import { ALGORITHMS } from "../../src/procedure/index.js";
import { FROZEN_SEED, procedurePlan, STREAMS } from "./procedurePlans.js";
import { defineTrial, generateList, Seed, toMasterCsv, type ProcedureKind } from "../../src/index.js";

/**
 * Every algorithm id with the hash of a list that it made. A change here says that an id's output changed, which must
 * never happen: give the new behaviour a new id. It does not say that the list is right; other tests do.
 *
 * The file is written by ALLOCELL_UPDATE=1 for ids that it does not hold yet, and never for one that it holds.
 */
const FILE = new URL("./algorithms.json", import.meta.url);

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

const listOf = (kind: ProcedureKind, more: object): string =>
  [...toMasterCsv(generateList({ plan: procedurePlan(kind, more), trial, seed: Seed.test(FROZEN_SEED) }))].join("");

describe("the list of every algorithm id", { tags: ["LIST-006"] }, () => {
  const frozen = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, string>;
  const kinds = Object.keys(ALGORITHMS) as ProcedureKind[];
  const made = Object.fromEntries(
    kinds.flatMap((kind) =>
      Object.entries(STREAMS).map(([end, more]) => [`${ALGORITHMS[kind]}${end}`, sha256Hex(listOf(kind, more))]),
    ),
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
