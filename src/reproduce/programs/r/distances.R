# Constrained balance: e_k - min e, with e_k = max_i |W (N_i + [i = k]) - w_i (n + 1)|.
distances <- function(ratio, counts) {
  n <- sum(counts) + 1
  e <- vapply(seq_along(ratio), function(arm) max(abs(sum(ratio) * one_more(counts, arm) - ratio * n)), 0)
  e - min(e)
}
