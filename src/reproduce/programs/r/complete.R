# Complete randomization.
procedure <- function(ratio, rows) {
  urn(length(ratio), 0, balls = function(state) ratio, after = function(state, arm) state)
}
