import { DOUBLES, UrnStates, Walk, type Urn } from "../procedure/index.js";

/** Entries that are added up at most: about a second. */
const MOST_WORK = 500_000;

/**
 * P(arm of the row) before anything is known, exactly but for rounding, by a walk over the states of the urn alone.
 *
 * @param rows - a whole number >= 1
 * @returns [arm][row]; undefined if there are too many states
 */
export function armProbabilities(urn: Urn<unknown>, rows: number): readonly (readonly number[])[] | undefined {
  const walk = new Walk(new UrnStates(urn), DOUBLES);
  const byArm: number[][] = Array.from({ length: urn.arms }, () => []);
  let masses = walk.start();
  let work = 0;
  for (let row = 0; row < rows; row += 1) {
    work += masses.size * urn.arms;
    if (work > MOST_WORK) return undefined;
    const next = walk.assign(masses).byArm;
    next.forEach((own, arm) => byArm[arm]?.push(walk.sum(own) ?? 0));
    masses = walk.merge(next);
  }
  return byArm;
}
