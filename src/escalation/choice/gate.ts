import { fail } from "../../foundation/index.js";
import { compare } from "../../quantity/index.js";
import { tailAbove } from "../posterior.js";
import { readShare } from "../share.js";
import type { ToxicityGate } from "./choiceRule.js";

/**
 * Whether an arm with so many events among n participants passes.
 *
 * @throws AllocellError `escalation.gate_without_row` where the user's table has no row for n
 */
export function passesGate(gate: ToxicityGate, n: number, events: number): boolean {
  switch (gate.kind) {
    case "none":
      return true;
    case "at-most":
      return events <= gate.most;
    case "tail":
      return (
        compare(tailAbove(readShare(gate.rate, "gate.rate"), n, events), readShare(gate.cutoff, "gate.cutoff")) <= 0
      );
    case "table": {
      const row = gate.rows.find((own) => own.n === n);
      if (row !== undefined) return events <= row.most;
      return fail("escalation.gate_without_row", "gate.rows", `The table has no row for ${n} participants.`, {
        expected: `a row { n: ${n}, most: ... }`,
      });
    }
  }
}
