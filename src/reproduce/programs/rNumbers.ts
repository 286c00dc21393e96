import wholeNumbers from "./wholeNumbers.R";

/*
 * R: whole numbers beyond 2^53. Base R has none, and the counts of some procedures need them; only programs for these
 * procedures hold this part. What does not depend on the base stands in wholeNumbers.R, for the program of doses too.
 */

export const R_WHOLE_NUMBERS: string = String.raw`# ---- Whole numbers of any size ------------------------------------------------------------------------------------
# A number is a sign and digits to the base 2^20, the lowest first, without leading zeros; 0 has no digit. A product of
# two digits is below 2^40, so that a double adds up to 2^13 of them without rounding. Through Ops.big the signs
# + - * %/% %% ^ and the comparisons work on these numbers, and on one of them together with a plain whole number.

BASE <- 2^20

make_big <- function(sign, digits) {
  n <- length(digits)
  while (n > 0 && digits[n] == 0) n <- n - 1
  structure(list(sign = if (n == 0) 0 else sign, digits = digits[seq_len(n)]), class = "big")
}

is_big <- function(x) inherits(x, "big")

big <- function(x) {
  if (is_big(x)) return(x)
  rest <- abs(x)
  digits <- numeric(0)
  while (rest > 0) {
    digits <- c(digits, rest - floor(rest / BASE) * BASE)
    rest <- floor(rest / BASE)
  }
  make_big(sign(x), digits)
}

# The plain number again; exact below 2^53.
plain <- function(x) {
  if (is_big(x)) x$sign * sum(x$digits * BASE^(seq_along(x$digits) - 1)) else x
}

# What may pass 2^53 is made big before it does.
exact <- big

simplest <- function(x) if (is_big(x) && length(x$digits) <= 2) plain(x) else x

${wholeNumbers.trimEnd()}

digits_product <- function(a, b) {
  if (length(a) > length(b)) return(digits_product(b, a))
  digits <- numeric(length(a) + length(b) + 1)
  for (i in seq_along(a)) {
    at <- i - 1 + seq_along(b)
    digits[at] <- digits[at] + a[i] * b
    if (i %% 4096 == 0) digits <- settled(digits)
  }
  settled(digits)
}

power_of_two <- function(n) make_big(1, c(numeric(n %/% 20), 2^(n %% 20)))

big_power <- function(a, exponent) {
  result <- big(1)
  while (exponent > 0) {
    if (exponent %% 2 == 1) result <- if (length(result$digits) == 1 && result$digits == 1) a else result * a
    exponent <- floor(exponent / 2)
    if (exponent > 0) a <- a * a
  }
  result
}

Ops.big <- function(e1, e2) {
  if (missing(e2)) return(make_big(-e1$sign, e1$digits))
  a <- big(e1)
  b <- big(e2)
  switch(.Generic,
    "+" = big_sum(a, b),
    "-" = big_sum(a, -b),
    "*" = make_big(a$sign * b$sign, digits_product(a$digits, b$digits)),
    "%/%" = big_division(a, b)$quotient,
    "%%" = big_division(a, b)$remainder,
    "^" = big_power(a, plain(b)),
    "<" = , "<=" = , "==" = , "!=" = , ">=" = , ">" = get(.Generic)(big_order(a, b), 0),
    stop("an operation that whole numbers do not have: ", .Generic)
  )
}
`;

/** Where no count can pass 2^32, the same names for plain numbers. */
export const R_PLAIN_NUMBERS: string = String.raw`# ---- Whole numbers -------------------------------------------------------------------------------------------------
# No count of this plan passes 2^32, and a double is exact for whole numbers up to 2^53.

is_big <- function(x) FALSE
plain <- function(x) x
exact <- function(x) x
simplest <- function(x) x
big <- function(x) stop("a count above 2^32, which this plan cannot have")
`;
