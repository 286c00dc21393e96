# ---- The program ---------------------------------------------------------------------------------------------------

# Why no comparison can be made, in a sentence.
refuse <- function(why) stop(structure(list(message = why, call = NULL), class = c("refusal", "error", "condition")))

read_bytes <- function(file) {
  if (!file.exists(file) || dir.exists(file)) refuse(paste0("there is no file ", file, "."))
  readBin(file, "raw", file.size(file))
}

# The seed's text: from a file, or a line that is asked for. R has no way of its own to hide what is typed; where the
# system's stty has one, that is used.
read_seed <- function(file) {
  question <- function(shown) paste0(STATUS, " seed of list ", PLAN$list, " (it is ", shown, "): ")
  if (!is.null(file)) {
    bytes <- read_bytes(file)
    if (length(bytes) >= 3 && all(bytes[1:3] == as.raw(c(0xef, 0xbb, 0xbf)))) bytes <- bytes[-(1:3)]
    if (any(bytes == 0)) refuse("the seed is no text.")
    text <- sub("\r?\n$", "", rawToChar(bytes), useBytes = TRUE)
  } else if (interactive()) {
    text <- enc2utf8(readline(question("shown")))
  } else {
    input <- file("stdin")
    on.exit(close(input))
    if (isatty(stdin())) {
      is_hidden <- .Platform$OS.type == "unix" && system("stty -echo", ignore.stderr = TRUE) == 0
      if (is_hidden) on.exit(system("stty echo"), add = TRUE)
      cat(question(if (is_hidden) "not shown" else "shown"), file = stderr())
    }
    text <- readLines(input, n = 1, warn = FALSE)
    if (length(text) == 0) refuse("no seed was given.")
  }
  if (!validUTF8(text)) refuse("the seed is no text in UTF-8.")
  Encoding(text) <- "UTF-8"
  text
}
