# ---- Words (section 3) ---------------------------------------------------------------------------------------------
# ARC4 on the 64 characters of the key, without its first 256 bytes. Gives a function that gives the next word.

stream_of <- function(key) {
  key <- bytes_of(key)
  box <- 0:255
  a <- 0
  b <- 0
  for (i in 0:255) {
    b <- (b + box[i + 1] + key[i %% 64 + 1]) %% 256
    box[c(i, b) + 1] <- box[c(b, i) + 1]
  }
  b <- 0
  next_bytes <- function(count) {
    s <- box
    i <- a
    j <- b
    bytes <- numeric(count)
    for (n in seq_len(count)) {
      i <- (i + 1) %% 256
      x <- s[i + 1]
      j <- (j + x) %% 256
      y <- s[j + 1]
      s[i + 1] <- y
      s[j + 1] <- x
      bytes[n] <- s[(x + y) %% 256 + 1]
    }
    box <<- s
    a <<- i
    b <<- j
    bytes
  }
  next_bytes(256)
  words <- numeric(0)
  used <- 0
  function() {
    if (used == length(words)) {
      words <<- words_of(next_bytes(256))
      used <<- 0
    }
    used <<- used + 1
    words[used]
  }
}

# The two streams of a stratum. R makes the second one only when it is first drawn from.
streams_of <- function(seed) {
  extract <- extracted(seed)
  function(names) {
    delayedAssign("sizes", stream_of(stream_key(extract, "block-sizes", names)))
    list(allocation = stream_of(stream_key(extract, "allocation", names)), block_sizes = function() sizes())
  }
}
