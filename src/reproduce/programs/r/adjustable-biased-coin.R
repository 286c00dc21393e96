# Adjustable biased coin: the state is D.
procedure <- function(ratio, rows) {
  a <- fraction(PLAN$procedure$steepness)
  urn(2, 0, balls = remembered(function(d) {
    if (abs(d) <= 1) return(c(1, 1))
    power_balls(if (d < 0) list(big(-d), big(1)) else list(big(1), big(d)), a)
  }), after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
