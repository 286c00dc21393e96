# ---- Balls in lowest terms -----------------------------------------------------------------------------------------

gcd_of <- function(a, b) {
  while (b != 0) {
    rest <- a %% b
    a <- b
    b <- rest
  }
  a
}
lowest <- function(weights) {
  weights <- as.list(weights)
  divisor <- Reduce(gcd_of, weights)
  lapply(weights, function(weight) simplest(weight %/% divisor))
}

# A fraction such as "0.8" or "2/3" as its numerator and denominator in lowest terms.
fraction_of <- function(text) {
  parts <- strsplit(text, "/", fixed = TRUE)[[1]]
  places <- max(0, nchar(sub("^[^.]*[.]?", "", parts[1])))
  top <- as.numeric(sub(".", "", parts[1], fixed = TRUE))
  bottom <- 10^places * if (length(parts) == 2) as.numeric(parts[2]) else 1
  c(top, bottom) / gcd_of(top, bottom)
}
