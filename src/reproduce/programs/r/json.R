# ---- JSON ----------------------------------------------------------------------------------------------------------
# A line of the log as nested lists. Base R has no reader of JSON.

read_json <- function(line) {
  chars <- strsplit(line, "", fixed = TRUE)[[1]]
  at <- 1
  wrong <- function() refuse("this is no log: each of its lines is an event in JSON.")
  take <- function(expected) {
    if (at > length(chars) || chars[at] != expected) wrong()
    at <<- at + 1
  }
  text <- function() {
    take("\"")
    parts <- character(0)
    repeat {
      if (at > length(chars)) wrong()
      character <- chars[at]
      at <<- at + 1
      if (character == "\"") return(paste(parts, collapse = ""))
      if (character == "\\") {
        character <- chars[at]
        at <<- at + 1
        if (character == "u") {
          character <- intToUtf8(strtoi(paste(chars[at + 0:3], collapse = ""), 16L))
          at <<- at + 4
        } else if (character %in% c("n", "r", "t", "b", "f")) {
          character <- c(n = "\n", r = "\r", t = "\t", b = "\b", f = "\f")[[character]]
        }
      }
      parts <- c(parts, character)
    }
  }
  value <- function() {
    if (at > length(chars)) wrong()
    if (chars[at] == "\"") return(text())
    if (chars[at] %in% c("{", "[")) return(container(chars[at] == "{"))
    from <- at
    while (at <= length(chars) && !chars[at] %in% c(",", "}", "]")) at <<- at + 1
    word <- paste(chars[from:(at - 1)], collapse = "")
    if (word %in% c("true", "false", "null")) word else as.numeric(word)
  }
  container <- function(is_map) {
    end <- if (is_map) "}" else "]"
    at <<- at + 1
    found <- list()
    while (at <= length(chars) && chars[at] != end) {
      if (length(found) > 0) take(",")
      name <- ""
      if (is_map) {
        name <- text()
        take(":")
      }
      found <- c(found, structure(list(value()), names = name))
    }
    take(end)
    found
  }
  value()
}
