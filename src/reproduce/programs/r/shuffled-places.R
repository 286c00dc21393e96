# Ten Feistel rounds over the two halves of the digits (section 6).
place_of <- function(code, sequence) {
  digits <- PLAN$numbers$digits
  left_size <- 10^ceiling(digits / 2)
  right_size <- 10^floor(digits / 2)
  left <- sequence %/% right_size
  right <- sequence %% right_size
  for (number in 0:9) {
    half <- if (number %% 2 == 0) right else left
    named <- sprintf("allocell-number-order-1:%s:%s:%d:%d", PLAN$numbers$shuffle, code, number, as.integer(half))
    bytes <- sha256(bytes_of(named))[1:4]
    turn <- sum(bytes * 256^(3:0))
    if (number %% 2 == 0) left <- (left + turn) %% left_size else right <- (right + turn) %% right_size
  }
  left * right_size + right
}
