/*
 * Who comes to the lists of a plan, and the imbalance of all lists together, of docs/assessment.md ("A whole plan"),
 * programmed a second time from that page alone: by simulation, and for ten participants by all ways of coming.
 */
import { drawBlocks } from "./secondDrawn.js";

export interface SecondPlan {
  readonly ratio: readonly number[];
  /** Block sizes, drawn with equal chances; none: complete randomization. */
  readonly sizes: readonly number[];
  /** Rows of each list. */
  readonly length: number;
  /** Levels of the factors, the centre first, the last factor fastest; there is a list for each combination. */
  readonly levels: readonly number[];
}

export interface SecondComing {
  readonly participants: number;
  /** By list. */
  readonly shares: readonly number[];
  /** By centre: how many have come to the trial before it opens. */
  readonly opensAfter?: readonly number[];
  readonly mostPerCentre?: number;
  readonly dropout?: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** How many come to each list. */
export function come(
  { participants, shares, opensAfter = [], mostPerCentre = Infinity, dropout = 0 }: SecondComing,
  centres: number,
  random: () => number,
): readonly number[] {
  const counts = shares.map(() => 0);
  const each = shares.length / centres;
  const inCentre = (centre: number): number => sumOf(counts.slice(centre * each, (centre + 1) * each));
  for (let i = 0; i < participants; i += 1) {
    if (random() < dropout) continue;
    const open = shares.map((share, list) => {
      const centre = Math.floor(list / each);
      return i >= (opensAfter[centre] ?? 0) && inCentre(centre) < mostPerCentre ? share : 0;
    });
    let x = random() * sumOf(open);
    const list = open.findIndex((share) => (x -= share) < 0);
    if (list >= 0) counts[list]! += 1;
  }
  return counts;
}

/** The lists that belong to a group: all, or those of one level of a factor. */
export type Group = readonly [factor: number, level: number] | undefined;

function belongs(list: number, levels: readonly number[], group: Group): boolean {
  if (group === undefined) return true;
  const after = levels.slice(group[0] + 1).reduce((product, count) => product * count, 1);
  const [factor, level] = group;
  return Math.floor(list / after) % (levels[factor] ?? 1) === level;
}

/** One trial: N_k - n rho_k in each group, by arm. */
export function pooledOnce(
  plan: SecondPlan,
  coming: SecondComing,
  groups: readonly Group[],
  random: () => number,
): readonly (readonly number[])[] {
  const { ratio, sizes, length, levels } = plan;
  const counts = come(coming, levels[0]!, random);
  // Whoever comes after the last row of a list is not allocated.
  const byList = counts.map((count) => {
    const rows = Math.min(count, length);
    const arms = drawBlocks(ratio, sizes.length === 0 ? [sumOf(ratio)] : sizes, rows, random);
    if (sizes.length > 0) return ratio.map((_, arm) => arms.filter((own) => own === arm).length);
    const drawn = arms.map(() => {
      let x = random() * sumOf(ratio);
      return ratio.findIndex((weight) => (x -= weight) < 0);
    });
    return ratio.map((_, arm) => drawn.filter((own) => own === arm).length);
  });
  return groups.map((group) => {
    const inArm = ratio.map((_, arm) =>
      sumOf(byList.flatMap((own, list) => (belongs(list, levels, group) ? [own[arm]!] : []))),
    );
    return inArm.map((count, arm) => count - (sumOf(inArm) * ratio[arm]!) / sumOf(ratio));
  });
}

/** The distribution of N_A - N_B of all lists together, two arms at 1:1: by all ways of coming and all lists. */
export function pooledByAllWays(
  shares: readonly number[],
  participants: number,
  length: number,
  chanceOfList: (arms: readonly number[]) => number,
): ReadonlyMap<number, number> {
  // By rows that are used: the distribution of N_A - N_B, from all lists.
  const ofList = Array.from({ length: length + 1 }, (_, rows) => {
    const law = new Map<number, number>();
    for (let code = 0; code < 2 ** rows; code += 1) {
      const arms = Array.from({ length: rows }, (__, row) => (code >> row) & 1);
      const difference = rows - 2 * sumOf(arms);
      law.set(difference, (law.get(difference) ?? 0) + chanceOfList(arms));
    }
    return law;
  });
  const result = new Map<number, number>();
  for (let code = 0; code < shares.length ** participants; code += 1) {
    const counts = shares.map(() => 0);
    let [rest, chance] = [code, 1];
    for (let i = 0; i < participants; i += 1) {
      const list = rest % shares.length;
      counts[list]! += 1;
      chance *= shares[list]!;
      rest = Math.floor(rest / shares.length);
    }
    const add = (list: number, difference: number, mass: number): void => {
      if (list === counts.length) {
        result.set(difference, (result.get(difference) ?? 0) + mass);
        return;
      }
      for (const [own, p] of ofList[Math.min(counts[list]!, length)]!) add(list + 1, difference + own, mass * p);
    };
    add(0, 0, chance);
  }
  return result;
}
