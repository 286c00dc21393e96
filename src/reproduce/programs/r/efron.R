# Biased coin: two arms 1:1; the state is D, the participants of the first arm less those of the second.
procedure <- function(ratio, rows) {
  q <- fraction(PLAN$procedure$probability)
  urn(2, 0, balls = function(d) {
    if (d == 0) return(c(1, 1))
    if (d < 0) list(q$top, q$bottom - q$top) else list(q$bottom - q$top, q$top)
  }, after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
