# Biased coin with tolerance: two arms 1:1; the state is D, the participants of the first arm less those of the second.
procedure <- function(ratio, rows) {
  q <- fraction(PLAN$procedure$probability)
  b <- PLAN$procedure$tolerance
  urn(2, 0, balls = function(d) {
    if (d >= b) return(c(0, 1))
    if (d <= -b) return(c(1, 0))
    if (d == 0) return(c(1, 1))
    if (d < 0) list(q$top, q$bottom - q$top) else list(q$bottom - q$top, q$top)
  }, after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
