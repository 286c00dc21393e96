# Carries until every digit but the highest is in [0, BASE); the highest keeps the sign of the whole.
settled <- function(digits) {
  n <- length(digits)
  repeat {
    carry <- floor(digits[-n] / BASE)
    if (all(carry == 0)) return(digits)
    digits <- digits - c(carry * BASE, 0) + c(0, carry)
  }
}

digits_order <- function(a, b) {
  if (length(a) != length(b)) return(sign(length(a) - length(b)))
  differs <- which(a != b)
  if (length(differs) == 0) return(0)
  highest <- differs[length(differs)]
  sign(a[highest] - b[highest])
}

# a + b or a - b, the result at least 0.
digits_sum <- function(a, b, sign) {
  digits <- numeric(max(length(a), length(b)) + 2)
  digits[seq_along(a)] <- a
  digits[seq_along(b)] <- digits[seq_along(b)] + sign * b
  settled(digits)
}

big_order <- function(a, b) {
  if (a$sign != b$sign) sign(a$sign - b$sign) else a$sign * digits_order(a$digits, b$digits)
}

big_sum <- function(a, b) {
  if (a$sign == 0) return(b)
  if (b$sign == 0) return(a)
  if (a$sign == b$sign) return(make_big(a$sign, digits_sum(a$digits, b$digits, 1)))
  if (digits_order(a$digits, b$digits) >= 0) make_big(a$sign, digits_sum(a$digits, b$digits, -1))
  else make_big(b$sign, digits_sum(b$digits, a$digits, -1))
}

# Quotient rounded down, and remainder, of a >= 0 and b > 0: long division. Each digit of the quotient is guessed from
# the leading digits, then put right until the remainder is in [0, b).
big_division <- function(a, b) {
  if (a$sign < 0 || b$sign <= 0) stop("a division outside its range")
  divisor <- c(b$digits, 0)
  n <- length(b$digits)
  second <- function(digits, at) if (at < 1) 0 else digits[at]
  leading <- divisor[n] * BASE + second(divisor, n - 1)
  rest <- c(a$digits, 0)
  quotient <- numeric(max(length(a$digits) - n + 1, 0))
  for (at in rev(seq_along(quotient))) {
    window <- at - 1 + seq_len(n + 1)
    part <- rest[window]
    guess <- floor(((part[n + 1] * BASE + part[n]) * BASE + second(part, n - 1)) / leading)
    if (guess > 0) part <- settled(part - guess * divisor)
    while (part[n + 1] < 0) {
      guess <- guess - 1
      part <- settled(part + divisor)
    }
    while (digits_order(part, divisor) >= 0) {
      guess <- guess + 1
      part <- settled(part - divisor)
    }
    quotient[at] <- guess
    rest[window] <- part
  }
  list(quotient = make_big(1, quotient), remainder = make_big(1, rest))
}
