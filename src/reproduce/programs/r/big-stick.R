# Big stick: two arms 1:1; the state is D, the participants of the first arm less those of the second.
procedure <- function(ratio, rows) {
  b <- PLAN$procedure$tolerance
  urn(2, 0, balls = function(d) {
    if (d >= b) return(c(0, 1))
    if (d <= -b) return(c(1, 0))
    c(1, 1)
  }, after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
