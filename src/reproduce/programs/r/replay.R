# ---- The log -------------------------------------------------------------------------------------------------------

events_of <- function(bytes) {
  if (any(bytes == 0)) refuse("this is no log: each of its lines is an event in JSON.")
  lines <- strsplit(rawToChar(bytes), "\n", fixed = TRUE)[[1]]
  Encoding(lines) <- "UTF-8"
  lapply(lines[lines != ""], read_json)
}

levels_of <- function(event) {
  vapply(PLAN$factors, function(factor) {
    level <- event$stratum[[factor$factor]]
    if (is.null(level) || !level %in% factor$levels) {
      refuse(sprintf("event %d has no level of %s that the plan has: is it the last plan?", event$seq, factor$factor))
    }
    level
  }, "")
}

# Every participant in turn; a forced one is counted and draws nothing.
replay <- function(seed, events) {
  extract <- extracted(seed)
  opened <- if (length(events) > 0) events[[1]] else list()
  if (!identical(opened$kind, "dynamic") || !identical(opened$list, PLAN$list) || !identical(opened$status, STATUS)) {
    refuse(sprintf("this is not the log of the %s dynamic allocation %s.", STATUS, PLAN$list))
  }
  if (!identical(opened$seedMark, substr(stream_key(extract, "seed-mark", character(0)), 1, 16))) {
    refuse("this is not the seed that the log was opened with: the marks differ.")
  }
  n <- 0
  for (event in events) {
    if (!event$type %in% c("assigned", "replaced", "forced") || is.null(event$arm)) next
    n <- n + 1
    levels <- levels_of(event)
    if (event$type != "forced") {
      stream <- stream_of(stream_key(extract, "allocation", c("participant", sprintf("%d", n))))
      arm <- PLAN$arms[draw_ball(balls_of(levels), stream)]
      number <- number_of("", n)
      differs <- function(what, expected, found) {
        cat(sprintf("Event %d differs (participant %d): %s expected %s, found %s.\n", event$seq, n, what, expected, found))
        FALSE
      }
      if (arm != event$arm) return(differs("arm", arm, event$arm))
      if (number != event$number) return(differs("number", number, event$number))
    }
    after(levels, match(event$arm, PLAN$arms))
  }
  cat(sprintf("%d allocations agree: this is %s dynamic allocation %s.\n", n, STATUS, PLAN$list))
  TRUE
}

main <- function(arguments) {
  seed_file <- NULL
  log <- NULL
  while (length(arguments) > 0) {
    first <- arguments[1]
    arguments <- arguments[-1]
    if (first == "--seed-file" && length(arguments) > 0) {
      seed_file <- arguments[1]
      arguments <- arguments[-1]
    } else if (!startsWith(first, "-") && is.null(log)) {
      log <- first
    } else {
      refuse("it is started as: Rscript PROGRAM LOG [--seed-file FILE]")
    }
  }
  if (is.null(log)) refuse("it is started as: Rscript PROGRAM LOG [--seed-file FILE]")
  events <- events_of(read_bytes(log))
  if (replay(seed_bytes(read_seed(seed_file)), events)) 0 else 1
}
