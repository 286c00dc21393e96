/** What an imbalance lets a guesser guess: an arm of the group that is behind, or of the one that is ahead. */
export type Strategy = "convergence" | "divergence";

/**
 * The arms that a strategy guesses, in rising order: those with the least (convergence) or the greatest (divergence)
 * N_k / w_k. Several are equally good guesses.
 *
 * @param deviations - by arm: W N_k - n w_k, in whole numbers
 */
export function guessedArms(
  deviations: ArrayLike<number>,
  ratio: readonly number[],
  strategy: Strategy,
): readonly number[] {
  const sign = strategy === "convergence" ? 1 : -1;
  // dev_k / w_k compared by multiplying out.
  const compare = (a: number, b: number): number =>
    sign * ((deviations[a] as number) * (ratio[b] as number) - (deviations[b] as number) * (ratio[a] as number));
  let guessed: number[] = [];
  for (let k = 0; k < ratio.length; k += 1) {
    const order = guessed[0] === undefined ? -1 : compare(k, guessed[0]);
    if (order < 0) guessed = [k];
    else if (order === 0) guessed.push(k);
  }
  return guessed;
}
