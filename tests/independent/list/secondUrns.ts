/*
 * The balls of docs/procedures.md, programmed a second time from that page alone: each as a function of what happened
 * so far (the arms in order), not of a state. Nothing of allocell is imported here.
 */
import {
  countsOf,
  dividedBy,
  fraction,
  least,
  lowestTerms,
  minus,
  plus,
  times,
  total,
  type Fraction,
  type Weights,
} from "./wholeNumbers.js";

/** The balls of every arm for the next participant. */
export type SecondUrn = (history: readonly number[]) => bigint[];

const NONE = 0n;

function reduced(ratio: readonly number[]): bigint[] {
  return lowestTerms(ratio.map(BigInt));
}

export function complete(ratio: readonly number[]): SecondUrn {
  return () => reduced(ratio);
}

export function randomAllocationRule(totals: readonly number[]): SecondUrn {
  return (history) => countsOf(history, totals.length).map((count, arm) => BigInt(totals[arm]!) - count);
}

export function truncatedBinomial(ratio: readonly number[], totals: readonly number[]): SecondUrn {
  return (history) =>
    countsOf(history, totals.length).map((count, arm) => (count < BigInt(totals[arm]!) ? reduced(ratio)[arm]! : NONE));
}

export function truncatedBinomialBlocks(ratio: readonly number[], size: number): SecondUrn {
  const weights = reduced(ratio);
  const sets = size / Number(total(weights));
  const block = truncatedBinomial(
    ratio,
    weights.map((weight) => sets * Number(weight)),
  );
  return (history) => block(history.slice(history.length - (history.length % size)));
}

/** Blocks in a stated order: the history is dealt to the blocks in turn, and the open one has what is left of it. */
export function orderedBlocks(ratio: readonly number[], sizes: readonly number[]): SecondUrn {
  const weights = reduced(ratio);
  return (history) => {
    let block = 0;
    let open = history;
    while (open.length >= sizes[block % sizes.length]!) {
      open = open.slice(sizes[block % sizes.length]);
      block += 1;
    }
    const sets = BigInt(sizes[block % sizes.length]!) / total(weights);
    return countsOf(open, weights.length).map((count, arm) => sets * weights[arm]! - count);
  };
}

export function maximal(ratio: readonly number[], rows: number, tolerance: number): SecondUrn {
  const weights = reduced(ratio);
  const sum = total(weights);
  const known = new Map<string, bigint>();
  const ways = (counts: Weights): bigint => {
    const n = total(counts);
    const admissible = counts.every((count, arm) => {
      const away = 2n * (sum * count - n * weights[arm]!);
      return away <= BigInt(tolerance) * sum && -away <= BigInt(tolerance) * sum;
    });
    if (!admissible) return 0n;
    if (n > BigInt(rows)) return 0n;
    if (n === BigInt(rows)) return counts.every((count, arm) => count * sum === n * weights[arm]!) ? 1n : 0n;
    const name = counts.join();
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = total(counts.map((_, arm) => ways(withOneMore(counts, arm))));
    known.set(name, found);
    return found;
  };
  return (history) => {
    const counts = countsOf(history, weights.length);
    return counts.map((_, arm) => ways(withOneMore(counts, arm)));
  };
}

function withOneMore(counts: Weights, arm: number): bigint[] {
  return counts.map((count, each) => count + (each === arm ? 1n : 0n));
}

/** A two-arm urn by D = N_A - N_B, told for D > 0 only: [balls of the smaller arm, balls of the larger arm]. */
function byLead(ofLead: (lead: bigint) => readonly [smaller: bigint, larger: bigint]): SecondUrn {
  return (history) => {
    const [a, b] = countsOf(history, 2) as [bigint, bigint];
    if (a === b) return [1n, 1n];
    const [smaller, larger] = ofLead(a > b ? a - b : b - a);
    return a > b ? [larger, smaller] : [smaller, larger];
  };
}

export function bigStick(tolerance: number): SecondUrn {
  return byLead((lead) => (lead < BigInt(tolerance) ? [1n, 1n] : [1n, 0n]));
}

export function efron(probability: Fraction): SecondUrn {
  return byLead(() => [probability.over, probability.under - probability.over]);
}

export function chen(probability: Fraction, tolerance: number): SecondUrn {
  return byLead((lead) =>
    lead < BigInt(tolerance) ? [probability.over, probability.under - probability.over] : [1n, 0n],
  );
}

export function ehrenfest(tolerance: number): SecondUrn {
  return (history) => {
    const [a, b] = countsOf(history, 2) as [bigint, bigint];
    return [BigInt(tolerance) - (a - b), BigInt(tolerance) + (a - b)];
  };
}

export function wei(arms: number, initial: number, added: number): SecondUrn {
  return (history) => {
    if (initial === 0 && history.length === 0) return Array<bigint>(arms).fill(1n);
    return countsOf(history, arms).map((count) => BigInt(initial) + BigInt(added) * (BigInt(history.length) - count));
  };
}

export function blockUrn(ratio: readonly number[], lambda: number): SecondUrn {
  const weights = reduced(ratio);
  return (history) => {
    const counts = countsOf(history, weights.length);
    const sets = least(counts.map((count, arm) => count / weights[arm]!));
    return counts.map((count, arm) => weights[arm]! * (BigInt(lambda) + sets) - count);
  };
}

export function massWeightedUrn(ratio: readonly number[], alpha: Fraction): SecondUrn {
  const weights = reduced(ratio);
  return (history) =>
    countsOf(history, weights.length).map((count, arm) => {
      const n = BigInt(history.length);
      const mass = (alpha.over + n * alpha.under) * weights[arm]! - alpha.under * total(weights) * count;
      return mass > 0n ? mass : 0n;
    });
}

export function brickTunnel(ratio: readonly number[]): SecondUrn {
  const [weightA, weightB] = reduced(ratio) as [bigint, bigint];
  const sum = weightA + weightB;
  return (history) => {
    const made = BigInt(history.length) * weightA;
    const rest = made % sum;
    const above = countsOf(history, 2)[0]! > made / sum;
    if (rest + weightA < sum) return above ? [0n, 1n] : [weightA, sum - rest - weightA];
    return above ? [rest + weightA - sum, sum - weightA] : [1n, 0n];
  };
}

/** The probability of a whole sequence under an urn without hidden balls. */
export function chanceOf(urn: SecondUrn, sequence: readonly number[]): Fraction {
  return sequence
    .map((arm, row) => {
      const balls = urn(sequence.slice(0, row));
      return fraction(balls[arm]!, total(balls));
    })
    .reduce(times, fraction(1n));
}

/** The probability of a sequence when an equal procedure runs on fictitious arms, `ratio[k]` of which count as arm k. */
export function chanceMerged(equal: SecondUrn, ratio: readonly number[], sequence: readonly number[]): Fraction {
  const owners = reduced(ratio).flatMap((weight, arm) => Array<number>(Number(weight)).fill(arm));
  const from = (past: readonly number[]): Fraction => {
    if (past.length === sequence.length) return fraction(1n);
    const balls = equal(past);
    return owners
      .flatMap((owner, arm) => (owner === sequence[past.length] && balls[arm]! > 0n ? [arm] : []))
      .map((arm) => times(fraction(balls[arm]!, total(balls)), from([...past, arm])))
      .reduce(plus, fraction(0n));
  };
  return from([]);
}

/**
 * Hadamard blocks: the rows made of the residues modulo 11 and their mirror images. The page does not say where the
 * border column stands nor in which direction the residues run; `variant` chooses.
 */
export function hadamardRows(variant: { readonly borderFirst: boolean; readonly direction: 1 | -1 }): number[][] {
  const residues = new Set([1, 2, 3, 4, 5].map((x) => (x * x) % 11));
  const rows = Array.from({ length: 11 }, (_, shift) => {
    const inside = Array.from({ length: 11 }, (_, place) => {
      const apart = (variant.direction * (place - shift) + 11) % 11;
      return apart === 0 || residues.has(apart) ? 0 : 1;
    });
    return variant.borderFirst ? [1, ...inside] : [...inside, 1];
  });
  return [...rows, ...rows.map((row) => row.map((arm) => 1 - arm))];
}

export function chanceHadamard(rows: readonly (readonly number[])[], sequence: readonly number[]): Fraction {
  let chance = fraction(1n);
  for (let start = 0; start < sequence.length; start += 12) {
    const block = sequence.slice(start, start + 12);
    const fitting = rows.filter((row) => block.every((arm, place) => row[place] === arm));
    chance = times(chance, fraction(BigInt(fitting.length), BigInt(rows.length)));
  }
  return chance;
}

/** Bounds of the probability of a sequence under drop the loser, at most `deep` immigrations being followed in all. */
export function boundsDropTheLoser(
  ratio: readonly number[],
  immigration: number,
  sequence: readonly number[],
  deep: number,
): { readonly lower: Fraction; readonly upper: Fraction } {
  const weights = reduced(ratio);
  let lost = fraction(0n);
  // by[m]: the probability of the sequence so far together with m immigrations so far.
  let by = Array.from({ length: deep + 1 }, (_, m) => fraction(m === 0 ? 1n : 0n));
  sequence.forEach((arm, row) => {
    const counts = countsOf(sequence.slice(0, row), weights.length);
    const next: Fraction[] = [];
    let arriving = fraction(0n);
    for (let m = 0; m <= deep; m += 1) {
      const balls = weights.map((weight, each) => weight * (1n + BigInt(immigration * m)) - counts[each]!);
      const all = total(balls) + 1n;
      const here = plus(by[m]!, arriving);
      if (here.over === 0n) {
        next.push(here);
        continue;
      }
      next.push(times(here, fraction(balls[arm]!, all)));
      arriving = times(here, fraction(1n, all));
    }
    lost = plus(lost, arriving);
    by = next;
  });
  const lower = by.reduce(plus, fraction(0n));
  return { lower, upper: plus(lower, lost) };
}

/** Whether a is at most b. */
export function atMost(a: Fraction, b: Fraction): boolean {
  return minus(b, a).over >= 0n;
}

/** P(next arm | history), from the probabilities of two sequences. */
export function chanceNext(longer: Fraction, shorter: Fraction): Fraction {
  return dividedBy(longer, shorter);
}
