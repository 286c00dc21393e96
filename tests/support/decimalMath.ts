import { Decimal } from "decimal.js";

/** Arithmetic over decimal text by decimal.js alone, wide enough for every number of the tests. */
const Wide = Decimal.clone({ precision: 300, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -300, toExpPos: 300 });

export const addDecimal = (a: string, b: string): string => new Wide(a).plus(b).toFixed();
export const subtractDecimal = (a: string, b: string): string => new Wide(a).minus(b).toFixed();
export const multiplyDecimal = (a: string, b: string): string => new Wide(a).times(b).toFixed();
/** To 40 significant digits. */
export const divideDecimal = (a: string, b: string): string => new Wide(a).div(b).toSignificantDigits(40).toFixed();
export const compareDecimal = (a: string, b: string): number => new Wide(a).comparedTo(b);
/** The multiple of the step nearest to x / divisor, a tie away from zero. */
export const roundHalfUp = (x: string, step: string, divisor = "1"): string =>
  new Wide(x).div(divisor).toNearest(step, Decimal.ROUND_HALF_UP).toFixed();
