# Block urn: w_k (lambda + c) - N_k balls, c the complete ratio sets; the state is N without these sets.
procedure <- function(ratio, rows) {
  lambda <- PLAN$procedure$lambda
  urn(
    length(ratio), 0 * ratio,
    balls = function(excess) ratio * lambda - excess,
    after = function(excess, arm) next_excess(ratio, excess, arm)
  )
}
