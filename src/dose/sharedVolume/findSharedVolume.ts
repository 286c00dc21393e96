import { deepFreeze } from "../../foundation/index.js";
import { decimalText, type Fraction, over, readFraction, smaller, times } from "../../quantity/index.js";
import type { SharedArm, SharedVolume, SharedVolumeObstacle, SharedVolumeOption, SharedVolumeQuery } from "./model.js";
import { parseSharedVolumeQuery } from "./querySchema.js";
import { searchConcentration } from "./searchConcentration.js";
import { sharedConcentration } from "./sharedConcentration.js";
import { greatestOf, trySyringe, type ArmRange } from "./trySyringe.js";

function rangeOf({ arm, dose, cap }: SharedArm, minimumKg: Fraction, maximumKg: Fraction): ArmRange[] {
  if (dose.kind === "placebo") return [];
  const amount = readFraction(dose.amount);
  const at = (weight: Fraction): Fraction => {
    const target = dose.kind === "flat" ? amount : times(amount, weight);
    return cap === undefined ? target : smaller(target, readFraction(cap));
  };
  return [{ arm, low: at(minimumKg), high: at(maximumKg) }];
}

/**
 * Final volumes and syringes with which one bag serves every arm of a blinded part at every weight in range.
 *
 * A draw rises with the weight, so the ends of the range decide. A syringe does if the rounding error of every draw is
 * within the limit, every draw lies between the least and what is available, and some final volume holds the greatest
 * draw and keeps every arm's final concentration in range.
 *
 * @returns frozen: for each syringe its final volumes, or what stands in the way and which lot concentrations would do
 * @throws AllocellError `dose.shared_volume_invalid`
 * @example
 * findSharedVolume(query).options[0]?.finalVolumeMl; // { from: "30", to: "100" }
 */
export function findSharedVolume(input: SharedVolumeQuery): SharedVolume {
  const query = parseSharedVolumeQuery(input);
  const [minimumKg, maximumKg] = [readFraction(query.weightKg.minimum), readFraction(query.weightKg.maximum)];
  const ranges = query.arms.flatMap((arm) => rangeOf(arm, minimumKg, maximumKg));
  const concentration = readFraction(query.concentrationPerMl);
  const outcomes = query.graduationsMl.map((graduation) => trySyringe(query, ranges, graduation));
  const options = outcomes.filter((outcome): outcome is SharedVolumeOption => "finalVolumeMl" in outcome);
  const obstacles = outcomes.filter((outcome): outcome is SharedVolumeObstacle => "kind" in outcome);
  const low = ranges.map((range) => range.low).reduce(smaller);
  const high = ranges.map((range) => range.high).reduce(greatestOf);
  return deepFreeze({
    isFeasible: options.length > 0,
    arms: ranges.map((range) => ({
      arm: range.arm,
      leastTarget: decimalText(range.low),
      greatestTarget: decimalText(range.high),
      leastDrawMl: decimalText(over(range.low, concentration)),
      greatestDrawMl: decimalText(over(range.high, concentration)),
    })),
    options,
    obstacles,
    concentrations: obstacles.flatMap(
      ({ graduationMl }) =>
        sharedConcentration(query, graduationMl, low, high) ?? searchConcentration(query, ranges, graduationMl) ?? [],
    ),
  });
}
