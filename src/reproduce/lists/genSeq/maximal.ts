import { fail } from "../../../foundation/index.js";
import { rbinom1 } from "../../../random/index.js";
import type { Draws } from "./blocks.js";

/**
 * The maximal procedure as randomizeR draws it. With N0 participants in the larger arm (the first of two equal ones) and
 * N1 in the other, a place with y of x participants in the larger arm is allowed where |(x - y) - (N1 / N0) y| <= mti;
 * the ways from each place to the end are counted in doubles, and the smaller arm comes next with (ways after it) / (ways
 * from here).
 *
 * At an unequal ratio this is another design than `maximal` of a plan with the same tolerance.
 *
 * @returns a maker of one sequence of arms 0 and 1
 * @throws AllocellError `madeWith.options_conflict` where R refuses the parameters; `madeWith.unsupported` where the
 *   numbers of ways leave the doubles
 */
export function maximalProcedure(
  { N, mti, ratio }: { readonly N: number; readonly mti: number; readonly ratio: readonly number[] },
  { source }: Draws,
): () => number[] {
  const [a = 1, b = 1] = ratio;
  if (!(mti <= (a / (a + b)) * N && mti <= (b / (a + b)) * N)) {
    fail("madeWith.options_conflict", "mti", "mti is at most the number of participants in the smaller arm.", {
      expected: `at most ${Math.floor((Math.min(a, b) / (a + b)) * N)}`,
      received: String(mti),
    });
  }
  const larger = Math.round((Math.max(a, b) / (a + b)) * N);
  const ways = countWays(N, larger, mti);
  if (!Number.isFinite(ways[0]?.[0])) {
    fail("madeWith.unsupported", "N", "R counts more sequences than its numbers hold, and draws none.");
  }
  const isSwapped = b > a;
  return () => {
    let y = 0;
    return Array.from({ length: N }, (_, x) => {
      const isOther = rbinom1(source, (ways[x + 1]?.[y] ?? 0) / (ways[x]?.[y] ?? 1));
      y += 1 - isOther;
      return isSwapped ? 1 - isOther : isOther;
    });
  };
}

/** [x][y]: the ways from y of x participants in the larger arm to the end; 0 where the place is not allowed. */
function countWays(N: number, larger: number, mti: number): readonly Float64Array[] {
  const smaller = N - larger;
  const r = smaller / larger;
  const isAllowed = (x: number, y: number): boolean =>
    Math.abs(x - y - r * y) <= mti && x >= y && y <= larger && x - y <= smaller;
  const ways = Array.from({ length: N + 1 }, () => new Float64Array(larger + 2));
  for (let x = N; x >= 0; x -= 1) {
    const [here, after] = [ways[x], ways[x + 1]];
    if (here === undefined) continue;
    for (let y = 0; y <= Math.min(x, larger); y += 1) {
      if (isAllowed(x, y)) here[y] = after === undefined ? 1 : (after[y] ?? 0) + (after[y + 1] ?? 0);
    }
  }
  return ways;
}
