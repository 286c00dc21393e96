import { requireFields } from "../foundation/index.js";
import type { Frame, Usual } from "./offer.js";
import { OFFERS } from "./offers.js";
import type { ProcedureSpec } from "./spec.js";

/** Merged arms of a usual design: its states grow as a power of them. */
const MOST_MERGED = 6;
/** Rows of a list up to which designs are looked at whose states grow with them; their arms. */
const [MOST_FREE_ROWS, MOST_FREE_ARMS] = [100, 3];

function frameOf(ratio: readonly number[], rows: number): Frame {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const isEqual = ratio.every((w) => w === ratio[0]);
  const canMerge = isEqual || ratioSum <= MOST_MERGED;
  return {
    rows,
    ratioSum: isEqual ? ratio.length : ratioSum,
    isEqual,
    isTwoEqual: ratio.length === 2 && isEqual,
    isTwoUnequal: ratio.length === 2 && !isEqual,
    merged: isEqual ? {} : { mergedArms: true },
    canMerge,
    canBeFree: canMerge && rows <= MOST_FREE_ROWS && ratio.length <= MOST_FREE_ARMS,
  };
}

/**
 * The usual designs for a list, of every kind of procedure.
 *
 * @param ratio - allocation ratio by arm, whole numbers
 * @param rows - of one list
 * @param use - `sought`: those among which a design is sought; `pictured`: those of a picture
 * @throws AllocellError `input.invalid`
 */
export function usualDesigns(
  ratio: readonly number[],
  rows: number,
  use: "sought" | "pictured",
): readonly ProcedureSpec[] {
  requireFields({ ratio, rows }, "a list: ratio and rows", { ratio: "a list", rows: "a number" });
  const frame = frameOf(ratio, rows);
  const isPictured = use === "pictured";
  return Object.values(OFFERS).flatMap(({ usual }: { readonly usual: Usual<ProcedureSpec> }) => {
    const { sought, pictured = sought, isFree } = usual;
    if (isFree === true && (isPictured || !frame.canBeFree)) return [];
    return (isPictured ? pictured : sought)(frame);
  });
}
