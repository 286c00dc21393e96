# Rscript r-cross.R > r-cross.json
# Cases of base R for what r-sample.json does not reach. Every case gives its own call.
text <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
line <- function(kind, seed, args, value, after) {
  sprintf('    {"kind":"%s","seed":%d,%s,"value":%s,"runifAfter":"%.17g"}', kind, seed, args, text(value), after)
}
weights <- list(ties = rep(1, 300), rising = 1:300, zeros = rep(c(0, 1, 2), 120), few = c(0, 3, 1, 3, 0, 1, 3))
out <- character()
for (kind in c("Rejection", "Rounding")) {
  suppressWarnings(RNGkind("Mersenne-Twister", "Inversion", kind))
  for (seed in c(1, -2147483647)) {
    for (name in names(weights)) for (replace in c(TRUE, FALSE)) for (size in c(0, 1, 4)) {
      w <- weights[[name]]
      set.seed(seed)
      value <- sample.int(length(w), size, replace, w)
      args <- sprintf('"n":%d,"size":%d,"replace":%s,"prob":"%s"', length(w), size, tolower(replace), name)
      out <- c(out, line(kind, seed, args, value, runif(1)))
    }
    for (n in c(1, 65535, 65536, 1e7, 1e7 + 1, 2^31 - 1, 2^31, 2^31 + 1, 2^32, 2^32 + 1, 2^40 + 12345, 2^47)) {
      set.seed(seed)
      value <- sample.int(n, 6, TRUE)
      args <- sprintf('"n":%.0f,"size":6,"replace":true', n)
      out <- c(out, line(kind, seed, args, value, runif(1)))
    }
  }
}
numbers <- c(0, 1, 99999, 100000, 110000, 123456, 200000, 1200000, 1230000, 10000000, -100000, -120000, -1)
cat("{\n", '  "title": "Base R: alias method, large indexes, text of whole numbers",\n',
  '  "provenance": "Produced by running r-cross.R in base R.",\n', sprintf('  "rVersion": "%s",\n', R.version.string),
  '  "fields": {"prob": "name of the weights", "runifAfter": "next runif(1)", "labels": "as.character() of whole numbers"},\n',
  '  "weights": {', paste(sprintf('"%s":%s', names(weights), sapply(weights, text)), collapse = ","), "},\n",
  '  "labels": [', paste(sprintf('[%.0f,"%s"]', numbers, sapply(numbers, as.character)), collapse = ","), "],\n",
  '  "cases": [\n', paste(out, collapse = ",\n"), "\n  ]\n}\n", sep = "")
