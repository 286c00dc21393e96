import type { ProcedureKind } from "../../procedure/index.js";

/* R: procedures with powers or constrained balance, from docs/procedures-adaptive.md, in whole numbers throughout. */

export const R_POWERS: string = String.raw`
# ---- Powers and roots as whole balls (docs/procedures-adaptive.md) --------------------------------------------------

# The balls of a state are worked out once.
remembered <- function(balls) {
  known <- new.env()
  function(state) {
    name <- paste(sprintf("%d", as.integer(state)), collapse = " ")
    if (is.null(known[[name]])) assign(name, lapply(balls(state), simplest), envir = known)
    known[[name]]
  }
}

# x is about its first value times 2^(its second): from three leading digits.
leading <- function(x) {
  x <- big(x)
  if (x$sign == 0) return(c(0, 0))
  n <- length(x$digits)
  digits <- c(0, 0, x$digits)[n:(n + 2)]
  c(x$sign * sum(digits * BASE^(0:2)), 20 * (n - 3))
}
about <- function(a, b) { # a / b as a double
  a <- leading(a)
  b <- leading(b)
  a[1] / b[1] * 2^(a[2] - b[2])
}

# Definition 2: the largest f with f^t v^s <= 2^(64 t) u^s, at least 1 for u > 0. Doubles guess f, one or two steps of
# Newton's method correct the guess, and whole numbers alone decide.
power_64 <- function(u, v, s, t) {
  if (u == 0) return(big(0))
  if (u == v) return(power_of_two(64))
  right <- power_of_two(64 * t) * big(u)^s
  scale <- big(v)^s
  left <- function(f) f^t * scale
  guess <- floor(2^max(0, 64 + s / t * log2(about(u, v))))
  f <- big(guess)
  repeat {
    now <- left(f)
    step <- round(guess * about(right - now, now) / t)
    if (step == 0) break
    f <- f + step
  }
  if (now > right) {
    while (left(f) > right) f <- f - 1
  } else {
    while (left(f + 1) <= right) f <- f + 1
  }
  if (f == 0) big(1) else f
}

# Definition 3. A common divisor changes nothing unless the weights without it add up to at most 2^31; so the search for
# it stops as soon as it is known to be too small for that.
scaled_balls <- function(weights) {
  sum <- total(weights)
  common <- 0
  for (weight in weights) {
    a <- weight
    while (common > 0) {
      if (common * 2^31 < sum) break
      rest <- a %% common
      a <- common
      common <- rest
    }
    if (common > 0) break
    common <- a
  }
  if (common * 2^31 >= sum) return(lapply(weights, function(weight) weight %/% common))
  lowest_terms(lapply(weights, function(weight) {
    balls <- (weight * 2^31) %/% sum
    if (balls == 0 && weight > 0) 1 else balls
  }))
}

# Balls m_k base_k^e.
power_balls <- function(bases, e, m = rep(1, length(bases))) {
  if (e$bottom == 1) return(lowest_terms(Map(function(base, m_k) base^e$top * m_k, bases, m)))
  largest <- bases[[1]]
  for (base in bases) if (base > largest) largest <- base
  known <- list()
  scaled_balls(Map(function(base, m_k) {
    name <- paste(c("base", big(base)$digits), collapse = " ") # equal bases have equal powers
    if (is.null(known[[name]])) known[[name]] <<- power_64(base, largest, e$top, e$bottom)
    known[[name]] * m_k
  }, bases, m))
}
`;

/** Distances of the two procedures with constrained balance. */
export const R_DISTANCES: string = String.raw`
# Constrained balance: e_k - min e, with e_k = max_i |W (N_i + [i = k]) - w_i (n + 1)|.
distances <- function(ratio, counts) {
  n <- sum(counts) + 1
  e <- vapply(seq_along(ratio), function(arm) max(abs(sum(ratio) * one_more(counts, arm) - ratio * n)), 0)
  e - min(e)
}
`;

export const R_POWER_PROCEDURES: Partial<Readonly<Record<ProcedureKind, string>>> = {
  "adjustable-biased-coin": String.raw`
# Adjustable biased coin: the state is D.
procedure <- function(ratio, rows) {
  a <- fraction(PLAN$procedure$steepness)
  urn(2, 0, balls = remembered(function(d) {
    if (abs(d) <= 1) return(c(1, 1))
    power_balls(if (d < 0) list(big(-d), big(1)) else list(big(1), big(d)), a)
  }), after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
`,
  "generalized-biased-coin": String.raw`
# Generalized biased coin: the state is the participants by arm.
procedure <- function(ratio, rows) {
  r <- fraction(PLAN$procedure$exponent)
  urn(2, c(0, 0), balls = remembered(function(counts) {
    if (counts[1] == counts[2]) c(1, 1) else power_balls(list(big(counts[2]), big(counts[1])), r)
  }), after = one_more)
}
`,
  "bayesian-biased-coin": String.raw`
# Bayesian biased coin: exponent 1 / gamma; the state is the participants by arm.
procedure <- function(ratio, rows) {
  gamma <- fraction(PLAN$procedure$gamma)
  exponent <- list(top = gamma$bottom, bottom = gamma$top)
  urn(2, c(0, 0), balls = remembered(function(counts) {
    if (counts[1] == counts[2]) return(c(1, 1))
    n <- sum(counts)
    a <- big(counts[1])
    b <- big(counts[2])
    power_balls(list((a * n + b) * b, (b * n + a) * a), exponent)
  }), after = one_more)
}
`,
  "doubly-adaptive": String.raw`
# Doubly adaptive biased coin: the state is the participants by arm.
procedure <- function(ratio, rows) {
  gamma <- fraction(PLAN$procedure$gamma)
  urn(length(ratio), 0 * ratio, balls = remembered(function(counts) {
    if (any(counts == 0)) return(ratio)
    bases <- lapply(seq_along(ratio), function(k) {
      base <- big(ratio[k])
      for (count in counts[-k]) base <- base * count
      base
    })
    power_balls(bases, gamma, ratio)
  }), after = one_more)
}
`,
  "maximum-entropy": String.raw`
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
`,
  "minimum-quadratic-distance": String.raw`
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
`,
};
