import type { ProcedureKind } from "../../procedure/index.js";

/*
 * R: the balls of every procedure whose rule is in small whole numbers, from docs/procedures.md. Each part defines
 * procedure(ratio, rows), which gives the urn; a ratio arrives in lowest terms.
 */

/** For parameters that are fractions. */
export const R_FRACTION: string = String.raw`
# A parameter such as "2/3", "0.75" or "3" in lowest terms: top and bottom.
fraction <- function(text) {
  whole <- function(digits) {
    digits <- sub("^0+", "", digits)
    value <- if (nchar(digits) > 15) big(0) else 0
    for (digit in as.numeric(strsplit(digits, "")[[1]])) value <- value * 10 + digit
    value
  }
  if (grepl("/", text, fixed = TRUE)) {
    parts <- strsplit(text, "/", fixed = TRUE)[[1]]
    top <- whole(parts[1])
    bottom <- whole(parts[2])
  } else {
    decimals <- nchar(sub("^[0-9]*[.]?", "", text))
    top <- whole(sub(".", "", text, fixed = TRUE))
    bottom <- 10^decimals
  }
  common <- greatest_divisor(top, bottom)
  list(top = simplest(top %/% common), bottom = simplest(bottom %/% common))
}
`;

export const R_HELPERS: string = String.raw`
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
`;

const COIN = (name: string, parameters: string, balls: string): string => String.raw`
# ${name}: two arms 1:1; the state is D, the participants of the first arm less those of the second.
procedure <- function(ratio, rows) {
${parameters}
  urn(2, 0, balls = function(d) {
${balls}
  }, after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
`;
const TOLERANCE = "  b <- PLAN$procedure$tolerance";
const PROBABILITY = "  q <- fraction(PLAN$procedure$probability)";
const EFRON = String.raw`    if (d == 0) return(c(1, 1))
    if (d < 0) list(q$top, q$bottom - q$top) else list(q$bottom - q$top, q$top)`;
const AT_TOLERANCE = String.raw`    if (d >= b) return(c(0, 1))
    if (d <= -b) return(c(1, 0))`;

/** Counts without complete ratio sets. */
export const R_EXCESS: string = String.raw`
# The counts with one more, less the ratio set that this may complete.
next_excess <- function(ratio, counts, arm) {
  counts <- one_more(counts, arm)
  if (all(counts >= ratio)) counts - ratio else counts
}
`;

export const R_PROCEDURES: Partial<Readonly<Record<ProcedureKind, string>>> = {
  complete: String.raw`
# Complete randomization.
procedure <- function(ratio, rows) {
  urn(length(ratio), 0, balls = function(state) ratio, after = function(state, arm) state)
}
`,
  "random-allocation-rule": String.raw`
# Random allocation rule: the state is what is left by arm.
procedure <- function(ratio, rows) {
  totals <- PLAN$procedure$totals
  if (is.null(totals)) totals <- ratio * (rows / sum(ratio))
  urn(length(ratio), totals, balls = function(left) left, after = one_less)
}
`,
  "ordered-blocks": String.raw`
# Blocks in a stated order: the state is the place of the open block in the order, from 0, and what is left by arm.
procedure <- function(ratio, rows) {
  sizes <- PLAN$procedure$sizes
  size_at <- function(place) sizes[place %% length(sizes) + 1]
  opened <- function(place) list(place = place, left = ratio * (size_at(place) / sum(ratio)))
  urn(
    length(ratio), opened(0),
    balls = function(state) state$left,
    after = function(state, arm) {
      state$left <- one_less(state$left, arm)
      if (all(state$left == 0)) opened((state$place + 1) %% length(sizes)) else state
    },
    block_at = function(state) if (sum(state$left) == size_at(state$place)) size_at(state$place) else 0
  )
}
`,
  "truncated-binomial": String.raw`
# Truncated binomial: w_k balls while arm k is not full; the state is what is left by arm.
procedure <- function(ratio, rows) {
  size <- PLAN$procedure$size
  full <- ratio * ((if (is.null(size)) rows else size) / sum(ratio))
  urn(
    length(ratio), full,
    balls = function(left) ifelse(left > 0, ratio, 0),
    after = function(left, arm) {
      left <- one_less(left, arm)
      if (!is.null(size) && all(left == 0)) full else left
    },
    block_at = function(left) if (!is.null(size) && all(left == full)) size else 0
  )
}
`,
  "big-stick": COIN("Big stick", TOLERANCE, `${AT_TOLERANCE}\n    c(1, 1)`),
  efron: COIN("Biased coin", PROBABILITY, EFRON),
  chen: COIN("Biased coin with tolerance", `${PROBABILITY}\n${TOLERANCE}`, `${AT_TOLERANCE}\n${EFRON}`),
  ehrenfest: COIN("Ehrenfest urn", TOLERANCE, "    c(b - d, b + d)"),
  wei: String.raw`
# Urn design: a + b (n - N_k) balls; the state is the participants by arm.
procedure <- function(ratio, rows) {
  a <- PLAN$procedure$initial
  b <- PLAN$procedure$added
  urn(length(ratio), 0 * ratio, balls = function(counts) {
    n <- sum(counts)
    if (a == 0 && n == 0) 1 + 0 * counts else a + b * (n - counts)
  }, after = one_more)
}
`,
  hadamard: String.raw`
# Hadamard blocks of 12: 22 hidden balls choose a row, then one ball names the arm. Row r (from 0) has a plus at the
# first position, and at position p (from 0) if r + p - 1 is no square modulo 11. Balls 1 to 11 are these rows, a plus
# being the second arm; balls 12 to 22 their mirror images. The state is 0 between blocks, else 12 x (ball - 1) + the
# position, from 1.
procedure <- function(ratio, rows) {
  squares <- (0:10)^2 %% 11
  has_plus <- function(row, place) place == 0 || !((row + place - 1) %% 11 %in% squares)
  urn(
    2, 0,
    balls = function(state) {
      if (state == 0) return(c(0, 0, rep(1, 22)))
      row <- (state - 1) %/% 12
      second <- has_plus(row %% 11, (state - 1) %% 12) == (row < 11)
      if (second) c(0, 1) else c(1, 0)
    },
    after = function(state, ball) {
      if (state == 0) 1 + 12 * (ball - 3) else if (state %% 12 == 0) 0 else state + 1
    },
    block_at = function(state) if (state %% 12 == 1) 12 else 0
  )
}
`,
  "block-urn": String.raw`
# Block urn: w_k (lambda + c) - N_k balls, c the complete ratio sets; the state is N without these sets.
procedure <- function(ratio, rows) {
  lambda <- PLAN$procedure$lambda
  urn(
    length(ratio), 0 * ratio,
    balls = function(excess) ratio * lambda - excess,
    after = function(excess, arm) next_excess(ratio, excess, arm)
  )
}
`,
  "mass-weighted-urn": String.raw`
# Mass-weighted urn: max((alpha + n) w_k - W N_k, 0) balls times the bottom of alpha; the state is n w_k - W N_k.
procedure <- function(ratio, rows) {
  alpha <- fraction(PLAN$procedure$alpha)
  urn(
    length(ratio), 0 * ratio,
    balls = function(lag) lapply(seq_along(ratio), function(k) {
      mass <- exact(alpha$top) * ratio[k] + exact(alpha$bottom) * lag[k]
      if (mass > 0) mass else 0
    }),
    after = function(lag, arm) {
      lag <- lag + ratio
      lag[arm] <- lag[arm] - sum(ratio)
      lag
    }
  )
}
`,
  "drop-the-loser": String.raw`
# Drop the loser: a drawn ball is taken out; the hidden immigration ball brings a ratio sets. The state is the balls.
procedure <- function(ratio, rows) {
  a <- PLAN$procedure$immigration
  urn(
    length(ratio), ratio,
    balls = function(held) c(held, 1),
    after = function(held, ball) if (ball > length(ratio)) held + a * ratio else one_less(held, ball)
  )
}
`,
  "brick-tunnel": String.raw`
# Brick tunnel: N_A is one of the whole numbers next to n w_A / W. The state is n and N_A, whole ratio sets left out.
procedure <- function(ratio, rows) {
  w <- ratio[1]
  W <- sum(ratio)
  urn(2, c(n = 0, first = 0), balls = function(state) {
    r <- (state[["n"]] * w) %% W
    above <- state[["first"]] > (state[["n"]] * w) %/% W
    if (r + w < W) {
      if (above) c(0, 1) else c(w, W - r - w)
    } else {
      if (above) c(r + w - W, W - w) else c(1, 0)
    }
  }, after = function(state, arm) {
    state <- state + c(1, if (arm == 1) 1 else 0)
    if (state[["n"]] == W) c(n = 0, first = state[["first"]] - w) else state
  })
}
`,
};
