# ---- Whole numbers of any size ------------------------------------------------------------------------------------
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
