# ---- Hu and Hu -----------------------------------------------------------------------------------------------------

DIFFERENCES <- new.env()
places_of <- function(levels) {
  c("all", paste("factor", seq_along(levels), levels), paste(c("stratum", levels), collapse = "\r"))
}
difference_of <- function(place) {
  known <- DIFFERENCES[[place]]
  if (is.null(known)) 0 else known
}

after <- function(levels, arm) {
  for (place in places_of(levels)) {
    assign(place, difference_of(place) + (if (arm == 1) 1 else -1), envir = DIFFERENCES)
  }
}

balls_of <- function(levels) {
  p <- fraction_of(PLAN$procedure$probability)
  own <- vapply(PLAN$factors, function(factor) factor$weight, 0)
  weights <- c(PLAN$procedure$overallWeight, own, PLAN$procedure$stratumWeight)
  g <- sum(weights * vapply(places_of(levels), difference_of, 0))
  if (g == 0) return(list(1, 1))
  if (g < 0) list(p[1], p[2] - p[1]) else list(p[2] - p[1], p[1])
}
