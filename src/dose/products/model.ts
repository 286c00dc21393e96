import type { UnitKind } from "../../quantity/index.js";
import type { Bounds, WeightBand } from "../preparation/model.js";
import type { VolumeRule } from "./volumeRule.js";

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

/** What of an order a statement speaks of; units as in the order. */
export type LabelQuantity =
  /** Target of one administration. */
  | "dose"
  | "content"
  | "fillMl"
  | "perMl"
  | "rateMlPerMin"
  | "minutes"
  | "stabilityMinutes"
  | "dmsoPercentVv"
  | "dmsoMgPerMl"
  | "viability";

/**
 * A statement in numbers, with which an order is compared: between two ends, both included, one of the values listed, or
 * a sum of containers that are listed, each as often as wanted.
 */
export interface LabelValue {
  readonly of: LabelQuantity;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly oneOf?: readonly string[];
  /** The smallest container, of which the others are multiples. */
  readonly multipleOf?: string;
}

/** A statement of a source, in our words. */
export interface Cited {
  readonly statement: string;
  /** Several are separated by "; ". */
  readonly source: string;
}

/** For whom a dose is. The words of sources are read so: an adult is 18 years or older, a child is below 18. */
export interface Indication extends Cited {
  /** `from` is included, `below` is not: "4 to 17 years" is from 4 and below 18. */
  readonly ageYears?: { readonly from?: string; readonly below?: string };
  /** Both ends included. */
  readonly weightKg?: { readonly from?: string; readonly to?: string };
}

export interface ProductFact extends Cited {
  readonly topic: ProductTopic | "other";
  /** The numbers of the statement; an order that differs is warned of. */
  readonly says?: readonly LabelValue[];
}

/** One dose rule of a product; amounts are plain decimal text in the product's unit kind. */
export interface Regimen {
  readonly id: string;
  readonly title: string;
  /** The dose that is aimed at; absent where the sources give a range only. */
  readonly target?: { readonly kind: "per-kg" | "flat"; readonly amount: string };
  readonly range?: Bounds | readonly WeightBand[];
  readonly cap?: string;
  readonly indication?: Indication;
  readonly source: string;
}

/** What a label says of the dose, in numbers of {@link Regimen}. */
export type LabelDose = Pick<Regimen, "target" | "range" | "cap">;

/** A licensed or published product as far as its sources say; what they do not say is absent. */
export interface Product {
  readonly id: string;
  readonly name: string;
  /** `cells` where the sources do not say which: the order declares it. */
  readonly unitKind: UnitKind;
  readonly regimens: readonly Regimen[];
  readonly facts: readonly ProductFact[];
  /** Of a product without regimens. */
  readonly indication?: Indication;
  readonly storage?: Cited;
  readonly expiry?: Cited;
  /** By source, the day on which it was last read. Of an absent one the day was not recorded. */
  readonly readOn: Readonly<Partial<Record<string, string>>>;
  /** The drawn volume goes by the concentration of the very lot, never by a labelled one: the order must give it. */
  readonly goesByActualConcentration?: true;
  /** Of a product that is dosed by volume; its weight bands are the caller's where the sources list none. */
  readonly volume?: { readonly rule: VolumeRule; readonly vialMl: string; readonly source: string };
}
