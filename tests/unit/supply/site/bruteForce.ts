import type { SiteAllocation } from "../../../../src/supply/index.js";

/** The probability that `count` participants fit the stock, by walking through every sequence draw by draw. */
export function drawProbability(allocation: SiteAllocation, count: number, stock: readonly number[]): number {
  const { kind, ratio } = allocation;
  const sizes = allocation.sizes ?? [];
  const weights = allocation.weights ?? sizes.map(() => 1);
  const sum = ratio.reduce((a, b) => a + b, 0);
  const all = weights.reduce((a, b) => a + b, 0);
  const walk = (n: number, used: readonly number[], open: readonly number[]): number => {
    if (used.some((kits, k) => kits > stock[k]!)) return 0;
    if (n === count) return 1;
    const left = open.reduce((a, b) => a + b, 0);
    if (kind === "permuted-block" && left === 0) {
      const begin = (size: number): number[] => ratio.map((share) => (share * size) / sum);
      return sizes.reduce((total, size, s) => total + (weights[s]! / all) * walk(n, used, begin(size)), 0);
    }
    return ratio.reduce((total, share, k) => {
      const chance = kind === "complete" ? share / sum : open[k]! / left;
      if (chance === 0) return total;
      const next = used.map((kits, i) => (i === k ? kits + 1 : kits));
      return (
        total +
        chance *
          walk(
            n + 1,
            next,
            open.map((balls, i) => (i === k ? balls - 1 : balls)),
          )
      );
    }, 0);
  };
  return walk(
    0,
    ratio.map(() => 0),
    ratio.map(() => 0),
  );
}
