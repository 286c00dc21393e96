# The randomization number of a place in a stratum (section 6).
number_of <- function(code, sequence) {
  place <- sprintf("%0*d", as.integer(PLAN$numbers$digits), as.integer(place_of(code, sequence)))
  paste0(if (STATUS == "TEST") "T", PLAN$numbers$prefix, code, place)
}
