# Blocks in a stated order: the state is the place of the open block in the order, from 0, and what is left by arm.
procedure <- function(ratio, rows) {
  sizes <- PLAN$procedure$sizes
  size_at <- function(place) sizes[place %% length(sizes) + 1]
  opened <- function(place) list(place = place, left = ratio * (size_at(place) / sum(ratio)))
  urn(
    length(ratio), opened(0),
    balls = function(state) state$left,
    after = function(state, arm) {
      state$left <- one_less(state$left, arm)
      if (all(state$left == 0)) opened((state$place + 1) %% length(sizes)) else state
    },
    block_at = function(state) if (sum(state$left) == size_at(state$place)) size_at(state$place) else 0
  )
}
