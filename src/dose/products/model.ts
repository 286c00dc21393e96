import type { UnitKind } from "../../quantity/index.js";
import type { Bounds, WeightBand } from "../preparation/model.js";

/** What a preparation needs to know of a product. */
export type ProductTopic =
  | "dose"
  | "containerContent"
  | "containerVolume"
  | "concentration"
  | "finalVolume"
  | "rate"
  | "stability"
  | "dmso"
  | "minimumViability"
  | "lotMixing"
  | "administrations";

/** One statement of a source, in our words. */
export interface ProductFact {
  readonly topic: ProductTopic | "other";
  readonly statement: string;
  readonly source: string;
}

/** One dose rule of a product; amounts are plain decimal text in the product's unit kind. */
export interface Regimen {
  readonly id: string;
  readonly title: string;
  /** The dose that is aimed at; absent where the sources give a range only. */
  readonly target?: { readonly kind: "per-kg" | "flat"; readonly amount: string };
  readonly range?: Bounds | readonly WeightBand[];
  readonly cap?: string;
  readonly source: string;
}

/** A licensed or published product as far as its sources say; what they do not say is absent. */
export interface Product {
  readonly id: string;
  readonly name: string;
  /** `cells` where the sources do not say which: the order declares it. */
  readonly unitKind: UnitKind;
  readonly regimens: readonly Regimen[];
  readonly facts: readonly ProductFact[];
}
