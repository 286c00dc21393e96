import {
  ceiling,
  compare,
  decimalOf,
  exact,
  floor,
  minus,
  absolute,
  over,
  times,
  whole,
  type Exact,
} from "../exact.js";
import type { SharedConcentration, SharedVolumeQuery } from "./model.js";
import { trySyringe, type ArmRange } from "./trySyringe.js";

/** Draws of more graduations are not tried: of those the closed form knows. */
const MOST_GRADUATIONS = 1_000;

/**
 * A lot concentration with which a syringe does, found by trying, where the closed form of {@link sharedConcentration}
 * names none.
 *
 * Tried are the concentrations at which an end of an arm's range is a draw of 1, 2, ..., 1,000 whole graduations (no more
 * than the greatest final volume), in whole cells per mL, down and up: there no rounding spoils that end. Of those that
 * do, the one nearest to the lot's own is named, of two equally near ones the smaller.
 */
export function searchConcentration(
  query: SharedVolumeQuery,
  ranges: readonly ArmRange[],
  graduationMl: string,
): SharedConcentration | undefined {
  const graduation = exact(graduationMl);
  const own = exact(query.concentrationPerMl);
  const fitting = Number(floor(over(exact(query.maximumFinalMl), graduation)).top);
  const candidates = new Map<string, Exact>();
  for (const { low, high } of ranges) {
    for (const end of [low, high]) {
      for (let count = 1; count <= Math.min(fitting, MOST_GRADUATIONS); count += 1) {
        const found = over(end, times(graduation, whole(count)));
        for (const rounded of [floor(found), ceiling(found)]) candidates.set(decimalOf(rounded), rounded);
      }
    }
  }
  candidates.delete("0");
  const distance = (value: Exact): Exact => absolute(minus(value, own));
  const nearest = [...candidates.values()].sort((a, b) => compare(distance(a), distance(b)) || compare(a, b));
  const does = nearest.find(
    (value) => "finalVolumeMl" in trySyringe({ ...query, concentrationPerMl: decimalOf(value) }, ranges, graduationMl),
  );
  if (does === undefined) return undefined;
  const perMl = decimalOf(does);
  return { graduationMl, perMl: { from: perMl, to: perMl } };
}
