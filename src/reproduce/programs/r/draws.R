# ---- Bounded draws (section 4) -------------------------------------------------------------------------------------

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
