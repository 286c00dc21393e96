// Double programming: a second program, written from docs/preparation.md and docs/dosing.md alone, prepares every
// order too. It uses fractions of whole numbers, and nothing of the package.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask } from "./preparation/ask.js";
import { orders } from "./preparation/orders.js";
import { reckon } from "./preparation/secondProgram.js";

const PLACEBO = {
  rules: [],
  containers: [],
  delivered: { drawMl: "0", exactDrawMl: "0", amount: "0", roundingErrorPercent: "0", isOneGraduationLess: false },
};

const runs = Number(process.env["ALLOCELL_PREPARATION_ORDERS"] ?? "5000");

describe("double programming of prepare", () => {
  it(
    `gives the same preparation, or refuses for the same documented reason, for ${runs} random orders`,
    { timeout: 1_800_000 },
    () => {
      const seen = new Map<string, number>();
      const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
      fc.assert(
        fc.property(orders, (order) => {
          const second = reckon(order);
          const first = ask(order);
          if (second.isTied) {
            count("tied");
            return;
          }
          const { refusals, results, warnings, steps } = second.sheet;
          if ("code" in first && refusals.size > 0) {
            // The docs name no order among several errors, so any one of those that apply is right.
            expect([...refusals]).toContain(first["code"]);
            count(refusals.size === 1 ? String(first["code"]) : "several reasons");
            return;
          }
          expect(first).toEqual({
            ...(refusals.size > 0 ? { code: [...refusals].join(" or ") } : {}),
            ...(order.dose.rule.kind === "placebo" ? PLACEBO : {}),
            ...results,
            warnings: [...warnings].sort(),
            steps,
          });
          count("prepared");
          for (const code of new Set(warnings)) count(code);
        }),
        { numRuns: runs, endOnFailure: false },
      );
      if (process.env["ALLOCELL_PREPARATION_SHOW"] !== undefined)
        process.stdout.write(
          `${[...seen]
            .sort()
            .map(([what, n]) => `${n} ${what}`)
            .join("\n")}\n`,
        );
    },
  );
});
