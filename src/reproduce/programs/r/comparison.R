# ---- Comparison ----------------------------------------------------------------------------------------------------

# The lines of a file, whatever ends them, without a byte-order mark.
lines_of <- function(bytes) {
  bytes <- as.integer(bytes)
  if (length(bytes) >= 3 && all(bytes[1:3] == c(0xef, 0xbb, 0xbf))) bytes <- bytes[-(1:3)]
  if (length(bytes) == 0) return(character(0))
  before_lf <- bytes == 13 & c(bytes[-1], 0) == 10
  bytes <- bytes[!before_lf]
  bytes[bytes == 13] <- 10
  bytes[bytes == 0] <- 1 # R's texts cannot hold a zero byte, and no list has one
  if (bytes[length(bytes)] != 10) bytes <- c(bytes, 10)
  ends <- which(bytes == 10)
  starts <- c(1, ends[-length(ends)] + 1)
  lines <- mapply(function(from, to) rawToChar(as.raw(bytes[seq_len(to - from) + from - 1])), starts, ends)
  Encoding(lines) <- "UTF-8"
  lines
}

# Prints the first line in which the file departs from the list; TRUE if every byte agrees.
compare <- function(lines, received) {
  rows <- length(lines) - 1
  if (identical(received, charToRaw(paste0(lines, "\r\n", collapse = "")))) {
    cat(sprintf("%d rows agree: this is %s list %s.\n", rows, STATUS, PLAN$list))
    return(TRUE)
  }
  found <- lines_of(received)
  both <- seq_len(min(length(lines), length(found)))
  at <- c(which(lines[both] != found[both]), length(both) + 1)[1]
  if (at > max(length(lines), length(found))) {
    cat(sprintf("The %d rows agree, but line ends or a byte-order mark were changed,", rows))
    cat(" as editors and spreadsheets do.\n")
    return(FALSE)
  }
  shown <- function(texts) if (at <= length(texts)) texts[at] else "(the end of the file)"
  if (at > 1) cat(sprintf("Row %d differs (line %d of the file):\n", at - 1, at))
  else cat("The line of column names differs:\n")
  cat("  expected: ", shown(lines), "\n", sep = "")
  cat("  found:    ", shown(found), "\n", sep = "")
  if (identical(sort(lines, method = "radix"), sort(found, method = "radix"))) {
    cat("The rows are all there, in another order: the file was re-sorted.\n")
  }
  if (at > 1) cat(sprintf("%d of %d rows agree before it.\n", at - 2, rows))
  FALSE
}
