import type { NumberFormat } from "../../../list/index.js";
import checkDigit from "./check-digit.R";
import maskedNumber from "./masked-number.R";
import number from "./number.R";
import placesInOrder from "./places-in-order.R";
import shuffledPlaces from "./shuffled-places.R";

/** The numbers of rows and of participants; the mask and the order of places only where a plan has them. */
export function rNumbers({ mask, shuffle }: NumberFormat): readonly string[] {
  return [
    ...(mask?.includes("{check}") === true ? [checkDigit] : []),
    shuffle === undefined ? placesInOrder : shuffledPlaces,
    mask === undefined ? number : maskedNumber,
  ];
}
