# Beside this program, if it was started with Rscript.
default_csv <- function() {
  program <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
  folder <- if (length(program) == 1) dirname(gsub("~+~", " ", program, fixed = TRUE)) else "."
  file.path(folder, MASTER_CSV)
}

main <- function(arguments) {
  seed_file <- NULL
  csv <- NULL
  write <- FALSE
  while (length(arguments) > 0) {
    first <- arguments[1]
    arguments <- arguments[-1]
    if (first == "--seed-file" && length(arguments) > 0) {
      seed_file <- arguments[1]
      arguments <- arguments[-1]
    } else if (first == "--write") {
      write <- TRUE
    } else if (!startsWith(first, "-") && is.null(csv)) {
      csv <- first
    } else {
      refuse("it is started as: Rscript PROGRAM [LIST.csv] [--seed-file FILE] [--write]")
    }
  }
  received <- if (!write) read_bytes(if (is.null(csv)) default_csv() else csv)
  seed <- seed_bytes(read_seed(seed_file))
  if (write) {
    # As bytes, whatever the locale; Windows makes CR LF of LF by itself.
    end <- if (.Platform$OS.type == "windows") "\n" else "\r\n"
    cat(rawToChar(charToRaw(paste0(list_lines(seed), end, collapse = ""))))
    return(0)
  }
  if (compare(list_lines(seed), received)) return(0)
  mark <- substr(stream_key(extracted(seed), "seed-mark", character(0)), 1, 16)
  cat("The mark of the seed that you gave is ", mark, ". If the list's unblinded manifest has another seedMark, then\n",
    "the seed is wrong and not the list.\n", sep = "")
  1
}
