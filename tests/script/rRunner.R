# Runs programs one after the other, each in a place of its own where commandArgs() and quit() are ours.
jobs <- matrix(readLines(commandArgs(TRUE)[1], encoding = "UTF-8"), nrow = 3)
for (i in seq_len(ncol(jobs))) {
  own <- new.env()
  own$commandArgs <- function(...) c("--seed-file", jobs[3, i], jobs[2, i])
  own$quit <- function(save, status) own$ended <- status
  sys.source(jobs[1, i], envir = own)
  cat(sprintf("== %d\n", as.integer(own$ended)))
}
