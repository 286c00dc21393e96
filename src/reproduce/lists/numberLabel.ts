/**
 * The text that R's `as.character()` makes of a whole number: the shorter of 123000 and 1.23e+05, the first if both are
 * as long. So 100000 becomes "1e+05", 110000 stays.
 *
 * @param value - an integer, at most 2^53 - 1 in size
 */
export function numberLabel(value: number): string {
  const fixed = String(value);
  const digits = String(Math.abs(value));
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return fixed;
  const mantissa = kept.length === 1 ? kept : `${kept.slice(0, 1)}.${kept.slice(1)}`;
  const exponent = String(digits.length - 1).padStart(2, "0");
  const scientific = `${value < 0 ? "-" : ""}${mantissa}e+${exponent}`;
  return fixed.length <= scientific.length ? fixed : scientific;
}
