/*
 * A second program, from docs/procedures-adaptive.md, docs/assessment.md and docs/assessment-trial.md alone: whole trials
 * under minimization by the range, with the measures of those pages.
 */

/** A small generator of its own (Lehmer's with 48271), so that nothing is shared with the program that is tested. */
export function lehmer(seed: number): () => number {
  let x = seed;
  return () => (x = (x * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export interface SecondTrial {
  readonly arms: number;
  /** Levels of each factor, the centre first. */
  readonly levels: readonly number[];
  readonly participants: number;
}

type Person = readonly number[];
type Assigned = readonly [person: Person, arm: number];

/** Probabilities of the arms under minimization with p and ties by lot, all weights 1, arms at equal ratio. */
function chancesOf(past: readonly Assigned[], person: Person, arms: number, p: number): readonly number[] {
  const scores = Array.from({ length: arms }, (_, candidate) =>
    person.reduce((sum, level, factor) => {
      const counts = Array.from(
        { length: arms },
        (__, arm) => past.filter(([own, a]) => a === arm && own[factor] === level).length + (arm === candidate ? 1 : 0),
      );
      return sum + Math.max(...counts) - Math.min(...counts);
    }, 0),
  );
  const tied = scores.filter((score) => score === Math.min(...scores)).length;
  return scores.map((score) => {
    const lost = (1 - p) / (arms - 1);
    return score === Math.min(...scores) ? (p + (tied - 1) * lost) / tied : lost;
  });
}

/** Sums over one trial of what is measured; squares of deviations are means over the arms. */
export interface SecondSums {
  pooled: number;
  margins: number;
  lossOverall: number;
  lossStrata: number;
  everything: number;
  ownCentre: number;
  deterministic: number;
  largest: number;
}

/** The deviations N_k - n/K of those who are in a group. */
function deviations(of: readonly Assigned[], arms: number): readonly number[] {
  return Array.from({ length: arms }, (_, arm) => of.filter(([, own]) => own === arm).length - of.length / arms);
}

const squares = (values: readonly number[]): number => values.reduce((sum, x) => sum + x * x, 0);

/** D of two arms, else the largest deviation. */
function imbalance(of: readonly Assigned[], arms: number): number {
  const own = deviations(of, arms).map(Math.abs);
  return arms === 2 ? 2 * (own[0] ?? 0) : Math.max(...own);
}

/** One trial under minimization. */
export function minimized({ arms, levels, participants }: SecondTrial, p: number, random: () => number): SecondSums {
  const past: Assigned[] = [];
  const largest = new Map<string, number>();
  const sums = { everything: 0, ownCentre: 0, deterministic: 0 };
  for (let i = 0; i < participants; i += 1) {
    const person = levels.map((count) => Math.floor(random() * count));
    const chances = chancesOf(past, person, arms, p);
    const best = Math.max(...chances);
    sums.everything += best / participants;
    if (best > 1 - 1e-12) sums.deterministic += 1 / participants;
    const centre = past.filter(([own]) => own[0] === person[0]);
    const counts = chances.map((_, arm) => centre.filter(([, own]) => own === arm).length);
    const guessed = chances.filter((_, arm) => counts[arm] === Math.min(...counts));
    sums.ownCentre += guessed.reduce((a, b) => a + b, 0) / guessed.length / participants;
    let x = random();
    let arm = 0;
    while (arm < arms - 1 && x >= (chances[arm] ?? 0)) {
      x -= chances[arm] ?? 0;
      arm += 1;
    }
    past.push([person, arm]);
    const stratum = past.filter(([own]) => own.join() === person.join());
    largest.set(person.join(), Math.max(largest.get(person.join()) ?? 0, imbalance(stratum, arms)));
  }
  const strata = [...largest.keys()].map((key) => past.filter(([own]) => own.join() === key));
  const loss = (of: readonly Assigned[]): number => (squares(deviations(of, arms)) * arms) / of.length;
  const ofFactors = levels.map((count, factor) =>
    Array.from({ length: count }, (_, level) =>
      squares(
        deviations(
          past.filter(([own]) => own[factor] === level),
          arms,
        ),
      ),
    ).reduce((sum, own) => sum + own / arms / count, 0),
  );
  return {
    ...sums,
    pooled: squares(deviations(past, arms)) / arms,
    margins: ofFactors.reduce((a, b) => a + b, 0) / levels.length,
    lossOverall: loss(past),
    lossStrata: strata.reduce((sum, own) => sum + loss(own), 0),
    largest: [...largest.values()].reduce((a, b) => a + b, 0) / largest.size,
  };
}

/** Means and standard errors over trials. */
export function means(trials: number, one: () => SecondSums): Readonly<Record<keyof SecondSums, [number, number]>> {
  const all = Array.from({ length: trials }, one);
  const names = Object.keys(all[0] ?? {}) as (keyof SecondSums)[];
  return Object.fromEntries(
    names.map((name) => {
      const mean = all.reduce((sum, own) => sum + own[name], 0) / trials;
      const variance = all.reduce((sum, own) => sum + (own[name] - mean) ** 2, 0) / (trials - 1);
      return [name, [mean, Math.sqrt(variance / trials)]];
    }),
  ) as Readonly<Record<keyof SecondSums, [number, number]>>;
}
