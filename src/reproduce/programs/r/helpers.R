# ---- The procedure (docs/procedures.md, docs/procedures-adaptive.md) -----------------------------------------------
# procedure(ratio, rows) gives the urn; the ratio is w in lowest terms, W its sum. N_k are the participants of arm k, n
# their sum.

greatest_divisor <- function(a, b) {
  while (b > 0) {
    rest <- a %% b
    a <- simplest(b)
    b <- simplest(rest) # plain numbers are faster
  }
  simplest(a)
}

lowest_terms <- function(weights) {
  common <- 0
  for (weight in weights) common <- greatest_divisor(weight, common)
  lapply(weights, function(weight) weight %/% common)
}

one_more <- function(counts, arm) {
  counts[arm] <- counts[arm] + 1
  counts
}
one_less <- function(counts, arm) {
  counts[arm] <- counts[arm] - 1
  counts
}
