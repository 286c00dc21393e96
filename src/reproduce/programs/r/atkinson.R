# ---- Atkinson ------------------------------------------------------------------------------------------------------

ROWS <- NULL
SIGNS <- NULL
design_row <- function(levels) {
  c(1, unlist(lapply(seq_along(levels), function(i) as.numeric(PLAN$factors[[i]]$levels[-1] == levels[i]))))
}

after <- function(levels, arm) {
  ROWS <<- rbind(ROWS, design_row(levels))
  SIGNS <<- c(SIGNS, if (arm == 1) 1 else -1)
}

# Least squares by elimination in whole numbers, column by column: every division leaves no rest. A column that depends
# on earlier ones has coefficient 0.
balls_of <- function(levels) {
  if (is.null(ROWS)) return(list(1, 1))
  x <- design_row(levels)
  n <- length(x)
  squares <- crossprod(ROWS)
  sums <- as.vector(crossprod(ROWS, SIGNS))
  rows <- lapply(seq_len(n), function(i) lapply(c(squares[i, ], sums[i]), big))
  previous <- big(1)
  solved <- integer(0)
  for (pivot in seq_len(n)) {
    divisor <- rows[[pivot]][[pivot]]
    if (divisor == 0) next
    for (i in setdiff(seq_len(n), pivot)) {
      factor <- rows[[i]][[pivot]]
      rows[[i]] <- lapply(seq_len(n + 1), function(j) {
        divided_exactly(divisor * rows[[i]][[j]] - factor * rows[[pivot]][[j]], previous)
      })
    }
    previous <- divisor
    solved <- c(solved, pivot)
  }
  u <- big(0)
  for (i in solved) if (x[i] == 1) u <- u + rows[[i]][[n + 1]]
  lowest(list((previous - u) * (previous - u), (previous + u) * (previous + u)))
}

divided_exactly <- function(a, b) if (a < 0) big(0) - (big(0) - a) %/% b else a %/% b
