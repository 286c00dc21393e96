# ---- Merged arms ---------------------------------------------------------------------------------------------------
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
