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
