# The randomization number of a place in a stratum (section 6).
number_of <- function(code, sequence) {
  place <- sprintf("%0*d", as.integer(PLAN$numbers$digits), as.integer(place_of(code, sequence)))
  text <- sub("{stratum}", code, PLAN$numbers$mask, fixed = TRUE)
  text <- sub("{sequence}", place, text, fixed = TRUE)
  if (grepl("{check}", text, fixed = TRUE)) text <- sub("{check}", check_digit(paste0(code, place)), text, fixed = TRUE)
  paste0(if (STATUS == "TEST") "T", PLAN$numbers$prefix, text)
}
