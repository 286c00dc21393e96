# Minimum quadratic distance: the state is the participants by arm without complete ratio sets.
procedure <- function(ratio, rows) {
  eta <- fraction(PLAN$procedure$eta)
  a <- eta$top
  b <- eta$bottom
  W <- sum(ratio)
  arms <- seq_along(ratio)
  # All sets of arms, the largest first: the answer is mostly the full set.
  sets <- lapply(seq_len(2^length(ratio) - 1), function(set) which(floor(set / 2^(arms - 1)) %% 2 == 1))
  sets <- sets[order(-lengths(sets))]
  quadratic_balls <- function(counts) {
    d <- distances(ratio, counts)
    if (a == 0 || all(d == 0)) return(ratio)
    shares <- function(set) length(set) * ratio + W - sum(ratio[set])
    if (a == b) return(lowest_terms(as.list(ifelse(d == 0, shares(which(d == 0)), 0))))
    for (set in sets) {
      s <- length(set)
      R <- shares(set)
      D1 <- sum(d[set])
      V <- s * sum(d[set]^2) - D1^2
      M <- s * (b - a) * sum(ratio * d) - b * sum(d[set] * R[set])
      if (V <= 0 || M > 0) next
      x <- lapply(arms, function(k) exact(b * V) * R[k] + exact(M) * (s * d[k] - D1))
      is_right <- vapply(arms, function(k) if (k %in% set) x[[k]] >= 0 else x[[k]] <= 0, TRUE)
      if (all(is_right)) return(lowest_terms(lapply(arms, function(k) if (k %in% set) x[[k]] else 0)))
    }
  }
  urn(
    length(ratio), 0 * ratio,
    balls = remembered(quadratic_balls), after = function(counts, arm) next_excess(ratio, counts, arm)
  )
}
