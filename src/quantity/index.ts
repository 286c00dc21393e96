export { CELL_KINDS, UNIT_KINDS, type UnitKind } from "./unitKind.js";
export { parseDecimalOrZero, parsePositiveDecimal } from "./parseNumber.js";
export { parseWeightKg } from "./parseWeight.js";
export { parseCountText, parseDoseText, type Count, type DoseText } from "./parseDose.js";
export {
  absolute,
  ceiling,
  compare,
  floor,
  floorTo,
  fraction,
  fractionText,
  halfUp,
  lowest,
  minus,
  ONE,
  over,
  plus,
  readFraction,
  sign,
  smaller,
  times,
  toNumber,
  ZERO,
  type Fraction,
} from "./fraction.js";
export { decimalsAsText, decimalText, roundedText, toDecimal, type Numeric, type WithDecimals } from "./decimal.js";
export { groupThousands, requireDecimal } from "./decimalText.js";
export { formatCount, formatDecimal, formatDose, type Display } from "./format.js";
