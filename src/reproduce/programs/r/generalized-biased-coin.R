# Generalized biased coin: the state is the participants by arm.
procedure <- function(ratio, rows) {
  r <- fraction(PLAN$procedure$exponent)
  urn(2, c(0, 0), balls = remembered(function(counts) {
    if (counts[1] == counts[2]) c(1, 1) else power_balls(list(big(counts[2]), big(counts[1])), r)
  }), after = one_more)
}
