# ---- Seed (section 1) ----------------------------------------------------------------------------------------------

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
