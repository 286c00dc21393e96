import { spawnSync } from "node:child_process";

/** The same lists and measures as the naive loop, in base R as one would write it: a matrix of shuffled blocks. */
const PROGRAM = `
trials <- as.integer(commandArgs(TRUE)[1])
measures <- function() {
  arms <- matrix(replicate(trials * 25L, sample(c(1L, 1L, -1L, -1L))), nrow = 100L)
  path <- apply(arms, 2L, cumsum)
  before <- rbind(0L, path[-100L, , drop = FALSE])
  right <- ifelse(before == 0L, 0.5, (sign(before) != sign(arms)) + 0)
  last <- path[100L, ]
  c(mean(right), 1 - mean(right), mean(abs(last)), mean(last^2), mean(apply(abs(path), 2L, max)), mean(last^2) / 100)
}
set.seed(1)
cat(system.time(measures())[["elapsed"]])
`;

/**
 * Milliseconds that base R takes for `trials` lists of 100 in blocks of 4 with two guessing strategies and four
 * imbalance measures; undefined where there is no Rscript.
 */
export function baseRMs(trials: number): number | undefined {
  const { status, stdout } = spawnSync("Rscript", ["--vanilla", "-e", PROGRAM, String(trials)], { encoding: "utf8" });
  const seconds = Number(stdout);
  return status === 0 && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
