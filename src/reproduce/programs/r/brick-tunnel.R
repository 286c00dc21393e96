# Brick tunnel: N_A is one of the whole numbers next to n w_A / W. The state is n and N_A, whole ratio sets left out.
procedure <- function(ratio, rows) {
  w <- ratio[1]
  W <- sum(ratio)
  urn(2, c(n = 0, first = 0), balls = function(state) {
    r <- (state[["n"]] * w) %% W
    above <- state[["first"]] > (state[["n"]] * w) %/% W
    if (r + w < W) {
      if (above) c(0, 1) else c(w, W - r - w)
    } else {
      if (above) c(r + w - W, W - w) else c(1, 0)
    }
  }, after = function(state, arm) {
    state <- state + c(1, if (arm == 1) 1 else 0)
    if (state[["n"]] == W) c(n = 0, first = state[["first"]] - w) else state
  })
}
