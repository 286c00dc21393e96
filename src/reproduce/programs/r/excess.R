# The counts with one more, less the ratio set that this may complete.
next_excess <- function(ratio, counts, arm) {
  counts <- one_more(counts, arm)
  if (all(counts >= ratio)) counts - ratio else counts
}
