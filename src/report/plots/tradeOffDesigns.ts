import { compareDesigns, type ComparedDesign, type DesignSetting } from "../../assessment/index.js";
import { AllocellError } from "../../foundation/index.js";
import type { ProcedureSpec } from "../../procedure/index.js";

/** States at which a design is left out of the picture: there it would take long, and others show the same. */
const MOST_STATES = 20_000;
/** Longest list for which the maximal procedure is computed along. */
const LONGEST_MAXIMAL = 60;

/**
 * The usual designs for a ratio, each with several parameters, from which the balance-randomness trade-off is seen;
 * those that do not fit the list, or are too large for a picture, are left out.
 *
 * @param own - designs that must be there, first; they may fail
 * @throws AllocellError `assessment.nothing_to_compare`, and what the procedures throw
 */
export function tradeOffDesigns(own: readonly ProcedureSpec[], setting: DesignSetting): readonly ComparedDesign[] {
  const seen = new Set(own.map(mainParameters));
  const bounded = { mostStates: MOST_STATES, ...setting };
  const others = usualDesigns(setting.ratio, setting.rows).filter((spec) => {
    if (seen.has(mainParameters(spec))) return false;
    try {
      compareDesigns([spec], bounded);
      return true;
    } catch (error) {
      if (AllocellError.is(error)) return false;
      throw error;
    }
  });
  return compareDesigns([...own, ...others], setting);
}

/** A design without what becomes of its last block, which a picture does not tell. */
const mainParameters = (spec: ProcedureSpec): string => JSON.stringify({ ...spec, lastBlock: undefined });

function usualDesigns(ratio: readonly number[], rows: number): readonly ProcedureSpec[] {
  const ratioSum = ratio.reduce((sum, weight) => sum + weight, 0);
  const isEqual = ratio.every((weight) => weight === ratio[0]);
  const isTwoEqual = ratio.length === 2 && isEqual;
  const set = isEqual ? ratio.length : ratioSum;
  const blocks = [[1], [2], [3], [1, 2], [2, 3]]
    .map((sets) => sets.map((count) => count * set))
    .filter((sizes) => Math.max(...sizes) <= rows)
    .map((sizes): ProcedureSpec => ({ kind: "permuted-block", sizes, lastBlock: "cut" }));
  const merged = isEqual ? {} : { mergedArms: true as const };
  return [
    { kind: "complete" },
    { kind: "random-allocation-rule" },
    ...blocks,
    ...(isTwoEqual
      ? ([
          { kind: "big-stick", tolerance: 2 },
          { kind: "big-stick", tolerance: 3 },
          { kind: "big-stick", tolerance: 4 },
          { kind: "efron", probability: "0.6" },
          { kind: "efron", probability: "2/3" },
          { kind: "efron", probability: "0.8" },
          { kind: "chen", probability: "2/3", tolerance: 3 },
          ...(rows <= LONGEST_MAXIMAL ? [{ kind: "maximal", tolerance: 3 } as const] : []),
        ] as const)
      : []),
    { kind: "block-urn", lambda: 2, ...merged },
    { kind: "block-urn", lambda: 3, ...merged },
    { kind: "block-urn", lambda: 4, ...merged },
    ...(isEqual
      ? ([
          { kind: "mass-weighted-urn", alpha: 2 },
          { kind: "mass-weighted-urn", alpha: 4 },
          { kind: "mass-weighted-urn", alpha: 8 },
        ] as const)
      : []),
    ...(ratio.length === 2 && !isEqual ? [{ kind: "brick-tunnel" } as const] : []),
  ];
}
