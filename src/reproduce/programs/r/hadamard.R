# Hadamard blocks of 12: 22 hidden balls choose a row, then one ball names the arm. Row r (from 0) has a plus at the
# first position, and at position p (from 0) if r + p - 1 is no square modulo 11. Balls 1 to 11 are these rows, a plus
# being the second arm; balls 12 to 22 their mirror images. The state is 0 between blocks, else 12 x (ball - 1) + the
# position, from 1.
procedure <- function(ratio, rows) {
  squares <- (0:10)^2 %% 11
  has_plus <- function(row, place) place == 0 || !((row + place - 1) %% 11 %in% squares)
  urn(
    2, 0,
    balls = function(state) {
      if (state == 0) return(c(0, 0, rep(1, 22)))
      row <- (state - 1) %/% 12
      second <- has_plus(row %% 11, (state - 1) %% 12) == (row < 11)
      if (second) c(0, 1) else c(1, 0)
    },
    after = function(state, ball) {
      if (state == 0) 1 + 12 * (ball - 3) else if (state %% 12 == 0) 0 else state + 1
    },
    block_at = function(state) if (state %% 12 == 1) 12 else 0
  )
}
