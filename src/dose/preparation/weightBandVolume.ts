import { deepFreeze, fail } from "../../foundation/index.js";
import {
  ceiling,
  compare,
  decimalText,
  type Fraction,
  halfUp,
  parsePositiveDecimal,
  parseWeightKg,
  readFraction,
  times,
} from "../../quantity/index.js";
import type { VolumeRule } from "../products/volumeRule.js";
import type { Step } from "../formula/model.js";
import { ALL_FORMULAS } from "../formula/formulas.js";
import type { RoundingPart } from "../formula/rounding.js";
import { statedSource, type StepSource } from "../formula/sources.js";
import { addStep } from "../formula/step.js";

/** A volume by weight in mL, and the whole vials that it takes, with the steps of the calculation. */
export interface BandVolume {
  readonly volumeMl: string;
  readonly vials: string;
  readonly steps: readonly Step[];
}

/** The lowest upper limit that the weight does not exceed; a weight on a limit belongs to the lower band. */
function upperLimit(weight: Fraction, limits: readonly string[], weightKg: string): Fraction {
  const found = limits
    .map((limit) => readFraction(parsePositiveDecimal(limit, "rule.bandUpperKg")))
    .sort(compare)
    .find((limit) => compare(weight, limit) <= 0);
  if (found !== undefined) return found;
  return fail("dose.weight_band", "rule.bandUpperKg", `No weight band reaches ${weightKg} kg.`, {
    parameters: { weight: weightKg },
  });
}

/**
 * Volume and vials of a product that is dosed by volume and weight band.
 *
 * band-upper-limit: V = upper limit × mL/kg, half-up to `stepMl`; rounded-weight: V = weight half-up to `stepKg` (at
 * most `flatFromKg`) × mL/kg. vials = ceiling(V / vialMl).
 *
 * @param weightKg - kilograms as text
 * @param vialMl - mL of one vial
 * @throws AllocellError `dose.weight_band` and those of a weight and a number
 */
export function computeBandVolume(weightKg: string, rule: VolumeRule, vialMl: string, source: string): BandVolume {
  const kg = parseWeightKg(weightKg, "weightKg", { unitInName: true });
  const weight = readFraction(kg);
  const steps: Step[] = [];
  const mlPerKg = readFraction(parsePositiveDecimal(rule.mlPerKg, "rule.mlPerKg"));
  let basis: Fraction;
  let volume: Fraction;
  if (rule.kind === "band-upper-limit") {
    basis = upperLimit(weight, rule.bandUpperKg, kg);
    volume = halfUp(times(basis, mlPerKg), readFraction(rule.stepMl));
  } else {
    const flat = readFraction(parseWeightKg(rule.flatFromKg, "rule.flatFromKg", { unitInName: true }));
    const rounded = halfUp(weight, readFraction(parsePositiveDecimal(rule.stepKg, "rule.stepKg")));
    basis = compare(weight, flat) >= 0 ? flat : rounded;
    volume = times(basis, mlPerKg);
  }
  const values = { w: kg, b: basis, m: mlPerKg };
  const isUpper = rule.kind === "band-upper-limit";
  const rounding: RoundingPart = isUpper
    ? { key: "halfUp", to: `${rule.stepMl} mL` }
    : { key: "weightHalfUp", to: `${rule.stepKg} kg` };
  const stated: StepSource = [statedSource(source)];
  const about = { source: stated, rounded: { rule: [rounding], result: volume } };
  addStep({ formulas: ALL_FORMULAS, steps }, isUpper ? "band-volume:upper" : "band-volume:rounded", values, about);
  const vial = parsePositiveDecimal(vialMl, "vialMl");
  const quotient = addStep({ formulas: ALL_FORMULAS, steps }, "vials", { V: volume, vial }, { source: stated });
  const [volumeMl, vials] = [decimalText(volume), decimalText(ceiling(quotient))];
  return deepFreeze({ volumeMl, vials, steps });
}
