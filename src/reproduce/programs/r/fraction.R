# A parameter such as "2/3", "0.75" or "3" in lowest terms: top and bottom.
fraction <- function(text) {
  whole <- function(digits) {
    digits <- sub("^0+", "", digits)
    value <- if (nchar(digits) > 15) big(0) else 0
    for (digit in as.numeric(strsplit(digits, "")[[1]])) value <- value * 10 + digit
    value
  }
  if (grepl("/", text, fixed = TRUE)) {
    parts <- strsplit(text, "/", fixed = TRUE)[[1]]
    top <- whole(parts[1])
    bottom <- whole(parts[2])
  } else {
    decimals <- nchar(sub("^[0-9]*[.]?", "", text))
    top <- whole(sub(".", "", text, fixed = TRUE))
    bottom <- 10^decimals
  }
  common <- greatest_divisor(top, bottom)
  list(top = simplest(top %/% common), bottom = simplest(bottom %/% common))
}
