import { fail, gcd } from "../foundation/index.js";

/**
 * What happens at the end of a list whose length the blocks do not meet by themselves:
 *
 * - `whole`: the last block is kept whole, so the list may be a little longer
 * - `cut`: the list stops at its length, inside the last block, and its balance there is left to chance
 * - `fill`: the sizes are drawn given that they add up to the length exactly
 *
 * Absent: whole blocks, and the length must be one that they can meet.
 */
export type LastBlockPolicy = "whole" | "cut" | "fill";

/** What the name of a design says of it. */
export const LAST_BLOCK_NAMES: Readonly<Record<LastBlockPolicy, string>> = {
  whole: "",
  cut: ", the last block cut",
  fill: ", filling the list exactly",
};

/**
 * Whether whole blocks can add up to the rows at all; which ones do is left to the draw.
 *
 * @throws AllocellError `procedure.length_not_covered`, naming the nearest lengths that they can meet
 */
export function checkCovered(sizes: readonly number[], rows: number): void {
  const step = sizes.reduce(gcd);
  // In units of the common divisor: from the square of the largest size on, every number is a sum of sizes.
  const units = sizes.map((size) => size / step);
  const horizon = Math.max(...units) ** 2;
  const target = rows / step;
  if (Number.isInteger(target) && target > horizon) return;
  // The next sum above the target is at most the smallest unit away.
  const isSum = new Uint8Array(Math.min(horizon, Math.ceil(target) + Math.min(...units)) + 1);
  isSum[0] = 1;
  for (let n = 1; n < isSum.length; n += 1) isSum[n] = units.some((unit) => isSum[n - unit] === 1) ? 1 : 0;
  const isMet = (n: number): boolean => Number.isInteger(n) && (n > horizon || isSum[n] === 1);
  if (isMet(target)) return;
  let below = Math.ceil(target) - 1;
  let above = Math.floor(target) + 1;
  while (below > 0 && !isMet(below)) below -= 1;
  while (!isMet(above)) above += 1;
  const nearest = [below, above].filter((n) => n > 0).map((n) => n * step);
  fail("procedure.length_not_covered", "lastBlock", `Whole blocks of ${sizes.join(", ")} never make ${rows} rows.`, {
    expected: `a length that whole blocks meet (nearest: ${nearest.join(" or ")}), or a stated lastBlock: whole, cut or fill`,
    received: `${rows} rows and no lastBlock`,
    parameters: { sizes: sizes.join(", ") },
  });
}
