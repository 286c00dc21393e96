import type { Estimate } from "../../assessment/index.js";

/** Digits after the point, a sign that is a minus, no locale. */
export function number(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return /^-0(?:\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** A share as a percentage, such as `12.5 %`. */
export const percent = (share: number, digits = 1): string => `${number(100 * share, digits)} %`;

/** An estimate; simulated ones with their standard error. A fraction that is short stands beside the number. */
export function estimateText(estimate: Estimate, digits: number): string {
  const { value, standardError, fraction } = estimate;
  const error = standardError > 0 ? ` (SE ${number(standardError, digits + 1)})` : "";
  const exact = fraction !== undefined && fraction.length <= 15 ? ` = ${fraction}` : "";
  return `${number(value, digits)}${error}${exact}`;
}

export function percentText(estimate: Estimate): string {
  const { value, standardError, fraction } = estimate;
  const error = standardError > 0 ? ` (SE ${number(100 * standardError, 2)})` : "";
  const exact = fraction !== undefined && fraction.length <= 15 ? ` = ${fraction}` : "";
  return `${percent(value)}${error}${exact}`;
}

/** A probability, small ones as a bound. */
export function probability(value: number): string {
  if (value <= 0) return "0";
  return value < 0.001 ? "< 0.001" : number(value, 3);
}
