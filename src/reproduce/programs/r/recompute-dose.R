# Recomputes preparations from their orders, with nothing but R as it is installed. Written by allocell @VERSION@.
#
#     Rscript PROGRAM [--show] ANSWER.json ...
#
# An answer is what `allocell prepare ORDER.yaml --json` writes: the order as it was read, each step of the
# calculation, and the results. This program takes the order alone, computes every step again in exact fractions, and
# compares each amount: what goes into a step, its exact value and its result, and every amount of the results. It
# names the first one that differs. --show prints the order, to be held against the order file, and the steps that
# were computed, to be held against a printed worksheet. The sections below follow docs/preparation.md. R 3.6 or later,
# in any language setting.
#
# Exit code 0: all answers agree. 1: an amount differs, or a limit is not kept. 2: none does, and a file was not
# compared.
#
# Recomputed: weight, body surface, target, cap, range, usable cells, containers, draw, delivered dose, diluent, rate,
# clock, day totals, several components. Held: cap, range, hard limits, volumes, concentration, rates, clock, DMSO,
# endotoxin. NOT recomputed: warnings, plausibility, names and dates, viability limits, soft limits, and whether the
# order is what was meant: compare the order in the answer with the order file.
#
# Letters beyond ASCII are kept and shown as their bytes, such as <c3><bc>. Several lots with such letters in a name
# are not compared, since base R cannot bring a text into Unicode form NFKC.

not_compared <- function(...) {
  stop(structure(class = c("not_compared", "error", "condition"), list(message = paste0(...), call = NULL)))
}

# ---- Whole numbers of any size ---------------------------------------------------------------------------------------
# A sign, and digits to the base 10^6, the lowest first, without leading zeros; 0 has no digit. A product of two digits
# is below 10^12, so that a double adds up to 9,000 of them without rounding.

BASE <- 1e6

make_big <- function(sign, digits) {
  n <- length(digits)
  while (n > 0 && digits[n] == 0) n <- n - 1
  list(sign = if (n == 0) 0 else sign, digits = digits[seq_len(n)])
}

big_of_text <- function(text) {
  n <- nchar(text)
  ends <- seq(n, 1, by = -6)
  make_big(1, as.numeric(substring(text, pmax(ends - 5, 1), ends)))
}

text_of_big <- function(a) {
  if (a$sign == 0) return("0")
  text <- paste(rev(sprintf("%06.0f", a$digits)), collapse = "")
  sub("^0+", "", text)
}

# @WHOLE_NUMBERS@

big_product <- function(a, b) {
  if (length(a$digits) > length(b$digits)) return(big_product(b, a))
  digits <- numeric(length(a$digits) + length(b$digits) + 1)
  for (i in seq_along(a$digits)) {
    at <- i - 1 + seq_along(b$digits)
    digits[at] <- digits[at] + a$digits[i] * b$digits
    if (i %% 4096 == 0) digits <- settled(digits)
  }
  make_big(a$sign * b$sign, settled(digits))
}

big_power <- function(a, exponent) {
  result <- ONE_BIG
  while (exponent > 0) {
    if (exponent %% 2 == 1) result <- big_product(result, a)
    exponent <- exponent %/% 2
    if (exponent > 0) a <- big_product(a, a)
  }
  result
}

ONE_BIG <- make_big(1, 1)
ZERO_BIG <- make_big(0, numeric(0))
power_of_ten <- function(n) make_big(1, c(numeric(n %/% 6), 10^(n %% 6)))

# ---- Numbers ---------------------------------------------------------------------------------------------------------
# Decimal text is read as a fraction of whole numbers, top over bottom > 0. Nothing is rounded but where a step says so.
# The signs + - * / and the comparisons work on fractions, and on one of them together with a plain whole number.

over <- function(top, bottom) structure(list(top = top, bottom = bottom), class = "fraction")

whole <- function(n) {
  over(make_big(sign(n), if (n == 0) numeric(0) else big_of_text(sprintf("%.0f", abs(n)))$digits), ONE_BIG)
}

is_decimal <- function(text) grepl("^-?[0-9]+([.][0-9]+)?$", text)

read <- function(text) {
  if (is.numeric(text)) return(whole(text))
  if (!is.character(text) || length(text) != 1 || !is_decimal(text)) {
    not_compared("'", paste(text, collapse = " "), "' stands where an amount is expected")
  }
  is_negative <- startsWith(text, "-")
  parts <- strsplit(sub("^-", "", text), ".", fixed = TRUE)[[1]]
  places <- if (length(parts) == 2) nchar(parts[2]) else 0
  top <- big_of_text(paste(parts, collapse = ""))
  over(if (is_negative) make_big(-top$sign, top$digits) else top, power_of_ten(places))
}

as_fraction <- function(x) if (inherits(x, "fraction")) x else whole(x)

negative <- function(x) over(make_big(-x$top$sign, x$top$digits), x$bottom)

Ops.fraction <- function(e1, e2) {
  if (missing(e2)) return(negative(e1))
  a <- as_fraction(e1)
  b <- as_fraction(e2)
  if (.Generic == "*") return(over(big_product(a$top, b$top), big_product(a$bottom, b$bottom)))
  if (.Generic == "/") {
    if (b$top$sign == 0) stop("division by zero")
    top <- big_product(a$top, b$bottom)
    bottom <- big_product(a$bottom, b$top)
    return(over(make_big(top$sign * bottom$sign, top$digits), make_big(1, bottom$digits)))
  }
  if (.Generic == "-") return(a + negative(b))
  left <- big_product(a$top, b$bottom)
  right <- big_product(b$top, a$bottom)
  if (.Generic == "+") return(over(big_sum(left, right), big_product(a$bottom, b$bottom)))
  get(.Generic)(big_order(left, right), 0)
}

ZERO <- whole(0)
size_of <- function(x) if (x$top$sign < 0) negative(x) else x
smaller <- function(a, b) if (b < a) b else a
sum_of <- function(all) Reduce(function(a, b) a + b, all, ZERO)
power <- function(x, n) over(big_power(x$top, n), big_power(x$bottom, n))
half_of <- function(x) x / whole(2)

floor_of <- function(x) {
  division <- big_division(make_big(abs(x$top$sign), x$top$digits), x$bottom)
  down <- over(division$quotient, ONE_BIG)
  if (x$top$sign >= 0) return(down)
  if (division$remainder$sign == 0) negative(down) else negative(down + 1)
}

ceiling_of <- function(x) negative(floor_of(negative(x)))

# floor(x / step + 1/2) * step; below zero the same of its size.
half_up <- function(x, step) {
  rounded <- floor_of(size_of(x) / step + over(ONE_BIG, make_big(1, 2))) * step
  if (x$top$sign < 0) negative(rounded) else rounded
}

# The double nearest to a whole fraction, or nearly so: for counts, and where whole numbers decide afterwards.
plain <- function(x) {
  value <- function(a) a$sign * sum(a$digits * BASE^(seq_along(a$digits) - 1))
  value(x$top) / value(x$bottom)
}

with_places <- function(whole, places, is_negative) {
  digits <- text_of_big(whole)
  if (nchar(digits) <= places) digits <- paste0(strrep("0", places + 1 - nchar(digits)), digits)
  cut <- nchar(digits) - places
  decimals <- sub("0+$", "", substring(digits, cut + 1))
  paste0(if (is_negative) "-", substring(digits, 1, cut), if (decimals != "") paste0(".", decimals))
}

# Plain decimal text; a value that does not end has 40 significant digits, half-up in the last.
write_fraction <- function(x) {
  top <- make_big(abs(x$top$sign), x$top$digits)
  bottom <- x$bottom
  is_negative <- x$top$sign < 0
  at <- function(places) big_division(big_product(top, power_of_ten(places)), bottom)
  in_whole <- nchar(text_of_big(at(0)$quotient))
  places <- max(40 - in_whole, 0)
  if (big_order(top, bottom) < 0) {
    places <- 40
    if (top$sign > 0) {
      least <- big_product(bottom, power_of_ten(39))
      while (big_order(big_product(top, power_of_ten(places)), least) < 0) places <- places + 1
    }
  }
  division <- at(places)
  if (division$remainder$sign == 0) return(with_places(division$quotient, places, is_negative))
  # It ends if the bottom divides top * 10^n for some n; the bottom has no factor 2 or 5 more often than this.
  enough <- ceiling(length(bottom$digits) * log2(BASE)) + 1
  long <- at(enough)
  if (long$remainder$sign == 0) return(with_places(long$quotient, enough, is_negative))
  twice <- big_sum(division$remainder, division$remainder)
  rounded <- if (big_order(twice, bottom) >= 0) big_sum(division$quotient, ONE_BIG) else division$quotient
  with_places(rounded, places, is_negative)
}

# For reading: half away from zero.
show_fraction <- function(x, places = 2) write_fraction(half_up(x, over(ONE_BIG, power_of_ten(places))))

# ---- JSON ------------------------------------------------------------------------------------------------------------
# An object is a list with names, an array one without; text, whole numbers, TRUE and FALSE are R's own.

TOKEN <- '"(?:[^"\\\\]|\\\\.)*"|-?[0-9]+(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|[][{}:,]'

bytes_of <- function(code) iconv(intToUtf8(code), "UTF-8", "ASCII", sub = "byte")

unescaped <- function(text) {
  if (!grepl("\\", text, fixed = TRUE)) return(text)
  plain_of <- c(b = "\b", f = "\f", n = "\n", r = "\r", t = "\t")
  parts <- regmatches(text, gregexpr("\\\\u[0-9a-fA-F]{4}|\\\\.|[^\\\\]+", text, perl = TRUE))[[1]]
  high <- 0
  out <- character(0)
  for (part in parts) {
    if (startsWith(part, "\\u")) {
      code <- strtoi(substring(part, 3), 16)
      if (code >= 0xD800 && code < 0xDC00) {
        high <- code
        next
      }
      if (code >= 0xDC00 && code < 0xE000) code <- 0x10000 + (high - 0xD800) * 0x400 + (code - 0xDC00)
      part <- bytes_of(code)
    } else if (startsWith(part, "\\")) {
      mark <- substring(part, 2)
      part <- if (mark %in% names(plain_of)) plain_of[[mark]] else mark
    }
    out <- c(out, part)
  }
  paste(out, collapse = "")
}

read_json <- function(file) {
  size <- file.info(file)$size
  if (is.na(size)) not_compared("there is no such file")
  bytes <- readBin(file, "raw", size)
  if (any(bytes == 0)) not_compared("this is no JSON")
  text <- sub("^<ef><bb><bf>", "", iconv(rawToChar(bytes), "UTF-8", "ASCII", sub = "byte"))
  tokens <- regmatches(text, gregexpr(TOKEN, text, perl = TRUE))[[1]]
  if (grepl("[^ \t\r\n]", gsub(TOKEN, "", text, perl = TRUE)) || length(tokens) == 0) not_compared("this is no JSON")
  at <- 0
  take <- function() {
    at <<- at + 1
    if (at > length(tokens)) not_compared("this is no JSON: it ends too early")
    tokens[at]
  }
  expect <- function(token, wanted) if (token != wanted) not_compared("this is no JSON: ", token, " for ", wanted)
  text_of <- function(token) {
    if (!startsWith(token, '"')) not_compared("this is no JSON: ", token, " for a name")
    unescaped(substring(token, 2, nchar(token) - 1))
  }
  value <- function(token) {
    first <- substring(token, 1, 1)
    if (first == "{") return(members())
    if (first == "[") return(items())
    if (first == '"') return(text_of(token))
    if (token %in% c("true", "false")) return(token == "true")
    if (grepl("^-?[0-9]{1,15}$", token)) return(as.numeric(token))
    not_compared(token, " stands where this program knows text, whole numbers and lists")
  }
  members <- function() {
    out <- structure(list(), names = character(0))
    token <- take()
    if (token == "}") return(out)
    repeat {
      name <- text_of(token)
      expect(take(), ":")
      if (!is.null(out[[name]])) not_compared("a name stands twice: ", name)
      out[[name]] <- value(take())
      token <- take()
      if (token == "}") return(out)
      expect(token, ",")
      token <- take()
    }
  }
  items <- function() {
    out <- list()
    token <- take()
    if (token == "]") return(out)
    repeat {
      out[[length(out) + 1]] <- value(token)
      token <- take()
      if (token == "]") return(out)
      expect(token, ",")
      token <- take()
    }
  }
  answer <- value(take())
  if (at < length(tokens)) not_compared("this is no JSON: something stands behind it")
  answer
}

is_object <- function(x) is.list(x) && !is.null(names(x))
is_array <- function(x) is.list(x) && is.null(names(x))

# A field that must be there.
need <- function(source, name) {
  value <- source[[name]]
  if (is.null(value)) not_compared("this program needs the field ", name)
  value
}

# A field as a fraction; NULL where it is left out.
amount <- function(source, name) if (is.null(source[[name]])) NULL else read(source[[name]])
needed_amount <- function(source, name) read(need(source, name))
or_zero <- function(x) if (is.null(x)) ZERO else x

# ---- The sheet -------------------------------------------------------------------------------------------------------
# What this program computes: steps in their order, results by their path, and the limits that are not kept.

new_sheet <- function() {
  sheet <- new.env()
  sheet$steps <- list()
  sheet$results <- list()
  sheet$faults <- character(0)
  sheet
}

# `inputs` are named by their symbols; NULL where the step has none of it.
add_step <- function(sheet, name, inputs, exact, result = NULL) {
  known <- Filter(Negate(is.null), inputs)
  texts <- lapply(known, function(value) write_fraction(as_fraction(value)))
  text <- write_fraction(exact)
  step <- list(name = name, inputs = texts, exact = text, result = if (is.null(result)) text else result)
  sheet$steps[[length(sheet$steps) + 1]] <- step
  exact
}

say <- function(sheet, path, value) if (!is.null(value)) sheet$results[[path]] <- value
hold <- function(sheet, is_kept, what) if (!is_kept) sheet$faults <- c(sheet$faults, what)

# ---- Weight and body surface -----------------------------------------------------------------------------------------

is_body_weight <- function(kg) read("0.5") <= kg && kg <= 300

# The dosing weight; NULL without a weight.
weigh <- function(order, sheet) {
  weight <- order$weight
  if (is.null(weight)) return(NULL)
  now <- measured <- needed_amount(weight, "weightKg")
  hold(sheet, is_body_weight(now), "the weight is not within 0.5 to 300 kg")
  rule <- weight$reweigh
  if (!is.null(rule)) {
    reference <- needed_amount(rule, "referenceWeightKg")
    threshold <- needed_amount(rule, "thresholdPercent")
    change <- 100 * (now - reference) / reference
    is_beyond <- if (need(rule, "comparison") == ">") size_of(change) > threshold else size_of(change) >= threshold
    measured <- if (is_beyond) now else reference
    add_step(sheet, "reweigh", list(now = now, r = reference, T = threshold), change, show_fraction(change))
    say(sheet, "weight.change.percent", show_fraction(change))
    say(sheet, "weight.change.isBeyond", is_beyond)
  }
  dosing <- describe(weight, order$participant, measured, sheet)
  hold(sheet, is_body_weight(dosing), "the dosing weight is not within 0.5 to 300 kg")
  say(sheet, "weight.dosingKg", write_fraction(dosing))
  say(sheet, "weight.measuredKg", need(weight, "weightKg"))
  for (name in c("descriptor", "weighedOn", "weighedBy")) say(sheet, paste0("weight.", name), need(weight, name))
  dosing
}

describe <- function(weight, participant, a, sheet) {
  descriptor <- need(weight, "descriptor")
  if (descriptor == "actual") return(add_step(sheet, "weight", list(a = a), a))
  h <- needed_amount(participant, "heightCm")
  is_male <- need(participant, "sex") == "male"
  hold(sheet, needed_amount(participant, "ageYears") >= 18, "a formula for adults is used for a child")
  base <- read(if (is_male) "50" else "45.5")
  ideal <- base + read("2.3") * (h / read("2.54") - 60)
  given <- list(a = a, h = h, B = base)
  if (descriptor == "ideal") return(add_step(sheet, "weight", given, ideal))
  if (descriptor == "predicted") {
    return(add_step(sheet, "weight", given, base + read("0.91") * (h - read("152.4"))))
  }
  if (descriptor == "adjusted") {
    f <- needed_amount(weight, "adjustmentFactor")
    return(add_step(sheet, "weight", c(given, list(f = f)), ideal + f * (a - ideal)))
  }
  if (descriptor == "lean") {
    k <- read(if (is_male) "1.1" else "1.07")
    c <- read(if (is_male) need(weight, "leanMaleConstant") else "148")
    return(add_step(sheet, "weight", list(a = a, h = h, k = k, c = c), k * a - c * power(a / h, 2)))
  }
  not_compared("the weight ", descriptor, " is not known here")
}

# s = factor * w^(p / root) * h^(q / root)
SURFACES <- list(
  "mosteller" = list(factor = whole(1) / whole(60), p = 1, q = 1, root = 2),
  "du-bois" = list(factor = read("0.007184"), p = 17, q = 29, root = 40),
  "haycock" = list(factor = read("0.024265"), p = 2689, q = 1982, root = 5000)
)

# The multiple of `step` that is nearest to the surface, a tie going up.
surface_to <- function(formula, w, h, step) {
  of <- SURFACES[[formula]]
  about <- plain(of$factor) * plain(w)^(of$p / of$root) * plain(h)^(of$q / of$root) / plain(step) + 0.5
  multiple <- floor(about)
  # Doubles are right to far more than a thousandth of a step; nearer to a half than that, whole numbers decide.
  if (abs(about - round(about)) < 0.001) {
    multiple <- round(about)
    raised <- power(of$factor, of$root) * power(w, of$p) * power(h, of$q)
    if (power(half_of(step * whole(2 * multiple - 1)), of$root) > raised) multiple <- multiple - 1
  }
  whole(multiple) * step
}

# The body surface in m2; NULL where the order names no formula.
find_surface <- function(order, rule, kg, sheet) {
  asked <- if (is.null(rule$surface)) order$dose$surface else rule$surface
  if (is.null(asked)) return(NULL)
  formula <- need(asked, "formula")
  if (!formula %in% names(SURFACES)) not_compared("the body surface ", formula, " is not known here")
  if (is.null(kg)) not_compared("a body surface without a weight")
  h <- needed_amount(order$participant, "heightCm")
  used <- surface_to(formula, kg, h, needed_amount(asked, "roundedToM2"))
  exact <- surface_to(formula, kg, h, over(ONE_BIG, power_of_ten(10)))
  add_step(sheet, "surface", list(w = kg, h = h), exact, write_fraction(used))
  say(sheet, "surface.formula", formula)
  say(sheet, "surface.m2", write_fraction(used))
  used
}

# ---- The dose and its limits -----------------------------------------------------------------------------------------

# What protocol, trial or label say: rule, kind, cap and limits, before a body is known.
read_dose <- function(answer, order) {
  dose <- order$dose
  from <- need(dose, "from")
  kind <- need(answer, "unitKind")
  if (from == "trial") {
    trial <- need(dose, "trial")
    own <- list(rule = trial$rule, kind = trial$unitKind, cap = trial$cap, range = dose$range)
  } else if (from == "protocol") {
    own <- list(rule = dose$rule, kind = dose$rule$unitKind, cap = dose$cap, range = dose$range)
  } else if (from == "product") {
    label <- answer$regimen
    own <- list(
      rule = if (is.null(dose$rule)) label$target else dose$rule,
      kind = if (is.null(dose$countBasis)) kind else dose$countBasis
    )
    # What a label says holds for all components together.
    if (is.null(order$component)) {
      if (!is.null(label$cap)) own$cap <- list(amount = label$cap)
      own$range <- label$range
    }
  } else {
    not_compared("a dose from ", from, " is not known here")
  }
  if (is.null(own$rule)) not_compared("the answer does not hold what the product's label says of the dose (regimen)")
  if (own$kind != kind) not_compared("the order counts ", own$kind, ", the answer ", kind)
  list(rule = own$rule, kind = kind, range = own$range, hard = dose$hard, cap = amount(own$cap, "amount"))
}

in_cells <- function(bound, kg, surface) {
  kind <- need(bound, "kind")
  if (!kind %in% c("flat", "per-kg", "per-m2")) not_compared("a dose ", kind, " is not known here")
  factor <- switch(kind, "flat" = whole(1), "per-kg" = kg, "per-m2" = surface)
  if (is.null(factor)) not_compared("a dose ", kind, " without weight or body surface")
  needed_amount(bound, "amount") * factor
}

end_of <- function(bounds, end, kg, surface) {
  if (is.null(bounds[[end]])) NULL else in_cells(bounds[[end]], kg, surface)
}

ends_of <- function(bounds, kg, surface) {
  list(least = end_of(bounds, "minimum", kg, surface), most = end_of(bounds, "maximum", kg, surface))
}

is_within <- function(x, ends) {
  (is.null(ends$least) || ends$least <= x) && (is.null(ends$most) || x <= ends$most)
}

is_in_band <- function(band, kg) {
  passes <- function(edge, is_inside) {
    if (is.null(edge)) return(TRUE)
    end <- needed_amount(edge, "kg")
    is_inside(kg, end) || (need(edge, "included") && kg == end)
  }
  passes(band$above, `>`) && passes(band$below, `<`)
}

# Ends in cells at this weight: cap, range and hard limits.
find_limits <- function(dose, kg, surface, sheet) {
  allowed <- dose$range
  if (is_array(allowed)) {
    if (is.null(kg)) not_compared("bands of weights without a weight")
    holding <- Filter(function(band) is_in_band(band, kg), allowed)
    hold(sheet, length(holding) == 1, "not exactly one band of weights holds the dosing weight")
    allowed <- if (length(holding) > 0) holding[[1]]$range else NULL
  }
  list(
    has_range = !is.null(dose$range), cap = dose$cap,
    range = ends_of(allowed, kg, surface), hard = ends_of(dose$hard, kg, surface)
  )
}

is_above <- function(limits, cells) {
  any(vapply(list(limits$cap, limits$range$most, limits$hard$most), function(most) {
    !is.null(most) && cells > most
  }, TRUE))
}

is_below <- function(limits, cells) {
  any(vapply(list(limits$range$least, limits$hard$least), function(least) !is.null(least) && cells < least, TRUE))
}

test_limits <- function(limits, target, sheet) {
  if (limits$has_range) {
    inputs <- list(lo = limits$range$least, hi = limits$range$most, t = target)
    add_step(sheet, "range", inputs, target)
  }
  hold(sheet, is_within(target, limits$range), "the dose is outside its range")
  hold(sheet, is_within(target, limits$hard), "the dose is outside its hard limits")
}

say_count <- function(sheet, path, cells, kind) {
  say(sheet, paste0(path, ".amount"), write_fraction(cells))
  say(sheet, paste0(path, ".unitKind"), kind)
}

say_target <- function(sheet, dose, limits, uncapped, target) {
  say_count(sheet, "target.uncapped", uncapped, dose$kind)
  say_count(sheet, "target.amount", target, dose$kind)
  say(sheet, "target.isCapped", uncapped != target)
  if (!is.null(dose$cap)) say_count(sheet, "target.cap", dose$cap, dose$kind)
  if (!is.null(limits$range$least)) say(sheet, "target.range.minimum", write_fraction(limits$range$least))
  if (!is.null(limits$range$most)) say(sheet, "target.range.maximum", write_fraction(limits$range$most))
}

say_rate <- function(sheet, path, cells_per_kg, kind) {
  rounded <- half_up(cells_per_kg, read("0.01"))
  say_count(sheet, path, rounded, kind)
  say(sheet, paste0(path, ".isExact"), rounded == cells_per_kg)
}

# Target and limits of a dose that is drawn; of a placebo 0.
find_target <- function(dose, kg, surface, sheet) {
  rule <- dose$rule
  if (rule$kind == "placebo") {
    add_step(sheet, "target", list(), ZERO)
    say_count(sheet, "target.uncapped", ZERO, dose$kind)
    say_count(sheet, "target.amount", ZERO, dose$kind)
    say(sheet, "target.isCapped", FALSE)
    return(list(target = ZERO))
  }
  uncapped <- target <- in_cells(rule, kg, surface)
  own <- needed_amount(rule, "amount")
  inputs <- switch(rule$kind,
    "flat" = list(D = own),
    "per-kg" = list(d = own, w = kg),
    "per-m2" = list(d = own, s = surface)
  )
  add_step(sheet, "target", inputs, uncapped)
  if (!is.null(dose$cap)) {
    target <- smaller(uncapped, dose$cap)
    add_step(sheet, "cap", list(T = uncapped, M = dose$cap), target)
    if (target != uncapped && rule$kind == "per-kg") {
      per_kg <- dose$cap / kg
      add_step(sheet, "capped-per-kg", list(M = dose$cap, w = kg), per_kg, show_fraction(per_kg))
      say_rate(sheet, "target.cappedPerKg", per_kg, dose$kind)
    }
  }
  limits <- find_limits(dose, kg, surface, sheet)
  test_limits(limits, target, sheet)
  say_target(sheet, dose, limits, uncapped, target)
  list(target = target, limits = limits)
}

# ---- What the containers hold ----------------------------------------------------------------------------------------

CELLS_OF_VIABLE <- c("car-positive-cells", "cd34-cells", "cd3-cells")

# recovery, viability and purity by the table of what is counted.
factors_of <- function(lot, kind) {
  counted <- need(lot, "counted")
  names <- if (counted == kind) {
    character(0)
  } else if (counted == "total-nucleated-cells" && kind %in% c("viable-cells", CELLS_OF_VIABLE)) {
    c("viability", "purity")
  } else if (counted == "viable-cells" && kind %in% CELLS_OF_VIABLE) {
    "purity"
  } else {
    not_compared("a label of ", counted, " and a dose of ", kind, " do not convert")
  }
  for (name in c("viability", "purity")) {
    if (is.null(lot[[name]]) == (name %in% names)) {
      not_compared("the ", name, " of lot ", need(lot, "lot"), " is stated where none is applied, or missing")
    }
  }
  list(r = needed_amount(lot, "recovery"), v = amount(lot, "viability"), p = amount(lot, "purity"))
}

# One entry of `lots`: what one container holds, in cells that the dose counts.
read_entry <- function(lot, place, kind, governing, needed, sheet) {
  entry <- list(
    lot = lot, place = place, at_hand = need(lot, "containers"),
    fill = needed_amount(lot, "fillMl"), extractable = needed_amount(lot, "extractableMl")
  )
  hold(sheet, entry$extractable <= entry$fill, "more can be drawn from a container than it is filled with")
  shares <- factors_of(lot, kind)
  entry$factor <- Reduce(function(a, b) a * b, Filter(Negate(is.null), shares))
  content <- needed_amount(lot, "content")
  entry$by_content <- add_step(sheet, "usable", c(list(k = content), shares), content * entry$factor)
  entry$usable <- entry$by_content
  entry$label <- amount(lot, "labelPerMl")
  entry$measured <- amount(lot, "measuredPerMl")
  entry$is_by_volume <- identical(governing, "volume")
  if (!is.null(entry$label)) {
    by_volume <- read_label(entry, content, shares, governing, needed, sheet)
    if (entry$is_by_volume) entry$usable <- by_volume
  } else if (entry$is_by_volume) {
    not_compared("lot ", lot$lot, " has no labelled concentration, and the volume governs")
  }
  entry$concentration <- if (!is.null(entry$measured)) {
    entry$measured
  } else if (entry$is_by_volume) {
    entry$label * entry$factor
  } else {
    entry$by_content / entry$fill
  }
  entry
}

# Usable cells by volume, held against those by content.
read_label <- function(entry, content, shares, governing, needed, sheet) {
  by_volume <- entry$label * entry$extractable * entry$factor
  add_step(sheet, "usable-by-volume", c(list(c = entry$label, e = entry$extractable), shares), by_volume)
  in_content <- content / entry$fill
  difference <- 100 * (entry$label - in_content) / in_content
  inputs <- list(c = entry$label, k = content, f = entry$fill)
  add_step(sheet, "label-difference", inputs, difference, show_fraction(difference))
  if (is.null(needed)) return(by_volume)
  counts <- list(ceiling_of(needed / entry$by_content), ceiling_of(needed / by_volume))
  is_consistent <- size_of(difference) <= 1 && counts[[1]] == counts[[2]]
  hold(sheet, is_consistent || !is.null(governing), "the label's values disagree, and no rule governs")
  path <- sprintf("rules.%d.", sum(grepl("[.]byContent$", names(sheet$results))))
  say(sheet, paste0(path, "lot"), entry$lot$lot)
  say(sheet, paste0(path, "byContent"), write_fraction(counts[[1]]))
  say(sheet, paste0(path, "byVolume"), write_fraction(counts[[2]]))
  say(sheet, paste0(path, "labelDifferencePercent"), show_fraction(difference))
  say(sheet, paste0(path, "isConsistent"), is_consistent)
  say(sheet, paste0(path, "governing"), governing)
  by_volume
}

add_concentration <- function(entry, sheet) {
  inputs <- if (!is.null(entry$measured)) {
    list(C = entry$measured)
  } else if (entry$is_by_volume) {
    list(c = entry$label, q = entry$factor)
  } else {
    list(u = entry$by_content, f = entry$fill)
  }
  add_step(sheet, "concentration", inputs, entry$concentration)
}

read_entries <- function(order, kind, governing, needed, sheet) {
  lots <- need(order, "lots")
  names <- vapply(lots, function(lot) need(lot, "lot"), "")
  if (length(lots) > 1 && any(grepl("<[0-9a-f]{2}>", names))) not_compared("several lots with letters beyond ASCII")
  lapply(seq_along(lots), function(i) read_entry(lots[[i]], i - 1, kind, governing, needed, sheet))
}

fold <- function(text) tolower(gsub("[ \t\r\n]+", " ", trimws(text)))

# Lots by expiry date, then by name; of one lot the largest size first.
by_lot <- function(entries) {
  names <- vapply(entries, function(entry) fold(entry$lot$lot), "")
  lots <- lapply(unique(names), function(name) {
    Reduce(function(sorted, entry) {
      before <- vapply(sorted, function(one) one$usable >= entry$usable, TRUE)
      append(sorted, list(entry), sum(before))
    }, entries[names == name], list())
  })
  first <- function(field) vapply(lots, function(lot) need(lot[[1]]$lot, field), "")
  lots[order(first("expiresOn"), first("lot"), method = "radix")]
}

# ---- Containers and draw ---------------------------------------------------------------------------------------------
# A choice of containers is a list of entries, each with `count`.

volume_of <- function(entry) entry$count * entry$extractable
cells_held <- function(taken) sum_of(lapply(taken, function(entry) entry$count * entry$usable))
all_of <- function(entries) lapply(entries, function(entry) c(entry, list(count = entry$at_hand)))

# Earlier entries emptied down to a whole graduation, the rest from the last one, half-up to the graduation.
fill_last <- function(taken, target, limits, draw) {
  g <- needed_amount(draw, "graduationMl")
  last <- taken[[length(taken)]]
  before <- taken[-length(taken)]
  emptied <- lapply(before, function(entry) floor_of(volume_of(entry) / g) * g)
  cells <- Map(function(volume, entry) volume * entry$concentration, emptied, before)
  given <- sum_of(cells)
  exact <- (target - given) / last$concentration
  rounded <- half_up(if (exact < 0) ZERO else exact, g)
  dose_of <- function(volume) given + volume * last$concentration
  may_be <- function(when, what) identical(draw[[when]], what)
  is_less <- may_be("whenAbove", "one-graduation-less") && is_above(limits, dose_of(rounded)) && rounded >= g
  is_more <- may_be("whenBelow", "one-graduation-more") && is_below(limits, dose_of(rounded))
  volume <- if (is_less) rounded - g else if (is_more) rounded + g else rounded
  list(
    last = last, before = before, emptied = emptied, cells = cells, given = given, exact = exact, volume = volume,
    delivered = dose_of(volume), is_less = is_less, is_more = is_more, is_enough = volume <= volume_of(last)
  )
}

# Every way to take `count` containers of these sizes.
ways_of <- function(sizes, count) {
  if (length(sizes) == 0) return(if (count == 0) list(list()) else list())
  size <- sizes[[1]]
  unlist(lapply(seq(min(count, size$at_hand), 0), function(taken) {
    own <- if (taken > 0) list(c(size, list(count = taken))) else list()
    lapply(ways_of(sizes[-1], count - taken), function(rest) c(own, rest))
  }), recursive = FALSE)
}

# Cells of the largest `count` containers; `sizes` begin with the largest.
most_held <- function(sizes, count) {
  held <- ZERO
  for (entry in sizes) {
    taken <- min(count, entry$at_hand)
    held <- held + taken * entry$usable
    count <- count - taken
  }
  held
}

# The fewest containers that suffice, then the least left over; of choices equal in both, that of the answer.
fewest <- function(sizes, needed, is_enough, found) {
  if (cells_held(all_of(sizes)) < needed) return(NULL)
  most <- sum(vapply(sizes, function(entry) entry$at_hand, 0))
  for (count in seq_len(most)) {
    if (most_held(sizes, count) < needed) next
    best <- Filter(function(way) cells_held(way) >= needed && is_enough(way), ways_of(sizes, count))
    if (length(best) == 0) next
    least <- Reduce(smaller, lapply(best, cells_held))
    equal <- Filter(function(way) cells_held(way) == least, best)
    is_found <- function(way) all(vapply(way, function(entry) paste(entry$place, entry$count) %in% found, TRUE))
    return(c(Filter(is_found, equal), equal)[[1]])
  }
  NULL
}

choose <- function(entries, needed, may_mix, is_enough, found) {
  taken <- list()
  rest <- needed
  for (sizes in by_lot(entries)) {
    own <- fewest(sizes, if (may_mix) rest else needed, function(way) is_enough(c(taken, way)), found)
    if (!is.null(own)) return(c(taken, own))
    if (may_mix) {
      taken <- c(taken, all_of(sizes))
      rest <- rest - cells_held(all_of(sizes))
    }
  }
  NULL
}

# How much from how many: emptied down to a whole graduation, the rest from one; or the same from each.
draws_of <- function(entry, volume, g) {
  if (volume == 0) return(list())
  each <- floor_of(entry$extractable / g) * g
  full <- if (each > 0) floor_of(volume / each) else ZERO
  full <- min(plain(full), entry$count)
  rest <- volume - full * each
  if (rest > entry$extractable || (rest > 0 && full == entry$count)) {
    return(list(list(containers = entry$count, volume = volume / entry$count)))
  }
  c(
    if (full > 0) list(list(containers = full, volume = each)),
    if (rest > 0) list(list(containers = 1, volume = rest))
  )
}

say_container <- function(sheet, i, entry, volume, draws) {
  path <- sprintf("containers.%d.", i - 1)
  own <- function(name, value) say(sheet, paste0(path, name), value)
  own("lot", entry$lot$lot)
  own("entry", entry$place)
  own("expiresOn", need(entry$lot, "expiresOn"))
  own("containers", entry$count)
  own("usablePerContainer", write_fraction(entry$usable))
  own("concentrationPerMl", write_fraction(entry$concentration))
  own("isMeasured", !is.null(entry$measured))
  own("drawMl", write_fraction(volume))
  own("delivered", write_fraction(volume * entry$concentration))
  for (j in seq_along(draws)) {
    own(sprintf("draws.%d.containers", j - 1), draws[[j]]$containers)
    own(sprintf("draws.%d.drawMl", j - 1), write_fraction(draws[[j]]$volume))
  }
}

drawn_of <- function(volume, delivered, taken) {
  list(volume = volume, delivered = delivered, taken = taken, count = sum(vapply(taken, function(one) one$count, 0)))
}

fill_syringe <- function(order, dose, target, limits, found, sheet) {
  draw <- need(order, "draw")
  g <- needed_amount(draw, "graduationMl")
  overfill <- needed_amount(draw, "overfillPercent")
  needed <- target * (1 + overfill / 100)
  entries <- read_entries(order, dose$kind, draw$governingRule, needed, sheet)
  is_enough <- function(way) fill_last(way, target, limits, draw)$is_enough
  taken <- choose(entries, needed, need(need(order, "product"), "mayMixLots"), is_enough, found)
  if (is.null(taken)) {
    hold(sheet, FALSE, "the containers do not suffice for the dose")
    return(NULL)
  }
  syringe <- fill_last(taken, target, limits, draw)
  add_containers(taken, syringe, target, needed, overfill, sheet)
  add_draw(taken, syringe, target, limits, draw, sheet)
  emptied <- sum_of(syringe$emptied)
  volume <- emptied + syringe$volume
  error <- 100 * (syringe$delivered - target) / target
  inputs <- list(delivered = syringe$delivered, target = target)
  add_step(sheet, "rounding-error", inputs, error, show_fraction(error))
  volumes <- c(syringe$emptied, list(syringe$volume))
  for (i in seq_along(taken)) say_container(sheet, i, taken[[i]], volumes[[i]], draws_of(taken[[i]], volumes[[i]], g))
  say_delivered(sheet, volume, emptied + syringe$exact, syringe$delivered, dose$kind, show_fraction(error))
  say(sheet, "delivered.isOneGraduationLess", syringe$is_less)
  say(sheet, "delivered.isOneGraduationMore", syringe$is_more)
  drawn_of(volume, syringe$delivered, taken)
}

numbered <- function(symbol, values) structure(values, names = paste0(symbol, seq_along(values)))

add_containers <- function(taken, syringe, target, needed, overfill, sheet) {
  common <- list(target = target, o = overfill)
  if (length(taken) > 1) {
    counts <- lapply(taken, function(entry) whole(entry$count))
    usable <- lapply(taken, function(entry) entry$usable)
    add_step(sheet, "containers", c(common, numbered("n", counts), numbered("u", usable)), sum_of(counts))
    return(NULL)
  }
  entry <- taken[[1]]
  by_content <- needed / entry$usable
  by_volume <- syringe$volume / entry$extractable
  inputs <- c(common, list(u = entry$usable))
  if (ceiling_of(by_volume) > ceiling_of(by_content)) {
    inputs <- c(inputs, list(V = syringe$volume, e = entry$extractable))
    add_step(sheet, "containers", inputs, by_volume, write_fraction(ceiling_of(by_volume)))
  } else {
    add_step(sheet, "containers", inputs, by_content, write_fraction(ceiling_of(by_content)))
  }
}

add_emptied <- function(entry, volume, cells, sheet) {
  inputs <- list(n = entry$count, x = entry$extractable, e = volume, C = entry$concentration)
  add_step(sheet, "emptied", inputs, cells)
}

add_draw <- function(taken, syringe, target, limits, draw, sheet) {
  g <- needed_amount(draw, "graduationMl")
  last <- syringe$last
  is_several <- length(taken) > 1
  for (i in seq_along(syringe$before)) {
    add_emptied(syringe$before[[i]], syringe$emptied[[i]], syringe$cells[[i]], sheet)
  }
  add_concentration(last, sheet)
  emptied <- sum_of(syringe$emptied)
  volume <- emptied + syringe$volume
  inputs <- if (is_several) {
    list(e = emptied, target = target, y = syringe$given, C = last$concentration, g = g)
  } else {
    list(target = target, C = last$concentration, g = g)
  }
  add_step(sheet, "draw", inputs, emptied + syringe$exact, write_fraction(volume))
  dead <- amount(draw, "deadVolumeMl")
  if (!is.null(dead)) {
    filled <- sum_of(lapply(taken, function(entry) entry$count * entry$fill))
    residual <- add_step(sheet, "residual", list(fill = filled, draw = volume, dead = dead), filled - volume)
    hold(sheet, residual >= dead, "less than the dead volume stays in the containers")
  }
  inputs <- if (is_several) {
    list(y = syringe$given, x = syringe$volume, C = last$concentration)
  } else {
    list(draw = volume, C = last$concentration)
  }
  add_step(sheet, "delivered", inputs, syringe$delivered)
  hold(sheet, syringe$exact >= 0, "the emptied containers hold more than the target")
  hold(sheet, volume > 0, "the draw rounds to 0 mL")
  hold(sheet, !is_above(limits, syringe$delivered), "the rounded dose is above cap, range or hard limit")
  hold(sheet, !is_below(limits, syringe$delivered), "the rounded dose is below range or hard limit")
}

say_delivered <- function(sheet, volume, exact, delivered, kind, error) {
  say(sheet, "delivered.drawMl", write_fraction(volume))
  say(sheet, "delivered.exactDrawMl", write_fraction(exact))
  say_count(sheet, "delivered.amount", delivered, kind)
  say(sheet, "delivered.roundingErrorPercent", error)
}

say_not_rounded <- function(sheet) {
  say(sheet, "delivered.isOneGraduationLess", FALSE)
  say(sheet, "delivered.isOneGraduationMore", FALSE)
}

# Whole containers: everything is given, and what it holds is the target.
give_whole <- function(order, dose, kg, surface, sheet) {
  taken <- all_of(read_entries(order, dose$kind, NULL, NULL, sheet))
  names <- unique(vapply(taken, function(entry) fold(entry$lot$lot), ""))
  may_mix <- need(need(order, "product"), "mayMixLots")
  hold(sheet, may_mix || length(names) == 1, "several lots of a product that must not be mixed")
  volumes <- lapply(taken, volume_of)
  cells <- Map(function(entry, volume) volume * entry$concentration, taken, volumes)
  for (i in seq_along(taken)) {
    add_concentration(taken[[i]], sheet)
    add_emptied(taken[[i]], volumes[[i]], cells[[i]], sheet)
  }
  target <- sum_of(cells)
  add_step(sheet, "target", numbered("y", cells), target)
  limits <- find_limits(dose, kg, surface, sheet)
  hold(sheet, is.null(dose$cap) || target <= dose$cap, "the containers hold more than the cap")
  test_limits(limits, target, sheet)
  say_target(sheet, dose, limits, target, target)
  if (!is.null(kg) && dose$kind != "cell-equivalents") {
    add_step(sheet, "given-per-kg", list(target = target, w = kg), target / kg, show_fraction(target / kg))
    say_rate(sheet, "delivered.perKg", target / kg, dose$kind)
  }
  for (i in seq_along(taken)) {
    draws <- list(list(containers = taken[[i]]$count, volume = taken[[i]]$extractable))
    say_container(sheet, i, taken[[i]], volumes[[i]], draws)
  }
  volume <- sum_of(volumes)
  say_delivered(sheet, volume, volume, target, dose$kind, "0")
  say_not_rounded(sheet)
  drawn_of(volume, target, taken)
}

# ---- The bag, its infusion and its clock -----------------------------------------------------------------------------

# Returns the exact duration in minutes; NULL where neither rate nor minutes are stated.
infuse <- function(order, drawn, kg, sheet) {
  infusion <- order$infusion
  volume <- amount(infusion, "finalVolumeMl")
  each <- amount(infusion, "diluentPerContainerMl")
  if (!is.null(each)) {
    volume <- drawn$volume + drawn$count * each
    add_step(sheet, "final-volume", list(draw = drawn$volume, n = drawn$count, d = each), volume)
  } else if (is.null(volume)) {
    volume <- drawn$volume
  }
  diluent <- add_step(sheet, "diluent", list(V = volume, draw = drawn$volume), volume - drawn$volume)
  hold(sheet, diluent >= 0, "more is drawn than the final volume")
  for (other in infusion$otherArms) {
    hold(sheet, needed_amount(other, "finalVolumeMl") == volume, "the arms' final volumes differ")
  }
  concentration <- drawn$delivered / volume
  inputs <- list(delivered = drawn$delivered, V = volume)
  add_step(sheet, "final-concentration", inputs, concentration, show_fraction(concentration))
  asked <- order$product$concentrationPerMl
  ends <- list(least = amount(asked, "minimum"), most = amount(asked, "maximum"))
  hold(sheet, is_within(concentration, ends), "the final concentration is outside the product's")
  say(sheet, "infusion.finalVolumeMl", write_fraction(volume))
  say(sheet, "infusion.diluentMl", write_fraction(diluent))
  say(sheet, "infusion.concentrationPerMl", show_fraction(concentration))
  add_rate(infusion, volume, drawn, kg, sheet)
}

add_rate <- function(infusion, volume, drawn, kg, sheet) {
  ways <- intersect(c("rateMlPerMin", "rateMlPerHour", "minutes"), names(infusion))
  if (length(ways) == 0) return(NULL)
  stated <- read(infusion[[ways[1]]])
  hold(sheet, length(ways) == 1, "rate and minutes are both stated")
  if (ways[1] == "minutes") {
    minutes <- stated
    rate <- volume / stated
    add_step(sheet, "rate", list(V = volume, t = minutes), rate, show_fraction(rate))
  } else {
    rate <- if (ways[1] == "rateMlPerMin") stated else stated / 60
    minutes <- volume / rate
    add_step(sheet, "minutes", list(V = volume, R = stated), minutes, show_fraction(minutes))
  }
  say(sheet, "infusion.minutes", show_fraction(minutes))
  say(sheet, "infusion.rateMlPerMin", show_fraction(rate))
  say(sheet, "infusion.rateMlPerHour", infusion$rateMlPerHour)
  limits <- infusion$limits
  of_rate <- list(least = amount(limits, "minimumMlPerMin"), most = amount(limits, "maximumMlPerMin"))
  of_minutes <- list(least = amount(limits, "minimumMinutes"), most = amount(limits, "maximumMinutes"))
  hold(sheet, is_within(rate, of_rate), "the rate is outside its limits")
  hold(sheet, is_within(minutes, of_minutes), "the minutes are outside their limits")
  if (!is.null(kg)) add_per_kg(limits, rate, minutes, drawn, kg, sheet)
  factor <- amount(infusion, "dropsPerMl")
  if (!is.null(factor)) {
    add_step(sheet, "drops-per-min", list(R = rate, F = factor), rate * factor, show_fraction(rate * factor))
    say(sheet, "infusion.dropsPerMin", show_fraction(rate * factor))
  }
  minutes
}

add_per_kg <- function(limits, rate, minutes, drawn, kg, sheet) {
  hourly <- 60 * rate / kg
  add_step(sheet, "ml-per-kg-per-hour", list(R = rate, w = kg), hourly, show_fraction(hourly))
  say(sheet, "infusion.mlPerKgPerHour", show_fraction(hourly))
  most <- list(most = amount(limits, "maximumMlPerKgPerHour"))
  hold(sheet, is_within(hourly, most), "the rate per kg is above its limit")
  if (drawn$delivered <= 0) return(NULL)
  cells <- drawn$delivered / (kg * minutes)
  inputs <- list(delivered = drawn$delivered, w = kg, t = minutes)
  add_step(sheet, "cells-per-kg-per-min", inputs, cells, show_fraction(cells))
  say(sheet, "infusion.cellsPerKgPerMin", show_fraction(cells))
  most <- list(most = amount(limits, "maximumCellsPerKgPerMin"))
  hold(sheet, is_within(cells, most), "the cells per kg and minute are above their limit")
}

TIME <- "%Y-%m-%dT%H:%M"
minute_of <- function(text) as.numeric(as.POSIXct(text, format = TIME, tz = "UTC")) / 60
time_of <- function(minute, format = TIME) {
  format(as.POSIXct(minute * 60, origin = "1970-01-01", tz = "UTC"), format, tz = "UTC")
}

keep_time <- function(order, minutes, drawn, start_within, sheet) {
  clock <- order$clock
  if (is.null(clock)) return(NULL)
  if (is.null(minutes)) not_compared("a clock without rate or minutes")
  thawed <- minute_of(need(clock, "thawedAt"))
  start <- minute_of(need(clock, "startAt"))
  stability <- need(clock, "stabilityMinutes")
  flush <- need(clock, "lineFlushMinutes")
  lasts <- plain(ceiling_of(minutes))
  held <- start - thawed
  spare <- stability - (held + lasts + flush)
  inputs <- list(stability = stability, hold = held, minutes = lasts, flush = flush)
  add_step(sheet, "stability", inputs, whole(spare))
  finish <- start + lasts + flush
  hold(sheet, held >= 0, "the infusion starts before the thaw")
  hold(sheet, spare >= 0, "the product expires before the end of the infusion")
  used <- vapply(drawn$taken, function(entry) fold(entry$lot$lot), "")
  for (lot in order$lots) {
    is_used <- fold(lot$lot) %in% used
    is_in_time <- need(lot, "expiresOn") >= time_of(finish, "%Y-%m-%d")
    hold(sheet, !is_used || is_in_time, "a lot expires before the end of the infusion")
  }
  say(sheet, "stability.thawedAt", clock$thawedAt)
  say(sheet, "stability.startAt", clock$startAt)
  say(sheet, "stability.finishAt", time_of(finish))
  say(sheet, "stability.expiresAt", time_of(thawed + stability))
  say(sheet, "stability.spareMinutes", spare)
  say(sheet, "stability.startWithin", start_within)
}

# DMSO and endotoxin of the day. `others` are what is given besides; returns both with this preparation.
add_day <- function(order, drawn, is_whole, others, sheet) {
  dmso <- order$product$dmso
  endotoxin <- amount(order$product, "endotoxinEuPerMl")
  if (is.null(dmso) && is.null(endotoxin) && others$dmso == 0 && others$endotoxin == 0) return(others)
  if (is.null(others$limit)) not_compared("DMSO or endotoxin without the totals of the day")
  b <- needed_amount(need(order, "weight"), "weightKg")
  result <- others
  if (!is.null(dmso) || others$dmso > 0) {
    result$dmso <- add_dmso(dmso, b, others$limit, others$dmso, drawn, is_whole, sheet)
  }
  if (!is.null(endotoxin) || others$endotoxin > 0) {
    inputs <- list(draw = if (!is.null(endotoxin)) drawn$volume, E = endotoxin, other = others$endotoxin, b = b)
    units <- drawn$volume * or_zero(endotoxin) + others$endotoxin
    add_step(sheet, "endotoxin", inputs, units)
    hold(sheet, units <= 5 * b, "the endotoxin of the day is above 5 EU/kg")
    say(sheet, "dayTotals.endotoxinEu", write_fraction(units))
    say(sheet, "dayTotals.endotoxinLimitEu", write_fraction(5 * b))
    result$endotoxin <- units
  }
  result
}

add_dmso <- function(dmso, b, limit, other, drawn, is_whole, sheet) {
  percent <- amount(dmso, "percentVv")
  mg <- amount(dmso, "mgPerMl")
  grams_of <- function(volume) {
    if (is.null(dmso)) return(ZERO)
    if (!is.null(percent)) volume * percent / 100 * read("1.10") else volume * mg / 1000
  }
  grams <- grams_of(drawn$volume) + other
  inputs <- list(draw = if (!is.null(dmso)) drawn$volume, p = percent, m = mg, other = other)
  add_step(sheet, "dmso", inputs, grams)
  add_step(sheet, "dmso-per-kg", list(DMSO = grams, b = b), grams / b, show_fraction(grams / b, 4))
  say(sheet, "dayTotals.dmsoG", write_fraction(grams))
  say(sheet, "dayTotals.dmsoGPerKg", show_fraction(grams / b, 4))
  say(sheet, "dayTotals.dmsoLimitGPerKg", write_fraction(limit))
  hold(sheet, limit <= 1, "the limit of DMSO is above 1 g/kg")
  hold(sheet, grams / b <= limit, "the DMSO of the day is above its limit")
  if (is_whole && !is.null(dmso)) {
    largest <- Reduce(function(a, c) if (c > a) c else a, lapply(drawn$taken, function(entry) entry$extractable))
    one <- grams_of(largest)
    bags <- (limit * b - other) / one
    most <- if (bags < 0) "0" else write_fraction(floor_of(bags))
    add_step(sheet, "dmso-most-containers", list(L = limit, b = b, other = other, g = one), bags, most)
    say(sheet, "dayTotals.mostContainers", most)
  }
  grams
}

# ---- A whole order ---------------------------------------------------------------------------------------------------

# One component: its sheet, what is drawn, weight and surface, and the totals of the day.
compute <- function(answer, order, others, start_within = NULL) {
  sheet <- new_sheet()
  dose <- read_dose(answer, order)
  kg <- weigh(order, sheet)
  surface <- find_surface(order, dose$rule, kg, sheet)
  kind <- need(dose$rule, "kind")
  is_whole <- kind == "whole-containers"
  if (is_whole) {
    drawn <- give_whole(order, dose, kg, surface, sheet)
  } else {
    aim <- find_target(dose, kg, surface, sheet)
    if (kind == "placebo") {
      drawn <- drawn_of(ZERO, ZERO, list())
      say_delivered(sheet, ZERO, ZERO, ZERO, dose$kind, "0")
      say_not_rounded(sheet)
    } else {
      found <- vapply(answer$containers, function(use) paste(use$entry, use$containers), "")
      drawn <- fill_syringe(order, dose, aim$target, aim$limits, found, sheet)
    }
  }
  if (!is.null(drawn)) {
    minutes <- infuse(order, drawn, kg, sheet)
    keep_time(order, minutes, drawn, start_within, sheet)
    others <- add_day(order, drawn, is_whole, others, sheet)
  }
  list(sheet = sheet, drawn = drawn, kg = kg, surface = surface, others = others)
}

OF_COMPONENT <- c("dose", "product", "lots", "draw", "infusion", "clock", "component")

# The sheets of all components, the first with what holds for all of them together.
compute_all <- function(answer) {
  order <- need(answer, "order")
  stated <- order$dayTotals
  limit <- amount(stated, "dmsoLimitGPerKg")
  others <- list(
    dmso = or_zero(amount(stated, "otherDmsoG")), endotoxin = or_zero(amount(stated, "otherEndotoxinEu")),
    limit = if (is.null(stated)) NULL else if (is.null(limit)) whole(1) else limit
  )
  made <- list(compute(answer, order, others))
  for (i in seq_along(order$then)) {
    component <- order$then[[i]]
    before <- made[[length(made)]]
    own <- c(order[setdiff(names(order), OF_COMPONENT)], component[setdiff(names(component), "startWithinMinutes")])
    start_within <- latest_start(component, before$sheet)
    made[[i + 1]] <- compute(answer$then[[i]], own, before$others, start_within)
  }
  if (length(made) > 1 && all(vapply(made, function(one) !is.null(one$drawn), TRUE))) {
    hold_together(answer, order, lapply(made, function(one) one$drawn$delivered), made[[1]])
  }
  lapply(made, function(one) one$sheet)
}

# The latest start that the component before leaves, where one is stated.
latest_start <- function(component, before) {
  finish <- before$results[["stability.finishAt"]]
  clock <- component$clock
  if (is.null(finish) || is.null(clock)) return(NULL)
  hold(before, clock$startAt >= finish, "a component starts before the end of the one before it")
  within <- component$startWithinMinutes
  if (is.null(within)) return(NULL)
  latest <- time_of(minute_of(finish) + within)
  hold(before, clock$startAt <= latest, "a component starts too late after the one before it")
  latest
}

# What holds for the sum of all components.
hold_together <- function(answer, order, parts, first) {
  stated <- if (order$dose$from == "product") answer$regimen else order$together
  if (is.null(stated)) return(NULL)
  kinds <- c(answer$unitKind, vapply(answer$then, function(one) one$unitKind, ""))
  if (length(unique(kinds)) > 1) not_compared("components that count different kinds have no sum")
  cap <- if (is.list(stated$cap)) amount(stated$cap, "amount") else amount(stated, "cap")
  sheet <- first$sheet
  total <- add_step(sheet, "together", numbered("delivered", parts), sum_of(parts))
  hold(sheet, is.null(cap) || total <= cap, "all components together are above the cap")
  together <- list(range = stated$range, hard = stated$hard, cap = cap)
  test_limits(find_limits(together, first$kg, first$surface, sheet), total, sheet)
  say_count(sheet, "together", total, answer$unitKind)
}

# ---- Comparing -------------------------------------------------------------------------------------------------------

COMPARED <- c(
  "weight", "surface", "target", "containers", "rules",
  "delivered", "infusion", "stability", "dayTotals", "together"
)

# The parts of a list with their paths.
parts_of <- function(value, path) {
  places <- if (is_object(value)) names(value) else seq_along(value) - 1
  Map(function(own, place) list(value = own, path = paste0(path, ".", place)), value, places)
}

# The values of the answer's results by their path. Words and digits of an amount are held against it apart.
leaves <- function(value, path) {
  if (!is.list(value)) return(structure(list(value), names = path))
  found <- list()
  for (part in parts_of(value, path)) {
    if (!grepl("[.](words|digits)$", part$path) && part$path != "target.rule") {
      found <- c(found, leaves(part$value, part$path))
    }
  }
  found
}

grouped <- function(text) {
  parts <- strsplit(sub("^-", "", text), ".", fixed = TRUE)[[1]]
  digits <- parts[1]
  while (grepl("[0-9]{4}", digits)) digits <- sub("([0-9])([0-9]{3})(,|$)", "\\1,\\2\\3", digits)
  paste0(if (startsWith(text, "-")) "-", paste(c(digits, parts[-1]), collapse = "."))
}

# Numbers with more than six places are printed shortened.
is_short <- function(text) !grepl("[.][0-9]{7}", text)

# Whether the printed line ends with the result.
is_worked <- function(worked, value) {
  if (!is_short(value)) return(TRUE)
  ends <- outer(paste0(c("= ", "<e2><86><92> "), grouped(value)), c(" ", ";"), paste0)
  any(vapply(ends, function(end) grepl(end, paste0(worked, " "), fixed = TRUE), TRUE))
}

says <- function(words, number) {
  if (startsWith(words, "about ")) {
    words <- sub("^about ", "", words)
    if (!is_short(number)) return(TRUE)
  }
  parts <- strsplit(words, " ", fixed = TRUE)[[1]]
  text <- gsub(",", "", parts[1], fixed = TRUE)
  if (!is_decimal(text)) return(FALSE)
  is_million <- identical(parts[2], "million")
  said <- read(text) * (if (is_million) 1e6 else 1)
  said == read(number) || (is_million && !is_short(write_fraction(read(number) / 1e6)))
}

# The first printed words of an amount that say another number; NULL where there are none.
misprint <- function(value, path) {
  if (!is.list(value)) return(NULL)
  for (name in c("words", "digits")) {
    if (is_object(value) && !is.null(value[[name]]) && !says(value[[name]], value$amount)) {
      return(sprintf("result %s.%s: expected %s, found %s", path, name, value$amount, value[[name]]))
    }
  }
  for (part in parts_of(value, path)) {
    found <- misprint(part$value, part$path)
    if (!is.null(found)) return(found)
  }
  NULL
}

differing_step <- function(sheet, answer) {
  found <- need(answer, "steps")
  for (i in seq_along(sheet$steps)) {
    own <- sheet$steps[[i]]
    if (i > length(found)) return(sprintf("step %d, %s: expected, and not found", i, own$name))
    step <- found[[i]]
    where <- sprintf("step %d, %s (%s)", i, need(step, "id"), need(step, "title"))
    if (step$id != own$name) return(sprintf("%s: expected step %s, found %s", where, own$name, step$id))
    for (j in seq_len(min(length(own$inputs), length(step$inputs)))) {
      symbol <- names(own$inputs)[j]
      its <- step$inputs[[j]]
      if (symbol != its$symbol || !identical(own$inputs[[j]], its$value)) {
        return(sprintf("%s: %s expected %s, found %s %s", where, symbol, own$inputs[[j]], its$symbol, its$value))
      }
    }
    if (length(own$inputs) != length(step$inputs)) {
      return(sprintf("%s: expected %d inputs, found %d", where, length(own$inputs), length(step$inputs)))
    }
    if (!identical(step$exact, own$exact)) {
      return(sprintf("%s: exact value expected %s, found %s", where, own$exact, step$exact))
    }
    if (!identical(step$result$value, own$result)) {
      return(sprintf("%s: expected %s, found %s", where, own$result, step$result$value))
    }
    if (!is_worked(need(step, "worked"), own$result)) {
      return(sprintf("%s: expected %s at the end of the line, found %s", where, grouped(own$result), step$worked))
    }
  }
  if (length(found) > length(sheet$steps)) {
    i <- length(sheet$steps) + 1
    return(sprintf("step %d, %s: found, and not expected", i, found[[i]]$id))
  }
  NULL
}

quoted <- function(value) {
  if (is.null(value)) return("nothing")
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.numeric(value)) sprintf("%.0f", value) else paste0('"', value, '"')
}

differing_result <- function(sheet, answer) {
  found <- list()
  for (part in COMPARED) if (!is.null(answer[[part]])) found <- c(found, leaves(answer[[part]], part))
  for (path in unique(c(names(sheet$results), names(found)))) {
    expected <- sheet$results[[path]]
    own <- found[[path]]
    # A count may be kept as an integer or as a double.
    is_same <- if (is.numeric(expected) && is.numeric(own)) expected == own else identical(expected, own)
    if (!is_same) {
      return(sprintf("result %s: expected %s, found %s", path, quoted(expected), quoted(own)))
    }
  }
  for (part in COMPARED) {
    printed <- misprint(answer[[part]], part)
    if (!is.null(printed)) return(printed)
  }
  NULL
}

# The first difference, or NULL.
difference <- function(answer, sheets) {
  answers <- c(list(answer), answer$then)
  for (i in seq_along(sheets)) {
    place <- if (length(answers) == 1) "" else sprintf("component %d, ", i)
    differs <- differing_step(sheets[[i]], answers[[i]])
    if (is.null(differs)) differs <- differing_result(sheets[[i]], answers[[i]])
    if (!is.null(differs)) return(paste0(place, differs))
    faults <- sheets[[i]]$faults
    if (length(faults) > 0) return(paste0(place, "not to be prepared: ", faults[1]))
  }
  NULL
}

# The order as it was read, and the steps as this program computes them: for the order file and the worksheet.
shown <- function(order, sheets) {
  read <- leaves(order, "order")
  c(sprintf("  %s: %s", names(read), vapply(read, quoted, "")), shown_steps(sheets))
}

shown_steps <- function(sheets) {
  unlist(lapply(seq_along(sheets), function(i) {
    place <- if (length(sheets) == 1) "" else sprintf("component %d, ", i)
    steps <- sheets[[i]]$steps
    vapply(seq_along(steps), function(j) {
      step <- steps[[j]]
      sprintf("  %sstep %d, %s: exact %s, result %s", place, j, step$name, step$exact, step$result)
    }, "")
  }))
}

# One file: exit code and what is printed.
check <- function(file, is_shown) {
  tryCatch({
    answer <- read_json(file)
    if (!is_object(answer) || !is_object(answer$preparation)) {
      not_compared("this is no answer of `allocell prepare --json`")
    }
    sheets <- compute_all(answer$preparation)
    differs <- difference(answer$preparation, sheets)
    if (!is.null(differs)) return(list(code = 1, text = sprintf("%s: %s", file, differs)))
    count <- sum(vapply(sheets, function(sheet) length(sheet$steps), 0))
    text <- sprintf("%s: %d steps and all results agree", file, count)
    list(code = 0, text = c(text, if (is_shown) shown(answer$preparation$order, sheets)))
  }, not_compared = function(reason) {
    list(code = 2, text = sprintf("%s: not compared: %s", file, conditionMessage(reason)))
  }, error = function(reason) {
    said <- conditionMessage(reason)
    list(code = 2, text = sprintf("%s: not compared: this program does not know what stands there (%s)", file, said))
  })
}

main <- function(arguments) {
  # x$name must never find another, longer name: that is an error here, as is every other warning.
  options(warnPartialMatchDollar = TRUE, warn = 2)
  files <- setdiff(arguments, "--show")
  if (length(files) == 0 || files[1] %in% c("-h", "--help")) {
    cat("Usage: Rscript PROGRAM [--show] ANSWER.json ...\nThe first lines of the program say what it does.\n")
    return(if (length(files) == 0) 2 else 0)
  }
  codes <- numeric(0)
  for (file in files) {
    answer <- check(file, "--show" %in% arguments)
    cat(answer$text, sep = "\n")
    codes <- c(codes, answer$code)
  }
  if (1 %in% codes) 1 else max(codes)
}

quit(save = "no", status = main(commandArgs(TRUE)))
