import { describe, expect, it } from "vitest";
import { prepare } from "../../src/dose/index.js";
import { UNIT_KINDS, type UnitKind } from "../../src/quantity/index.js";
import { faultsOf } from "../unit/trial/issuesOf.js";
import { flat, lot, order } from "../unit/dose/preparationOrders.js";

const KINDS = Object.keys(UNIT_KINDS) as UnitKind[];
/** What a lot states of its cells, which could be taken for a way from one kind of count to another. */
const FACTORS = [{}, { viability: "0.9" }, { purity: "0.8" }, { viability: "0.9", purity: "0.8" }];

/** The measured factors that lead from a lot's count to a dose's, in the order in which they are asked for. */
function factorsFrom(counted: UnitKind, kind: UnitKind): readonly ("viability" | "purity")[] | undefined {
  const isShare = ["car-positive-cells", "cd34-cells", "cd3-cells"].includes(kind);
  if (counted === "total-nucleated-cells" && (isShare || kind === "viable-cells")) return ["viability", "purity"];
  return counted === "viable-cells" && isShare ? ["purity"] : undefined;
}

function faultsExpected(kind: UnitKind, counted: UnitKind, factors: object): readonly string[] {
  if (kind === "cells") return ["dose.count_basis_missing dose.rule.unitKind"];
  const needed = factorsFrom(counted, kind);
  if (needed === undefined) return ["dose.count_basis_conflict lots.0.counted"];
  if (!needed.includes("viability") && "viability" in factors) return ["dose.viability_twice lots.0.viability"];
  const missing = needed.find((factor) => !(factor in factors));
  return missing === undefined ? [] : [`dose.conversion_missing lots.0.${missing}`];
}

describe("a dose in one kind of count from a lot in another, for every two kinds", { tags: ["QTY-004"] }, () => {
  it.each(KINDS.map((kind) => [kind]))("a dose in %s", (kind) => {
    for (const counted of KINDS.filter((other) => other !== kind)) {
      for (const factors of FACTORS) {
        const one = order({ dose: flat("6000000", kind), lots: [lot({ counted, ...factors })] });
        const named = `${counted} ${Object.keys(factors).join()}`;
        const faults = faultsExpected(kind, counted, factors);
        if (faults.length > 0)
          expect(
            faultsOf(() => prepare(one)),
            named,
          ).toEqual(faults);
        else {
          const usable = counted === "viable-cells" ? "8000000" : "7200000";
          expect(prepare(one).containers[0]?.usablePerContainer, named).toBe(usable);
        }
      }
    }
  });
});
