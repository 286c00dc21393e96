import { fail } from "../../foundation/index.js";
import { computeBandVolume, type BandVolume } from "../preparation/weightBandVolume.js";
import { productById } from "./productById.js";

/**
 * Volume and vials of a product that is dosed by volume, by its own rule.
 *
 * @param weightKg - kilograms as text
 * @param options.bandUpperKg - upper limits of the weight bands, where the product's sources in hand list none
 * @throws AllocellError `dose.product_unknown`; `dose.product_not_by_volume`; and those of {@link computeBandVolume}
 * @example
 * computeProductVolume("elevidys", "10.5").vials; // "11"
 */
export function computeProductVolume(
  product: string,
  weightKg: string,
  options: { readonly bandUpperKg?: readonly string[] } = {},
): BandVolume {
  const { name, volume } = productById(product);
  if (volume === undefined) {
    return fail("dose.product_not_by_volume", "product", `${name} is dosed by cells, not by volume: prepare an order.`);
  }
  const { rule, vialMl, source } = volume;
  const { bandUpperKg } = options;
  const ready = rule.kind === "band-upper-limit" && bandUpperKg !== undefined ? { ...rule, bandUpperKg } : rule;
  return computeBandVolume(weightKg, ready, vialMl, source);
}
