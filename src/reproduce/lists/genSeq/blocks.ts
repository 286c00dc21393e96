import { fail } from "../../../foundation/index.js";
import { hadamard } from "../../../procedure/index.js";
import { rbinom1, rIndex, type RSampleKind, sampleIndexes, type WordSource } from "../../../random/index.js";

/** The stream with the kind of `sample()` that draws from it. */
export interface Draws {
  readonly source: WordSource;
  readonly kind: RSampleKind;
}

/**
 * The lengths of the blocks of a list of N participants, drawn from `rb` where there are several.
 *
 * Not filled: until their sum reaches N. Filled: only lengths that still fit are drawn, one alone without a draw; where
 * none fits, the last block is taken back, and lengths from its own on are not tried again.
 *
 * @throws AllocellError `madeWith.options_conflict` where that comes to no end: R stops with an error there
 */
export function blockLengths(
  {
    N,
    rb,
    filledBlock = false,
  }: { readonly N: number; readonly rb: readonly number[]; readonly filledBlock?: boolean | undefined },
  { source, kind }: Draws,
): readonly number[] {
  const drawn: number[] = [];
  let open = rb;
  let sum = 0;
  while (sum < N) {
    const left = N - sum;
    const fitting = filledBlock ? open.filter((length) => length <= left) : open;
    if (fitting.length === 0) {
      const last = drawn.pop() ?? 0;
      sum -= last;
      open = open.filter((length) => length < last);
      if (open.length === 0) {
        fail(
          "madeWith.options_conflict",
          "rb",
          "From this seed randomizeR comes to no blocks that fill the list, and stops.",
        );
      }
      continue;
    }
    const next = fitting[fitting.length === 1 ? 0 : rIndex(source, fitting.length, kind)] ?? N;
    drawn.push(next);
    sum += next;
  }
  return drawn;
}

/**
 * Blocks of permuted arms: each is one `sample()` of arm 0 so many times, arm 1 so many times, ...
 *
 * @throws AllocellError `madeWith.unsupported` where R's division leaves an arm one place short (15:7 in blocks of 22)
 */
export function permutedBlocks(
  lengths: readonly number[],
  ratio: readonly number[],
  { source, kind }: Draws,
): number[] {
  const total = ratio.reduce((sum, part) => sum + part, 0);
  return lengths.flatMap((length) => {
    // R cuts off what its quotient has after the point.
    const arms = ratio.flatMap((part, arm) => Array.from({ length: Math.trunc((part / total) * length) }, () => arm));
    if (arms.length !== length) {
      fail(
        "madeWith.unsupported",
        "ratio",
        "R's quotient of ratio and sum loses a place of a block, and the list a row.",
        {
          expected: `a ratio that R divides into blocks of ${length}`,
          received: ratio.join(":"),
        },
      );
    }
    return sampleIndexes(source, { n: length, kind }).map((index) => arms[index] ?? 0);
  });
}

/** Blocks of the truncated binomial design: as many coins as places; once an arm has half, the other one fills up. */
export function truncatedBlocks(lengths: readonly number[], { source }: Draws): number[] {
  return lengths.flatMap((length) => {
    const coins = Array.from({ length }, () => rbinom1(source, 0.5));
    const counts = [0, 0];
    return coins.map((coin) => {
      const full = counts.findIndex((count) => count === length / 2);
      const arm = full < 0 ? coin : 1 - full;
      counts[arm] = (counts[arm] ?? 0) + 1;
      return arm;
    });
  });
}

/** Hadamard randomization: of each block of 12 a row from 11 is drawn, then whether its arms are exchanged. */
export function hadamardBlocks(N: number, { source, kind }: Draws): number[] {
  const rows = hadamard({ ratio: [1, 1] });
  const arms: number[] = [];
  while (arms.length < N) {
    const row = rIndex(source, 11, kind);
    const exchange = rIndex(source, 2, kind);
    for (let at = 0; at < 12; at += 1) {
      // The urn's state of this row and position has one ball, that of its arm.
      const arm = Number(rows.balls(1 + 12 * row + at, undefined)[1]);
      arms.push((arm + exchange) % 2);
    }
  }
  return arms.slice(0, N);
}
