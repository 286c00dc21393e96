/*
 * Rules by which a participant of a whole trial is allocated, of docs/procedures-adaptive.md and docs/assessment-trial.md,
 * programmed a second time from those pages alone, in ordinary numbers.
 */

/** How many are in each arm: of all, by factor and level, and by the combination of all levels. */
export interface Tally {
  readonly all: readonly number[];
  readonly byLevel: readonly (readonly (readonly number[])[])[];
  readonly byCombination: ReadonlyMap<string, readonly number[]>;
}

export type Person = readonly number[];
export type Rule = (tally: Tally, person: Person) => readonly number[];

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export interface SecondMinimization {
  readonly ratio: readonly number[];
  /** By factor; 0: it is not looked at. */
  readonly weights: readonly number[];
  readonly measure: "range" | "variance";
  readonly law:
    | { readonly kind: "fixed"; readonly p: number }
    | { readonly kind: "rank"; readonly q: number }
    | { readonly kind: "proportional"; readonly t: number };
}

/** Whole numbers in place of the imbalance of a level: multiplied out by a common multiple of the ratio. */
function imbalanceOf(counts: readonly number[], ratio: readonly number[], measure: "range" | "variance"): number {
  const common = ratio.reduce((product, weight) => product * weight, 1);
  const filled = counts.map((count, k) => (count * common) / ratio[k]!);
  if (measure === "range") return Math.max(...filled) - Math.min(...filled);
  return filled.length * sumOf(filled.map((x) => x * x)) - sumOf(filled) ** 2;
}

export function minimization({ ratio, weights, measure, law }: SecondMinimization): Rule {
  const [arms, sum] = [ratio.length, sumOf(ratio)];
  return ({ byLevel }, person) => {
    const scores = ratio.map((_, put) =>
      sumOf(
        person.map((level, factor) => {
          const counts = byLevel[factor]![level]!.map((count, arm) => count + (arm === put ? 1 : 0));
          return weights[factor]! * imbalanceOf(counts, ratio, measure);
        }),
      ),
    );
    if (law.kind === "proportional") {
      const all = sumOf(scores);
      return all === 0 ? ratio.map(() => 1 / arms) : scores.map((own) => (1 - (law.t * own) / all) / (arms - law.t));
    }
    if (law.kind === "rank") {
      return scores.map((own) => {
        const lower = scores.filter((other) => other < own).length;
        const alike = scores.filter((other) => other === own).length;
        const rank = lower + (alike + 1) / 2;
        return law.q - (2 * (arms * law.q - 1) * rank) / (arms * (arms + 1));
      });
    }
    const isTied = scores.map((own) => own === Math.min(...scores));
    if (isTied.every(Boolean)) return ratio.map((weight) => weight / sum);
    // Han's law for the arm that is drawn among the tied ones with the weights of the ratio.
    const spread = sum - Math.min(...ratio);
    const tiedWeight = sumOf(ratio.filter((_, arm) => isTied[arm]));
    return ratio.map((weight, arm) =>
      sumOf(
        ratio.map((own, preferred) => {
          if (!isTied[preferred]) return 0;
          const chance =
            preferred === arm ? 1 - ((1 - law.p) * (sum - weight)) / spread : ((1 - law.p) * weight) / spread;
          return (own / tiedWeight) * chance;
        }),
      ),
    );
  };
}

export interface SecondHuHu {
  readonly overall: number;
  readonly factors: readonly number[];
  readonly stratum: number;
  readonly p: number;
}

export function huHu({ overall, factors, stratum, p }: SecondHuHu): Rule {
  const lead = (counts: readonly number[]): number => counts[0]! - counts[1]!;
  return ({ all, byLevel, byCombination }, person) => {
    const pull =
      overall * lead(all) +
      sumOf(person.map((level, factor) => factors[factor]! * lead(byLevel[factor]![level]!))) +
      stratum * lead(byCombination.get(person.join()) ?? [0, 0]);
    if (pull === 0) return [0.5, 0.5];
    return pull < 0 ? [p, 1 - p] : [1 - p, p];
  };
}

/** Permuted blocks of one size in every combination of all factors. */
export function stratifiedBlocks(ratio: readonly number[], size: number): Rule {
  return ({ byCombination }, person) => {
    const counts = byCombination.get(person.join()) ?? ratio.map(() => 0);
    const sets = size / sumOf(ratio);
    const blocks = Math.floor(sumOf(counts) / size);
    const left = ratio.map((weight, arm) => (blocks + 1) * sets * weight - counts[arm]!);
    return left.map((balls) => balls / sumOf(left));
  };
}

export function completely(ratio: readonly number[]): Rule {
  return () => ratio.map((weight) => weight / sumOf(ratio));
}
