# ---- Rows and files (sections 6 and 7) -----------------------------------------------------------------------------

# The strata as places of levels, from 1: all combinations, the last factor changing fastest.
all_strata <- function() {
  strata <- list(integer(0))
  for (factor in PLAN$strata) {
    longer <- function(head) lapply(seq_along(factor$levels), function(place) c(head, place))
    strata <- do.call(c, lapply(strata, longer))
  }
  strata
}

rows_asked <- function(levels) {
  for (own in PLAN$lengths) if (all(own$levels == "" | own$levels == levels)) return(own$length)
  PLAN$length
}

urn_of_plan <- function(ratio, rows) {
  if (!isTRUE(PLAN$procedure$mergedArms)) return(procedure(ratio, rows))
  merged_arms(ratio, function(equal_ratio) procedure(equal_ratio, rows))
}

# The lines of the master list without their ends; the first one names the columns.
list_lines <- function(seed) {
  greatest <- 0
  for (share in PLAN$ratio) greatest <- greatest_divisor(share, greatest)
  ratio <- PLAN$ratio / greatest
  streams_for <- streams_of(seed)
  factors <- vapply(PLAN$strata, function(factor) factor$factor, "")
  columns <- c("status", "list", factors, "sequence", "number", "block", "block_size", "position", "arm")
  lines <- paste(columns, collapse = ",")
  urns <- list() # by the number of rows
  for (places in all_strata()) {
    levels <- as.character(unlist(Map(function(factor, place) factor$levels[place], PLAN$strata, places)))
    rows <- rows_asked(levels)
    name <- paste(sprintf("%d", as.integer(rows)), choose_procedure(levels))
    if (is.null(urns[[name]])) urns[[name]] <- urn_of_plan(ratio, rows)
    drawn <- draw_stratum(urns[[name]], rows, WHOLE_LAST_BLOCK, streams_for(c(rbind(factors, levels))))
    sequence <- seq_along(drawn$arm)
    width <- if (is.null(PLAN$numbers$levelDigits)) 2L else as.integer(PLAN$numbers$levelDigits)
    code <- paste(sprintf("%0*d", width, as.integer(places)), collapse = "")
    lines <- c(lines, paste(
      paste(c(STATUS, PLAN$list, levels), collapse = ","), sprintf("%d", sequence),
      vapply(sequence, function(place) number_of(code, place), ""),
      sprintf("%d", as.integer(drawn$block)), sprintf("%d", as.integer(drawn$block_size)),
      sprintf("%d", as.integer(drawn$position)), PLAN$arms[drawn$arm], sep = ","
    ))
  }
  enc2utf8(lines)
}
