# ---- Whole numbers -------------------------------------------------------------------------------------------------
# No count of this plan passes 2^32, and a double is exact for whole numbers up to 2^53.

is_big <- function(x) FALSE
plain <- function(x) x
exact <- function(x) x
simplest <- function(x) x
big <- function(x) stop("a count above 2^32, which this plan cannot have")
