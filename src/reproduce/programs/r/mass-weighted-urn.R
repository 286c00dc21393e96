# Mass-weighted urn: max((alpha + n) w_k - W N_k, 0) balls times the bottom of alpha; the state is n w_k - W N_k.
procedure <- function(ratio, rows) {
  alpha <- fraction(PLAN$procedure$alpha)
  urn(
    length(ratio), 0 * ratio,
    balls = function(lag) lapply(seq_along(ratio), function(k) {
      mass <- exact(alpha$top) * ratio[k] + exact(alpha$bottom) * lag[k]
      if (mass > 0) mass else 0
    }),
    after = function(lag, arm) {
      lag <- lag + ratio
      lag[arm] <- lag[arm] - sum(ratio)
      lag
    }
  )
}
