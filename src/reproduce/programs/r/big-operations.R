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
