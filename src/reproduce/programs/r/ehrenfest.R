# Ehrenfest urn: two arms 1:1; the state is D, the participants of the first arm less those of the second.
procedure <- function(ratio, rows) {
  b <- PLAN$procedure$tolerance
  urn(2, 0, balls = function(d) {
    c(b - d, b + d)
  }, after = function(d, arm) if (arm == 1) d + 1 else d - 1)
}
