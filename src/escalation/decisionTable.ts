import { deepFreeze, requireFields } from "../foundation/index.js";
import { roundedText } from "../quantity/index.js";
import type { EscalationDesign, Letter } from "./model.js";
import { compileRule } from "./rules/rules.js";

/** What a rule says for one number of evaluable participants at a level. */
export interface DecisionRow {
  /** Evaluable participants at the level, at least 1. */
  readonly n: number;
  /** Character number x, from 0, is the decision for x DLTs; "." where the rule has none. */
  readonly letters: string;
  /** Escalate at so many DLTs or fewer; null: never. */
  readonly escalateMax: number | null;
  /** De-escalate at so many or more. */
  readonly deescalateMin: number | null;
  /** De-escalate and never return, or stop, at so many or more. */
  readonly eliminateMin: number | null;
}

/** The decisions of a design at one level, before the edge rules. */
export interface DecisionTable {
  readonly rows: readonly DecisionRow[];
  /** BOIN's boundaries to 12 decimal places. */
  readonly boundaries?: { readonly escalate: string; readonly deescalate: string };
}

/**
 * The table of decisions of a design: for each number of participants at a level, what follows from each number of DLTs.
 *
 *
 * @see definitions, sources and worked values: docs/escalation.md and docs/escalation-worked.md
 * @example
 * decisionTable(design).rows[2].letters; // "EDUU" for BOIN with the target 0.20
 */
export function decisionTable(design: EscalationDesign): DecisionTable {
  requireFields(design, "a design, as parseEscalationDesign returns it", {
    levels: "a list",
    startLevel: "a number",
    rule: "a map",
  });
  const rule = compileRule(design);
  const sizes = design.rule.kind === "3+3" ? [3, 6] : Array.from({ length: rule.mostAtLevel }, (_, i) => i + 1);
  const rows = sizes.flatMap((n): DecisionRow[] => {
    const letters = Array.from({ length: n + 1 }, (_, dlt): Letter | "." => rule.letter(n, dlt) ?? ".");
    if (letters.every((letter) => letter === ".")) return [];
    const first = (wanted: string): number | null => {
      const at = letters.findIndex((letter) => wanted.includes(letter));
      return at < 0 ? null : at;
    };
    const last = letters.lastIndexOf("E");
    return [
      {
        n,
        letters: letters.join(""),
        escalateMax: last < 0 ? null : last,
        deescalateMin: first("DUX"),
        eliminateMin: first("UX"),
      },
    ];
  });
  const { boundaries } = rule;
  return deepFreeze({
    rows,
    ...(boundaries === undefined
      ? {}
      : {
          boundaries: {
            escalate: roundedText(boundaries.escalate, 12),
            deescalate: roundedText(boundaries.deescalate, 12),
          },
        }),
  });
}
