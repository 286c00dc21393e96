import { requireSource, type WordSource } from "../source.js";
import { fail } from "../../foundation/index.js";
import { unifRand } from "./unifRand.js";

/**
 * R's `rbinom(1, 1, p)`: 1 with probability p, else 0.
 *
 * q = 1 - min(p, 1 - p). For p <= 1/2: 1 if u >= q; for p > 1/2: 1 if u < q. p = 0 and p = 1 draw nothing.
 *
 * @param p - a number in [0, 1], both included
 * @throws AllocellError `random.r_probability_invalid`
 */
export function rbinom1(source: WordSource, p: number): 0 | 1 {
  requireSource(source);
  if (!(p >= 0 && p <= 1)) {
    return fail("random.r_probability_invalid", "p", "A probability lies between 0 and 1.", {
      expected: "a number in [0, 1]",
      received: String(p),
    });
  }
  if (p === 0 || p === 1) return p;
  const q = 1 - Math.min(p, 1 - p);
  const below = unifRand(source) < q;
  return below === p > 0.5 ? 1 : 0;
}
