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
