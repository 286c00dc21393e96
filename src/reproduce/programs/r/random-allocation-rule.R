# Random allocation rule: the state is what is left by arm.
procedure <- function(ratio, rows) {
  totals <- PLAN$procedure$totals
  if (is.null(totals)) totals <- ratio * (rows / sum(ratio))
  urn(length(ratio), totals, balls = function(left) left, after = one_less)
}
