import { requireFields } from "../../foundation/index.js";
import type { Product } from "./model.js";

/** The day on which the products' sources were last read, all those that could be had again. */
export const READ = "2026-11-29";

/** A source, and when it was last read; absent where the day was not recorded. */
export interface ProductSource {
  readonly source: string;
  readonly readOn?: string;
}

/** Every source of what is stated of a product, once. */
export function productSources(product: Product): readonly ProductSource[] {
  requireFields(product, "a product, as productById returns it", {
    regimens: "a list",
    facts: "a list",
    readOn: "a map",
  });
  const { regimens, facts, volume, indication, storage, expiry, readOn } = product;
  const cited = [
    ...regimens.flatMap((regimen) => [regimen, regimen.indication]),
    volume,
    ...facts,
    indication,
    storage,
    expiry,
  ].flatMap((each) => each?.source.split("; ") ?? []);
  return [...new Set(cited)].map((source) => {
    const day = readOn[source];
    return { source, ...(day === undefined ? {} : { readOn: day }) };
  });
}
