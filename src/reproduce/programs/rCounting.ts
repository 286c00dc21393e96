/* R: permuted blocks and the maximal procedure, which count the ways to the end of a list. */

/** With `fill`, the counts of compositions may need big whole numbers. */
export const R_PERMUTED_BLOCK: string = String.raw`
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
`;

export const R_MAXIMAL: string = String.raw`
# Maximal procedure: arm k has as many balls as there are admissible ways to the end once it is drawn.
procedure <- function(ratio, rows) {
  W <- sum(ratio)
  b <- PLAN$procedure$tolerance
  name_of <- function(counts) paste(sprintf("%d", as.integer(counts)), collapse = " ")
  admissible <- function(counts, n) all(counts * W <= rows * ratio & 2 * abs(W * counts - n * ratio) <= b * W)

  # Forward, the admissible counts of every row; then backward, the ways from each of them to the end.
  layers <- list(list(0 * ratio))
  for (n in seq_len(rows)) {
    layer <- list()
    for (counts in layers[[n]]) layer <- c(layer, lapply(seq_along(ratio), function(arm) one_more(counts, arm)))
    layer <- Filter(function(counts) admissible(counts, n), layer)
    layers[[n + 1]] <- layer[!duplicated(vapply(layer, name_of, ""))]
  }
  ways <- new.env()
  ways_from <- function(counts) {
    known <- ways[[name_of(counts)]]
    if (is.null(known)) big(0) else known
  }
  balls <- function(counts) lapply(seq_along(ratio), function(arm) ways_from(one_more(counts, arm)))
  for (counts in layers[[rows + 1]]) assign(name_of(counts), big(1), envir = ways)
  for (n in rows:1) for (counts in layers[[n]]) assign(name_of(counts), total(balls(counts)), envir = ways)
  urn(length(ratio), 0 * ratio, balls, after = one_more)
}
`;
