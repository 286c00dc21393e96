import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/foundation/index.js";
import { planHash, toBlindedCsv, toMasterCsv, toMasterJson, type MasterList } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { draw, liveSeed, planOf } from "../support/plans.js";
import frozen from "./allocell-pb-1.json" with { type: "json" };
import { FROZEN_PLANS } from "./plans.js";

/**
 * What algorithm id allocell-pb-1 gave when it was frozen, it must give for ever: a change of any value here is a new
 * algorithm id, never a new file. "Unchanged" is all that this test says. That the outputs are right is shown by the
 * known answers, the exhaustive tests and the second program.
 */
const join = (pieces: Iterable<string>): string => [...pieces].join("");

function outputOf(list: MasterList): unknown {
  const csv = join(toMasterCsv(list));
  const { plan, seedMark, algorithm } = list.unblindedRecord();
  return {
    algorithm,
    rows: list.unblindedRowCount,
    firstRows: csv.split("\r\n").slice(1, 7),
    seedMark,
    planHash: planHash(plan),
    masterCsv: sha256Hex(csv),
    masterJson: sha256Hex(join(toMasterJson(list))),
    blindedCsv: sha256Hex(join(toBlindedCsv(list.blinded()))),
  };
}

/** With the environment variable ALLOCELL_FREEZE the outputs are printed, to freeze a new algorithm id. */
const outputs = Object.fromEntries(
  Object.entries(FROZEN_PLANS).map(([name, plan]) => [
    name,
    { TEST: outputOf(draw(planOf(plan), Seed.test("frozen"))), LIVE: outputOf(draw(planOf(plan), liveSeed)) },
  ]),
);
if (process.env["ALLOCELL_FREEZE"] !== undefined) process.stdout.write(`FROZEN${JSON.stringify(outputs)}\n`);

describe("allocell-pb-1 is unchanged", { tags: ["LIST-001", "LIST-003", "LIST-006"] }, () => {
  it("for the same plans as were frozen", () => {
    expect(Object.keys(frozen.outputs)).toEqual(Object.keys(FROZEN_PLANS));
  });

  it.each(Object.entries(frozen.outputs))("%s", (name, output) => {
    expect(outputs[name]).toEqual(output);
  });
});
