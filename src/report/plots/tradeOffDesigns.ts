import { compareDesigns, type ComparedDesign, type DesignSetting } from "../../assessment/index.js";
import { AllocellError } from "../../foundation/index.js";
import { usualDesigns, type ProcedureSpec } from "../../procedure/index.js";

/** States at which a design is left out of the picture: there it would take long, and others show the same. */
const MOST_STATES = 20_000;

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
  const others = usualDesigns(setting.ratio, setting.rows, "pictured").filter((spec) => {
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
