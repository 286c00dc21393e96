import { deepFreeze, fail } from "../../foundation/index.js";
import {
  ceiling,
  compare,
  decimalText,
  type Fraction,
  halfUp,
  over,
  parsePositiveDecimal,
  parseWeightKg,
  readFraction,
  times,
} from "../../quantity/index.js";
import type { VolumeRule } from "../products/volumeRule.js";
import type { PreparationStep } from "./result.js";
import { input } from "../step.js";
import { writtenStep } from "./trace.js";

export interface BandVolume {
  readonly volumeMl: string;
  readonly vials: string;
  readonly steps: readonly PreparationStep[];
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
  const steps: PreparationStep[] = [];
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
  const volumeMl = decimalText(volume);
  steps.push(
    writtenStep({
      id: "band-volume",
      title: "Volume by weight",
      formula:
        rule.kind === "band-upper-limit" ? "V = upper limit of the band b × mL/kg m" : "V = rounded weight b × mL/kg m",
      worked: `${decimalText(basis)} × ${rule.mlPerKg}`,
      inputs: [
        input("w", "measured weight", kg, "kg"),
        input("b", "weight that counts", decimalText(basis), "kg"),
        input("m", "volume for each kilogram", decimalText(mlPerKg), "mL/kg"),
      ],
      unit: "mL",
      rounding:
        rule.kind === "band-upper-limit" ? `half-up to ${rule.stepMl} mL` : `weight half-up to ${rule.stepKg} kg`,
      source,
      exact: decimalText(times(basis, mlPerKg)),
      result: volumeMl,
    }),
  );
  const quotient = over(volume, readFraction(parsePositiveDecimal(vialMl, "vialMl")));
  const vials = decimalText(ceiling(quotient));
  steps.push(
    writtenStep({
      id: "vials",
      title: "Vials",
      formula: "n = ceiling(volume V / volume of a vial)",
      worked: `ceiling(${volumeMl} / ${vialMl})`,
      inputs: [input("V", "volume", volumeMl, "mL"), input("vial", "volume of a vial", vialMl, "mL")],
      unit: "vials",
      rounding: "up to a whole number",
      source,
      exact: decimalText(quotient),
      result: vials,
    }),
  );
  return deepFreeze({ volumeMl, vials, steps });
}
