import { floor, fraction, over, readFraction, toNumber } from "../../quantity/index.js";
import type { SharedConcentration, SharedVolumeQuery } from "./model.js";
import { fitSyringe, type ArmRange } from "./trySyringe.js";

/** Draws of more graduations are not tried: of those the closed form knows. */
const MOST_GRADUATIONS = 300;

/**
 * A lot concentration with which a syringe does, found by trying, where the closed form of {@link sharedConcentration}
 * names none.
 *
 * Tried are the concentrations at which an end of an arm's range is a draw of 1, 2, ..., 300 whole graduations (no more
 * than the greatest final volume), in whole cells per mL, down and up: there no rounding spoils that end. Of those that
 * do, the one nearest to the lot's own is named, of two equally near ones the smaller.
 */
export function searchConcentration(
  query: SharedVolumeQuery,
  ranges: readonly ArmRange[],
  graduationMl: string,
): SharedConcentration | undefined {
  const graduation = readFraction(graduationMl);
  const fitting = toNumber(floor(over(readFraction(query.maximumFinalMl), graduation)));
  const candidates = new Set<bigint>();
  for (const end of ranges.flatMap(({ low, high }) => [low, high])) {
    const oneGraduation = over(end, graduation);
    for (let count = 1n; count <= Math.min(fitting, MOST_GRADUATIONS); count += 1n) {
      const bottom = oneGraduation.denominator * count;
      const down = oneGraduation.numerator / bottom;
      candidates.add(down);
      if (down * bottom !== oneGraduation.numerator) candidates.add(down + 1n);
    }
  }
  candidates.delete(0n);
  const { numerator: top, denominator: bottom } = readFraction(query.concentrationPerMl);
  const distance = (value: bigint): bigint => (value * bottom < top ? top - value * bottom : value * bottom - top);
  // The smaller one first, so that it comes first of two that are equally near.
  const nearest = [...candidates].sort(inOrder).sort((a, b) => inOrder(distance(a), distance(b)));
  const does = nearest.find((value) => "from" in fitSyringe(query, ranges, graduationMl, fraction(value, 1n)));
  if (does === undefined) return undefined;
  const perMl = does.toString();
  return { graduationMl, perMl: { from: perMl, to: perMl } };
}

const inOrder = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
