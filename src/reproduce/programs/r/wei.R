# Urn design: a + b (n - N_k) balls; the state is the participants by arm.
procedure <- function(ratio, rows) {
  a <- PLAN$procedure$initial
  b <- PLAN$procedure$added
  urn(length(ratio), 0 * ratio, balls = function(counts) {
    n <- sum(counts)
    if (a == 0 && n == 0) 1 + 0 * counts else a + b * (n - counts)
  }, after = one_more)
}
