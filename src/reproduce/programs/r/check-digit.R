# ISO 7064, MOD 11,10.
check_digit <- function(digits) {
  product <- 10
  for (digit in as.integer(strsplit(digits, "")[[1]])) {
    sum <- (product + digit) %% 10
    product <- ((if (sum == 0) 10 else sum) * 2) %% 11
  }
  sprintf("%d", as.integer((11 - product) %% 10))
}
