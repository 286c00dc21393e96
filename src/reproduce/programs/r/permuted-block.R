# Permuted blocks (section 5). State: rows of the open block (0 between blocks), what is left of it by arm, rows after
# it.
procedure <- function(ratio, rows) {
  sizes <- PLAN$procedure$sizes
  weights <- PLAN$procedure$weights
  fill <- identical(PLAN$procedure$lastBlock, "fill")
  if (is.null(weights)) weights <- rep(1, length(sizes))
  if (identical(weights, "pascal")) weights <- choose(length(sizes) - 1, seq_along(sizes) - 1)

  # ways[[r + 1]]: the weighted number of ways to fill r rows with blocks.
  ways <- list(exact(1))
  if (fill) for (r in seq_len(rows)) {
    ways[[r + 1]] <- exact(0)
    for (i in which(sizes <= r)) ways[[r + 1]] <- ways[[r + 1]] + ways[[r - sizes[i] + 1]] * weights[i]
  }

  opened <- function(i, rows_left) {
    list(size = sizes[i], left = ratio * (sizes[i] / sum(ratio)), rows_left = rows_left - sizes[i])
  }
  between <- function(rows_left) {
    if (length(sizes) == 1) opened(1, rows_left) else list(size = 0, left = 0 * ratio, rows_left = rows_left)
  }
  urn(
    length(ratio), between(rows),
    balls = function(state) {
      if (state$size > 0) return(state$left)
      if (!fill) return(c(0 * ratio, weights))
      c(as.list(0 * ratio), lapply(seq_along(sizes), function(i) {
        if (sizes[i] > state$rows_left) 0 else ways[[state$rows_left - sizes[i] + 1]] * weights[i]
      }))
    },
    after = function(state, ball) {
      if (state$size == 0) return(opened(ball - length(ratio), state$rows_left))
      state$left <- one_less(state$left, ball)
      if (all(state$left == 0)) between(state$rows_left) else state
    },
    block_at = function(state) if (state$size > 0 && sum(state$left) == state$size) state$size else 0
  )
}
