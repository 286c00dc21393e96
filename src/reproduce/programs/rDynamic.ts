import type { DynamicPlan } from "../../list/index.js";
import { VERSION } from "../../version.js";
import { R_ARC4, R_DRAWS } from "./rDraws.js";
import { R_KEYS } from "./rKeys.js";
import { rLiteral, rText } from "./rLiteral.js";
import { R_WHOLE_NUMBERS } from "./rNumbers.js";
import { R_ENDING, R_LIVE_SEED, R_READING, R_TEST_SEED, rNumbersText } from "./rRows.js";

/** The R program that replays the log of a dynamic allocation; see `toDynamicScript`. All its text is ASCII. */
export function toRDynamic(plan: DynamicPlan, status: "LIVE" | "TEST", algorithm: string): string {
  const { trial, part, list, arms, procedure, factors, numbers } = plan;
  const data = {
    ...{ trial, part, list },
    arms: arms.map(({ arm }) => arm),
    ratio: arms.map(({ ratio }) => ratio),
    procedure: withTexts(procedure),
    factors: factors.map(({ factor, levels, weight }) => ({
      factor,
      levels,
      ...(weight === undefined ? {} : { weight }),
    })),
    numbers,
  };
  return [
    header(plan, status, algorithm),
    `STATUS <- ${rText(status)}
ALGORITHM <- ${rText(algorithm)}

# Everything that an allocation rests on, but the seed and the log.
PLAN <- ${rLiteral(data)}
`,
    R_WHOLE_NUMBERS,
    R_KEYS,
    status === "LIVE" ? R_LIVE_SEED : R_TEST_SEED,
    R_ARC4,
    R_DRAWS,
    R_BALLS,
    PROCEDURES[procedure.kind],
    rNumbersText(numbers),
    R_READING,
    R_JSON,
    R_REPLAY,
    R_ENDING,
  ].join("\n");
}

/** A fraction stays a text, and is read exactly. */
function withTexts(value: object): object {
  const isFraction = (name: string): boolean => ["probability", "q", "t"].includes(name);
  return Object.fromEntries(
    Object.entries(value).map(([name, own]: [string, unknown]) => [
      name,
      typeof own === "object" && own !== null ? withTexts(own) : isFraction(name) ? String(own) : own,
    ]),
  );
}

function header({ list }: DynamicPlan, status: "LIVE" | "TEST", algorithm: string): string {
  return `#!/usr/bin/env Rscript
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure. It holds neither the seed nor an allocation; whoever adds seed and log can compute the next one.
#
# Makes the ${status} dynamic allocation ${list} again from its seed and its log, and names the first one that differs.
#
# It needs R 3.6 or later as it is installed, and no package. It reads the seed and the log, and writes no file.
#
#   Rscript PROGRAM LOG           asks for the seed and replays the log
#   --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input
#
# Exit code: 0 every allocation is the one that plan and seed give, 1 one differs, 2 no comparison was made.
#
# Written by allocell ${VERSION} for algorithm ${algorithm}. The steps are those of allocell's documents
# docs/algorithm.md, whose section numbers stand below, docs/procedures-adaptive.md and docs/conduct-dynamic.md, "Dynamic
# allocation": check them against the documents.
`;
}

const R_BALLS: string = String.raw`# ---- Balls in lowest terms -----------------------------------------------------------------------------------------

gcd_of <- function(a, b) {
  while (b != 0) {
    rest <- a %% b
    a <- b
    b <- rest
  }
  a
}
lowest <- function(weights) {
  weights <- as.list(weights)
  divisor <- Reduce(gcd_of, weights)
  lapply(weights, function(weight) simplest(weight %/% divisor))
}

# A fraction such as "0.8" or "2/3" as its numerator and denominator in lowest terms.
fraction_of <- function(text) {
  parts <- strsplit(text, "/", fixed = TRUE)[[1]]
  places <- max(0, nchar(sub("^[^.]*[.]?", "", parts[1])))
  top <- as.numeric(sub(".", "", parts[1], fixed = TRUE))
  bottom <- 10^places * if (length(parts) == 2) as.numeric(parts[2]) else 1
  c(top, bottom) / gcd_of(top, bottom)
}
`;

const R_MINIMIZATION: string = String.raw`# ---- Minimization --------------------------------------------------------------------------------------------------

RATIO <- as.numeric(unlist(lowest(PLAN$ratio)))
STEPS <- Reduce(function(a, b) a / gcd_of(a, b) * b, RATIO) / RATIO
COUNTS <- new.env()
counts_of <- function(factor, level) {
  known <- COUNTS[[paste(factor, level)]]
  if (is.null(known)) 0 * RATIO else known
}

after <- function(levels, arm) {
  for (factor in seq_along(levels)) {
    counts <- counts_of(factor, levels[factor])
    counts[arm] <- counts[arm] + 1
    assign(paste(factor, levels[factor]), counts, envir = COUNTS)
  }
}

# Of one level: the range, or arms x (arms - 1) times the variance, or its root.
imbalance <- function(y) {
  if (PLAN$procedure$measure == "range") return(max(y) - min(y))
  spread <- length(y) * sum(y^2) - sum(y)^2
  if (PLAN$procedure$measure == "sd") sqrt(spread) else spread
}

score <- function(levels, candidate) {
  total <- 0
  for (factor in seq_along(levels)) {
    y <- (counts_of(factor, levels[factor]) + (seq_along(RATIO) == candidate)) * STEPS
    weight <- PLAN$factors[[factor]]$weight
    total <- total + (if (is.null(weight)) 1 else weight) * imbalance(y)
  }
  total
}

# Whole numbers are compared exactly; sums of square roots are equal if they differ by less than 10^-12 of themselves.
order_of <- function(a, b) {
  margin <- if (PLAN$procedure$measure == "sd") 1e-12 * max(a, b) else 0
  ifelse(abs(a - b) <= margin, 0, sign(a - b))
}

balls_of <- function(levels) {
  k <- length(RATIO)
  law <- PLAN$procedure$law
  scores <- vapply(seq_len(k), function(arm) score(levels, arm), 0)
  if (law$kind == "fixed") {
    tied <- order_of(scores, min(scores)) == 0
    p <- fraction_of(law$probability)
    if (identical(law$ties, "share")) return(share_balls(tied, p))
    return(han_balls(tied, p))
  }
  if (law$kind == "rank") {
    q <- fraction_of(law$q)
    return(lowest(vapply(seq_len(k), function(arm) {
      order <- order_of(scores, scores[arm])
      q[1] * k * (k + 1) - (k * q[1] - q[2]) * (2 * sum(order < 0) + sum(order == 0) + 1)
    }, 0)))
  }
  t <- fraction_of(law$t)
  if (sum(scores) == 0) return(as.list(RATIO))
  weights <- lowest(t[2] * sum(scores) - t[1] * scores)
  all_weights <- total(weights)
  if (all_weights <= 2^31) return(weights)
  lowest(lapply(weights, function(weight) {
    if (weight == 0) 0 else max(1, plain((big(2^31) * weight) %/% all_weights))
  }))
}

# Han, Enas and McEntegart: the mean over the tied arms, weighted by the ratio.
han_balls <- function(tied, p) {
  rest <- sum(RATIO) - min(RATIO)
  among <- sum(RATIO[tied])
  to_others <- p[2] - p[1]
  as_other <- to_others * RATIO
  lowest(ifelse(
    tied, RATIO * (p[2] * rest - to_others * (sum(RATIO) - RATIO)) + (among - RATIO) * as_other, as_other * among
  ))
}

# p is divided evenly among the tied arms.
share_balls <- function(tied, p) {
  others <- sum(!tied)
  if (others == 0) return(as.list(RATIO))
  lowest(ifelse(tied, p[1] * others, (p[2] - p[1]) * sum(tied)))
}
`;

const R_HU_HU: string = String.raw`# ---- Hu and Hu -----------------------------------------------------------------------------------------------------

DIFFERENCES <- new.env()
places_of <- function(levels) {
  c("all", paste("factor", seq_along(levels), levels), paste(c("stratum", levels), collapse = "\r"))
}
difference_of <- function(place) {
  known <- DIFFERENCES[[place]]
  if (is.null(known)) 0 else known
}

after <- function(levels, arm) {
  for (place in places_of(levels)) {
    assign(place, difference_of(place) + (if (arm == 1) 1 else -1), envir = DIFFERENCES)
  }
}

balls_of <- function(levels) {
  p <- fraction_of(PLAN$procedure$probability)
  own <- vapply(PLAN$factors, function(factor) factor$weight, 0)
  weights <- c(PLAN$procedure$overallWeight, own, PLAN$procedure$stratumWeight)
  g <- sum(weights * vapply(places_of(levels), difference_of, 0))
  if (g == 0) return(list(1, 1))
  if (g < 0) list(p[1], p[2] - p[1]) else list(p[2] - p[1], p[1])
}
`;

const R_ATKINSON: string = String.raw`# ---- Atkinson ------------------------------------------------------------------------------------------------------

ROWS <- NULL
SIGNS <- NULL
design_row <- function(levels) {
  c(1, unlist(lapply(seq_along(levels), function(i) as.numeric(PLAN$factors[[i]]$levels[-1] == levels[i]))))
}

after <- function(levels, arm) {
  ROWS <<- rbind(ROWS, design_row(levels))
  SIGNS <<- c(SIGNS, if (arm == 1) 1 else -1)
}

# Least squares by elimination in whole numbers, column by column: every division leaves no rest. A column that depends
# on earlier ones has coefficient 0.
balls_of <- function(levels) {
  if (is.null(ROWS)) return(list(1, 1))
  x <- design_row(levels)
  n <- length(x)
  squares <- crossprod(ROWS)
  sums <- as.vector(crossprod(ROWS, SIGNS))
  rows <- lapply(seq_len(n), function(i) lapply(c(squares[i, ], sums[i]), big))
  previous <- big(1)
  solved <- integer(0)
  for (pivot in seq_len(n)) {
    divisor <- rows[[pivot]][[pivot]]
    if (divisor == 0) next
    for (i in setdiff(seq_len(n), pivot)) {
      factor <- rows[[i]][[pivot]]
      rows[[i]] <- lapply(seq_len(n + 1), function(j) {
        divided_exactly(divisor * rows[[i]][[j]] - factor * rows[[pivot]][[j]], previous)
      })
    }
    previous <- divisor
    solved <- c(solved, pivot)
  }
  u <- big(0)
  for (i in solved) if (x[i] == 1) u <- u + rows[[i]][[n + 1]]
  lowest(list((previous - u) * (previous - u), (previous + u) * (previous + u)))
}

divided_exactly <- function(a, b) if (a < 0) big(0) - (big(0) - a) %/% b else a %/% b
`;

const PROCEDURES: Readonly<Record<DynamicPlan["procedure"]["kind"], string>> = {
  minimization: R_MINIMIZATION,
  "hu-hu": R_HU_HU,
  atkinson: R_ATKINSON,
};

const R_JSON: string = String.raw`# ---- JSON ----------------------------------------------------------------------------------------------------------
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
`;

const R_REPLAY: string = String.raw`# ---- The log -------------------------------------------------------------------------------------------------------

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
`;
