# Truncated binomial: w_k balls while arm k is not full; the state is what is left by arm.
procedure <- function(ratio, rows) {
  size <- PLAN$procedure$size
  full <- ratio * ((if (is.null(size)) rows else size) / sum(ratio))
  urn(
    length(ratio), full,
    balls = function(left) ifelse(left > 0, ratio, 0),
    after = function(left, arm) {
      left <- one_less(left, arm)
      if (!is.null(size) && all(left == 0)) full else left
    },
    block_at = function(left) if (!is.null(size) && all(left == full)) size else 0
  )
}
