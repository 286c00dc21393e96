# Rscript randomizeR.R > randomizeR.json
# Lists of randomizeR's procedures, drawn in base R by the steps that docs/r-lists.md describes; the package itself is
# not needed. Arms are numbered from 0.
fair <- function() rbinom(1, 1, 0.5)
walk <- function(n, chance) {            # chance(arms so far): the probability of arm 1
  arms <- c()
  for (i in seq_len(n)) arms <- c(arms, rbinom(1, 1, chance(arms)))
  arms
}
limited <- function(p, most) function(arms) {
  d <- sum(arms == 1) - sum(arms == 0)
  if (d == 0) 0.5 else if (d >= most) 0 else if (d <= -most) 1 else if (d > 0) 1 - p else p
}
permuted <- function(lengths, ratio) {
  unlist(lapply(lengths, function(k) sample(rep(seq_along(ratio) - 1, ratio * k / sum(ratio)))))
}
truncated <- function(lengths) {
  unlist(lapply(lengths, function(k) {
    coins <- rbinom(k, 1, 0.5)
    for (i in seq_len(k)) {
      before <- coins[seq_len(i - 1)]
      if (sum(before == 1) == k / 2) coins[i] <- 0
      if (sum(before == 0) == k / 2) coins[i] <- 1
    }
    coins
  }))
}
lengths_of <- function(n, sizes) {       # not filled
  if (length(sizes) == 1) return(rep(sizes, ceiling(n / sizes)))
  out <- c()
  while (sum(out) < n) out <- c(out, sizes[sample.int(length(sizes), 1)])
  out
}
filled_of <- function(n, sizes) {
  out <- c()
  while (sum(out) < n) {
    fit <- sizes[sizes <= n - sum(out)]
    if (length(fit) == 0) {
      last <- out[length(out)]
      out <- out[-length(out)]
      sizes <- sizes[sizes < last]
    } else if (length(fit) == 1) out <- c(out, fit)
    else out <- c(out, fit[sample.int(length(fit), 1)])
  }
  out
}
paley <- function(row) c(1, as.numeric(((row + 0:10) %% 11) %in% c(2, 6, 7, 8, 10)))
hada <- function(n) {
  out <- c()
  while (length(out) < n) {
    row <- sample.int(11, 1) - 1
    flip <- sample.int(2, 1) - 1
    out <- c(out, (paley(row) + flip) %% 2)
  }
  out[seq_len(n)]
}
urn <- function(n, ini, add) {
  arms <- sample.int(2, 1) - 1
  for (i in seq_len(n - 1)) arms <- c(arms, rbinom(1, 1, (ini + add * sum(arms == 0)) / (2 * ini + add * i)))
  arms
}
smith <- function(rho) function(arms) {
  a <- sum(arms == 0); b <- sum(arms == 1)
  if (a == b) 0.5 else 1 - b^rho / (a^rho + b^rho)
}
adjustable <- function(a) function(arms) {
  d <- sum(arms == 0) - sum(arms == 1)
  if (d == 0) 0.5 else if (d > 0) 1 - 1 / (d^a + 1) else 1 - (-d)^a / ((-d)^a + 1)
}
bayesian <- function(n, g) {
  arms <- fair()
  arms <- c(arms, 1 - arms)
  while (length(arms) < n) {
    a <- sum(arms == 0); b <- sum(arms == 1); m <- length(arms)
    wa <- (1 + b / (m * a))^(1 / g); wb <- (1 + a / (m * b))^(1 / g)
    arms <- c(arms, if (a == b) fair() else rbinom(1, 1, 1 - wa / (wa + wb)))
  }
  arms[seq_len(n)]
}
maximal <- function(n, most, ratio) {
  big <- max(ratio) * n / sum(ratio); small <- n - big
  memo <- new.env()
  ways <- function(x, y) {
    key <- paste(x, y)
    if (!is.null(memo[[key]])) return(memo[[key]])
    ok <- abs((x - y) - small / big * y) <= most && x - y >= 0 && y <= big && x - y <= small
    memo[[key]] <- if (!ok) 0 else if (x == n) 1 else ways(x + 1, y) + ways(x + 1, y + 1)
    memo[[key]]
  }
  y <- 0; out <- c()
  for (x in seq_len(n) - 1) {
    other <- rbinom(1, 1, ways(x + 1, y) / ways(x, y))
    y <- y + 1 - other
    out <- c(out, other)
  }
  if (ratio[2] > ratio[1]) 1 - out else out
}
cut_to <- function(arms, n) arms[seq_len(n)]
cases <- list(
  list('"procedure":"CR","N":30', function(r) lapply(1:r, function(i) sample(0:1, 30, TRUE, c(.5, .5)))),
  list('"procedure":"CR","N":30,"K":3,"ratio":[2,1,1]', function(r) lapply(1:r, function(i) sample(0:2, 30, TRUE, c(.5, .25, .25)))),
  list('"procedure":"RAR","N":12,"K":3,"ratio":[1,2,3]', function(r) lapply(1:r, function(i) permuted(12, 1:3))),
  list('"procedure":"PBR","bc":[4,6,4]', function(r) lapply(1:r, function(i) permuted(c(4, 6, 4), c(1, 1)))),
  list('"procedure":"RPBR","N":33,"rb":[3,6,9],"K":2,"ratio":[2,1]', function(r) {
    all <- lapply(1:r, function(i) lengths_of(33, c(3, 6, 9)))
    lapply(all, function(k) cut_to(permuted(k, c(2, 1)), 33))
  }),
  list('"procedure":"RPBR","N":31,"rb":[4]', function(r) lapply(1:r, function(i) cut_to(permuted(lengths_of(31, 4), c(1, 1)), 31))),
  list('"procedure":"RPBR","N":22,"rb":[8,6,4],"filledBlock":true', function(r) {
    all <- lapply(1:r, function(i) filled_of(22, c(8, 6, 4)))
    lapply(all, function(k) permuted(k, c(1, 1)))
  }),
  list('"procedure":"TBD","bc":[8,12]', function(r) lapply(1:r, function(i) truncated(c(8, 12)))),
  list('"procedure":"RTBD","N":25,"rb":[4,8]', function(r) {
    all <- lapply(1:r, function(i) lengths_of(25, c(4, 8)))
    lapply(all, function(k) cut_to(truncated(k), 25))
  }),
  list('"procedure":"RTBD","N":20', function(r) lapply(1:r, function(i) truncated(20))),
  list('"procedure":"EBC","N":40,"p":0.667', function(r) lapply(1:r, function(i) walk(40, limited(0.667, Inf)))),
  list('"procedure":"BSD","N":40,"mti":2', function(r) lapply(1:r, function(i) walk(40, limited(0.5, 2)))),
  list('"procedure":"CHEN","N":40,"mti":3,"p":0.7', function(r) lapply(1:r, function(i) walk(40, limited(0.7, 3)))),
  list('"procedure":"MP","N":40,"mti":3', function(r) lapply(1:r, function(i) maximal(40, 3, c(1, 1)))),
  list('"procedure":"MP","N":30,"mti":2,"ratio":[1,2]', function(r) lapply(1:r, function(i) maximal(30, 2, c(1, 2)))),
  list('"procedure":"UD","N":40,"ini":0,"add":1', function(r) lapply(1:r, function(i) urn(40, 0, 1))),
  list('"procedure":"UD","N":40,"ini":3,"add":2', function(r) lapply(1:r, function(i) urn(40, 3, 2))),
  list('"procedure":"GBCD","N":60,"rho":2.5', function(r) lapply(1:r, function(i) walk(60, smith(2.5)))),
  list('"procedure":"ABCD","N":60,"a":1.7', function(r) lapply(1:r, function(i) walk(60, adjustable(1.7)))),
  list('"procedure":"BBCD","N":60,"a":0.1', function(r) lapply(1:r, function(i) bayesian(60, 0.1))),
  list('"procedure":"HADA","N":30', function(r) lapply(1:r, function(i) hada(30)))
)
out <- c()
for (kind in c("Rejection", "Rounding")) for (r in c(1, 3)) for (case in cases) {
  suppressWarnings(RNGkind("Mersenne-Twister", "Inversion", kind))
  seed <- 20260 + 7 * length(out)
  set.seed(seed)
  lists <- case[[2]](r)
  after <- runif(1)
  text <- paste0('"', sapply(lists, paste, collapse = ""), '"', collapse = ",")
  out <- c(out, sprintf('    {"options":{"seed":%d,"sampleKind":"%s",%s,"r":%d},"sequences":[%s],"runifAfter":"%.17g"}',
                        seed, kind, case[[1]], r, text, after))
}
# genSeq() without a seed draws its own.
for (kind in c("Rejection", "Rounding")) for (name in c("BSD", "RAR")) {
  suppressWarnings(RNGkind("Mersenne-Twister", "Inversion", kind))
  set.seed(9)
  set.seed(if (name == "RAR") sample(1:(10^6), 1) else sample(.Machine$integer.max, 1))
  arms <- if (name == "RAR") permuted(20, c(1, 1)) else walk(20, limited(0.5, 3))
  out <- c(out, sprintf('    {"options":{"seed":9,"seedDrawn":true,"sampleKind":"%s","procedure":"%s","N":20%s},"sequences":["%s"],"runifAfter":"%.17g"}',
                        kind, name, if (name == "RAR") "" else ',"mti":3', paste(arms, collapse = ""), runif(1)))
}
cat('{\n  "title": "Lists by the steps of randomizeR, drawn in base R ', as.character(getRversion()), ' by randomizeR.R",\n  "cases": [\n', sep = "")
cat(paste(out, collapse = ",\n"), "\n  ]\n}\n", sep = "")
