import type { NumberFormat } from "../../../list/index.js";
import checkDigit from "./check-digit.py";
import maskedNumber from "./masked-number.py";
import number from "./number.py";
import placesInOrder from "./places-in-order.py";
import shuffledPlaces from "./shuffled-places.py";

/** The numbers of rows and of participants; the mask and the order of places only where a plan has them. */
export function pythonNumbers({ mask, shuffle }: NumberFormat): readonly string[] {
  return [
    ...(mask?.includes("{check}") === true ? [checkDigit] : []),
    shuffle === undefined ? placesInOrder : shuffledPlaces,
    mask === undefined ? number : maskedNumber,
  ];
}
