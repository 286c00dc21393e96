# ---- Words ---------------------------------------------------------------------------------------------------------
# The plan names R's own generator: Mersenne Twister after set.seed(seed), one stream for all draws of all strata.
# runif() gives word / 2^32 (a hair above 0 for the word 0), so that a word comes back by rounding down.

streams_of <- function(seed) {
  text <- rawToChar(as.raw(seed))
  if (!grepl("^-?[0-9]{1,10}$", text) || abs(as.numeric(text)) > 2147483647) {
    refuse("The seed of this list is a whole number from -2147483647 to 2147483647.")
  }
  set.seed(as.integer(text), kind = "Mersenne-Twister")
  next_word <- function() floor(runif(1) * 2^32)
  function(names) list(allocation = next_word, block_sizes = next_word)
}
