# Maximum entropy: the state is the participants by arm without complete ratio sets.
procedure <- function(ratio, rows) {
  eta <- fraction(PLAN$procedure$eta)
  a <- eta$top
  b <- eta$bottom
  W <- sum(ratio)
  entropy_balls <- function(counts) {
    d <- distances(ratio, counts)
    if (a == 0 || all(d == 0)) return(ratio)
    if (a == b || length(unique(d)) == 2) {
      nearest <- sum(ratio[d == 0])
      return(lowest_terms(as.list(ratio * ifelse(d == 0, b * W - (b - a) * (W - nearest), (b - a) * nearest))))
    }
    common <- 0
    for (one in d) common <- greatest_divisor(one, common)
    d <- d / common
    slopes <- ratio * (d * b * W - (b - a) * sum(ratio * d))
    # F(m), by Horner's rule over the different d from the largest, E, down to 0.
    steps <- sort(unique(d))
    slope_at <- vapply(steps, function(step) sum(slopes[d == step]), 0)
    scales <- lapply(steps, function(step) power_of_two(64 * (max(d) - step)))
    F <- function(m) {
      value <- big(0)
      for (i in rev(seq_along(steps))) {
        value <- value + scales[[i]] * slope_at[i]
        if (i > 1) value <- value * m^(steps[i] - steps[i - 1])
      }
      value
    }
    # Halvings from F(low) <= 0 and F(high) > 0. Doubles guess the place; where F confirms the guess, its neighbourhood
    # is searched, else the whole interval.
    z <- c(0, 1)
    for (i in 1:60) z[if (sum(slope_at * mean(z)^steps) <= 0) 1 else 2] <- mean(z)
    low <- big(0)
    high <- power_of_two(64)
    guessed_low <- big(max(0, floor(z[1] * 2^64) - 2^16))
    guessed_high <- big(min(2^64, floor(z[1] * 2^64) + 2^16))
    if (F(guessed_low) <= 0) low <- guessed_low
    if (F(guessed_high) > 0) high <- guessed_high
    while (high - low > 1) {
      middle <- (low + high) %/% 2
      if (F(middle) <= 0) low <- middle else high <- middle
    }
    powers <- Map(function(step, scale) low^step * scale, steps, scales)[match(d, steps)]
    scaled_balls(Map(function(w, power) power * w, ratio, powers))
  }
  urn(
    length(ratio), 0 * ratio,
    balls = remembered(entropy_balls), after = function(counts, arm) next_excess(ratio, counts, arm)
  )
}
