import { requireListPlan } from "./requireList.js";
import { deepFreeze, requireFields } from "../foundation/index.js";
import type { ProcedureSpec } from "../procedure/index.js";
import { ownLookup } from "./ownEntries.js";
import { stratumCode } from "./numbers.js";
import type { Plan } from "./plan.js";

/** One stratum: one level of every factor. */
export interface Stratum {
  /** Factor and level, in declared order; empty when the list is not stratified. */
  readonly levels: readonly (readonly [factor: string, level: string])[];
  /** Rows asked for. */
  readonly length: number;
  /** One or two digits a factor: the place of the level in its declaration. A level added at the end changes no other code. */
  readonly code: string;
  /** The plan's procedure, or the stratum's own. Unblinded: it holds block sizes. */
  readonly procedure: ProcedureSpec;
}

/**
 * The strata of a plan: the Cartesian product of the factors' levels, the last factor varying fastest; one stratum
 * without levels when the plan has no factor.
 */
export function strataOf(plan: Plan): readonly Stratum[] {
  requireListPlan(plan);
  let strata: Omit<Stratum, "length" | "procedure">[] = [{ levels: [], code: "" }];
  for (const { factor, levels } of plan.strata) {
    strata = strata.flatMap((stratum) =>
      levels.map((level, i) => ({
        levels: [...stratum.levels, [factor, level] as const],
        code: stratum.code + stratumCode(plan.numbers, [i + 1]),
      })),
    );
  }
  const ownLength = ownLookup(plan.strata, plan.lengths);
  const ownProcedure = ownLookup(plan.strata, plan.procedures ?? []);
  return deepFreeze(
    strata.map(({ levels, code }) => ({
      levels,
      code,
      length: ownLength(levels)?.length ?? plan.length,
      procedure: ownProcedure(levels)?.procedure ?? plan.procedure,
    })),
  );
}

/** Strata that have one procedure, and that procedure. */
export interface StrataOfProcedure {
  readonly procedure: ProcedureSpec;
  readonly strata: readonly Stratum[];
}

/** The strata of a plan by their procedures, in the order in which these come first; one group where no stratum has its own. */
export function strataByProcedure(plan: Plan): readonly StrataOfProcedure[] {
  return groupByProcedure(strataOf(plan));
}

/** {@link strataByProcedure} of strata that are there already. */
export function groupByProcedure(strata: readonly Stratum[]): readonly StrataOfProcedure[] {
  const groups = new Map<string, { procedure: ProcedureSpec; strata: Stratum[] }>();
  for (const stratum of strata) {
    const key = JSON.stringify(stratum.procedure);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { procedure: stratum.procedure, strata: [stratum] });
    else group.strata.push(stratum);
  }
  return [...groups.values()];
}

/** A stratum in words: `site 01, sex female`; `all participants` when there is no factor. */
export function stratumText(levels: Stratum["levels"]): string {
  requireFields({ levels }, "a stratum: pairs of factor and level", { levels: "a list" });
  for (const pair of levels) requireFields({ pair }, "a pair of factor and level", { pair: "a list" });
  return levels.length === 0 ? "all participants" : levels.map(([factor, level]) => `${factor} ${level}`).join(", ");
}
