export { UNIT_KINDS, type UnitKind } from "./unitKind.js";
export { parsePositiveDecimal } from "./parseNumber.js";
export { parseWeightKg } from "./parseWeight.js";
export { parseCountText, parseDoseText, type Count, type DoseText } from "./parseDose.js";
export {
  addDecimal,
  compareDecimal,
  divideDecimal,
  multiplyDecimal,
  roundHalfUp,
  subtractDecimal,
} from "./arithmetic.js";
export { groupThousands } from "./decimalText.js";
export { formatCount, formatDecimal, formatDoseRate, type Display } from "./format.js";
