# Doubly adaptive biased coin: the state is the participants by arm.
procedure <- function(ratio, rows) {
  gamma <- fraction(PLAN$procedure$gamma)
  urn(length(ratio), 0 * ratio, balls = remembered(function(counts) {
    if (any(counts == 0)) return(ratio)
    bases <- lapply(seq_along(ratio), function(k) {
      base <- big(ratio[k])
      for (count in counts[-k]) base <- base * count
      base
    })
    power_balls(bases, gamma, ratio)
  }), after = one_more)
}
