# ---- Minimization --------------------------------------------------------------------------------------------------

RATIO <- as.numeric(unlist(lowest(PLAN$ratio)))
STEPS <- Reduce(function(a, b) a / gcd_of(a, b) * b, RATIO) / RATIO
COUNTS <- new.env()
counts_of <- function(factor, level) {
  known <- COUNTS[[paste(factor, level)]]
  if (is.null(known)) 0 * RATIO else known
}

after <- function(levels, arm) {
  for (factor in seq_along(levels)) {
    counts <- counts_of(factor, levels[factor])
    counts[arm] <- counts[arm] + 1
    assign(paste(factor, levels[factor]), counts, envir = COUNTS)
  }
}

# Of one level: the range, or arms x (arms - 1) times the variance, or its root.
imbalance <- function(y) {
  if (PLAN$procedure$measure == "range") return(max(y) - min(y))
  spread <- length(y) * sum(y^2) - sum(y)^2
  if (PLAN$procedure$measure == "sd") sqrt(spread) else spread
}

score <- function(levels, candidate) {
  total <- 0
  for (factor in seq_along(levels)) {
    y <- (counts_of(factor, levels[factor]) + (seq_along(RATIO) == candidate)) * STEPS
    weight <- PLAN$factors[[factor]]$weight
    total <- total + (if (is.null(weight)) 1 else weight) * imbalance(y)
  }
  total
}

# Whole numbers are compared exactly; sums of square roots are equal if they differ by less than 10^-12 of themselves.
order_of <- function(a, b) {
  margin <- if (PLAN$procedure$measure == "sd") 1e-12 * max(a, b) else 0
  ifelse(abs(a - b) <= margin, 0, sign(a - b))
}

balls_of <- function(levels) {
  k <- length(RATIO)
  law <- PLAN$procedure$law
  scores <- vapply(seq_len(k), function(arm) score(levels, arm), 0)
  if (law$kind == "fixed") {
    tied <- order_of(scores, min(scores)) == 0
    p <- fraction_of(law$probability)
    if (identical(law$ties, "share")) return(share_balls(tied, p))
    return(han_balls(tied, p))
  }
  if (law$kind == "rank") {
    q <- fraction_of(law$q)
    return(lowest(vapply(seq_len(k), function(arm) {
      order <- order_of(scores, scores[arm])
      q[1] * k * (k + 1) - (k * q[1] - q[2]) * (2 * sum(order < 0) + sum(order == 0) + 1)
    }, 0)))
  }
  t <- fraction_of(law$t)
  if (sum(scores) == 0) return(as.list(RATIO))
  weights <- lowest(t[2] * sum(scores) - t[1] * scores)
  all_weights <- total(weights)
  if (all_weights <= 2^31) return(weights)
  lowest(lapply(weights, function(weight) {
    if (weight == 0) 0 else max(1, plain((big(2^31) * weight) %/% all_weights))
  }))
}

# Han, Enas and McEntegart: the mean over the tied arms, weighted by the ratio.
han_balls <- function(tied, p) {
  rest <- sum(RATIO) - min(RATIO)
  among <- sum(RATIO[tied])
  to_others <- p[2] - p[1]
  as_other <- to_others * RATIO
  lowest(ifelse(
    tied, RATIO * (p[2] * rest - to_others * (sum(RATIO) - RATIO)) + (among - RATIO) * as_other, as_other * among
  ))
}

# p is divided evenly among the tied arms.
share_balls <- function(tied, p) {
  others <- sum(!tied)
  if (others == 0) return(as.list(RATIO))
  lowest(ifelse(tied, p[1] * others, (p[2] - p[1]) * sum(tied)))
}
