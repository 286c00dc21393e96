import type { NumberFormat } from "../../list/index.js";

/* R: the seed, the rows and the file of a list, the comparison, and the program's dealings with its user. */

export const R_LIVE_SEED: string = String.raw`# ---- Seed (section 1) ----------------------------------------------------------------------------------------------

# The 32 bytes of a live seed: 64 hex digits, a hyphen, 8 check digits.
seed_bytes <- function(text) {
  text <- tolower(trimws(text))
  if (!grepl("^[0-9a-f]{64}-[0-9a-f]{8}$", text)) {
    refuse("this is no live seed: that is 64 hex digits, a hyphen and 8 check digits.")
  }
  digits <- substr(text, 1, 64)
  check <- hex(sha256(bytes_of(paste0("allocell seed check 1:", digits))))
  if (substr(check, 1, 8) != substr(text, 66, 73)) {
    refuse("the check digits of the seed do not fit: a digit is wrong or missing.")
  }
  strtoi(substring(digits, seq(1, 63, 2), seq(2, 64, 2)), 16)
}
`;

export const R_TEST_SEED: string = String.raw`# ---- Seed (section 1) ----------------------------------------------------------------------------------------------

# The bytes of a test seed: its text in UTF-8. Base R has no Unicode normalization, so the text must be in form NFC.
seed_bytes <- function(text) {
  if (!grepl("[^[:space:]]", text)) refuse("a seed is needed.")
  if (grepl("[0-9A-Fa-f]{40}", text)) refuse("this looks like a live seed, but this is a TEST list.")
  bytes <- bytes_of(text)
  if (any(bytes > 127)) {
    message("Note: the seed has characters beyond ASCII, which are taken as they come: base R cannot bring a text into")
    message("Unicode form NFC. Should no row agree, give the seed in form NFC, or use the program in Python.")
  }
  bytes
}
`;

/** The numbers of rows and of participants; the mask and the order of places only where a plan has them. */
export function rNumbersText({ mask, shuffle }: NumberFormat): string {
  const place = shuffle === undefined ? "sequence" : "shuffled(code, sequence)";
  const body =
    mask === undefined ? '  paste0(if (STATUS == "TEST") "T", PLAN$numbers$prefix, code, place)' : R_MASKED_NUMBER;
  return [
    ...(mask?.includes("{check}") === true ? [R_CHECK_DIGIT] : []),
    ...(shuffle === undefined ? [] : [R_SHUFFLED]),
    `# The randomization number of a place in a stratum (section 6).
number_of <- function(code, sequence) {
  place <- sprintf("%0*d", as.integer(PLAN$numbers$digits), as.integer(${place}))
${body}
}

`,
  ].join("");
}

const R_MASKED_NUMBER = String.raw`  text <- sub("{stratum}", code, PLAN$numbers$mask, fixed = TRUE)
  text <- sub("{sequence}", place, text, fixed = TRUE)
  if (grepl("{check}", text, fixed = TRUE)) text <- sub("{check}", check_digit(paste0(code, place)), text, fixed = TRUE)
  paste0(if (STATUS == "TEST") "T", PLAN$numbers$prefix, text)`;

const R_CHECK_DIGIT = String.raw`# ISO 7064, MOD 11,10.
check_digit <- function(digits) {
  product <- 10
  for (digit in as.integer(strsplit(digits, "")[[1]])) {
    sum <- (product + digit) %% 10
    product <- ((if (sum == 0) 10 else sum) * 2) %% 11
  }
  sprintf("%d", as.integer((11 - product) %% 10))
}

`;

const R_SHUFFLED = String.raw`# Ten Feistel rounds over the two halves of the digits (section 6).
shuffled <- function(code, sequence) {
  digits <- PLAN$numbers$digits
  left_size <- 10^ceiling(digits / 2)
  right_size <- 10^floor(digits / 2)
  left <- sequence %/% right_size
  right <- sequence %% right_size
  for (number in 0:9) {
    half <- if (number %% 2 == 0) right else left
    named <- sprintf("allocell-number-order-1:%s:%s:%d:%d", PLAN$numbers$shuffle, code, number, as.integer(half))
    bytes <- sha256(bytes_of(named))[1:4]
    turn <- sum(bytes * 256^(3:0))
    if (number %% 2 == 0) left <- (left + turn) %% left_size else right <- (right + turn) %% right_size
  }
  left * right_size + right
}

`;

export const R_ROWS: string = String.raw`# ---- Rows and files (sections 6 and 7) -----------------------------------------------------------------------------

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
    name <- sprintf("%d", as.integer(rows))
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
`;

/** The lines that make the urn of a stratum, and those where strata have procedures of their own. */
export const R_ONE_PROCEDURE: string = String.raw`    name <- sprintf("%d", as.integer(rows))
`;
export const R_CHOOSE_PROCEDURE: string = String.raw`    name <- paste(sprintf("%d", as.integer(rows)), choose_procedure(levels))
`;

export const R_OWN_PROCEDURES: string = String.raw`# The procedure of the entry that names levels of this stratum, else the plan's. Gives the place of the entry, or 0.
PROCEDURE_OF_PLAN <- PLAN$procedure
WHOLE_LAST_BLOCK_OF_PLAN <- WHOLE_LAST_BLOCK
choose_procedure <- function(levels) {
  PLAN$procedure <<- PROCEDURE_OF_PLAN
  WHOLE_LAST_BLOCK <<- WHOLE_LAST_BLOCK_OF_PLAN
  for (i in seq_along(PLAN$procedures)) {
    named <- PLAN$procedures[[i]]$levels
    if (!all(named == "" | named == levels)) next
    PLAN$procedure <<- PLAN$procedures[[i]]$procedure
    WHOLE_LAST_BLOCK <<- WHOLE_LAST_BLOCK_OF[i]
    return(i)
  }
  0
}

`;

export const R_COMPARISON: string = String.raw`# ---- Comparison ----------------------------------------------------------------------------------------------------

# The lines of a file, whatever ends them, without a byte-order mark.
lines_of <- function(bytes) {
  bytes <- as.integer(bytes)
  if (length(bytes) >= 3 && all(bytes[1:3] == c(0xef, 0xbb, 0xbf))) bytes <- bytes[-(1:3)]
  if (length(bytes) == 0) return(character(0))
  before_lf <- bytes == 13 & c(bytes[-1], 0) == 10
  bytes <- bytes[!before_lf]
  bytes[bytes == 13] <- 10
  bytes[bytes == 0] <- 1 # R's texts cannot hold a zero byte, and no list has one
  if (bytes[length(bytes)] != 10) bytes <- c(bytes, 10)
  ends <- which(bytes == 10)
  starts <- c(1, ends[-length(ends)] + 1)
  lines <- mapply(function(from, to) rawToChar(as.raw(bytes[seq_len(to - from) + from - 1])), starts, ends)
  Encoding(lines) <- "UTF-8"
  lines
}

# Prints the first line in which the file departs from the list; TRUE if every byte agrees.
compare <- function(lines, received) {
  rows <- length(lines) - 1
  if (identical(received, charToRaw(paste0(lines, "\r\n", collapse = "")))) {
    cat(sprintf("%d rows agree: this is %s list %s.\n", rows, STATUS, PLAN$list))
    return(TRUE)
  }
  found <- lines_of(received)
  both <- seq_len(min(length(lines), length(found)))
  at <- c(which(lines[both] != found[both]), length(both) + 1)[1]
  if (at > max(length(lines), length(found))) {
    cat(sprintf("The %d rows agree, but line ends or a byte-order mark were changed,", rows))
    cat(" as editors and spreadsheets do.\n")
    return(FALSE)
  }
  shown <- function(texts) if (at <= length(texts)) texts[at] else "(the end of the file)"
  if (at > 1) cat(sprintf("Row %d differs (line %d of the file):\n", at - 1, at))
  else cat("The line of column names differs:\n")
  cat("  expected: ", shown(lines), "\n", sep = "")
  cat("  found:    ", shown(found), "\n", sep = "")
  if (identical(sort(lines, method = "radix"), sort(found, method = "radix"))) {
    cat("The rows are all there, in another order: the file was re-sorted.\n")
  }
  if (at > 1) cat(sprintf("%d of %d rows agree before it.\n", at - 2, rows))
  FALSE
}
`;

/** How seed and files are read, and why nothing is compared. */
export const R_READING: string = String.raw`# ---- The program ---------------------------------------------------------------------------------------------------

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
`;

/** How the program ends. */
export const R_ENDING: string = String.raw`status <- tryCatch(
  main(if (interactive()) character(0) else commandArgs(TRUE)),
  refusal = function(refusal) {
    message("No comparison was made: ", conditionMessage(refusal))
    2
  },
  error = function(error) {
    message("No comparison was made: this program failed: ", conditionMessage(error))
    2
  }
)
if (!interactive()) quit(save = "no", status = status)
`;

export const R_MAIN: string = String.raw`${R_READING}
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

${R_ENDING}`;
