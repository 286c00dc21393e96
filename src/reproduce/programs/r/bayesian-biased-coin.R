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
