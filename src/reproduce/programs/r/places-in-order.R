# The numbers of a stratum follow its places.
place_of <- function(code, sequence) sequence
