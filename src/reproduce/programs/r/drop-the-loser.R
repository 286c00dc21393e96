# Drop the loser: a drawn ball is taken out; the hidden immigration ball brings a ratio sets. The state is the balls.
procedure <- function(ratio, rows) {
  a <- PLAN$procedure$immigration
  urn(
    length(ratio), ratio,
    balls = function(held) c(held, 1),
    after = function(held, ball) if (ball > length(ratio)) held + a * ratio else one_less(held, ball)
  )
}
