/* R: the words of a stream, bounded draws, balls, and the walk of one stratum. */

export const R_ARC4: string = String.raw`# ---- Words (section 3) ---------------------------------------------------------------------------------------------
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
`;

/** The stream `r-mersenne-twister`: R's own generator, one stream for the whole list. */
export const R_TWISTER: string = String.raw`# ---- Words ---------------------------------------------------------------------------------------------------------
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
`;

export const R_DRAWS: string = String.raw`# ---- Bounded draws (section 4) -------------------------------------------------------------------------------------

below <- function(next_word, n) {
  if (n <= 2^32) {
    n <- plain(n)
    limit <- 2^32 - 2^32 %% n
    repeat {
      word <- next_word()
      if (word < limit) return(word %% n)
    }
  }
  words <- 1
  range <- big(2^32)
  while (range < n) {
    words <- words + 1
    range <- range * 2^32
  }
  limit <- range - range %% n
  repeat {
    x <- big(0)
    for (i in seq_len(words)) x <- x * 2^32 + next_word()
    if (x < limit) return(x %% n)
  }
}

# ---- Balls (section 5) ---------------------------------------------------------------------------------------------
# An urn has: arms, their number; start, its first state; balls(state), the counts by arm, then the hidden ones;
# after(state, ball), the next state, balls counted from 1; block_at(state), the rows of the block that begins here, or
# 0 anywhere else.

urn <- function(arms, start, balls, after, block_at = function(state) 0) {
  list(arms = arms, start = start, balls = balls, after = after, block_at = block_at)
}

total <- function(counts) {
  sum <- 0
  for (count in as.list(counts)) sum <- sum + count
  sum
}

draw_ball <- function(counts, next_word) {
  all_balls <- total(counts)
  if (all_balls == 0) refuse("The procedure comes to its end before the list does: this plan makes no list.")
  x <- below(next_word, all_balls)
  for (ball in seq_along(counts)) {
    if (x < counts[[ball]]) return(ball)
    x <- x - counts[[ball]]
  }
}

# The rows of one stratum. "whole": the list goes on to the end of the open block.
draw_stratum <- function(the_urn, rows, whole, streams) {
  arm <- block <- block_size <- position <- integer(rows)
  state <- the_urn$start
  drawn <- 0
  needed <- rows
  open <- c(number = 0, size = 0, start = 0)
  while (drawn < needed) {
    size <- the_urn$block_at(state)
    if (size > 0) {
      open <- c(number = open[["number"]] + 1, size = size, start = drawn)
      if (whole) needed <- max(rows, drawn + size)
    }
    counts <- the_urn$balls(state)
    assigns <- total(counts[seq_len(the_urn$arms)]) > 0
    ball <- draw_ball(counts, if (assigns) streams$allocation else streams$block_sizes)
    if (ball <= the_urn$arms) {
      drawn <- drawn + 1
      arm[drawn] <- ball
      block[drawn] <- open[["number"]]
      block_size[drawn] <- open[["size"]]
      position[drawn] <- if (open[["size"]] > 0) drawn - open[["start"]] else 0
    }
    state <- the_urn$after(state, ball)
  }
  list(arm = arm, block = block, block_size = block_size, position = position)
}
`;

export const R_MERGED_ARMS: string = String.raw`# ---- Merged arms ---------------------------------------------------------------------------------------------------
# The procedure runs on as many equal arms as the ratio has shares, and w_k of them count as arm k. Which one it was is
# settled by a hidden draw afterwards, unless only one had balls. State: the inner state, and the arm that waits for
# its settling draw, or 0. Balls: the arms, the fictitious arms, the inner hidden ones.

merged_arms <- function(ratio, procedure) {
  arm_of <- rep(seq_along(ratio), ratio)
  arms <- length(ratio)
  fictitious <- length(arm_of)
  inner <- procedure(rep(1, fictitious))
  none <- function(n) rep(list(0), n)
  urn(
    arms, list(inner = inner$start, waits = 0),
    balls = function(state) {
      counts <- as.list(inner$balls(state$inner))
      if (state$waits > 0) {
        others <- which(arm_of != state$waits)
        counts[others] <- none(length(others))
        return(c(none(arms), counts[seq_len(fictitious)]))
      }
      merged <- lapply(seq_len(arms), function(arm) total(counts[which(arm_of == arm)]))
      c(merged, none(fictitious), counts[-seq_len(fictitious)])
    },
    after = function(state, ball) {
      if (ball > arms) return(list(inner = inner$after(state$inner, ball - arms), waits = 0))
      counts <- as.list(inner$balls(state$inner))
      candidates <- Filter(function(i) counts[[i]] > 0, which(arm_of == ball))
      if (length(candidates) > 1) return(list(inner = state$inner, waits = ball))
      list(inner = inner$after(state$inner, candidates), waits = 0)
    },
    block_at = function(state) if (state$waits > 0) 0 else inner$block_at(state$inner)
  )
}
`;
