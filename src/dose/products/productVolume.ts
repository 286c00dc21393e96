import { fail } from "../../foundation/index.js";
import { compare, parseWeightKg, readFraction } from "../../quantity/index.js";
import { computeBandVolume, type BandVolume } from "../preparation/weightBandVolume.js";
import { productById } from "./productById.js";

/**
 * Volume and vials of a product that is dosed by volume, by its own rule.
 *
 * @param weightKg - kilograms as text
 * @throws AllocellError `dose.product_unknown`; `dose.product_not_by_volume`; `dose.weight_band` outside the weights that
 *   the sources state; and those of {@link computeBandVolume}
 * @example
 * computeProductVolume("elevidys", "10.5").vials; // "11"
 */
export function computeProductVolume(product: string, weightKg: string): BandVolume {
  const { name, volume, indication } = productById(product);
  if (volume === undefined) {
    return fail(
      "dose.product_not_by_volume",
      "product",
      `${name} is dosed by cells, not by volume: prepare an order.`,
      { parameters: { name } },
    );
  }
  const { rule, vialMl, source } = volume;
  const { from, to } = indication?.weightKg ?? {};
  const kg = readFraction(parseWeightKg(weightKg, "weightKg", { unitInName: true }));
  const isLighter = from !== undefined && compare(kg, readFraction(from)) < 0;
  if (isLighter || (to !== undefined && compare(kg, readFraction(to)) > 0)) {
    const expected = [...(from === undefined ? [] : [`from ${from} kg`]), ...(to === undefined ? [] : [`to ${to} kg`])];
    const message = `The sources of ${name} state no volume for ${weightKg} kg: ${expected.join(" ")}.`;
    return fail("dose.weight_band", "weightKg", message, {
      expected: expected.join(" "),
      received: `${weightKg} kg`,
      parameters: { name },
    });
  }
  return computeBandVolume(weightKg, rule, vialMl, source);
}
